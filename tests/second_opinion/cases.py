"""Random questions about doses, weights, delivery and balance; one seed, one list of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tests.second_opinion.figures import half_up, in_full
from tests.second_opinion.questions import (
    BalanceQuestion,
    BasisQuestion,
    DeliveryQuestion,
    Question,
    Stretch,
    VialQuestion,
)
from tests.second_opinion.rules import GRADUATIONS, DoseQuestion

SECOND = 1_000_000
HOUR = 3600 * SECOND

STRENGTHS = ("10", "50", "100")
OTHER_STRENGTHS = ("5", "20", "25", "40", "0.5", "12.5", "33.3")
VOLUMES = ("5", "10", "20", "50", "100", "250", "500")
STEPS = ("0.1", "0.1", "0.1", "1", "0.01")
MODES = ("replaces", "added")
EDGE_WEIGHTS = ("20", "350", "19.99", "350.01", "19", "351", "5", "400", "20.00", "349.99")
NO_AMOUNTS = ("0", "-1", "-0.5", "0.00", "-0", "NaN", "Infinity", "-Infinity")
ROUND_WEIGHTS = ("20", "25", "40", "50", "62.5", "64", "80", "100", "125", "160", "200", "320")
ROUND_HEIGHTS = ("160", "200", "152.4", "152.39", "152.3", "152.5", "153.67", "156.21", "180")
"""Heights whose body-mass index or ideal weight can fall on a tie, or at the 60 inches."""


def questions(seed: str, count: int) -> Iterator[Question]:
    """Yield so many questions, always the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - what is asked is no secret
    kinds = (_any_dose, _edge_dose, _basis, _delivery, _balance, _vial)
    for _ in range(count):
        (kind,) = chance.choices(kinds, weights=(33, 29, 12, 13, 7, 6))
        yield kind(chance)


def decimal(chance: random.Random, low: float, high: float, places: int) -> str:
    """Return a number between the two bounds with at most so many places."""
    unit = 10**places
    return in_full(Fraction(chance.randint(round(low * unit), round(high * unit)), unit))


def _any_dose(chance: random.Random) -> DoseQuestion:
    """Return a dose as it may well be asked for."""
    common = chance.random() < 0.8
    return DoseQuestion(
        weight_kg=decimal(chance, 20, 350, chance.randint(0, 2)),
        per_kg_mg=decimal(chance, 0.01, chance.choice((1, 1, 8)), chance.choice((2, 2, 3))),
        minutes=decimal(chance, 1, 120, chance.choice((0, 0, 0, 1))),
        strength_mg_per_ml=chance.choice(STRENGTHS if common else OTHER_STRENGTHS),
        volume_ml=chance.choice(VOLUMES) if common else decimal(chance, 5, 500, 2),
        volume_mode=chance.choice(MODES),
        rate_step_ml_h=chance.choice(STEPS),
        syringe_ml=in_full(chance.choice(tuple(GRADUATIONS))) if chance.random() < 0.2 else None,
        strengths=STRENGTHS if chance.random() < 0.3 else (),
    )


def _edge_dose(chance: random.Random) -> DoseQuestion:
    """Return a dose at, or just beside, something that the rules decide by."""
    edges = (
        _edge_weight,
        _no_amount,
        _half_a_mark,
        _half_a_step,
        _tiny,
        _about_fifty,
        _about_the_volume,
        _syringe_asked_for,
        _tied_deviation,
    )
    return chance.choice(edges)(chance, _any_dose(chance))


