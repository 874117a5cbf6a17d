"""What is said where everything at once is not handed out."""

from __future__ import annotations

from monitor.errors import Code
from ui.wording.about_rems import ABOUT_REMS

_NO_DAY = ("“{typed}” is no day; write it as 2026-03-02.",)

ABOUT_HANDING_OUT: dict[tuple[Code, str], tuple[str, ...]] = {
    **ABOUT_REMS,
    (Code.NOT_UNDERSTOOD, "first_day"): _NO_DAY,
    (Code.NOT_UNDERSTOOD, "last_day"): _NO_DAY,
    (Code.NOT_UNDERSTOOD, "count"): (
        "A sample is of 1 to 999,999 sessions; write how many as a number.",
    ),
    (Code.EMPTY, "first_day"): ("The first day is missing; write it as 2026-03-02.",),
    (Code.EMPTY, "last_day"): ("The last day is missing; write it as 2026-03-31.",),
    (Code.OUT_OF_RANGE, "last_day"): (
        "The last day, {typed}, is before the first, {first}; put the earlier day first.",
        "The last day is before the first; put the earlier day first.",
    ),
    (Code.UNKNOWN, "session of these days"): (
        "No session was opened from {first} to {last}; choose other days.",
        "No session was opened on these days; choose others.",
    ),
    (Code.NOT_ALLOWED, "whole export"): (
        "Only an auditor, a prescriber or an administrator hands out everything; ask one of them.",
    ),
}
"""Variants that come first where the error is about an export of everything, or the REMS form."""
