"""Order, weight and calculation: how the dose comes about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from monitor.acts.act import Act, Scene
from monitor.body_weight import bmi, dosing_weight
from monitor.dosing import DoseInputs, calculated_from, work_out
from monitor.entries import Basis, Calculated, Draft, Given, Ordered, VolumeMode, Weighed, Weighing
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Role
from monitor.protocols.protocol import DeviceDose, InfusionDose
from monitor.units import BodyWeight, FlowRate, Mass, Strength, Volume, WeightedDose

LIGHTEST_KG, HEAVIEST_KG = Decimal(20), Decimal(350)
"""Weights outside are refused (worked examples, "dose chain")."""

SHORTEST_CM, TALLEST_CM = Decimal(100), Decimal(250)
"""Heights outside are taken for a slip of the hand (a typing guard of this project)."""


def _before_the_dose(scene: Scene) -> None:
    if scene.session.started_at is not None:
        raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOrder(Act):
    """A prescriber orders: mg/kg over minutes, or mg.

    Attributes:
        per_kg_mg: Milligrams for each kilogram.
        minutes: How long the infusion is to run.
        dose_mg: The whole dose, where it is not by weight.
    """

    allowed: ClassVar[frozenset[Role]] = frozenset({Role.PRESCRIBER})

    how: Given
    per_kg_mg: Decimal | None = None
    minutes: Decimal | None = None
    dose_mg: Decimal | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the order, within what the protocol allows."""
        _before_the_dose(scene)
        dose = scene.session.protocol.dose
        if isinstance(dose, DeviceDose):
            self._check_devices(dose)
        else:
            self._check_infusion(dose)
        ordered = Ordered(self.how, self.per_kg_mg, self.minutes, self.dose_mg)
        return (self.draft(scene, ordered),)

    def _check_devices(self, dose: DeviceDose) -> None:
        if self.dose_mg is None:
            raise InputError(Code.EMPTY, "dose_mg")
        if self.per_kg_mg is not None or self.dose_mg not in dose.doses_mg:
            raise InputError(Code.OUT_OF_RANGE, "dose_mg", allowed=dose.doses_mg, unit="mg")

    def _check_infusion(self, dose: InfusionDose) -> None:
        if self.dose_mg is None and self.per_kg_mg is None:
            raise InputError(Code.EMPTY, "per_kg_mg")
        if self.dose_mg is not None and self.per_kg_mg is not None:
            raise RefusedError(Code.DIFFERS, first="mg/kg", second="mg")
        if self.minutes is not None:
            _within(self.minutes, dose.minutes_least, dose.minutes_most, "minutes", "min")
        elif self.per_kg_mg is not None:
            raise InputError(Code.EMPTY, "minutes")
        if self.per_kg_mg is not None:
            _within(self.per_kg_mg, dose.per_kg_least, dose.per_kg_most, "per_kg_mg", "mg/kg")
        if self.dose_mg is not None:
            _within(self.dose_mg, Decimal("0.1"), dose.cap_mg, "dose_mg", "mg")


