"""Reads a PDF back as a reader would: its text, page by page, and its typefaces."""

from __future__ import annotations

import pypdfium2


def pages(content: bytes) -> list[str]:
    """Return the text of each page, white space evened out."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text(content: bytes) -> str:
    """Return all text in one piece."""
    return " ".join(pages(content))
