"""What was observed: the grid, and the rows of the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.entries import Leaving, Measured, SlotMissed
from monitor.errors import Code
from monitor.overseeing.pump import pump_segments
from monitor.overview import AlertView, ReadingView
from monitor.schedule import Anchors, Course, Missed, Slot, TakenReading
from monitor.second_check import overrides
from monitor.session import Kept, Session, is_full
from monitor.slots import Pause
from monitor.vitals import FULL_SET


def observed(session: Session) -> Course:
    """Return what of the record the due grid follows from."""
    return Course(
        rules=session.protocol.slots,
        repeat_minutes=session.protocol.repeat_minutes,
        anchors=_anchors(session),
        readings=tuple(taken(session, kept) for kept in session.readings),
        missed=tuple(Missed(kept.what.slot, kept.entry.reason) for kept in session.all(SlotMissed)),
        pauses=_pauses(session) if session.protocol.pause_shifts else (),
    )


def taken(session: Session, kept: Kept[Measured]) -> TakenReading:
    """Return a reading as the grid sees it."""
    return TakenReading(
        uid=kept.uid,
        measured=kept.at,
        entered=kept.first.recorded_at,
        reading=kept.what.reading,
        reason=kept.first.reason,
        named_slot=kept.what.slot,
        in_dose=session.is_in_dose(kept.first),
        slot_reason=_why_this_slot(kept),
    )


def _why_this_slot(kept: Kept[Measured]) -> str:
    """Return why a reading was amended to be for another slot, or for none; else empty."""
    chain = (*kept.earlier, kept.entry)
    named = [entry.what.slot if isinstance(entry.what, Measured) else "" for entry in chain]
    other = [n for n in range(1, len(chain)) if named[n] != named[n - 1]]
    return chain[other[-1]].reason if other else ""


def _pauses(session: Session) -> tuple[Pause, ...]:
    """Return when the pump stood still."""
    still = (each for each in pump_segments(session) if not each.rate.ml_per_h)
    return tuple(Pause(each.start, each.end) for each in still)


def _anchors(session: Session) -> Anchors:
    left = session.discharged
    first = session.first_drug
    ended = session.dose_ended_at
    return Anchors(
        start=session.started_at,
        end=None if session.by_device else ended,
        last_device=ended if session.by_device else None,
        dose_complete=ended is not None,
        closed=session.closed_at,
        left_home=left is not None and left.what.how is Leaving.HOME,
        start_reason=_without_baseline(session),
        start_entered=first.first.recorded_at if first else None,
    )


def _without_baseline(session: Session) -> str:
    """Return why the dose began without a baseline, or empty.

    A reason that was given with a baseline in the record is about something else.
    """
    first = session.first_drug
    if first is None or session.as_of(first.first.n).baseline(first.first.at) is not None:
        return ""
    return _lifted(session) or first.first.reason


def _lifted(session: Session) -> str:
    """Return why a prescriber let the dose begin without a baseline, or empty."""
    said = [o.reason for o in overrides(session) if o.what == Code.BASELINE_MISSING and o.used]
    return said[-1] if said else ""


def readings(
    session: Session, slots: Sequence[Slot], alerts: Sequence[AlertView]
) -> tuple[ReadingView, ...]:
    """Return the sheet's rows, in order of measuring."""
    closed = {slot.reading: slot for slot in slots if slot.reading}
    return tuple(_row(kept, closed.get(kept.uid), alerts) for kept in session.readings)


def _row(kept: Kept[Measured], slot: Slot | None, alerts: Sequence[AlertView]) -> ReadingView:
    chain = {entry.uid for entry in (*kept.earlier, kept.entry)}
    circumstances = kept.what.reading.circumstances()
    reasons = dict.fromkeys((kept.first.reason, kept.entry.reason))  # its own, and the amendment's
    return ReadingView(
        uid=kept.uid,
        measured=kept.at,
        entered=kept.first.recorded_at,
        by=kept.entry.by,
        reading=kept.what.reading,
        slot=slot.name if slot else "",
        state=slot.state if slot else None,
        minutes=slot.minutes if slot else None,
        is_full=is_full(kept, FULL_SET),
        replaced=tuple(e.what.reading for e in kept.earlier if isinstance(e.what, Measured)),
        alerts=tuple(alert.number for alert in alerts if alert.reading in chain),
        not_taken=kept.what.not_taken,
        confirmed=kept.what.confirmed,
        note="; ".join(text for text in (*reasons, circumstances) if text),
        was_at=tuple(e.at for e in kept.earlier if isinstance(e.what, Measured)),
    )


def reference(session: Session, rows: Sequence[ReadingView]) -> ReadingView | None:
    """Return the baseline's row: the one at the start, or before it the newest full set."""
    if session.started_at is not None:
        base = session.baseline(session.started_at)
        return next((row for row in rows if base and row.uid == base.uid), None)
    full = [row for row in rows if row.is_full]
    return full[-1] if full else None
