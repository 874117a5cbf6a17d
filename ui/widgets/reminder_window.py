"""A small window at the corner of the screen, for computers that have no tray."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.parts import button, col, dressed, empty, fill, icon, row, say, text

_WIDTH, _FROM_EDGE = 380, 16


class ReminderWindow(QWidget):
    """Says what fell due, over every other program; it never takes the keyboard.

    Signals:
        asked: Whoever is there wants to see it in the program.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setWindowTitle("Chairside: a reminder")
        self.setFixedWidth(_WIDTH)
        self._title = text("", 13, 600, wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        show, hide = button("Show", "primary"), button("Hide", name="Hide the reminder")
        for each in (show, hide):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # no key of this window's: it takes none
        show.clicked.connect(self.asked)
        hide.clicked.connect(self.hide)
        head = row(col(icon("bell-ringing", 18, "overdue"), ...), (self._title, 1), gap=10)
        frame = QFrame()
        frame.setLayout(col(head, self._lines, 4, row(..., hide, show), gap=8, edge=16))
        dressed(
            frame,
            "reminder",
            f"background: {theme.c.surface}; border: 2px solid {theme.c.overdue_fill};",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (frame,))

    @property
    def words(self) -> str:
        """Return what it says."""
        return self.accessibleName()

    def tell(self, title: str, lines: tuple[str, ...]) -> None:
        """Show this, in the place of what was said before."""
        say(self._title, title)
        empty(self._lines)
        fill(self._lines, tuple(text(line, 13, 500, wrap=True) for line in lines))
        self.setAccessibleName(" ".join((title, *lines)))
        self.show()
        self._to_the_corner()

    def _to_the_corner(self) -> None:
        layout, screen = self.layout(), QGuiApplication.primaryScreen()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
        room = screen.availableGeometry()
        self.move(
            room.right() - self.width() - _FROM_EDGE, room.bottom() - self.height() - _FROM_EDGE
        )
