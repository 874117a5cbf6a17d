"""The audit desk's list of who looked, what left the program, was verified, or was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from monitor.access_list import EVERYTHING, AccessList, AccessRow, AskedAccess, Happened
from monitor.access_words import KINDS, what_words, why
from monitor.errors import InputError, MonitorError
from ui.presenters.audit_asked import Asked, wanted_of
from ui.presenters.gate import Run
from ui.presenters.printing import Printing
from ui.presenters.words import grouped
from ui.wording import sentence

HEADS = ("When", "Who", "What", "Session", "SHA-256")
DIGITS = 12
"""So many of a hash are shown in the list; of the chosen row it is shown whole."""

CHOICES: tuple[tuple[str, str], ...] = (
    ("", "Everything"),
    *((kind.value, words) for kind, words in KINDS.items()),
)
"""(value, words) of what the list can be limited to."""

ANYBODY = ("", "Anybody")
NOTHING_YET = "Nobody has looked at anything yet, and nothing has left."
NONE_OF_A_KIND = {
    Happened.EXPORTED: "Nothing has left the program yet.",
    Happened.VERIFIED: "Nothing was verified yet.",
    Happened.REFUSED: "Nothing was refused yet.",
    Happened.LOOKED: "Nobody has looked at anything yet.",
    Happened.PRESENT: "Nobody has logged in yet.",
}
NOTHING_FOUND = (
    "Nothing in the list fits all of that. Widen the days, or ask for everything, anybody and no"
    " words; Esc does."
)
NONE_TO_SAVE = "There is nothing in the list to save; ask for more first."
NONE_TO_PRINT = "There is nothing in the list to print; ask for more first."

GLYPHS = {
    Happened.EXPORTED: "export",
    Happened.VERIFIED: "file-search",
    Happened.REFUSED: "prohibit",
    Happened.LOOKED: "eye",
    Happened.PRESENT: "user",
}
"""The sign of each kind; the words beside it say the same."""


@dataclass(frozen=True, slots=True)
class AccessAsked:
    """What is typed and chosen on the page."""

    first: str = ""
    last: str = ""
    kind: str = ""
    user: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AccessFace:
    """One row, as it is shown.

    Attributes:
        cells: (upper, lower) of each column.
        detail: What the cells have no room for: shown of the row that is chosen.
        said: The whole row, to be searched and for a screen reader.
    """

    uid: str
    happened: Happened
    cells: tuple[tuple[str, str], ...]
    detail: str
    said: str


class AccessView(Protocol):
    """What the presenter asks of the page."""

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people, as (user name, words); who is chosen stays."""
        ...

    def show_access(self, rows: tuple[AccessFace, ...], count: str, nothing: str) -> None:
        """Show these rows, how many there are, and what stands there where there are none."""
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
class AccessDoors:
    """What the page needs of the world.

    Attributes:
        show: Reads the list; slow where it is long.
        save: Writes a part of it as table or PDF, by the file's ending, and puts on record that
            it left; slow.
        draw: Draws a part of it as PDF; slow.
        note_print: Puts on record that it was printed: (content, the printer's name).
    """

    show: Callable[[], tuple[AccessRow, ...]]
    save: Callable[[Path, AccessList], None]
    draw: Callable[[AccessList], bytes]
    note_print: Callable[[bytes, str], None]
    zone: dt.tzinfo
    run: Run


_Listed = tuple[tuple[AccessRow, AccessFace], ...]


