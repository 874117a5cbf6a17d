"""The locked screen: who may come back, and what the chairs are waiting for, without a name."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import Code, MonitorError
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.reminders import reminders
from ui.presenters.chair_line import chair_line
from ui.presenters.gate import Run, Typed
from ui.presenters.words import chair_words
from ui.wording import sentence

_ORDER = ("alert", "overdue", "due", "later")


@dataclass(frozen=True, slots=True)
class LockRow:
    """What one chair is waiting for.

    Attributes:
        state: "overdue", "due", "later" or "alert".
    """

    chair: str
    words: str
    left: str
    state: str


@dataclass(frozen=True, slots=True)
class LockFace:
    """What does not change while the screen is locked.

    Attributes:
        why: Why it locked: by whom, or after how long without a key.
        asks: What stands over the password's field.
        kept: That half-typed lines are kept, and for whom; empty where there are none.
        other: What becomes of all that when somebody else logs in.
    """

    title: str
    why: str
    asks: str
    kept: str
    other: str


class LockView(Protocol):
    """What the presenter asks of the page."""

    def show_lock(self, face: LockFace) -> None:
        """Begin anew with an empty password, which has the focus."""
        ...

    def show_rows(self, rows: tuple[LockRow, ...]) -> None:
        """Show what is waited for; called every second, so only what changed is drawn."""
        ...

    def ask_someone_else(self, *, asks: bool) -> None:
        """Ask for a user name too, or only for the password again."""
        ...

    def show_problem(self, field: str, said: str) -> None:
        """Say in one sentence what is wrong, at its field where one is at fault."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile. Empty ends it."""
        ...


@dataclass(frozen=True, slots=True)
class LockDoors:
    """What the presenter needs of the world.

    Attributes:
        unlock: Takes user and password of who was here; returns who it is, or refuses.
        log_in: The same of somebody else.
        overviews: Returns the open sessions.
        run: Does slow work beside the window.
        zone: The clinic's time zone.
    """

    unlock: Callable[[str, str], Author]
    log_in: Callable[[str, str], Author]
    overviews: Callable[[], Sequence[SessionOverview]]
    run: Run
    zone: dt.tzinfo


class LockPresenter:
    """Lets the same person back, or somebody else in; the chairs go on meanwhile."""

    def __init__(self, view: LockView, doors: LockDoors, then: Callable[[Author], None]) -> None:
        self._view, self._doors, self._then = view, doors, then
        self._author: Author | None = None
        self._overviews: Sequence[SessionOverview] = ()
        self._other = self._busy = False

    def begin(
        self, author: Author, now: dt.datetime, *, idle: int = 0, kept: Sequence[str] = ()
    ) -> None:
        """Lock.

        Args:
            author: Who was here.
            now: The present instant.
            idle: After how many minutes without a key it locked by itself; 0 where it did not.
            kept: In which chairs a half-typed line is kept.
        """
        self._author, self._other, self._busy = author, False, False
        name = author.name
        self._view.show_lock(
            LockFace(
                title=f"Locked at {now.astimezone(self._doors.zone):%H:%M}",
                why=f"after {_minutes(idle)} without a key" if idle else f"by {name}",
                asks=f"Password of {name}",
                kept=_kept(kept, name),
                other=f"That closes what {name} has open. Half-typed lines are kept for {name}; "
                "an open question, a rating and a half-typed amendment are not.",
            )
        )
        self.on_tick(now)

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: say how the chairs stand."""
        with contextlib.suppress(MonitorError):  # what was seen last still says what is due
            self._overviews = self._doors.overviews()
        self._view.show_rows(lock_rows(self._overviews, now))

    def someone_else(self) -> None:
        """Ask who else it is."""
        self._ask(other=True)

    def back(self) -> None:
        """Ask for the first one's password again."""
        if self._other:
            self._ask(other=False)

    def submit(self, typed: Typed) -> None:
        """Try what was typed."""
        author = self._author
        if author is None or self._busy:
            return
        user = typed.get("user", "").strip() if self._other else author.user
        password = typed.get("password", "")
        empty = "" if user else "user"
        empty = empty or ("" if password.strip() else "password")
        if empty:
            words = {"user": "Type your user name.", "password": "Type your password."}[empty]
            self._view.show_problem(empty, words)
            return
        same = user.casefold() == author.user.casefold()
        door = self._doors.unlock if same else self._doors.log_in
        self._set_busy("One moment …")
        self._doors.run(lambda: door(user, password), self._answered)

    def _ask(self, *, other: bool) -> None:
        if not self._busy:
            self._other = other
            self._view.ask_someone_else(asks=other)

    def _answered(self, future: Future[Author]) -> None:
        self._set_busy("")
        try:
            author = future.result()
        except MonitorError as error:
            wrong = error.code is Code.WRONG_PASSWORD
            self._view.show_problem("password" if wrong else "", sentence(error))
            return
        if self._author is not None:
            self._author = None
            self._then(author)

    def _set_busy(self, said: str) -> None:
        self._busy = bool(said)
        self._view.show_busy(said)


def lock_rows(overviews: Sequence[SessionOverview], now: dt.datetime) -> tuple[LockRow, ...]:
    """Return a line a chair, open alerts first, then overdue: no name and no value in it."""
    found = [each for overview in overviews for each in _of(overview, now)]
    found.sort(key=lambda each: each[:2])
    return tuple(row for *_, row in found)


def _of(overview: SessionOverview, now: dt.datetime) -> Iterator[tuple[int, dt.datetime, LockRow]]:
    """Give the one line of a chair that waits for something, and what it is sorted by."""
    own = overview.own(now)
    if waiting := reminders(overview, own):
        line, chair = chair_line(waiting, own, overview.local), chair_words(overview.chair)
        row = LockRow(chair, line.words, line.left, line.state)
        yield _ORDER.index(line.state), (line.since or own) - own + now, row


def _minutes(count: int) -> str:
    return f"{count} minute{'s' if count > 1 else ''}"


def _kept(chairs: Sequence[str], name: str) -> str:
    """Say where a half-typed line is kept; nothing of the line itself."""
    if not chairs:
        return ""
    named = [f"chair {chair}" if chair.isdigit() else chair for chair in sorted(chairs)]
    if len(named) == 1:
        return f"A half-typed line in {named[0]} is kept for {name}."
    return f"Half-typed lines in {', '.join(named[:-1])} and {named[-1]} are kept for {name}."
