"""What the painted cards are made of: words that end in an ellipsis, glyphs, the chair's square."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap

from ui import icons, theme
from ui.widgets.parts import GLYPHS, Align

DUE_LOOK = {
    "overdue": ("warning-circle", "on_overdue", "overdue_fill"),
    "due": ("bell-ringing", "overdue", "overdue_tint"),
    "later": ("clock", "text_2", "sunken"),
    "ready": ("check-circle", "good", "good_tint"),
}
"""Glyph, tone and ground of what falls due next, by its state."""

LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter
MIDDLE = Align.AlignCenter


class Ink:
    """Paints on one card, in the colours and the type of the theme.

    Args:
        painter: Begun, and ended by whoever began it.
    """

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def words(
        self,
        area: QRect,
        said: str,
        type_: tuple[int, int],
        tone: str = "text",
        align: Qt.AlignmentFlag = LEFT,
    ) -> int:
        """Write words, cut where there is no more room; return how wide they came out.

        Args:
            area: Where.
            said: What.
            type_: Pixels and weight of the letters.
            tone: A token name or a colour.
            align: Where in the area.
        """
        font = letters(type_)
        self._painter.setFont(font)
        self._painter.setPen(theme.colour(theme.tone(tone)))
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, area.width())
        self._painter.drawText(area, align | Qt.TextFlag.TextDontClip, shown)
        return metrics.horizontalAdvance(shown)

    def fitting(
        self, area: QRect, said: str, types: tuple[tuple[int, int], ...], tone: str = "text"
    ) -> None:
        """Write words in the first type in which they fit; in the last one they are cut."""
        chosen = next((each for each in types if width(said, each) <= area.width()), types[-1])
        self.words(area, said, chosen, tone)

    def glyph(self, at: QPoint, name: str, side: int, tone: str) -> None:
        """Put an icon there, its upper left corner first."""
        self._painter.drawPixmap(at, picture(name, side, theme.tone(tone)))

    def drug(self, at: QPoint, family: str, side: int) -> None:
        """Put the drug family's glyph there."""
        self.glyph(at, GLYPHS.get(family, "pill"), side, theme.drug(family)[0])

    def patch(self, area: QRect, tone: str, radius: float = 8) -> None:
        """Fill an area with rounded corners."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(theme.colour(theme.tone(tone)))
        self._painter.drawRoundedRect(area, radius, radius)

    def chair(self, area: QRect, sign: str, family: str) -> None:
        """Paint the chair's numbered square."""
        side = area.height()
        self.patch(area, theme.drug(family)[0], side / 4)
        self.words(area, sign, (max(12, round(side * 0.54)), 600), "surface", MIDDLE)

    def share(self, area: QRect, part: float, family: str) -> None:
        """Paint how far a phase has come, as a thin bar."""
        radius = area.height() / 2
        self.patch(area, "line", radius)
        wide = round(area.width() * min(1.0, max(0.0, part)))
        if wide >= area.height():
            done = QRect(area.topLeft(), area.bottomRight())
            done.setWidth(wide)
            self.patch(done, theme.drug(family)[0], radius)


def width(said: str, type_: tuple[int, int]) -> int:
    """Return how wide words are in a type."""
    return QFontMetrics(letters(type_)).horizontalAdvance(said)


@lru_cache(maxsize=64)
def letters(type_: tuple[int, int]) -> QFont:
    """Return the typeface in pixels and weight; the same in light and dark."""
    return theme.font(*type_)


@lru_cache(maxsize=128)
def picture(name: str, side: int, colour: str) -> QPixmap:
    """Return an icon in a colour; the few there are on the board are drawn once."""
    return icons.pixmap(name, side, colour)
