"""What is done at the pump."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from monitor.acts import Act, ChangeRate, Finish, Pause, Resume, Start, Stop
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview
from monitor.units import parse_number, plain
from ui.presenters.acting import Actor
from ui.presenters.question import Answers, Ask, Question
from ui.presenters.words import amount

_PUMP_FIGURE = Ask("pump_ml", "Pump's own display, mL", "if it was read")
PLANNED, NOW = "planned", "now"
_REASON = Ask("reason", "Reason", "It stands in the record")


class PumpPresenter:
    """Turns the buttons of the dose into acts; what ends or changes it is asked about."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know where the dose stands."""
        self._overview = overview

    def start(self) -> None:
        """Start the infusion at the rate worked out."""
        self._actor.attempt(Start(), "Start the infusion", "Start infusion")

    def pause(self) -> None:
        """Pause at once: what stops a drug asks nothing first."""
        self._actor.attempt(Pause(), "Pause the infusion", "Pause infusion")

    def resume(self) -> None:
        """Let it run again at the rate before."""
        self._actor.attempt(Resume(), "Resume the infusion", "Resume infusion")

    def resume_at(self) -> None:
        """Ask for a rate and let it run again at that."""
        question = Question(
            "Resume at another rate",
            asks=(_rate_ask("Rate, mL/h"), _REASON, _PUMP_FIGURE),
            confirm="Resume",
        )

        def store(answers: Answers) -> None:
            rate, pump = _rate(answers), _pump(answers)
            self._do(Resume(rate_ml_h=rate, reason=_reason(answers), pump_ml=pump))

        self._actor.question.ask(question, store)

    def change_rate(self) -> None:
        """Ask for the new rate."""
        question = Question(
            "Change the rate",
            (f"The pump runs at {self._rate_now()} now.",),
            (_rate_ask("New rate, mL/h"), _REASON, _PUMP_FIGURE),
            "Change rate",
        )

        def store(answers: Answers) -> None:
            rate, pump = _rate(answers), _pump(answers)
            self._do(ChangeRate(rate_ml_h=rate, reason=_reason(answers), pump_ml=pump))

        self._actor.question.ask(question, store)

    def stop(self) -> None:
        """Ask why, say what will happen, and stop."""
        question = Question(
            "Stop the infusion",
            (f"It ends here. {self._given()}; it cannot be resumed.",),
            (_REASON, _PUMP_FIGURE),
            "Stop infusion",
            "stop",
        )
        self._actor.question.ask(
            question,
            lambda answers: self._do(Stop(reason=_reason(answers), pump_ml=_pump(answers))),
        )

    def finish(self) -> None:
        """The infusion has run to its end."""
        ran_out = self._ran_out()
        asks = (_when(self._actor.local(ran_out)), _PUMP_FIGURE) if ran_out else (_PUMP_FIGURE,)
        question = Question(
            "The infusion has run to its end", (self._given() + ".",), asks, "Finished"
        )

        def store(answers: Answers) -> None:
            if ran_out and not answers["when"]:
                planned = f"{self._actor.local(ran_out):%H:%M}"
                raise InputError(Code.EMPTY, "when", planned=planned)
            at = ran_out if answers.get("when") == PLANNED else None
            self._do(Finish(at=at, pump_ml=_pump(answers)))

        self._actor.question.ask(question, store)

    def _ran_out(self) -> dt.datetime | None:
        """Return when the pump had run through all that was prepared, if that is past."""
        overview = self._overview
        end = overview.planned_end if overview else None
        return end if overview and end and end < overview.seen_at else None

    def _do(self, act: Act) -> None:
        self._actor.do(act)
        self._actor.view.show_problem("")

    def _given(self) -> str:
        dose = self._overview.dose if self._overview else None
        if dose is None:
            return ""
        return f"Given so far {amount(dose.given_mg)} mg, left {amount(dose.left_mg)} mg"

    def _rate_now(self) -> str:
        segments = self._overview.segments if self._overview else ()
        return f"{plain(segments[-1].rate_ml_h, 1)} mL/h" if segments else "no rate"


def _rate_ask(label: str) -> Ask:
    return Ask("rate", label, field="rate_ml_h")


def _rate(answers: Answers) -> Decimal:
    return parse_number(answers["rate"], "rate_ml_h")


def _pump(answers: Answers) -> Decimal | None:
    typed = answers["pump_ml"].strip()
    return parse_number(typed, "pump_ml") if typed else None


def _reason(answers: Answers) -> str:
    return answers["reason"].strip()


def _when(ran_out: dt.datetime) -> Ask:
    """Return the question when it ended: a pump that has run dry waits for nobody."""
    planned = (PLANNED, f"At {ran_out:%H:%M}, when all had run")
    return Ask("when", "Ended", choices=(planned, (NOW, "Now: it was still running")))
