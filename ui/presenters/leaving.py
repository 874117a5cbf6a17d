"""The end of a visit: the checklist, leaving, and no drug at all."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.acts import Cancel, CheckReadiness, Discharge
from monitor.entries import Leaving
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview
from monitor.schedule import SlotState
from ui.presenters.acting import Actor
from ui.presenters.door import door_needs, set_words
from ui.presenters.question import TICKED, Answers, Ask, Question
from ui.presenters.words import clock, slot_name

_WAYS = (
    (Leaving.HOME.value, "Home"),
    (Leaving.TRANSFERRED.value, "Transferred"),
    (Leaving.AGAINST_ADVICE.value, "Against advice"),
)

_NOT_HOME = frozenset(way.value for way in Leaving) - {Leaving.HOME.value}
_MOST_NAMED = 4

_CLOSES = "This closes the visit; then it is signed."


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
            "Checklist before leaving",
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
            self._words(),
            (
                Ask("how", "How", choices=_WAYS),
                Ask("escort", "Goes with", "name, or where to", picks=self._named()),
                Ask("reason", "Reason", "for other than home", only=("how", _NOT_HOME)),
            ),
            "Leaves now",
            pinned=True,
        )
        self._actor.question.ask(question, lambda answers: self._discharge(answers, question))

    def _words(self) -> tuple[str, ...]:
        return tuple(filter(None, (self._home(), *self._known(), _CLOSES)))

    def _known(self) -> tuple[str, ...]:
        """Return what a person who lets somebody go should know: overdue sets, the set's age."""
        overview = self._overview
        if overview is None:
            return ()
        return tuple(filter(None, (self._set(), _overdue(overview))))

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
        missing = _some([need.words for need in needs if need.state == "open"], "; ")
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
        return f"Newest full set {age}." if age else "No full set since the dose ended."

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
        untold = _untold(how, escort, reason)
        if untold:
            self._ask_untold(act, untold)
        else:
            self._actor.carry_out(act, question, self._known())

    def _ask_untold(self, act: Discharge, untold: tuple[Ask, ...]) -> None:
        """Ask once for what was left empty of a transfer or a departure against advice.

        It may stay empty, for nobody is kept by a program: the button leaves all the same.
        """
        transferred = act.how is Leaving.TRANSFERRED
        words = [f"{_open_alerts(self._overview)}", *self._known()]
        why = any(ask.key == "reason" for ask in untold)
        words.append("Left empty, the reason is a gap that blocks the signature." if why else "")
        question = Question(
            "Transferred" if transferred else "Leaves against advice",
            tuple(filter(None, words)),
            untold,
            "Leaves now",
            pinned=True,
        )

        def leave(answers: Answers) -> None:
            escort = answers.get("escort", "").strip() or act.escort
            reason = answers.get("reason", "").strip() or act.reason
            self._actor.carry_out(Discharge(how=act.how, escort=escort, reason=reason), question)

        self._actor.question.ask(question, leave)

    def _did(self, act: Cancel) -> None:
        self._actor.do(act)
        self._actor.view.show_problem("")


def _untold(how: Leaving, escort: str, reason: str) -> tuple[Ask, ...]:
    """Return what is asked once more: where to, and why."""
    place = Ask("escort", "Where to", "ward, hospital, or who took over")
    why = Ask("reason", "Reason", "It stands in the record")
    wanted = ((place, how is Leaving.TRANSFERRED and not escort), (why, not reason))
    return tuple(ask for ask, lacks in wanted if lacks and how is not Leaving.HOME)


def _overdue(overview: SessionOverview) -> str:
    """Return which sets are overdue, by name; empty for none."""
    names = [slot_name(s.name) for s in overview.slots if s.state is SlotState.OVERDUE]
    return f"Overdue: {_some(names, ', ')}." if names else ""


def _some(names: Sequence[str], between: str) -> str:
    """Return names as they are listed, and how many more there are than can be named."""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return between.join(names[:_MOST_NAMED]) + more


def _open_alerts(overview: SessionOverview | None) -> str:
    count = sum(alert.state == "open" for alert in overview.alerts) if overview else 0
    return f"{count} {'alert is' if count == 1 else 'alerts are'} open." if count else ""
