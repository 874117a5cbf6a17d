"""The dose chain: weight → mg → mL → mL/h, as pure functions of exact decimals.

Rules and known answers: `tests/data/vectors/dose.toml` and docs/clinical.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from monitor.entries import Basis, Calculated, VolumeMode
from monitor.errors import Code, InputError
from monitor.units import (
    BodyWeight,
    FlowRate,
    Mass,
    Strength,
    Volume,
    WeightedDose,
    half_up,
    plain,
)

SYRINGES: dict[Decimal, Decimal] = {
    Decimal(1): Decimal("0.01"),
    Decimal(3): Decimal("0.1"),
    Decimal(5): Decimal("0.2"),
    Decimal(10): Decimal("0.2"),
    Decimal(20): Decimal(1),
    Decimal(50): Decimal(1),
}
"""Syringe sizes and what they are marked in, both in mL."""

LIGHTEST, HEAVIEST = BodyWeight(Decimal(20)), BodyWeight(Decimal(350))
"""A weight outside is refused."""

USUAL_STEP = FlowRate(Decimal("0.1"))
"""What most pumps can be set to; a protocol names its own."""

PUMP_STEPS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
"""What pumps can be set to, in mL/h."""


def calculated_dose(per_kg: WeightedDose, weight: BodyWeight) -> Mass:
    """Return the dose that the order works out to for one patient.

    Nothing is capped or rounded here: a dose above the protocol's limit is refused, or given
    with a reason, but never quietly reduced.

    Args:
        per_kg: What the prescriber ordered for each kilogram.
        weight: Today's weight, on the basis the prescriber chose.

    Example:
        >>> calculated_dose(WeightedDose("0.5"), BodyWeight("58.7"))
        Mass(mg=Decimal('29.35'))
    """
    return per_kg * weight


def to_mark(exact: Decimal, mark: Decimal) -> Decimal:
    """Return the nearest whole number of marks; a tie is rounded up."""
    marks = (exact / mark).to_integral_value(rounding=ROUND_HALF_UP)
    return marks * mark


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseInputs:
    """What a dose is worked out from.

    Attributes:
        weight: On the basis that was chosen.
        per_kg, dose: One of them, never both: mg for each kilogram, or mg.
        minutes: How long the infusion is to run.
        volume: The final volume, or that of the diluent, by *mode*.
        rate_step: What the pump can be set to.
        syringe: The one chosen; the smallest that holds the draw where None.
        strengths: Those of the product; any where empty.
    """

    weight: BodyWeight
    minutes: Decimal
    strength: Strength
    volume: Volume
    mode: VolumeMode
    per_kg: WeightedDose | None = None
    dose: Mass | None = None
    rate_step: FlowRate = USUAL_STEP
    syringe: Volume | None = None
    strengths: tuple[Strength, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedDose:
    """Every figure of one dose, exact; only what is drawn up and set is rounded."""

    inputs: DoseInputs
    calculated: Mass
    draw: Volume
    syringe: Volume
    drawn: Volume
    prepared: Mass
    final_volume: Volume
    rate: FlowRate

    @property
    def deviation_percent(self) -> Decimal:
        """Return by how much what is prepared differs from what was calculated."""
        return deviation_percent(self.prepared, self.calculated)

    @property
    def concentration(self) -> Strength:
        """Return the drug in the mixture."""
        return Strength(self.prepared.mg / self.final_volume.ml)

    @property
    def runs_minutes(self) -> Decimal:
        """Return how long the rounded rate takes."""
        return self.final_volume.ml * 60 / self.rate.ml_per_h

    @property
    def mg_per_min(self) -> Decimal:
        """Return the drug each minute."""
        return self._mg_ml_per_h / (self.final_volume.ml * 60)

    @property
    def mcg_per_kg_min(self) -> Decimal:
        """Return micrograms for each kilogram and minute."""
        return self._mg_ml_per_h * 1000 / (self.final_volume.ml * 60 * self.inputs.weight.kg)

    @property
    def mg_per_kg_h(self) -> Decimal:
        """Return milligrams for each kilogram and hour."""
        return self._mg_ml_per_h / (self.final_volume.ml * self.inputs.weight.kg)

    @property
    def _mg_ml_per_h(self) -> Decimal:
        """Return what the rates are worked out from by one division: two would miss a tie."""
        return self.prepared.mg * self.rate.ml_per_h


def work_out(inputs: DoseInputs) -> WorkedDose:
    """Work a dose out.

    Raises:
        InputError: With the field at fault: `empty`, `out-of-range` (zero, negative, no number
            at all), `differs` where both mg/kg and mg are given, or `too-much` where the draw
            does not fit any syringe or the chosen volume.
    """
    _check(inputs)
    calculated = ordered_dose(inputs.per_kg, inputs.dose, inputs.weight)
    draw, syringe, drawn = drawn_up(calculated, inputs.strength, inputs.syringe)
    final = _final_volume(inputs, drawn)
    rate = to_mark(final.ml * 60 / inputs.minutes, inputs.rate_step.ml_per_h)
    if rate <= 0:
        raise _no_rate(inputs.rate_step)
    return WorkedDose(
        inputs=inputs,
        calculated=calculated,
        draw=draw,
        syringe=syringe,
        drawn=drawn,
        prepared=inputs.strength * drawn,
        final_volume=final,
        rate=FlowRate(rate),
    )


def _no_rate(step: FlowRate) -> InputError:
    """Return the refusal of a rate that rounds to nothing: it is too low, or the step too wide."""
    if step.ml_per_h > max(PUMP_STEPS):
        return InputError(Code.OUT_OF_RANGE, "rate_step_ml_h", allowed=PUMP_STEPS, unit="mL/h")
    return InputError(Code.OUT_OF_RANGE, "rate_ml_h", least=step.ml_per_h, unit="mL/h")


def drawn_up(
    dose: Mass, strength: Strength, chosen: Volume | None = None
) -> tuple[Volume, Volume, Volume]:
    """Return the exact draw of a dose, the syringe that takes it, and what is drawn up in that.

    Args:
        dose: As calculated.
        strength: Of the product.
        chosen: The syringe that was chosen; the smallest that holds the draw where None.

    Raises:
        InputError: `too-much` where no syringe (or not the chosen one) holds it,
            `out-of-range` for a syringe that there is not, or a draw that rounds to nothing.
    """
    draw = Volume(dose.mg / strength.mg_per_ml)
    syringe = _syringe(draw, chosen)
    mark = SYRINGES[syringe.ml]
    drawn = Volume(to_mark(draw.ml, mark))
    if drawn.ml <= 0:
        raise InputError(Code.OUT_OF_RANGE, "drawn_ml", least=mark, unit="mL")
    return draw, syringe, drawn


def deviation_percent(prepared: Mass, calculated: Mass) -> Decimal:
    """Return by how much what is prepared differs from what was calculated."""
    return (prepared.mg - calculated.mg) / calculated.mg * 100


def is_flagged(deviation: Decimal, most: Decimal) -> bool:
    """Tell whether a deviation is beyond what the protocol lets pass, both in percent."""
    return abs(deviation) > most


def check_weight(weight: BodyWeight, typed_lb: Decimal | None = None) -> None:
    """Refuse a weight that nobody has.

    Args:
        weight: In kilograms.
        typed_lb: What was typed, where it was pounds.

    Raises:
        InputError: `out-of-range`, with the weight in both units.
    """
    field = "weight_kg" if typed_lb is None else "weight_lb"
    if not weight.kg.is_finite():
        raise InputError(Code.OUT_OF_RANGE, field, typed=plain(weight.kg))
    if not LIGHTEST <= weight <= HEAVIEST:
        raise InputError(
            Code.OUT_OF_RANGE,
            field,
            least=LIGHTEST.kg,
            most=HEAVIEST.kg,
            unit="kg",
            kg=weight.kg,
            lb=weight.pounds if typed_lb is None else typed_lb,
        )


def _check(inputs: DoseInputs) -> None:
    check_weight(inputs.weight)
    amounts = {
        "minutes": inputs.minutes,
        "strength_mg_per_ml": inputs.strength.mg_per_ml,
        "volume_ml": inputs.volume.ml,
        "rate_step_ml_h": inputs.rate_step.ml_per_h,
    }
    for field, value in amounts.items():
        check_positive(value, field)
    if inputs.strengths and inputs.strength not in inputs.strengths:
        allowed = tuple(strength.mg_per_ml for strength in inputs.strengths)
        raise InputError(Code.OUT_OF_RANGE, "strength_mg_per_ml", allowed=allowed, unit="mg/mL")


def check_positive(value: Decimal, field: str) -> None:
    """Refuse an amount that is no number, or not above 0.

    Raises:
        InputError: `out-of-range`, at the field.
    """
    if not value.is_finite() or value <= 0:
        raise InputError(Code.OUT_OF_RANGE, field, typed=plain(value))


def ordered_dose(per_kg: WeightedDose | None, dose: Mass | None, weight: BodyWeight | None) -> Mass:
    """Return what an order works out to: by weight, or the whole dose as it was ordered.

    Args:
        per_kg: What was ordered for each kilogram.
        dose: The whole dose that was ordered; one of the two, never both.
        weight: On the basis that was chosen; a whole dose needs none.

    Raises:
        InputError: `empty`, `out-of-range`, or `differs` where both are given.
    """
    if dose is not None and per_kg is not None:
        raise InputError(Code.DIFFERS, "dose_mg", first="mg/kg", second="mg")
    if dose is not None:
        check_positive(dose.mg, "dose_mg")
        return dose
    if per_kg is None:
        raise InputError(Code.EMPTY, "per_kg_mg")
    check_positive(per_kg.mg_per_kg, "per_kg_mg")
    if weight is None:
        raise InputError(Code.EMPTY, "weight_kg")
    check_weight(weight)
    return calculated_dose(per_kg, weight)


def _syringe(draw: Volume, chosen: Volume | None) -> Volume:
    if chosen is not None and chosen.ml not in SYRINGES:
        raise InputError(Code.OUT_OF_RANGE, "syringe_ml", allowed=tuple(SYRINGES), unit="mL")
    largest = chosen.ml if chosen is not None else max(SYRINGES)
    if draw.ml > largest:
        raise InputError(Code.TOO_MUCH, "draw_ml", most=largest, unit="mL", typed=plain(draw.ml, 4))
    return chosen or smallest_syringe(draw)


def smallest_syringe(draw: Volume) -> Volume:
    """Return the smallest syringe that holds a draw, which is at most the largest one's."""
    return Volume(next(size for size in SYRINGES if draw.ml <= size))


