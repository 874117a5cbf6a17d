"""The audit desk's page of sessions: criteria, what was found, a sample, one session's reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QVBoxLayout

from ui import theme
from ui.presenters.audit_asked import FIRST, HEADS, LAST, Asked, SessionRow
from ui.presenters.audit_sessions import COUNT, STATUSES, Choices, SessionsPresenter
from ui.presenters.audit_versions import VersionsPresenter
from ui.screens.audit.asking import file_to_save
from ui.screens.audit.one_session import OneSession
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import Align, button, col, field, fill, mark_bad, row, say, text
from ui.widgets.two_lines import TwoLineTable

_WIDTHS = {0: 104, 1: 116, 2: 216, 3: 208, 5: 152}
_PEOPLE = 4
_DAY, _LIST, _FOUND, _SEED, _SMALL = 128, 128, 196, 172, 72
_STEPS = 1000


class SessionsPage(QStackedWidget):
    """Implements `ui.presenters.audit_sessions.SessionsView`.

    Signals:
        searched: What is asked for: an `Asked`.
        drawn: How many and with which seed, as typed.
    """

    searched = Signal(object)
    drawn = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.first = field(hint="2026-03-01", name="First day", w=_DAY)
        self.last = field(hint="2026-03-31", name="Last day", w=_DAY)
        self.person = field(hint="Who wrote in it", name="A person who wrote in it")
        self.chair, self.protocol = _list("Chair", _LIST), _list("Protocol", _FOUND)
        self.status, self.found = _list("State", _LIST), _list("What was found", _FOUND)
        self.look = button("Look", "primary", "magnifying-glass")
        self.many = field(hint="10", name="How many to draw", w=_SMALL)
        self.seed = field(hint="seed, or by chance", name="Seed of the sample", w=_SEED)
        self.draw = button("Draw a sample")
        self.all, self.save = button("Show all", "quiet"), button("Save as CSV …", "", "export")
        self.table = TwoLineTable(
            HEADS, _WIDTHS, _PEOPLE, "The sessions that were found, the newest first"
        )
        self._count = text("", 13, 400, "text_2")
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._said = text("", 13, 400, "text_2", wrap=True)
        self._bar = QProgressBar()
        self._nothing = text("", 14, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._middle = QStackedWidget()
        self.one = OneSession()
        self._presenters: tuple[SessionsPresenter, VersionsPresenter] | None = None
        for value, words in STATUSES:
            self.status.addItem(words, value)
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_choices(self, choices: Choices) -> None:
        """Offer these; what is chosen stays where it is still offered."""
        for made, offered in (
            (self.chair, (("", "Any chair"), *choices.chairs)),
            (self.protocol, (("", "Any protocol"), *choices.protocols)),
            (self.found, choices.found),
        ):
            if [made.itemData(n) for n in range(made.count())] == [value for value, _ in offered]:
                continue
            chosen = made.currentData()
            made.clear()
            for value, words in offered:
                made.addItem(words, value)
            made.setCurrentIndex(max(0, made.findData(chosen)))

    def show_sessions(self, rows: Sequence[SessionRow], count: str, nothing: str) -> None:
        """Show these rows, how many there are, and what stands there where there are none."""
        self.table.rows.set_rows(rows)
        say(self._count, count)
        say(self._nothing, nothing)
        self._middle.setCurrentIndex(1 if nothing else 0)

    def show_searching(self, share: float | None, said: str) -> None:
        """Show how much was looked at, from 0 to 1; None where nothing is under way."""
        self._bar.setVisible(share is not None)
        self._bar.setValue(round((share or 0) * _STEPS))
        self._bar.setAccessibleName(said)
        if share is not None:
            say(self._said, f"{said} · Esc stops")

    def show_problem(self, field: str, said: str) -> None:
        """Say what is to be put right, at its field; both empty take it away."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))
        lines = {FIRST: self.first, LAST: self.last, COUNT: self.many}
        for name, line in lines.items():
            mark_bad(line, bad=bool(said) and name == field)
        if said and field in lines:
            lines[field].setFocus()

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or why it was not; empty takes it away."""
        say(self._said, said, "text_2" if well else "alert")

    def put_seed(self, seed: str) -> None:
        """Let the field of the seed hold this one."""
        self.seed.setText(seed)

    def ask_where(self, name: str) -> None:
        """Ask where the table shall go; the window goes on meanwhile."""
        if self._presenters:
            save = self._presenters[0].save
            dialog = file_to_save(self, "Save these sessions as a table", name)
            dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))

    # --- hands ------------------------------------------------------------------------------

    def wire(self, sessions: SessionsPresenter, versions: VersionsPresenter) -> None:
        """Hand every key and press to these presenters, and keep them alive."""
        self._presenters = sessions, versions
        self.one.wire(versions)
        for line in (self.first, self.last, self.person):
            line.returnPressed.connect(self.look.click)
        self.look.clicked.connect(lambda: sessions.search(self._asked()))
        for each in (self.chair, self.protocol, self.status, self.found):
            each.activated.connect(self.look.click)
        for line in (self.many, self.seed):
            line.returnPressed.connect(self.draw.click)
        self.draw.clicked.connect(lambda: sessions.draw(self.many.text() or "10", self.seed.text()))
        self.all.clicked.connect(sessions.all)
        self.save.clicked.connect(sessions.ask_where)
        self.table.opened.connect(self._open)
        self.one.left.connect(self._back)
        for keys, slot in (("Esc", self._leave), ("Ctrl+S", sessions.ask_where)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def enter(self) -> None:
        """Take the focus where something is looked for."""
        if self.currentIndex() == 0:
            self.first.setFocus()
        else:
            self.one.enter()

    def _asked(self) -> Asked:
        return Asked(
            self.first.text(),
            self.last.text(),
            self.chair.currentData() or "",
            self.person.text(),
            self.protocol.currentData() or "",
            self.status.currentData() or "",
            self.found.currentData() or "",
        )

    def _open(self, place: int) -> None:
        if self._presenters:
            sessions, versions = self._presenters
            found = sessions.at(place)
            self.setCurrentIndex(1)
            versions.open(found)
            self.one.enter()

    def _leave(self) -> None:
        if self.currentIndex():
            self._back()
        elif self._presenters:
            self._presenters[0].stop()

    def _back(self) -> None:
        if self._presenters:
            self._presenters[1].close()
        self.setCurrentIndex(0)
        self.table.setFocus()

    def _lay_out(self) -> None:
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._bar.hide()
        self._problem.hide()
        empty = QFrame()
        empty.setLayout(col(..., self._nothing, ..., edge=48))
        for each in (self.table, empty):
            self._middle.addWidget(each)
        days = row(self.first, text("to", 13, 400, "text_2"), self.last, gap=6)
        asked = row(days, self.chair, self.protocol, self.status, self.found, ..., gap=8)
        people = row((self.person, 1), self.look, gap=8)
        sample = row(
            text("Sample of", 13, 400, "text_2"),
            self.many,
            self.seed,
            self.draw,
            self.all,
            ...,
            self._count,
            self.save,
            gap=8,
        )
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(15, 12, 15, 10)
        layout.setSpacing(8)
        fill(layout, (asked, people, sample, self._problem, self._bar, (self._middle, 1)))
        fill(layout, (row((self._said, 1)),))
        self.addWidget(card)
        self.addWidget(self.one)


def _list(name: str, width: int) -> DropDown:
    made = DropDown()
    made.setFont(theme.font(14))
    made.setAccessibleName(name)
    made.setFixedWidth(width)
    return made
