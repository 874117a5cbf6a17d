"""The dose rules once more, from their text alone and in exact fractions.

Nothing here may come from the program: its only worth is that it was written without looking.
Each function says in its own words which sentence of the rules it follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tests.second_opinion.figures import fixed, half_up, in_full, read, stripped

GRADUATIONS = {
    Fraction(1): Fraction(1, 100),
    Fraction(3): Fraction(1, 10),
    Fraction(5): Fraction(1, 5),
    Fraction(10): Fraction(1, 5),
    Fraction(20): Fraction(1),
    Fraction(50): Fraction(1),
}
"""Each syringe's capacity in mL, and the mL between two of its marks."""

LIGHTEST, HEAVIEST = Fraction(20), Fraction(350)
LARGEST_DRAW = Fraction(50)
SECONDS_AN_HOUR = 3600
VIAL_STEP = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that is none: the rules refuse the question.

    Attributes:
        why: The rule that refuses it, in a few words.
    """

    why: str


@dataclass(frozen=True, slots=True)
class DoseQuestion:
    """What the dose chain starts from, all of it as written down.

    Attributes:
        weight_kg: The weight the dose goes by.
        per_kg_mg: The dose for each kilogram.
        minutes: How long the infusion shall run.
        strength_mg_per_ml: The strength of the vial.
        volume_ml: The volume of the bag or syringe.
        volume_mode: "replaces" (the draw is part of the volume) or "added" (it comes on top).
        rate_step_ml_h: What the pump can be set to.
        syringe_ml: The syringe a user chose; None leaves it to the rules.
        strengths: The strengths the product comes in; none named allows any.
    """

    weight_kg: str
    per_kg_mg: str
    minutes: str
    strength_mg_per_ml: str
    volume_ml: str
    volume_mode: str
    rate_step_ml_h: str = "0.1"
    syringe_ml: str | None = None
    strengths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The same question once every text in it is known to be a number above zero."""

    weight: Fraction
    per_kg: Fraction
    minutes: Fraction
    strength: Fraction
    volume: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True)
class _Draw:
    """What is drawn up: the exact draw, the syringe, and the draw to that syringe's mark."""

    exact: Fraction
    syringe: Fraction
    drawn: Fraction


def dose(question: DoseQuestion) -> dict[str, str] | Refused:
    """Return every printed figure of the dose chain, or the refusal.

    The chain as the rules order it: the exact dose, the draw, the syringe's mark, what is then
    really prepared, the volume, and the rate the pump can be set to.
    """
    asked = _read(question)
    if isinstance(asked, Refused):
        return asked
    draw = _draw(asked, question.syringe_ml)
    if isinstance(draw, Refused):
        return draw
    volume = _final_volume(asked.volume, draw.drawn, question.volume_mode)
    if isinstance(volume, Refused):
        return volume
    rate = half_up(volume * 60 / asked.minutes, asked.step)
    if not rate:
        return Refused("the rate rounds to 0")
    return _printed(asked, draw, volume, rate)


def _read(question: DoseQuestion) -> _Numbers | Refused:
    """Follow "refused: zero, negative or non-numbers", the weight's range and the strengths."""
    texts = (
        question.weight_kg,
        question.per_kg_mg,
        question.minutes,
        question.strength_mg_per_ml,
        question.volume_ml,
        question.rate_step_ml_h,
    )
    numbers = [number for text in texts if (number := read(text)) is not None and number > 0]
    if len(numbers) < len(texts):
        return Refused("zero, negative or not a number")
    asked = _Numbers(*numbers)
    if not LIGHTEST <= asked.weight <= HEAVIEST:
        return Refused("the weight is outside 20 to 350 kg")
    if question.strengths and asked.strength not in map(read, question.strengths):
        return Refused("the product has no such strength")
    return asked


def _draw(asked: _Numbers, chosen: str | None) -> _Draw | Refused:
    """Follow "the draw is the dose over the strength, half-up to the syringe's mark".

    Refused are a draw above 50 mL and one that rounds to no mark at all.
    """
    exact = asked.weight * asked.per_kg / asked.strength
    if exact > LARGEST_DRAW:
        return Refused("the draw is above 50 mL")
    syringe = _syringe(exact, chosen)
    if isinstance(syringe, Refused):
        return syringe
    drawn = half_up(exact, GRADUATIONS[syringe])
    if not drawn:
        return Refused("the drawn volume rounds to 0")
    return _Draw(exact, syringe, drawn)


def _syringe(draw: Fraction, chosen: str | None) -> Fraction | Refused:
    """Follow "the smallest syringe that holds the draw; a user may choose another".

    The rules do not say what follows from a chosen syringe that is none of the six or that is
    too small. It is refused here: the first has no known mark, the second cannot hold the draw.
    """
    if chosen is None:
        return min(size for size in GRADUATIONS if size >= draw)
    size = read(chosen)
    if size is None or size not in GRADUATIONS:
        return Refused("there is no such syringe")
    if size < draw:
        return Refused("the chosen syringe does not hold the draw")
    return size


def _final_volume(volume: Fraction, drawn: Fraction, mode: str) -> Fraction | Refused:
    """Follow "replaces: the chosen volume; added: the chosen volume and the drawn one".

    Refused is a draw that replaces more than there is.
    """
    if mode == "added":
        return volume + drawn
    if mode != "replaces":
        return Refused("there is no such volume mode")
    return Refused("more is drawn than the volume") if drawn > volume else volume


