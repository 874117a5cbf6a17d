"""May the drug be given? A blood pressure that is for a prescriber to decide about first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.entries import Entry, Overridden
from monitor.errors import Code
from monitor.session import Kept, Session
from monitor.vitals import BloodPressure


@dataclass(frozen=True, slots=True)
class Pressure:
    """A blood pressure as it was measured, and by which entry it stands."""

    bp: BloodPressure
    at: dt.datetime
    entry: Entry


def pressures(session: Session, before: int | None = None) -> tuple[Pressure, ...]:
    """Return every blood pressure that stands, in order of measuring, ties by entry.

    Args:
        session: Whose.
        before: As they stood before this entry's number; None for as they stand now.
    """
    record = session if before is None else session.as_of(before)
    return tuple(
        Pressure(kept.what.reading.bp, kept.at, kept.entry)
        for kept in record.readings
        if kept.what.reading.bp is not None
    )


def newest_pressure(
    session: Session, at: dt.datetime, before: int | None = None
) -> Pressure | None:
    """Return the newest pressure measured by an instant, however old; None where there is none."""
    taken = [each for each in pressures(session, before) if each.at <= at]
    return taken[-1] if taken else None


def held_by(
    session: Session, at: dt.datetime, today: dt.date
) -> tuple[BloodPressure, tuple[int, int]] | None:
    """Return the newest pressure before the dose where it is above the protocol's, and the bounds.

    Either part of it is enough; one that is equal to a bound is not above it. It holds however old
    it is, until a newer one is taken: what was measured after that instant does not count.

    Args:
        session: Its first drug is still to come; once it was given, nothing is held any more.
        at: When that would be given.
        today: The day in the clinic, for the patient's age.
    """
    bounds = _bounds(session, today)
    newest = newest_pressure(session, at)
    if bounds is None or newest is None or not _is_above(newest.bp, bounds):
        return None
    return newest.bp, bounds


def is_to_decide(session: Session, now: dt.datetime, today: dt.date) -> bool:
    """Tell whether any pressure before the dose is above the protocol's.

    A dose may be written down after a newer pressure was taken; what it waited for is decided.
    """
    bounds = _bounds(session, today)
    return bounds is not None and any(
        each.at <= now and _is_above(each.bp, bounds) for each in pressures(session)
    )


def before_first_drug(session: Session, at: dt.datetime | None = None) -> Pressure | None:
    """Return the newest pressure before the first drug, as it stood when that was written.

    Args:
        session: Whose.
        at: When the drug is to be given, where that is still to come; None for now.
    """
    first = session.first_drug
    if first is not None:
        return newest_pressure(session, first.first.at, first.first.n)
    return newest_pressure(session, at or session.entries[-1].recorded_at)


def decided_about(session: Session, override: Kept[Overridden]) -> str:
    """Return the pressure that a prescriber decided about, in words; empty for anything else."""
    if override.what.what != Code.PRE_DOSE_HOLD:
        return ""
    first = session.first_drug
    by = override.at if first is None else min(override.at, first.first.at)
    found = newest_pressure(session, by, override.first.n)
    return found.bp.text if found else ""


def _bounds(session: Session, today: dt.date) -> tuple[int, int] | None:
    """Return what the protocol holds the first drug above; None where nothing is to hold."""
    hold = session.protocol.hold
    if hold is None or session.started_at is not None or session.cancelled is not None:
        return None
    return hold.at_age(session.opened.patient.age_on(today))


def _is_above(bp: BloodPressure, bounds: tuple[int, int]) -> bool:
    return bp.systolic > bounds[0] or bp.diastolic > bounds[1]
