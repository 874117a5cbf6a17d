"""What a reading that is being typed would cross, as if it were stored now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from monitor.alerts import Baseline, Crossing, Taken, standing
from monitor.overview import ReadingView, SessionOverview
from monitor.protocols.protocol import SlotRule
from monitor.sides import Side, side_of
from monitor.vitals import FULL_SET, Sign
from ui.presenters.limits import bounds, changed, crossing_words
from ui.presenters.words import clock, number


@dataclass(frozen=True, slots=True)
class Abnormal:
    """What stands once a reading is stored.

    Attributes:
        own: What the reading itself crosses.
        others: What others cross through it: it repeats a value, or is the baseline.
        opens: How many of them are not in the record yet, so that each opens an alert.
    """

    own: tuple[Crossing, ...] = ()
    others: tuple[Crossing, ...] = ()
    opens: int = 0

    @property
    def sides(self) -> dict[Sign, Side]:
        """Return the signs of the reading that cross a limit, each with its side of it."""
        return {each.limit.sign: side_of(each) for each in self.own}

    @property
    def opening(self) -> str:
        """Return what storing it opens: "opens an alert"."""
        return "opens an alert" if self.opens == 1 else f"opens {self.opens} alerts"

    def __bool__(self) -> bool:
        """Tell whether anything is crossed at all."""
        return bool(self.own or self.others)


def abnormal(
    typed: Taken, overview: SessionOverview, rule: SlotRule, *, amends: str = ""
) -> Abnormal:
    """Return what a reading crosses, and what others would cross once it is stored.

    Args:
        typed: With a uid that no other reading has, or that of the one it amends.
        overview: The session without it.
        rule: The protocol's of the baseline.
        amends: The uid of the reading whose place it takes.
    """
    course = [Taken(row.uid, row.measured, row.reading) for row in overview.readings]
    full = {row.uid for row in overview.readings if _is_full(row, rule)}
    start = overview.started_at
    already = standing(overview.limits, course, _baseline(course, full, rule, start))
    course = [each for each in course if each.uid != amends]
    course.insert(sum(each.at <= typed.at for each in course), typed)
    if not typed.reading.lacks(rule.required):
        full.add(typed.uid)
    after = standing(overview.limits, course, _baseline(course, full, rule, start))
    known = {_key(each) for each in already}
    own = tuple(each for each in after if each.reading == typed.uid)
    new = [each for each in after if _key(each) not in known]
    return Abnormal(own, tuple(each for each in new if each not in own), len(new))


def abnormal_words(found: Abnormal, overview: SessionOverview) -> str:
    """Return one sentence: "BP 178/100, +40/+14 from baseline 138/86, over 160/100."."""
    several = len(found.own) + len(found.others) > 1
    parts = []
    for each in found.own:
        since = "" if several else _since(each, overview)  # beside each value stands its change
        parts.append(f"{_words(each)}{since}, {bounds(each.limit)}")
    for each in found.others:
        at = clock(overview.local, each.at)
        parts.append(f"{_words(each)} at {at}, {bounds(each.limit)}")
    return f"{'; '.join(parts)}." if parts else ""


def _since(crossing: Crossing, overview: SessionOverview) -> str:
    """Return how far from the baseline: ", +40/+14 from baseline 138/86"; nothing before it."""
    moved, base = changed(crossing.change), overview.reference
    if not moved or base is None:
        return ""
    return f", {moved} from baseline {number(base.reading.value(crossing.limit.sign))}"


def _words(crossing: Crossing) -> str:
    return crossing_words(crossing.limit.sign, crossing.value, crossing.minutes)


def _key(crossing: Crossing) -> tuple[str, str, str]:
    return crossing.limit.id, crossing.reading, crossing.value


def _is_full(row: ReadingView, rule: SlotRule) -> bool:
    """Tell whether a set can be the baseline: it holds what that asks for, or a reason."""
    by_reason = row.is_full and bool(row.reading.lacks(FULL_SET))
    return by_reason or not row.reading.lacks(rule.required)


def _baseline(
    course: Sequence[Taken], full: Collection[str], rule: SlotRule, start: dt.datetime | None
) -> Baseline | None:
    if start is None:
        return None
    oldest = start - dt.timedelta(minutes=rule.before)
    sets = [each for each in course if each.uid in full and oldest <= each.at <= start]
    return Baseline(sets[-1].uid, sets[-1].reading, start) if sets else None
