"""What happened: side effects, notes, limits that were crossed, and what was added later."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.entries import Criterion, EventKind
from monitor.overview import AlertView, EventView, SeriousView
from reports.fhir.codes import ENTRY, ITEM, OURS, OUTCOME, SERIOUSNESS, SEVERITY
from reports.fhir.elements import Element, coding, concept, extension, identifier, made, said
from reports.fhir.frame import Frame, reference
from reports.fhir.measured import has_set

_ALERT_STATUS = {"open": "preliminary", "acknowledged": "final", "withdrawn": "cancelled"}


def events(frame: Frame) -> Iterator[Element]:
    """Give the side effects, what was told and what was noted; drugs stand with the drugs."""
    for each in frame.overview.events:
        if each.kind != "event" or each.sort is EventKind.DRUG:
            continue
        yield _effect(frame, each) if each.sort is EventKind.EFFECT else _note(frame, each)


def _effect(frame: Frame, effect: EventView) -> Element:
    serious = effect.serious
    is_fatal = serious is not None and Criterion.DEATH in serious.criteria
    over = "resolved" if effect.resolved else "ongoing"
    severity = effect.severity.value if effect.severity else ""
    return frame.resource(
        "AdverseEvent",
        frame.name("event", effect.uid),
        extension=[
            extension(OURS + "resolved", valueDateTime=frame.when(effect.resolved)),
            *_serious(frame, serious),
        ],
        identifier=identifier(ENTRY, effect.uid),
        actuality="actual",
        event=concept(text=effect.text),
        subject=frame.patient,
        encounter=frame.visit,
        date=frame.when(effect.at),
        recordedDate=frame.when(effect.entered),
        location=reference(frame.lasting("location", frame.overview.chair)),
        seriousness=concept(coding(SERIOUSNESS, "Serious")) if serious else None,
        severity=concept(coding(SEVERITY, severity)) if severity else None,
        outcome=concept(coding(OUTCOME, "fatal" if is_fatal else over)),
        recorder=frame.person(effect.by),
    )


def _serious(frame: Frame, serious: SeriousView | None) -> Iterator[Element]:
    """Give what makes an event serious, what happened, and what was done about it."""
    if serious is None:
        return
    for criterion in serious.criteria:
        yield extension(OURS + "serious-because", valueString=criterion.value)
    yield extension(OURS + "serious-said", valueDateTime=frame.when(serious.at))
    yield extension(OURS + "serious-by", valueReference=frame.person(serious.by))
    yield extension(OURS + "description", valueString=serious.description)
    yield extension(OURS + "treated", valueString=serious.treated)


def _note(frame: Frame, noted: EventView) -> Element:
    return frame.resource(
        "Observation",
        frame.name("event", noted.uid),
        identifier=[identifier(ENTRY, noted.uid)],
        status="final",
        code=concept(coding(ITEM, noted.sort.value), text=noted.sort.value),
        subject=frame.patient,
        encounter=frame.visit,
        effectiveDateTime=frame.when(noted.at),
        issued=frame.when(noted.entered),
        performer=[frame.person(noted.by)],
        valueString=noted.text,
    )


def alerts(frame: Frame) -> Iterator[Element]:
    """Give each limit that was crossed, with who saw it and what was done."""
    there = {row.uid for row in frame.overview.readings if has_set(row)}
    for each in frame.overview.alerts:
        yield _alert(frame, each, has_reading=each.reading in there)


def _alert(frame: Frame, alert: AlertView, *, has_reading: bool) -> Element:
    told = f"told: {alert.told}" if said(alert.told) else ""
    done = "; ".join(words for words in (said(alert.action), told) if words)
    evidence = reference(frame.name("reading", alert.reading)) if has_reading else None
    return frame.resource(
        "DetectedIssue",
        frame.name("alert", alert.uid),
        identifier=[identifier(ENTRY, alert.uid)],
        status=_ALERT_STATUS[alert.state],
        code=concept(coding(ITEM, f"limit-{said(alert.limit.id)}"), text="Limit crossed"),
        patient=frame.patient,
        identifiedDateTime=frame.when(alert.at),
        evidence=[made(detail=[evidence])] if evidence else [],
        detail=f"{alert.number}: {alert.value}",
        mitigation=[
            made(
                action=concept(text=done or "acknowledged"),
                date=frame.when(alert.acknowledged_at),
                author=frame.person(alert.acknowledged_by),
            )
        ]
        if alert.acknowledged_at
        else [],
    )


def addenda(frame: Frame) -> Iterator[Element]:
    """Give what was added after the co-signature."""
    for place, each in enumerate(frame.overview.addenda):
        yield frame.resource(
            "Observation",
            frame.name("addendum", str(place)),
            status="final",
            code=concept(coding(ITEM, "addendum"), text=f"Addendum, version {each.version}"),
            subject=frame.patient,
            encounter=frame.visit,
            effectiveDateTime=frame.when(each.at),
            performer=[frame.person(each.by)],
            valueString=each.text,
        )
