"""The fixed scales of the session chart, the same on screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.vitals import Sign


@dataclass(frozen=True, slots=True)
class Axis:
    """A fixed scale of values.

    Attributes:
        step: From one ruled line to the next.
    """

    sign: Sign
    name: str
    unit: str
    low: int
    high: int
    step: int

    def share(self, value: float) -> float:
        """Return how far up the axis a value lies, 0 to 1; what is beyond stops at the edge."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    def beyond(self, value: int) -> bool:
        """Tell whether a value lies off the axis."""
        return not self.low <= value <= self.high


BLOOD_PRESSURE = Axis(Sign.BP, "BP", "mmHg", 40, 200, 20)
HEART_RATE = Axis(Sign.HEART_RATE, "HR", "/min", 40, 200, 20)
SPO2 = Axis(Sign.SPO2, "SpO₂", "%", 85, 100, 5)
RESP = Axis(Sign.RESP, "Resp", "/min", 0, 30, 10)
DISSOCIATION = Axis(Sign.DISSOCIATION, "Dissociation", "0 to 10", 0, 10, 5)
SEDATION = Axis(Sign.SEDATION, "MOAA/S", "5 to 0", 0, 5, 1)
