"""What is said of one event: that it is over and since when, and what makes it a serious one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from monitor.acts import MarkSerious, NoteEvent, ResolveEvent
from monitor.entries import Criterion, EventKind
from monitor.errors import Code, InputError
from monitor.overview import EventView, SeriousView, SessionOverview
from ui.presenters.acting import Actor
from ui.presenters.question import Answers, Ask, Question
from ui.presenters.typed_at import typed_at
from ui.presenters.words import clock


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """Something that began and is not yet over.

    Attributes:
        since: Since when, and how bad where its words do not say it: "severe, since 10:05".
        serious: Whether it is a serious adverse event.
        number: As on its flag in the chart.
    """

    uid: str
    words: str
    since: str
    serious: bool = False
    number: int = 0

    @property
    def said(self) -> str:
        """Return the words behind the number."""
        return f"{self.number}  {self.words}"


def open_events(overview: SessionOverview) -> tuple[OpenEvent, ...]:
    """Return the effects that nobody has said to be over, the newest first."""
    if overview.status == "cancelled":
        return ()
    return tuple(
        OpenEvent(
            event.uid,
            event.text[:1].upper() + event.text[1:],
            _since(event, overview),
            serious=event.serious is not None,
            number=event.number,
        )
        for event in reversed(overview.events)
        if event.is_open_effect
    )


def event_words(event: EventView) -> str:
    """Return an event's own words, and how bad it is where they do not say it."""
    words = event.text[:1].upper() + event.text[1:]
    severity = _unsaid(event)
    return f"{words}, {severity}" if severity else words


