"""A scroll area that is as high as what is in it, and scrolls only where there is less room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from ui import theme

_LEAST = 48
_AIR = 8
_BAR = 8
_FADE = 28


class MoreBelow(QWidget):
    """The lower edge of what goes on below: it fades into its ground, and no line is cut."""

    def __init__(self, scroll: QScrollArea, ground: str) -> None:
        super().__init__(scroll)
        self._ground = theme.tone(ground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fade = QLinearGradient(0, 0, 0, self.height())
        fade.setColorAt(0, theme.colour(self._ground, 0))
        fade.setColorAt(0.75, theme.colour(self._ground, 0.95))
        painter.fillRect(self.rect(), fade)
        painter.setPen(theme.colour(theme.c.line_strong))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class FittingScroll(QScrollArea):
    """Shows one widget; a thin bar comes where it does not fit, and the lower edge fades."""

    def __init__(self, inside: QWidget, ground: str = "surface") -> None:
        super().__init__()
        self.more_below = MoreBelow(self, ground)
        self._inside = inside
        self._whole = self._waiting = False
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setStyleSheet("width: 6px; margin: 1px;")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.verticalScrollBar().valueChanged.connect(self._edge)
        self.verticalScrollBar().rangeChanged.connect(self._edge)
        self._edge()

    def set_whole(self, *, whole: bool) -> None:
        """Never give way to a neighbour, or give way again."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def turn(self, key: int) -> bool:
        """Turn a page where the key says so; returns whether it did."""
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        bar, by = self.verticalScrollBar(), pages.get(Qt.Key(key), 0)
        bar.setValue(bar.value() + by * bar.pageStep())
        return bool(by)

    @override
    def sizeHint(self) -> QSize:
        inside = self._inside
        wide = max(self.width() - _BAR, inside.minimumSizeHint().width())  # enough with a bar, too
        high = inside.heightForWidth(wide) if inside.hasHeightForWidth() else -1
        return QSize(wide, high if high >= 0 else inside.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        high = self.sizeHint().height()
        return QSize(0, high if self._whole else min(_LEAST, high))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._later()
        return done

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # other lines wrap now
        self._edge()
        self._later()

    def _edge(self, *_: int) -> None:
        bar = self.verticalScrollBar()
        self.more_below.setVisible(bar.value() < bar.maximum())
        self.more_below.setGeometry(0, self.height() - _FADE, self.viewport().width(), _FADE)
        self.more_below.raise_()

    def _later(self) -> None:
        """Look again once everything has found its place."""
        if not self._waiting:
            self._waiting = True
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Let nothing that comes or goes push what is being typed out of sight."""
        self._waiting = False
        focus = self.window().focusWidget()
        if not self._inside.isAncestorOf(focus):  # nor of none
            return
        around = focus.parentWidget()  # with its name, and what refuses it
        if around is None or around is self._inside:
            around = focus
        self.ensureWidgetVisible(around, 0, _AIR)
