"""Who is logged in, at the foot of the rail: locks, changes the password or logs out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.parts import Align, col, fill, keyed, row, set_glyph, text

_NAME_WIDTH = 62
_SIZES = (12, 11, 10, 9)
"""Pixels of the name's letters: the first in which both of its lines are whole."""
_BESIDE = 12  # clear of the rail's edge


class Person(QFrame):
    """Shows initials and name; pressed, it offers what can be done as that person.

    Signals:
        lock_asked: The screen is to be locked.
        password_asked: Whoever is here wants another password.
        log_out_asked: Whoever is here wants to leave.
    """

    lock_asked = Signal()
    password_asked = Signal()
    log_out_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("person")
        self.setStyleSheet(
            "QFrame#person { border: 2px solid transparent; border-radius: 12px; }"
            f"QFrame#person:focus {{ border: 2px solid {theme.c.focus}; }}"
        )
        self.setFixedWidth(64)
        self._offer: Offer | None = None
        self._initials = text("", 12, 600, align=Align.AlignHCenter)
        self._initials.setFixedSize(36, 36)
        self._name = text("", 12, 400, "text_2", align=Align.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.setContentsMargins(0, 4, 0, 2)
        fill(layout, (row(..., self._initials, ...), self._name))
        self.set_user("", "")

    def set_user(self, initials: str, name: str) -> None:
        """Show who is logged in; empty while nobody is."""
        ground = theme.c.line if initials else "transparent"
        self._initials.setStyleSheet(
            f"color: {theme.c.text}; background: {ground}; border-radius: 18px;"
        )
        self._initials.setText(initials)
        self._show_name(name)
        self.setAccessibleName(f"{name}: lock, change my password or log out" if name else "")
        self.setEnabled(bool(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if name else Qt.FocusPolicy.NoFocus)
        cursor = Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor
        self.setCursor(cursor)

    def _show_name(self, name: str) -> None:
        """Write given names over the family name, whole; smaller only where they are long.

        A double name that is too long for that goes on, after its hyphen, on a line of its own.
        """
        given, _, family = name.rpartition(" ")
        first, hyphen, second = family.partition("-")
        broken = (given, first + hyphen, second)
        ways = [[line for line in way if line] for way in ((given, family), broken)]
        fonts = [theme.font(size, 400) for size in _SIZES]
        fits = (
            (lines, font)
            for lines in ways
            for font in fonts
            if _widest(lines, QFontMetrics(font)) <= _NAME_WIDTH
        )
        lines, font = next(fits, (ways[-1], fonts[-1]))
        metrics, right = QFontMetrics(font), Qt.TextElideMode.ElideRight
        self._name.setFont(font)
        self._name.setText("\n".join(metrics.elidedText(x, right, _NAME_WIDTH) for x in lines))
        self._name.setAccessibleName(name)
        self.setToolTip(name)

    def offer(self) -> None:
        """Offer all of it beside the initials, over whatever is there."""
        if self._offer is None:
            self._offer = Offer(self.window())
            self._offer.lock.clicked.connect(self.lock_asked)
            self._offer.password.clicked.connect(self.password_asked)
            self._offer.log_out.clicked.connect(self.log_out_asked)
        self._offer.open_at(
            self.mapTo(self.window(), QPoint(self.width() + _BESIDE, self.height()))
        )

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.offer()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.offer()
        else:
            super().keyPressEvent(event)


def _widest(lines: Sequence[str], metrics: QFontMetrics) -> int:
    return max(map(metrics.horizontalAdvance, lines), default=0)


class Offer(QFrame):
    """A small card with the choices; it goes when one is made, by Esc, or when left."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "card")
        self._before: QWidget | None = None
        self.lock, self.log_out = _Choice("Lock", "lock-key"), _Choice("Log out", "sign-out")
        self.password = _Choice("Change my password", "key")
        first = row((self.lock, 1), keyed("Ctrl+L", ""), gap=8)
        second = row((self.password, 1), keyed("Alt+P", ""), gap=8)
        self.setLayout(col(first, second, self.log_out, gap=4, edge=(8, 8, 4, 8)))
        self._choices = (self.lock, self.password, self.log_out)
        for choice in self._choices:
            choice.clicked.connect(self.put_away)
            choice.left.connect(self._on_left, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def open_at(self, corner: QPoint) -> None:
        """Open with its lower left corner there, and take the focus."""
        self._before = QApplication.focusWidget()
        self.adjustSize()
        self.move(corner - QPoint(0, self.height()))
        self.show()
        self.raise_()
        self.lock.setFocus()

    def put_away(self) -> None:
        """Go, and give the focus back to what had it before."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Walk from one choice to the next, and not beyond them."""
        having = [place for place, each in enumerate(self._choices) if each.hasFocus()]
        here, step = having[0] if having else -1, 1 if next else -1
        self._choices[(here + step) % len(self._choices)].setFocus()
        return True

    @Slot()
    def _on_left(self) -> None:
        """Go once something else has been pressed."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.hide()


class _Choice(Button):
    """One choice.

    Signals:
        left: It has lost the focus.
    """

    left = Signal()

    def __init__(self, words: str, glyph: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "quiet")
        self.setFont(theme.font(14, 500))
        self.setAccessibleName(words)
        self.setMinimumWidth(120)
        set_glyph(self, glyph)
        self.setStyleSheet("text-align: left;")

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
