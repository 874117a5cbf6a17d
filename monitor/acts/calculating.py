"""The calculation: from the order, the weight and what stands on the tray to what is drawn up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.acts.act import Act, Scene
from monitor.acts.dose_limits import (
    check_cap,
    check_per_kg,
    check_syringe,
    check_volume,
    pump_step,
)
from monitor.acts.ordering import before_the_dose, check_minutes, not_of_this_way
from monitor.body_weight import dosing_weight, shown_bmi, why_not
from monitor.dosing import DoseInputs, WorkedDose, calculated_from, work_out
from monitor.entries import Basis, Calculated, Draft, Ordered, SingleCalculated, VolumeMode
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Role
from monitor.protocols.protocol import DeviceDose, Form, InfusionDose, Product, SingleDose
from monitor.session import Kept
from monitor.single_dose import SingleInputs, WorkedSingle, single_from, work_out_single
from monitor.units import BodyWeight, FlowRate, Mass, Strength, Volume, WeightedDose


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculate(Act):
    """Work the dose out: from the order, the weight and what stands on the tray.

    Attributes:
        strength_mg_per_ml: Of the product; it may be left out where `product` names one.
        volume_ml, volume_mode: Of an infusion or a push; a dose given in one go has none.
        product: Its id in the protocol; where empty, the solution of that strength.
        per_kg_mg, minutes: Repeated from the order; a difference is refused.
        basis_reason: Why this body weight; asked above the protocol's BMI trigger.
        rate_step_ml_h: What the pump can be set to; the protocol's where None.
        syringe_ml: The syringe chosen; the smallest that holds the draw where None.
        reason: Why above the protocol's cap; it counts where a prescriber gives it.
    """

    strength_mg_per_ml: Decimal | None = None
    volume_ml: Decimal | None = None
    volume_mode: VolumeMode | None = None
    product: str = ""
    per_kg_mg: Decimal | None = None
    minutes: Decimal | None = None
    basis: Basis = Basis.ACTUAL
    basis_reason: str = ""
    rate_step_ml_h: Decimal | None = None
    syringe_ml: Decimal | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write all inputs and all outputs of the dose chain."""
        before_the_dose(scene)
        dose = scene.session.protocol.dose
        if isinstance(dose, DeviceDose):
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        if isinstance(dose, SingleDose):
            return (self.draft(scene, self.worked_single(scene, dose)),)
        return (self.draft(scene, self.worked(scene, dose)),)

    # --- into a vein ------------------------------------------------------------------------

    def worked(self, scene: Scene, dose: InfusionDose) -> Calculated:
        """Return the calculation as it would be written; nothing is."""
        order = self._order(scene)
        weight = self._dosing_weight(scene, dose)
        if weight is None:
            raise RefusedError(Code.WEIGHT_MISSING)
        product = self._product(scene)
        made = work_out(self._inputs(scene, dose, order.what, weight, product))
        _check_dilution(product, made)
        check_volume(made.inputs.volume, dose)
        reason = self._prescribers_reason(scene) or order.entry.reason
        check_per_kg(dose, order.what, made.calculated, weight, reason)
        self._check_made(scene, order, dose, made)
        kept = scene.session.weight
        return calculated_from(
            made,
            weight=BodyWeight(kept.what.kg) if kept else weight,
            basis=self.basis,
            basis_reason=self.basis_reason.strip(),
        )

    def _inputs(
        self,
        scene: Scene,
        dose: InfusionDose,
        order: Ordered,
        weight: BodyWeight,
        product: Product | None,
    ) -> DoseInputs:
        strength = product.strength if product else self.strength_mg_per_ml
        if strength is None:
            raise InputError(Code.EMPTY, "strength_mg_per_ml")
        if self.volume_ml is None:
            raise InputError(Code.EMPTY, "volume_ml")
        if self.volume_mode is None:
            raise InputError(Code.EMPTY, "volume_mode")
        return DoseInputs(
            weight=weight,
            per_kg=WeightedDose(order.per_kg_mg) if order.per_kg_mg is not None else None,
            dose=Mass(order.dose_mg) if order.dose_mg is not None else None,
            minutes=self._minutes(scene, dose, order),
            strength=Strength(strength),
            volume=Volume(self.volume_ml),
            mode=self.volume_mode,
            rate_step=FlowRate(pump_step(self.rate_step_ml_h, dose)),
            syringe=self._syringe,
            strengths=tuple(Strength(value) for value in dose.strengths),
        )

    def _minutes(self, scene: Scene, dose: InfusionDose, order: Ordered) -> Decimal:
        if order.minutes is not None:
            return order.minutes
        if self.minutes is None:
            raise InputError(Code.EMPTY, "minutes")
        check_minutes(dose, self.minutes, self._prescribers_reason(scene))
        return self.minutes

    # --- in one go --------------------------------------------------------------------------

    def worked_single(self, scene: Scene, dose: SingleDose) -> SingleCalculated:
        """Return the calculation of a single dose as it would be written; nothing is."""
        for field in ("volume_ml", "volume_mode", "minutes", "rate_step_ml_h"):
            if (value := getattr(self, field)) is not None:
                raise not_of_this_way(field, value)
        kept_order = self._order(scene)
        order = kept_order.what
        weight = self._dosing_weight(scene, dose) if order.per_kg_mg is not None else None
        if order.per_kg_mg is not None and weight is None:
            raise RefusedError(Code.WEIGHT_MISSING)
        product = self._product(scene)
        if product is None:
            raise InputError(Code.EMPTY, "product")
        made = work_out_single(
            SingleInputs(
                per_kg=WeightedDose(order.per_kg_mg) if order.per_kg_mg is not None else None,
                dose=Mass(order.dose_mg) if order.dose_mg is not None else None,
                weight=weight,
                strength=Strength(product.strength) if product.strength is not None else None,
                syringe=self._syringe,
                piece=Mass(product.piece_mg) if product.piece_mg is not None else None,
                part=product.part,
            )
        )
        self._check_made(scene, kept_order, dose, made)
        kept = scene.session.weight
        return single_from(
            made,
            product.id,
            weight=BodyWeight(kept.what.kg) if kept else None,
            basis=self.basis if weight else None,
            basis_reason=self.basis_reason.strip() if weight else "",
        )

    # --- what both rest on ------------------------------------------------------------------

    @property
    def _syringe(self) -> Volume | None:
        return Volume(self.syringe_ml) if self.syringe_ml is not None else None

    def _order(self, scene: Scene) -> Kept[Ordered]:
        order = scene.session.order
        if order is None:
            raise RefusedError(Code.ORDER_MISSING)
        for mine, ordered, unit in (
            (self.per_kg_mg, order.what.per_kg_mg, "mg/kg"),
            (self.minutes, order.what.minutes, "min"),
        ):
            if mine is not None and ordered is not None and mine != ordered:
                raise RefusedError(Code.DIFFERS, first=ordered, second=mine, unit=unit)
        if self.per_kg_mg is not None and order.what.per_kg_mg is None:
            raise RefusedError(
                Code.DIFFERS, first=order.what.dose_mg, second=self.per_kg_mg, unit="mg/kg"
            )
        return order

    def _dosing_weight(self, scene: Scene, dose: InfusionDose | SingleDose) -> BodyWeight | None:
        """Return the weight on the basis that was chosen; None where nobody was weighed."""
        kept, order = scene.session.weight, scene.session.order
        if kept is None:
            return None
        actual, height = BodyWeight(kept.what.kg), kept.what.height_cm
        by_weight = order is not None and order.what.per_kg_mg is not None
        if by_weight and height and not self.basis_reason.strip():
            _check_bmi(shown_bmi(actual, height), dose.bmi_reason_above)
        sex = scene.session.opened.patient.sex
        made = dosing_weight(self.basis, actual, height, sex)
        if made is None:
            why = why_not(self.basis, actual, height, sex)
            raise RefusedError(Code.BASIS_UNDEFINED, basis=self.basis.value, what=why)
        return made

    def _product(self, scene: Scene) -> Product | None:
        """Return the product: the one that is named, else the solution of that strength."""
        return chosen_product(
            scene.session.protocol.products, self.product, self.strength_mg_per_ml
        )

    def _prescribers_reason(self, scene: Scene) -> str:
        """Return the reason that a prescriber gives with this act."""
        return self.reason.strip() if scene.author.role is Role.PRESCRIBER else ""

    def _check_made(
        self,
        scene: Scene,
        order: Kept[Ordered],
        dose: InfusionDose | SingleDose,
        made: WorkedDose | WorkedSingle,
    ) -> None:
        """Hold what was worked out, and what would be made ready, to syringe and cap."""
        if made.draw is not None:
            check_syringe(
                *(self._syringe, made.draw, made.prepared, made.calculated),
                dose.deviation_percent,
            )
        most = max(made.calculated.mg, made.prepared.mg)
        check_cap(scene, order, dose, most, self._prescribers_reason(scene))