def _printed(asked: _Numbers, draw: _Draw, volume: Fraction, rate: Fraction) -> dict[str, str]:
    """Follow "what is given per minute follows from what is prepared and how long it runs".

    Printed to 4 places, or to 2 for percent, minutes and mcg/kg/min. The final volume and the
    rate are named among neither: nothing is said to round them for print, so they stand in full.
    """
    calculated = asked.weight * asked.per_kg
    prepared = draw.drawn * asked.strength
    runs = volume * 60 / rate
    per_minute = prepared / runs
    return {
        "calculated_mg": stripped(calculated, 4),
        "draw_ml": stripped(draw.exact, 4),
        "syringe_ml": in_full(draw.syringe),
        "drawn_ml": stripped(draw.drawn, 4),
        "prepared_mg": stripped(prepared, 4),
        "deviation_percent": stripped((prepared - calculated) / calculated * 100, 2),
        "final_volume_ml": in_full(volume),
        "concentration_mg_per_ml": stripped(prepared / volume, 4),
        "rate_ml_h": in_full(rate),
        "runs_minutes": stripped(runs, 2),
        "mg_per_min": stripped(per_minute, 4),
        "mcg_per_kg_min": stripped(per_minute * 1000 / asked.weight, 2),
        "mg_per_kg_h": stripped(per_minute * 60 / asked.weight, 4),
    }


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights a dose can go by, exact.

    Attributes:
        bmi: The body-mass index.
        actual: The weight on the scales.
        ideal: The ideal weight, or None below 60 inches.
        adjusted: The adjusted weight, or None where there is no ideal one.
    """

    bmi: Fraction
    actual: Fraction
    ideal: Fraction | None
    adjusted: Fraction | None


def weights(sex: str, height_cm: str, weight_kg: str) -> Weights:
    """Return the weights of one person.

    Follows "Devine: 50 kg for men, 45.5 kg for women, 2.3 kg for each inch of 2.54 cm over 60,
    not defined below that; adjusted is the unrounded ideal and 0.4 of what is over it".
    """
    height, actual = Fraction(height_cm), Fraction(weight_kg)
    bmi = actual / (height / 100) ** 2
    over = height / Fraction("2.54") - 60
    if over < 0:
        return Weights(bmi, actual, ideal=None, adjusted=None)
    ideal = Fraction("50" if sex == "male" else "45.5") + Fraction("2.3") * over
    return Weights(bmi, actual, ideal, ideal + Fraction("0.4") * (actual - ideal))


def offered(weight: Fraction | None, actual: Fraction) -> Fraction | None:
    """Return the shown weight where it may be chosen, else None.

    Follows "offered only where below the actual weight". The weight compared is the shown one,
    because that is the one the dose is worked out from.
    """
    if weight is None:
        return None
    shown = half_up(weight, Fraction(1, 10))
    return shown if shown < actual else None


def weight_basis(sex: str, height_cm: str, weight_kg: str, per_kg_mg: str) -> dict[str, str]:
    """Return the printed weights, and the dose by each weight that is offered.

    Follows "weights and BMI with one decimal, half-up; doses from the shown weight". The actual
    weight is not a worked-out one: it is taken as it was entered, as the dose chain takes it.
    """
    person = weights(sex, height_cm, weight_kg)
    per_kg = Fraction(per_kg_mg)
    told = {"bmi": fixed(person.bmi, 1)}
    told["mg_actual"] = stripped(person.actual * per_kg, 4)
    for name, weight in (("ideal", person.ideal), ("adjusted", person.adjusted)):
        told[f"{name}_kg"] = "not defined" if weight is None else fixed(weight, 1)
        basis = offered(weight, person.actual)
        if basis is not None:
            told[f"mg_{name}"] = stripped(basis * per_kg, 4)
    return told


@dataclass(frozen=True, slots=True)
class PumpRun:
    """The pump at one rate, in seconds since the start of the infusion.

    Attributes:
        start: When it began.
        end: When it ended; None while it still runs.
        rate_ml_h: How fast.
    """

    start: Fraction
    end: Fraction | None
    rate_ml_h: Fraction


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the patient has had by some time.

    Attributes:
        given: The mg given, never more than was prepared.
        left: The mg not given.
        overrun: Whether the pump's running comes to more than was prepared.
    """

    given: Fraction
    left: Fraction
    overrun: bool


def pumped_ml(runs: Iterable[PumpRun], at: Fraction) -> Fraction:
    """Return the mL pumped by `at`: "rate times running time, over all segments"."""
    total = Fraction(0)
    for run in runs:
        end = at if run.end is None else min(run.end, at)
        total += run.rate_ml_h * max(end - run.start, Fraction(0)) / SECONDS_AN_HOUR
    return total


def delivered(
    runs: Iterable[PumpRun], concentration: Fraction, prepared: Fraction, at: Fraction
) -> Delivery:
    """Follow "pumped volume times concentration, capped at prepared; beyond it is an overrun"."""
    computed = pumped_ml(runs, at) * concentration
    given = min(computed, prepared)
    return Delivery(given, left=prepared - given, overrun=computed > prepared)


def unaccounted_mg(
    prepared: Fraction, given: Fraction, wasted_ml: Iterable[Fraction], concentration: Fraction
) -> Fraction:
    """Follow "prepared is given, wasted by volume, and what nobody has accounted for"."""
    return prepared - given - sum(wasted_ml, Fraction(0)) * concentration


def needs_explaining(unaccounted: Fraction, graduation: Fraction, concentration: Fraction) -> bool:
    """Follow "beyond one mark of the measuring device needs an explanation", either way."""
    return abs(unaccounted) > graduation * concentration


def vial_balances(opened_ml: Fraction, drawn_ml: Fraction, remainder_ml: Fraction) -> bool:
    """Follow "opened is drawn and remainder, to 0.01 mL"."""
    return half_up(opened_ml, VIAL_STEP) == half_up(drawn_ml + remainder_ml, VIAL_STEP)