def _final_volume(inputs: DoseInputs, drawn: Volume) -> Volume:
    if inputs.mode is VolumeMode.ADDED:
        return inputs.volume + drawn
    if drawn > inputs.volume:
        raise InputError(
            Code.TOO_MUCH, "volume_ml", most=inputs.volume.ml, unit="mL", typed=plain(drawn.ml)
        )
    return inputs.volume


def printed(worked: WorkedDose) -> dict[str, str]:
    """Return every figure as it is printed: strings, half-up, no trailing zeros, no "-0"."""
    return {
        "calculated_mg": plain(worked.calculated.mg, 4),
        "draw_ml": plain(worked.draw.ml, 4),
        "syringe_ml": plain(worked.syringe.ml),
        "drawn_ml": plain(worked.drawn.ml),
        "prepared_mg": plain(worked.prepared.mg, 4),
        "deviation_percent": plain(worked.deviation_percent, 2),
        "final_volume_ml": plain(worked.final_volume.ml),
        "concentration_mg_per_ml": plain(worked.concentration.mg_per_ml, 4),
        "rate_ml_h": plain(worked.rate.ml_per_h),
        "runs_minutes": plain(worked.runs_minutes, 2),
        "mg_per_min": plain(worked.mg_per_min, 4),
        "mcg_per_kg_min": plain(worked.mcg_per_kg_min, 2),
        "mg_per_kg_h": plain(worked.mg_per_kg_h, 4),
    }


