"""What earlier visits leave behind for this one: a course's order, and the dose before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from monitor.entries import Ordered, Validity
from monitor.people import Author
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

    A course's order that was used again is no order of its own. One in a visit that was
    cancelled is: it takes the place of those before it, though it cannot be used itself.

    Args:
        session: Today's visit.
        earlier: The patient's visits before it, newest first, cancelled ones too.
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
        earlier: The patient's visits before it, newest first, cancelled ones too.
        today: The clinic's local day.
    """
    found = newest_order(session, earlier)
    if found is None or found[0] is session or found[0].cancelled is not None:
        return None
    return found[1] if holds(found[1].what, today) else None


def holds(order: Ordered, today: dt.date) -> bool:
    """Tell whether an order is a course's and its last day has not passed."""
    last = order.valid_until
    return order.validity is Validity.COURSE and last is not None and today <= last


def order_taker(kept: Kept[Ordered]) -> Author | None:
    """Return who took an order that its prescriber did not write; who used it again is another."""
    what, author = kept.what, kept.entry.by
    if what.taken_by is not None or what.course_order:
        return what.taken_by
    return author if what.prescriber is not None and what.prescriber != author else None


def dose_before(session: Session, earlier: Iterable[Session]) -> PastDose | None:
    """Return what the patient was given last of this drug by this route, by nasal device."""
    for visit in earlier:
        same = (visit.opened.drug, visit.opened.route) == (
            session.opened.drug,
            session.opened.route,
        )
        if same and visit.devices and visit.cancelled is None:
            mg = sum((kept.what.mg for kept in visit.devices), Decimal(0))
            return PastDose(mg, visit.devices[-1].at)
    return None
