"""The smallest card of a chair in use: two dozen of them are seen at once. Painted as a whole."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from typing_extensions import override

from ui.presenters.chair_card import CardFace, LastValue
from ui.presenters.rings import NO_RING
from ui.presenters.words import NOTHING
from ui.screens.chairs.ink import DUE_LOOK, LEFT, RIGHT, Ink, width
from ui.screens.chairs.seat import Seat, frame_role

_EDGE = 12
_TOP = 8
_BAND = 28
_LEAST = 148  # nothing is lower; with 18 more the drug's words stand there too
_DRUG_ROW = 18
_SHARES = (0.52, 0.27, 0.21)
_SIGNS = 3
_WARNING = (12, 600)


class CompactCard(Seat):
    """A chair in use: number, name, drug, phase and time left, three signs, what is next."""

    def __init__(self, face: CardFace) -> None:
        super().__init__(face)
        self._still: CardFace | None = None
        self._moving: tuple[QRect, ...] = ()
        self.set_face(face)

    @override
    def draw(self, face: CardFace) -> None:
        """Paint anew what has changed: from second to second two lines of it."""
        self.set_role(frame_role(face))
        still = replace(face, ring=None, due=None)
        if still != self._still or not self._moving:
            self._still = still
            self.update()
        for area in self._moving:
            self.update(area)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        face = self.face
        if face is None:
            return
        painter = QPainter(self)
        ink = Ink(painter)
        wide = self.width() - 2 * _EDGE
        slack = max(0, self.height() - _LEAST)
        has_drug_row = slack >= _DRUG_ROW
        gap = (slack - _DRUG_ROW if has_drug_row else slack) // 4
        top = _TOP + 26 + (_DRUG_ROW if has_drug_row else 0) + gap
        phase = QRect(_EDGE, top, wide, 24)
        values = QRect(_EDGE, phase.bottom() + 3 + gap, wide, 34)
        due = QRect(_EDGE, self.height() - _TOP - _BAND, wide, _BAND)
        self._phase(ink, face, phase)
        self._due(ink, face, due)
        if not event.region().subtracted(QRegion(phase).united(due)).isEmpty():
            self._head(ink, face, wide, has_drug_row=has_drug_row)
            self._values(ink, face, values)
            self._warnings(ink, face, QRect(_EDGE, values.bottom() + 1 + gap // 2, wide, 18))
        painter.end()
        self._moving = (phase, due)

    def _head(self, ink: Ink, face: CardFace, wide: int, *, has_drug_row: bool) -> None:
        ink.chair(QRect(_EDGE, _TOP, 24, 24), face.sign, face.family)
        ink.words(QRect(_EDGE + 32, _TOP, wide - 32 - 26, 24), face.patient, (15, 600))
        ink.drug(QPoint(_EDGE + wide - 18, _TOP + 3), face.family, 18)
        if has_drug_row:
            said = f"{face.drug} · {face.dose}"
            ink.words(QRect(_EDGE, _TOP + 26, wide, _DRUG_ROW), said, (12, 400), "text_2")

    def _phase(self, ink: Ink, face: CardFace, area: QRect) -> None:
        bar = QRect(area.x(), area.bottom() - 2, area.width(), 3)
        area = area.adjusted(0, 0, 0, -4)
        ring = face.ring or NO_RING
        said = f"{ring.middle} {ring.below}" if ring.middle != NOTHING else ""
        right = ink.words(area, said, (13, 500), "text_2", RIGHT)
        left = QRect(area.x(), area.y(), area.width() - right - 8, area.height())
        ink.words(left, face.phase, (14, 600))
        ink.share(bar, ring.share, face.family)

    def _values(self, ink: Ink, face: CardFace, area: QRect) -> None:
        x = area.x()
        if not face.values:
            ink.words(area, "No reading yet", (13, 400), "text_2")
        for value, share in zip(face.values[:_SIGNS], _SHARES, strict=False):
            room = round(area.width() * share)
            self._value(ink, value, QRect(x, area.y(), room - 6, area.height()))
            x += room

    def _value(self, ink: Ink, value: LastValue, area: QRect) -> None:
        name = " ".join(part for part in (value.name, value.trend, value.note) if part)
        ink.words(QRect(area.x(), area.y(), area.width(), 15), name, (12, 400), "text_3")
        line = QRect(area.x(), area.y() + 15, area.width(), 19)
        used = ink.words(line, value.value, (14, 600))
        if value.change:
            line.setLeft(line.left() + used + 5)
            ink.words(line, value.change, (12, 500), "text_2")

    def _warnings(self, ink: Ink, face: CardFace, area: QRect) -> None:
        """Say what wants a person: open alerts first, then who is easily taken for whom."""
        said = [("warning", face.alerts if face.like else face.alert, "alert")]
        said.append(("users", face.like_short, "overdue"))
        x = area.x()
        for glyph, words, tone in (each for each in said if each[1]):
            ink.glyph(QPoint(x, area.y() + 1), glyph, 16, tone)
            room = area.right() - x - 20
            if glyph == "users" and width(words, _WARNING) > room:
                words = words.partition(", like")[0]  # noqa: PLW2901 - the birth date stays whole
            x += 20 + ink.words(QRect(x + 20, area.y(), room, 18), words, _WARNING, tone) + 10

    def _due(self, ink: Ink, face: CardFace, area: QRect) -> None:
        due = face.due
        glyph, tone, ground = DUE_LOOK[due.state if due else "later"]
        ink.patch(area, ground)
        ink.glyph(QPoint(area.x() + 8, area.y() + (area.height() - 16) // 2), glyph, 16, tone)
        tone = "text" if tone == "text_2" else tone
        inner = area.adjusted(30, 0, -10, 0)
        left = due.left if due else ""
        used = width(left, (13, 600))
        ink.words(inner, left, (13, 600), tone, RIGHT)
        said = due.words if due else "Nothing is due yet"
        short = said.partition(" due ")[0]  # the time left says the same
        room = QRect(inner.x(), inner.y(), inner.width() - used - 8, inner.height())
        fits = width(said, (13, 500)) <= room.width()
        ink.words(room, said if fits else short, (13, 500), tone, LEFT)
