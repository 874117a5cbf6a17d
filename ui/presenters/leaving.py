"""The end of a visit: the checklist, leaving, and no drug at all."""

from __future__ import annotations

from monitor.acts import Cancel, CheckReadiness, Discharge
from monitor.entries import Leaving
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview
from ui.presenters.acting import Actor
from ui.presenters.door import door_needs, set_words
from ui.presenters.question import TICKED, Answers, Ask, Question
from ui.presenters.words import clock

_WAYS = (
    (Leaving.HOME.value, "Home"),
    (Leaving.TRANSFERRED.value, "Transferred"),
    (Leaving.AGAINST_ADVICE.value, "Against advice"),
)

_CLOSES = "The record of the visit is closed; after that it is signed."


class LeavingPresenter:
    """Asks what has to be asked before a visit can end."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know where the visit stands."""
        self._overview = overview

    def check_readiness(self) -> None:
        """Ask for the readiness checklist and who goes along, nothing ticked."""
        items = self._overview.checklist if self._overview else ()
        ticks = (Ask(key, f"{n} {words}", tick=True) for n, (key, words, _) in enumerate(items, 1))
        question = Question(
            "Ready to leave",
            ("A digit or the space bar ticks; Enter goes on.",),
            (*ticks, Ask("escort", "Goes with", "name", picks=self._named())),
            "Store the checklist",
        )

        def store(answers: Answers) -> None:
            ticked = tuple((key, answers.get(key) == TICKED) for key, _, _ in items)
            self._actor.do(CheckReadiness(items=ticked, escort=answers["escort"].strip()))
            self._actor.view.show_problem("")

        self._actor.question.ask(question, store)

    def discharge(self) -> None:
        """Ask how the patient leaves and with whom; what keeps from going home stands first."""
        question = Question(
            "The patient leaves",
            tuple(filter(None, (self._home(), self._set(), _CLOSES))),
            (
                Ask("how", "How", choices=_WAYS),
                Ask("escort", "Goes with", "name, or where to", picks=self._named()),
                Ask("reason", "Reason", "for other than home"),
            ),
            "Leaves now",
        )
        self._actor.question.ask(question, lambda answers: self._discharge(answers, question))

    def _named(self) -> tuple[tuple[str, str], ...]:
        """Return who was named already, to be taken over by a press."""
        name = self._overview.escort if self._overview else ""
        return ((name, name),) if name else ()

    def _home(self) -> str:
        """Return in a sentence whether the patient may go home, else when and what is missing."""
        overview = self._overview
        if overview is None:
            return ""
        needs = door_needs(overview, overview.seen_at)
        missing = "; ".join(need.words for need in needs if need.state == "open")
        if not missing:
            return "Home: all is met."
        if all(each.met or each.lifted for each in overview.door):
            return f"Home: let through by a prescriber, though this is missing: {missing}."
        opens = next((c.opens_at for c in overview.door if c.opens_at and not c.met), None)
        when = f"opens {clock(overview.local, opens)}" if opens else "not yet"
        return f"Home: {when}. Missing: {missing}."

    def _set(self) -> str:
        """Return how old the set is that all this rests on; nothing where there is none."""
        age = set_words(self._overview, self._overview.seen_at) if self._overview else ""
        return f"Newest full set {age}." if age else ""

    def cancel(self) -> None:
        """Ask why no drug is given."""
        words = ["No drug was given. The record stays, with the reason."]
        if self._overview and self._overview.dose.preparations:
            words.append("What was made ready is wasted afterwards, before a witness.")
        question = Question(
            "Cancel the session",
            tuple(words),
            (Ask("reason", "Reason", "It stands in the record"),),
            "Cancel the session",
            "stop",
        )
        self._actor.question.ask(
            question,
            lambda answers: self._did(Cancel(reason=answers["reason"].strip())),
        )

    def _discharge(self, answers: Answers, question: Question) -> None:
        if not answers["how"]:
            raise InputError(Code.EMPTY, "how")
        how = Leaving(answers["how"])
        escort, reason = answers["escort"].strip(), answers["reason"].strip()
        act = Discharge(how=how, escort=escort, reason=reason)
        self._actor.carry_out(act, question)

    def _did(self, act: Cancel) -> None:
        self._actor.do(act)
        self._actor.view.show_problem("")
