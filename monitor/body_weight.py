"""Body weight: index, ideal and adjusted weight, and which of them a dose may be based on.

Ideal weight after Devine: men 50 kg, women 45.5 kg, and 2.3 kg for each inch over 60; not
defined below 60 inches or for another sex. Adjusted = ideal + 0.4 (actual - ideal).
Worked examples: `tests/data/vectors/weight_basis.toml`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

from monitor.entries import Basis
from monitor.people import Sex
from monitor.units import BodyWeight, Mass, WeightedDose, half_up

CM_PER_INCH = Decimal("2.54")
_FROM_INCHES = 60
_BASE_KG = {Sex.MALE: Decimal(50), Sex.FEMALE: Decimal("45.5")}
_KG_PER_INCH = Decimal("2.3")
_SHARE = Decimal("0.4")


def bmi(weight: BodyWeight, height_cm: Decimal) -> Decimal:
    """Return the body mass index in kg/m², unrounded."""
    metres = height_cm / 100
    return weight.kg / (metres * metres)


def shown_bmi(weight: BodyWeight, height_cm: Decimal) -> Decimal:
    """Return the body mass index to the one decimal that is shown, and held against bounds."""
    return half_up(bmi(weight, height_cm), 1)


def ideal_weight(height_cm: Decimal, sex: Sex) -> BodyWeight | None:
    """Return Devine's ideal weight, to the 0.1 kg that is shown; None where it is not defined.

    Example:
        >>> ideal_weight(Decimal(180), Sex.MALE)
        BodyWeight(kg=Decimal('75.0'))
    """
    exact = _exact_ideal(height_cm, sex)
    return None if exact is None else BodyWeight(half_up(exact, 1))


def adjusted_weight(actual: BodyWeight, height_cm: Decimal, sex: Sex) -> BodyWeight | None:
    """Return the adjusted weight, from the unrounded ideal, to the 0.1 kg that is shown."""
    ideal = _exact_ideal(height_cm, sex)
    if ideal is None:
        return None
    return BodyWeight(half_up(ideal + _SHARE * (actual.kg - ideal), 1))


def dosing_weight(
    basis: Basis, actual: BodyWeight, height_cm: Decimal | None, sex: Sex
) -> BodyWeight | None:
    """Return the weight that a dose is worked out from; None where the basis is not offered.

    Ideal and adjusted weight are offered only where they are below the actual one.
    """
    if basis is Basis.ACTUAL:
        return actual
    if height_cm is None:
        return None
    if basis is Basis.IDEAL:
        found = ideal_weight(height_cm, sex)
    else:
        found = adjusted_weight(actual, height_cm, sex)
    return found if found is not None and found.kg < actual.kg else None


class NotOffered(enum.StrEnum):
    """Why a basis is not offered."""

    NO_HEIGHT = "height"  # it needs one, and none was taken
    UNDEFINED = "undefined"  # below 60 inches, or for another sex
    NOT_BELOW = "not-below"  # it is not below the actual weight


def why_not(
    basis: Basis, actual: BodyWeight, height_cm: Decimal | None, sex: Sex
) -> NotOffered | None:
    """Return why a basis is not offered; None where it is."""
    if dosing_weight(basis, actual, height_cm, sex) is not None:
        return None
    if height_cm is None:
        return NotOffered.NO_HEIGHT if sex in _BASE_KG else NotOffered.UNDEFINED
    return NotOffered.NOT_BELOW if _exact_ideal(height_cm, sex) else NotOffered.UNDEFINED


@dataclass(frozen=True, slots=True)
class OfferedBasis:
    """A basis with its weight and the dose that would follow; None where it is not offered.

    Attributes:
        why_not: Why it is not offered; None where it is.
    """

    basis: Basis
    weight: BodyWeight | None
    dose: Mass | None
    why_not: NotOffered | None = None


def offered(
    per_kg: WeightedDose, actual: BodyWeight, height_cm: Decimal | None, sex: Sex
) -> tuple[OfferedBasis, ...]:
    """Return all three bases side by side."""
    made = []
    for basis in Basis:
        weight = dosing_weight(basis, actual, height_cm, sex)
        dose = per_kg * weight if weight else None
        made.append(OfferedBasis(basis, weight, dose, why_not(basis, actual, height_cm, sex)))
    return tuple(made)


def _exact_ideal(height_cm: Decimal, sex: Sex) -> Decimal | None:
    inches = height_cm / CM_PER_INCH
    base = _BASE_KG.get(sex)
    if base is None or inches < _FROM_INCHES:
        return None
    return base + _KG_PER_INCH * (inches - _FROM_INCHES)
