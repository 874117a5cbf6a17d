"""An infusion or a push: body weight, product and volume, worked out live and written down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from monitor.acts import Calculate
from monitor.entries import VolumeMode
from monitor.errors import Code, MonitorError
from monitor.protocols.protocol import InfusionDose
from monitor.units import plain
from ui.presenters.dose_basis import Bases
from ui.presenters.dose_cap import Cap
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice, recorded_so_far
from ui.presenters.dose_products import SYRINGE, by_strength, strength_options
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Option, Shape

_MODES = (
    Option(VolumeMode.REPLACES.value, "Replaces diluent"),
    Option(VolumeMode.ADDED.value, "Added to it"),
)
_CHOOSE_MODE = "Choose whether the drug replaces diluent or is added to it."
KEYS = {
    "strength_mg_per_ml": "strength",
    "drawn_ml": "strength",
    "draw_ml": "syringe_ml",
    "rate_ml_h": "volume_ml",
}


class FiguresStep:
    """Takes what stands on the tray, and works the dose out."""

    def __init__(self, desk: Desk, rule: InfusionDose) -> None:
        self._desk, self._rule = desk, rule
        self._bases, self._cap = Bases(desk, rule), Cap(desk, rule.cap_mg)
        self._entered = Entered()

    def face(self) -> FormFace:
        """Return its empty form."""
        picks = tuple(Option(plain(ml), f"{plain(ml)} mL") for ml in self._rule.volumes_ml)
        return FormFace(
            "Dose",
            (
                *self._bases.fields(),
                FormField("minutes", "Over", unit="min", hint=f"usual {self._usual_minutes}"),
                FormField("strength", "Product", Shape.CARDS, options=self._strengths),
                SYRINGE,
                FormField("volume_ml", "Volume", unit="mL", options=picks),
                FormField("volume_mode", "The drug's volume", Shape.BUTTONS, options=_MODES),
                *self._cap.fields(),
            ),
            "Record the dose",
        )

    def begin(self) -> None:
        """Forget what was typed; the actual weight holds until another is chosen."""
        self._entered = Entered({"basis": self._bases.first})
        order = self._desk.overview.order
        self._bases.begin(self._entered)
        self._desk.view.show_field("minutes", shown=order is not None and order.minutes is None)
        self._cap.show(self._entered, self.known())

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        view = self._desk.view
        if key == "basis":
            self._bases.show(self._entered)
        elif key == "strength":
            view.show_options(key, self._strengths, value)
        elif key == "volume_mode":
            view.show_options(key, _MODES, value)
            view.show_note(key, self._mode_words(value))
        self._cap.show(self._entered, self.known())

    def submit(self, written: Written) -> None:
        """Write the calculation down."""
        try:
            self._cap.record(self._act(), self._entered, self.known(), written, self._refuse)
        except MonitorError as error:
            self._refuse(error)

    def known(self) -> Knowns:
        """Return what is known of the dose with what has been chosen here."""
        known, entered = recorded_so_far(self._desk.overview), self._entered
        mode, strength = entered["volume_mode"], entered.so_far("strength")
        return replace(
            known,
            weight=self._bases.weight(entered),
            minutes=known.minutes or entered.so_far("minutes"),
            strength=strength,
            volume=entered.so_far("volume_ml"),
            mode=VolumeMode(mode) if mode else None,
            syringe=entered.so_far("syringe_ml"),
            product=by_strength(self._desk.doors.protocol, strength),
        )

    @property
    def _usual_minutes(self) -> str:
        return plain(self._rule.minutes_usual)

    @property
    def _strengths(self) -> tuple[Option, ...]:
        return strength_options(self._desk.doors.protocol)

    def _act(self) -> Calculate:
        entered, order = self._entered, self._desk.overview.order
        basis = self._bases.chosen(entered)
        own_minutes = order is not None and order.minutes is None
        minutes = entered.figure("minutes") if own_minutes else None
        need_choice(entered, "strength", "Choose the product's strength.")
        syringe = entered["syringe_ml"]
        return Calculate(
            strength_mg_per_ml=entered.figure("strength", "strength_mg_per_ml"),
            volume_ml=entered.figure("volume_ml"),
            volume_mode=VolumeMode(need_choice(entered, "volume_mode", _CHOOSE_MODE)),
            minutes=minutes,
            basis=basis,
            basis_reason=self._bases.reason(entered),
            syringe_ml=Decimal(syringe) if syringe else None,
        )

    def _refuse(self, error: MonitorError) -> None:
        keys = dict(KEYS)
        if error.code is Code.REASON_MISSING:
            keys["basis"] = "basis_reason"
        if error.code is Code.UNDILUTED:
            keys[""] = "volume_ml"
        elif error.code is Code.TOO_MUCH and "mg" in error.facts:
            keys[""] = "reason"
            self._desk.view.show_field("reason", shown=True)
        self._desk.refuse(error, keys)

    def _mode_words(self, value: str) -> str:
        if value == VolumeMode.ADDED.value:
            return "The volume is the diluent's: the drug comes on top."
        return "The volume is the final one: as much diluent is taken out."
