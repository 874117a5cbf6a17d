"""What the entry strip is made of: its line, the row that an amendment replaces, the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.parts import box, button, col, elided, empty, icon, keyed, row, say, text

_REASON = 280


class Line(QLineEdit):
    """The field itself.

    Signals:
        left: Esc was pressed.
        upward: Up was pressed: to the rows above. What stands in the line stays.
        focused: Whether it has the focus now.
    """

    left = Signal()
    upward = Signal()
    focused = Signal(bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.upward.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a signal

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a signal


class AmendedRow(QWidget):
    """What a line is to replace: struck through, above the empty line."""

    def __init__(self) -> None:
        super().__init__()
        self._title = text("", 13, 600)
        self._was = elided("", 13, 400, "text_2", grows=True)
        struck = theme.font(13, 400)
        struck.setStrikeOut(True)
        self._was.setFont(struck)
        mark = icon("pencil-simple", 16, "text_2")
        self.leaves = box(keyed("Esc", "leaves it as it was"), "plain")
        parts = row(mark, self._title, (self._was, 1), self.leaves, gap=8)
        parts.setContentsMargins(4, 0, 0, 0)
        self.setLayout(parts)
        self.hide()

    def show_old(self, title: str, was: str) -> None:
        """Show it; empty takes it away."""
        say(self._title, title)
        say(self._was, was)
        self.setVisible(bool(title))


class ReasonRow(QWidget):
    """Asks why: free words, or a pick by its digit or a press.

    Signals:
        given: The reason, as typed.
        left: Esc was pressed.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._why = elided("", 13, 500, "overdue", grows=True)
        self._problem = elided("", 13, 500, "alert", grows=True)
        self._field = Line()
        self._field.setFont(theme.font(14))
        self._field.setPlaceholderText("Reason, or a digit")
        self._field.setFixedWidth(_REASON)
        self._field.returnPressed.connect(lambda: self.given.emit(self._field.text()))
        self._field.textEdited.connect(lambda: self.show_problem(""))
        self._field.left.connect(self.left)
        self._picks = QHBoxLayout()
        self._picks.setSpacing(6)
        keys = row(keyed("Enter", "stores it"), keyed("Esc", "back"), gap=12)
        asks = row(icon("question", 18, "overdue"), (self._why, 1), self._field, gap=8)
        below = row(self._picks, (self._problem, 1), keys, gap=8)
        layout = col(asks, below, gap=4)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.hide()

    def ask(self, why: str, picks: tuple[str, ...]) -> None:
        """Ask with an empty field, and take the focus."""
        say(self._why, why)
        self.show_problem("")
        self._field.clear()
        numbered = "; ".join(f"{place} {pick}" for place, pick in enumerate(picks, 1))
        self._field.setAccessibleName(f"{why} {numbered}".strip())
        empty(self._picks)
        for place, pick in enumerate(picks, 1):
            self._picks.addWidget(self._button(place, pick))
        self.show()
        self._field.setFocus()

    def enter(self) -> None:
        """Take the focus, with what was typed."""
        self._field.setFocus()

    def show_problem(self, said: str) -> None:
        """Say why it is refused; what was typed stays."""
        say(self._problem, said)

    def _button(self, place: int, pick: str) -> QPushButton:
        made = button(f"{place}  {pick}", "quiet", name=f"Reason {place}: {pick}")
        made.setFont(theme.font(13, 500))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is the digit
        made.clicked.connect(lambda: self.given.emit(pick))
        return made
