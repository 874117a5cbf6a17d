"""The audit desk's page on measured against entered, wired to the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from monitor.handed_out import NoteHandedOut
from monitor.lateness import Lateness, lateness
from monitor.looks import NoteLook
from monitor.people import Author
from monitor.searching import Progress, SearchSessions, Wanted
from ui.files import PRIVATE, write_whole
from ui.presenters.audit_late import LateDoors, LatePresenter
from ui.record import Record
from ui.screens.audit.late import LatePage
from ui.tasks import Tasks

BESIDE = "audit late"
"""The worker that counts: nobody waits behind a thousand sessions."""


class LateDesk(QObject):
    """The page's presenter, told on the window's thread how far a count is.

    Args:
        record: The opened record.
        author: Returns who is logged in.
        tasks: Where slow work is done.
        page: What shows it.
    """

    _stepped = Signal(int, int)

    def __init__(
        self, record: Record, author: Callable[[], Author], tasks: Tasks, page: LatePage
    ) -> None:
        super().__init__(page)
        self._record, self._world, self._author = record, record.world, author
        self._search, self._note = SearchSessions(record.world), NoteLook(record.world)
        doors = LateDoors(
            gather=self._gather,
            save=self._save,
            draw=record.papers.lateness_pdf,
            note_print=lambda content, printer: NoteHandedOut(record.world)(
                author(), "entered late print", content, printer
            ),
            run=tasks.beside(BESIDE).run,
        )
        self.presenter = LatePresenter(page, doors)
        self._stepped.connect(self.presenter.on_step)
        self.presenter.stepped = self._stepped.emit
        page.wire(self.presenter)

    def close(self) -> None:
        """Show nothing any more."""
        self.presenter.close()

    def _gather(self, wanted: Wanted, progress: Progress) -> Lateness:
        found = self._search(wanted, progress)
        today = self._world.clock.now().astimezone(self._world.zone).date()
        days = [seen.local(seen.opened_at).date() for seen in found]
        first = wanted.first or min(days, default=today)
        last = wanted.last or max(days, default=max(first, today))
        self._note(self._author(), "entered late", asked=_days(first, last))
        return lateness(found, first, last)

    def _save(self, path: Path, seen: Lateness) -> None:
        papers, ending = self._record.papers, path.suffix.lower()
        content = papers.lateness_pdf(seen) if ending == ".pdf" else papers.lateness_csv(seen)
        form = f"entered late {'pdf' if ending == '.pdf' else 'csv'}"
        NoteHandedOut(self._world)(self._author(), form, content, str(path))
        write_whole(path, content, PRIVATE)


def _days(first: dt.date, last: dt.date) -> str:
    return f"{first} to {last}"
