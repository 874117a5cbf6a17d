"""What both implementations are asked; the dose's own question stands with the rules."""

from __future__ import annotations

from dataclasses import dataclass

from tests.second_opinion.rules import DoseQuestion


@dataclass(frozen=True, slots=True)
class BasisQuestion:
    """Which weights a dose may go by, and the dose that follows from each."""

    sex: str
    height_cm: str
    weight_kg: str
    per_kg_mg: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pump at one rate (0 is a pause), in microseconds since the infusion began.

    Attributes:
        end: None while it still runs.
    """

    start: int
    end: int | None
    rate_ml_h: str


@dataclass(frozen=True, slots=True)
class DeliveryQuestion:
    """How much has been given by some time.

    Attributes:
        volume_ml: What the prepared drug is dissolved in, all told.
        at: The time asked about, in microseconds since the infusion began.
    """

    prepared_mg: str
    volume_ml: str
    rate_step_ml_h: str
    stretches: tuple[Stretch, ...]
    at: int


@dataclass(frozen=True, slots=True)
class BalanceQuestion:
    """What is unaccounted for once the rest of a mixture was thrown away.

    Attributes:
        wasted_ml: Each measured volume.
        graduation_ml: One mark of what they were measured in.
    """

    delivery: DeliveryQuestion
    wasted_ml: tuple[str, ...]
    graduation_ml: str


@dataclass(frozen=True, slots=True)
class VialQuestion:
    """What nobody has said anything about of opened vials, all in mL but the strength."""

    strength_mg_per_ml: str
    opened_ml: str
    drawn_ml: str
    wasted_ml: str
    kept_ml: str


Question = DoseQuestion | BasisQuestion | DeliveryQuestion | BalanceQuestion | VialQuestion
