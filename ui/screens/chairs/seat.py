"""What every card of the board has in common: it is chosen, walked past, and says everything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ui.presenters.chair_card import CardFace
from ui.widgets.parts import redress

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""How far an arrow goes: columns, rows."""


class Seat(QFrame):
    """A card on the board.

    Signals:
        chosen: Clicked; carries the chair.
        entered: Enter or Space pressed; carries the chair.
        stepped: An arrow was pressed: columns and rows to go.
        focused: It has the focus now; carries all that there is to say of it.
        opened: The session of somebody who sat here earlier is wanted.
    """

    chosen = Signal(str)
    entered = Signal(str)
    stepped = Signal(int, int)
    focused = Signal(str)
    opened = Signal(str)

    def __init__(self, face: CardFace) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chair = face.chair
        self._height = 0
        self._shown: CardFace | None = None

    @property
    def face(self) -> CardFace | None:
        """Return what it shows."""
        return self._shown

    def set_face(self, face: CardFace) -> None:
        """Show where this chair stands; nothing is done while nothing has changed."""
        if face == self._shown:
            return
        self._shown = face
        self.draw(face)
        said = face.said
        if said != self.accessibleName():
            self.setAccessibleName(said)
            if self.hasFocus():
                self.focused.emit(said)
        self.fit(self._height)

    def draw(self, face: CardFace) -> None:
        """Draw this; what is drawn differs from size to size."""
        raise NotImplementedError

    def fit(self, height: int) -> None:
        """Be so high, or higher where what it says would not fit."""
        self._height = height
        layout = self.layout()
        least = layout.totalMinimumSize().height() if layout else 0
        wanted = max(height, least)
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)

    def set_role(self, role: str) -> None:
        """Wear another frame: "card", "card-alert", "card-overdue" or "empty"."""
        if self.property("role") != role:
            self.setProperty("role", role)
            redress(self)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.accessibleName())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit("")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.chair)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit(self.chair)
        elif event.key() in STEPS:
            self.stepped.emit(*STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def frame_role(face: CardFace) -> str:
    """Return the frame of a chair in use: red for an open alert, else amber for what is overdue."""
    if face.alerts:
        return "card-alert"
    late = face.due is not None and face.due.state == "overdue"
    return "card-overdue" if late else "card"