class EventQuestions:
    """Asks about one event; each is named by its uid or by its number in the chart.

    Args:
        actor: Does what is answered.
        amend: Asks what is to stand in an event's place.
        now: Returns the present instant, in the session's own time.
        zone: The clinic's time zone, in which times are typed.
    """

    def __init__(
        self,
        actor: Actor,
        amend: Callable[[str], None],
        now: Callable[[], dt.datetime],
        zone: dt.tzinfo,
    ) -> None:
        self._actor, self._amend, self._now, self._zone = actor, amend, now, zone
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know what has happened."""
        self._overview = overview

    def note(self, act: NoteEvent) -> None:
        """Store an event at once."""
        self._actor.attempt(act, act.text.capitalize(), "Store")

    def resolve(self, which: str) -> None:
        """Say that an event is over now."""
        event = self._find(which)
        if event is not None:
            self._actor.attempt(ResolveEvent(event=event.uid), "The event is over", "Over")

    def over(self, which: str) -> None:
        """Ask when an event was over."""
        event, overview = self._find(which), self._overview
        if event is None or overview is None:
            return
        question = Question(
            f"{event_words(event)}: over",
            (_began(event, overview),),
            (Ask("at", "When", "empty for now, or 10:20, -5m", field="time"),),
            "Over",
        )
        self._actor.question.ask(question, lambda answers: self._over(event.uid, answers))

    def more(self, which: str) -> None:
        """Ask what is to be said of an event: over, put right, or serious."""
        event, overview = self._find(which), self._overview
        if event is None or overview is None:
            return
        ways = [("over", "It is over, now or before")] if event.is_open_effect else []
        ways.append(("amend", "Put right what it says"))
        if event.sort is EventKind.EFFECT:
            ways.append(("serious", "Serious adverse event"))
        question = Question(
            event_words(event),
            (_began(event, overview),),
            (Ask("what", "What is to be said", choices=tuple(ways)),),
            "Go on",
        )
        self._actor.question.ask(question, lambda answers: self._go_on(event.uid, answers))

    def serious(self, which: str = "") -> None:
        """Ask what makes an event serious; first of which one, where none is named."""
        overview, event = self._overview, self._find(which)
        if overview is None:
            return
        if event is None:
            self._ask_which(overview)
            return
        said = event.serious
        question = Question(
            f"Serious: {event_words(event)}",
            (_began(event, overview),),
            (*_CRITERIA, *_WORDS, *(_AGAIN if said else ())),
            f"Store: {_short(event.text)}",
            struck=_said(said) if said else "",
            pinned=True,
        )
        self._actor.question.ask(question, lambda answers: self._serious(event.uid, answers))

    def _ask_which(self, overview: SessionOverview) -> None:
        """Ask which side effect it is, before anything is asked about it."""
        which = _which(overview)
        if not which.choices:
            self._actor.view.show_problem(_NO_EFFECT)
            return
        question = Question("Serious adverse event", (), (which,), "Go on")

        def go_on(answers: Answers) -> None:
            if not answers["event"]:
                raise InputError(Code.EMPTY, "event")
            self.serious(answers["event"])

        self._actor.question.ask(question, go_on)

    def _over(self, uid: str, answers: Answers) -> None:
        zone = self._overview.local.timeline.zone(self._zone) if self._overview else self._zone
        at = typed_at(answers["at"], self._now(), zone)
        self._actor.do(ResolveEvent(event=uid, at=at))
        self._actor.view.show_problem("")

    def _go_on(self, uid: str, answers: Answers) -> None:
        ways = {"over": self.over, "serious": self.serious, "amend": self._amend}
        if answers["what"] not in ways:
            raise InputError(Code.EMPTY, "what")
        ways[answers["what"]](uid)

    def _serious(self, uid: str, answers: Answers) -> None:
        ticked = tuple(each for each in Criterion if answers[each.value])
        back = bool(answers.get("back"))
        if not ticked and not back:
            raise InputError(Code.EMPTY, "criteria", allowed=tuple(CRITERION_WORDS.values()))
        self._actor.do(
            MarkSerious(
                event=uid,
                criteria=() if back else ticked,
                description=answers["description"],
                treated=answers["treated"],
                reason=answers.get("reason", "").strip(),
            )
        )
        self._actor.view.show_problem("")

    def _find(self, which: str) -> EventView | None:
        events = self._overview.events if self._overview else ()
        noted = (event for event in events if event.kind == "event" and which)
        return next((event for event in noted if which in (event.uid, str(event.number))), None)


CRITERION_WORDS = {
    Criterion.DEATH: "Death",
    Criterion.LIFE_THREATENING: "Life-threatening",
    Criterion.HOSPITALISED: "Hospitalised",
    Criterion.DISABILITY: "Disability or permanent damage",
    Criterion.IMPORTANT: "Medically important",
}


def _unsaid(event: EventView) -> str:
    """Return how bad an event is where its own words do not say it."""
    severity = event.severity.value if event.severity else ""
    return "" if severity in event.text.casefold() else severity


def _since(event: EventView, overview: SessionOverview) -> str:
    since = f"since {clock(overview.local, event.at)}"
    return ", ".join(filter(None, (_unsaid(event), since)))


def _began(event: EventView, overview: SessionOverview) -> str:
    over = f", over {clock(overview.local, event.resolved)}" if event.resolved else ""
    return f"It began at {clock(overview.local, event.at)}{over}."


def _which(overview: SessionOverview) -> Ask:
    noted = (e for e in reversed(overview.events) if e.sort is EventKind.EFFECT)
    effects = (event for event in noted if event.kind == "event")
    choices = tuple(
        (e.uid, f"{e.number}  {clock(overview.local, e.at)} {event_words(e)}") for e in effects
    )
    return Ask("event", "Which event", choices=choices)


def _short(words: str) -> str:
    first = words.partition(" ")[0]
    return first if len(first) <= _BUTTON else f"{first[: _BUTTON - 1]}…"


_BUTTON = 9  # letters beside "Store: " and the other button
_NO_EFFECT = "Note the side effect first, by its word or F6; then say that it is serious."


def _said(serious: SeriousView) -> str:
    criteria = ", ".join(CRITERION_WORDS[each] for each in serious.criteria)
    treated = f" Treated: {serious.treated}" if serious.treated else ""
    return f"{criteria}. {serious.description}{treated}"


_CRITERIA = tuple(
    Ask(each.value, f"{place}  {words}", tick=True, field="criteria" if place == 1 else "")
    for place, (each, words) in enumerate(CRITERION_WORDS.items(), 1)
)
_WORDS = (
    Ask("description", "What happened", "for the form"),
    Ask("treated", "What was done about it", "empty if nothing"),
)
_AGAIN = (
    Ask("back", "6  Not serious after all", tick=True),
    Ask("reason", "Reason", "It stands in the record"),
)
