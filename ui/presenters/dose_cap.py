"""Above the protocol's cap a prescriber decides: the reason, and the password of who gives it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from monitor.acts import Calculate, Override
from monitor.errors import Code, InputError, MonitorError
from monitor.people import Role
from monitor.units import plain
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice
from ui.presenters.dose_working import Knowns, over_the_cap
from ui.presenters.form import FormField, Shape

PASSWORD = "cap_password"  # noqa: S105 - a field's name, not a password
PRESCRIBER = "cap_prescriber"


class Cap:
    """Records a calculation, with a prescriber's reason where it is above the cap."""

    def __init__(self, desk: Desk, cap_mg: Decimal | None) -> None:
        self._desk, self._cap_mg = desk, cap_mg

    def fields(self) -> tuple[FormField, ...]:
        """Return its fields, which are hidden at first."""
        hint = "The prescriber's reason"
        return (
            FormField("reason", "Why so high a dose", hint=hint),
            FormField(PRESCRIBER, "Prescriber", Shape.LIST, hint="Choose who decides", narrow=True),
            FormField(PASSWORD, "Prescriber's password", Shape.DOTS),
        )

    def show(self, entered: Entered, known: Knowns) -> None:
        """Show the fields where the dose wants them."""
        view, wanted = self._desk.view, self._wanted(known)
        another = wanted and not self._is_prescriber
        view.show_field("reason", shown=wanted)
        view.show_field(PRESCRIBER, shown=another)
        view.show_field(PASSWORD, shown=another)
        if another:
            people = self._desk.people(Role.PRESCRIBER)
            if len(people) == 1 and not entered[PRESCRIBER]:
                entered.values[PRESCRIBER] = people[0].value
            view.show_options(PRESCRIBER, people, entered[PRESCRIBER])
        if wanted and self._cap_mg is not None:
            above = f"Above {plain(self._cap_mg)} mg a prescriber decides; it is printed"
            view.show_note("reason", above)

    def record(self, act: Calculate, entered: Entered, known: Knowns, written: Written) -> None:
        """Write the calculation down, as whoever is logged in.

        Raises:
            MonitorError: Where something is missing, or it is refused at once.
        """
        doors = self._desk.doors
        if not self._wanted(known):
            doors.perform(doors.author(), act)
            written()
            return
        if not entered["reason"]:
            raise InputError(Code.EMPTY, "reason")
        if self._is_prescriber:
            doors.perform(doors.author(), replace(act, reason=entered["reason"]))
            written()
            return
        user = need_choice(entered, PRESCRIBER, "Choose the prescriber who decides.")
        if not entered.values.get(PASSWORD):
            raise InputError(Code.EMPTY, "password", choose="Type the prescriber's password.")
        password, reason = entered.values[PASSWORD], entered["reason"]
        self._desk.slow(
            lambda: self._decided(user, password, act, reason),
            written,
            lambda error: self._refuse(error, entered),
        )

    def _decided(self, user: str, password: str, act: Calculate, reason: str) -> None:
        """Let the prescriber decide, then record the dose as who works it out."""
        doors = self._desk.doors
        prescriber = doors.prove(user, password)
        if Code.TOO_MUCH in doors.protocol.overridable:
            doors.perform(prescriber, Override(what=Code.TOO_MUCH.value, reason=reason))
            doors.perform(doors.author(), act)
        else:
            doors.perform(prescriber, replace(act, reason=reason))

    def _refuse(self, error: MonitorError, entered: Entered) -> None:
        if error.code is Code.WRONG_PASSWORD:
            entered.values[PASSWORD] = ""
            self._desk.view.put(PASSWORD, "")
        self._desk.look()
        self._desk.refuse(error, {"": PASSWORD})

    @property
    def _is_prescriber(self) -> bool:
        return self._desk.doors.author().role is Role.PRESCRIBER

    def _wanted(self, known: Knowns) -> bool:
        overview = self._desk.overview
        reasoned = overview.order is not None and bool(overview.order.reason)
        let_through = any(o.what == Code.TOO_MUCH and not o.used for o in overview.overrides)
        return over_the_cap(known, self._cap_mg) and not reasoned and not let_through
