"""The order: a prescriber says how much over how long, and vouches for it with the password."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from monitor.acts import TakeOrder
from monitor.entries import Given
from monitor.errors import Code, InputError, MonitorError
from monitor.people import Role
from monitor.protocols.protocol import DeviceDose, InfusionDose
from monitor.units import plain
from ui.presenters.dose_parts import Desk, Entered, need_choice, recorded_so_far
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Option, Shape

_BY = (Option("kg", "By weight"), Option("mg", "Whole dose"))
_HOW = (Option(Given.WRITTEN.value, "Written"), Option(Given.VERBAL.value, "Verbal"))


class OrderStep:
    """Takes the order; it is performed as the prescriber whose password it was."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entered = Entered()

    def face(self) -> FormFace:
        """Return its empty form."""
        who = FormField("prescriber", "Prescriber", Shape.LIST, hint="Choose who orders")
        how = FormField("how", "The order is", Shape.BUTTONS, options=_HOW, narrow=True)
        secret = FormField("password", "Prescriber's password", Shape.DOTS)
        return FormFace(
            "Order",
            (who, how, *self._amounts(), secret),
            "Record the order",
            "a prescriber orders",
        )

    def begin(self) -> None:
        """Forget what was typed; whoever is here and may prescribe is chosen already."""
        prescribers = self._prescribers()
        author = self._desk.doors.author()
        here = author.user if any(o.value == author.user for o in prescribers) else ""
        only = prescribers[0].value if len(prescribers) == 1 else ""
        self._entered = Entered({"by": "kg", "prescriber": here or only})
        self._desk.view.show_options("prescriber", prescribers, self._entered["prescriber"])
        if not prescribers:
            self._desk.view.show_note(
                "prescriber", "Nobody here has the role of a prescriber; an administrator adds one."
            )
        if isinstance(self._desk.doors.protocol.dose, InfusionDose):
            self._show_by()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words
        if key in ("per_kg_mg", "minutes"):
            self._read_back()

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        view = self._desk.view
        if key == "by":
            self._show_by()
        elif key == "how":
            view.show_options("how", _HOW, value)
        elif key == "dose_mg":
            view.show_options("dose_mg", self._doses(), value)
        elif key == "prescriber":
            view.show_options("prescriber", self._prescribers(), value)

    def submit(self) -> bool:
        """Write the order down as the prescriber's."""
        desk = self._desk
        try:
            act = self._act()
            author = desk.doors.prove(self._entered["prescriber"], self._entered.values["password"])
            desk.doors.perform(author, act)
        except MonitorError as error:
            at_password = error.code is Code.WRONG_PASSWORD
            if at_password:
                self._entered.values["password"] = ""
                desk.view.put("password", "")
            desk.refuse(error, {"": "password"} if at_password else None)
            return False
        return True

    def known(self) -> Knowns:
        """Return what is known of the dose; an order that is being typed hides the old one."""
        known = recorded_so_far(self._desk.overview)
        entered = self._entered
        if not any(entered[key] for key in ("per_kg_mg", "dose_mg", "minutes")):
            return known
        by_weight = self._by_weight
        return replace(
            known,
            per_kg=entered.so_far("per_kg_mg") if by_weight else None,
            dose_mg=None if by_weight else entered.so_far("dose_mg"),
            minutes=entered.so_far("minutes"),
        )

    @property
    def dose_mg(self) -> Decimal | None:
        """Return the whole dose that is chosen, else the one in the record."""
        order = self._desk.overview.order
        return self._entered.so_far("dose_mg") or (order.dose_mg if order else None)

    @property
    def _by_weight(self) -> bool:
        by_device = isinstance(self._desk.doors.protocol.dose, DeviceDose)
        return not by_device and self._entered["by"] == "kg"

    def _act(self) -> TakeOrder:
        entered = self._entered
        need_choice(entered, "prescriber", "Choose who orders.")
        how = Given(need_choice(entered, "how", "Choose whether the order is written or verbal."))
        if isinstance(self._desk.doors.protocol.dose, DeviceDose):
            need_choice(entered, "dose_mg", "Choose the dose.")
            act = TakeOrder(how=how, dose_mg=entered.figure("dose_mg"))
        elif self._by_weight:
            per_kg = entered.figure("per_kg_mg")
            act = TakeOrder(how=how, per_kg_mg=per_kg, minutes=entered.figure("minutes"))
        else:
            mg = entered.figure("dose_mg")
            act = TakeOrder(how=how, dose_mg=mg, minutes=entered.figure("minutes"))
        if not entered.values.get("password"):
            raise InputError(Code.EMPTY, "password")
        return act

    def _amounts(self) -> tuple[FormField, ...]:
        rule = self._desk.doors.protocol.dose
        if isinstance(rule, DeviceDose):
            return (FormField("dose_mg", "Dose", Shape.BUTTONS, options=self._doses()),)
        usual, minutes = plain(rule.per_kg_usual), plain(rule.minutes_usual)
        return (
            FormField("by", "Dosed", Shape.BUTTONS, options=_BY, narrow=True),
            FormField("per_kg_mg", "Dose per kg", unit="mg/kg", hint=f"usual {usual}"),
            FormField("dose_mg", "Whole dose", unit="mg"),
            FormField("minutes", "Over", unit="min", hint=f"usual {minutes}"),
        )

    def _doses(self) -> tuple[Option, ...]:
        rule = self._desk.doors.protocol.dose
        assert isinstance(rule, DeviceDose)  # noqa: S101 - only its fields ask for it
        return tuple(Option(plain(mg), f"{plain(mg)} mg") for mg in rule.doses_mg)

    def _prescribers(self) -> tuple[Option, ...]:
        return tuple(
            Option(a.user, f"{a.name}, {a.credential}" if a.credential else a.name)
            for a in self._desk.doors.accounts()
            if a.role is Role.PRESCRIBER and a.active
        )

    def _show_by(self) -> None:
        view, by_weight = self._desk.view, self._by_weight
        view.show_options("by", _BY, self._entered["by"])
        view.show_field("per_kg_mg", shown=by_weight)
        view.show_field("dose_mg", shown=not by_weight)

    def _read_back(self) -> None:
        """Say under the minutes what the two figures are understood as."""
        per_kg, minutes = self._entered.so_far("per_kg_mg"), self._entered.so_far("minutes")
        words = ""
        if self._by_weight and per_kg is not None and minutes is not None:
            words = f"{plain(per_kg)} mg/kg over {plain(minutes)} min"
        self._desk.view.show_note("minutes", words)
