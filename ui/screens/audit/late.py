"""The audit desk's page on measured against entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from ui.presenters.audit_asked import FIRST, LAST
from ui.presenters.audit_late import LATE_HEADS, PEOPLE_HEADS, LatePresenter, LateRow
from ui.printing import ask_to_print
from ui.screens.audit.asking import file_to_save
from ui.widgets.headed_table import HEAD, HEIGHT
from ui.widgets.parts import Align, button, field, fill, mark_bad, row, say, text
from ui.widgets.two_lines import TwoLineTable

_DAY = 128
_STEPS = 1000
_PEOPLE_WIDTHS = {1: 84, 2: 104, 3: 76, 4: 84, 5: 96, 6: 136, 7: 128, 8: 88}
_LATE_WIDTHS = {0: 112, 1: 112, 2: 84, 3: 116, 5: 176}
_WHO, _WHAT = 0, 4
_PEOPLE_SHOWN = 4
"""So many people are seen without scrolling."""


class LatePage(QFrame):
    """Implements `ui.presenters.audit_late.LateView`.

    Signals:
        saved: The ending of the file that is asked for.
    """

    saved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.first = field(hint="2026-03-01", name="First day", w=_DAY)
        self.last = field(hint="2026-03-31", name="Last day", w=_DAY)
        self.look = button("Look", "primary", "magnifying-glass")
        self.csv = button("Save as CSV …", "", "export")
        self.pdf = button("Save as PDF …", "", "file-pdf")
        self.print = button("Print…", "", "printer")
        self.people = TwoLineTable(
            PEOPLE_HEADS, _PEOPLE_WIDTHS, _WHO, "Who entered how late, the latest first"
        )
        self.late = TwoLineTable(LATE_HEADS, _LATE_WIDTHS, _WHAT, "Late entries, the latest first")
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._summary = text("", 13, 400, "text_2", wrap=True)
        self._nothing = text("", 14, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._said = text("", 13, 400, "text_2", wrap=True)
        self._bar = QProgressBar()
        self._presenter: LatePresenter | None = None
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_late(
        self, people: Sequence[LateRow], late: Sequence[LateRow], said: str, nothing: str
    ) -> None:
        """Show who was late how often, and the late entries; or why there are none."""
        self.people.rows.set_rows(people)
        self.late.rows.set_rows(late)
        self.people.setFixedHeight(HEAD + HEIGHT * min(max(len(people), 1), _PEOPLE_SHOWN) + 2)
        say(self._summary, said)
        say(self._nothing, nothing)
        self._nothing.setVisible(bool(nothing))

    def show_searching(self, share: float | None, said: str) -> None:
        """Show how much was looked at, from 0 to 1; None where nothing is under way."""
        self._bar.setVisible(share is not None)
        self._bar.setValue(round((share or 0) * _STEPS))
        if share is not None:
            say(self._said, f"{said} · Esc stops")

    def show_problem(self, field: str, said: str) -> None:
        """Say what is to be put right, at its field; both empty take it away."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))
        for name, line in {FIRST: self.first, LAST: self.last}.items():
            mark_bad(line, bad=bool(said) and name == field)
            if said and name == field:
                line.setFocus()

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or why it was not; empty takes it away."""
        say(self._said, said, "text_2" if well else "alert")

    def ask_where(self, name: str) -> None:
        """Ask where a file shall go; the window goes on meanwhile."""
        if self._presenter:
            save = self._presenter.save
            dialog = file_to_save(self, "Save what was entered late", name)
            dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print what was entered late", printed)

    # --- hands ------------------------------------------------------------------------------

    def wire(self, presenter: LatePresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.look.clicked.connect(lambda: presenter.look(self.first.text(), self.last.text()))
        for line in (self.first, self.last):
            line.returnPressed.connect(self.look.click)
        self.csv.clicked.connect(lambda: presenter.ask_where(".csv"))
        self.pdf.clicked.connect(lambda: presenter.ask_where(".pdf"))
        self.print.clicked.connect(presenter.print_it)
        for keys, slot in (
            ("Esc", presenter.stop),
            ("Ctrl+S", self.csv.click),
            ("Ctrl+P", presenter.print_it),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def enter(self) -> None:
        """Take the focus where the days are typed."""
        self.first.setFocus()

    def _lay_out(self) -> None:
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._bar.hide()
        for label in (self._problem, self._nothing):
            label.hide()
        self.people.setFixedHeight(HEAD + HEIGHT + 2)
        days = row(
            self.first,
            text("to", 13, 400, "text_2"),
            self.last,
            self.look,
            ...,
            self.csv,
            self.pdf,
            self.print,
            gap=8,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 12, 15, 10)
        layout.setSpacing(8)
        fill(layout, (days, self._problem, self._bar, row((self._summary, 1)), self.people))
        fill(layout, (self._nothing, (self.late, 1), row((self._said, 1))))
