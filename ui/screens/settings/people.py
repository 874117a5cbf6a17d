"""The section of the people: the list, and beside it the form of a new person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.presenters.settings_people import PersonRow
from ui.screens.settings.done import DoneLine
from ui.widgets.form import Form
from ui.widgets.frame import badge
from ui.widgets.parts import (
    button,
    col,
    elided,
    empty,
    fill,
    pill,
    row,
    rule,
    say,
    text,
)

_FORM_WIDTH = 400


class PeopleSection(QWidget):
    """Everybody who may log in; implements `PeopleView`.

    Signals:
        new_asked: One more person is to be added.
        forgotten_asked: The user name of who forgot a password.
    """

    new_asked = Signal()
    forgotten_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.form.setFixedWidth(_FORM_WIDTH)
        self.form.hide()
        self._note = text("", 12, 400, "text_2")
        self.new_button = button("New person", "", "user-plus")
        self.new_button.clicked.connect(self.new_asked)
        self.done = DoneLine()
        self._forgotten: dict[str, QPushButton] = {}
        card = self._card()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, ((row((card, 1), self.form, gap=12), 1),))

    def _card(self) -> QFrame:
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(20, 0, 20, 8)
        self._rows.setSpacing(0)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("People")
        head = row(
            col(text("People", 13, 600), self._note, gap=1),
            ...,
            self.new_button,
            edge=(20, 12, 16, 8),
        )
        card = QFrame()
        card.setProperty("role", "card")
        card.setLayout(col(head, row(self.done, edge=(20, 0, 20, 0)), (area, 1), edge=1))
        return card

    def show_people(self, rows: tuple[PersonRow, ...], note: str, *, may_add: bool) -> None:
        """Show everybody."""
        say(self._note, note)
        self.new_button.setVisible(may_add)
        empty(self._rows)
        self._forgotten = {}
        for person in rows:
            fill(self._rows, (_person(person, self._acts(person)), rule()))
        self._rows.addStretch(1)

    def open_new(self) -> None:
        """Make room for the form."""
        self.form.show()

    def close_new(self, back_to: str = "") -> None:
        """Take the form away, and what was typed with it."""
        self.form.hide()
        self.new_button.show()
        self._forgotten.get(back_to, self.new_button).setFocus()

    def show_done(self, said: str) -> None:
        """Say what was done."""
        self.done.show_done(said)

    def enter(self) -> bool:
        """Take the focus, where there is something to do."""
        if not self.form.isHidden():
            self.form.enter_form()
            return True
        if not self.new_button.isHidden():
            self.new_button.setFocus()
            return True
        return False

    def _acts(self, person: PersonRow) -> tuple[QPushButton, ...]:
        if not person.may_forget:
            return ()
        made = button("Forgot password…", "quiet", name=f"Forgot password: {person.name}")
        made.clicked.connect(lambda *_: self.forgotten_asked.emit(person.user))
        self._forgotten[person.user] = made
        return (made,)


def _person(person: PersonRow, acts: tuple[QPushButton, ...]) -> QFrame:
    tone = "text" if person.active else "text_2"
    marks = [pill("you", "text_2", "line")] if person.here else []
    name = row(elided(person.name, 14, 600, tone), *marks, ..., gap=8)
    made = QFrame()
    made.setAccessibleName(f"{person.name}, {person.role}, {person.facts}")
    made.setLayout(
        row(
            badge(person.initials, 36),
            (col(name, elided(person.facts, 12, 400, "text_2", grows=True), gap=1), 1),
            text(person.role, 13, 500, tone),
            *acts,
            gap=14,
            edge=(0, 9, 0, 9),
        )
    )
    return made
