"""Every measure, colour and style of the page. No other module names a size or a colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle

from reports.pdf.faces import ITALIC, MONO, STRONG, TEXT

PAPERS: dict[str, tuple[float, float]] = {"a4": A4, "letter": LETTER}

# One measure on both papers: 12 columns of 33 pt with 12 pt between them.
MEASURE = 528.0
COLUMN, GUTTER = 33.0, 12.0
TOP, BOTTOM = 30.0, 38.0  # paper edge to running head, paper edge to footer block
STEP = 4.0  # every vertical distance is a multiple of this
PAD = 3.0  # inside a table's cells


def columns(n: int) -> float:
    """Return the width of n grid columns with the gutters between them."""
    return n * COLUMN + (n - 1) * GUTTER


LEAST = 5.0  # points; nothing is set smaller
ROW = 9.1  # leading of a table line
NAME_ROW = 16.0  # leading of the patient's name
FACT_ROW = 9.6  # leading of a fact in the identity band

WHOLE = 170.0  # a table of at most this height is not broken over pages
PRESSURE_LEAST, PRESSURE_MOST = 50.0, 100.0  # height of the blood pressure panel, the elastic part

INK = HexColor("#14181D")
SOFT = HexColor("#49515B")  # labels: 8:1 on white
LINE = HexColor("#9AA3AD")  # rules that carry structure
HAIR = HexColor("#D9DEE3")  # rules that only guide the eye
WASH = HexColor("#F2F4F6")  # identity band, late and missed rows
PAPER = white
ALERT = HexColor("#9E1B1B")  # always with a triangle and a word
LATE = HexColor("#7A4E00")  # always with a half disc and a word
GHOST = Color(0.925, 0.932, 0.942)  # watermark
_DRUGS = {"ketamine": HexColor("#0B5A6E"), "esketamine": HexColor("#6A2A7A")}


def drug(name: str) -> Color:
    """Return the accent of a drug family; it never speaks without the drug's name."""
    return _DRUGS.get(name, INK)


@dataclass(frozen=True, slots=True)
class Type:
    """How a placed line is set: size in points, face, colour."""

    size: float
    face: str = TEXT
    ink: Color = INK

    def inked(self, ink: Color) -> Type:
        """Return the same in another colour."""
        return replace(self, ink=ink)


class Types:
    """The few ways in which placed lines are set."""

    TITLE = Type(16, STRONG)
    NAME = Type(12.5, STRONG)
    FAMILY = Type(8, STRONG)
    STATUS = Type(9, STRONG)
    SIGNER = Type(9.6, STRONG)
    FIGURE = Type(14)
    FIGURE_STRONG = Type(14, STRONG)
    SECTION = Type(8.8, STRONG)
    BODY = Type(8.2)
    BODY_STRONG = Type(8.2, STRONG)
    TABLE = Type(7.5)
    TABLE_STRONG = Type(7.5, STRONG)
    LABEL = Type(6.7, ink=SOFT)
    LABEL_INK = Type(6.7)
    LABEL_STRONG = Type(6.7, STRONG)
    TINY = Type(6.1, ink=SOFT)
    TINY_STRONG = Type(6.1, STRONG)
    TINY_ITALIC = Type(6.1, ITALIC, SOFT)
    MARK = Type(5.8)
    MARK_STRONG = Type(5.8, STRONG)
    MARK_ITALIC = Type(5.8, ITALIC, SOFT)
    TINY_MONO = Type(6.1, MONO, SOFT)
    HASH = Type(6.3, MONO)
    PLAIN = Type(10)
    PLAIN_STRONG = Type(10.5, STRONG)
    KEY = Type(19, MONO)
    ALERT_NUMBER = Type(5.2, STRONG, ALERT)


def _style(name: str, how: Type, leading: float, **more: object) -> ParagraphStyle:
    more = {"textColor": how.ink, "bulletFontName": TEXT, "splitLongWords": 1, **more}
    return ParagraphStyle(name, fontName=how.face, fontSize=how.size, leading=leading, **more)


STYLES: dict[str, ParagraphStyle] = {
    "body": _style("body", Types.BODY, 11),
    "cell": _style("cell", Types.TABLE, ROW),
    "cell-right": _style("cell-right", Types.TABLE, ROW, alignment=TA_RIGHT),
    "cell-strong": _style("cell-strong", Types.TABLE_STRONG, ROW),
    "alert": _style("alert", Types.STATUS.inked(ALERT), 11),
    "label": _style("label", Types.LABEL, 8.4),
    "label-right": _style("label-right", Types.LABEL, 8.4, alignment=TA_RIGHT),
    "mono": _style("mono", Types.HASH, 8.4),
}
