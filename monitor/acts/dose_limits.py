"""What a dose is held to once it is worked out: the protocol's bounds, and what there is to set."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts.act import Scene
from monitor.acts.ordering import above
from monitor.dosing import PUMP_STEPS, deviation_percent, is_flagged, smallest_syringe
from monitor.entries import Ordered
from monitor.errors import Code, InputError, RefusedError
from monitor.protocols.protocol import InfusionDose, SingleDose
from monitor.second_check import in_force
from monitor.session import Kept
from monitor.units import BodyWeight, Mass, Volume, plain


def pump_step(chosen: Decimal | None, dose: InfusionDose) -> Decimal:
    """Return the pump's step: the protocol's, or one that was chosen and that pumps have.

    Raises:
        InputError: `out-of-range`, with the steps that there are.
    """
    usual = dose.rate_step_ml_h
    if chosen is None:
        return usual
    steps = PUMP_STEPS if usual in PUMP_STEPS else (usual, *PUMP_STEPS)
    if chosen not in steps:
        raise InputError(Code.OUT_OF_RANGE, "rate_step_ml_h", allowed=steps, unit="mL/h")
    return chosen


def check_volume(volume: Volume, dose: InfusionDose) -> None:
    """Refuse a volume that is smaller or larger than every one of the protocol's.

    Raises:
        InputError: `out-of-range`, with the bounds.
    """
    least, most = min(dose.volumes_ml), max(dose.volumes_ml)
    if not least <= volume.ml <= most:
        raise InputError(Code.OUT_OF_RANGE, "volume_ml", least=least, most=most, unit="mL")


def check_syringe(
    chosen: Volume | None, draw: Volume, prepared: Mass, calculated: Mass, most: Decimal
) -> None:
    """Refuse a syringe whose marks make another dose of it, where a smaller one holds the draw.

    Args:
        chosen: The syringe that was chosen; the smallest is never refused.
        draw: As calculated, unrounded.
        prepared: What it comes to by the chosen syringe's marks.
        calculated: What it should come to.
        most: How far apart the protocol lets the two be, in percent.

    Raises:
        InputError: `out-of-range`, with by how much it would be off.
    """
    if chosen is None or chosen <= smallest_syringe(draw):
        return
    off = deviation_percent(prepared, calculated)
    if is_flagged(off, most):
        raise InputError(
            Code.OUT_OF_RANGE,
            "syringe_ml",
            typed=chosen.ml,
            prepared_mg=plain(prepared.mg, 4),
            calculated_mg=plain(calculated.mg, 4),
        )


def check_per_kg(
    dose: InfusionDose, order: Ordered, calculated: Mass, weight: BodyWeight, reason: str
) -> None:
    """Hold an infusion that was ordered in mg to the protocol's mg/kg.

    A single dose has bounds of its own in mg wherever it can be ordered so.

    Args:
        dose: The protocol's.
        order: Only one in mg is held here; one by weight was held when it was given.
        calculated: The whole dose.
        weight: On the basis that was chosen.
        reason: The prescriber's.

    Raises:
        RefusedError: `out-of-range`.
    """
    if order.dose_mg is None:
        return
    if dose.per_kg_least * weight.kg <= calculated.mg <= dose.per_kg_most * weight.kg:
        return
    if dose.outside_with_reason and reason:
        return
    raise RefusedError(
        Code.OUT_OF_RANGE,
        mg=calculated.mg,
        kg=weight.kg,
        each_mg_per_kg=plain(calculated.mg / weight.kg, 4),
        least=dose.per_kg_least,
        most=dose.per_kg_most,
        hint="prescriber-reason" if dose.outside_with_reason else "within",
    )


def check_cap(
    scene: Scene, order: Kept[Ordered], dose: InfusionDose | SingleDose, mg: Decimal, reason: str
) -> None:
    """Hold a whole dose to the protocol's cap.

    The order's own reason counts where the order itself was above it, in mg; by weight nobody
    knew then, and its reason was for something else.

    Args:
        scene: Where an override may be in force.
        order: What the dose follows from.
        dose: The protocol's.
        mg: The larger of what was calculated and what would be prepared.
        reason: Of the prescriber who works it out.

    Raises:
        RefusedError: `too-much`.
    """
    if dose.cap_mg is None or mg <= dose.cap_mg or reason:
        return
    if above(order.what.dose_mg, dose.cap_mg) and order.entry.reason:
        return
    if in_force(scene.session, Code.TOO_MUCH) is None:
        raise RefusedError(Code.TOO_MUCH, mg=mg, most=dose.cap_mg)
