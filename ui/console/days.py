"""A day as it is given at the command line."""

from __future__ import annotations

import datetime as dt
import re

from ui.console.problems import ConsoleError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def day_given(typed: str, option: str) -> dt.date | None:
    """Return the day; None where none is given.

    Args:
        typed: As typed: 2026-03-02.
        option: Where, for the refusal: "--from".

    Raises:
        ConsoleError: If it is no day.
    """
    typed = typed.strip()
    if not typed:
        return None
    try:  # the pattern first: "20260302" is a date to Python, and to nobody else
        return dt.date.fromisoformat(typed if _DATE.fullmatch(typed) else "")
    except ValueError:
        raise ConsoleError(f"{option} {typed} is no date; write it as 2026-03-02.") from None
