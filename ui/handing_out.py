"""The page that hands out everything of some days, wired to the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from monitor.people import Author
from ui.presenters.hand_out import HandOutDoors, HandOutPresenter
from ui.record import Record
from ui.screens.audit.hand_out import HandOutPage
from ui.tasks import Tasks
from ui.whole_export.driver import Order, Outcome, WholeExport
from ui.whole_export.folder import begun_in

BESIDE = "hand out"
"""The worker that exports: nobody waits behind a thousand sessions."""


class HandOutDesk(QObject):
    """The page's presenter, told on the window's thread how far it is.

    Args:
        record: The opened record.
        author: Returns who is logged in.
        tasks: Where slow work is done.
        page: What shows it.
    """

    _stepped = Signal(object)

    def __init__(
        self, record: Record, author: Callable[[], Author], tasks: Tasks, page: HandOutPage
    ) -> None:
        super().__init__(page)
        self._record, self._author = record, author
        doors = HandOutDoors(
            author=author, export=self._export, begun=begun_in, run=tasks.beside(BESIDE).run
        )
        self.presenter = HandOutPresenter(page, doors)
        self._stepped.connect(self.presenter.on_step)
        page.wire(self.presenter)

    def refresh(self) -> None:
        """Show how things stand."""
        self.presenter.refresh()

    def close(self) -> None:
        """Stop what is under way; what is whole stays, and can go on another day."""
        self.presenter.close()

    def _export(
        self, first: dt.date, last: dt.date, to: Path, stopped: Callable[[], bool]
    ) -> Outcome:
        order = Order(author=self._author(), first=first, last=last, to=to)
        return WholeExport(self._record, order, self._stepped.emit, stopped).run()
