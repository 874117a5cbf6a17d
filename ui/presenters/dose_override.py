"""The emergency: a prescriber lets the dose go without the second check, and says why."""

from __future__ import annotations

from monitor.acts import Override
from monitor.errors import Code, InputError, MonitorError
from monitor.people import Role
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice, recorded_so_far
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Option, Shape

BACK = "back"
_SAID = (
    "The dose can then be given without a second check. The report says so on its first page,"
    " with the prescriber's name, the time and the reason."
)


class OverrideStep:
    """Takes a prescriber's name, password and reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entered = Entered()

    def face(self) -> FormFace:
        """Return its empty form."""
        return FormFace(
            "Emergency override",
            (
                FormField("what", "Nobody has checked this dose", Shape.WORDS),
                FormField("prescriber", "Prescriber", Shape.LIST, hint="Choose who decides"),
                FormField("reason", "Reason", hint="It stands in the record"),
                FormField("password", "Prescriber's password", Shape.DOTS),
            ),
            "Override the check",
            others=(Option(BACK, "Back to the check"),),
        )

    def begin(self) -> None:
        """Forget what was typed."""
        people = self._desk.people(Role.PRESCRIBER)
        only = people[0].value if len(people) == 1 else ""
        self._entered = Entered({"prescriber": only})
        self._desk.view.show_options("prescriber", people, only)
        self._desk.view.show_note("what", _SAID)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        people = self._desk.people(Role.PRESCRIBER)
        self._desk.view.show_options("prescriber", people, self._entered["prescriber"])

    def submit(self, written: Written) -> None:
        """Write the override down as the prescriber's."""
        entered, doors = self._entered, self._desk.doors
        try:
            user = need_choice(entered, "prescriber", "Choose the prescriber who decides.")
            for key in ("reason", "password"):
                if not entered[key]:
                    raise InputError(Code.EMPTY, key)
        except MonitorError as error:
            self._desk.refuse(error)
            return
        act = Override(what=Code.CHECK_MISSING.value, reason=entered["reason"])
        password = self._desk.hand_over(entered, "password")
        self._desk.slow(
            lambda: doors.perform(doors.prove(user, password), act), written, self._refuse
        )

    def known(self) -> Knowns:
        """Return what the record knows."""
        return recorded_so_far(self._desk.overview)

    def _refuse(self, error: MonitorError) -> None:
        self._desk.refuse(error, {"": "password", "override": "reason"})
