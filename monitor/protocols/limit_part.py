"""The bounds of one figure of a vital sign."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What one figure of a sign is held against; an attribute each as in `Limit`."""

    above: int | Decimal | None
    below: int | Decimal | None
    rise: int | Decimal | None
    fall: int | Decimal | None
    rise_percent: int | None
    fall_percent: int | None

    @property
    def is_of_change(self) -> bool:
        """Tell whether it bounds a change from the baseline."""
        changes = (self.rise, self.fall, self.rise_percent, self.fall_percent)
        return any(bound is not None for bound in changes)

    @property
    def is_high(self) -> bool:
        """Tell whether something can lie above it."""
        return not self.above is self.rise is self.rise_percent is None

    @property
    def is_low(self) -> bool:
        """Tell whether something can lie below it."""
        return not self.below is self.fall is self.fall_percent is None
