"""Reads a file that claims to be a report: pure Python, so that the lone verifier carries it.

Nothing is believed. A file may be cut, forged or made to upset whoever reads it: whatever goes
wrong while it is read makes it broken, and never stops the program.
"""

from __future__ import annotations

import hashlib

from monitor.sealed_file import MOST_READ, FileFacts, Form
from reports.reading.document import facts_of

HEAD, SOUGHT = b"%PDF-", 1024
"""Viewers look for the first within so many bytes (ISO 32000-2, annex I, note to 7.5.2)."""


def read(content: bytes) -> FileFacts:
    """Return what can be seen in a file, of whatever kind; it never raises."""
    sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    if size > MOST_READ:
        return FileFacts(sha256, size, Form.TOO_LARGE)
    if HEAD not in content[: SOUGHT + len(HEAD)]:
        return FileFacts(sha256, size, Form.NOT_A_PDF)
    return facts_of(content, sha256)
