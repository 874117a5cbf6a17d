"""Weight and height, ratings, and the figures of the dose, as observations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.dose_view import WasteView
from monitor.entries import Weighing
from monitor.overview import ScoreView
from monitor.scales import SCALES
from reports.fhir.codes import ABSENT, ENTRY, ITEM, LOINC, MG, PROFILES, SCALE
from reports.fhir.elements import (
    Element,
    coding,
    concept,
    identifier,
    made,
    notes,
    quantity,
    said,
)
from reports.fhir.frame import Frame, reference
from reports.fhir.measured import category

_UNKNOWN = concept(coding(ABSENT, "unknown", "Unknown"))

_WEIGHT = ("29463-7", "Body weight")
_HOW = {
    Weighing.MEASURED: ("3141-9", "Body weight Measured"),
    Weighing.STATED: ("3142-7", "Body weight Stated"),
}
_HEIGHT, _BMI = ("8302-2", "Body height"), ("39156-5", "Body mass index (BMI) [Ratio]")


# --- the body --------------------------------------------------------------------------------


def body(frame: Frame) -> Iterator[Element]:
    """Give weight, height and body-mass index, each where it is known."""
    seen = frame.overview.weight
    if seen is None:
        return
    both = [reference(frame.name("weight")), reference(frame.name("height"))]
    by_whom = f"By {seen.by_whom}." if said(seen.by_whom) else ""
    earlier = (
        f"Before {frame.when(old.replaced_at)}: {old.words}. {old.reason}"
        for old in frame.overview.replaced
        if old.what == "weight"
    )
    yield _of_body(
        frame, "weight", (_WEIGHT, _HOW[seen.how]), quantity(seen.kg, "kg", "kg"),
        note=notes(seen.how.value, by_whom, *earlier),
    )  # fmt: skip
    if seen.height_cm is not None:
        yield _of_body(frame, "height", (_HEIGHT,), quantity(seen.height_cm, "cm", "cm"))
    if seen.bmi is not None:
        amount = quantity(seen.bmi, "kg/m2", "kg/m2")
        yield _of_body(frame, "bmi", (_BMI,), amount, derivedFrom=both)


_BODY_PROFILES = {"weight": "bodyweight", "height": "bodyheight", "bmi": "bmi"}


def _of_body(
    frame: Frame,
    what: str,
    codes: tuple[tuple[str, str], ...],
    amount: Element | None,
    **more: object,
) -> Element:
    seen = frame.overview.weight
    assert seen is not None  # noqa: S101 - `body` asked
    return frame.resource(
        "Observation",
        frame.name(what),
        profile=PROFILES + _BODY_PROFILES[what],
        status="final",
        category=category("vital-signs"),
        code=concept(*(coding(LOINC, *code) for code in codes), text=codes[0][1]),
        subject=frame.patient,
        encounter=frame.visit,
        effectiveDateTime=frame.when(seen.at),
        performer=[frame.person(seen.by)],
        valueQuantity=amount,
        **more,
    )


# --- ratings ---------------------------------------------------------------------------------


def ratings(frame: Frame) -> Iterator[Element]:
    """Give each rating with its answers; the sum only where every item was answered."""
    for score in frame.overview.scores:
        yield frame.resource(
            "Observation",
            frame.name("score", score.uid),
            identifier=[identifier(ENTRY, score.uid)],
            status="final",
            category=category("survey"),
            code=concept(
                made(system=SCALE, version=str(score.version), code=score.scale), text=score.title
            ),
            subject=frame.patient,
            encounter=frame.visit,
            effectiveDateTime=frame.when(score.at),
            issued=frame.when(score.entered),
            performer=[frame.person(score.by)],
            valueInteger=score.total,
            dataAbsentReason=_UNKNOWN if score.total is None else None,
            note=notes(score.band),
            component=list(_answers(score)),
        )


def _answers(score: ScoreView) -> Iterator[Element]:
    known = SCALES.get(score.scale)
    numbers = [item.number for item in known.items] if known else []
    if len(numbers) != len(score.answers):
        numbers = list(range(1, len(score.answers) + 1))
    for number, answer in zip(numbers, score.answers, strict=True):
        yield made(
            code=concept(coding(SCALE, f"{score.scale}-item-{number}"), text=f"item {number}"),
            valueInteger=answer,
            dataAbsentReason=_UNKNOWN if answer is None else None,
        )


# --- the dose --------------------------------------------------------------------------------


def figures(frame: Frame) -> Iterator[Element]:
    """Give the figures of the dose, each apart, and every waste with its witness."""
    dose = frame.overview.dose
    amounts = {
        "ordered": dose.ordered_mg,
        "calculated": dose.calculated_mg,
        "prepared": dose.prepared_mg,
        "given": dose.given_mg,
        "wasted": dose.wasted_mg,
        "unaccounted": dose.unaccounted_mg,
    }
    parts = [_figure(name, mg) for name, mg in amounts.items() if mg is not None]
    if parts:
        yield frame.resource(
            "Observation",
            frame.name("figures"),
            status="final",
            code=concept(coding(ITEM, "dose"), text="Figures of the dose"),
            subject=frame.patient,
            encounter=frame.visit,
            effectiveDateTime=frame.when(frame.overview.ended_at or dose.at),
            note=notes(
                dose.basis_reason,
                dose.reason,
                *(f"{line.name}: {line.text}" for line in dose.working),
            ),
            component=parts,
        )
    yield from (_waste(frame, each) for each in dose.wastes)


def _figure(name: str, mg: Decimal) -> Element:
    return made(
        code=concept(coding(ITEM, f"dose-{name}"), text=f"{name} dose"),
        valueQuantity=quantity(mg, *MG),
    )


def _waste(frame: Frame, waste: WasteView) -> Element:
    kind = ("drug-kept", "Drug put back") if waste.kept else ("drug-wasted", "Drug wasted")
    witness = f"Witness: {waste.witness.name}." if waste.witness else ""
    lot = f"Lot {waste.lot}." if said(waste.lot) else ""
    return frame.resource(
        "Observation",
        frame.name("waste", waste.uid),
        identifier=[identifier(ENTRY, waste.uid)],
        status="final",
        code=concept(coding(ITEM, kind[0]), text=f"{kind[1]}: {waste.of.value}"),
        subject=frame.patient,
        encounter=frame.visit,
        effectiveDateTime=frame.when(waste.at),
        performer=[frame.person(waste.by), frame.person(waste.witness)],
        valueQuantity=quantity(waste.mg, *MG),
        note=notes(witness, lot, waste.reason),
    )
