"""Which readings raise which alerts, once more: slowly, and straight from the words of the rule.

Nothing here may come from the program: its only worth is that it was written without looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Figures = tuple[Fraction, ...]
"""One figure, or systolic and diastolic."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit in plain words: its bounds by name, how often, for how long."""

    name: str
    sign: str
    bounds: dict[str, Fraction]
    times: int = 1
    within: int | None = None
    sustained: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A reading: minutes since some morning, and its figures by sign."""

    minute: int
    figures: dict[str, Figures] = field(default_factory=dict)


def beyond(rule: Rule, now: Figures, before: Figures | None) -> bool:
    """Tell whether figures lie beyond any bound of a rule."""
    upper, lower = now[0], now[-1]
    bounds = rule.bounds
    if "above" in bounds and upper > bounds["above"]:
        return True
    if "above_diastolic" in bounds and lower > bounds["above_diastolic"]:
        return True
    if "below" in bounds and upper < bounds["below"]:
        return True
    if "below_diastolic" in bounds and lower < bounds["below_diastolic"]:
        return True
    return before is not None and _moved_beyond(bounds, now, before)


def _moved_beyond(bounds: dict[str, Fraction], now: Figures, before: Figures) -> bool:
    """Tell whether figures have moved from the baseline's by a bound of change, or more."""
    rise, fall = now[0] - before[0], before[0] - now[0]
    lower_rise, lower_fall = now[-1] - before[-1], before[-1] - now[-1]
    moved = [
        (rise, bounds.get("rise")),
        (fall, bounds.get("fall")),
        (lower_rise, bounds.get("rise_diastolic")),
        (lower_fall, bounds.get("fall_diastolic")),
        (lower_rise, _of(before[-1], bounds.get("rise_percent_diastolic"))),
        (lower_fall, _of(before[-1], bounds.get("fall_percent_diastolic"))),
        (rise, _of(before[0], bounds.get("rise_percent"))),
        (fall, _of(before[0], bounds.get("fall_percent"))),
    ]
    return any(by > 0 and least is not None and by >= least for by, least in moved)


def _of(whole: Fraction, percent: Fraction | None) -> Fraction | None:
    return None if percent is None else whole * percent / 100


@dataclass(frozen=True, slots=True)
class Course:
    """What was measured.

    Attributes:
        rows: In order of measuring.
        base: The place of the baseline among them; None for none.
        start: The minute in which the dose began.
    """

    rows: Sequence[Row]
    base: int | None
    start: int

    def before(self, place: int, sign: str) -> Figures | None:
        """Return what a reading's figures are compared with."""
        if self.base is None or place == self.base or self.rows[place].minute < self.start:
            return None
        return self.rows[self.base].figures.get(sign)

    def crosses(self, rule: Rule, place: int) -> bool:
        """Tell whether a reading by itself is beyond a rule's bounds."""
        now = self.rows[place].figures.get(rule.sign)
        return now is not None and beyond(rule, now, self.before(place, rule.sign))

    def stands(self, rule: Rule, place: int) -> bool:
        """Tell whether a reading, with those before it, does all that a rule asks for."""
        if not self.crosses(rule, place):
            return False
        upto, end = range(place + 1), self.rows[place].minute
        if rule.sustained is not None:
            holding = [n for n in upto if rule.sign in self.rows[n].figures]
            return any(
                end - self.rows[first].minute >= rule.sustained
                and all(self.crosses(rule, n) for n in holding if n >= first)
                for first in holding
            )
        if rule.within is not None:
            near = [n for n in upto if end - self.rows[n].minute <= rule.within]
            return sum(self.crosses(rule, n) for n in near) >= rule.times
        return True


def raised(rules: Sequence[Rule], course: Course) -> list[tuple[int, str]]:
    """Return (place of the reading, name of the rule) of every alert that stands.

    Args:
        rules: In the order of precedence.
        course: What was measured.
    """
    found = []
    for place, row in enumerate(course.rows):
        for sign in row.figures:
            of_sign = [rule for rule in rules if rule.sign == sign]
            mine = [rule for rule in of_sign if course.stands(rule, place)]
            if mine:
                found.append((place, mine[0].name))
    return found
