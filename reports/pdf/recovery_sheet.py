"""The recovery sheet: one page with the key that opens the record if all else is lost."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from reports.pdf import faces, look
from reports.pdf.drawn import rule
from reports.pdf.look import Types
from reports.pdf.pen import Pen

_TITLE = "Recovery sheet"
_LEAD = "This key opens the clinic’s record when its passphrase is forgotten."
_IN_A_ROW = 4
_ROW, _CELL = 54.0, 44.0  # points: from row to row of the key, and how tall a group's box is
_GROUP_SPACE = 2.4  # between the signs of a group
_LINE = 13.0

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "How to use it",
        (
            (
                "Start the program. Where it asks for the passphrase, type all the groups in their "
                "order, with spaces or without. Small letters will do."
            ),
            (
                "The letters I, L and O do not occur: what looks like one is a figure. The last "
                "sign of each group is a check, so that a slip of the hand is named by its group."
            ),
            "Then choose a new passphrase: Settings, Keys. This sheet goes on opening the record.",
        ),
    ),
    (
        "How to keep it",
        (
            (
                "On paper, under lock and key, in another room than the computer: whoever has this "
                "sheet and a copy of the record can read everything in it."
            ),
            (
                "Not as a file, not as a photograph, not beside a backup. If it was saved in order "
                "to be printed, delete the file now."
            ),
            (
                "A newer sheet takes its place when one is made; this one then opens nothing and "
                "is to be destroyed. If it is lost or was seen by others, make a new one, or "
                "replace the keys: Settings, Keys."
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet.

    Attributes:
        groups: The key.
        store: The first digits of the record's identity.
        made: The day on which the key was made.
    """

    clinic: str
    groups: Sequence[str] = field(repr=False)
    store: str
    made: dt.date


def render(sheet: RecoverySheet) -> bytes:
    """Return the sheet as PDF, on A4; the same key gives the same bytes."""
    out = io.BytesIO()
    pen = Pen()
    width, height = look.PAPERS["a4"]
    c = Canvas(out, pagesize=(width, height), initialFontName=faces.TEXT, invariant=1, lang="en-GB")
    c.setTitle(_TITLE)
    c.setAuthor("Chairside")
    c.setSubject(f"Record {sheet.store}")
    left = (width - look.MEASURE) / 2
    y = _head(c, pen, sheet, left, height - look.TOP - 16)
    y = _key(c, pen, sheet, left, y)
    for title, paragraphs in _PARTS:
        y = _part(c, pen, title, paragraphs, (left, y))
    _hand(c, pen, left, y - 6)
    _foot(c, pen, sheet, left)
    c.showPage()
    c.save()
    return out.getvalue()


def _head(c: Canvas, pen: Pen, sheet: RecoverySheet, left: float, y: float) -> float:
    right = left + look.MEASURE
    beside = look.MEASURE - pen.width(_TITLE, Types.BODY_STRONG) - 12
    pen.put(c, (left, y), sheet.clinic, Types.BODY_STRONG, room=beside)
    pen.put(c, (right, y), _TITLE, Types.BODY_STRONG.inked(look.SOFT), "right")
    rule(c, left, y - 6, right, ink=look.INK, width=0.9)
    y -= 34
    pen.put(c, (left, y), "Recovery key", Types.TITLE)
    pen.put(c, (left, y - 17), _LEAD, Types.PLAIN)
    facts = (("Record", sheet.store), ("Made on", sheet.made.isoformat()))
    for place, (label, value) in enumerate(facts):
        x = right - 70.0 * (len(facts) - 1 - place)
        pen.put(c, (x, y + 2), label, Types.LABEL, "right")
        pen.put(c, (x, y - 11), value, Types.PLAIN_STRONG, "right")
    return y - 38


def _key(c: Canvas, pen: Pen, sheet: RecoverySheet, left: float, y: float) -> float:
    """Set the groups in boxes, each with its number."""
    rows = -(-len(sheet.groups) // _IN_A_ROW)
    tall = rows * _ROW - (_ROW - _CELL) + 24
    c.setFillColor(look.WASH)
    c.rect(left, y - tall, look.MEASURE, tall, stroke=0, fill=1)
    step = (look.MEASURE - 16) / _IN_A_ROW
    for place, group in enumerate(sheet.groups):
        x = left + 8 + step * (place % _IN_A_ROW)
        top = y - 12 - _ROW * (place // _IN_A_ROW)
        c.setFillColor(look.PAPER)
        c.setStrokeColor(look.LINE)
        c.setLineWidth(0.6)
        c.roundRect(x + 4, top - _CELL, step - 8, _CELL, 3, stroke=1, fill=1)
        pen.put(c, (x + 9, top - 10), str(place + 1), Types.LABEL)
        _spaced(c, group, x + step / 2, top - 30)
    return y - tall - 26


def _spaced(c: Canvas, group: str, middle: float, y: float) -> None:
    """Set a group with room between its signs, so that it is read sign by sign."""
    wide = faces.width(group, Types.KEY.face, Types.KEY.size) + _GROUP_SPACE * (len(group) - 1)
    c.setFillColor(Types.KEY.ink)
    c.setFont(Types.KEY.face, Types.KEY.size)
    c.drawString(middle - wide / 2, y, group, charSpace=_GROUP_SPACE)


def _part(
    c: Canvas, pen: Pen, title: str, paragraphs: Sequence[str], spot: tuple[float, float]
) -> float:
    left, y = spot
    pen.put(c, (left, y), title, Types.PLAIN_STRONG)
    rule(c, left, y - 5, left + look.MEASURE, ink=look.LINE, width=0.5)
    y -= 20
    for paragraph in paragraphs:
        pen.put(c, (left, y), "–", Types.PLAIN)
        for line in pen.lines(paragraph, look.MEASURE - 12, Types.PLAIN):
            pen.put(c, (left + 12, y), line, Types.PLAIN)
            y -= _LINE
        y -= 4
    return y - 14


def _hand(c: Canvas, pen: Pen, left: float, y: float) -> None:
    """Leave room to write down who keeps it, and where."""
    third = (look.MEASURE - 24) / 3
    for place, label in enumerate(("Kept by", "Kept where", "Since")):
        x = left + (third + 12) * place
        rule(c, x, y - 18, x + third, ink=look.LINE, width=0.6)
        pen.put(c, (x, y - 28), label, Types.LABEL)


def _foot(c: Canvas, pen: Pen, sheet: RecoverySheet, left: float) -> None:
    y, right = 24.0, left + look.MEASURE
    rule(c, left, y + 10, right, ink=look.LINE, width=0.5)
    pen.put(c, (left, y), f"Record {sheet.store} · secret: keep it locked up", Types.LABEL_STRONG)
    pen.put(c, (right, y), "page 1 of 1", Types.LABEL_STRONG, "right")
