"""What is said about the record afterwards: amended, missed, explained, over."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.acts import Amend, Explain, MissSlot, NoteEvent, ResolveEvent
from monitor.entries import EventKind
from monitor.errors import Code, InputError, MonitorError
from monitor.overview import ReadingView, SessionOverview
from ui.presenters.acting import Actor
from ui.presenters.question import Answers, Ask, Question
from ui.presenters.words import SIGN_NAMES, clock, measured, slot_name


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """Something that began and is not yet over."""

    uid: str
    words: str
    since: str


def open_events(overview: SessionOverview) -> tuple[OpenEvent, ...]:
    """Return the effects that nobody has said to be over, the newest first."""
    if overview.status == "cancelled":
        return ()
    return tuple(
        OpenEvent(e.uid, e.text[:1].upper() + e.text[1:], f"since {clock(overview.local, e.at)}")
        for e in reversed(overview.events)
        if e.kind == "event" and e.sort is EventKind.EFFECT and e.resolved is None
    )


class MendingPresenter:
    """Asks for reasons; the old value always stays in sight."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._overview: SessionOverview | None = None
        self._confirmed = ""

    def refresh(self, overview: SessionOverview) -> None:
        """Know what there is to mend."""
        self._overview = overview

    def amend(self, uid: str) -> None:
        """Ask for a reading's whole new line; the old one stands above it, never in it."""
        row = next((r for r in self._readings() if r.uid == uid), None)
        if row is None or self._overview is None:
            return
        at = clock(self._overview.local, row.measured)
        self._confirmed = ""
        question = Question(
            f"Amend the reading of {at}",
            (f"It says {_said(row)}.", "It stays in the record, struck through."),
            (
                Ask("text", "The whole new line", "as in the entry line"),
                Ask("reason", "Reason", "It stands in the record"),
            ),
            "Amend",
        )
        self._actor.question.ask(question, lambda answers: self._amend(uid, answers))

    def miss(self, slot: str) -> None:
        """Ask why an observation was not made."""
        question = Question(
            f"{slot_name(slot)} was missed",
            ("A reading that comes later still takes its place; both are printed.",),
            (Ask("reason", "Why", "in the bathroom, asleep"),),
            "Store as missed",
        )
        self._actor.question.ask(
            question,
            lambda answers: self._do(MissSlot(slot=slot, reason=answers["reason"].strip())),
        )

    def explain(self, gap: str, about: str, words: str) -> None:
        """Ask for the explanation of a gap."""
        question = Question(
            words, (), (Ask("reason", "Explanation", "It stands in the record"),), "Explain"
        )
        self._actor.question.ask(
            question,
            lambda answers: self._do(
                Explain(gap=gap, about=about, reason=answers["reason"].strip())
            ),
        )

    def note_event(self, text: str) -> None:
        """Store an event of the pick list at once."""
        self._actor.attempt(NoteEvent(text=text), text.capitalize(), "Store")

    def resolve(self, which: str) -> None:
        """Say that an event, named by its uid or its number, is over."""
        events = self._overview.events if self._overview else ()
        found = next((e for e in events if which in (e.uid, str(e.number))), None)
        if found is not None:
            self._actor.attempt(ResolveEvent(event=found.uid), "The event is over", "Over")

    def _amend(self, uid: str, answers: Answers) -> None:
        text = answers["text"].strip()
        if not text:
            raise InputError(Code.EMPTY, "text")
        act = Amend(
            entry=uid,
            text=text,
            reason=answers["reason"].strip(),
            confirm=self._confirmed == text,
        )
        try:
            self._do(act)
        except MonitorError as error:
            self._confirmed = text if error.code is Code.IMPLAUSIBLE else ""
            raise

    def _do(self, act: Amend | MissSlot | Explain) -> None:
        self._actor.do(act)
        self._actor.view.show_problem("")

    def _readings(self) -> tuple[ReadingView, ...]:
        return self._overview.readings if self._overview else ()


def _said(row: ReadingView) -> str:
    return ", ".join(
        f"{SIGN_NAMES[sign]} {measured(sign, value)}"
        for sign in row.reading.taken()
        if (value := row.reading.value(sign)) is not None
    )
