"""Which backups are kept: every one of the last days, then one a week, then one a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable

DAYS, WEEKS, MONTHS = 7, 8, 24


def to_keep(made: Collection[dt.datetime]) -> frozenset[dt.datetime]:
    """Return which of the instants at which backups were made are to be kept.

    All of the newest 7 days, the newest of each of the newest 8 weeks and of each of the newest
    24 months. Only days, weeks and months that have a backup are counted, and today's date is
    not asked for: neither a long holiday nor a clock that is set wrong costs a backup.

    Args:
        made: Aware instants; days, weeks and months are those of UTC.
    """
    days = sorted({_day(at) for at in made})[-DAYS:]
    kept = {at for at in made if _day(at) in days}
    return frozenset(kept | _newest_of(made, _week, WEEKS) | _newest_of(made, _month, MONTHS))


def _newest_of(
    made: Collection[dt.datetime], period: Callable[[dt.datetime], Hashable], count: int
) -> set[dt.datetime]:
    """Return the newest of each of the newest periods."""
    newest = {period(at): at for at in sorted(made)}  # the last of a period stays
    return set(sorted(newest.values())[-count:])


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(dt.UTC).date()


def _week(at: dt.datetime) -> tuple[int, int]:
    return _day(at).isocalendar()[:2]


def _month(at: dt.datetime) -> tuple[int, int]:
    return _day(at).year, _day(at).month
