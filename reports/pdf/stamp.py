"""The visible stamp of the file's signature: the last signer's box, drawn once more as sealed."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from monitor.overview import SessionOverview
from reports.pdf import faces
from reports.pdf.pen import Pen
from reports.pdf.signature_box import draw_box, signed_box
from reports.vouching import Vouched
from reports.wording import Times


def stamp(overview: SessionOverview, vouched: Vouched, size: tuple[float, float]) -> bytes:
    """Return a PDF with one page of the box's size.

    Args:
        overview: The session.
        vouched: Whose signature it shows.
        size: Width and height of the box, in points.
    """
    pen, out = Pen(), io.BytesIO()
    c = Canvas(out, pagesize=size, initialFontName=faces.TEXT, invariant=1, pageCompression=1)
    draw_box(c, pen, signed_box(Times.of(overview), vouched, seals=True), size, sealed=True)
    c.showPage()
    c.save()
    return out.getvalue()
