"""The visit, and the treatment in it."""

from __future__ import annotations

from monitor.entries import Leaving
from monitor.phases import Phase
from reports.fhir.codes import (
    ACT_CODE,
    ENTRY,
    ITEM,
    OURS,
    PARTICIPATION,
    PROTOCOL,
    SESSION,
    SHA256,
)
from reports.fhir.elements import Element, coding, concept, extension, identifier, made, notes, said
from reports.fhir.frame import Frame, reference

_ENDINGS = {
    Leaving.HOME: "went home",
    Leaving.TRANSFERRED: "transferred",
    Leaving.AGAINST_ADVICE: "left against advice",
}


def encounter(frame: Frame) -> Element:
    """Return the visit: who came, when, to which chair, and how they left."""
    seen = frame.overview
    left = seen.left_how
    ending = concept(coding(OURS + "leaving", left.value), text=_ENDINGS[left]) if left else None
    place = made(location=reference(frame.lasting("location", seen.chair)))
    return frame.resource(
        "Encounter",
        frame.name("encounter"),
        identifier=[identifier(SESSION, seen.code), identifier(ENTRY, seen.session_id)],
        status=_visit_status(frame),
        class_=coding(ACT_CODE, "AMB", "ambulatory"),
        type=[concept(text=seen.protocol_title)],
        subject=frame.patient,
        participant=[*_staff(frame), *_escort(frame)],
        period=frame.period(seen.opened_at, seen.closed_at),
        hospitalization=made(dischargeDisposition=ending),
        location=[place],
        serviceProvider=frame.clinic,
    )


def _visit_status(frame: Frame) -> str:
    if frame.overview.phase is Phase.CANCELLED:
        return "cancelled"
    return "finished" if frame.overview.closed_at else "in-progress"


def _staff(frame: Frame) -> list[Element]:
    users = sorted({author.user: author for author in frame.overview.staff}.items())
    return [made(individual=frame.person(author)) for _, author in users]


def _escort(frame: Frame) -> list[Element]:
    if not said(frame.overview.escort):
        return []
    kind = concept(coding(PARTICIPATION, "ESC", "escort"))
    return [made(type=[kind], individual=reference(frame.name("escort")))]


def procedure(frame: Frame) -> Element:
    """Return the treatment: by which protocol, from the first drug to the last, and how it ended.

    A visit that ended without a drug has one, too: not done, and why.
    """
    seen = frame.overview
    period = frame.period(seen.started_at, seen.ended_at) if seen.started_at else None
    reason = seen.cancelled_reason if seen.phase is Phase.CANCELLED else seen.ended_reason
    return frame.resource(
        "Procedure",
        frame.name("procedure"),
        extension=[
            extension(PROTOCOL, valueString=f"{seen.protocol_id} {seen.protocol_version}"),
            extension(PROTOCOL + "-hash", valueString=seen.protocol_hash),
            extension(SHA256 + "-digest", valueString=seen.digest),
        ],
        status=treatment_status(frame),
        statusReason=concept(text=reason),
        code=concept(
            coding(ITEM, f"{said(seen.drug)}-treatment".replace(" ", "-")),
            text=f"{said(seen.drug)} treatment, {said(seen.route)}",
        ),
        subject=frame.patient,
        encounter=frame.visit,
        performedPeriod=period,
        location=reference(frame.lasting("location", seen.chair)),
        note=notes(seen.start_reason, seen.left_reason),
    )


def treatment_status(frame: Frame) -> str:
    """Return where the treatment stands, in FHIR's word."""
    seen = frame.overview
    if seen.phase is Phase.CANCELLED:
        return "not-done"
    if seen.started_at is None:
        return "preparation"
    if seen.ended_at is None:
        return "in-progress"
    return "stopped" if seen.ended_how == "stopped" else "completed"