def calculated_from(
    worked: WorkedDose, *, weight: BodyWeight, basis: Basis, basis_reason: str
) -> Calculated:
    """Return the entry that keeps a worked dose: all inputs, all outputs.

    Args:
        worked: The dose.
        weight: The actual weight; the dose's own is on the basis that was chosen.
        basis: Which weight was chosen.
        basis_reason: Why, where a reason was asked.
    """
    inputs = worked.inputs
    return Calculated(
        weight_kg=weight.kg,
        basis=basis,
        basis_reason=basis_reason,
        dosing_weight_kg=inputs.weight.kg,
        per_kg_mg=inputs.per_kg.mg_per_kg if inputs.per_kg else None,
        minutes=inputs.minutes,
        strength_mg_per_ml=inputs.strength.mg_per_ml,
        volume_ml=inputs.volume.ml,
        volume_mode=inputs.mode,
        rate_step_ml_h=inputs.rate_step.ml_per_h,
        syringe_ml=worked.syringe.ml,
        calculated_mg=worked.calculated.mg,
        draw_ml=worked.draw.ml,
        drawn_ml=worked.drawn.ml,
        prepared_mg=worked.prepared.mg,
        deviation_percent=half_up(worked.deviation_percent, 4),
        final_volume_ml=worked.final_volume.ml,
        concentration_mg_per_ml=worked.concentration.mg_per_ml,
        rate_ml_h=worked.rate.ml_per_h,
        runs_minutes=worked.runs_minutes,
    )


def worked_again(kept: Calculated) -> WorkedDose:
    """Work a kept calculation out once more, from its own inputs."""
    per_kg = WeightedDose(kept.per_kg_mg) if kept.per_kg_mg is not None else None
    return work_out(
        DoseInputs(
            weight=BodyWeight(kept.dosing_weight_kg),
            per_kg=per_kg,
            dose=None if per_kg else Mass(kept.calculated_mg),
            minutes=kept.minutes,
            strength=Strength(kept.strength_mg_per_ml),
            volume=Volume(kept.volume_ml),
            mode=kept.volume_mode,
            rate_step=FlowRate(kept.rate_step_ml_h),
            syringe=Volume(kept.syringe_ml),
        )
    )
