"""The clinic's name, address and chairs: an administrator changes them, the others read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from monitor.errors import MonitorError
from monitor.people import Author, Clinic, Role
from monitor.ports import SessionHeader
from ui.presenters.first_start_forms import MOST_CHAIRS
from ui.presenters.form import FormFace, FormField, FormView
from ui.wording import sentence

FACE = FormFace(
    "The clinic",
    (
        FormField("clinic", "Name"),
        FormField("address", "Address", hint="stands beside the name"),
        FormField("chairs", "Chairs", unit="chairs"),
    ),
    "Store the changes",
    note="It is named on every report.",
)
WHO_CAN = "Only an administrator changes this. The reports keep the name that they were made under."


class ClinicView(Protocol):
    """What the presenter asks of the section."""

    @property
    def form(self) -> FormView:
        """Return the form."""
        ...

    def show_facts(self, facts: tuple[tuple[str, str], ...], note: str) -> None:
        """Show the clinic to be read: (name, value), and who may change it."""
        ...

    def show_editing(self) -> None:
        """Show the form in place of the facts."""
        ...

    def show_done(self, said: str) -> None:
        """Say what was stored; empty takes it away."""
        ...


class ClinicDoors(Protocol):
    """What the section needs of the world."""

    @property
    def author(self) -> Callable[[], Author]:
        """Return who is here."""
        ...

    @property
    def clinic(self) -> Callable[[], Clinic | None]:
        """Return the clinic."""
        ...

    @property
    def rename(self) -> Callable[[Clinic], None]:
        """Write the clinic as it is from now on."""
        ...

    @property
    def open_sessions(self) -> Callable[[], Sequence[SessionHeader]]:
        """Return the sessions whose chairs are in use."""
        ...

    @property
    def now(self) -> Callable[[], dt.datetime]:
        """Return the instant."""
        ...

    @property
    def zone(self) -> dt.tzinfo:
        """Return the clinic's time zone."""
        ...


class ClinicPresenter:
    """Shows the clinic; takes changes from an administrator."""

    def __init__(self, view: ClinicView, doors: ClinicDoors) -> None:
        self._view, self._doors = view, doors
        self._values: dict[str, str] = {}
        self._shown: tuple[Clinic | None, Role] | None = None
        self._editing = False

    def refresh(self) -> None:
        """Look again; what is being typed stays unless the clinic itself has changed."""
        clinic, role = self._doors.clinic(), self._doors.author().role
        if self._shown == (clinic, role):
            return
        self._shown = (clinic, role)
        self._view.show_done("")
        if role is Role.ADMINISTRATOR and clinic is not None:
            self._show_form(clinic)
        else:
            self._editing = False
            self._view.show_facts(_facts(clinic), WHO_CAN)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._values[key] = words
        self._view.show_done("")
        self._view.form.show_problem("", "")

    def submit(self) -> None:
        """Store the changes."""
        clinic = self._doors.clinic()
        if clinic is None or self._doors.author().role is not Role.ADMINISTRATOR:
            return
        problem = self._problem(clinic)
        if problem:
            self._view.form.show_problem(*problem)
            return
        wanted = self._wanted(clinic)
        if wanted == clinic:
            self._view.form.show_problem("", "")
            self._view.show_done("Nothing has changed.")
            return
        try:
            self._doors.rename(wanted)
        except MonitorError as error:
            self._view.form.show_problem(str(error.facts.get("field", "")), sentence(error))
            return
        self._shown = None
        self.refresh()
        at = self._doors.now().astimezone(self._doors.zone)
        self._view.show_done(f"Stored at {at:%H:%M}.")

    def _value(self, key: str) -> str:
        return self._values.get(key, "").strip()

    def _problem(self, clinic: Clinic) -> tuple[str, str] | None:
        """Return the field at fault, and the sentence."""
        if not self._value("clinic"):
            return "clinic", "Type the clinic's name."
        if not self._value("address").isprintable():
            return "address", "The address holds a character that cannot be printed; type it anew."
        count = self._value("chairs")
        if count not in map(str, range(1, MOST_CHAIRS + 1)):
            return "chairs", f"Type how many chairs there are, a number from 1 to {MOST_CHAIRS}."
        gone = set(clinic.chairs) - set(chairs_for(clinic.chairs, int(count)))
        taken = [header.chair for header in self._doors.open_sessions() if header.chair in gone]
        if taken:
            return "chairs", f"Chair {taken[0]} has an open session; close it first."
        return None

    def _wanted(self, clinic: Clinic) -> Clinic:
        return replace(
            clinic,
            name=self._value("clinic"),
            address=self._value("address"),
            chairs=chairs_for(clinic.chairs, int(self._value("chairs"))),
        )

    def _show_form(self, clinic: Clinic) -> None:
        self._values = {
            "clinic": clinic.name,
            "address": clinic.address,
            "chairs": str(len(clinic.chairs)),
        }
        form = self._view.form
        if self._editing:
            form.show_problem("", "")
        else:
            form.show_form(FACE)
            self._view.show_editing()
        self._editing = True
        for key, words in self._values.items():
            form.put(key, words)
        form.show_note("chairs", chairs_words(clinic.chairs))


def chairs_for(chairs: Sequence[str], count: int) -> tuple[str, ...]:
    """Return so many chairs: those there are keep their names, new ones get the next number."""
    kept = list(chairs[:count])
    number = 1
    while len(kept) < count:
        if str(number) not in kept:
            kept.append(str(number))
        number += 1
    return tuple(kept)


def chairs_words(chairs: Sequence[str]) -> str:
    """Return the chairs in a few words: "Chairs 1 to 6"."""
    numbers = [str(number) for number in range(1, len(chairs) + 1)]
    if len(chairs) > 2 and list(chairs) == numbers:  # noqa: PLR2004 - "1 and 2", "1 to 3"
        return f"Chairs 1 to {len(chairs)}"
    if not chairs:
        return "No chair yet"
    if len(chairs) == 1:
        return f"Chair {chairs[0]}"
    return f"Chairs {', '.join(chairs[:-1])} and {chairs[-1]}"


def _facts(clinic: Clinic | None) -> tuple[tuple[str, str], ...]:
    if clinic is None:
        return ()
    return (
        ("Name", clinic.name),
        ("Address", clinic.address or "not given"),
        ("Chairs", chairs_words(clinic.chairs)),
    )
