"""The audit desk's page of sessions: which are asked for, which were found, a sample of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

from monitor.errors import Code, InputError, MonitorError
from monitor.overview import SessionOverview
from monitor.sampling import drawn
from monitor.searching import Progress, Wanted
from ui.presenters.audit_asked import Asked, SessionRow, in_words, session_row, wanted_of
from ui.presenters.gate import Run
from ui.presenters.words import grouped
from ui.wording import sentence

COUNT = "count"
"""The field of how many to draw."""

NOTHING_YET = "No session was opened in this record yet."
NOTHING_FOUND = (
    "No session fits all of that. Widen the days, leave the person out, or ask for any chair, "
    "protocol, state and anything found."
)
NOT_LOOKED = "Nothing was looked for: put right what is marked, and look again."
STOPPED = "Stopped; what is shown was found before."
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the lists offer: (value, words)."""

    chairs: tuple[tuple[str, str], ...]
    protocols: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]


STATUSES: tuple[tuple[str, str], ...] = (
    ("", "Any state"),
    ("open", "Open"),
    ("closed", "Closed, not signed"),
    ("signed", "Signed"),
    ("co-signed", "Co-signed"),
    ("cancelled", "Cancelled"),
)


class SessionsView(Protocol):
    """What the presenter asks of the page."""

    def show_choices(self, choices: Choices) -> None:
        """Offer these; what is chosen stays where it is still offered."""
        ...

    def show_sessions(self, rows: Sequence[SessionRow], count: str, nothing: str) -> None:
        """Show these rows, how many there are, and what stands there where there are none."""
        ...

    def show_searching(self, share: float | None, said: str) -> None:
        """Show how much was looked at, from 0 to 1; None where nothing is under way."""
        ...

    def show_problem(self, field: str, said: str) -> None:
        """Say what is to be put right, at its field; both empty take it away."""
        ...

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or why it was not; empty takes it away."""
        ...

    def put_seed(self, seed: str) -> None:
        """Let the field of the seed hold this one."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where the table shall go."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsDoors:
    """What the page needs of the world.

    Attributes:
        search: Looks for sessions; slow.
        choices: Reads what the lists offer.
        note: Puts on record that it was looked: "search" or "sample", and what was asked for.
        save: Writes a table of sessions to a file and puts on record that it left; slow.
        chance: Draws a seed.
    """

    search: Callable[[Wanted, Progress], tuple[SessionOverview, ...]]
    choices: Callable[[], Choices]
    note: Callable[[str, str], None]
    save: Callable[[Path, Sequence[SessionOverview]], None]
    chance: Callable[[], str]
    run: Run


class _StopError(Exception):
    """Ends a search that nobody waits for any more."""


