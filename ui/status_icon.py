"""The program's icon in the system's tray: how many chairs are overdue, and its messages."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from ui import theme

_SIDE = 64
_SHOWN_MS = 15_000


def status_picture(overdue: int) -> QIcon:
    """Return the program's sign, with a number in amber where something is overdue."""
    canvas = QPixmap(_SIDE, _SIDE)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(theme.c.ink))
    painter.drawRoundedRect(QRect(2, 2, 60, 60), 18, 18)
    _letters(painter, QRect(2, 2, 60, 60), "C", 36, theme.c.on_ink)
    if overdue:
        disc = QRect(22, 22, 42, 42)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.c.overdue_fill))
        painter.drawEllipse(disc)
        _letters(painter, disc, str(overdue), 30, theme.c.on_overdue)
    painter.end()
    return QIcon(canvas)


def _letters(painter: QPainter, room: QRect, words: str, size: int, colour: str) -> None:
    painter.setFont(theme.font(size, 600))
    painter.setPen(theme.colour(colour))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


class StatusIcon(QObject):
    """Shows the icon as long as the record is open.

    Signals:
        asked: A message was pressed: whoever is there wants to see it in the program.
        show_asked: The window is wanted.
        quit_asked: The program is to end.
    """

    asked = Signal()
    show_asked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._overdue = -1
        self._menu = QMenu(parent)
        self._menu.addAction("Show Chairside").triggered.connect(self.show_asked)
        self._menu.addAction("Quit").triggered.connect(self.quit_asked)
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.messageClicked.connect(self.asked)
        self._icon.activated.connect(self._on_activated)
        self.show_pressing(0, ())
        self._icon.show()

    @property
    def tool_tip(self) -> str:
        """Return what it says when it is pointed at."""
        return self._icon.toolTip()

    def tell(self, title: str, lines: tuple[str, ...]) -> None:
        """Show a message."""
        words = "\n".join(lines)
        self._icon.showMessage(title, words, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)

    def show_pressing(self, overdue: int, lines: tuple[str, ...]) -> None:
        """Show how many chairs are overdue, and what presses when it is pointed at."""
        if overdue != self._overdue:
            self._overdue = overdue
            self._icon.setIcon(status_picture(overdue))
        said = "\n".join(("Chairside", *lines)) if lines else "Chairside: nothing is overdue"
        if said != self._icon.toolTip():
            self._icon.setToolTip(said)

    def hide(self) -> None:
        """Take the icon out of the tray."""
        self._icon.hide()

    def _on_activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_asked.emit()


def has_tray() -> bool:
    """Tell whether this desktop has a tray that shows messages."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
