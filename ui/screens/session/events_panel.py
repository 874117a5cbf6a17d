"""The pick list of events: letters narrow it, arrows walk it, a digit says how bad."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.presenters.event_picks import FAR, SEVERITIES, PickKind, PickRow, PicksFace
from ui.widgets.parts import Item, dressed, elided, empty, fill, icon, key, keyed, row, say, text

_STEPS: dict[int, int] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -FAR,
    Qt.Key.Key_End: FAR,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LOOK = {
    PickKind.OPEN: ("hourglass", "overdue"),
    PickKind.NOTED: ("note-pencil", "text_2"),
    PickKind.EFFECT: ("plus-circle", "text_2"),
    PickKind.GIVEN: ("pill", "text_2"),
    PickKind.TOLD: ("phone-call", "text_2"),
    PickKind.OTHER: ("plus-circle", "text_2"),
    PickKind.SERIOUS: ("warning", "alert"),
}
_HEIGHT = 40


class PickLine(QLineEdit):
    """The letters that narrow the list; its other keys belong to the list.

    A digit is a letter like any other, unless an effect of the list is chosen: then it says how
    bad that is.

    Signals:
        stepped: -1 or 1, or `FAR` to either end.
        chosen: Enter, with nothing, or the digit that says how bad.
        left: Esc.
    """

    stepped = Signal(int)
    chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.takes_digits = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        if pressed in _STEPS:
            self.stepped.emit(_STEPS[pressed])
        elif pressed in _ENTER:
            self.chosen.emit("")
        elif pressed == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.takes_digits and event.text() in SEVERITIES:
            self.chosen.emit(event.text())
        else:
            super().keyPressEvent(event)


class EventsPanel(QFrame):
    """Effects, drugs and people of the pick list, and what is still open.

    Signals:
        narrowed: The letters, at every change.
        stepped: -1 or 1.
        chosen: Enter, or the digit that says how bad.
        pressed: A row, as a `PickRow`.
        left: Esc.
    """

    narrowed = Signal(str)
    stepped = Signal(int)
    chosen = Signal(str)
    pressed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Events")
        self._shown: PicksFace | None = None
        self._line = PickLine()
        self._line.setFont(theme.font(14))
        self._line.setPlaceholderText("nausea, ondansetron, told …")
        self._line.setAccessibleName("Event, by its first letters")
        self._line.textEdited.connect(self.narrowed)
        self._line.stepped.connect(self.stepped)
        self._line.chosen.connect(self.chosen)
        self._line.left.connect(self.left)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._more = text("", 12, 400, "text_3")
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._keys = QVBoxLayout()
        self._keys.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        head = row(text("Events", 13, 600), ..., key("Esc"), edge=(4, 0, 0, 0))
        fill(layout, (head, self._line, self._rows, self._more, self._problem, self._keys))

    def show_picks(self, face: PicksFace) -> None:
        """Show the list as far as it is in sight."""
        if face == self._shown:
            return
        self._shown = face
        self._line.takes_digits = face.severities
        if self._line.text() != face.typed:
            self._line.setText(face.typed)
        empty(self._rows)
        for each in face.rows:
            made = PickedRow(each)
            made.pressed.connect(self.pressed)
            self._rows.addWidget(made)
        unseen = face.above + face.below
        say(self._more, f"{unseen} more: letters, ↓ or End" if unseen else "")
        self._more.setVisible(bool(unseen))
        say(self._problem, face.problem)
        self._problem.setVisible(bool(face.problem))
        self._show_keys(face)
        here = next((each for each in face.rows if each.here), None)
        said = f"{here.said} {here.more}".strip() if here else "nothing fits"
        self._line.setAccessibleDescription(f"{said}. {face.problem}".strip())

    def enter(self) -> None:
        """Take the focus."""
        self._line.setFocus()
        self._line.end(False)  # noqa: FBT003 - Qt's own signature

    def _show_keys(self, face: PicksFace) -> None:
        empty(self._keys)
        keys: list[Item] = [row(keyed("Enter", face.enter), ..., gap=0)] if face.enter else []
        if face.severities:
            digits = [row(keyed(d, s.value), gap=0) for d, s in SEVERITIES.items()]
            keys.append(row(*digits, ..., gap=8))
        fill(self._keys, tuple(keys))


class PickedRow(QFrame):
    """One row; a press takes it.

    Signals:
        pressed: The row.
    """

    pressed = Signal(object)

    def __init__(self, face: PickRow) -> None:
        super().__init__()
        self._face = face
        glyph, tone = _LOOK[face.kind]
        words = elided(face.said, 13, 600 if face.here else 500, grows=True)
        parts: list[Item] = [icon(glyph, 16, tone), (words, 1)]
        if face.more:
            parts.append(text(face.more, 12, 400, "text_2"))
        self.setLayout(row(*parts, gap=8, edge=(8, 0, 8, 0)))
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(f"{face.said} {face.more}".strip())
        if face.here:
            dressed(
                self,
                "here",
                f"background: {theme.c.sunken}; border: 1px solid {theme.c.control};"
                "border-radius: 6px;",
            )

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self._face)