def chosen_product(
    products: tuple[Product, ...], product_id: str, strength: Decimal | None
) -> Product | None:
    """Return a protocol's product by its id, or the solution of a strength; None where neither.

    Raises:
        InputError: `out-of-range` where the protocol has no such one; `differs` where id and
            strength are of two products.
    """
    offered = [product for product in products if product.form is not Form.DEVICE]
    if product_id:
        named = next((product for product in offered if product.id == product_id), None)
        if named is None:
            allowed = tuple(product.name for product in offered)
            raise InputError(Code.OUT_OF_RANGE, "product", allowed=allowed)
        if strength is not None and strength != named.strength:
            raise InputError(
                Code.DIFFERS, "strength_mg_per_ml", product=named.name, typed=strength, unit="mg/mL"
            )
        return named
    if strength is None or not products:
        return None
    found = next((product for product in offered if product.strength == strength), None)
    if found is None:
        strengths = tuple(each.strength for each in offered if each.strength is not None)
        raise InputError(Code.OUT_OF_RANGE, "strength_mg_per_ml", allowed=strengths, unit="mg/mL")
    return found


def _check_bmi(index: Decimal, most: Decimal) -> None:
    """Refuse a body weight that nobody gave a reason for, above the protocol's BMI."""
    if index > most:
        raise RefusedError(Code.REASON_MISSING, why="basis", bmi=index)


def _check_dilution(product: Product | None, made: WorkedDose) -> None:
    """Refuse a strength that may not go into a vein as it is, unless it is diluted enough."""
    if product is None or product.dilute_parts is None:
        return
    least = product.dilute_parts * made.drawn.ml
    if made.final_volume.ml < least:
        raise RefusedError(Code.UNDILUTED, strength=product.strength, least=least)
