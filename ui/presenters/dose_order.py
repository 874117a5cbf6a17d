"""The order: a prescriber says how much over how long; written, or verbal and read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from monitor.acts import TakeOrder, UseCourseOrder
from monitor.dose_view import OrderView
from monitor.entries import Validity
from monitor.errors import Code, InputError, MonitorError
from monitor.protocols.protocol import DeviceDose
from monitor.units import plain
from ui.presenters.dose_amounts import Amounts
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice, recorded_so_far
from ui.presenters.dose_prescriber import Prescriber
from ui.presenters.dose_typed import typed_day
from ui.presenters.dose_working import Knowns
from ui.presenters.form import TICKED, FormFace, FormField, Option, Shape

COURSE = "course"
"""The button that uses the course's order."""

_FOR = (
    Option(Validity.SESSION.value, "This visit"),
    Option(Validity.COURSE.value, "A course"),
)
_YES_NO = (Option("yes", "Yes"), Option("no", "No"))
_CHOICES = {"validity": _FOR, "japanese_ancestry": _YES_NO}
_ANCESTRY = "Say whether the patient is of Japanese ancestry; the first dose depends on it."


class OrderStep:
    """Takes the order; a written one is performed as the prescriber whose password it was."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entered = Entered()
        self._amounts, self._who = Amounts(desk.doors.protocol.dose), Prescriber(desk)

    def face(self) -> FormFace:
        """Return its empty form."""
        ancestry = "Japanese ancestry"
        return FormFace(
            "Order",
            (
                *self._who.first_fields(),
                *self._amounts.fields(),
                FormField(
                    "japanese_ancestry", ancestry, Shape.BUTTONS, options=_YES_NO, narrow=True
                ),
                FormField("reason", "Why outside the protocol", hint="The prescriber's reason"),
                FormField("validity", "It holds for", Shape.BUTTONS, options=_FOR, narrow=True),
                FormField("valid_until", "Valid until", narrow=True, hint="2026-03-30"),
                *self._who.last_fields(),
            ),
            "Record the order",
            "a prescriber orders",
            self._others(),
        )

    def begin(self) -> None:
        """Forget what was typed; whoever is here and may prescribe is chosen already."""
        view = self._desk.view
        self._entered = Entered(
            {
                "by": self._amounts.first,
                "prescriber": self._who.first(),
                "validity": Validity.SESSION.value,
            }
        )
        self._who.begin(self._entered)
        view.show_options("validity", _FOR, self._entered["validity"])
        view.show_field("japanese_ancestry", shown=self._asks_ancestry)
        self._amounts.show(view, self._entered)
        self._show_around()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words
        self._show_reason()
        self._amounts.read_back(self._desk.view, self._entered)

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        view = self._desk.view
        if key in ("dose_mg", "japanese_ancestry"):
            self._entered.values["asked"] = ""  # that was asked of another dose
        if key in ("by", "dose_mg"):
            self._amounts.show(view, self._entered)
        elif key in _CHOICES:
            view.show_options(key, _CHOICES[key], value)
        self._show_around()

    def submit(self, written: Written) -> None:
        """Write the order down as the prescriber's, or as theirs who took it."""
        desk, author = self._desk, self._desk.doors.author()
        try:
            act = self._act()
            if self._who.is_verbal(self._entered):
                desk.doors.perform(author, act)
                written()
                return
            if not self._entered.values.get("password"):
                raise InputError(Code.EMPTY, "password")
        except MonitorError as error:
            self._refuse(error)
            return
        user = self._entered["prescriber"]
        password = desk.hand_over(self._entered, "password")
        desk.slow(
            lambda: desk.doors.perform(desk.doors.prove(user, password), act),
            written,
            self._refuse,
        )

    def use_course(self, written: Written) -> None:
        """Use the course's order from an earlier visit."""
        try:
            self._desk.doors.perform(self._desk.doors.author(), UseCourseOrder())
        except MonitorError as error:
            self._desk.refuse(error, {"": ""})
            return
        written()

    def known(self) -> Knowns:
        """Return what is known of the dose; an order that is being typed hides the old one."""
        known, entered = recorded_so_far(self._desk.overview), self._entered
        if not any(entered[key] for key in ("per_kg_mg", "dose_mg", "minutes")):
            return known
        by_weight = self._amounts.by_weight(entered)
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

    # --- the act ----------------------------------------------------------------------

    @property
    def _asks_ancestry(self) -> bool:
        rule = self._desk.doors.protocol.dose
        return isinstance(rule, DeviceDose) and rule.low_start_ancestry

    def _act(self) -> TakeOrder:
        entered = self._entered
        act = self._amounts.act(self._who.how(entered), entered)
        ancestry = None
        if self._asks_ancestry:
            ancestry = need_choice(entered, "japanese_ancestry", _ANCESTRY) == "yes"
        act = replace(
            act,
            reason=entered["reason"] if self.wants_reason else "",
            japanese_ancestry=ancestry,
            validity=Validity(entered["validity"]),
            valid_until=self._until(),
        )
        return self._who.signed(act, entered)

    def _until(self) -> dt.date | None:
        if self._entered["validity"] != Validity.COURSE.value:
            return None
        return typed_day(self._entered["valid_until"], "valid_until")

    def _refuse(self, error: MonitorError) -> None:
        if error.code is Code.WRONG_PASSWORD:
            self._desk.refuse(error, {"": "password"})
            return
        if error.code is Code.REASON_MISSING:
            self._entered.values["asked"] = TICKED
            self._show_reason()
            self._desk.refuse(error, dict.fromkeys((str(error.facts.get("why", "")),), "reason"))
            return
        self._desk.refuse(error)

    # --- what the form shows ------------------------------------------------------------

    @property
    def wants_reason(self) -> bool:
        """Tell whether what is typed is taken for the prescriber's reason alone."""
        if self._entered["asked"]:
            return True
        return self._amounts.outside_with_reason(self._entered)

    @property
    def is_unusual(self) -> bool:
        """Tell whether the dose that `dose_mg` names is given for a reason alone."""
        order = self._desk.overview.order
        if self._entered["dose_mg"]:
            return self.wants_reason
        return order is not None and bool(order.reason)

    @property
    def starts_low(self) -> bool:
        """Tell whether a dose is being chosen for somebody whose first one is low."""
        rule, overview = self._desk.doors.protocol.dose, self._desk.overview
        if not isinstance(rule, DeviceDose) or not self._entered["dose_mg"]:
            return False
        age = overview.patient.age_on(overview.local(overview.seen_at).date())
        old = rule.low_start_years is not None and age >= rule.low_start_years
        return old or (rule.low_start_ancestry and self._entered["japanese_ancestry"] == "yes")

    def _show_reason(self) -> None:
        self._desk.view.show_field("reason", shown=self.wants_reason)

    def _show_around(self) -> None:
        """Show what depends on written or verbal, on visit or course, on what was typed."""
        course = self._entered["validity"] == Validity.COURSE.value
        self._desk.view.show_field("valid_until", shown=course)
        self._who.show(self._entered)
        self._show_reason()

    def _others(self) -> tuple[Option, ...]:
        order = self._desk.doors.course_order()
        if order is None or self._desk.overview.order is not None:
            return ()
        return (Option(COURSE, "Use the course's order", (course_words(self._desk, order),)),)


def course_words(desk: Desk, order: OrderView) -> str:
    """Return a course's order in words: whose it is, of which day, until when."""
    day = _day(desk.overview.local(order.at).date())
    until = f", valid until {_day(order.valid_until)}" if order.valid_until else ""
    return f"{order_words(order)}, the course's order of {day} by {order.by.name}{until}."


def order_words(order: OrderView) -> str:
    """Return an order's amounts: "0.5 mg/kg over 40 min", "84 mg"."""
    words = ""
    if order.per_kg_mg is not None:
        words = f"{plain(order.per_kg_mg)} mg/kg"
    elif order.dose_mg is not None:
        words = f"{plain(order.dose_mg)} mg"
    return f"{words} over {plain(order.minutes)} min" if order.minutes is not None else words


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B}"
