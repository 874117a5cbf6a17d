"""The locked screen: a password at the left, what the chairs wait for at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.lock import LockFace, LockRow
from ui.widgets.frame import BEFORE_ROOMS, Foot, mark
from ui.widgets.parts import (
    box,
    button,
    col,
    dressed,
    elided,
    field,
    fill,
    icon,
    mark_bad,
    paint,
    row,
    say,
    show_icon,
    text,
)

HINTS = (("Enter", "go on"), ("Tab", "next"), ("F11", "wall screen"))
"""What the foot says while the screen is locked."""

_LEFT, _RIGHT, _BETWEEN = 400, 520, 64
_ROW, _GAP = 44, 8
_AROUND_ROWS = 184
"""Pixels over and under the rows: the foot, the card's edges, its heading and its last line."""

_LOOKS = {
    "overdue": ("warning-circle", "on_overdue", "overdue_fill", "overdue_fill"),
    "due": ("bell-ringing", "overdue", "overdue_tint", "overdue_tint"),
    "alert": ("warning", "alert", "surface", "alert"),
    "later": ("clock", "text_2", "sunken", "line"),
}
"""Glyph, tone, ground and edge of a row."""


class LockPage(QWidget):
    """Shows who locked the screen and what falls due; it obeys and decides nothing.

    Signals:
        submitted: The answers by key, when Enter or the button was pressed.
        other_asked: Somebody else is here.
        back: The first one's password is to be asked again.
    """

    submitted = Signal(dict)
    other_asked = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.foot = Foot(BEFORE_ROOMS)
        self.foot.shield.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is no room to go to now
        self._asks_other = False
        self._face: LockFace | None = None
        self._title = text("", 32, 600)
        self._why = text("", 14, 400, "text_2", wrap=True)
        self._user = _line("User name")
        self._password = _line("Password", secret=True)
        self._user_box, self._asked = QWidget(), text("Password", 13, 600)
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._busy = text("", 13, 400, "text_2")
        self._kept, self._kept_row = text("", 13, 400, "text_2", wrap=True), QWidget()
        self._kept_sign = icon("pencil-simple", 16, "text_2")
        self._confirm, self._turn = button("Unlock", "primary"), button("Someone else", "quiet")
        self._list = _Chairs()
        self._lay_out()
        self._wire()

    # --- what the presenter asks ------------------------------------------------------------

    def show_lock(self, face: LockFace) -> None:
        """Begin anew with an empty password, which has the focus."""
        self._face = face
        say(self._title, face.title)
        say(self._why, face.why)
        self.setAccessibleName(f"{face.title}, {face.why}")
        self.show_busy("")
        self.ask_someone_else(asks=False)

    def show_rows(self, rows: tuple[LockRow, ...]) -> None:
        """Show what is waited for."""
        self._list.show_rows(rows)

    def ask_someone_else(self, *, asks: bool) -> None:
        """Ask for a user name too, or only for the password again."""
        self._asks_other = asks
        self._user.clear()
        self._password.clear()
        self.show_problem("", "")
        face = self._face
        asked = "Password" if asks or face is None else face.asks
        say(self._asked, asked)
        self._password.setAccessibleName(asked)
        said = "" if face is None else face.other if asks else face.kept
        say(self._kept, said)
        self._kept_row.setVisible(bool(said))
        show_icon(self._kept_sign, "info" if asks else "pencil-simple", "text_2")
        self._user_box.setVisible(asks)
        self._confirm.setText("Log in" if asks else "Unlock")
        self._turn.setText("Back" if asks else "Someone else")
        for made in (self._confirm, self._turn):
            made.setAccessibleName(made.text())
        (self._user if asks else self._password).setFocus()

    def show_problem(self, field_key: str, said: str) -> None:
        """Say what is wrong; a password that was refused is typed anew."""
        for key, line in (("user", self._user), ("password", self._password)):
            mark_bad(line, bad=key == field_key and bool(said))
        say(self._problem, said)
        self._problem.setVisible(bool(said))
        if said:
            at_fault = self._user if field_key == "user" else self._password
            at_fault.setFocus()
            if field_key != "user":
                self._password.clear()  # what was refused stays nowhere

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._busy, said)
        for widget in (self._user, self._password, self._confirm, self._turn):
            widget.setEnabled(not said)
        if not said:
            self._password.setFocus()

    # --- keys -------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asks_other:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._user.clear()
        self._password.clear()

    def _submit(self) -> None:
        self.show_problem("", "")
        self.submitted.emit({"user": self._user.text(), "password": self._password.text()})

    def _turn_round(self) -> None:
        (self.back if self._asks_other else self.other_asked).emit()

    # --- the page ---------------------------------------------------------------------------

    def _wire(self) -> None:
        self._user.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._submit)
        self._confirm.clicked.connect(self._submit)
        self._turn.clicked.connect(self._turn_round)
        for line in (self._user, self._password):
            line.textEdited.connect(lambda _: self.show_problem("", ""))

    def _lay_out(self) -> None:
        self._user_box.setLayout(col(text("User name", 13, 600), self._user, 8, gap=6))
        note = row(self._kept_sign, (self._kept, 1), gap=8)
        note.setContentsMargins(2, 0, 0, 0)
        self._kept_row.setLayout(note)
        head = row(mark(), text("Chairside", 20, 600), ..., gap=12)
        left = QWidget()
        left.setFixedWidth(_LEFT)
        asked = col(self._asked, self._password, gap=6)
        buttons = row(self._confirm, self._turn, self._busy, ..., gap=8)
        words = col(self._title, self._why, gap=4)
        parts = (head, 4, words, 12, self._user_box, asked, self._problem, self._kept_row, 4)
        left.setLayout(col(..., *parts, buttons, ..., gap=8))
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, ((row(..., left, _BETWEEN, self._list, ..., gap=0), 1), self.foot))


