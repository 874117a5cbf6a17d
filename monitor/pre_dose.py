"""May the drug be given? A blood pressure that is for a prescriber to decide about first."""

from __future__ import annotations

import datetime as dt

from monitor.session import Session
from monitor.vitals import BloodPressure


def held_by(
    session: Session, at: dt.datetime, today: dt.date
) -> tuple[BloodPressure, tuple[int, int]] | None:
    """Return the newest pressure before the dose where it is above the protocol's, and the bounds.

    Either part of it is enough; one that is equal to a bound is not above it.

    Args:
        session: Its first drug is still to come; once it was given, nothing is held any more.
        at: When that would be given.
        today: The day in the clinic, for the patient's age.
    """
    hold = session.protocol.hold
    if hold is None or session.started_at is not None:
        return None
    oldest = at - dt.timedelta(minutes=session.protocol.baseline.before)
    taken = [k.what.reading.bp for k in session.readings if oldest <= k.at <= at]
    newest = next((bp for bp in reversed(taken) if bp is not None), None)
    bounds = hold.at_age(session.opened.patient.age_on(today))
    if newest is None or (newest.systolic <= bounds[0] and newest.diastolic <= bounds[1]):
        return None
    return newest, bounds
