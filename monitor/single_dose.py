"""A dose that is given by hand in one go: mg → mL in a syringe, or mg → pieces; exact decimals.

There is no pump and no mixture: what is drawn up, or counted out, is what is given. The rules
of the draw are those of the dose chain (`monitor.dosing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dosing import check_positive, deviation_percent, drawn_up, ordered_dose, to_mark
from monitor.entries import Basis, SingleCalculated
from monitor.errors import Code, InputError
from monitor.units import BodyWeight, Mass, Strength, Volume, WeightedDose, half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleInputs:
    """What a single dose is worked out from.

    Attributes:
        per_kg, dose: One of them, never both: mg for each kilogram, or mg.
        weight: On the basis that was chosen; None where the dose is ordered in mg.
        strength: Of a solution; None for pieces.
        syringe: The one chosen; the smallest that holds the draw where None.
        piece: What one piece holds; None for a solution.
        part: The smallest part of a piece that is given.
    """

    per_kg: WeightedDose | None = None
    dose: Mass | None = None
    weight: BodyWeight | None = None
    strength: Strength | None = None
    syringe: Volume | None = None
    piece: Mass | None = None
    part: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedSingle:
    """Every figure of a single dose; what belongs to the other way of measuring is None."""

    inputs: SingleInputs
    calculated: Mass
    prepared: Mass
    draw: Volume | None = None
    syringe: Volume | None = None
    drawn: Volume | None = None
    pieces: Decimal | None = None

    @property
    def deviation_percent(self) -> Decimal:
        """Return by how much what is prepared differs from what was calculated."""
        return deviation_percent(self.prepared, self.calculated)


def work_out_single(inputs: SingleInputs) -> WorkedSingle:
    """Work a single dose out.

    Raises:
        InputError: With the field at fault: `empty`, `out-of-range` (zero, negative, no number,
            a draw or a count that rounds to nothing), `differs` where both mg/kg and mg are
            given, or `too-much` where no syringe holds the draw.
    """
    calculated = ordered_dose(inputs.per_kg, inputs.dose, inputs.weight)
    if inputs.piece is not None:
        return _counted(inputs, calculated, inputs.piece)
    if inputs.strength is None:
        raise InputError(Code.EMPTY, "strength_mg_per_ml")
    check_positive(inputs.strength.mg_per_ml, "strength_mg_per_ml")
    draw, syringe, drawn = drawn_up(calculated, inputs.strength, inputs.syringe)
    return WorkedSingle(
        inputs=inputs,
        calculated=calculated,
        prepared=inputs.strength * drawn,
        draw=draw,
        syringe=syringe,
        drawn=drawn,
    )


def _counted(inputs: SingleInputs, calculated: Mass, piece: Mass) -> WorkedSingle:
    check_positive(piece.mg, "piece_mg")
    check_positive(inputs.part, "part")
    pieces = to_mark(calculated.mg / piece.mg, inputs.part)
    if pieces <= 0:
        raise InputError(Code.OUT_OF_RANGE, "pieces", least=inputs.part)
    prepared = Mass(pieces * piece.mg)
    return WorkedSingle(inputs=inputs, calculated=calculated, prepared=prepared, pieces=pieces)


def single_from(
    worked: WorkedSingle,
    product: str,
    *,
    weight: BodyWeight | None = None,
    basis: Basis | None = None,
    basis_reason: str = "",
) -> SingleCalculated:
    """Return the entry that keeps a single dose: all inputs, all outputs.

    Args:
        worked: The dose.
        product: Its id in the protocol.
        weight: The actual weight, where the patient was weighed.
        basis: Which weight was chosen; None where the dose is not by weight.
        basis_reason: Why, where a reason was asked.
    """
    inputs = worked.inputs
    return SingleCalculated(
        product=product,
        calculated_mg=worked.calculated.mg,
        prepared_mg=worked.prepared.mg,
        deviation_percent=half_up(worked.deviation_percent, 4),
        weight_kg=weight.kg if weight else None,
        basis=basis,
        basis_reason=basis_reason,
        dosing_weight_kg=inputs.weight.kg if inputs.weight else None,
        per_kg_mg=inputs.per_kg.mg_per_kg if inputs.per_kg else None,
        strength_mg_per_ml=inputs.strength.mg_per_ml if inputs.strength else None,
        syringe_ml=worked.syringe.ml if worked.syringe else None,
        draw_ml=worked.draw.ml if worked.draw else None,
        drawn_ml=worked.drawn.ml if worked.drawn else None,
        piece_mg=inputs.piece.mg if inputs.piece else None,
        part=inputs.part if inputs.piece else None,
        pieces=worked.pieces,
    )


def single_again(kept: SingleCalculated) -> WorkedSingle:
    """Work a kept single dose out once more, from its own inputs."""
    by_weight = kept.per_kg_mg is not None and kept.dosing_weight_kg is not None
    return work_out_single(
        SingleInputs(
            per_kg=WeightedDose(kept.per_kg_mg) if by_weight and kept.per_kg_mg else None,
            dose=None if by_weight else Mass(kept.calculated_mg),
            weight=BodyWeight(kept.dosing_weight_kg) if kept.dosing_weight_kg else None,
            strength=Strength(kept.strength_mg_per_ml) if kept.strength_mg_per_ml else None,
            syringe=Volume(kept.syringe_ml) if kept.syringe_ml else None,
            piece=Mass(kept.piece_mg) if kept.piece_mg else None,
            part=kept.part or Decimal(1),
        )
    )
