"""The audit desk's page on measured against entered: how late, by whom, how often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Protocol

from monitor.errors import InputError, MonitorError
from monitor.lateness import BOUNDS, Kind, Lag, Lateness, Tally
from monitor.searching import Progress, Wanted
from ui.presenters.audit_asked import Asked, wanted_of
from ui.presenters.gate import Run
from ui.presenters.printing import Printing
from ui.presenters.words import grouped
from ui.wording import sentence

CLASSES = (
    f"Under {BOUNDS[0]} min",
    *(f"{low} to {high - 1}" for low, high in pairwise(BOUNDS)),
    f"{BOUNDS[-1]} or more",
)
PEOPLE_HEADS = ("Who", "Entries", *CLASSES, "Median", "Longest", "Amended")
LATE_HEADS = ("Measured", "Entered", "Minutes", "Session", "What", "By")
LATE = BOUNDS[1]
"""Entries from so many minutes on are listed one by one."""

MOST = 500
"""So many of them at most; the table that is saved has every entry."""

NOTHING = "Nothing was entered in sessions of these days."
ALL_SOON = f"Every entry of these days was made in less than {LATE} minutes."
NOT_COUNTED = "Nothing is counted yet; name the days and look."
STOPPED = "Stopped; what is shown was counted before."


@dataclass(frozen=True, slots=True)
class LateRow:
    """One person, or one late entry, as it is shown.

    Attributes:
        cells: (upper, lower) of each column.
        said: The whole row for a screen reader.
    """

    cells: tuple[tuple[str, str], ...]
    said: str


class LateView(Protocol):
    """What the presenter asks of the page."""

    def show_late(
        self, people: Sequence[LateRow], late: Sequence[LateRow], said: str, nothing: str
    ) -> None:
        """Show who was late how often, and the late entries; or why there are none."""
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

    def ask_where(self, name: str) -> None:
        """Ask where a file shall go."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print; call *printed* with its name once it has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LateDoors:
    """What the page needs of the world.

    Attributes:
        gather: Reads the sessions of some days; slow.
        save: Writes it as table or PDF, by the file's ending, and puts on record that it left.
        draw: Draws it as PDF; slow.
        note_print: Puts on record that it was printed: (content, the printer's name).
    """

    gather: Callable[[Wanted, Progress], Lateness]
    save: Callable[[Path, Lateness], None]
    draw: Callable[[Lateness], bytes]
    note_print: Callable[[bytes, str], None]
    run: Run


class _StopError(Exception):
    """Ends a count that nobody waits for any more."""


