"""What the integrity shield says of a check, in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from monitor.ledger import Finding
from ui.wording.findings import headline

CHECKING = "Checking the record …"


def shield_words(findings: Sequence[Finding], at: dt.datetime) -> str:
    """Return the sentence of a check.

    Args:
        findings: What has happened to the record; nothing in a sound one.
        at: When it was checked, in local time.
    """
    if not findings:
        return f"Record intact, checked {at:%H:%M}"
    more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
    return (
        f"The record does not agree with itself: {headline(findings[0])}{more}, "
        f"checked {at:%H:%M}: tell the administrator"
    )