class _Chairs(QWidget):
    """What the chairs wait for, as much of it as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_RIGHT)
        self._rows: tuple[LockRow, ...] = ()
        self._made: list[_Row] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(_GAP)
        self._more = text("", 12, 500, "text_2")
        head = row(
            text("The chairs go on", 13, 600), ..., text("no names while locked", 12, 400, "text_3")
        )
        card = box(col(head, 2, self._inside, self._more, edge=16, gap=8), "card")
        self.setLayout(col(..., card, ..., gap=0))

    def show_rows(self, rows: tuple[LockRow, ...]) -> None:
        """Show these, the first ones where there is no room for all."""
        self._rows = rows
        room = max(1, (self.height() - _AROUND_ROWS) // (_ROW + _GAP))
        shown, rest = rows[:room], rows[room:]
        while len(self._made) < len(shown):
            self._made.append(made := _Row())
            self._inside.addWidget(made)
        for made in self._made[len(shown) :]:
            made.hide()
        for made, each in zip(self._made, shown, strict=False):
            made.show_row(each)
            made.show()
        say(self._more, _more(rest) if rows else "Nothing is due.")
        self._more.setVisible(bool(rest) or not rows)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_rows(self._rows)


class _Row(QFrame):
    """One thing that a chair waits for; overdue is a filled band with its own glyph and word."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_ROW)
        self._state = ""
        self._icon = icon("clock", 18, "text_2")
        self._chair = elided("", 14, 600)
        self._words, self._left = elided("", 14, 400, grows=True), text("", 14, 600)
        parts = (self._icon, 4, self._chair, (self._words, 1), self._left)
        self.setLayout(row(*parts, gap=8, edge=(14, 0, 14, 0)))

    def show_row(self, face: LockRow) -> None:
        """Show this."""
        glyph, tone, ground, edge = _LOOKS[face.state]
        if face.state != self._state:
            self._state = face.state
            show_icon(self._icon, glyph, tone)
            look = f"background: {theme.tone(ground)}; border: 1px solid {theme.tone(edge)};"
            dressed(self, "waiting", f"{look} border-radius: 8px;")
            for label in (self._chair, self._words, self._left):
                paint(label, "text" if face.state == "later" else tone)
        for label, said in self._said(face):
            say(label, said)
        self.setAccessibleName(f"{face.chair}, {face.words}, {face.left}")

    def _said(self, face: LockRow) -> tuple[tuple[QLabel, str], ...]:
        return (self._chair, face.chair), (self._words, face.words), (self._left, face.left)


def _more(rest: tuple[LockRow, ...]) -> str:
    alert = sum(each.state == "alert" for each in rest)
    late = sum(each.state == "overdue" for each in rest)
    parts = f"{alert} with open alerts" if alert else "", f"{late} overdue" if late else ""
    count = f"and {len(rest)} more chair{'s' if len(rest) > 1 else ''}"
    return ", ".join(part for part in (count, *parts) if part)


def _line(name: str, *, secret: bool = False) -> QLineEdit:
    made = field(name=name)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
