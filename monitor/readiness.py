"""May the patient leave? What the door waits for, each with its evidence."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.alerts import Change, excess, is_of_change, printed
from monitor.entries import Leaving, Measured, Overridden, ReadinessChecked
from monitor.errors import Code
from monitor.overview import ConditionView
from monitor.protocols.protocol import Anchor, Limit
from monitor.session import Kept, Session, is_full
from monitor.slots import is_past_its_minute
from monitor.units import plain
from monitor.vitals import FULL_SET, Reading, Sign

ALERT = 5
"""MOAA/S of a person who is wide awake: no baseline can be above it."""

AIR = 21
"""Percent of oxygen in room air: what is richer is oxygen given, however it is written."""

ABSENT = 0
"""Dissociation of none at all: no baseline can be below it."""

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the signs are judged by.

    Attributes:
        rows: The newest full set after the dose, then every newer set; none without a full one.
        before: The baseline; empty where there was none.
    """

    rows: tuple[Kept[Measured], ...]
    before: Reading

    def judge(
        self, code: str, needed: str, taken: Callable[[Reading], str | None], off: Off
    ) -> _Judged:
        """Return a condition that the full set and every newer value of the sign must meet.

        It shows the newest value that fails it, else the newest one.

        Args:
            code: Of the condition.
            needed: What is asked for.
            taken: Returns what a set says of it, in words; None for nothing.
            off: Returns how far a set is from meeting it.
        """
        rows = [k for n, k in enumerate(self.rows) if n == 0 or taken(k.what.reading) is not None]
        far = [off(kept.what.reading) for kept in rows]
        if not rows:
            return _Judged(ConditionView(code, met=False, evidence=None, needed=needed))
        failing = [kept for kept, each in zip(rows, far, strict=True) if each is None or any(each)]
        shown = (failing or rows)[-1]
        view = ConditionView(code, not failing, taken(shown.what.reading), needed, shown.at)
        return _Judged(view, _furthest(far))


Far = Change | None
"""How far from what is asked for, by each bound, 0 where it is met; None where nobody knows."""

