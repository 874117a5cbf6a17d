"""The answers of the audit desk, to be taken elsewhere: as text, and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ui.presenters.audit_verdicts import VerdictRow

HEADS = (
    "file",
    "answer",
    "sentence",
    "note",
    "known from",
    "session",
    "version",
    "sha256",
    "reasons",
)
BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes the names for another script."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_text(rows: Sequence[VerdictRow]) -> str:
    """Return the answers a line each: the file's name and the sentence."""
    return "\n".join(" ".join(filter(None, (f"{r.name}: {r.sentence}", r.note))) for r in rows)


def as_table(rows: Sequence[VerdictRow]) -> bytes:
    """Return the answers as CSV; of patients it says no more than the files' names do."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADS)
    for each in rows:
        version = "" if each.version is None else str(each.version)
        cells = (
            each.name,
            each.kind.value,
            each.sentence,
            each.note,
            each.known_from,
            each.session,
            version,
            each.sha256,
            "\n".join(reason.line for reason in each.reasons),
        )
        writer.writerow([_harmless(cell) for cell in cells])
    text = BYTE_ORDER_MARK + out.getvalue()
    return text.encode("utf-8", "backslashreplace")  # a file's name may be no text at all


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
