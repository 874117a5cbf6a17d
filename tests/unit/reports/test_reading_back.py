"""What reads a PDF back sees a box that a pen could fill in."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.reports.reading_back import empty_boxes


@pytest.mark.parametrize(("words", "found"), [("", 1), ("not signed", 0)])
def test_that_a_drawn_frame_is_an_empty_box_unless_something_stands_in_it(
    words: str, found: int
) -> None:
    paper = BytesIO()
    canvas = Canvas(paper)
    canvas.rect(100, 100, 120, 30)
    canvas.drawString(110, 200, "Signature")
    if words:
        canvas.drawString(110, 110, words)
    canvas.save()
    assert empty_boxes(paper.getvalue()) == found