def _edge_weight(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    return replace(plain, weight_kg=chance.choice(EDGE_WEIGHTS))


def _no_amount(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    none = chance.choice(NO_AMOUNTS)
    without = (
        replace(plain, weight_kg=none),
        replace(plain, per_kg_mg=none),
        replace(plain, minutes=none),
        replace(plain, strength_mg_per_ml=none),
        replace(plain, volume_ml=none),
        replace(plain, rate_step_ml_h=none),
    )
    return chance.choice(without)


def _nudge(chance: random.Random) -> Fraction:
    """Return nothing, or the least bit to either side."""
    return chance.choice((0, 0, 1, -1)) * Fraction(1, 10**6)


def _of_draw(chance: random.Random, plain: DoseQuestion, draw: Fraction) -> DoseQuestion:
    """Return the question whose draw is exactly this one."""
    strength = chance.choice((*STRENGTHS, "5", "20", "25", "40"))
    weight = chance.choice(ROUND_WEIGHTS)
    per_kg = in_full(draw * Fraction(strength) / Fraction(weight))
    return replace(
        plain, weight_kg=weight, per_kg_mg=per_kg, strength_mg_per_ml=strength, syringe_ml=None
    )


def _half_a_mark(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    size, mark = chance.choice(tuple(GRADUATIONS.items()))
    draw = mark * (chance.randrange(int(size / mark)) + Fraction(1, 2)) + _nudge(chance)
    asked = _of_draw(chance, plain, draw)
    return replace(asked, syringe_ml=in_full(size)) if chance.random() < 0.5 else asked


def _half_a_step(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    step = Fraction(plain.rate_step_ml_h)
    minutes = chance.choice(("6", "12", "15", "30", "60", "90", "120"))
    rate = step * (chance.randint(0, 5000) + Fraction(1, 2)) + _nudge(chance)
    volume = in_full(rate * Fraction(minutes) / 60)
    return replace(plain, minutes=minutes, volume_ml=volume, volume_mode="replaces")


def _tiny(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    return _of_draw(chance, plain, Fraction(chance.randint(1, 120), 10_000))


def _about_fifty(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    draw = 50 + chance.choice((0, 1, -1, 4, 5, 300, 5000)) * Fraction(1, 100) + _nudge(chance)
    return _of_draw(chance, plain, draw)


def _about_the_volume(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    draw = Fraction(chance.randint(1, 5000), 100)
    volume = draw + Fraction(chance.randint(-20, 20), chance.choice((100, 10)))
    asked = _of_draw(chance, plain, draw)
    return replace(asked, volume_ml=in_full(volume), volume_mode=chance.choice(MODES))


def _syringe_asked_for(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    sizes = ("1", "3", "5", "10", "20", "50", "2", "60", "1.0", *NO_AMOUNTS)
    return replace(plain, syringe_ml=chance.choice(sizes))


def _tied_deviation(chance: random.Random, plain: DoseQuestion) -> DoseQuestion:
    """Return 1.28 marks drawn to 1: the deviation is -21.875 %, a tie below zero."""
    size, mark = chance.choice(tuple(GRADUATIONS.items()))
    asked = _of_draw(chance, plain, mark * Fraction("1.28"))
    return replace(asked, syringe_ml=in_full(size))


def _basis(chance: random.Random) -> BasisQuestion:
    plain = chance.random() < 0.7
    sex = chance.choice(("male", "female"))
    height = decimal(chance, 120, 215, chance.randint(0, 2))
    if not plain:
        height = chance.choice(ROUND_HEIGHTS)
    weight = decimal(chance, 20, 350, chance.randint(0, 2))
    if chance.random() < 0.2:
        weight = _about_ideal(chance, sex, height)
    return BasisQuestion(sex, height, weight, decimal(chance, 0.01, 2, 2))


def _about_ideal(chance: random.Random, sex: str, height: str) -> str:
    """Return a weight about where ideal and actual weight meet."""
    ideal = (50 if sex == "male" else Fraction("45.5")) + Fraction("2.3") * (
        Fraction(height) / Fraction("2.54") - 60
    )
    beside = Fraction(chance.randint(-15, 15), 100)
    return in_full(max(half_up(ideal + beside, Fraction(1, 100)), Fraction(20)))


def _moment(chance: random.Random, longest: int) -> int:
    """Return a length of time: whole seconds, or to the microsecond."""
    if chance.random() < 0.6:
        return chance.randint(1, longest // SECOND) * SECOND
    return chance.randint(1, longest)


def _delivery(chance: random.Random) -> DeliveryQuestion:
    """Return a few stretches with rests between, asked about at any time of it."""
    volume = chance.choice(VOLUMES) if chance.random() < 0.7 else decimal(chance, 5, 500, 2)
    step = chance.choice(STEPS)
    prepared = decimal(chance, 1, 400, chance.choice((0, 1, 2)))
    rate = half_up(Fraction(volume) * 60 / chance.randint(20, 90), Fraction(step)) or Fraction(1)
    if chance.random() < 0.2:
        return DeliveryQuestion(prepared, volume, step, *_run_dry(chance, volume, rate, step))
    stretches, now = [], 0
    for _ in range(chance.randint(1, 5)):
        end = now + _moment(chance, HOUR // 2)
        stretches.append(Stretch(now, end, in_full(rate)))
        now = end
        if chance.random() < 0.5:
            now += _moment(chance, HOUR // 4)
            if chance.random() < 0.5:
                stretches.append(Stretch(end, now, "0"))
        rate = half_up(rate * chance.choice((1, 1, Fraction(1, 2), 2)), Fraction(step)) or rate
    if chance.random() < 0.5:
        stretches[-1] = replace(stretches[-1], end=None)
    at = _moment(chance, now + HOUR // 4)
    return DeliveryQuestion(prepared, volume, step, tuple(stretches), at)


def _run_dry(
    chance: random.Random, volume: str, rate: Fraction, step: str
) -> tuple[tuple[Stretch, ...], int]:
    """Return one stretch that ends as the volume does, or a breath before or after.

    Or as it would at half a step less, where what rounding a rate can make of it ends.
    """
    flow = rate - chance.choice((0, 0, 1)) * Fraction(step) / 2
    end = (Fraction(volume) / flow * HOUR).__floor__()
    end += chance.choice((0, 0, 1, -1, SECOND, -SECOND, 90 * SECOND))
    return (Stretch(0, end, in_full(rate)),), end + HOUR


def _balance(chance: random.Random) -> BalanceQuestion:
    """Return what was thrown away in one or two measures, sometimes all that was left."""
    delivery = _delivery(chance)
    pumped = sum(
        Fraction(stretch.rate_ml_h)
        * max(min(delivery.at, stretch.end or delivery.at) - stretch.start, 0)
        / HOUR
        for stretch in delivery.stretches
    )
    graduation = chance.choice(tuple(GRADUATIONS.values()))
    left = half_up(max(Fraction(delivery.volume_ml) - pumped, Fraction(0)), graduation)
    off = chance.choice((0, 0, 1, -1, 2, chance.randint(-9, 9))) * graduation
    wasted = [in_full(max(left + off, Fraction(0)))]
    if chance.random() < 0.3:
        wasted.append(decimal(chance, 0, 5, 1))
    return BalanceQuestion(delivery, tuple(wasted), in_full(graduation))


def _vial(chance: random.Random) -> VialQuestion:
    """Return opened vials of which something was drawn, wasted and kept, not always all."""
    opened = chance.randint(1, 3) * chance.choice((2, 5, 10, 20)) * 100
    drawn = chance.randint(0, opened)
    wasted = chance.randint(0, opened - drawn)
    kept = opened - drawn - wasted + chance.choice((0, 0, 1, -1, chance.randint(-50, 50)))
    volumes = (in_full(Fraction(max(ml, 0), 100)) for ml in (opened, drawn, wasted, kept))
    return VialQuestion(chance.choice((*STRENGTHS, *OTHER_STRENGTHS)), *volumes)
