"""Today's weight: read back in both units while it is typed; what is unusual is asked about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from monitor.acts import Weigh
from monitor.body_weight import bmi
from monitor.entries import Weighing
from monitor.errors import Code, MonitorError
from monitor.units import BodyWeight, plain
from ui.presenters.dose_parts import (
    Desk,
    Entered,
    Unusual,
    both_units,
    need_choice,
    recorded_so_far,
)
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Option, Shape
from ui.wording import sentence

_UNITS = (Option("kg", "kg"), Option("lb", "lb"))
_HOW = (Option(Weighing.MEASURED.value, "Measured"), Option(Weighing.STATED.value, "Stated"))
_KEYS = {"weight_kg": "weight", "weight_lb": "weight", "kg": "weight", "lb": "weight"}


class WeightStep:
    """Takes the weight, and the height where it is known."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entered = Entered()
        self._asked: Weigh | None = None

    def face(self) -> FormFace:
        """Return its empty form."""
        return FormFace(
            "Weight today",
            (
                FormField("unit", "Weighed in", Shape.BUTTONS, options=_UNITS, narrow=True),
                FormField("weight", "Weight", unit="kg"),
                FormField("height_cm", "Height", unit="cm"),
                FormField("how", "The weight is", Shape.BUTTONS, options=_HOW, narrow=True),
            ),
            "Record the weight",
        )

    def begin(self) -> None:
        """Forget what was typed and what was asked."""
        self._entered = Entered({"unit": "kg"})
        self._desk.view.show_options("unit", _UNITS, "kg")
        self._desk.view.show_note("height_cm", "Left empty where it is not known")
        self._ask(None)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now; a question about what stood there is over."""
        self._entered.values[key] = words
        self._ask(None)
        self._read_back()

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        self._ask(None)
        if key == "unit":
            self._desk.view.show_options("unit", _UNITS, value)
            self._desk.view.show_unit("weight", value)
            self._read_back()
        elif key == "how":
            self._desk.view.show_options("how", _HOW, value)

    def submit(self) -> bool:
        """Write the weight down, or ask about it."""
        try:
            return self._perform(self._act())
        except MonitorError as error:
            self._desk.refuse(error, _KEYS)
            return False

    def confirm(self) -> bool:
        """Keep the value that was asked about."""
        act, self._asked = self._asked, None
        if act is None:
            return False
        self._desk.view.ask_unusual(None)
        try:
            return self._perform(replace(act, confirm=True))
        except MonitorError as error:
            self._desk.refuse(error, _KEYS)
            return False

    def refuse(self) -> None:
        """Do not keep it: it is typed again."""
        self._ask(None)
        self._desk.view.show_problem("weight", "Type the weight again.")

    def known(self) -> Knowns:
        """Return what is known of the dose; a weight that is being typed hides the old one."""
        known = recorded_so_far(self._desk.overview)
        return replace(known, weight=self._weight()) if self._entered["weight"] else known

    def _perform(self, act: Weigh) -> bool:
        try:
            self._desk.doors.perform(self._desk.doors.author(), act)
        except MonitorError as error:
            if error.code is not Code.IMPLAUSIBLE:
                raise
            self._desk.view.show_problem("", "")
            self._ask(act, error)
            return False
        return True

    def _ask(self, act: Weigh | None, error: MonitorError | None = None) -> None:
        self._asked = act
        if act is None or error is None:
            self._desk.view.ask_unusual(None)
            return
        now = BodyWeight(Decimal(str(error.facts["kg"])))
        before, asked = error.facts.get("before_kg"), error.facts.get("asked", ())
        words = both_units(now, act.lb)
        height = f"BMI {plain(bmi(now, act.height_cm), 1)}" if act.height_cm else ""
        sides = [("Now", words, height)]
        if isinstance(before, Decimal):
            earlier = "Earlier today" if self._desk.overview.weight else "Last time"
            sides.insert(0, (earlier, both_units(BodyWeight(before)), ""))
        said = sentence(error, self._desk.overview.local)
        if isinstance(asked, tuple) and set(asked) == {"change", "bmi"}:
            said = "The weight has changed much and the BMI is unusual; confirm if both are right."
        self._desk.view.ask_unusual(Unusual(said, tuple(sides), f"Yes, {words} is right"))

    def _act(self) -> Weigh:
        entered = self._entered
        value = entered.figure("weight", f"weight_{entered['unit']}")
        height = entered.figure("height_cm") if entered["height_cm"] else None
        how = Weighing(
            need_choice(entered, "how", "Choose whether the weight was measured or stated.")
        )
        if entered["unit"] == "lb":
            return Weigh(lb=value, height_cm=height, how=how)
        return Weigh(kg=value, height_cm=height, how=how)

    def _weight(self) -> BodyWeight | None:
        value = self._entered.so_far("weight")
        if value is None:
            return None
        return BodyWeight.from_pounds(value) if self._entered["unit"] == "lb" else BodyWeight(value)

    def _read_back(self) -> None:
        view, weight = self._desk.view, self._weight()
        typed_lb = self._entered.so_far("weight") if self._entered["unit"] == "lb" else None
        view.show_note("weight", both_units(weight, typed_lb) if weight else "")
        height = self._entered.so_far("height_cm")
        words = "Left empty where it is not known" if not self._entered["height_cm"] else ""
        if weight is not None and height is not None:
            words = f"BMI {plain(bmi(weight, height), 1)}"
        view.show_note("height_cm", words)
