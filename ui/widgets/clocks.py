"""The two clocks of a nasal dose, drawn on one time line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.now_faces import ClocksFace
from ui.widgets.parts import Align

_ROW = 72
_LEFT = Align.AlignLeft | Align.AlignVCenter
_SPARE = 1.07  # room to the right of the last mark, as a part of the line


class TwoClocks(QWidget):
    """Minutes since the first device, minutes since the last, and where the door opens."""

    def __init__(self, family: str) -> None:
        super().__init__()
        self._family = family
        self._face: ClocksFace | None = None
        self.setFixedHeight(2 * _ROW)

    def set_clocks(self, face: ClocksFace, family: str) -> None:
        """Show these minutes."""
        if (face, family) != (self._face, self._family):
            self._face, self._family = face, family
            self.setAccessibleName(
                f"{face.first} minutes since device 1, {face.last} minutes since the last device, "
                f"which holds the door until {face.opens_at}"
            )
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        passed = face.first >= face.door
        mark = f"{face.door} ✓" if passed else f"{face.door} min"
        self._words(painter, 0, face.first, "min since device 1", f"{face.first_at}, the first")
        self._bar(painter, 0, 0, face.first, mark)
        note = f"{face.last_at}, door until {face.opens_at}"
        self._words(painter, _ROW, face.last, "min since last device", note)
        mark = f"{face.door} ✓" if face.last >= face.door else face.opens_at
        self._bar(painter, _ROW, face.apart, face.last, mark)
        painter.end()

    def _x(self, minute: float) -> float:
        face = self._face
        whole = (face.door + face.apart) * _SPARE if face else 1.0
        return 2 + minute / whole * (self.width() - 4)

    def _words(self, painter: QPainter, top: int, minutes: int, name: str, note: str) -> None:
        painter.setFont(theme.font(32, 600))
        painter.setPen(theme.colour(theme.c.text))
        wide = painter.fontMetrics().horizontalAdvance(str(minutes))
        painter.drawText(QRectF(0, top, wide + 4, 40), _LEFT, str(minutes))
        painter.setFont(theme.font(14, 600))
        painter.drawText(QRectF(wide + 8, top + 1, 300, 20), _LEFT, name)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(theme.c.text_2))
        painter.drawText(QRectF(wide + 8, top + 19, 300, 18), _LEFT, note)

    def _bar(self, painter: QPainter, top: int, begun: int, minutes: int, mark: str) -> None:
        face = self._face
        door = face.door if face else 0
        y, end = top + 44, self._x(begun + door)
        start, reach = self._x(begun), self._x(begun + min(minutes, door))
        painter.setPen(theme.colour(theme.c.line))
        painter.setBrush(theme.colour(theme.c.line))
        painter.drawRoundedRect(QRectF(start, y, end - start, 9), 4.5, 4.5)
        accent = theme.colour(theme.drug(self._family)[0])
        painter.setPen(accent)
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(start, y, max(1.0, reach - start), 9), 4.5, 4.5)
        if minutes < door:
            painter.setPen(QPen(theme.colour(theme.c.text), 2))
            painter.drawLine(QPointF(end, y - 4), QPointF(end, y + 13))
        painter.setFont(theme.font(12, 500))
        painter.setPen(theme.colour(theme.c.text))
        place = QRectF(min(end - 40, self.width() - 62), y + 12, 80, 18)
        if end + 22 > self.width():
            place = QRectF(self.width() - 80, y + 12, 78, 18)
            painter.drawText(place, Align.AlignRight | Align.AlignVCenter, mark)
        else:
            painter.drawText(place, Align.AlignHCenter | Align.AlignVCenter, mark)
