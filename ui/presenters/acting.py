"""How panels reach the record: looking at it, acting on it, and asking for a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.acts import Act, GiveDevice
from monitor.entries import Entry
from monitor.errors import Code, MonitorError, RefusedError
from monitor.overview import SessionOverview
from ui.presenters.question import Ask, Question, QuestionPresenter
from ui.wording import sentence

Do = Callable[[Act], tuple[Entry, ...]]
Look = Callable[[], SessionOverview]

_WANTS_REASON = frozenset({Code.REASON_MISSING, Code.BASELINE_MISSING})


class ProblemView(Protocol):
    """Where a refusal is said when no field is at fault."""

    def show_problem(self, said: str) -> None:
        """Say in one sentence why nothing was stored; empty takes the sentence away."""
        ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Does acts for a panel: a reason is asked for where one is wanted, a refusal is said."""

    do: Do
    question: QuestionPresenter
    view: ProblemView
    local: Callable[[dt.datetime], dt.datetime]

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
            if wants_reason(act, error):
                self._ask_why(act, error, Question(title, confirm=confirm, kind=kind))
            else:
                self.view.show_problem(sentence(error, self.local))
            return False
        self.view.show_problem("")
        return True

    def _ask_why(self, act: Act, error: MonitorError, question: Question) -> None:
        asked = replace(
            question,
            words=(sentence(error, self.local),),
            asks=(Ask("reason", "Reason", "It stands in the record"),),
        )
        self.question.ask(asked, lambda answers: self._again(act, answers["reason"]))

    def _again(self, act: Act, reason: str) -> None:
        if not reason.strip():
            raise RefusedError(Code.REASON_MISSING)
        self.do(replace(act, reason=reason.strip()))
        self.view.show_problem("")


def wants_reason(act: Act, error: MonitorError) -> bool:
    """Tell whether the same act with a reason would be taken."""
    early = error.code is Code.TOO_EARLY and isinstance(act, GiveDevice)
    return error.code in _WANTS_REASON or (early and "number" in error.facts)
