"""Who orders, and how the order came: written with the password, or verbal and read back."""

from __future__ import annotations

from dataclasses import replace

from monitor.acts import TakeOrder
from monitor.entries import Given
from monitor.errors import Code, InputError
from monitor.people import CLINICIANS, Author, Role
from ui.presenters.dose_parts import Desk, Entered, need_choice
from ui.presenters.form import TICKED, FormField, Option, Shape

HOW = (Option(Given.WRITTEN.value, "Written"), Option(Given.VERBAL.value, "Verbal"))
_NOBODY = "Nobody here has the role of a prescriber; an administrator adds one."
_READ_BACK = "Read the order back to the prescriber, then tick that it was."


class Prescriber:
    """The fields of an order that say whose it is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def first_fields(self) -> tuple[FormField, ...]:
        """Return what stands over the amounts."""
        hint = "Choose who orders"
        return (
            FormField("prescriber", "Prescriber", Shape.LIST, hint=hint, narrow=True),
            FormField("how", "The order is", Shape.BUTTONS, options=HOW, narrow=True),
        )

    def last_fields(self) -> tuple[FormField, ...]:
        """Return what stands under the amounts."""
        return (
            FormField("taken_by", "Taken by", Shape.LIST, hint="Choose who took it"),
            FormField("read_back", "Read back to the prescriber", Shape.TICK),
            FormField("password", "Prescriber's password", Shape.DOTS),
        )

    def first(self) -> str:
        """Return who is chosen already: whoever is here and may prescribe, or the only one."""
        people, author = self._people(), self._desk.doors.author()
        if any(option.value == author.user for option in people):
            return author.user
        return people[0].value if len(people) == 1 else ""

    def begin(self, entered: Entered) -> None:
        """Show who can order."""
        self._desk.view.show_options("prescriber", self._people(), entered["prescriber"])
        if not self._people():
            self._desk.view.show_note("prescriber", _NOBODY)

    def show(self, entered: Entered) -> None:
        """Show what a written or a verbal order asks."""
        view, verbal = self._desk.view, self.is_verbal(entered)
        own = self._is_own_verbal(entered)
        view.show_options("prescriber", self._people(), entered["prescriber"])
        view.show_options("how", HOW, entered["how"])
        view.show_field("read_back", shown=verbal)
        view.show_field("password", shown=not verbal)
        view.show_field("taken_by", shown=own)
        if own:
            others = self._desk.people(*CLINICIANS, but=entered["prescriber"])
            view.show_options("taken_by", others, entered["taken_by"])
        taken = f"Taken by {self._desk.doors.author().name}, who is logged in"
        view.show_note("read_back", taken if verbal and not own else "")

    def is_verbal(self, entered: Entered) -> bool:
        """Tell whether the order is a verbal one."""
        return entered["how"] == Given.VERBAL.value

    def how(self, entered: Entered) -> Given:
        """Return how the order came.

        Raises:
            InputError: `empty`, where nobody is chosen or nothing is said of it.
        """
        need_choice(entered, "prescriber", "Choose who orders.")
        return Given(need_choice(entered, "how", "Choose whether the order is written or verbal."))

    def signed(self, act: TakeOrder, entered: Entered) -> TakeOrder:
        """Return the order with who took it, where it is verbal.

        Raises:
            InputError: `empty`, where nobody took it or it was not read back.
        """
        if not self.is_verbal(entered):
            return act
        if self._is_own_verbal(entered):
            taken = need_choice(entered, "taken_by", "Choose who took the verbal order.")
            act = replace(act, taken_by=self._author(taken))
        else:
            act = replace(act, prescriber=self._author(entered["prescriber"]))
        if entered["read_back"] != TICKED:
            raise InputError(Code.EMPTY, "read_back", choose=_READ_BACK)
        return replace(act, read_back=True)

    def _is_own_verbal(self, entered: Entered) -> bool:
        """Tell whether the prescriber writes down a verbal order that somebody else took."""
        return self.is_verbal(entered) and entered["prescriber"] == self._desk.doors.author().user

    def _author(self, user: str) -> Author:
        return next(a.author for a in self._desk.doors.accounts() if a.user == user)

    def _people(self) -> tuple[Option, ...]:
        return self._desk.people(Role.PRESCRIBER)
