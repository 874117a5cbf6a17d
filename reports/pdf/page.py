"""The sheet: running head, footer with page n of m, watermark."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from typing_extensions import override

from reports.pdf import faces, look
from reports.pdf.drawn import rule
from reports.pdf.look import Types
from reports.pdf.pen import Pen

_RUNNING_HEAD = 20.0  # taken from the later pages
_COUNT_ROOM = 60.0  # for "page 12 of 34"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page.

    Attributes:
        kind: What it is: "Session report · ketamine IV".
        accent: The drug family's colour.
        who: The patient's name; shortened where it is very long.
        ids: Birth date and record number: never shortened.
        session: Session, version and status.
        digest: The first digits of the session digest.
        notice: What else must stand on every page, or empty.
    """

    paper: str
    kind: str
    accent: Color
    who: str
    ids: str
    session: str
    digest: str
    draft: bool
    notice: str

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the paper, in points."""
        return look.PAPERS[self.paper]

    @property
    def left(self) -> float:
        """Return where the measure begins."""
        return (self.size[0] - look.MEASURE) / 2


Foot = Callable[[Canvas, int, int], None]


class CountingCanvas(Canvas):  # type: ignore[misc] # reportlab carries no types
    """Holds the pages back until their number is known, then writes the footers."""

    def __init__(self, *args: object, foot: Foot, **more: object) -> None:
        super().__init__(*args, **more)
        self._foot = foot
        self._held: list[dict[str, object]] = []

    @override
    def showPage(self) -> None:
        """Put the page by."""
        self._held.append(dict(self.__dict__))
        self._startPage()

    @override
    def save(self) -> None:
        """Write every page with its footer."""
        for number, page in enumerate(self._held, 1):
            self.__dict__.update(page)
            self._foot(self, number, len(self._held))
            super().showPage()
        super().save()


def build(sheet: Sheet, pen: Pen, story: list[Flowable]) -> bytes:
    """Set a story on sheets; the same story gives the same bytes."""
    out = io.BytesIO()
    doc = BaseDocTemplate(
        out,
        pagesize=sheet.size,
        title=sheet.kind,
        author="Chairside",
        subject=sheet.session,
        lang="en-GB",
        initialFontName=faces.TEXT,
        invariant=1,
    )
    doc.addPageTemplates(
        [
            _frame(sheet, pen, "first", look.TOP),
            _frame(sheet, pen, "later", look.TOP + _RUNNING_HEAD),
        ]
    )

    def foot(c: Canvas, number: int, total: int) -> None:
        _footer(c, sheet, pen, f"page {number} of {total}")

    def canvas(*args: object, **more: object) -> CountingCanvas:
        return CountingCanvas(*args, foot=foot, **more)

    doc.build(story, canvasmaker=canvas)
    return out.getvalue()


def room(paper: str) -> float:
    """Return how tall the first page's frame is, in points."""
    return look.PAPERS[paper][1] - look.TOP - look.BOTTOM


def _frame(sheet: Sheet, pen: Pen, name: str, top: float) -> PageTemplate:
    box = Frame(
        sheet.left, look.BOTTOM, look.MEASURE, sheet.size[1] - top - look.BOTTOM, 0, 0, 0, 0
    )

    def dress(c: Canvas, doc: BaseDocTemplate) -> None:
        if sheet.draft:
            _watermark(c, *sheet.size)
        if doc.page > 1:
            _running_head(c, sheet, pen)

    return PageTemplate(name, [box], onPage=dress, autoNextPageTemplate="later")


def _running_head(c: Canvas, sheet: Sheet, pen: Pen) -> None:
    y = sheet.size[1] - look.TOP - 6
    right = sheet.left + look.MEASURE
    pen.put(c, (sheet.left, y), sheet.kind, Types.LABEL_STRONG.inked(sheet.accent))
    pen.put(c, (right, y), sheet.session, Types.LABEL, "right")
    rule(c, sheet.left, y - 5, right, ink=look.LINE, width=0.5)


def _footer(c: Canvas, sheet: Sheet, pen: Pen, count: str) -> None:
    y, left, right = 24.0, sheet.left, sheet.left + look.MEASURE
    rule(c, left, y + 10, right, ink=look.LINE, width=0.5)
    ids = f" · {sheet.ids}"
    free = look.MEASURE - _COUNT_ROOM - pen.width(ids, Types.LABEL_STRONG)
    used = pen.put(c, (left, y), sheet.who, Types.LABEL_STRONG, room=max(free, 60))
    pen.put_whole(c, (left + used, y), ids, Types.LABEL_STRONG, look.MEASURE - _COUNT_ROOM - used)
    pen.put(c, (right, y), count, Types.LABEL_STRONG, "right")
    pen.put(c, (left, y - 9), sheet.session, Types.TINY)
    pen.put(c, (right, y - 9), f"record digest {sheet.digest}", Types.TINY_MONO, "right")
    if sheet.notice:
        pen.put(c, (sheet.size[0] / 2, y - 9), sheet.notice, Types.TINY_ITALIC, "middle")


def _watermark(c: Canvas, width: float, height: float) -> None:
    c.saveState()
    c.translate(width / 2, height / 2)
    c.rotate(52)
    c.setFillColor(look.GHOST)
    c.setFont(faces.STRONG, 54)
    for y in (170, -30, -230):
        c.drawCentredString(0, y, "UNSIGNED DRAFT")
    c.restoreState()
