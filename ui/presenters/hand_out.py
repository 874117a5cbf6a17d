"""Handing out everything of some days: which days, where to, how far it is, how it ended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Protocol

from monitor.errors import Code, InputError, MonitorError
from monitor.people import Author
from monitor.whole_export import MAY_HAND_OUT
from ui.presenters.gate import Run
from ui.whole_export.driver import CANCELLED, Outcome, Step
from ui.whole_export.folder import FolderError, Known
from ui.whole_export.words import headline, missed_sentence, outcome_sentence, pace
from ui.wording import sentence

FIRST, LAST, FOLDER = "first_day", "last_day", "folder"
"""The fields."""

READY = "Everything of the days that you name goes into one folder."
NOT_YOURS = (
    "Only an auditor, a prescriber or an administrator hands out everything; one of them logs in."
)
NO_FOLDER = "No folder is chosen; choose one that is empty, on a disk that is yours."
UNFINISHED = "An export was begun in that folder; it goes on from what is whole."
NOT_ALL = "Finished, but not every session could be read."
MOST_NAMED = 3
"""So many sessions that were not exported are named on the page."""

STOPPING = "Stopping after what is in hand …"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HandOutFace:
    """What the page shows.

    Attributes:
        said: In one line, how it stands.
        more: In smaller words below.
        tone: "text_2", "good" or "alert"; the glyph says the same.
        share: How much is done, from 0 to 1; None while nothing is under way.
        action: What the button does; empty for no button.
        may: Whether whoever is logged in may; else there is nothing to fill in.
        problem: (field, sentence) of what is to be put right; an empty field is all of it.
    """

    said: str = READY
    more: str = ""
    glyph: str = "export"
    tone: str = "text_2"
    share: float | None = None
    action: str = "Hand out"
    may: bool = True
    problem: tuple[str, str] = ("", "")
    folder: str = ""

    @property
    def busy(self) -> bool:
        """Tell whether it is under way."""
        return self.share is not None


class HandOutView(Protocol):
    """What the presenter asks of the page."""

    def show_hand_out(self, face: HandOutFace) -> None:
        """Show how it stands; what is typed stays."""
        ...

    def put_days(self, first: str, last: str) -> None:
        """Let the fields of the days hold these."""
        ...

    def ask_folder(self) -> None:
        """Ask which folder it shall go into."""
        ...


Export = Callable[[dt.date, dt.date, Path, Callable[[], bool]], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutDoors:
    """What the page needs of the world.

    Attributes:
        export: Exports some days into a folder; slow. Its last argument tells it to stop.
        begun: Returns what a folder holds an export of, None where it holds none.
    """

    author: Callable[[], Author]
    export: Export
    begun: Callable[[Path], Known | None]
    run: Run


@dataclass(slots=True)
class HandOutPresenter:
    """Starts an export, follows it, and stops it."""

    view: HandOutView
    doors: HandOutDoors
    _face: HandOutFace = field(default_factory=HandOutFace)
    _folder: Path | None = None
    _stop: Event | None = None
    _closed: bool = False

    def refresh(self) -> None:
        """Show how things stand."""
        may = self.doors.author().role in MAY_HAND_OUT
        self._show(may=may, said=self._face.said if may else NOT_YOURS)

    def choose(self) -> None:
        """Ask for the folder."""
        if self._stop is None:
            self.view.ask_folder()

    def chosen(self, folder: Path) -> None:
        """Take a folder; where an export was cut short in it, its days come with it."""
        if self._stop is None:
            self._folder = folder
            self._show(folder=str(folder), problem=("", ""))
            self.doors.run(lambda: self.doors.begun(folder), self._looked)

    def press(self, first: str, last: str) -> None:
        """Begin, or stop what is under way.

        Args:
            first: The first day, as typed.
            last: The last one.
        """
        if self._stop is not None:
            self.stop()
            return
        try:
            days = day(first, FIRST), day(last, LAST)
        except InputError as error:
            self._show(problem=(error.field, sentence(error)))
            return
        if self._folder is None:
            self._show(problem=(FOLDER, NO_FOLDER))
            return
        self._begin(days, self._folder)

    def stop(self) -> None:
        """Stop what is under way; what is whole stays."""
        if self._stop is not None and not self._stop.is_set():
            self._stop.set()
            self._show(said=STOPPING)

    def on_step(self, step: Step) -> None:
        """Show how far it is."""
        if self._stop is not None and not self._stop.is_set():
            share = step.done / step.of if step.of else 0.0
            self._show(said=headline(step), more=pace(step), share=share)

    def close(self) -> None:
        """Stop what is under way, and show nothing any more: the page is gone."""
        self._closed = True
        if self._stop is not None:
            self._stop.set()

    def _begin(self, days: tuple[dt.date, dt.date], folder: Path) -> None:
        self._stop = stop = Event()
        self._face = replace(self._face, problem=("", ""), tone="text_2", glyph="export")
        self._show(said="Looking at the record …", more="", share=0.0, action="Stop")
        self.doors.run(
            lambda: self.doors.export(*days, folder, stop.is_set),
            lambda future: self._ended(future, folder),
        )

    def _looked(self, future: Future[Known | None]) -> None:
        known = future.result()
        if self._closed or self._stop is not None or known is None:
            return
        self.view.put_days(known.first.isoformat(), known.last.isoformat())
        self._show(said=UNFINISHED, more="", tone="text_2", glyph="export", action="Go on")

    def _ended(self, future: Future[Outcome], folder: Path) -> None:
        self._stop = None
        if self._closed:
            return
        trouble = "It was not finished." if self._face.share else "Nothing was begun."
        self._face = replace(self._face, share=None, more="", action="Hand out")
        try:
            outcome = future.result()
        except InputError as error:
            self._show(said=READY, problem=(error.field, sentence(error)))
        except (FolderError, MonitorError) as error:
            told = sentence(error) if isinstance(error, MonitorError) else str(error)
            self._show(said=trouble, more=told, tone="alert", glyph="warning")
        else:
            self._show_outcome(outcome, folder)

    def _show_outcome(self, outcome: Outcome, folder: Path) -> None:
        told = outcome_sentence(outcome, folder)
        if outcome.how == CANCELLED:
            self._show(said="Stopped.", more=told, glyph="clock", action="Go on")
        elif missed := missed_sentence(outcome, MOST_NAMED):
            told = f"{missed} {told}"
            self._show(said=NOT_ALL, more=told, tone="alert", glyph="warning", action="Go on")
        else:
            self._show(said="Everything is there.", more=told, tone="good", glyph="check-circle")

    def _show(self, **changes: object) -> None:
        self._face = replace(self._face, **changes)  # type: ignore[arg-type] # its own fields
        if not self._closed:
            self.view.show_hand_out(self._face)


def day(typed: str, name: str) -> dt.date:
    """Return a day as typed: "2026-03-02".

    Args:
        typed: What stands in the field.
        name: The field's name.

    Raises:
        InputError: `empty` or `not-understood`.
    """
    typed = typed.strip()
    if not typed:
        raise InputError(Code.EMPTY, name)
    try:  # the pattern first: "20260302" is a date to Python, and to nobody else
        return dt.date.fromisoformat(typed if _DATE.fullmatch(typed) else "")
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, name, typed=typed) from None
