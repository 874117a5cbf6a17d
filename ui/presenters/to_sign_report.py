"""The report in the middle of the room: of which state it is, and whether it has been read."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Protocol

from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from ui.presenters.gate import Run
from ui.presenters.printing import Printing
from ui.presenters.to_sign_doors import Shown, ToSignDoors, ToSignView
from ui.wording import sentence

DRAWING = "Drawing the report …"
UNREAD = "Read the report to its last page first: Page Down, or End."
NOT_DRAWN = "The report is not on the screen yet."


class OnReport(Protocol):
    """Hears of a report that was drawn."""

    def __call__(self, *, moved_on: bool) -> None:
        """Take that it is on the screen, or that the record has moved on meanwhile."""
        ...


class ReportPane:
    """Has the report drawn whenever the record says something else, and knows what was seen of it.

    Attributes:
        digest: Of the session as the report on the screen shows it; empty while there is none,
            and where it is not known.
        entries: How many entries the session had then.
        version: The version that is looked at; 0 for the newest.
    """

    def __init__(
        self, view: ToSignView, report: Callable[[str, int], Shown], run: Run, then: OnReport
    ) -> None:
        self._view, self._report, self._run, self._then = view, report, run, then
        self._state = self.digest = ""
        self.version, self.entries, self._is_read = 0, 0, False

    @property
    def lock(self) -> str:
        """Return why nothing can be signed now; empty where the report has been read."""
        if not self.digest:
            return NOT_DRAWN
        return "" if self._is_read else UNREAD

    def read_to_the_end(self, state: str) -> bool:
        """Tell whether that was the report on the screen, and the first time."""
        if not state or state != self._state or self._is_read:
            return False
        self._is_read = True
        return True

    def forget(self) -> None:
        """Have it drawn anew, in its newest version."""
        self._state, self.digest, self._is_read, self.version = "", "", False, 0

    def show(self, overview: SessionOverview) -> None:
        """Have the report drawn, unless it is on the screen as it stands."""
        session_id, version = overview.session_id, self.version
        state = f"{session_id} {overview.entries} {version}"
        if state == self._state:
            return
        self._state, self.digest, self._is_read = state, "", False
        self._view.show_report(None, DRAWING)
        self._run(
            lambda: self._report(session_id, version),
            lambda done: self._drawn(state, overview.entries, done),
        )

    def _drawn(self, state: str, entries: int, future: Future[Shown]) -> None:
        """Show a report that was drawn, unless another session is looked at by now."""
        if state != self._state:
            return
        try:
            shown = future.result()
        except MonitorError as error:
            self._state = ""
            self._view.show_report(None, sentence(error))
            return
        moved_on = shown.entries != entries
        if moved_on or not shown.digest:
            self._state = state = ""  # drawn anew when the room is next looked at
        if not moved_on:
            self.digest, self.entries = shown.digest, shown.entries
            self._view.show_report(shown.pdf, "", state)
        self._then(moved_on=moved_on)


def print_report(
    view: ToSignView, doors: ToSignDoors, session_id: str, version: int, there: Callable[[], bool]
) -> None:
    """Print a version of a report, the newest for 0, while the room is *there* to show it."""
    show, sheet = view.show_printed, doors.paper(session_id, version)
    printing = Printing(view, doors.run, show, partial(show, well=False), there)
    printing.start(sheet.draw, sheet.note)
