"""How much is ordered: by weight or as a whole dose, within what the protocol allows."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts import TakeOrder
from monitor.entries import Given
from monitor.protocols.protocol import DeviceDose, InfusionDose, SingleDose
from monitor.units import plain
from ui.presenters.dose_parts import Entered, need_choice
from ui.presenters.form import FormField, FormView, Option, Shape

DoseRule = InfusionDose | SingleDose | DeviceDose
_BY = (Option("kg", "By weight"), Option("mg", "Whole dose"))


class Amounts:
    """The fields of an order that say how much, for one protocol."""

    def __init__(self, rule: DoseRule) -> None:
        self._rule = rule

    @property
    def first(self) -> str:
        """Return how it is dosed at first: "kg" by weight, "mg" as a whole dose."""
        return "kg" if self._can_weigh else "mg"

    def fields(self) -> tuple[FormField, ...]:
        """Return the fields, those that do not apply at first too."""
        rule = self._rule
        if isinstance(rule, DeviceDose):
            return (FormField("dose_mg", "Dose", Shape.BUTTONS, options=self._doses()),)
        made = [FormField("by", "Dosed", Shape.BUTTONS, options=_BY, narrow=True)]
        if self._can_weigh:
            usual = f"usual {plain(rule.per_kg_usual)}" if rule.per_kg_usual is not None else ""
            made.append(FormField("per_kg_mg", "Dose per kg", unit="mg/kg", hint=usual))
        made.append(FormField("dose_mg", "Whole dose", unit="mg"))
        if isinstance(rule, InfusionDose):
            minutes = f"usual {plain(rule.minutes_usual)}"
            made.append(FormField("minutes", "Over", unit="min", hint=minutes))
        return tuple(made)

    def show(self, view: FormView, entered: Entered) -> None:
        """Show what belongs to the way that is chosen."""
        if isinstance(self._rule, DeviceDose):
            view.show_options("dose_mg", self._doses(), entered["dose_mg"])
            return
        by_weight = self.by_weight(entered)
        view.show_options("by", _BY, entered["by"])
        view.show_field("by", shown=self._can_weigh and self._can_be_whole)
        if self._can_weigh:
            view.show_field("per_kg_mg", shown=by_weight)
        view.show_field("dose_mg", shown=not by_weight)

    def by_weight(self, entered: Entered) -> bool:
        """Tell whether it is ordered by weight."""
        return self._can_weigh and entered["by"] == "kg"

    def read_back(self, view: FormView, entered: Entered) -> None:
        """Say under the last figure what the figures are understood as."""
        if not isinstance(self._rule, InfusionDose):
            return
        unit, key = ("mg/kg", "per_kg_mg") if self.by_weight(entered) else ("mg", "dose_mg")
        value, minutes = entered.so_far(key), entered.so_far("minutes")
        words = ""
        if value is not None and minutes is not None:
            words = f"{plain(value)} {unit} over {plain(minutes)} min"
        view.show_note("minutes", words)

    def act(self, how: Given, entered: Entered) -> TakeOrder:
        """Return the order with its amounts.

        Raises:
            InputError: With the field at fault.
        """
        rule = self._rule
        if isinstance(rule, DeviceDose):
            need_choice(entered, "dose_mg", "Choose the dose.")
            return TakeOrder(how=how, dose_mg=entered.figure("dose_mg"))
        amount = entered.figure("per_kg_mg" if self.by_weight(entered) else "dose_mg")
        minutes = entered.figure("minutes") if isinstance(rule, InfusionDose) else None
        if self.by_weight(entered):
            return TakeOrder(how=how, per_kg_mg=amount, minutes=minutes)
        return TakeOrder(how=how, dose_mg=amount, minutes=minutes)

    def outside_with_reason(self, entered: Entered) -> bool:
        """Tell whether what is typed is outside the protocol, and a reason can let it through."""
        rule = self._rule
        if isinstance(rule, DeviceDose):
            return entered.so_far("dose_mg") in rule.reason_doses_mg
        if not rule.outside_with_reason:
            return isinstance(rule, InfusionDose) and self._above_the_cap(entered, rule)
        if self.by_weight(entered):
            outside = _outside(entered.so_far("per_kg_mg"), rule.per_kg_least, rule.per_kg_most)
        else:
            outside = _outside(entered.so_far("dose_mg"), *self._whole_bounds())
        if isinstance(rule, InfusionDose):
            minutes = entered.so_far("minutes")
            outside = outside or _outside(minutes, rule.minutes_least, rule.minutes_most)
        return outside

    def _above_the_cap(self, entered: Entered, rule: InfusionDose) -> bool:
        """Tell whether a whole dose is typed for which any protocol takes a reason."""
        if self.by_weight(entered):
            return False
        return _outside(entered.so_far("dose_mg"), None, rule.cap_mg)

    @property
    def _can_weigh(self) -> bool:
        rule = self._rule
        return not isinstance(rule, DeviceDose) and rule.per_kg_most is not None

    @property
    def _can_be_whole(self) -> bool:
        return not isinstance(self._rule, SingleDose) or self._rule.mg_most is not None

    def _whole_bounds(self) -> tuple[Decimal | None, Decimal | None]:
        rule = self._rule
        if isinstance(rule, SingleDose):
            return rule.mg_least, rule.mg_most
        return None, rule.cap_mg if isinstance(rule, InfusionDose) else None

    def _doses(self) -> tuple[Option, ...]:
        rule = self._rule
        assert isinstance(rule, DeviceDose)  # noqa: S101 - only its fields ask for it
        every = sorted({*rule.doses_mg, *rule.reason_doses_mg})
        return tuple(Option(plain(mg), f"{plain(mg)} mg") for mg in every)


def _outside(value: Decimal | None, least: Decimal | None, most: Decimal | None) -> bool:
    if value is None:
        return False
    return (least is not None and value < least) or (most is not None and value > most)
