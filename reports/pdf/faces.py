"""The typefaces: embedded, static TrueType, and what each of them can print."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

TEXT, STRONG, ITALIC, MONO = "Text", "Text-Strong", "Text-Italic", "Mono"
_MATHS, _SIGNS = "Maths", "Signs"

FILES = {
    TEXT: "NotoSans-SemiCondensed.ttf",
    STRONG: "NotoSans-SemiCondensedSemiBold.ttf",
    ITALIC: "NotoSans-SemiCondensedItalic.ttf",
    MONO: "NotoSansMono-SemiCondensed.ttf",
    _MATHS: "NotoSansMath-Regular.ttf",  # arrows and comparisons
    _SIGNS: "NotoSansSymbols2-Regular.ttf",  # discs, triangles, ticks and crosses
}
_FALLBACK = (_MATHS, _SIGNS)


@cache
def load() -> None:
    """Register the faces, once in a process."""
    folder = resources.files("reports.pdf") / "fonts"
    for face, name in FILES.items():
        pdfmetrics.registerFont(TTFont(face, io.BytesIO((folder / name).read_bytes())))
    pdfmetrics.registerFontFamily(TEXT, TEXT, STRONG, ITALIC, STRONG)
    for face in (STRONG, ITALIC, MONO, *_FALLBACK):
        pdfmetrics.registerFontFamily(face, face, face, face, face)


@cache
def face_for(char: str, face: str) -> str | None:
    """Return the face that prints a character: the wanted one, a helper, or none."""
    load()
    for candidate in (face, *_FALLBACK):
        if ord(char) in pdfmetrics.getFont(candidate).face.charToGlyph:
            return candidate
    return None


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """Split into (face, text) pieces; a character that no face has stays with the wanted one."""
    found = groupby(text, lambda char: face_for(char, face) or face)
    return [(used, "".join(chars)) for used, chars in found]


@cache
def advance(char: str, face: str) -> float:
    """Return how wide a character is, as a part of the size."""
    load()
    wide: float = pdfmetrics.stringWidth(char, face_for(char, face) or face, 1)
    return wide


def width(text: str, face: str, size: float) -> float:
    """Return how wide a line is, in points."""
    return size * sum(advance(char, face) for char in text)