class LatePresenter:
    """Counts how late entries were made in some days."""

    def __init__(self, view: LateView, doors: LateDoors) -> None:
        self._view, self._doors = view, doors
        self._seen: Lateness | None = None
        self._stop: Event | None = None
        self._is_open = True
        self.stepped: Callable[[int, int], None] = lambda _, __: None
        view.show_late((), (), "", NOT_COUNTED)

    def close(self) -> None:
        """Show nothing any more."""
        self._is_open = False
        self.stop()

    def stop(self) -> None:
        """End a count that is under way."""
        if self._stop is not None:
            self._stop.set()

    def on_step(self, done: int, of: int) -> None:
        """Show how far it is; called on the window's thread."""
        if self._stop is not None and of:
            self._view.show_searching(done / of, f"{grouped(done)} of {grouped(of)} looked at")

    def look(self, first: str, last: str) -> None:
        """Count the days that are typed; empty is from the beginning, or until today."""
        try:
            wanted = wanted_of(Asked(first, last))
        except InputError as error:
            self._view.show_problem(error.field, sentence(error))
            return
        self._view.show_problem("", "")
        self.stop()
        stop = self._stop = Event()
        self._view.show_searching(0.0, "Looking …")
        self._doors.run(lambda: self._gather(wanted, stop), lambda done: self._looked(done, stop))

    def _gather(self, wanted: Wanted, stop: Event) -> Lateness:
        def told(done: int, of: int) -> None:
            if stop.is_set():
                raise _StopError
            self.stepped(done, of)

        return self._doors.gather(wanted, told)

    def _looked(self, future: Future[Lateness], stop: Event) -> None:
        if self._stop is not stop:
            return
        self._stop = None
        self._view.show_searching(None, "")
        try:
            self._seen = seen = future.result()
        except _StopError:
            self._view.show_said(STOPPED)
            return
        except MonitorError as error:
            self._view.show_said(sentence(error), well=False)
            return
        self._view.show_said("")
        late = [lag for lag in seen.lags if lag.minutes >= LATE]
        rows = (*seen.people, seen.all) if seen.all.entries else ()
        nothing = NOTHING if not rows else "" if late else ALL_SOON
        said = summary(seen, len(late)) if rows else ""
        self._view.show_late(
            list(map(person_row, rows)), list(map(lag_row, late[:MOST])), said, nothing
        )

    def ask_where(self, ending: str) -> None:
        """Ask where what is shown shall go.

        Args:
            ending: ".csv" or ".pdf".
        """
        if self._seen is None:
            self._view.show_said(NOT_COUNTED, well=False)
            return
        days = f"{self._seen.first}-to-{self._seen.last}"
        self._view.ask_where(f"entered-late-{days}{ending}")

    def print_it(self) -> None:
        """Print what is shown."""
        seen, say = self._seen, self._view.show_said
        if seen is None:
            say(NOT_COUNTED, well=False)
            return
        failed = partial(say, well=False)
        printing = Printing(self._view, self._doors.run, say, failed, lambda: self._is_open)
        printing.start(lambda: self._doors.draw(seen), self._doors.note_print)

    def save(self, path: Path) -> None:
        """Write what is shown."""
        seen = self._seen
        if seen is None:
            return

        def saved(future: Future[None]) -> None:
            try:
                future.result()
            except MonitorError as error:
                self._view.show_said(sentence(error), well=False)
            except OSError as error:
                said = f"{path} cannot be written: {error.strerror}."
                self._view.show_said(said, well=False)
            else:
                self._view.show_said(f"Saved to {path}.")

        self._doors.run(lambda: self._doors.save(path, seen), saved)


def summary(seen: Lateness, late: int) -> str:
    """Say in one sentence how it stands."""
    entries = f"{grouped(seen.all.entries)} entr{'y' if seen.all.entries == 1 else 'ies'}"
    sessions = f"{grouped(seen.sessions)} session{'' if seen.sessions == 1 else 's'}"
    were = "was" if late == 1 else "were"
    shown = f"; the latest {MOST} are listed" if late > MOST else ""
    return (
        f"{entries} in {sessions}, {seen.first} to {seen.last}: "
        f"{grouped(late)} {were} made {LATE} minutes late or later{shown}. "
        "A late entry is no fault by itself; it is one that was written from memory or a note."
    )


def person_row(found: Tally) -> LateRow:
    """Return how late one person's entries were, or everybody's."""
    name = found.by.name if found.by else "Everybody"
    role = found.by.role.value if found.by else ""
    counts = tuple((grouped(count) if count else "–", "") for count in found.classes)
    closed = f"{grouped(found.after_end)} after closing" if found.after_end else ""
    cells = (
        (name, role),
        (grouped(found.entries), ""),
        *counts,
        (f"{found.median} min", f"9 in 10: {found.ninetieth} min"),
        (f"{grouped(found.longest or 0)} min", closed),
        (grouped(found.amended) if found.amended else "–", ""),
    )
    said = ", ".join(
        f"{head} {upper}{', ' if lower else ''}{lower}"
        for head, (upper, lower) in zip(PEOPLE_HEADS, cells, strict=True)
    )
    return LateRow(cells, said)


def lag_row(lag: Lag) -> LateRow:
    """Return one late entry."""
    measured, entered = lag.local_measured, lag.local_entered
    flags = ("after closing" if lag.after_end else "", "amended" if lag.amended else "")
    what = lag.what or "extra reading"
    if lag.kind is Kind.READING and lag.what:
        what = f"slot {lag.what}"
    cells = (
        (f"{measured:%Y-%m-%d}", f"{measured:%H:%M}"),
        (f"{entered:%Y-%m-%d}", f"{entered:%H:%M}"),
        (grouped(lag.minutes), ""),
        (lag.session_code, ""),
        (f"{lag.kind.value.capitalize()}: {what}", ", ".join(filter(None, flags))),
        (lag.by.name, lag.by.role.value),
    )
    said = ", ".join(filter(None, (part for cell in cells for part in cell)))
    return LateRow(cells, said)
