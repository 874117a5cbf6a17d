"""May the patient leave? What the door waits for, each with its evidence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor.entries import Measured
from monitor.overview import ConditionView
from monitor.protocols.protocol import Anchor
from monitor.session import Kept, Session, is_full
from monitor.units import plain
from monitor.vitals import FULL_SET, Reading

ALERT = 5
"""MOAA/S of a person who is wide awake: no baseline can be above it."""

AIR = 21
"""Percent of oxygen in room air: what is richer is oxygen given, however it is written."""

ABSENT = 0
"""Dissociation of none at all: no baseline can be below it."""


def door(session: Session, now: dt.datetime) -> tuple[ConditionView, ...]:
    """Return the conditions for going home, in the order in which they are shown.

    *Resolved* is judged in the newest full set that was measured after the dose ended. A sign
    that was not taken in it keeps the door shut. Where the baseline did not hold a sign,
    only the value that no baseline could be better than will do.
    """
    ended = session.dose_ended_at
    newest = _newest_after(session, ended, now) if ended else None
    base = session.baseline(session.started_at) if session.started_at else None
    over = ended is not None and ended <= now  # a push is being given until its end
    return (
        ConditionView("dose-ended", over, None, "", ended),
        _time(session, ended, now),
        *_resolved(session, newest, base.what.reading if base else Reading()),
    )


def _newest_after(session: Session, ended: dt.datetime, now: dt.datetime) -> Kept[Measured] | None:
    sets = [k for k in session.readings if ended <= k.at <= now and is_full(k, FULL_SET)]
    return sets[-1] if sets else None


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


def _resolved(
    session: Session, newest: Kept[Measured] | None, base: Reading
) -> tuple[ConditionView, ...]:
    rule = session.protocol.door
    reading = newest.what.reading if newest else Reading()
    at = newest.at if newest else None
    sedation = ALERT if base.sedation is None else base.sedation
    dissociation = ABSENT if base.dissociation is None else base.dissociation
    return (
        _least("sedation", reading.sedation, sedation, at),
        ConditionView(
            "dissociation",
            reading.dissociation is not None and reading.dissociation <= dissociation,
            _text(reading.dissociation),
            str(dissociation),
            at,
        ),
        _least("spo2", reading.spo2, rule.spo2_least, at),
        _no_new_oxygen(reading, base, at),
        _least("resp", reading.resp, rule.resp_least, at),
    )


def _least(code: str, value: int | None, least: int, at: dt.datetime | None) -> ConditionView:
    return ConditionView(code, value is not None and value >= least, _text(value), str(least), at)


def _no_new_oxygen(reading: Reading, base: Reading, at: dt.datetime | None) -> ConditionView:
    """Return the condition on oxygen, told in litres or as a percentage, as it was measured."""
    before, now = base.oxygen or Decimal(0), reading.oxygen or Decimal(0)
    share = max(base.fio2 or AIR, AIR)
    met = now <= before and (reading.fio2 or AIR) <= share
    seen, most = [], []
    if reading.oxygen is not None:
        seen.append(_litres(reading.oxygen) if now else "room air")
        most.append(_litres(before))
    if reading.fio2 is not None:
        seen.append(f"FiO₂ {reading.fio2} %")
        most.append(f"FiO₂ {share} %")
    return ConditionView(
        "oxygen", met, ", ".join(seen) or None, ", ".join(most) or _litres(before), at
    )


def _litres(value: Decimal) -> str:
    return f"{plain(value)} L/min"


def _text(value: int | None) -> str | None:
    return None if value is None else f"{value}"
