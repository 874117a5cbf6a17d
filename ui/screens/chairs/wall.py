"""The wall screen: every chair in letters that can be read from four metres, and no name."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.shield_face import ShieldFace
from ui.presenters.wall import WallFace, WallTile
from ui.screens.chairs.ink import DUE_LOOK, LEFT, RIGHT, Ink, width
from ui.widgets.parts import (
    button,
    elided,
    fill,
    icon,
    redress,
    row,
    say,
    show_icon,
    text,
)

_GAP, _EDGE, _HEAD = 16, 20, 68
_SHAPE = 1.45  # as wide as high, of a tile that is easily read
_BASE = (320, 226)
_LARGEST = 3.5
_HIGHEST = 0.75  # of its width; a higher tile would be empty
"""A tile is drawn for this many pixels and grows with its room, up to so many times."""


class Tile(QFrame):
    """One chair on the wall, painted as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._face: WallTile | None = None

    def set_face(self, face: WallTile) -> None:
        """Show this; nothing is done while nothing has changed."""
        if face == self._face:
            return
        self._face = face
        self.setAccessibleName(face.said)
        roles = {"overdue": "card-overdue", "free": "empty", "unread": "tile-alert"}
        role = "tile-alert" if face.alerts else roles.get(face.state, "card")
        if self.property("role") != role:
            self.setProperty("role", role)
            redress(self)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        face = self._face
        if face is None:
            return
        painter = QPainter(self)
        ink = Ink(painter)
        unit = min(self.width() / _BASE[0], self.height() / _BASE[1], _LARGEST)
        pad, side, band = (round(unit * each) for each in (14, 52, 74))
        wide = self.width() - 2 * pad
        self._head(ink, face, QRect(pad, pad, wide, side), unit)
        foot = QRect(pad, self.height() - pad - band, wide, band)
        if face.state in DUE_LOOK:
            bar = round(6 * unit)
            middle = QRect(pad, pad + side, wide, foot.top() - pad - side - 2 * bar)
            self._figure(ink, face, middle, unit)
            ink.share(QRect(pad, foot.top() - 2 * bar, wide, bar), face.share, face.family)
            self._due(ink, face, foot, unit)
        elif face.due:
            ink.words(foot, face.due, (round(26 * unit), 600), "alert")
        painter.end()

    def _head(self, ink: Ink, face: WallTile, area: QRect, unit: float) -> None:
        side = area.height()
        ink.chair(QRect(area.x(), area.y(), side, side), face.sign, face.family)
        line = QRect(area.x() + side + round(12 * unit), area.y(), 0, side)
        line.setRight(area.right())
        if not face.drug:
            tone = "alert" if face.state == "unread" else "text_2"
            ink.words(line, face.phase, (round(28 * unit), 600), tone)
            return
        half = side // 2
        types = tuple(_type(size, 600, unit) for size in (26, 22, 19))
        ink.fitting(QRect(line.x(), line.y(), line.width(), half), face.phase, types)
        glyph = round(22 * unit)
        low = QRect(line.x(), line.y() + half, line.width(), side - half)
        ink.drug(QPoint(low.x(), low.y() + (low.height() - glyph) // 2), face.family, glyph)
        low.setLeft(low.left() + glyph + round(6 * unit))
        ink.words(low, face.drug, _type(20, 500, unit), "text_2")

    def _figure(self, ink: Ink, face: WallTile, area: QRect, unit: float) -> None:
        type_ = _type(54, 600, unit)
        high = round(60 * unit)
        line = QRect(area.x(), area.y() + (area.height() - high) // 2, area.width(), high)
        used = ink.words(line, face.figure, type_)
        rest = line.adjusted(used + round(10 * unit) if used else 0, 0, 0, 0)
        below = rest
        if face.alerts:
            half = high // 2
            below = QRect(rest.x(), rest.y() + half, rest.width(), half)
            glyph = round(24 * unit)
            ink.glyph(QPoint(rest.x(), rest.y() + (half - glyph) // 2), "warning", glyph, "alert")
            over = QRect(rest.x() + glyph + 6, rest.y(), rest.width() - glyph - 6, half)
            types = _type(22, 600, unit), _type(18, 600, unit)
            is_whole = width(face.alerts, types[0]) <= over.width()
            said = face.alerts if is_whole else face.alerts.removesuffix(" open")
            ink.fitting(over, said, types, "alert")
        ink.words(below, face.below, _type(20, 400, unit), "text_2")

    def _due(self, ink: Ink, face: WallTile, area: QRect, unit: float) -> None:
        glyph, tone, ground = DUE_LOOK[face.state]
        ink.patch(area, ground, 10 * unit)
        side, pad = round(32 * unit), round(12 * unit)
        at = QPoint(area.x() + pad, area.y() + (area.height() - side) // 2)
        ink.glyph(at, glyph, side, tone)
        tone = "text" if tone == "text_2" else tone
        inner = area.adjusted(side + 2 * pad, round(4 * unit), -pad, -round(4 * unit))
        one = QRect(inner.x(), inner.y(), inner.width(), inner.height() // 2)
        two = one.translated(0, one.height())
        if not face.left or self._is_one_line(face, inner.width(), unit):
            ink.words(inner, face.due, _type(27, 500, unit), tone, LEFT)
            ink.words(inner, face.left, _type(27, 600, unit), tone, RIGHT)
            return
        ink.words(one, face.due, _type(25, 500, unit), tone)
        ink.words(two, face.left, _type(27, 600, unit), tone)

    @staticmethod
    def _is_one_line(face: WallTile, room: int, unit: float) -> bool:
        both = width(face.due, _type(27, 500, unit)) + width(face.left, _type(27, 600, unit))
        return both + 24 * unit <= room


def _type(size: int, weight: int, unit: float) -> tuple[int, int]:
    return max(12, round(size * unit)), weight


class WallPage(QWidget):
    """All chairs on a wall.

    Signals:
        left: Esc was pressed, or the button: back to the rooms.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Wall screen; Esc leaves it")
        self._tiles: list[Tile] = []
        self._columns = 0
        self._clock, self._note = text("", 44, 600), text("", 24, 500, "text_2")
        self._shield_icon = icon("shield", 28, "text_2")
        self._shield = elided("", 20, 500)
        leave = button("Leave", name="Leave the wall screen, Esc")
        leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        leave.clicked.connect(self.left)
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        head = row(self._clock, 12, self._note, ..., self._shield_icon, self._shield, 12, leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        bar = QWidget()
        bar.setLayout(head)
        bar.setFixedHeight(_HEAD)
        layout.setSpacing(0)
        fill(layout, (bar, (self._grid, 1)))

    def set_face(self, face: WallFace) -> None:
        """Show this; called every second, so only what changed is drawn."""
        say(self._clock, face.clock)
        say(self._note, face.note)
        if len(face.tiles) != len(self._tiles):
            self._build(len(face.tiles))
        for made, tile in zip(self._tiles, face.tiles, strict=True):
            made.set_face(tile)

    def set_shield(self, face: ShieldFace) -> None:
        """Say how the record stands, as the foot of the window does."""
        show_icon(self._shield_icon, face.glyph, face.tone)
        say(self._shield, face.said, "text_2" if face.is_quiet else face.tone)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.left.emit()

    def _build(self, count: int) -> None:
        while len(self._tiles) > count:
            gone = self._tiles.pop()
            gone.hide()
            gone.deleteLater()
        self._tiles += [Tile() for _ in range(count - len(self._tiles))]
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        """Give the tiles as many columns as make them largest, and their height."""
        count, wide, high = max(1, len(self._tiles)), self._grid_width(), self._grid_height()
        columns = max(range(1, count + 1), key=lambda n: _largest(n, count, wide, high))
        rows = math.ceil(count / columns)
        tall = min((high - (rows - 1) * _GAP) / rows, wide / columns * _HIGHEST)
        for tile in self._tiles:
            tile.setFixedHeight(max(1, int(tall)))
        if columns != self._columns:
            self._columns = columns
            self._place(columns, rows)

    def _place(self, columns: int, rows: int) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for line in range(max(rows + 1, self._grid.rowCount())):
            self._grid.setRowStretch(line, 1 if line == rows else 0)

    def _grid_width(self) -> int:
        return max(1, self.width() - 2 * _EDGE)

    def _grid_height(self) -> int:
        return max(1, self.height() - _HEAD - 2 * _EDGE)


def _largest(columns: int, count: int, wide: int, high: int) -> float:
    """Return how large a tile is with so many columns, in its tighter direction."""
    rows = math.ceil(count / columns)
    return min(wide / columns / _SHAPE, high / rows)
