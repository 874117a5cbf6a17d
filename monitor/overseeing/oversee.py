"""Puts the session's overview together from its parts."""

from __future__ import annotations

import datetime as dt

from monitor.departure import left_reason
from monitor.entries import ClockDisturbed, Discharged, ReadinessChecked
from monitor.gaps import Course, gaps
from monitor.overseeing.alerting import alerts
from monitor.overseeing.clock import clock_events
from monitor.overseeing.course import amendments, events, scores
from monitor.overseeing.dose import clocks, devices, dose
from monitor.overseeing.handling import loose_ends
from monitor.overseeing.let_through import let_through
from monitor.overseeing.observations import observed, readings, reference
from monitor.overseeing.outcome import FIRST_VERSION, addenda, phase, signatures, status
from monitor.overseeing.pump import overran, planned_end, segments
from monitor.overseeing.replaced import replaced
from monitor.overseeing.set_up import order_view, weight_view
from monitor.overseeing.things import things
from monitor.overview import LocalTime, SessionOverview
from monitor.people import Author
from monitor.pre_dose import held_by
from monitor.readiness import door, named_escort
from monitor.schedule import draw_grid
from monitor.sealed_file import session_code
from monitor.session import Session
from monitor.slots import series_opens


def oversee(
    session: Session, now: dt.datetime, digest: str = "", *, approved_by: str | None = None
) -> SessionOverview:
    """Return everything there is to show of a session, as it stands at *now*.

    Args:
        session: The record.
        now: The instant to look at, in the session's own time; entries measured later than it
            do not exist yet.
        digest: The session digest over the entries so far, in hex.
        approved_by: Who approved the protocol in this clinic.
    """
    opened, ending, local = session.opened, session.ending, _local(session)
    raised = alerts(session)
    seen = observed(session)
    slots = draw_grid(seen, now).slots
    rows = readings(session, slots, raised)
    happened, rated = events(session), scores(session)
    conditions = door(session, session.closed_at or now)
    left, cancelled = session.newest(Discharged), session.cancelled
    course = Course(
        slots=slots,
        alerts=raised,
        events=happened,
        scores=rated,
        readings=rows,
        overran=overran(session, now),
        dose_open=left is not None and session.dose_ended_at is None,
        loose_ends=loose_ends(session, now),
        door=conditions,
    )
    signed, added = signatures(session, digest), addenda(session)
    wait = session.by_device
    return SessionOverview(
        session_id=session.id,
        code=session_code(session.id),
        clinic=opened.clinic,
        patient=opened.patient,
        chair=opened.chair,
        drug=opened.drug,
        route=opened.route,
        protocol_id=opened.protocol,
        protocol_title=session.protocol.title,
        protocol_version=opened.protocol_version,
        protocol_hash=opened.protocol_hash,
        approved_by=approved_by,
        rehearsal=opened.rehearsal,
        seen_at=now,
        local=local,
        opened_at=session.entries[0].at,
        phase=phase(session, conditions, now),
        status=status(session, signed),
        version=FIRST_VERSION + len(added),
        order=order_view(session.order) if session.order else None,
        weight=weight_view(session.weight) if session.weight else None,
        dose=dose(session, now),
        segments=segments(session, now),
        devices=devices(session),
        devices_ordered=session.devices_ordered,
        device_opens_at=(
            session.devices[-1].at + dt.timedelta(minutes=wait.wait_minutes)
            if wait and session.devices and session.dose_ended_at is None
            else None
        ),
        started_at=session.started_at,
        planned_end=planned_end(session, now),
        ended_at=session.dose_ended_at,
        ended_how=ending.entry.kind if ending else "",
        ended_reason=ending.first.reason if ending else "",
        start_reason=_start_reason(session),
        closed_at=session.closed_at,
        left_how=left.what.how if left else None,
        escort=named_escort(session, session.closed_at or now),
        left_reason=left_reason(session),
        cancelled_reason=cancelled.entry.reason if cancelled else "",
        clocks=clocks(session, now),
        readings=rows,
        slots=slots,
        reference=reference(session, rows),
        events=happened,
        alerts=raised,
        scores=rated,
        amendments=amendments(session, local),
        gaps=gaps(session, course),
        door=conditions,
        checklist=_checklist(session),
        signatures=signed,
        limits=session.protocol.limits,
        staff=_staff(session),
        digest=digest,
        entries=len(session.entries),
        clock_events=clock_events(session),
        way=session.way,
        second_person=session.protocol.second_person,
        overrides=let_through(session),
        products=session.protocol.products,
        replaced=replaced(session),
        hold=held_by(session, now, local(now).date()),
        things=things(session),
        observed=seen,
        series_opens=series_opens(seen, now),
        addenda=added,
        jurisdiction=session.protocol.jurisdiction,
        one_may_sign=session.protocol.same_person_may_cosign,
    )


def _local(session: Session) -> LocalTime:
    steps: list[tuple[dt.datetime, int]] = []
    for entry in session.entries:
        if not steps or steps[-1][1] != entry.moment.offset:
            steps.append((entry.recorded_at, entry.moment.offset))
    return LocalTime(tuple(steps), session.timeline)


def _start_reason(session: Session) -> str:
    steps = session.devices or session.portions or session.pump_steps
    return steps[0].first.reason if steps else ""


def _checklist(session: Session) -> tuple[tuple[str, str, bool], ...]:
    checked = session.newest(ReadinessChecked)
    ticked = dict(checked.what.items) if checked else {}
    known = tuple(
        (item, words, ticked.pop(item, False)) for item, words in session.protocol.checklist
    )
    return (*known, *((item, item, met) for item, met in ticked.items()))


def _staff(session: Session) -> tuple[Author, ...]:
    people = (e.by for e in session.entries if not isinstance(e.what, ClockDisturbed))
    return tuple(dict.fromkeys(people))