class AccessPresenter:
    """Shows the part of the list that is asked for, and hands it out."""

    def __init__(self, view: AccessView, doors: AccessDoors) -> None:
        self._view, self._doors = view, doors
        self._all: _Listed = ()
        self._found: _Listed = ()
        self._typed, self._asked = AccessAsked(), EVERYTHING
        self._reading = self._again = self._closed = False

    def refresh(self) -> None:
        """Read the list again: something may have been written."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._doors.run(self._read, self._was_read)

    def close(self) -> None:
        """Show nothing any more: the page is gone."""
        self._closed = True

    def ask(self, typed: AccessAsked) -> None:
        """Show what is asked for; days that cannot be read leave the list as it is."""
        try:
            days = wanted_of(Asked(typed.first, typed.last))
        except InputError as error:
            self._view.show_problem(error.field, sentence(error))
            return
        self._view.show_problem("", "")
        kind = Happened(typed.kind) if typed.kind else None
        self._typed = typed
        self._asked = AskedAccess(days.first, days.last, kind, typed.user)
        self._show()

    def ask_where(self, ending: str) -> None:
        """Ask where what is shown shall go.

        Args:
            ending: ".csv" or ".pdf".
        """
        if not self._found:
            self._view.show_said(NONE_TO_SAVE, well=False)
            return
        self._view.ask_where(f"access-{len(self._found)}{ending}")

    def save(self, path: Path) -> None:
        """Write what is shown."""
        listed = self._listed()
        count = len(listed.rows)
        self._doors.run(
            lambda: self._doors.save(path, listed), lambda done: self._saved(done, path, count)
        )

    def print_it(self) -> None:
        """Print what is shown."""
        failed = partial(self._view.show_said, well=False)
        if not self._found:
            failed(NONE_TO_PRINT)
            return
        listed = self._listed()
        printing = Printing(
            self._view, self._doors.run, self._printed, failed, lambda: not self._closed
        )
        printing.start(lambda: self._doors.draw(listed), self._doors.note_print)

    def _listed(self) -> AccessList:
        """Return what is shown, as it leaves."""
        rows = tuple(row for row, _ in self._found)
        names = dict(_people(row for row, _ in self._all))
        return AccessList(rows, in_words(self._typed, names), self._doors.zone)

    def _printed(self, said: str) -> None:
        self._view.show_said(said)
        self.refresh()  # that it was printed stands in the list, too

    def _saved(self, future: Future[None], path: Path, count: int) -> None:
        if self._closed:
            return
        try:
            future.result()
        except MonitorError as error:
            self._view.show_said(sentence(error), well=False)
        except OSError as error:
            said = f"{path} cannot be written: {error.strerror or 'unknown'}."
            self._view.show_said(said, well=False)
        else:
            rows = f"{grouped(count)} row{'' if count == 1 else 's'}"
            self._view.show_said(f"Saved to {path}: {rows}.")
            self.refresh()  # that it was saved stands in the list, too

    def _read(self) -> _Listed:
        return tuple((row, access_face(row, self._doors.zone)) for row in self._doors.show())

    def _was_read(self, future: Future[_Listed]) -> None:
        self._reading = False
        if self._closed:
            return
        try:
            self._all = future.result()
        except MonitorError as error:
            self._view.show_access((), "", sentence(error))
            return
        self._view.show_people((ANYBODY, *_people(row for row, _ in self._all)))
        self._show()
        if self._again:
            self.refresh()

    def _show(self) -> None:
        words, zone = self._typed.words.casefold().split(), self._doors.zone
        self._found = tuple(
            (row, face)
            for row, face in self._all
            if self._asked.fits(row, zone) and all(word in face.said.casefold() for word in words)
        )
        nothing = "" if self._found else self._why_nothing()
        shown, of = grouped(len(self._found)), grouped(len(self._all))
        count = of if len(self._found) == len(self._all) else f"{shown} of {of}"
        faces = tuple(face for _, face in self._found)
        self._view.show_access(faces, count if self._all else "", nothing)

    def _why_nothing(self) -> str:
        """Say why no row is shown: there is none at all, none of that kind, or none that fits."""
        kind = self._asked.kind
        if kind is None or any(row.happened is kind for row, _ in self._all):
            return NOTHING_FOUND if self._all else NOTHING_YET
        return NONE_OF_A_KIND[kind]


def _people(rows: Iterable[AccessRow]) -> list[tuple[str, str]]:
    """Return whoever is in the list, by name; of several names of one user the newest."""
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.by.user, row.by.name)
    return sorted(names.items(), key=lambda person: (person[1].casefold(), person[0]))


def in_words(typed: AccessAsked, names: Mapping[str, str]) -> str:
    """Say what was asked for, as it stands on paper.

    Args:
        typed: What was asked for.
        names: Of the people, by their user names.

    Example:
        >>> in_words(AccessAsked(first="2026-03-01", kind="looked", user="nk"), {"nk": "Nina"})
        '2026-03-01 to today, Looks, Nina'
    """
    days = f"{typed.first.strip() or 'the beginning'} to {typed.last.strip() or 'today'}"
    parts = (
        days if typed.first.strip() or typed.last.strip() else "all days",
        dict(CHOICES)[typed.kind] if typed.kind else "",
        names.get(typed.user, typed.user),
        f"“{typed.words.strip()}”" if typed.words.strip() else "",
    )
    return ", ".join(filter(None, parts))


def access_face(row: AccessRow, zone: dt.tzinfo) -> AccessFace:
    """Return a row as the list shows it."""
    local = row.at.astimezone(zone)
    report = f"version {row.version}, {row.status}" if row.version else ""
    more = why(row)
    cells = (
        (f"{local:%Y-%m-%d}", f"{local:%H:%M}"),
        (row.by.name, f"{row.by.role.value}, {row.station}"),
        (what_words(row), more),
        (row.session_code, report),
        (row.sha256[:DIGITS], ""),
    )
    whole = (f"SHA-256 {row.sha256}",) if row.sha256 else ()
    what = (what_words(row), row.session_code, report, more, *whole)
    who = (f"{local:%Y-%m-%d %H:%M}", f"{row.by.name} ({row.by.role.value})", row.station)
    detail = " · ".join(filter(None, (*who, *what)))
    return AccessFace(row.uid, row.happened, cells, detail, detail)