class SessionsPresenter:
    """Asks for sessions, shows what was found, draws a sample of it."""

    def __init__(self, view: SessionsView, doors: SessionsDoors) -> None:
        self._view, self._doors = view, doors
        self._found: tuple[SessionOverview, ...] = ()
        self._shown: tuple[SessionOverview, ...] = ()
        self._sample = self._seed = ""
        self._stop: Event | None = None
        self._narrow = False  # whether anything but all sessions was asked for
        self._fresh = True
        self.stepped: Callable[[int, int], None] = lambda _, __: None

    def refresh(self) -> None:
        """Offer what there is; the first time, show all there is."""
        try:
            self._view.show_choices(self._doors.choices())
        except MonitorError as error:
            self._view.show_said(sentence(error), well=False)
            return
        if self._fresh:
            self.search(Asked())

    def close(self) -> None:
        """Show nothing any more: the page is gone."""
        self.stop()

    def stop(self) -> None:
        """End a search that is under way; what was shown before stays."""
        if self._stop is not None:
            self._stop.set()

    def on_step(self, done: int, of: int) -> None:
        """Show how far the search is; called on the window's thread."""
        if self._stop is not None and of:
            self._view.show_searching(done / of, f"{grouped(done)} of {grouped(of)} looked at")

    def search(self, asked: Asked) -> None:
        """Look for what is asked for; a search that is under way makes room."""
        try:
            wanted = wanted_of(asked)
        except InputError as error:
            self.stop()
            self._found, self._shown, self._sample = (), (), ""
            self._view.show_sessions((), "", NOT_LOOKED)  # what was found is of another question
            self._view.show_problem(error.field, sentence(error))
            return
        self._view.show_problem("", "")
        self.stop()
        stop = self._stop = Event()
        words, self._narrow = in_words(asked), wanted != Wanted()
        self._view.show_searching(0.0, "Looking …")
        self._doors.run(
            lambda: self._look(wanted, words, stop), lambda future: self._looked(future, stop)
        )

    def _look(self, wanted: Wanted, words: str, stop: Event) -> tuple[SessionOverview, ...]:
        def told(done: int, of: int) -> None:
            if stop.is_set():
                raise _StopError
            self.stepped(done, of)

        found = self._doors.search(wanted, told)
        self._doors.note("search", words)
        return found

    def _looked(self, future: Future[tuple[SessionOverview, ...]], stop: Event) -> None:
        if self._stop is not stop:
            return  # another search has taken its place
        self._stop = None
        self._view.show_searching(None, "")
        try:
            self._found = future.result()
        except _StopError:
            self._view.show_said(STOPPED)
            return
        except MonitorError as error:
            self._view.show_said(sentence(error), well=False)
            return
        self._fresh, self._sample = False, ""
        self._view.show_said("")
        self._show(self._found)

    def draw(self, count: str, seed: str) -> None:
        """Draw a sample of what was found.

        Args:
            count: How many, as typed.
            seed: As typed; empty draws one by chance.
        """
        if not _NUMBER.fullmatch(count.strip()):
            error = InputError(Code.NOT_UNDERSTOOD, COUNT, token=count.strip())
            self._view.show_problem(COUNT, sentence(error))
            return
        self._view.show_problem("", "")
        seed = seed.strip() or self._doors.chance()
        self._view.put_seed(seed)
        chosen = drawn((seen.session_id for seen in self._found), int(count), seed)
        by_id = {seen.session_id: seen for seen in self._found}
        self._seed = seed
        many, of = grouped(len(chosen)), grouped(len(self._found))
        self._sample = f"seed {seed}, {many} of {of}"
        self._show([by_id[session_id] for session_id in chosen])
        self._view.show_said(_sample_words(int(count), len(self._found), seed))
        note = self._sample
        self._doors.run(lambda: self._doors.note("sample", note), self._noted)

    def all(self) -> None:
        """Show all that was found again, and no sample."""
        self._sample = ""
        self._view.show_said("")
        self._show(self._found)

    def ask_where(self) -> None:
        """Ask where the table of what is shown shall go."""
        if not self._shown:
            self._view.show_said("There is no session to save; look for some first.", well=False)
            return
        many = f"{len(self._shown)}"
        name = f"sample-{many}-of-{len(self._found)}{_in_a_name(self._seed)}"
        self._view.ask_where(f"{name if self._sample else f'sessions-{many}'}.csv")

    def save(self, path: Path) -> None:
        """Write the table of what is shown."""
        shown, sample = self._shown, self._sample

        def saved(future: Future[None]) -> None:
            try:
                future.result()
            except (MonitorError, OSError) as error:
                said = sentence(error) if isinstance(error, MonitorError) else _unwritten(error)
                self._view.show_said(said, well=False)
                return
            of = f" ({sample})" if sample else ""
            self._view.show_said(f"Saved to {path}: {_many(len(shown))}{of}. It names patients.")

        self._doors.run(lambda: self._doors.save(path, shown), saved)

    def at(self, place: int) -> SessionOverview:
        """Return the session in that row."""
        return self._shown[place]

    def _noted(self, future: Future[None]) -> None:
        try:
            future.result()
        except MonitorError as error:
            self._view.show_said(sentence(error), well=False)

    def _show(self, shown: Sequence[SessionOverview]) -> None:
        self._shown = tuple(shown)
        nothing = "" if shown else NOTHING_FOUND if self._narrow else NOTHING_YET
        count = _many(len(shown))
        if self._sample:
            count = f"{count} of {grouped(len(self._found))}, a sample"
        self._view.show_sessions([session_row(seen) for seen in shown], count, nothing)


def _in_a_name(seed: str) -> str:
    """Return a seed for the file's name; words that somebody typed might name a patient."""
    return f"-seed-{seed}" if seed.isascii() and seed.isdecimal() else ""


def _many(count: int) -> str:
    return f"{grouped(count)} session{'' if count == 1 else 's'}"


def _unwritten(error: OSError) -> str:
    return f"{error.filename or 'The file'} cannot be written: {error.strerror or 'unknown'}."


def _sample_words(count: int, found: int, seed: str) -> str:
    repeat = f"With the seed {seed} anybody draws the same sample of the same sessions again."
    if count >= found:
        return f"That is all there are: {grouped(found)}. {repeat}"
    return f"A sample of {grouped(count)} of {grouped(found)}. {repeat}"
