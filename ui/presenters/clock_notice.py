"""The strip about the clock: says what happened to it, and asks once which time is right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.clock_keeping import Question, Seen
from monitor.clock_words import jump, restart, zone_of
from monitor.entries import ClockDisturbed, ClockTrouble
from monitor.errors import Code, InputError, MonitorError
from monitor.people import CLINICIANS, Author
from ui.wording import sentence

KEEP, COMPUTER, OTHER, SEEN, AWAY = "keep", "computer", "other", "seen", "away"
"""What the strip's buttons ask for."""

KEYS = {KEEP: "Alt+K", COMPUTER: "Alt+C", OTHER: "Alt+O", SEEN: "Alt+S", AWAY: "Esc"}
"""The key of each."""

_TIME = re.compile(r"@?([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The strip.

    Attributes:
        said: What happened, in a sentence.
        means: What is asked, or what it means; why an answer was refused.
        actions: (what it asks for, the words on its button).
        asks_time: Whether a time can be typed.
        refused: Whether `means` is a refusal.
    """

    said: str
    means: str
    actions: tuple[tuple[str, str], ...] = ()
    asks_time: bool = False
    refused: bool = False


class ClockStripView(Protocol):
    """What the presenter asks of the strip."""

    def show_clock(self, face: ClockFace | None) -> None:
        """Show this; None takes the strip away. Called often, so only what changed is drawn."""
        ...


@dataclass(frozen=True, slots=True)
class ClockDoors:
    """What the presenter needs of the world.

    Attributes:
        disturbed: Looks at the computer's clocks, nothing more.
        watch: Looks at them and writes down what was done to them.
        keep: Says that the record's time is right.
        take: Says that the computer's is.
        set_to: Says which time it is.
        author: Returns who is there, None before anybody has logged in.
        zone: The station's.
    """

    disturbed: Callable[[], bool]
    watch: Callable[[], Seen]
    keep: Callable[[Author], None]
    take: Callable[[Author], None]
    set_to: Callable[[Author, dt.datetime], None]
    author: Callable[[], Author | None]
    zone: dt.tzinfo


class ClockNotice:
    """Watches the clock from one second to the next, and puts the question."""

    def __init__(self, view: ClockStripView, doors: ClockDoors) -> None:
        self._view, self._doors = view, doors
        self._seen = Seen()
        self._told: tuple[str, str] | None = None
        self._asks_time = False
        self._refusal = ""
        self._look()

    def on_tick(self, _: dt.datetime) -> None:
        """A second has passed: look at the clocks."""
        if self._doors.disturbed() or self._seen.uneasy:
            self._look()

    def on_person(self) -> None:
        """Another person is there, or nobody: offer the answers at once to whoever may give one."""
        if self._seen.question is not None:
            self._look()

    def press(self, asks: str) -> None:
        """Do what a button says."""
        self._refusal = ""
        if asks == SEEN:
            self._told = None
        elif asks == OTHER:
            self._asks_time = not self._asks_time
        else:
            self._answer(self._doors.keep if asks == KEEP else self._doors.take)
        self._look()

    def type(self, text: str) -> None:
        """Take the time that was typed for the right one."""
        question, self._refusal = self._seen.question, ""
        if question is None:
            return
        try:
            instant = typed_clock(text, question.last, self._doors.zone)
        except InputError as error:
            self._refusal = sentence(error)
        else:
            self._answer(lambda author: self._doors.set_to(author, instant))
        self._look()

    def _answer(self, say: Callable[[Author], None]) -> None:
        author = self._doors.author()
        if author is None:
            return
        try:
            say(author)
        except MonitorError as error:
            self._refusal = sentence(error)
        else:
            self._asks_time = False

    def _look(self) -> None:
        try:
            self._seen = self._doors.watch()
            for what in self._seen.noted:
                self._told = self._tell(what) or self._told
        except MonitorError:
            return  # the record cannot be had now, which is said elsewhere: try again later
        self._view.show_clock(self._face())

    def _face(self) -> ClockFace | None:
        question = self._seen.question
        if question is not None:
            return self._ask(question)
        self._asks_time = False
        if self._told is None:
            return None
        said, means = self._told
        return ClockFace(said, means, ((SEEN, "Seen"),))

    def _ask(self, question: Question) -> ClockFace:
        kept, shown = (at.astimezone(self._doors.zone) for at in (question.kept, question.shown))
        last = question.last.astimezone(self._doors.zone)
        author = self._doors.author()
        if author is None or author.role not in CLINICIANS:
            return ClockFace(_said(question, kept, shown, last), "A clinician says which is right.")
        if self._asks_time:
            means = self._refusal or f"What time is it? The last entry was at {last:%H:%M}."
            back = ((OTHER, "Back"),)
            said = _said(question, kept, shown, last)
            return ClockFace(said, means, back, asks_time=True, refused=bool(self._refusal))
        means = self._refusal or _asked(question, kept, last)
        said = _said(question, kept, shown, last)
        return ClockFace(said, means, _actions(question, kept, shown), refused=bool(self._refusal))

    def _tell(self, what: ClockDisturbed) -> tuple[str, str] | None:
        """Return what is told without a question; None for what is asked, or told elsewhere."""
        if what.trouble is not ClockTrouble.ZONE_CHANGED:
            return None
        zone = zone_of(what.kept.astimezone(self._doors.zone))
        said = f"The computer's time zone was changed: it is {zone} now."
        return said, "Times are shown and typed by it from now on; nothing moved."


def _said(question: Question, kept: dt.datetime, shown: dt.datetime, last: dt.datetime) -> str:
    if question.trouble is ClockTrouble.RESTARTED:
        return f"{restart(last, shown)}."
    return f"The computer's clock {jump(kept, shown)}."


def _asked(question: Question, kept: dt.datetime, last: dt.datetime) -> str:
    if question.trouble is not ClockTrouble.RESTARTED:
        return f"The record goes on with its own time, {kept:%H:%M}. Which is right?"
    said = f"The last entry was at {last:%H:%M}"
    if question.agree:
        return f"{said}; nothing else tells how long it was off. Is {kept:%H:%M} right?"
    return f"{said}; the record went on from there, {kept:%H:%M} now. Which is right?"


def _actions(
    question: Question, kept: dt.datetime, shown: dt.datetime
) -> tuple[tuple[str, str], ...]:
    if question.agree:
        return (KEEP, f"{kept:%H:%M} is right"), (OTHER, "Another time…")
    keep = KEEP, f"Keep {kept:%H:%M}"
    take = COMPUTER, f"{shown:%H:%M} is right"
    if question.trouble is ClockTrouble.RESTARTED:
        return keep, take, (OTHER, "Another time…")
    return keep, take


def typed_clock(text: str, last: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the first instant after the last entry at which a clock shows that time.

    Raises:
        InputError: `not-understood`.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise InputError(Code.NOT_UNDERSTOOD, "clock", token=text.strip())
    time = dt.time(int(match[1]), int(match[2]))
    floor = last.replace(second=0, microsecond=0)  # a time is typed in minutes
    day = floor.astimezone(zone).date()
    walls = [dt.datetime.combine(day + n * _DAY, time, zone) for n in (0, 1)]
    return next(at for wall in walls if (at := wall.astimezone(dt.UTC)) >= floor)
