"""One question, two answers: by the rules' second reading, and by the program."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from monitor import accounting, body_weight, delivery
from monitor.dosing import DoseInputs, printed, work_out
from monitor.entries import Basis, VolumeMode
from monitor.errors import InputError
from monitor.people import Sex
from monitor.units import BodyWeight, FlowRate, Mass, Strength, Volume, WeightedDose, plain
from tests.second_opinion import rules
from tests.second_opinion.figures import stripped
from tests.second_opinion.questions import (
    BalanceQuestion,
    BasisQuestion,
    DeliveryQuestion,
    Question,
    VialQuestion,
)
from tests.second_opinion.rules import DoseQuestion

Answer = dict[str, str]

REFUSED = {"refused": "yes"}
BEGAN = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
MICROSECONDS = 1_000_000


def by_the_rules(question: Question) -> Answer:
    """Return what the second reading answers."""
    match question:
        case DoseQuestion():
            told = rules.dose(question)
            return REFUSED if isinstance(told, rules.Refused) else told
        case BasisQuestion(sex, height, weight, per_kg):
            return rules.weight_basis(sex, height, weight, per_kg)
        case DeliveryQuestion():
            return _delivered(question)
        case BalanceQuestion():
            return _balance(question)
        case VialQuestion():
            return _vial(question)


def by_the_program(question: Question) -> Answer:
    """Return what the program answers; an error that it should not raise is one, too."""
    try:
        return _program(question)
    except InputError:
        return REFUSED
    except (ArithmeticError, ValueError) as error:
        return {"crashed": repr(error)}


def _program(question: Question) -> Answer:
    match question:
        case DoseQuestion():
            return printed(work_out(_inputs(question)))
        case BasisQuestion():
            return _program_basis(question)
        case DeliveryQuestion():
            return _program_delivered(question)
        case BalanceQuestion():
            return _program_balance(question)
        case VialQuestion():
            return _program_vial(question)


def _had(question: DeliveryQuestion) -> rules.Delivery:
    prepared = Fraction(question.prepared_mg)
    concentration = prepared / Fraction(question.volume_ml)
    at = Fraction(question.at, MICROSECONDS)
    return rules.delivered(_runs(question), concentration, prepared, at)


def _runs(question: DeliveryQuestion) -> list[rules.PumpRun]:
    return [
        rules.PumpRun(
            Fraction(stretch.start, MICROSECONDS),
            None if stretch.end is None else Fraction(stretch.end, MICROSECONDS),
            Fraction(stretch.rate_ml_h),
        )
        for stretch in question.stretches
    ]


def _delivered(question: DeliveryQuestion) -> Answer:
    had = _had(question)
    pumped = rules.pumped_ml(_runs(question), Fraction(question.at, MICROSECONDS))
    return {
        "pumped_ml": stripped(pumped, 4),
        "given_mg": stripped(had.given, 4),
        "left_mg": stripped(had.left, 4),
        "overrun": str(had.overrun),
    }


def _balance(question: BalanceQuestion) -> Answer:
    prepared = Fraction(question.delivery.prepared_mg)
    wasted = map(Fraction, question.wasted_ml)
    concentration = prepared / Fraction(question.delivery.volume_ml)
    unaccounted = rules.unaccounted_mg(
        prepared, _had(question.delivery).given, wasted, concentration
    )
    graduation = Fraction(question.graduation_ml)
    explained = rules.needs_explaining(unaccounted, graduation, concentration)
    return {"unaccounted_mg": stripped(unaccounted, 4), "to be explained": str(explained)}


def _vial(question: VialQuestion) -> Answer:
    opened, drawn = Fraction(question.opened_ml), Fraction(question.drawn_ml)
    rest = opened - drawn - Fraction(question.wasted_ml) - Fraction(question.kept_ml)
    return {"rest_mg": stripped(rest * Fraction(question.strength_mg_per_ml), 4)}


def _inputs(question: DoseQuestion) -> DoseInputs:
    chosen = question.syringe_ml
    return DoseInputs(
        weight=BodyWeight(Decimal(question.weight_kg)),
        per_kg=WeightedDose(Decimal(question.per_kg_mg)),
        minutes=Decimal(question.minutes),
        strength=Strength(Decimal(question.strength_mg_per_ml)),
        volume=Volume(Decimal(question.volume_ml)),
        mode=VolumeMode(question.volume_mode),
        rate_step=FlowRate(Decimal(question.rate_step_ml_h)),
        syringe=None if chosen is None else Volume(Decimal(chosen)),
        strengths=tuple(Strength(Decimal(strength)) for strength in question.strengths),
    )


def _program_basis(question: BasisQuestion) -> Answer:
    sex, height = Sex(question.sex), Decimal(question.height_cm)
    actual = BodyWeight(Decimal(question.weight_kg))
    per_kg = WeightedDose(Decimal(question.per_kg_mg))
    told = {
        "bmi": _one_place(body_weight.bmi(actual, height)),
        "ideal_kg": _shown(body_weight.ideal_weight(height, sex)),
        "adjusted_kg": _shown(body_weight.adjusted_weight(actual, height, sex)),
    }
    for basis in Basis:
        weight = body_weight.dosing_weight(basis, actual, height, sex)
        if weight is not None:
            told[f"mg_{basis.value}"] = plain((per_kg * weight).mg, 4)
    return told


def _shown(weight: BodyWeight | None) -> str:
    return "not defined" if weight is None else _one_place(weight.kg)


def _one_place(value: Decimal) -> str:
    """Return a number to one place, which is kept where it is 0."""
    text = plain(value, 1)
    return text if "." in text else f"{text}.0"


def _segments(question: DeliveryQuestion) -> list[delivery.Segment]:
    return [
        delivery.Segment(
            _moment(stretch.start),
            None if stretch.end is None else _moment(stretch.end),
            FlowRate(Decimal(stretch.rate_ml_h)),
        )
        for stretch in question.stretches
    ]


def _moment(microseconds: int) -> dt.datetime:
    return BEGAN + dt.timedelta(microseconds=microseconds)


def _program_given(question: DeliveryQuestion) -> tuple[Mass, Mass, Strength]:
    prepared = Mass(Decimal(question.prepared_mg))
    concentration = Strength(prepared.mg / Decimal(question.volume_ml))
    at = _moment(question.at)
    volume = Volume(Decimal(question.volume_ml))
    return prepared, delivery.given(_segments(question), volume, prepared, at), concentration


def _program_delivered(question: DeliveryQuestion) -> Answer:
    prepared, had, _ = _program_given(question)
    segments, at = _segments(question), _moment(question.at)
    volume, step = Volume(Decimal(question.volume_ml)), FlowRate(Decimal(question.rate_step_ml_h))
    return {
        "pumped_ml": plain(delivery.infused(segments, at).ml, 4),
        "given_mg": plain(had.mg, 4),
        "left_mg": plain((prepared - had).mg, 4),
        "overrun": str(delivery.overran(segments, volume, step, at)),
    }


def _program_balance(question: BalanceQuestion) -> Answer:
    """Return the balance as the program accounts for what it says was given."""
    prepared, had, concentration = _program_given(question.delivery)
    amounts = (concentration * Volume(Decimal(ml)) for ml in question.wasted_ml)
    wasted = sum((accounting.settled(each.mg) for each in amounts), Decimal(0))
    mark = concentration * Volume(Decimal(question.graduation_ml))
    mixture = accounting.Mixture(
        prepared.mg, accounting.settled(had.mg), wasted, accounting.settled(mark.mg)
    )
    return {
        "unaccounted_mg": plain(mixture.unaccounted_mg, 4),
        "to be explained": str(not mixture.balances),
    }


def _program_vial(question: VialQuestion) -> Answer:
    strength = Decimal(question.strength_mg_per_ml)
    volumes = (question.opened_ml, question.drawn_ml, question.wasted_ml, question.kept_ml)
    vial = accounting.Vial("p", "lot", strength, *(Decimal(ml) * strength for ml in volumes))
    return {"rest_mg": plain(vial.rest_mg, 4)}
