"""Says what is coming, due and overdue in all chairs, whatever the window shows and whoever is in.

Each stage of each thing is said once: that it is coming, that it is due, that it is overdue, and
that again every five minutes until somebody sees to it. What falls due together, or while nobody
could be reminded, is said together. No word of it names a patient.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from monitor.reminders import Awaited, Reminder, reminders
from monitor.schedule import SlotState
from ui.presenters.chair_line import chair_line
from ui.presenters.due import awaited_left, awaited_name, awaited_state
from ui.presenters.words import MINUTE, chair_words, clock, late_by

REPEAT = 5 * MINUTE
"""What is overdue, and an alert that nobody has answered, is said again after this long."""

UNANSWERED = 2 * MINUTE
"""An alert is first reminded of after this long: whoever entered the reading has seen it come."""

UNHEARD = MINUTE
"""Between two looks there lies a second; where more than this, nobody could be reminded."""

MOST_CHAIRS = 6
"""So many chairs are named in one message; the others are counted."""


class Stage(enum.IntEnum):
    """How far a thing has come."""

    QUIET = 0
    COMING = 1
    DUE = 2
    PRESSING = 3  # overdue, or an alert without an answer: said again and again


Heard = tuple[Stage, int]
"""A stage, and how often it has come round."""

_NOTHING = Stage.QUIET, 0


@dataclass(frozen=True, slots=True)
class Announcement:
    """One message.

    Attributes:
        title: What kind of message it is, and of which time.
        lines: A chair each, the most pressing first.
        about: Everything that it says, also what there was no room to name.
        session_id: Where a press on it leads; empty where nowhere.
    """

    title: str
    lines: tuple[str, ...]
    about: tuple[Reminder, ...]
    session_id: str

    @property
    def words(self) -> str:
        """Return it in one breath."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class PressingFace:
    """What is overdue, unanswered, due or coming now, for a corner of every room.

    Attributes:
        alerts: In how many chairs an alert is open that is said again and again.
        overdue: In how many chairs something is overdue.
        unread: How many chairs cannot be read: nobody knows what they wait for.
        lines: A chair each, the most pressing first.
        session_id: Where a press on it leads; empty where nowhere.
        state: Of the first line: "overdue", "due", "later" or "alert"; empty where there is none.
    """

    overdue: int = 0
    lines: tuple[str, ...] = ()
    session_id: str = ""
    state: str = ""
    alerts: int = 0
    unread: int = 0

    @property
    def words(self) -> str:
        """Return it in one breath: "Chair 2: Vitals 20 overdue 4 min, 1 more chair"."""
        more = len(self.lines) - 1
        if more < 1:
            return self.lines[0] if self.lines else ""
        return f"{self.lines[0]}, {more} more {'chair' if more == 1 else 'chairs'}"


class RemindingView(Protocol):
    """What the presenter asks of tray, sound and window."""

    def announce(self, message: Announcement) -> None:
        """Let this be seen and heard, wherever the window is."""
        ...

    def show_pressing(self, face: PressingFace) -> None:
        """Show this in every room; called every second, so only what changed is drawn."""
        ...


