"""What was ordered, what it was taken from, and what was given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from monitor.dose_view import DeviceView, OrderView, PortionView, PreparationView, SegmentView
from monitor.entries import Given
from monitor.overview import EventView
from monitor.people import Author
from monitor.protocols.protocol import Way
from monitor.units import plain
from reports.fhir.codes import DRUGS, ENTRY, MG, ML, OURS
from reports.fhir.elements import (
    Element,
    coding,
    concept,
    identifier,
    made,
    notes,
    quantity,
    ratio,
    said,
)
from reports.fhir.frame import Frame, reference
from reports.fhir.visit import treatment_status

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")

_ORDER_STATUS = {
    "not-done": "cancelled",
    "stopped": "stopped",
    "completed": "completed",
    "preparation": "active",
    "in-progress": "active",
}

_STARTS = ("started", "resumed", "rate changed")


# --- what it is ------------------------------------------------------------------------------


def drug(frame: Frame) -> Element:
    """Return the drug's name and codes as a concept."""
    name = said(frame.overview.drug)
    return concept(*(coding(*code) for code in DRUGS.get(name, ())), text=name)


def medications(frame: Frame) -> Iterator[Element]:
    """Give each lot that the dose was taken from; of an infusion, what was mixed of them, too."""
    lots = {_lot_name(frame, each): each for each in frame.overview.dose.preparations}
    for name, each in lots.items():
        yield frame.resource(
            "Medication",
            name,
            code=_named(frame, each.name),
            batch=_batch(each.lot, each.expiry),
        )
    if lots and frame.overview.dose.concentration_mg_per_ml is not None:
        yield _mixture(frame, lots)


def _named(frame: Frame, name: str) -> Element:
    return {**drug(frame), "text": said(name) or said(frame.overview.drug)}


def _lot_name(frame: Frame, each: PreparationView) -> str:
    return frame.name("lot", each.product, each.lot, each.expiry)


def _batch(lot: str, expiry: str) -> Element:
    return made(lotNumber=lot, expirationDate=_day(expiry))


def _day(expiry: str) -> str | None:
    """Return the day or the month that is printed on a lot; None of what is neither."""
    if not _DAY.fullmatch(expiry):
        return None
    try:
        dt.date.fromisoformat(f"{expiry}-01"[:10])
    except ValueError:
        return None
    return expiry


def _mixture(frame: Frame, lots: Mapping[str, PreparationView]) -> Element:
    dose = frame.overview.dose
    strength = ratio(dose.concentration_mg_per_ml, MG, ML)
    of_all = strength if len(lots) == 1 else None  # of several, nobody said how much of which
    return frame.resource(
        "Medication",
        frame.name("mixture"),
        code=_named(frame, f"{said(frame.overview.drug)} {_concentration(frame)}"),
        ingredient=[made(itemReference=reference(name), strength=of_all) for name in lots],
    )


def _concentration(frame: Frame) -> str:
    strength = frame.overview.dose.concentration_mg_per_ml
    return "" if strength is None else f"{plain(strength, 6)} mg/mL, as mixed"


def devices(frame: Frame) -> Iterator[Element]:
    """Give each nasal device with its lot, and the drug that was in it."""
    for each in frame.overview.devices:
        yield frame.resource(
            "Device",
            _device_name(frame, each),
            status="inactive",
            lotNumber=each.lot,
            expirationDate=_day(each.expiry),
            type=concept(text=f"{said(frame.overview.drug)} {plain(each.mg)} mg nasal device"),
            patient=frame.patient,
            owner=frame.clinic,
        )
        yield frame.resource(
            "Medication",
            frame.name("device drug", str(each.number)),
            code=drug(frame),
            batch=_batch(each.lot, each.expiry),
        )


def _device_name(frame: Frame, each: DeviceView) -> str:
    return frame.name("device", str(each.number))


# --- what was ordered ------------------------------------------------------------------------


def order(frame: Frame) -> Iterator[Element]:
    """Give the order in force, where there is one."""
    ordered = frame.overview.order
    if ordered is None:
        return
    treatment = treatment_status(frame)
    valid = ordered.valid_until.isoformat() if ordered.valid_until else None
    yield frame.resource(
        "MedicationRequest",
        frame.name("order"),
        status=_ORDER_STATUS[treatment],
        intent="order",
        category=[concept(coding(OURS + "order", ordered.how.value), text=_how(ordered))],
        medicationCodeableConcept=drug(frame),
        subject=frame.patient,
        encounter=frame.visit,
        authoredOn=frame.when(ordered.at),
        requester=frame.person(ordered.by),
        recorder=frame.person(ordered.taken_by or ordered.used_by),
        note=notes(ordered.reason, *_earlier(frame, "order")),
        dosageInstruction=[_instruction(frame, ordered)],
        dispenseRequest=made(validityPeriod=made(end=valid)),
    )


def _how(ordered: OrderView) -> str:
    if ordered.how is Given.WRITTEN:
        return "written order"
    return "verbal order, read back" if ordered.read_back else "verbal order"


