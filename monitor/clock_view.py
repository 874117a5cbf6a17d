"""What was done to the station's clock, as it is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.people import Author


@dataclass(frozen=True, slots=True)
class ClockView:
    """Something that was done to the station's clock, or what a person said of it.

    Attributes:
        kind: "jumped", "slept", "restarted", "zone changed", or "confirmed".
        kept: What the record's clock showed, as local time.
        shown: What the computer's clock showed; since when it slept; what was said to be right.
        offset_before: The offset from UTC until then, in minutes.
        by: Who confirmed it; None where the program noted it.
    """

    uid: str
    at: dt.datetime
    kind: str
    kept: dt.datetime
    shown: dt.datetime
    offset_before: int
    by: Author | None = None
