"""The stamp of the file's signature is seen in the window, too."""

from __future__ import annotations

import io

import pikepdf

from tests.fakes.sealing import sealed_example
from ui.widgets.pages import draw_pages


def test_that_a_sealed_report_shows_its_stamp() -> None:
    content = sealed_example("typical").content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        left, _, _, top = (float(each) for each in field.Rect)
        number = next(n for n, page in enumerate(pdf.pages) if "/Annots" in page)
        tall = float(pdf.pages[number].mediabox[3])
    seen = draw_pages(content, 1.0)[number]
    band = seen.pixelColor(round(left) + 4, round(tall - top) + 5)
    assert band.lightness() < 40
