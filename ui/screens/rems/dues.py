"""The list of treatments whose form is due, the earliest day first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.presenters.rems_faces import DueFace
from ui.widgets.card_column import CardColumn
from ui.widgets.parts import elided, fill, pill, row, text

_PILLS = {
    "later": ("text_2", "line", "calendar"),
    "soon": ("overdue", "overdue_tint", "calendar"),
    "over": ("alert", "alert_tint", "warning-circle"),
    "filed": ("good", "good_tint", "check-circle"),
}
_WIDTH = 264
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class DueCard(QFrame):
    """One treatment.

    Signals:
        chosen: Its session.
        stepped: 1 for the next card, -1 for the one before.
    """

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, face: DueFace) -> None:
        super().__init__()
        self.setObjectName("due")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(face.said)
        self.face, self.session_id = face, face.session_id
        tone, ground, glyph = _PILLS[face.state]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(13, 10, 12, 10)
        layout.setSpacing(6)
        name = row(
            (elided(face.patient, 14, 600, grows=True), 1), text(face.day, 12, 400, "text_2")
        )
        days = row(pill(face.days, tone, ground, glyph), ...)
        fill(layout, (name, days, text(face.more, 12, 400, "text_2")))
        edge = theme.c.text if face.here else "transparent"
        back = theme.c.sunken if face.here else "transparent"
        self.setStyleSheet(
            f"QFrame#due {{ background: {back}; border: none; border-left: 3px solid {edge};"
            f" border-bottom: 1px solid {theme.c.line}; }}"
            f"QFrame#due:focus {{ border: 2px solid {theme.c.focus}; }}"
        )

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.session_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESS:
            self.chosen.emit(self.session_id)
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class DueList(QFrame):
    """The treatments.

    Signals:
        chosen: A session.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(_WIDTH)
        self._shown: tuple[DueFace, ...] | None = None
        self._column = CardColumn(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 12, 1, 8)
        layout.setSpacing(8)
        head = row(text("Due, earliest first", 13, 600), ..., edge=(16, 0, 16, 0))
        fill(layout, (head, (self._column.area, 1)))

    @property
    def cards(self) -> list[DueCard]:
        """Return the cards in their order."""
        return self._column.cards

    def show_dues(self, rows: tuple[DueFace, ...], nothing: str) -> None:
        """Show these; nothing is rebuilt while they stay the same."""
        if rows == self._shown:
            return
        focused = next((card.session_id for card in self.cards if card.hasFocus()), "")
        self._shown = rows
        self._column.lay(rows, nothing)
        for place, face in enumerate(rows):
            if face.session_id == focused:
                self._column.card(place).setFocus()

    def _card(self, face: DueFace) -> DueCard:
        made = DueCard(face)
        made.chosen.connect(self.chosen)
        made.stepped.connect(partial(self._step, made))
        return made

    def _step(self, card: DueCard, by: int) -> None:
        place = self.cards.index(card) + by
        if 0 <= place < len(self._shown or ()):
            self._column.go_to(self._column.card(place))
