"""How panels reach the record: looking, acting, and asking why or for somebody who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from monitor.acts import Act, GiveDevice, Override, Waste
from monitor.entries import Entry
from monitor.errors import Code, InputError, MonitorError, RefusedError
from monitor.overview import SessionOverview
from monitor.people import Account, Author, Role
from ui.presenters.question import Answers, Ask, Done, Question, QuestionPresenter
from ui.wording import sentence

Do = Callable[[Act], tuple[Entry, ...]]
Look = Callable[[], SessionOverview]


@dataclass(frozen=True, slots=True)
class _Lift:
    """How a refusal is put to a prescriber.

    Attributes:
        heading: Over the fields.
        confirm: On the button.
        ways: (command, words) of what is done instead, the usual one first.
    """

    heading: str
    confirm: str
    ways: tuple[tuple[str, str], ...] = ()


_LIFTS = {
    Code.CHECK_MISSING: _Lift(
        "Emergency override", "Override and go on", (("dose", "Second check…"),)
    ),
    Code.PRE_DOSE_HOLD: _Lift(
        "A prescriber decides",
        "Give it all the same",
        (("wait", "Wait and measure again"), ("cancel", "Cancel the session…")),
    ),
    Code.DOOR_CLOSED: _Lift("A prescriber lets the patient go", "Override and leave"),
}
"""What a prescriber lets go through on the spot, by the code that refused it."""

_WANTS_REASON = frozenset({Code.REASON_MISSING, Code.BASELINE_MISSING})


class ProblemView(Protocol):
    """Where a refusal is said when no field is at fault."""

    def show_problem(self, said: str) -> None:
        """Say in one sentence why nothing was stored; empty takes the sentence away."""
        ...


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Whoever else works here: each proves who they are at the moment they take part.

    Attributes:
        accounts: Returns everyone who has an account.
        me: Returns who is logged in.
        override: Lets something go through as (user, password, act), and says when it is done.
        waste: Writes down what was thrown away before (act, user, password) of the witness.
    """

    accounts: Callable[[], tuple[Account, ...]]
    me: Callable[[], Author]
    override: Callable[[str, str, Override, Done], None]
    waste: Callable[[Waste, str, str, Done], None]

    def choices(self, roles: frozenset[Role], *, but_me: bool = False) -> tuple[Named, ...]:
        """Return (user, name) of whoever has one of these roles and still works here."""
        me = self.me().user if but_me else ""
        return tuple(
            (each.user, each.name)
            for each in self.accounts()
            if each.active and each.role in roles and each.user != me
        )


Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Does acts for a panel: asks why, or who lets it through, where that would help; else says no.

    Attributes:
        overridable: Codes of refusals that a prescriber can lift, by the protocol.
    """

    do: Do
    question: QuestionPresenter
    view: ProblemView
    local: Callable[[dt.datetime], dt.datetime]
    colleagues: Colleagues
    overridable: frozenset[str] = frozenset()

    def attempt(self, act: Act, title: str, confirm: str, kind: str = "primary") -> bool:
        """Do it, or ask why; returns whether it was stored at once.

        Args:
            act: What is to be done.
            title: Over the question, should a reason be wanted.
            confirm: On its button.
            kind: Of its button.
        """
        try:
            self.do(act)
        except MonitorError as error:
            question = Question(title, confirm=confirm, kind=kind)
            if wants_reason(act, error):
                self._ask_why(act, error, question)
            elif self.can_override(error):
                self.ask_override(error, title, lambda: self._attempt_again(act, question))
            else:
                self.refuse(error)
            return False
        self.view.show_problem("")
        return True

    def refuse(self, error: MonitorError) -> None:
        """Say why nothing was stored."""
        self.view.show_problem(sentence(error, self.local))

    def can_override(self, error: MonitorError) -> bool:
        """Tell whether somebody here may let go through what was refused.

        What else a protocol lets a prescriber lift has its own place: a dose above the cap is
        let through where it is worked out, a baseline or a rest between devices by a reason.
        """
        lifts = error.code in _LIFTS and error.code.value in self.overridable
        one_person = "name" in error.facts  # who gives has checked: nobody lifts that
        return lifts and not one_person and bool(self._prescribers())

    def ask_override(
        self,
        error: MonitorError,
        title: str,
        then: Callable[[], None],
        known: tuple[str, ...] = (),
    ) -> None:
        """Ask for a prescriber who lets go through what was refused; *then* goes on with it.

        Args:
            error: The refusal.
            title: Of what was to be done.
            then: What was to be done.
            known: Sentences that whoever decides should have read.
        """
        lift = _LIFTS[error.code]
        asked = Question(
            title,
            (sentence(error, self.local), *known),
            (
                Ask("prescriber", "Prescriber", choices=self._prescribers(), field="overrides"),
                Ask("password", "The prescriber's password", secret=True),
                Ask("reason", "Reason", "Printed on the first page"),
            ),
            lift.confirm,
            "stop",
            way_out=lift.ways[0] if lift.ways else None,
            other_ways=lift.ways[1:],
            heading=lift.heading,
            pinned=bool(known),
        )

        def override(answers: Answers, done: Done) -> None:
            problem = _unfinished(answers)
            if problem is not None:
                done(problem)
                return
            act = Override(what=error.code.value, reason=answers["reason"].strip())
            self.colleagues.override(
                answers["prescriber"], answers["password"], act, lambda no: passed(no, done)
            )

        def passed(no: MonitorError | None, done: Done) -> None:
            wanted = self.question.is_asking(asked)  # or was it given up meanwhile
            done(no)
            if no is None and wanted:
                then()

        self.question.ask_for_later(asked, override)

    def _prescribers(self) -> tuple[Named, ...]:
        return self.colleagues.choices(frozenset({Role.PRESCRIBER}))

    def _attempt_again(self, act: Act, question: Question) -> None:
        self.attempt(act, question.title, question.confirm, question.kind)

    def _ask_why(self, act: Act, error: MonitorError, question: Question) -> None:
        asked = replace(
            question,
            words=(sentence(error, self.local),),
            asks=(Ask("reason", "Reason", "It stands in the record"),),
        )

        def again(answers: Answers) -> None:
            reason = answers["reason"].strip()
            if not reason:
                raise RefusedError(Code.REASON_MISSING)
            self.carry_out(replace(act, reason=reason), question)

        self.question.ask(asked, again)

    def carry_out(self, act: Act, question: Question, known: tuple[str, ...] = ()) -> None:
        """Do what was answered to a question; where it helps, ask who lets it pass.

        Args:
            act: What was answered.
            question: What was asked.
            known: Sentences that whoever lets it pass should have read.

        Raises:
            MonitorError: If the act is refused, and nobody can lift that.
        """
        try:
            self.do(act)
        except MonitorError as error:
            if not self.can_override(error):
                raise
            again = partial(self._attempt_again, act, question)
            self.ask_override(error, question.title, again, known)
            return
        self.view.show_problem("")


def _unfinished(answers: Answers) -> MonitorError | None:
    """Return what is still to be answered before anything slow is begun."""
    if not answers["prescriber"]:
        return InputError(Code.EMPTY, "overrides")
    if not answers["password"]:
        return InputError(Code.EMPTY, "password")
    if not answers["reason"].strip():
        return InputError(Code.REASON_MISSING, "reason")
    return None


def wants_reason(act: Act, error: MonitorError) -> bool:
    """Tell whether the same act with a reason would be taken."""
    early = error.code is Code.TOO_EARLY and isinstance(act, GiveDevice)
    return error.code in _WANTS_REASON or (early and "number" in error.facts)
