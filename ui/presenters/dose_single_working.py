"""The working of a dose that is given in one go, as far as it goes: a solution, or pieces."""

from __future__ import annotations

from decimal import Decimal

from monitor.errors import InputError
from monitor.protocols.protocol import Form, SingleDose
from monitor.single_dose import SingleInputs, work_out_single
from monitor.units import Mass, Strength, Volume, WeightedDose, plain
from monitor.working import working_of_single
from ui.presenters.dose_working import (
    EXACT,
    Knowns,
    LineFace,
    WorkingFace,
    cap_words,
    dose_line,
    draw_line,
    flag_words,
    line_face,
    over_the_cap,
    weight_is_possible,
)
from ui.wording import sentence


def single_inputs(known: Knowns) -> SingleInputs | None:
    """Return all that a single dose is worked out from, None while something is missing."""
    product = known.product
    if product is None or known.calculated is None:
        return None
    return SingleInputs(
        per_kg=WeightedDose(known.per_kg) if known.per_kg is not None else None,
        dose=Mass(known.dose_mg) if known.dose_mg is not None else None,
        weight=known.weight,
        strength=Strength(product.strength) if product.strength is not None else None,
        syringe=Volume(known.syringe) if known.syringe is not None else None,
        piece=Mass(product.piece_mg) if product.piece_mg is not None else None,
        part=product.part,
    )


def single_working(known: Knowns, rule: SingleDose) -> WorkingFace:
    """Return the paper of a single dose, as far as what is known goes."""
    verdict, tone = _verdict(known, rule)
    inputs = single_inputs(known)
    if inputs is None:
        return WorkingFace(_unfinished(known), (), verdict, tone, note=EXACT)
    try:
        worked = work_out_single(inputs)
    except InputError as error:
        return WorkingFace(_unfinished(known), (), sentence(error), "alert", note=EXACT)
    lines = tuple(line_face(line) for line in working_of_single(worked))
    flag = flag_words(worked.deviation_percent, rule.deviation_percent)
    return WorkingFace(lines, (), verdict, tone, flag, EXACT)


def _unfinished(known: Knowns) -> tuple[LineFace, ...]:
    product = known.product
    if known.calculated is not None and product is None:
        return (dose_line(known), LineFace("Draw up", "waits for the product"))
    if product is not None and product.form is not Form.SOLUTION:
        return (dose_line(known), LineFace("Pieces", "waits for the dose"))
    return (dose_line(known), draw_line(known.calculated, product.strength if product else None))


def _verdict(known: Knowns, rule: SingleDose) -> tuple[str, str]:
    said = _allowed(rule)
    outside = _outside(known, rule)
    if outside:
        return f"{outside} is outside the protocol: {said}.", "alert"
    if known.calculated is None or not weight_is_possible(known):
        return f"The protocol allows {said}.", "text_2"
    return f"Within protocol: {said}.", "good"


def _allowed(rule: SingleDose) -> str:
    made = []
    if rule.per_kg_least is not None and rule.per_kg_most is not None:
        made.append(f"{plain(rule.per_kg_least)} to {plain(rule.per_kg_most)} mg/kg")
    if rule.mg_least is not None and rule.mg_most is not None:
        made.append(_between(rule.mg_least, rule.mg_most))
    words = " or ".join(made)
    return f"{words}, {cap_words(rule.cap_mg)}" if rule.cap_mg is not None else words


def _between(least: Decimal, most: Decimal) -> str:
    return f"{plain(least)} mg" if least == most else f"{plain(least)} to {plain(most)} mg"


def _outside(known: Knowns, rule: SingleDose) -> str:
    if known.per_kg is not None and not _holds(known.per_kg, rule.per_kg_least, rule.per_kg_most):
        return f"{plain(known.per_kg)} mg/kg"
    if known.dose_mg is not None and not _holds(known.dose_mg, rule.mg_least, rule.mg_most):
        return f"{plain(known.dose_mg)} mg"
    if known.calculated is not None and over_the_cap(known, rule.cap_mg):
        return f"{plain(known.calculated, 4)} mg"
    return ""


def _holds(value: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
