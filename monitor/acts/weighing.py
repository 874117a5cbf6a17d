"""Today's weight: kilograms, or pounds that are converted; what is unusual is asked about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from monitor.acts.act import Act, Scene
from monitor.acts.free_text import plain_text
from monitor.acts.ordering import before_the_dose
from monitor.body_weight import shown_bmi
from monitor.dosing import check_weight
from monitor.entries import Draft, Weighed, Weighing
from monitor.errors import Code, InputError
from monitor.units import BodyWeight, plain

SHORTEST_CM, TALLEST_CM = Decimal(100), Decimal(250)
"""Heights outside are taken for a slip of the hand (a typing guard of this project)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigh(Act):
    """Today's weight: kilograms, or pounds that are converted.

    Attributes:
        at: When it was measured or stated, if not now.
        kg, lb: One of them; nobody is asked for both.
        confirm: What was asked about (a large change, an unusual BMI, an old measurement) is
            right.
        by_whom: Who measured or stated it, where that is somebody else.
    """

    before_opening: ClassVar[bool] = True

    how: Weighing
    kg: Decimal | None = None
    lb: Decimal | None = None
    height_cm: Decimal | None = None
    confirm: bool = False
    by_whom: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the weight; what is unusual is asked about first."""
        before_the_dose(scene)
        weight = self._weight()
        self._check_height()
        whom = plain_text(self.by_whom, "by_whom") if self.by_whom.strip() else ""
        facts = self._unusual(scene, weight)
        asked = tuple(name for name in ("change", "bmi", "old") if name in facts)
        if asked and not self.confirm:
            known = {name: value for found in facts.values() for name, value in found.items()}
            raise InputError(
                Code.IMPLAUSIBLE,
                "weight_kg",
                kg=weight.kg,
                lb=weight.pounds if self.lb is None else self.lb,
                asked=asked,
                **known,
            )
        weighed = Weighed(weight.kg, self.how, self.height_cm, self.lb, asked, whom)
        return (self.draft(scene, weighed),)

    def _weight(self) -> BodyWeight:
        if self.kg is not None and self.lb is not None:
            raise InputError(Code.DIFFERS, "weight_kg", first="kg", second="lb")
        typed = self.kg if self.kg is not None else self.lb
        if typed is None:
            raise InputError(Code.EMPTY, "weight_kg")
        field = "weight_kg" if self.lb is None else "weight_lb"
        if not typed.is_finite():
            raise InputError(Code.OUT_OF_RANGE, field, typed=plain(typed))
        weight = BodyWeight(typed) if self.lb is None else BodyWeight.from_pounds(typed)
        check_weight(weight, self.lb)
        return weight

    def _check_height(self) -> None:
        height = self.height_cm
        if height is not None and not (height.is_finite() and SHORTEST_CM <= height <= TALLEST_CM):
            raise InputError(
                Code.OUT_OF_RANGE, "height_cm", least=SHORTEST_CM, most=TALLEST_CM, unit="cm"
            )

    def _unusual(self, scene: Scene, weight: BodyWeight) -> dict[str, dict[str, object]]:
        """Return what is unusual, each with the facts that a person needs to judge it."""
        dose = scene.session.protocol.dose
        found: dict[str, dict[str, object]] = {}
        for before in _weights_before(scene):
            if abs(weight.kg - before.kg) * 100 > dose.weight_change_percent * before.kg:
                found["change"] = before.facts(scene) | self._swapped(weight, before.kg)
                break
        if self.height_cm:
            index = shown_bmi(weight, self.height_cm)
            if not dose.bmi_least <= index <= dose.bmi_most:
                found["bmi"] = {"bmi": index}
        when = self.when(scene)
        if dose.weight_hours is not None and scene.now - when > _hours(dose.weight_hours):
            at = scene.overview.local(when)
            found["old"] = {"weighed_on": f"{at:%Y-%m-%d %H:%M}", "hours": dose.weight_hours}
        return found

    def _swapped(self, weight: BodyWeight, before_kg: Decimal) -> dict[str, object]:
        """Return what was probably meant, where the unit may have been mistaken."""
        if self.kg is not None:
            as_pounds = _near(self.kg, BodyWeight(before_kg).pounds)
            return {"meant": f"{plain(self.kg)} lb"} if as_pounds else {}
        typed = self.lb or weight.pounds
        return {"meant": f"{plain(typed)} kg"} if _near(typed, before_kg) else {}


def _hours(hours: Decimal) -> dt.timedelta:
    return dt.timedelta(seconds=int(hours * 3600))


@dataclass(frozen=True, slots=True)
class _Before:
    """A weight that a new one is compared with."""

    kg: Decimal
    at: dt.datetime

    def facts(self, scene: Scene) -> dict[str, object]:
        on = self.at.astimezone(scene.zone).date().isoformat()
        return {"before_kg": self.kg, "before_at": self.at, "before_on": on}


def _weights_before(scene: Scene) -> list[_Before]:
    """Return what the patient weighed in an earlier visit, and earlier in this one."""
    past, today = scene.past_weight, scene.session.weight
    found = [_Before(past.kg, past.at)] if past else []
    return found + ([_Before(today.what.kg, today.at)] if today else [])


def _near(value: Decimal, other: Decimal) -> bool:
    """Tell whether two figures are within a tenth of one another."""
    return abs(value - other) * 10 <= other
