"""One signer's box: on the page, and once more as the visible stamp of the file's signature."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from monitor.signature_view import AddendumView
from reports.pdf import look
from reports.pdf.look import Types
from reports.pdf.pen import Pen
from reports.vouching import Vouched, meaning_of
from reports.wording import Times, plural

_HEIGHT = 74.0
_LINE, _LINES = 8.2, 2  # points, and how many there is always room for
_BAND = 14.0  # points of the band at its top
_DIGITS = 16  # of a digest and of a certificate: they equal the start of those in the proof
_PAD = 8.0
_SEALED, _SEALED_SHORT = "✓ Sealed with this signature", "✓ Sealed"

Place = tuple[int, tuple[float, float, float, float]]
"""The page, counted from 1, and the box on it: left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Box:
    """One signer: what they attest, who they are, when, by which key.

    Attributes:
        at: Empty where nobody has signed yet.
        lines: The digest's first digits, the certificate's; or why it no longer holds.
        warning: That the certificate was re-issued.
        seals: Whether this signer's key is the one that seals the file.
    """

    meaning: str
    name: str = ""
    credential: str = ""
    at: str = ""
    lines: tuple[str, ...] = field(default=())
    warning: str = ""
    holds: bool = False
    seals: bool = False

    @property
    def height(self) -> float:
        """Return how tall it is, in points; a renewal and a warning take a line more."""
        more = max(0, len(self.lines) - _LINES) + bool(self.warning)
        return _HEIGHT + _LINE * more


def signed_box(times: Times, vouched: Vouched, *, seals: bool) -> Box:
    """Return the box of somebody who signed."""
    by = vouched.by
    holds = isinstance(vouched, AddendumView) or vouched.holds
    key = f"certificate {vouched.certificate[:_DIGITS]}"
    renewed = [f"certificate renewed on {times.local(at):%Y-%m-%d}" for at in vouched.renewed[-1:]]
    lines = (
        f"record digest {vouched.digest[:_DIGITS]}",
        key if vouched.certificate else "no certificate: before people had keys",
        *renewed,
    )
    return Box(
        meaning=meaning_of(vouched),
        name=by.name,
        credential=", ".join(part for part in (by.credential, by.role.value) if part),
        at=times.stamp(vouched.at),
        lines=lines if holds else ("✕ void: the record was amended after it",),
        warning=_reissued(times, vouched),
        holds=holds,
        seals=seals,
    )


def _reissued(times: Times, vouched: Vouched) -> str:
    dates = [f"{times.local(at):%Y-%m-%d}" for at in vouched.reissued]
    if not dates:
        return ""
    often = f" ({plural(len(dates), 'time', 'times')} in all)" if len(dates) > 1 else ""
    return f"! certificate re-issued on {dates[-1]}{often}"


def draw_box(
    c: Canvas, pen: Pen, box: Box, size: tuple[float, float], *, sealed: bool = False
) -> None:
    """Draw a box, the origin at its lower left corner.

    Args:
        c: Where to.
        pen: The report's, or the stamp's own.
        box: What stands in it.
        size: Width and height, in points.
        sealed: Whether it is the stamp: then it covers what lies beneath it, and says so.
    """
    width, top = size
    _frame(c, box, size, sealed=sealed)
    free = width - 2 * _PAD
    if sealed:
        how, spot = Types.LABEL.inked(look.PAPER), (width - _PAD, top - 10)
        strong, wanted = Types.LABEL_STRONG.inked(look.PAPER), pen.width(box.meaning, how) + 8
        fits = pen.width(_SEALED, strong) + wanted <= free
        used = pen.put(c, (_PAD, top - 10), _SEALED if fits else _SEALED_SHORT, strong)
        pen.put(c, spot, box.meaning, how, "right", free - used - 8)
    else:
        pen.put_whole(c, (_PAD, top - 11), box.meaning, Types.LABEL, free)
    if not box.at:
        pen.put(c, (_PAD, 14), "○ not signed", Types.TABLE_STRONG.inked(look.ALERT))
        return
    pen.put_whole(c, (_PAD, top - 26), box.name, Types.SIGNER, free)
    pen.put_whole(c, (_PAD, top - 36), box.credential, Types.LABEL_INK, free)
    pen.put_whole(c, (_PAD, top - 48), box.at, Types.TABLE_STRONG, free)
    y = top - 58
    how = Types.TINY_MONO if box.holds else Types.TINY_STRONG.inked(look.ALERT)
    for line in box.lines:
        pen.put(c, (_PAD, y), line, how, room=free)
        y -= _LINE
    if box.warning:
        pen.put(c, (_PAD, y), box.warning, Types.TINY_STRONG.inked(look.ALERT), room=free)


def _frame(c: Canvas, box: Box, size: tuple[float, float], *, sealed: bool) -> None:
    width, top = size
    c.setStrokeColor(look.INK if box.holds else look.LINE)
    c.setFillColor(look.PAPER)
    c.setLineWidth(1.4 if sealed else 0.7)
    if not box.holds:
        c.setDash(3, 2)
    inset = 0.7
    c.roundRect(inset, inset, width - 2 * inset, top - 2 * inset, 3, stroke=1, fill=1)
    c.setDash()
    if sealed:
        c.setFillColor(look.INK)
        c.roundRect(inset, top - _BAND - inset, width - 2 * inset, _BAND, 3, stroke=0, fill=1)
        c.rect(inset, top - _BAND - inset, width - 2 * inset, 5, stroke=0, fill=1)
