"""How many pages a finished report has."""

from __future__ import annotations

import pypdfium2

from monitor.errors import Code, InputError


def page_count(content: bytes) -> int:
    """Return the number of pages of a PDF.

    Raises:
        InputError: `unreadable` if it is no PDF.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise InputError(Code.UNREADABLE, "file") from error
    try:
        return len(document)
    finally:
        document.close()
