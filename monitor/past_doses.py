"""What earlier visits leave behind for this one: a course's order, and the dose before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from monitor.entries import Ordered, Validity
from monitor.session import Kept, Session


@dataclass(frozen=True, slots=True)
class PastDose:
    """What a patient was given last, and when."""

    mg: Decimal
    at: dt.datetime


def newest_order(
    session: Session, earlier: Iterable[Session]
) -> tuple[Session, Kept[Ordered]] | None:
    """Return a patient's newest own order under this session's protocol, and its session.

    A course's order that was used again is no order of its own.

    Args:
        session: Today's visit.
        earlier: The patient's visits before it, newest first.
    """
    for visit in (session, *earlier):
        if visit.opened.protocol == session.opened.protocol:
            own = [kept for kept in visit.all(Ordered) if not kept.what.course_order]
            if own:
                return visit, own[-1]
    return None


def course_order(
    session: Session, earlier: Iterable[Session], today: dt.date
) -> Kept[Ordered] | None:
    """Return the course's order from an earlier visit that can be used today.

    It stands while it is the newest own order and its last day has not passed.

    Args:
        session: Today's visit.
        earlier: The patient's visits before it, newest first.
        today: The clinic's local day.
    """
    found = newest_order(session, earlier)
    if found is None or found[0] is session or not holds(found[1].what, today):
        return None
    return found[1]


def holds(order: Ordered, today: dt.date) -> bool:
    """Tell whether an order is a course's and its last day has not passed."""
    last = order.valid_until
    return order.validity is Validity.COURSE and last is not None and today <= last


def dose_before(session: Session, earlier: Iterable[Session]) -> PastDose | None:
    """Return what the patient was given last of this drug by this route, by nasal device."""
    for visit in earlier:
        same = (visit.opened.drug, visit.opened.route) == (
            session.opened.drug,
            session.opened.route,
        )
        if same and visit.devices:
            mg = sum((kept.what.mg for kept in visit.devices), Decimal(0))
            return PastDose(mg, visit.devices[-1].at)
    return None