@dataclass(frozen=True, slots=True)
class RemindingDoors:
    """What the presenter needs of the world.

    Attributes:
        look: Returns the open sessions as they stand, or raises what is wrong with the record.
        known: Returns them as they were last seen.
        unread: Returns the chairs whose session cannot be read.
        lead: So long before it is due a thing is said to be coming; nothing, never.
    """

    look: Callable[[], Sequence[SessionOverview]]
    known: Callable[[], Sequence[SessionOverview]]
    unread: Callable[[], Sequence[str]]
    lead: Callable[[], dt.timedelta]


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing that is waited for, where it stands, and in which session."""

    reminder: Reminder
    heard: Heard
    overview: SessionOverview

    @property
    def rank(self) -> tuple[int, dt.datetime]:
        due = self.reminder.due or self.overview.seen_at
        more = 2 if _is_alert(self) else _is_late(self)
        return -self.heard[0] - more, due + self.overview.local.timeline.ahead


class RemindingPresenter:
    """Decides at each look what is said.

    Args:
        since: When the program was last there, if it was closed while a session was open: what
            fell due meanwhile is said at the first look.
    """

    def __init__(
        self, view: RemindingView, doors: RemindingDoors, since: dt.datetime | None = None
    ) -> None:
        self._view, self._doors = view, doors
        self._looked = since
        self._heard: dict[tuple[str, str, str], Heard] = {}
        self._unread: frozenset[str] = frozenset()
        self._blind_since: dt.datetime | None = None
        self._told_blind = False

    def look(self, now: dt.datetime) -> None:
        """A second has passed, or something was written: say what is to be said."""
        since, self._looked = self._looked, now
        unheard = since if since is not None and now - since > UNHEARD else None
        things = [each for seen in self._sessions(now) for each in self._things(seen, now)]
        heard = self._heard
        news = [each for each in things if each.heard > heard.get(each.reminder.key, _NOTHING)]
        self._heard = {each.reminder.key: each.heard for each in things}
        lines = (*self._unreadable(), *self._blind(now))
        if news or lines:
            self._view.announce(_announcement(news, now, unheard, lines))
        self._view.show_pressing(_pressing(things, now, self._doors.unread()))

    def _sessions(self, now: dt.datetime) -> Sequence[SessionOverview]:
        """Return the sessions; where the record cannot be read, as they were last seen."""
        try:
            seen = self._doors.look()
        except MonitorError:
            self._blind_since = self._blind_since or now
            return self._doors.known()
        self._blind_since, self._told_blind = None, False
        return seen

    def _things(self, overview: SessionOverview, now: dt.datetime) -> Iterator[_Thing]:
        own, lead = overview.own(now), self._doors.lead()
        for each in reminders(overview, own):
            yield _Thing(each, heard_of(each, own, lead), overview)

    def _unreadable(self) -> tuple[str, ...]:
        """Return a line for each chair that has only now become unreadable."""
        before, self._unread = self._unread, frozenset(self._doors.unread())
        return tuple(map(_cannot_read, sorted(self._unread - before)))

    def _blind(self, now: dt.datetime) -> tuple[str, ...]:
        """Return that the record cannot be read, once it has been so for a while."""
        since = self._blind_since
        if since is None or self._told_blind or now - since < UNHEARD:
            return ()
        self._told_blind = True
        return ("The record cannot be read; reminders go by what was last seen of it.",)


def heard_of(reminder: Reminder, now: dt.datetime, lead: dt.timedelta) -> Heard:
    """Return how far a thing has come, and how often that has come round.

    What has no time (a baseline before the start, the rest of a dose in somebody's hand) is shown
    and never said.

    Args:
        reminder: What is waited for.
        now: The present instant in the session's own time.
        lead: So long before it is due it is coming.
    """
    due = reminder.due
    if due is None:
        return _NOTHING
    if reminder.what is Awaited.ALERT:
        return _again(now - due - UNANSWERED)
    if reminder.state is SlotState.OVERDUE:
        return _again(now - (reminder.until or due))
    if reminder.state is SlotState.DUE:
        waited = reminder.what is Awaited.DEVICE and now - due >= REPEAT
        return _again(now - due) if waited else (Stage.DUE, 0)
    return (Stage.COMING, 0) if lead and due - now <= lead else _NOTHING


def _again(passed: dt.timedelta) -> Heard:
    return (Stage.PRESSING, passed // REPEAT) if passed >= dt.timedelta() else _NOTHING


def _announcement(
    news: Sequence[_Thing],
    now: dt.datetime,
    unheard: dt.datetime | None,
    lines: tuple[str, ...],
) -> Announcement:
    chairs = _by_chair(news)
    title = "Chairside"
    if unheard is not None and news:
        local = news[0].overview.local
        start, end = local.present(unheard), local.present(now)
        day = "" if start.date() == end.date() else f"{start.day} {start:%B} "
        title = f"From {day}{start:%H:%M} to {end:%H:%M} nobody could be reminded"
    said = [_line(each, now, dated=unheard is not None) for each in chairs[:MOST_CHAIRS]]
    if more := len(chairs) - len(said):
        said.append(f"And {more} more {'chair' if more == 1 else 'chairs'}.")
    about = tuple(each.reminder for chair in chairs for each in chair)
    return Announcement(title, (*said, *lines), about, about[0].session_id if about else "")


def _pressing(things: Sequence[_Thing], now: dt.datetime, unread: Sequence[str]) -> PressingFace:
    chairs = _by_chair([each for each in things if each.heard[0] is not Stage.QUIET])
    lines = tuple(_line(_first(chair), now).rstrip(".") for chair in chairs)
    first = chairs[0][0].reminder if chairs else None
    return PressingFace(
        sum(any(map(_is_late, chair)) for chair in chairs),
        (*lines, *(f"{chair_words(chair)} cannot be read" for chair in unread)),
        first.session_id if first else "",
        awaited_state(first) if first else "alert" if unread else "",
        alerts=sum(any(map(_is_alert, chair)) for chair in chairs),
        unread=len(unread),
    )


def _first(chair: Sequence[_Thing]) -> Sequence[_Thing]:
    """Return what one short line says of a chair: all its alerts, else what presses most."""
    return [each for each in chair if _is_alert(each)] or chair[:1]


def _is_alert(thing: _Thing) -> bool:
    return thing.reminder.what is Awaited.ALERT


def _is_late(thing: _Thing) -> bool:
    return thing.reminder.state is SlotState.OVERDUE


def _by_chair(things: Sequence[_Thing]) -> list[list[_Thing]]:
    """Return things chair by chair, the most pressing first among chairs and in each."""
    found: dict[str, list[_Thing]] = {}
    for each in sorted(things, key=lambda thing: thing.rank):
        found.setdefault(each.reminder.session_id, []).append(each)
    return list(found.values())


def _line(things: Sequence[_Thing], now: dt.datetime, *, dated: bool = False) -> str:
    """Return one chair: "Chair 2: Vitals 20 overdue 4 min; Device 3 now."; or how much of it.

    Where several are overdue or without an answer they are counted: "3 readings overdue, longest
    53 min".
    """
    first, many = things[0], sum(each.heard[0] is Stage.PRESSING for each in things) > 1
    if many:
        overview, found = first.overview, [each.reminder for each in things]
        line = chair_line(found, overview.own(now), overview.local)
        return f"{chair_words(first.reminder.chair)}: {line.said}."
    said = "; ".join(_said(each, now, dated=dated) for each in things)
    return f"{chair_words(first.reminder.chair)}: {said}."


def _said(thing: _Thing, now: dt.datetime, *, dated: bool) -> str:
    reminder, own, local = thing.reminder, thing.overview.own(now), thing.overview.local
    name, due = awaited_name(reminder), reminder.due
    if reminder.state is SlotState.LATER and due is not None:
        return f"{name} in {-((own - due) // MINUTE)} min"
    left = awaited_left(reminder, own, local)
    if dated and due is not None and reminder.state is SlotState.OVERDUE:
        left += f", due {clock(local, due)}"
    elif reminder.what is Awaited.DEVICE and due is not None and left != "now":
        left = f"due since {clock(local, due)}, {late_by(own - due)}"
    return f"{name} {left}"


def _cannot_read(chair: str) -> str:
    return f"{chair_words(chair)}: its session cannot be read, so nothing is reminded of there."