Off = Callable[[Reading], Far]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A condition, and how far the record is from meeting it: what an override is about."""

    view: ConditionView
    far: Far = None

    def is_within(self, decided: Far) -> bool:
        """Tell whether it is no worse by any bound than what a prescriber decided about."""
        if self.far is None or decided is None:
            return self.far is decided
        pairs = itertools.zip_longest(self.far, decided, fillvalue=0)
        return all(now <= then for now, then in pairs)


def _furthest(far: Sequence[Far]) -> Far:
    """Return the worst of several sets, each bound for itself; None if one of them is unknown."""
    known = [each for each in far if each is not None]
    if len(known) < len(far):
        return None
    return tuple(max(each) for each in itertools.zip_longest(*known, fillvalue=0))


def door(session: Session, now: dt.datetime, escort: str = "") -> tuple[ConditionView, ...]:
    """Return the conditions for going home, in the order in which they are shown.

    *Resolved* is judged in the newest full set that was measured after the dose ended and in
    every newer value, and so are the protocol's limits for leaving. A sign that was not taken in
    that set keeps the door shut. Where the baseline did not hold a sign, only the value that no
    baseline could be better than will do.

    What a prescriber let pass is `lifted`: what was not met when it was overridden, and for as long
    as no value is further off than those decided about.

    Args:
        session: The record.
        now: When the patient would leave, or left.
        escort: Who goes along by what is being recorded now; else the discharge says it, or the
            newest checklist.
    """
    passed = _let_pass(session, now)
    return tuple(
        replace(each.view, lifted=not each.view.met and _is_let_pass(each, passed))
        for each in _conditions(session, now, escort)
    )


def _conditions(session: Session, now: dt.datetime, escort: str) -> tuple[_Judged, ...]:
    ended = session.dose_ended_at
    base = session.baseline(session.started_at) if session.started_at else None
    before = base.what.reading if base else Reading()
    seen = _Seen(_newest_after(session, ended, now) if ended else (), before)
    over = ended is not None and ended <= now  # a push is being given until its end
    return (
        _Judged(ConditionView("dose-ended", over, None, "", ended)),
        _Judged(_time(session, ended, now)),
        *_resolved(session, seen),
        *(_within(limit, seen) for limit in session.protocol.door.limits),
        *map(_Judged, _checklist(session, now)),
        *map(_Judged, _escort(session, escort, now)),
    )


Passed = Mapping[str, Sequence[Far]]
"""By part of a condition: how far the record was from it, each time that it was let pass."""


def _let_pass(session: Session, now: dt.datetime) -> Passed:
    """Return what prescribers let pass: all that was not met by the record as they found it."""
    passed: dict[str, list[Far]] = {}
    for kept in session.all(Overridden):
        if kept.what.what != Code.DOOR_CLOSED:
            continue
        for each in _conditions(session.as_of(kept.first.n), min(now, kept.at), ""):
            for part in () if each.view.met else _parts(each.view):
                passed.setdefault(part, []).append(each.far)
    return passed


def _is_let_pass(each: _Judged, passed: Passed) -> bool:
    """Tell whether all that a condition is about was let pass as it stands, or worse."""
    return all(any(map(each.is_within, passed.get(part, ()))) for part in _parts(each.view))


def about(each: ConditionView) -> str:
    """Return which condition it is, as refusals and gaps name it: "sedation", "limit bp"."""
    return f"limit {each.limit.sign}" if each.limit else each.code


def lacking(each: ConditionView) -> str:
    """Return the same for a refusal, which tells what was not taken from what is not well."""
    taken = each.evidence is not None or each.code not in _TAKEN
    return about(each) if taken else f"{about(each)} not-taken"


_TAKEN = frozenset({"sedation", "dissociation", "spo2", "oxygen", "resp", "limit"})


def _parts(each: ConditionView) -> frozenset[str]:
    """Return what a condition is about: of a checklist every line that is open."""
    if each.code == "checklist":
        return frozenset(f"checklist {words}" for words in each.missing)
    return frozenset({f"limit {each.limit.id}" if each.limit else each.code})


def named_escort(session: Session, now: dt.datetime) -> str:
    """Return who goes along (or where to), by the discharge, else by the newest checklist."""
    left = session.discharged
    return left.what.escort if left is not None else checked_escort(session, now)


def checked_escort(session: Session, now: dt.datetime) -> str:
    """Return who goes along by the newest checklist; empty where it names nobody."""
    checked = _checked(session, now)
    return checked.what.escort if checked else ""


def _checked(session: Session, now: dt.datetime) -> Kept[ReadinessChecked] | None:
    """Return the newest checklist that was gone through after the dose, and not after *now*."""
    ended = session.dose_ended_at
    if ended is None:
        return None
    found = [k for k in session.all(ReadinessChecked) if _minute(ended) <= k.at <= _to_minute(now)]
    return max(found, key=lambda kept: (kept.at, kept.first.n), default=None)


def _newest_after(
    session: Session, ended: dt.datetime, now: dt.datetime
) -> tuple[Kept[Measured], ...]:
    """Return the newest full set after the dose, and all that was measured since."""
    latest = _to_minute(now)
    sets = [k for k in session.readings if k.at <= latest and is_past_its_minute(k.at, ended)]
    full = [place for place, kept in enumerate(sets) if is_full(kept, FULL_SET)]
    return tuple(sets[full[-1] :]) if full else ()


def _minute(at: dt.datetime) -> dt.datetime:
    return at.replace(second=0, microsecond=0)


def _to_minute(now: dt.datetime) -> dt.datetime:
    """Return the end of a minute that a person named; what is told to the second stays.

    Whoever types that a patient left at 11:55 means after all that was done by then.
    """
    return now if now != _minute(now) else now + _A_MINUTE


_A_MINUTE = dt.timedelta(minutes=1, microseconds=-1)


def _time(session: Session, ended: dt.datetime | None, now: dt.datetime) -> ConditionView:
    rule = session.protocol.door
    name = "time-since-last-device" if rule.anchor is Anchor.LAST_DEVICE else "time-since-end"
    if ended is None:
        return ConditionView(name, met=False, evidence=None, needed=str(rule.minutes))
    opens = ended + dt.timedelta(minutes=rule.minutes)
    gone = max(0, (now - ended) // dt.timedelta(minutes=1))  # a push ends when it has been given
    return ConditionView(
        name, now >= opens, str(gone), str(rule.minutes), measured=ended, opens_at=opens
    )


def _resolved(session: Session, seen: _Seen) -> tuple[_Judged, ...]:
    rule, base = session.protocol.door, seen.before
    sedation = ALERT if base.sedation is None else base.sedation
    dissociation = ABSENT if base.dissociation is None else base.dissociation
    return (
        _least(seen, Sign.SEDATION, sedation),
        seen.judge(
            "dissociation",
            str(dissociation),
            lambda reading: _text(reading.dissociation),
            lambda r: None if r.dissociation is None else (max(0, r.dissociation - dissociation),),
        ),
        _least(seen, Sign.SPO2, rule.spo2_least),
        _no_new_oxygen(seen),
        _least(seen, Sign.RESP, rule.resp_least),
    )


def _within(limit: Limit, seen: _Seen) -> _Judged:
    """Return the condition that a sign is within what the protocol lets go home.

    A change from the baseline that cannot be told, since the baseline did not hold the sign, is
    none that the protocol lets go.
    """
    told = not is_of_change(limit) or seen.before.value(limit.sign) is not None
    made = seen.judge(
        "limit",
        ", ".join(_bounds(limit)),
        lambda r: None if r.value(limit.sign) is None else printed(r, limit.sign),
        lambda r: excess(limit, r, seen.before) or None,
    )
    lacking = () if told else ("baseline",)
    view = replace(made.view, met=made.view.met and told, limit=limit, missing=lacking)
    return replace(made, view=view)


def _bounds(limit: Limit) -> Iterator[str]:
    """Yield what a limit allows, in words: "at most 160/100", "systolic at least 90"."""
    systolic = "systolic " if limit.sign is Sign.BP else ""
    main, low = limit.parts
    highest = _both(main.above, low.above)
    if highest:
        yield f"at most {highest}"
    if low.below is not None:
        yield f"at least {_both(main.below, low.below)}"
    elif main.below is not None:
        yield f"{systolic}at least {main.below}"
    for side, both in (
        ("above", _both(main.rise, low.rise)),
        ("below", _both(main.fall, low.fall)),
        ("above", _both(main.rise_percent, low.rise_percent, " %")),
        ("below", _both(main.fall_percent, low.fall_percent, " %")),
    ):
        if both:
            yield f"less than {both} {side} the baseline"


def _both(main: int | Decimal | None, diastolic: int | Decimal | None, unit: str = "") -> str:
    """Return a bound of one part or of two; empty for none."""
    if diastolic is None:
        return "" if main is None else f"{main}{unit}"
    return f"{'–' if main is None else main}/{diastolic}{unit}"


def _checklist(session: Session, now: dt.datetime) -> Iterator[ConditionView]:
    """Yield whether all lines of the newest checklist are ticked, where the door waits for that."""
    lines, checked = session.protocol.checklist, _checked(session, now)
    if not session.protocol.door.checklist or not lines:
        return
    ticked = {item for item, met in checked.what.items if met} if checked else set()
    missing = tuple(words for item, words in lines if item not in ticked)
    done = f"{len(lines) - len(missing)} of {len(lines)}" if checked else None
    yield ConditionView(
        "checklist",
        not missing,
        done,
        f"{len(lines)}",
        checked.at if checked else None,
        missing=missing,
    )


def _escort(session: Session, said: str, now: dt.datetime) -> Iterator[ConditionView]:
    """Yield whether somebody who goes along is named, where the door waits for that."""
    if not session.protocol.door.escort:
        return
    left = session.discharged
    at_home = left.what.escort if left and left.what.how is Leaving.HOME else ""
    name = said.strip() or (at_home if left else checked_escort(session, now)).strip()
    yield ConditionView("escort", bool(name), name or None, "")


def _least(seen: _Seen, sign: Sign, least: int) -> _Judged:
    def off(reading: Reading) -> Far:
        value = reading.value(sign)
        return (max(0, least - value),) if isinstance(value, int) else None

    def taken(reading: Reading) -> str | None:
        return None if reading.value(sign) is None else printed(reading, sign)

    return seen.judge(sign.value, str(least), taken, off)


def _no_new_oxygen(seen: _Seen) -> _Judged:
    """Return the condition on oxygen, told in litres or as a percentage, as it was measured."""
    base = seen.before
    before, share = base.oxygen or _NONE, max(base.fio2 or AIR, AIR)
    made = seen.judge(
        "oxygen",
        "",
        _oxygen,
        lambda r: (max(_NONE, (r.oxygen or _NONE) - before), max(0, (r.fio2 or AIR) - share)),
    )
    said = made.view.evidence or ""
    both = ", " in said
    most = [_litres(before)] if both or "FiO₂" not in said else []
    most += [f"FiO₂ {share} %"] if "FiO₂" in said else []
    return replace(made, view=replace(made.view, needed=", ".join(most)))


def _oxygen(reading: Reading) -> str | None:
    """Return what a set says of oxygen: "room air", "2 L/min, FiO₂ 28 %"."""
    seen = []
    if reading.oxygen is not None:
        seen.append(_litres(reading.oxygen) if reading.oxygen else "room air")
    if reading.fio2 is not None:
        seen.append(f"FiO₂ {reading.fio2} %")
    return ", ".join(seen) or None


def _litres(value: Decimal) -> str:
    return f"{plain(value)} L/min"


def _text(value: int | None) -> str | None:
    return None if value is None else f"{value}"