def _instruction(frame: Frame, ordered: OrderView) -> Element:
    by_weight = quantity(ordered.per_kg_mg, "mg/kg", "mg/kg")
    minutes = ordered.minutes
    repeat = made(duration=minutes, durationUnit="min") if minutes is not None else {}
    return made(
        timing=made(repeat=repeat),
        route=concept(text=frame.overview.route),
        doseAndRate=[made(doseQuantity=by_weight or quantity(ordered.dose_mg, *MG))],
    )


def _earlier(frame: Frame, what: str) -> list[str]:
    """Return sentences about what was entered anew: it no longer counts, and stays to be seen."""
    return [
        f"Before {frame.when(old.replaced_at)}: {old.words}. {old.reason}"
        for old in frame.overview.replaced
        if old.what == what
    ]


# --- what was given --------------------------------------------------------------------------


def administrations(frame: Frame) -> Iterator[Element]:
    """Give each stretch of an infusion, each dose by hand, each device, and other drugs."""
    seen = frame.overview
    if seen.way is Way.PUMP:
        running = [each for each in seen.segments if each.rate_ml_h]
        for place, segment in enumerate(running):
            yield _stretch(frame, place, segment, is_last=place == len(running) - 1)
    for portion in seen.dose.portions:
        yield _portion(frame, portion)
    for device in seen.devices:
        yield _device(frame, device)
    for happened in seen.events:
        if happened.kind == "event" and happened.sort.value == "drug" and said(happened.text):
            yield _other_drug(frame, happened)


def _stretch(frame: Frame, place: int, segment: SegmentView, *, is_last: bool) -> Element:
    """Return a stretch of the infusion at one rate; a pause lies between two of them."""
    seen = frame.overview
    stopped = is_last and seen.ended_how == "stopped"
    begun = [e for e in seen.events if e.kind in _STARTS and e.at == segment.start]
    dosage = made(
        route=concept(text=seen.route),
        dose=quantity(segment.given_mg, *MG),
        rateQuantity=quantity(segment.rate_ml_h, "mL/h", "mL/h"),
    )
    return _given(
        frame,
        frame.name("stretch", str(place)),
        status="in-progress" if segment.end is None else "stopped" if stopped else "completed",
        statusReason=[concept(text=seen.ended_reason)] if stopped else [],
        **_what(frame, "mixture" if seen.dose.concentration_mg_per_ml is not None else ""),
        effectivePeriod=frame.period(segment.start, segment.end),
        performer=[made(actor=frame.person(begun[0].by))] if begun else [],
        note=notes(segment.reason),
        dosage=dosage,
    )


def _what(frame: Frame, name: str) -> Element:
    """Return what was given: what was made ready, where somebody said that; else the drug."""
    ready = frame.overview.dose.preparations
    if ready and name:
        return {"medicationReference": reference(frame.name(name))}
    if len({_lot_name(frame, each) for each in ready}) == 1:
        return {"medicationReference": reference(_lot_name(frame, ready[0]))}
    return {"medicationCodeableConcept": drug(frame)}


def _portion(frame: Frame, portion: PortionView) -> Element:
    lasted = portion.minutes
    end = portion.at + dt.timedelta(minutes=float(lasted)) if lasted is not None else None
    time = (
        {"effectiveDateTime": frame.when(portion.at)}
        if end is None
        else {"effectivePeriod": frame.period(portion.at, end)}
    )
    return _given(
        frame,
        frame.name("portion", portion.uid),
        identifier=[identifier(ENTRY, portion.uid)],
        status="completed",
        **_what(frame, ""),
        **time,
        performer=_by(frame, portion.by),
        note=notes(portion.reason),
        dosage=made(
            site=concept(text=portion.site),
            route=concept(text=frame.overview.route),
            dose=quantity(portion.mg, *MG),
        ),
    )


def _device(frame: Frame, device: DeviceView) -> Element:
    return _given(
        frame,
        frame.name("given device", str(device.number)),
        status="completed",
        medicationReference=reference(frame.name("device drug", str(device.number))),
        effectiveDateTime=frame.when(device.at),
        performer=_by(frame, device.by),
        device=[reference(_device_name(frame, device))],
        note=notes(device.reason),
        dosage=made(
            text=f"device {device.number}, sprays: {device.sprays}",
            route=concept(text=frame.overview.route),
            dose=quantity(device.mg, *MG),
        ),
    )


def _by(frame: Frame, author: Author) -> list[Element]:
    return [made(actor=frame.person(author))]


def _given(frame: Frame, name: str, **parts: object) -> Element:
    """Return a dose of the treatment."""
    asked = [reference(frame.name("order"))] if frame.overview.order else []
    return frame.resource(
        "MedicationAdministration",
        name,
        partOf=[frame.treatment],
        subject=frame.patient,
        context=frame.visit,
        request=asked[0] if asked else None,
        **parts,
    )


def _other_drug(frame: Frame, happened: EventView) -> Element:
    """Return something else that was given, in the words in which it was written down."""
    return frame.resource(
        "MedicationAdministration",
        frame.name("event", happened.uid),
        identifier=[identifier(ENTRY, happened.uid)],
        status="completed",
        medicationCodeableConcept=concept(text=happened.text),
        subject=frame.patient,
        context=frame.visit,
        effectiveDateTime=frame.when(happened.at),
        performer=_by(frame, happened.by),
        note=notes(happened.reason),
    )
