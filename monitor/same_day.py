"""Whether a patient was here already today: a second visit on one day is asked about."""

from __future__ import annotations

import datetime as dt

from monitor.errors import Code, IntegrityError, RefusedError
from monitor.overseeing.oversee import oversee
from monitor.overview import SessionOverview
from monitor.ports import Transaction


def check_first_today(tx: Transaction, patient_id: str, now: dt.datetime, zone: dt.tzinfo) -> None:
    """Refuse a second session on one day of the clinic; a cancelled one counts as well.

    So does one that is still open, on whatever day it was opened.

    Raises:
        RefusedError: `seen-today`, with when the newest one was opened, its protocol and its state;
            and the day, where it is still open from another one; where a drug was given, how much
            (mg), when that began and ended, and how and when the patient left.
    """
    begun = [(each.opened_at.astimezone(zone), each) for each in tx.sessions_of(patient_id)]
    day = now.astimezone(zone).date()
    today = [pair for pair in begun if pair[0].date() == day or pair[1].status == "open"]
    if not today:
        return
    at, header = today[-1]
    titles = {approval.protocol.id: approval.protocol.title for approval in tx.approvals()}
    title = titles.get(header.protocol, header.protocol)
    earlier = {} if at.date() == day else {"day": at.date().isoformat()}
    facts: dict[str, object] = {"protocol": title, "state": header.status, **earlier}
    try:
        session = tx.session(header.session_id)
        facts |= _given(oversee(session, session.timeline.own(now)))
    except IntegrityError:
        pass  # what cannot be read is asked about all the same, with what the header says
    raise RefusedError(Code.SEEN_TODAY, at=at, **facts)


def _given(seen: SessionOverview) -> dict[str, object]:
    """Return what was given and how the patient left, in local time; nothing before a start."""
    mg, began, ended = seen.dose.given_mg, seen.started_at, seen.ended_at
    if mg is None or began is None:
        return {}
    facts: dict[str, object] = {"given_mg": mg, "began": seen.local(began)}
    if ended is not None:
        facts["ended"] = seen.local(ended)
    if seen.left_how is not None and seen.closed_at is not None:
        facts |= {"how": seen.left_how.value, "left": seen.local(seen.closed_at)}
    return facts
