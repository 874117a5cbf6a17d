"""Who vouches for the record, each in a box; the one that seals the file has a place of its own."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether
from typing_extensions import override

from reports.pdf import look
from reports.pdf.drawn import Drawn
from reports.pdf.parts import Heading, gap
from reports.pdf.pen import Pen
from reports.pdf.setting import Setting
from reports.pdf.signature_box import Box, Place, draw_box, signed_box
from reports.vouching import Vouched, last_vouched

_PER_ROW = 3
_PAIRS = (1, 2, 4)
"""So many boxes stand two in a row: wider ones are read more easily."""


class Signatures(Drawn):
    """Signature boxes side by side; dashed ones are void or not signed yet.

    Attributes:
        places: Where the box that seals the file was drawn is added here.
    """

    def __init__(self, pen: Pen, boxes: Sequence[Box], per_row: int, places: list[Place]) -> None:
        self.tall = max(box.height for box in boxes)
        super().__init__(look.MEASURE, self.tall + 4)
        self.pen, self.boxes, self.places = pen, boxes, places
        self.room = (look.MEASURE - look.GUTTER * (per_row - 1)) / per_row

    @override
    def draw(self) -> None:
        """Draw it."""
        c = self.canv
        for k, box in enumerate(self.boxes):
            c.saveState()
            c.translate(k * (self.room + look.GUTTER), 2)
            draw_box(c, self.pen, box, (self.room, self.tall))
            if box.seals:
                left, low = c.absolutePosition(0, 0)
                self.places.append(
                    (c.getPageNumber(), (left, low, left + self.room, low + self.tall))
                )
            c.restoreState()


def signatures(s: Setting, closing: Sequence[Flowable]) -> list[Flowable]:
    """Return the signature boxes and who is who; they come after everything they cover.

    Args:
        s: The report that is set.
        closing: What ends the report: it stands on no page without the last signatures.
    """
    boxes = _boxes(s)
    per_row = 2 if len(boxes) in _PAIRS else _PER_ROW
    rows = [boxes[n : n + per_row] for n in range(0, len(boxes), per_row)]
    remark = "password asked again at the moment of signing · times with UTC offset"
    heading = Heading(s.pen, "Signatures", remark)
    staff = s.pen.say("Staff: {staff}", "label", staff=s.initials.line() or "none")
    *before, last = [Signatures(s.pen, row, per_row, s.places) for row in rows]
    end = [last, gap(0.5), staff, *closing]
    if not before:
        return [KeepTogether([heading, gap(0.5), *end])]
    first, *between = before
    return [KeepTogether([heading, gap(0.5), first]), *between, KeepTogether(end)]


def _boxes(s: Setting) -> list[Box]:
    overview, last = s.overview, last_vouched(s.overview)
    vouched: list[Vouched] = [*overview.signatures, *overview.addenda]
    return [*(signed_box(s.times, each, seals=each is last) for each in vouched), *_unsigned(s)]


def _unsigned(s: Setting) -> list[Box]:
    standing = [signature for signature in s.overview.signatures if signature.holds]
    made = []
    if not any(not signature.co_signature for signature in standing):
        made.append(Box("recorded by"))
    if not any(signature.co_signature for signature in standing):
        made.append(Box("reviewed and approved"))
    return made