def _within(value: Decimal, least: Decimal, most: Decimal, field: str, unit: str) -> None:
    if not least <= value <= most:
        raise InputError(Code.OUT_OF_RANGE, field, least=least, most=most, unit=unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigh(Act):
    """Today's weight: kilograms, or pounds that are converted.

    Attributes:
        kg, lb: One of them; nobody is asked for both.
        confirm: What was asked about (a large change, an unusual BMI) is right.
    """

    how: Weighing
    kg: Decimal | None = None
    lb: Decimal | None = None
    height_cm: Decimal | None = None
    confirm: bool = False

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the weight; what is unusual is asked about first."""
        _before_the_dose(scene)
        weight = self._weight()
        if not LIGHTEST_KG <= weight.kg <= HEAVIEST_KG:
            raise InputError(
                Code.OUT_OF_RANGE,
                "weight_kg",
                least=LIGHTEST_KG,
                most=HEAVIEST_KG,
                unit="kg",
                kg=weight.kg,
                lb=weight.pounds,
            )
        if self.height_cm is not None:
            _within(self.height_cm, SHORTEST_CM, TALLEST_CM, "height_cm", "cm")
        asked = self._unusual(scene, weight)
        if asked and not self.confirm:
            before = _weight_before(scene)
            raise InputError(
                Code.IMPLAUSIBLE,
                "weight_kg",
                kg=weight.kg,
                lb=weight.pounds,
                before_kg=before,
                asked=asked,
            )
        weighed = Weighed(weight.kg, self.how, self.height_cm, self.lb, asked)
        return (self.draft(scene, weighed),)

    def _weight(self) -> BodyWeight:
        if (self.kg is None) == (self.lb is None):
            raise InputError(Code.EMPTY, "weight_kg")
        if self.kg is not None:
            return BodyWeight(self.kg)
        return BodyWeight.from_pounds(self.lb or Decimal(0))

    def _unusual(self, scene: Scene, weight: BodyWeight) -> tuple[str, ...]:
        dose = scene.session.protocol.dose
        asked = []
        before = _weight_before(scene)
        if before and abs(weight.kg - before) * 100 > dose.weight_change_percent * before:
            asked.append("change")
        if self.height_cm:
            index = bmi(weight, self.height_cm)
            if not dose.bmi_least <= index <= dose.bmi_most:
                asked.append("bmi")
        return tuple(asked)


def _weight_before(scene: Scene) -> Decimal | None:
    """Return the last weight known: from this visit, else from an earlier one."""
    today = scene.session.weight
    if today is not None:
        return today.what.kg
    return scene.past_weight.kg if scene.past_weight else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculate(Act):
    """Work the dose out: from the order, the weight and what stands on the tray.

    Attributes:
        per_kg_mg, minutes: Repeated from the order; a difference is refused.
        basis_reason: Why this body weight; asked above the protocol's BMI trigger.
        rate_step_ml_h: What the pump can be set to; the protocol's where None.
        syringe_ml: The syringe chosen; the smallest that holds the draw where None.
    """

    strength_mg_per_ml: Decimal
    volume_ml: Decimal
    volume_mode: VolumeMode
    per_kg_mg: Decimal | None = None
    minutes: Decimal | None = None
    basis: Basis = Basis.ACTUAL
    basis_reason: str = ""
    rate_step_ml_h: Decimal | None = None
    syringe_ml: Decimal | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write all inputs and all outputs of the dose chain."""
        _before_the_dose(scene)
        dose = scene.session.infusion
        if dose is None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        return (self.draft(scene, self.worked(scene, dose)),)

    def worked(self, scene: Scene, dose: InfusionDose) -> Calculated:
        """Return the calculation as it would be written; nothing is."""
        order = self._order(scene)
        weight = scene.session.weight
        if weight is None:
            raise RefusedError(Code.WEIGHT_MISSING)
        minutes, per_kg = self.minutes or order.minutes, order.per_kg_mg
        if minutes is None:
            raise InputError(Code.EMPTY, "minutes")
        _within(minutes, dose.minutes_least, dose.minutes_most, "minutes", "min")
        made = work_out(
            DoseInputs(
                weight=self._dosing_weight(scene, dose),
                per_kg=WeightedDose(per_kg) if per_kg is not None else None,
                dose=Mass(order.dose_mg) if order.dose_mg is not None else None,
                minutes=minutes,
                strength=Strength(self.strength_mg_per_ml),
                volume=Volume(self.volume_ml),
                mode=self.volume_mode,
                rate_step=FlowRate(self.rate_step_ml_h or dose.rate_step_ml_h),
                syringe=Volume(self.syringe_ml) if self.syringe_ml is not None else None,
                strengths=tuple(Strength(value) for value in dose.strengths),
            )
        )
        if made.calculated.mg > dose.cap_mg and not self.reason.strip():
            raise RefusedError(Code.TOO_MUCH, mg=made.calculated.mg, most=dose.cap_mg)
        return calculated_from(
            made,
            weight=BodyWeight(weight.what.kg),
            basis=self.basis,
            basis_reason=self.basis_reason.strip(),
        )

    def _order(self, scene: Scene) -> Ordered:
        order = scene.session.order
        if order is None:
            raise RefusedError(Code.ORDER_MISSING)
        for mine, ordered, unit in (
            (self.per_kg_mg, order.what.per_kg_mg, "mg/kg"),
            (self.minutes, order.what.minutes, "min"),
        ):
            if mine is not None and ordered is not None and mine != ordered:
                raise RefusedError(Code.DIFFERS, first=ordered, second=mine, unit=unit)
        return order.what

    def _dosing_weight(self, scene: Scene, dose: InfusionDose) -> BodyWeight:
        kept = scene.session.weight
        assert kept is not None  # noqa: S101 - the caller has looked
        actual, height = BodyWeight(kept.what.kg), kept.what.height_cm
        if height and bmi(actual, height) > dose.bmi_reason_above and not self.basis_reason.strip():
            raise RefusedError(Code.REASON_MISSING, why="basis", bmi=bmi(actual, height))
        made = dosing_weight(self.basis, actual, height, scene.session.opened.patient.sex)
        if made is None:
            raise RefusedError(Code.BASIS_UNDEFINED, basis=self.basis.value)
        return made
