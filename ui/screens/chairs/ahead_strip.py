"""The line of what is ahead: each chair's sign where something falls due in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.ahead import AheadFace, AheadMark
from ui.widgets.parts import Align

_EDGE = 14
_SIDE = 20
_STEP = 23.0  # two squares side by side, with a little air
_PILL = 62.0
_LABEL = 60.0
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark, or several in one, where it stands on the line.

    Attributes:
        x: Its middle, in pixels.
        wide: How much room it takes.
        squares: What stands in it, with its tone: chairs' signs side by side, or "3 chairs".
        words: What falls due; empty where it is several.
    """

    x: float
    wide: float
    squares: tuple[tuple[str, str], ...]
    words: str = ""


def arranged(marks: Sequence[AheadMark], places: Sequence[float]) -> list[Placed]:
    """Return the marks so that none lies on another; what is too close together becomes one.

    Args:
        marks: In the order of time.
        places: Where each belongs, in pixels.
    """
    groups = [[each] for each in zip(marks, places, strict=True)]
    made = [_placed(group) for group in groups]
    place = 1
    while place < len(made):
        if made[place].x - made[place - 1].x >= (made[place].wide + made[place - 1].wide) / 2:
            place += 1
            continue
        groups[place - 1 : place + 1] = [groups[place - 1] + groups[place]]
        made[place - 1 : place + 1] = [_placed(groups[place - 1])]
        place = max(1, place - 1)
    return made


def _placed(group: Sequence[tuple[AheadMark, float]]) -> Placed:
    mark, x = group[0]
    middle = sum(x for _, x in group) / len(group)
    tones: dict[str, str] = {}
    for each, _ in group:  # overdue outdoes the colour of a drug
        late = "overdue" in (each.tone, tones.get(each.sign))
        tones[each.sign] = "overdue" if late else each.tone
    if len(tones) == 1:
        return Placed(x, _STEP, ((mark.sign, tones[mark.sign]),), mark.words)
    if len(tones) < _SEVERAL:
        return Placed(middle, len(tones) * _STEP, tuple(tones.items()))
    found = set(tones.values())
    tone = "overdue" if "overdue" in found else found.pop() if len(found) == 1 else ""
    return Placed(middle, _PILL, ((f"{len(tones)} chairs", tone),))


class Ahead(QWidget):
    """What falls due in all chairs in the next forty minutes, on one line."""

    def __init__(self) -> None:
        super().__init__()
        self._face: AheadFace | None = None
        self.setFixedHeight(48)

    def set_ahead(self, face: AheadFace) -> None:
        """Show these marks."""
        if face != self._face:
            self._face = face
            said = [f"chair {m.sign} {m.words}" for m in face.marks]
            self.setAccessibleName("Ahead: " + (", ".join(said) or "nothing"))
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        face = self._face
        if face is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line(painter, face)
        made = arranged(face.marks, [self._x(mark.share) for mark in face.marks])
        starts = [each.x - each.wide / 2 for each in made[1:]]
        ends = [*starts, float(self.width())]  # one more than marks where there is none
        now = self._x(face.now_share)
        for each, end in zip(made, ends, strict=False):
            room = (min(end, now - 4) if each.x < now else end) - each.x  # none across the present
            self._mark(painter, each, room - each.wide / 2)
        painter.end()

    def _x(self, share: float) -> float:
        return _EDGE + share * (self.width() - 2 * _EDGE)

    def _line(self, painter: QPainter, face: AheadFace) -> None:
        pale = QPen(theme.colour(theme.c.line_strong), 1)
        painter.setPen(pale)
        painter.drawLine(QPointF(0, 30), QPointF(self.width(), 30))
        painter.setFont(theme.font(12))
        for share, said in face.ticks:
            x = self._x(share)
            painter.setPen(pale)
            painter.drawLine(QPointF(x, 27), QPointF(x, 33))
            painter.setPen(theme.colour(theme.c.text_3))
            painter.drawText(self._below(x, said, 400), Align.AlignCenter, said)
        now = self._x(face.now_share)
        painter.setPen(QPen(theme.colour(theme.c.text), 2))
        painter.drawLine(QPointF(now, 4), QPointF(now, 34))
        painter.setFont(theme.font(12, 600))
        painter.drawText(self._below(now, face.now, 600), Align.AlignCenter, face.now)

    def _below(self, x: float, said: str, weight: int) -> QRectF:
        """Return where the time under a tick stands; at the ends it moves in, whole."""
        half = QFontMetrics(theme.font(12, weight)).horizontalAdvance(said) / 2 + 1
        middle = min(max(x, half), self.width() - half)
        return QRectF(middle - half, 33, 2 * half, 15)

    def _mark(self, painter: QPainter, mark: Placed, room: float) -> None:
        x = min(max(mark.x, mark.wide / 2), self.width() - mark.wide / 2)
        step = mark.wide / len(mark.squares)
        for place, (sign, tone) in enumerate(mark.squares):
            middle = x + (place - (len(mark.squares) - 1) / 2) * step
            self._square(painter, QRectF(middle - step / 2 + 1.5, 3, step - 3, _SIDE), sign, tone)
        late = mark.squares[0][1] == "overdue"
        painter.setFont(theme.font(12, 500 if late else 400))
        painter.setPen(theme.colour(theme.c.overdue if late else theme.c.text_2))
        wide, start = painter.fontMetrics().horizontalAdvance(mark.words), x + mark.wide / 2 + 2
        if wide + 6 <= min(room, self.width() - start):
            where = QRectF(start, 3, wide + 2, _SIDE)
            painter.drawText(where, Align.AlignLeft | Align.AlignVCenter, mark.words)

    def _square(self, painter: QPainter, area: QRectF, sign: str, tone: str) -> None:
        late = tone == "overdue"
        ground = theme.c.overdue_fill if late else theme.drug(tone)[0]
        foot = area.center().x()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(area, 6, 6)
        tip = [QPointF(foot - 4, 22), QPointF(foot + 4, 22), QPointF(foot, 28)]
        painter.drawPolygon(QPolygonF(tip))
        painter.setPen(theme.colour(theme.c.on_overdue if late else theme.c.surface))
        painter.setFont(theme.font(12, 600))
        painter.drawText(area, Align.AlignCenter, sign)
