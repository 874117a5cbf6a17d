"""A time as typed into a field of its own: "10:20", "@10:20" or "-5m"."""

from __future__ import annotations

import datetime as dt
import re

from monitor.entry_time import typed_time
from monitor.errors import Code, InputError

_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")


def typed_at(typed: str, now: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """Return the instant that was typed; None where nothing was.

    Args:
        typed: As it stands in the field.
        now: The present instant, in the session's own time.
        zone: The session's time zone, as its clock went.

    Raises:
        InputError: `not-understood`, `out-of-range` or `future`.
    """
    word = typed.strip().lower()
    if not word:
        return None
    at = typed_time(f"@{word}" if _CLOCK.fullmatch(word) else word, now, zone)
    if at is None:
        raise InputError(Code.NOT_UNDERSTOOD, "at", typed=typed.strip())
    return at
