"""The dose itself: body weight, product and volume, worked out live and then written down."""

from __future__ import annotations

from dataclasses import replace

from monitor.acts import Calculate
from monitor.body_weight import dosing_weight, offered
from monitor.entries import Basis, VolumeMode
from monitor.errors import Code, MonitorError
from monitor.protocols.protocol import InfusionDose
from monitor.units import BodyWeight, WeightedDose, plain
from ui.presenters.dose_parts import Desk, Entered, need_choice, recorded_so_far
from ui.presenters.dose_working import Knowns, over_the_cap
from ui.presenters.form import FormFace, FormField, Option, Shape

_MODES = (
    Option(VolumeMode.REPLACES.value, "Replaces diluent"),
    Option(VolumeMode.ADDED.value, "Added to it"),
)
_CHOOSE_MODE = "Choose whether the drug replaces diluent or is added to it."
_BASES = {Basis.ACTUAL: "Actual", Basis.IDEAL: "Ideal", Basis.ADJUSTED: "Adjusted"}
_KEYS = {
    "strength_mg_per_ml": "strength",
    "basis": "basis_reason",
    "drawn_ml": "strength",
    "draw_ml": "strength",
    "rate_ml_h": "volume_ml",
}


class FiguresStep:
    """Takes what stands on the tray, and works the dose out."""

    def __init__(self, desk: Desk, rule: InfusionDose) -> None:
        self._desk, self._rule = desk, rule
        self._entered = Entered()

    def face(self) -> FormFace:
        """Return its empty form."""
        picks = tuple(Option(plain(ml), f"{plain(ml)} mL") for ml in self._rule.volumes_ml)
        return FormFace(
            "Dose",
            (
                FormField("basis", "Dose by body weight", Shape.CARDS),
                FormField("basis_reason", "Why this body weight"),
                FormField("minutes", "Over", unit="min", hint=f"usual {self._usual_minutes}"),
                FormField(
                    "strength", "Product strength, mg/mL", Shape.BUTTONS, options=self._strengths()
                ),
                FormField("volume_ml", "Volume", unit="mL", options=picks),
                FormField("volume_mode", "The drug's volume", Shape.BUTTONS, options=_MODES),
                FormField("reason", "Why so high a dose"),
            ),
            "Record the dose",
        )

    def begin(self) -> None:
        """Forget what was typed; the actual weight holds until another is chosen."""
        self._entered = Entered({"basis": Basis.ACTUAL.value})
        order, view = self._desk.overview.order, self._desk.view
        by_weight = order is not None and order.per_kg_mg is not None
        view.show_field("basis", shown=by_weight)
        view.show_field("basis_reason", shown=self._wants_basis_reason)
        if self._wants_basis_reason:
            above = plain(self._rule.bmi_reason_above)
            view.show_note("basis_reason", f"The protocol asks for it above a BMI of {above}")
        view.show_field("minutes", shown=order is not None and order.minutes is None)
        self._show_bases()
        self._show_reason()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        if key == "basis":
            self._show_bases()
            self._show_reason()
        elif key == "strength":
            self._desk.view.show_options(key, self._strengths(), value)
        elif key == "volume_mode":
            self._desk.view.show_options(key, _MODES, value)
            self._desk.view.show_note(key, self._mode_words(value))

    def submit(self) -> bool:
        """Write the calculation down."""
        try:
            self._desk.doors.perform(self._desk.doors.author(), self._act())
        except MonitorError as error:
            if error.code is Code.TOO_MUCH and "mg" in error.facts:
                self._desk.view.show_field("reason", shown=True)
                self._desk.refuse(error, {"": "reason"})
            else:
                self._desk.refuse(error, _KEYS)
            return False
        return True

    def known(self) -> Knowns:
        """Return what is known of the dose with what has been chosen here."""
        known, entered = recorded_so_far(self._desk.overview), self._entered
        mode = entered["volume_mode"]
        return replace(
            known,
            weight=self._weight(),
            minutes=known.minutes or entered.so_far("minutes"),
            strength=entered.so_far("strength"),
            volume=entered.so_far("volume_ml"),
            mode=VolumeMode(mode) if mode else None,
        )

    @property
    def _usual_minutes(self) -> str:
        return plain(self._rule.minutes_usual)

    @property
    def _wants_basis_reason(self) -> bool:
        weight = self._desk.overview.weight
        index = weight.bmi if weight else None
        return index is not None and index > self._rule.bmi_reason_above

    def _act(self) -> Calculate:
        entered, order = self._entered, self._desk.overview.order
        own_minutes = order is not None and order.minutes is None
        minutes = entered.figure("minutes") if own_minutes else None
        need_choice(entered, "strength", "Choose the product's strength.")
        return Calculate(
            strength_mg_per_ml=entered.figure("strength", "strength_mg_per_ml"),
            volume_ml=entered.figure("volume_ml"),
            volume_mode=VolumeMode(need_choice(entered, "volume_mode", _CHOOSE_MODE)),
            minutes=minutes,
            basis=Basis(entered["basis"]),
            basis_reason=entered["basis_reason"] if self._wants_basis_reason else "",
            reason=entered["reason"] if over_the_cap(self.known(), self._rule) else "",
        )

    def _weight(self) -> BodyWeight | None:
        seen, overview = self._desk.overview.weight, self._desk.overview
        if seen is None:
            return None
        basis = Basis(self._entered["basis"] or Basis.ACTUAL.value)
        return dosing_weight(basis, BodyWeight(seen.kg), seen.height_cm, overview.patient.sex)

    def _strengths(self) -> tuple[Option, ...]:
        return tuple(Option(plain(value), plain(value)) for value in self._rule.strengths)

    def _show_bases(self) -> None:
        overview = self._desk.overview
        order, weight = overview.order, overview.weight
        if order is None or order.per_kg_mg is None or weight is None:
            return
        found = offered(
            WeightedDose(order.per_kg_mg),
            BodyWeight(weight.kg),
            weight.height_cm,
            overview.patient.sex,
        )
        options = tuple(
            Option(
                each.basis.value,
                _BASES[each.basis],
                (f"{plain(each.dose.mg, 2)} mg", f"{plain(each.weight.kg)} kg"),
            )
            if each.dose and each.weight
            else Option(each.basis.value, _BASES[each.basis], ("not offered", ""), offered=False)
            for each in found
        )
        self._desk.view.show_options("basis", options, self._entered["basis"])
        self._desk.view.show_note("basis", self._why_not(options))

    def _why_not(self, options: tuple[Option, ...]) -> str:
        if all(option.offered for option in options):
            return ""
        weight = self._desk.overview.weight
        if weight is None or weight.height_cm is None:
            return "Ideal and adjusted weight need the height."
        return "Ideal and adjusted weight are offered where they are below the actual one."

    def _show_reason(self) -> None:
        self._desk.view.show_field("reason", shown=over_the_cap(self.known(), self._rule))

    def _mode_words(self, value: str) -> str:
        if value == VolumeMode.ADDED.value:
            return "The volume is the diluent's: the drug comes on top."
        return "The volume is the final one: as much diluent is taken out."
