"""A question beside the chart: what is asked, what happens with the answer, and what refuses it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import Code, MonitorError
from ui.wording import sentence

Answers = Mapping[str, str]
Done = Callable[[MonitorError | None], None]
Then = Callable[[Answers], None]
Later = Callable[[Answers, Done], None]
TICKED = "yes"
_TOO_LATE = "It is being written already; the question closes when that is done."


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked; nothing is ever filled in beforehand.

    Attributes:
        key: Its name among the answers.
        label: What stands over the field, or beside the tick.
        hint: Grey words while it is empty.
        choices: (answer, words): one of these is chosen, with none chosen at first.
        tick: A box to tick; its answer is "yes" or empty.
        secret: A password: shown as dots.
        picks: (value, words) of buttons under the field; a press puts the value into it.
        field: What a refusal calls it, where that is not its key.
        several: Whether a press of a pick adds it to what stands there.
        only: (key, answers): it is asked only where that is answered so; None for always.
    """

    key: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    tick: bool = False
    secret: bool = False
    picks: tuple[tuple[str, str], ...] = ()
    field: str = ""
    several: bool = False
    only: tuple[str, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at once, and the button that answers it.

    Attributes:
        title: A short noun or what will be done.
        words: Sentences under the title: what will happen, or why it is asked.
        confirm: The words on the button.
        kind: The button's kind: "primary" or "stop".
        way_out: (command, words) of a button over the fields: what is usually done instead.
        other_ways: (command, words) of further buttons under that one.
        heading: What stands over the fields, where a way out does.
        says: Returns what the answers are understood as so far; empty for nothing yet.
        struck: What the answer will replace; it stands struck through over the fields.
        tells_alerts: Whether its words name every open alert, so that their card can give way.
        loses: Whether what is there now would be lost: then the focus is on "Not now".
        pinned: Whether its words stay in sight, whatever is scrolled under them.
    """

    title: str
    words: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    confirm: str = "Store"
    kind: str = "primary"
    way_out: tuple[str, str] | None = None
    other_ways: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    says: Callable[[Answers], str] | None = None
    struck: str = ""
    loses: bool = False
    tells_alerts: bool = False
    pinned: bool = False

    def at_fault(self, error: MonitorError) -> str:
        """Return the key of what a refusal is about; empty where that is none of its fields."""
        if error.code is Code.WRONG_PASSWORD:
            return next((ask.key for ask in self.asks if ask.secret), "")
        reason = error.code is Code.REASON_MISSING
        named = str(error.facts.get("field", "")) or ("reason" if reason else "")
        found = (ask.key for ask in self.asks if named and named in (ask.key, ask.field))
        return next(found, "")


class QuestionView(Protocol):
    """What the presenter asks of the panel."""

    def open_question(self, question: Question) -> None:
        """Show the question with empty fields and take the focus."""
        ...

    def close_question(self) -> None:
        """Take the question away and give the focus back."""
        ...

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        """Say what refuses the answer; what was typed stays.

        Args:
            said: One sentence, empty for none.
            waiting: Whether the answer is being worked on.
            field: The key of the field at fault, which it is said under; all of them where empty.
        """
        ...


class QuestionPresenter:
    """Asks one question at a time; a refused answer leaves the question open."""

    def __init__(self, view: QuestionView, before: Callable[[], None] = lambda: None) -> None:
        """Take the panel, and what makes room for a question before it opens."""
        self._view, self._before = view, before
        self._question: Question | None = None
        self._then: Then | None = None
        self._later: Later | None = None
        self._local: Callable[[dt.datetime], dt.datetime] | None = None
        self._waiting = self._given_up = False

    @property
    def is_open(self) -> bool:
        """Tell whether something is being asked."""
        return self._then is not None or self._later is not None

    def is_asking(self, question: Question) -> bool:
        """Tell whether this very question is still open, and nobody wanted it away meanwhile."""
        return self._question is question and not self._given_up

    def set_local(self, local: Callable[[dt.datetime], dt.datetime]) -> None:
        """Name instants in sentences by this time from now on."""
        self._local = local

    def ask(self, question: Question, then: Then) -> None:
        """Ask; *then* takes the answers and may raise a `MonitorError`, which is shown."""
        self.drop()
        self._before()
        self._question, self._then = question, then
        self._view.open_question(question)

    def ask_for_later(self, question: Question, later: Later) -> None:
        """Ask for something slow: *later* takes the answers and says when it is done."""
        self.drop()
        self._before()
        self._question, self._later = question, later
        self._view.open_question(question)

    def submit(self, answers: Answers) -> None:
        """Take the answers; what is asked next while they are taken stays open."""
        asked = self._question
        if self._waiting:
            return
        if self._later is not None:
            self._waiting = True
            self._view.show_question_problem("One moment …", waiting=True)
            self._later(answers, lambda error: self._finish(error, asked))
        elif self._then is not None:
            try:
                self._then(answers)
            except MonitorError as error:
                self._finish(error, asked)
            else:
                self._finish(None, asked)

    def cancel(self) -> None:
        """Ask no more; nothing has happened. What is being written already is waited for."""
        if self._waiting:
            self._given_up = True
            self._view.show_question_problem(_TOO_LATE, waiting=True)
            return
        self.drop()
        self._view.close_question()

    def drop(self) -> None:
        """Forget what is asked, and leave the panel alone: it is gone, or asks something else."""
        self._question = self._then = self._later = None
        self._waiting = self._given_up = False

    def _finish(self, error: MonitorError | None, asked: Question | None) -> None:
        if self._question is not asked or asked is None:
            return  # something else is asked by now, or the panel is gone
        self._waiting = False
        if error is None or self._given_up:
            self.cancel()
        else:
            said = sentence(error, self._local)
            self._view.show_question_problem(said, field=asked.at_fault(error))
