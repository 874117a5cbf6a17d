"""The second check: another person enters the figures without seeing the first ones."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts import CheckDose
from monitor.entries import VolumeMode
from monitor.errors import Code, InputError, MonitorError
from monitor.overview import SessionOverview
from monitor.people import CLINICIANS
from monitor.protocols.protocol import SecondPerson, Way
from ui.presenters.dose_compare import EMERGENCY
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice, recorded_so_far
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Option, Shape

SKIP = "skip"
"""The button that goes on without a check, where the protocol only asks for one."""

_MODES = (
    Option(VolumeMode.REPLACES.value, "Replaces"),
    Option(VolumeMode.ADDED.value, "Added"),
)
_FIELDS = {
    "weight_kg": FormField("weight_kg", "Weight", unit="kg"),
    "strength_mg_per_ml": FormField("strength_mg_per_ml", "Strength", unit="mg/mL"),
    "volume_ml": FormField("volume_ml", "Final volume", unit="mL"),
    "volume_mode": FormField(
        "volume_mode", "Drug to diluent", Shape.BUTTONS, options=_MODES, narrow=True
    ),
    "drawn_ml": FormField("drawn_ml", "Drawn", unit="mL"),
    "rate_ml_h": FormField("rate_ml_h", "Rate", unit="mL/h"),
    "dose_mg": FormField("dose_mg", "Dose worked out", unit="mg"),
    "pieces": FormField("pieces", "Pieces", unit="pcs"),
    "devices": FormField("devices", "Devices", unit="pcs"),
}
_CHOOSE_MODE = "Choose whether the drug replaces diluent or is added to it."
_IN_A_VEIN = ("weight_kg", "strength_mg_per_ml", "volume_ml", "volume_mode", "drawn_ml")


def asked_figures(overview: SessionOverview) -> tuple[str, ...]:
    """Return the figures that the second person enters, by the way that the dose is given."""
    if overview.way is Way.DEVICES:
        return ("devices",)
    if overview.way is Way.SINGLE:
        if overview.dose.pieces is not None:
            return ("dose_mg", "pieces")
        by_weight = overview.order is not None and overview.order.per_kg_mg is not None
        return (*(("weight_kg",) if by_weight else ()), "strength_mg_per_ml", "drawn_ml")
    return (*_IN_A_VEIN, "rate_ml_h") if overview.way is Way.PUMP else _IN_A_VEIN


class CheckStep:
    """Takes the second person's figures; the first ones are covered meanwhile."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entered = Entered()
        self._asked: tuple[str, ...] = ()
        self.again = ""

    @property
    def is_outdated(self) -> bool:
        """Tell whether other figures are asked by now than the form has fields for."""
        return self._asked != asked_figures(self._desk.overview)

    def face(self) -> FormFace:
        """Return its empty form."""
        self._asked = asked_figures(self._desk.overview)
        figures = tuple(_FIELDS[name] for name in self._asked)
        return FormFace(
            "Second check",
            (
                FormField("checker", "Second person", Shape.LIST, hint="Choose who", narrow=True),
                FormField("password", "Their password", Shape.DOTS, narrow=True),
                *figures,
            ),
            "Compare",
            "first values covered",
            self._others(),
        )

    def begin(self) -> None:
        """Forget what was typed; a person who enters again is chosen already."""
        people = self._people()
        known = any(option.value == self.again for option in people)
        self._entered = Entered({"checker": self.again if known else ""})
        self.again = ""
        self._desk.view.show_options("checker", people, self._entered["checker"])
        if not people:
            nobody = "Nobody else here may check it; an administrator adds a person."
            self._desk.view.show_note("checker", nobody)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        if key == "volume_mode":
            self._desk.view.show_options(key, _MODES, value)
        elif key == "checker":
            self._desk.view.show_options(key, self._people(), value)

    def submit(self, written: Written) -> None:
        """Write the figures down, the same or not; both people's stay in the record."""
        try:
            user = need_choice(self._entered, "checker", "Choose who checks it.")
            if not self._entered.values.get("password"):
                raise InputError(Code.EMPTY, "password")
            act = self._act()
        except MonitorError as error:
            self._desk.refuse(error)
            return
        password = self._desk.hand_over(self._entered, "password")
        check = self._desk.doors.check

        def refused(error: MonitorError) -> None:
            if error.code is Code.DIFFERS and "differs" in error.facts:
                written()  # kept as well: both entries are shown side by side
                return
            self._refuse(error)

        self._desk.slow(lambda: check(user, password, act), written, refused)

    def known(self) -> Knowns:
        """Return what the record knows; it is covered while this step is open."""
        return recorded_so_far(self._desk.overview)

    def _act(self) -> CheckDose:
        entered, asked = self._entered, asked_figures(self._desk.overview)
        mode, devices, found = None, None, {}
        for name in asked:
            if name == "volume_mode":
                mode = VolumeMode(need_choice(entered, name, _CHOOSE_MODE))
            elif name == "devices":
                devices = _whole(entered.figure(name), name)
            else:
                found[name] = entered.figure(name)
        return CheckDose(
            volume_mode=mode,
            devices=devices,
            weight_kg=found.get("weight_kg"),
            strength_mg_per_ml=found.get("strength_mg_per_ml"),
            volume_ml=found.get("volume_ml"),
            drawn_ml=found.get("drawn_ml"),
            rate_ml_h=found.get("rate_ml_h"),
            dose_mg=found.get("dose_mg"),
            pieces=found.get("pieces"),
        )

    def _refuse(self, error: MonitorError) -> None:
        wrong = error.code is Code.WRONG_PASSWORD
        self._desk.refuse(error, {"": "password" if wrong else "checker"})

    def _people(self) -> tuple[Option, ...]:
        """Return who can check: every clinician but the one who worked it out."""
        first = self._desk.overview.dose.by
        return self._desk.people(*CLINICIANS, but=first.user if first else "")

    def _others(self) -> tuple[Option, ...]:
        overview = self._desk.overview
        made = []
        if overview.second_person is SecondPerson.ASKED:
            made.append(Option(SKIP, "Go on without a check"))
        if emergency_allowed(self._desk):
            made.append(Option(EMERGENCY, "Emergency override…"))
        return tuple(made)


def emergency_allowed(desk: Desk) -> bool:
    """Tell whether a prescriber can let the dose go without the check that it wants."""
    overview = desk.overview
    in_force = any(o.what == Code.CHECK_MISSING and o.in_force for o in overview.overrides)
    allowed = Code.CHECK_MISSING in desk.doors.protocol.overridable and not overview.started_at
    return allowed and not in_force and overview.second_person is SecondPerson.REQUIRED


def _whole(value: Decimal, field: str) -> int:
    if value != value.to_integral_value():
        raise InputError(Code.NOT_UNDERSTOOD, field, typed=f"{value}")
    return int(value)
