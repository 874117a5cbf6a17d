"""Which body weight a dose is worked out from: the three side by side, and why one is not there."""

from __future__ import annotations

from decimal import Decimal

from monitor.body_weight import dosing_weight, ideal_weight, offered
from monitor.entries import Basis
from monitor.people import Sex
from monitor.protocols.protocol import InfusionDose, SingleDose
from monitor.units import BodyWeight, WeightedDose, plain
from ui.presenters.dose_parts import Desk, Entered, need_choice
from ui.presenters.form import FormField, Option, Shape

_BASES = {Basis.ACTUAL: "Actual", Basis.IDEAL: "Ideal", Basis.ADJUSTED: "Adjusted"}
_HEIGHT = "Ideal and adjusted weight need the height."
_BELOW = "Ideal and adjusted weight are offered where they are below the actual one."


class Bases:
    """The choice of the body weight, for a dose that is ordered by weight."""

    def __init__(self, desk: Desk, rule: InfusionDose | SingleDose) -> None:
        self._desk, self._rule = desk, rule

    def fields(self) -> tuple[FormField, ...]:
        """Return its fields."""
        return (
            FormField("basis", "Dose by body weight", Shape.CARDS),
            FormField("basis_reason", "Why this body weight"),
        )

    @property
    def by_weight(self) -> bool:
        """Tell whether the order is by weight."""
        order = self._desk.overview.order
        return order is not None and order.per_kg_mg is not None

    @property
    def wants_reason(self) -> bool:
        """Tell whether the BMI is so high that the choice wants a reason."""
        weight = self._desk.overview.weight
        index = weight.bmi if weight else None
        return self.by_weight and index is not None and index > self._rule.bmi_reason_above

    @property
    def first(self) -> str:
        """Return what holds until another is chosen; above the BMI trigger nothing does."""
        return "" if self.wants_reason else Basis.ACTUAL.value

    def begin(self, entered: Entered) -> None:
        """Show what there is to choose."""
        view = self._desk.view
        view.show_field("basis", shown=self.by_weight)
        view.show_field("basis_reason", shown=self.wants_reason)
        if self.wants_reason:
            above = plain(self._rule.bmi_reason_above)
            view.show_note("basis_reason", f"The protocol asks for it above a BMI of {above}")
        self.show(entered)

    def show(self, entered: Entered) -> None:
        """Show the three with their doses, and which is chosen."""
        order, weight = self._desk.overview.order, self._desk.overview.weight
        if order is None or order.per_kg_mg is None or weight is None:
            return
        found = offered(
            WeightedDose(order.per_kg_mg), BodyWeight(weight.kg), weight.height_cm, self._sex
        )
        options = tuple(
            Option(
                each.basis.value,
                _BASES[each.basis],
                (f"{plain(each.dose.mg, 2)} mg", f"{plain(each.weight.kg)} kg"),
            )
            if each.dose and each.weight
            else Option(each.basis.value, _BASES[each.basis], self._not_there, offered=False)
            for each in found
        )
        self._desk.view.show_options("basis", options, entered["basis"])
        whole = all(option.offered for option in options)
        self._desk.view.show_note("basis", "" if whole else self._why_not)

    def chosen(self, entered: Entered) -> Basis:
        """Return the basis that is chosen; the actual weight where the dose is not by weight.

        Raises:
            InputError: `empty`, where nothing is chosen.
        """
        if not self.by_weight:
            return Basis.ACTUAL
        above = plain(self._rule.bmi_reason_above)
        choose = f"The BMI is above {above}: choose the body weight, and say why."
        return Basis(need_choice(entered, "basis", choose))

    def reason(self, entered: Entered) -> str:
        """Return why, where it is asked."""
        return entered["basis_reason"] if self.wants_reason else ""

    def weight(self, entered: Entered) -> BodyWeight | None:
        """Return the weight on the basis that is chosen, None while it is not known."""
        seen = self._desk.overview.weight
        if seen is None or not (entered["basis"] or not self.by_weight):
            return None
        basis = Basis(entered["basis"] or Basis.ACTUAL.value)
        return dosing_weight(basis, BodyWeight(seen.kg), seen.height_cm, self._sex)

    @property
    def _sex(self) -> Sex:
        return self._desk.overview.patient.sex

    @property
    def _height(self) -> Decimal | None:
        weight = self._desk.overview.weight
        return weight.height_cm if weight else None

    @property
    def _undefined(self) -> bool:
        height = self._height
        return height is not None and ideal_weight(height, self._sex) is None

    @property
    def _not_there(self) -> tuple[str, str]:
        return ("not defined" if self._undefined else "not offered", "")

    @property
    def _why_not(self) -> str:
        if self._height is None:
            return _HEIGHT
        if self._undefined:
            return "Ideal weight is not defined below 152.4 cm, nor without female or male sex."
        return _BELOW
