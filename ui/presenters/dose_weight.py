"""Today's weight: read back in both units while it is typed; what is unusual is asked about."""

from __future__ import annotations

import datetime as dt
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
    Written,
    both_units,
    need_choice,
    recorded_so_far,
)
from ui.presenters.dose_typed import typed_when
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Option, Shape
from ui.wording import sentence

_UNITS = (Option("kg", "kg"), Option("lb", "lb"))
_HOW = (Option(Weighing.MEASURED.value, "Measured"), Option(Weighing.STATED.value, "Stated"))
_KEYS = {
    "weight_kg": "weight",
    "weight_lb": "weight",
    "kg": "weight",
    "lb": "weight",
    "at": "measured_at",
    "time": "measured_at",
    "clock": "measured_at",
}
_BY_WHOM = "Who measured or stated it, where that is somebody else: the patient, ward 3"
_WHEN = "Where it was not just now: 09:30, or 2026-03-01 09:30"
_ASKED = {
    "change": "the weight has changed much",
    "bmi": "the BMI is unusual",
    "old": "the measurement is old",
}


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
                FormField("by_whom", "By", narrow=True, hint="yourself"),
                FormField("measured_at", "When", narrow=True, hint="now"),
            ),
            "Record the weight",
        )

    def begin(self) -> None:
        """Forget what was typed and what was asked."""
        self._entered = Entered({"unit": "kg"})
        self._desk.view.show_options("unit", _UNITS, "kg")
        self._desk.view.show_note("height_cm", "Left empty where it is not known")
        self._desk.view.show_note("by_whom", _BY_WHOM)
        self._desk.view.show_note("measured_at", _WHEN)
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

    def submit(self, written: Written) -> None:
        """Write the weight down, or ask about it."""
        try:
            if self._perform(self._act()):
                written()
        except MonitorError as error:
            self._desk.refuse(error, _KEYS)

    def confirm(self, written: Written) -> None:
        """Keep the value that was asked about."""
        act, self._asked = self._asked, None
        if act is None:
            return
        self._desk.view.ask_unusual(None)
        try:
            if self._perform(replace(act, confirm=True)):
                written()
        except MonitorError as error:
            self._desk.refuse(error, _KEYS)

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
        words = both_units(now, act.lb)
        more = [f"BMI {plain(bmi(now, act.height_cm), 1)}"] if act.height_cm else []
        if act.at is not None:
            more.append(f"{act.how.value} {self._clock(act.at)}")
        sides = (*self._before(error), ("Now", words, " · ".join(more)))
        said = self._why(error)
        self._desk.view.ask_unusual(Unusual(said, sides, f"Yes, {words} is right"))

    def _before(self, error: MonitorError) -> tuple[tuple[str, str, str], ...]:
        """Return the side of the weight before, none where none is known."""
        before, at = error.facts.get("before_kg"), error.facts.get("before_at")
        if not isinstance(before, Decimal):
            return ()
        today = self._desk.overview.weight is not None
        when = self._clock(at) if isinstance(at, dt.datetime) else ""
        return (("Earlier today" if today else "Last time", both_units(BodyWeight(before)), when),)

    def _clock(self, at: dt.datetime) -> str:
        local = self._desk.overview.local(at)
        today = self._desk.overview.local(self._desk.overview.seen_at).date()
        return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"

    def _why(self, error: MonitorError) -> str:
        """Return why it is asked about; of several reasons, all of them in one sentence."""
        asked = error.facts.get("asked", ())
        several = [_ASKED[each] for each in asked] if isinstance(asked, tuple) else []
        if len(several) < 2:  # noqa: PLR2004 - one reason has its own sentence
            return sentence(error, self._desk.overview.local)
        listed = " and ".join(filter(None, (", ".join(several[:-1]), several[-1])))
        return f"{listed[:1].upper()}{listed[1:]}; confirm the weight if it is right."

    def _act(self) -> Weigh:
        entered = self._entered
        value = entered.figure("weight", f"weight_{entered['unit']}")
        height = entered.figure("height_cm") if entered["height_cm"] else None
        how = Weighing(
            need_choice(entered, "how", "Choose whether the weight was measured or stated.")
        )
        doors = self._desk.doors
        at = typed_when(entered["measured_at"], self._desk.overview, doors.now(), doors.zone)
        pounds = entered["unit"] == "lb"
        return Weigh(
            kg=None if pounds else value,
            lb=value if pounds else None,
            height_cm=height,
            how=how,
            by_whom=entered["by_whom"],
            at=at,
        )

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
