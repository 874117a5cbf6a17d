"""The only way from text to paper.

Typed text is never markup: it is cleaned, escaped, and every character that no embedded face
can print becomes a visible code point. One pen is made for each report, and remembers which
characters were missing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from reports.pdf import faces, look
from reports.pdf.look import Type

MOST = 10_000  # characters of one text: a page and a half; more would take seconds to set
_TAG = re.compile(r"(<[^>]*>|&(?:amp|lt|gt|nbsp);)")
_LAST = 0xFFFF  # reportlab draws what lies beyond, but a reader that copies it gets another one
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SIGN = re.compile(r"\[U\+[0-9A-F]{4,6}\]|.", re.DOTALL)
_ALIGN = {"left": 0.0, "middle": 0.5, "right": 1.0}


class Pen:
    """Cleans, measures and sets text.

    Attributes:
        missing: Characters that no face has, met so far.
    """

    def __init__(self) -> None:
        self.missing: set[str] = set()
        faces.load()

    # -- cleaning ----------------------------------------------------------------------------

    def clean(self, text: str) -> str:
        """Return *text* as it can be printed: NFC, no control characters, nothing invisible."""
        text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
        odd = {char for char in set(text) if char != "\n" and not _has_glyph(char)}
        if not odd:
            return text
        self.missing |= odd
        return "".join(f"[U+{ord(char):04X}]" if char in odd else char for char in text)

    def bounded(self, text: str) -> str:
        """Return *text* clean; what is beyond all measure is cut, and how much is said."""
        if len(text) <= MOST:
            return self.clean(text)
        rest = len(text) - MOST
        return f"{self.clean(text[:MOST])} … ({rest:,} more characters stand in the record)"

    def prints(self, text: str) -> bool:
        """Tell whether the faces have every character of *text*."""
        return all(_has_glyph(char) for char in unicodedata.normalize("NFC", text))

    # -- flowing text ------------------------------------------------------------------------

    def say(self, template: str, style: str = "body", **typed: object) -> Paragraph:
        """Set our own markup with typed values in it.

        Args:
            template: Ours alone, with a field for each value: braces in a value are harmless.
            style: One of `look.STYLES`.
            typed: The values, by the fields' names.

        Example:
            `pen.say("<b>{name}</b>", name=patient.name)`
        """
        chosen = look.STYLES[style]
        safe = {k: escape(self.bounded(str(v))).replace("\n", "<br/>") for k, v in typed.items()}
        parts = _TAG.split(template.format(**safe))
        faced = (p if _TAG.fullmatch(p) else _faced(p, chosen.fontName) for p in parts)
        return Paragraph("".join(faced), chosen)

    def cell(self, text: str, room: float, style: str = "cell") -> str | Paragraph:
        """Set a table cell: a bare string where that is enough (fast), else one that wraps."""
        chosen = look.STYLES[style]
        if style == "cell" and len(text) < 120:  # noqa: PLR2004 - longer never fits on one line
            clean = self.clean(text)
            whole = all(used == chosen.fontName for used, _ in faces.runs(clean, chosen.fontName))
            wide = faces.width(clean, chosen.fontName, chosen.fontSize)
            if whole and "\n" not in clean and wide <= room:
                return clean
        return self.say("{text}", style, text=text)

    def lines(self, text: str, room: float, how: Type, *, most: int = 12) -> list[str]:
        """Break a sentence into lines, for the few places that are drawn rather than flowed.

        Args:
            text: Line breaks in it count as spaces.
            room: In points.
            how: Size and face.
            most: So many lines at most; the last one then ends in an ellipsis.
        """
        made = [""]
        for word in self.clean(text).split():
            for piece in _pieces(word, room, how.size, how.face):
                longer = f"{made[-1]} {piece}".strip()
                if made[-1] and faces.width(longer, how.face, how.size) > room:
                    made.append(piece)
                else:
                    made[-1] = longer
            if len(made) > most:
                last = _cut(made[most - 1] + " …", room, how.size, how.face)
                return [*made[: most - 1], last]
        return made

    # -- placed text -------------------------------------------------------------------------

    def put(
        self,
        c: Canvas,
        spot: tuple[float, float],
        text: str,
        how: Type,
        align: str = "left",
        room: float | None = None,
    ) -> float:
        """Draw one line and return its width.

        Args:
            c: Where to.
            spot: Its base line's left end, middle or right end, as `align` says.
            text: Line breaks in it count as spaces.
            how: Size, face and colour.
            align: "left", "middle" or "right".
            room: What does not fit into so many points is cut with an ellipsis.
        """
        text = self.clean(text).replace("\n", " ")
        if room is not None:
            text = _cut(text, room, how.size, how.face)
        total = faces.width(text, how.face, how.size)
        x, y = spot[0] - total * _ALIGN[align], spot[1]
        c.setFillColor(how.ink)
        for used, piece in faces.runs(text, how.face):
            c.setFont(used, how.size)
            c.drawString(x, y, piece)
            x += faces.width(piece, used, how.size)
        return total

    def put_whole(
        self, c: Canvas, spot: tuple[float, float], text: str, how: Type, room: float
    ) -> float:
        """Draw one line, set smaller where it would not fit: names are never cut."""
        size = min(how.size, how.size * room / max(1.0, self.width(text, how)))
        if size < look.LEAST:
            return self.put(c, spot, text, Type(look.LEAST, how.face, how.ink), room=room)
        return self.put(c, spot, text, Type(size, how.face, how.ink))

    def width(self, text: str, how: Type) -> float:
        """Return how wide a line will be."""
        return faces.width(self.clean(text).replace("\n", " "), how.face, how.size)


@cache
def _has_glyph(char: str) -> bool:
    refused = unicodedata.category(char) in _REFUSED or ord(char) > _LAST
    return not refused and faces.face_for(char, faces.TEXT) is not None


def _faced(text: str, face: str) -> str:
    """Name the helping face of each piece that the style's own face lacks."""
    return "".join(
        piece if used == face else f'<font name="{used}">{piece}</font>'
        for used, piece in faces.runs(text, face)
    )


def _cut(text: str, room: float, size: float, face: str) -> str:
    if faces.width(text, face, size) <= room:
        return text
    free, kept = room / size - faces.advance("…", face), ""
    for sign in _signs(text):
        free -= sum(faces.advance(char, face) for char in sign)
        if free < 0:
            break
        kept += sign
    return kept.rstrip() + "…"


def _signs(text: str) -> list[str]:
    """Return the characters of a text; a code that stands for one of them is never broken."""
    return _SIGN.findall(text)


def _pieces(word: str, room: float, size: float, face: str) -> list[str]:
    """Break a word that is wider than the line; nothing of it is lost."""
    made, wide = [""], 0.0
    for sign in _signs(word):
        step = size * sum(faces.advance(char, face) for char in sign)
        if made[-1] and wide + step > room:
            made.append("")
            wide = 0.0
        made[-1] += sign
        wide += step
    return made
