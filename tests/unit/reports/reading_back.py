"""Reads a PDF back as a reader would: its text, page by page, and where it has room for ink."""

from __future__ import annotations

import ctypes

import pypdfium2
from pypdfium2 import raw

_BOX = (20, 8)
"""A drawn frame at least so wide and high, in points, is one that somebody could write in."""

Bounds = tuple[float, float, float, float]


def pages(content: bytes) -> list[str]:
    """Return the text of each page, white space evened out."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def empty_boxes(content: bytes) -> int:
    """Return how many frames are drawn in which nothing stands, neither words nor a drawing."""
    document = pypdfium2.PdfDocument(content)
    try:
        return sum(map(_empty_boxes, document))
    finally:
        document.close()


def _empty_boxes(page: pypdfium2.PdfPage) -> int:
    drawn = [each for each in page.get_objects(max_depth=4) if each.type in _SEEN]
    bounds: list[Bounds] = [each.get_bounds() for each in drawn]
    boxes = [b for each, b in zip(drawn, bounds, strict=True) if _is_frame(each, b)]
    return sum(not any(_lies_in(each, box) for each in bounds if each != box) for box in boxes)


_SEEN = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)


def _is_frame(drawn: pypdfium2.PdfObject, bounds: Bounds) -> bool:
    if drawn.type != raw.FPDF_PAGEOBJ_PATH:
        return False
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, filled, stroked)
    left, low, right, high = bounds
    return bool(stroked.value) and right - left > _BOX[0] and high - low > _BOX[1]


def _lies_in(each: Bounds, box: Bounds) -> bool:
    across, up = (each[0] + each[2]) / 2, (each[1] + each[3]) / 2
    return box[0] < across < box[2] and box[1] < up < box[3]


def text(content: bytes) -> str:
    """Return all text in one piece."""
    return " ".join(pages(content))
