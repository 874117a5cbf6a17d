"""The audit desk's page on who looked, what left the program, was verified, or was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from ui import theme
from ui.presenters.audit_access import (
    ANYBODY,
    CHOICES,
    GLYPHS,
    HEADS,
    AccessAsked,
    AccessFace,
    AccessPresenter,
)
from ui.presenters.audit_asked import FIRST, LAST
from ui.printing import ask_to_print
from ui.screens.audit.asking import file_to_save
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import Align, button, col, field, fill, mark_bad, row, say, text
from ui.widgets.two_lines import TwoLineRow, TwoLineTable

_WHAT = 2
_WIDTHS = {0: 104, 1: 232, 3: 148, 4: 132}
_DAY, _KIND, _PERSON = 128, 180, 220
HINT = "Session code, record number, file or hash"


class AccessTable(TwoLineTable):
    """The rows, the newest first.

    Signals:
        told: What the cells of the chosen row have no room for; empty where none is chosen.
    """

    told = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(HEADS, _WIDTHS, _WHAT, name, _sign)
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.rows.modelReset.connect(self._tell)

    def _tell(self) -> None:
        chosen = [self.rows.rows[at.row()] for at in self.selectionModel().selectedRows()]
        self.told.emit("".join(each.detail for each in chosen if isinstance(each, AccessFace)))


class AccessPage(QFrame):
    """Implements `ui.presenters.audit_access.AccessView`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.first = field(hint="2026-03-01", name="First day", w=_DAY)
        self.last = field(hint="2026-03-31", name="Last day", w=_DAY)
        self.kinds = _list("What is listed", _KIND, CHOICES)
        self.people = _list("Whose", _PERSON, (ANYBODY,))
        self.search = field(hint=HINT, name=f"Search: {HINT.lower()}")
        self.csv = button("Save as CSV …", "", "export")
        self.pdf = button("Save as PDF …", "", "file-pdf")
        self.print = button("Print…", "", "printer")
        self.table = AccessTable("Who looked, what left, was verified or refused, newest first")
        self._count = text("", 13, 400, "text_2")
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._said = text("", 13, 400, "text_2", wrap=True)
        self._nothing = text("", 14, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._detail = text("", 13, 400, "text_2", wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._middle = QStackedWidget()
        self._presenter: AccessPresenter | None = None
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people; who is chosen stays."""
        if [self.people.itemData(n) for n in range(self.people.count())] == [u for u, _ in people]:
            return
        chosen = self.people.currentData()
        self.people.clear()
        for user, words in people:
            self.people.addItem(words, user)
        self.people.setCurrentIndex(max(0, self.people.findData(chosen)))

    def show_access(self, rows: tuple[AccessFace, ...], count: str, nothing: str) -> None:
        """Show these rows, how many there are, and what stands there where there are none."""
        self.table.rows.set_rows(rows)
        say(self._count, count)
        say(self._nothing, nothing)
        self._middle.setCurrentIndex(1 if nothing else 0)

    def show_problem(self, field: str, said: str) -> None:
        """Say what is to be put right, at its field; both empty take it away."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))
        for name, line in {FIRST: self.first, LAST: self.last}.items():
            mark_bad(line, bad=bool(said) and name == field)

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or why it was not; empty takes it away."""
        say(self._said, said, "text_2" if well else "alert")
        self._said.setVisible(bool(said))

    def ask_where(self, name: str) -> None:
        """Ask where a file shall go; the window goes on meanwhile."""
        if self._presenter:
            save = self._presenter.save
            dialog = file_to_save(self, "Save this list", name)
            dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print this list", printed)

    # --- hands ------------------------------------------------------------------------------

    def wire(self, presenter: AccessPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        for each in (self.kinds, self.people):
            each.activated.connect(lambda *_: self._ask())
        for line in (self.first, self.last):
            line.editingFinished.connect(self._ask)
        self.search.textChanged.connect(lambda *_: self._ask())
        self.search.returnPressed.connect(self._go_to_rows)
        self.csv.clicked.connect(lambda: self._save(".csv"))
        self.pdf.clicked.connect(lambda: self._save(".pdf"))
        self.print.clicked.connect(self._print)
        for keys, slot in (
            ("Esc", self._clear),
            ("Ctrl+S", self.csv.click),
            ("Ctrl+P", self.print.click),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def enter(self) -> None:
        """Take the focus where something is looked for."""
        self.search.setFocus()

    def _ask(self) -> None:
        if self._presenter:
            asked = AccessAsked(
                self.first.text(),
                self.last.text(),
                self.kinds.currentData() or "",
                self.people.currentData() or "",
                self.search.text(),
            )
            self.show_said("")
            self._presenter.ask(asked)

    def _save(self, ending: str) -> None:
        if (presenter := self._asked_well()) is not None:
            presenter.ask_where(ending)

    def _print(self) -> None:
        if (presenter := self._asked_well()) is not None:
            presenter.print_it()

    def _asked_well(self) -> AccessPresenter | None:
        """Ask once more, as the day that is typed last may be in hand yet; None if it is wrong."""
        self._ask()
        return self._presenter if self._problem.isHidden() else None

    def _clear(self) -> None:
        """Ask for everything again."""
        for each in (self.kinds, self.people):
            each.setCurrentIndex(0)
        for line in (self.first, self.last, self.search):
            line.clear()
        self._ask()
        self.search.setFocus()

    def _go_to_rows(self) -> None:
        if self.table.rows.rows:
            self.table.setFocus()
            self.table.selectRow(0)

    def _show_detail(self, said: str) -> None:
        say(self._detail, said)
        self._detail.setVisible(bool(said))

    def _lay_out(self) -> None:
        for label in (self._problem, self._said, self._detail):
            label.hide()
        self.table.told.connect(self._show_detail)
        nothing = QFrame()
        nothing.setLayout(col(..., self._nothing, ..., edge=48))
        for each in (self.table, nothing):
            self._middle.addWidget(each)
        to = text("to", 13, 400, "text_2")
        asked = row(self.first, to, self.last, self.kinds, self.people, ..., self._count, gap=8)
        words = row((self.search, 1), self.csv, self.pdf, self.print, gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 12, 15, 10)
        layout.setSpacing(8)
        fill(layout, (asked, words, self._problem, (self._middle, 1)))
        fill(layout, (row((self._detail, 1)), row((self._said, 1))))


def _sign(found: TwoLineRow, column: int) -> str:
    """Return the sign of what happened, before its words."""
    return GLYPHS[found.happened] if column == _WHAT and isinstance(found, AccessFace) else ""


def _list(name: str, width: int, choices: Sequence[tuple[str, str]]) -> DropDown:
    made = DropDown()
    made.setFont(theme.font(14))
    made.setAccessibleName(name)
    made.setFixedWidth(width)
    for value, words in choices:
        made.addItem(words, value)
    return made
