"""What the integrity shield says, in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from monitor.ledger import Finding

CHECKING = "Checking the record …"


def shield_words(findings: Sequence[Finding], at: dt.datetime) -> str:
    """Return the sentence of a check.

    Args:
        findings: Every disagreement; none in a sound record.
        at: When it was checked, in local time.
    """
    if not findings:
        return f"Record intact, checked {at:%H:%M}"
    first = findings[0]
    place = f"entry {first.seq}" if first.seq else "the whole record"
    return (
        f"The record does not agree with itself at {place} ({first.code.value}), "
        f"checked {at:%H:%M}: tell the administrator"
    )
