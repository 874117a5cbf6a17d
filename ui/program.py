"""From the first start to the rooms: which page is shown, and when the record is open."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, cast

from PySide6.QtCore import QObject

from monitor.clinic import ApproveProtocol, Lists, LogIn, ProgramRuns
from monitor.desk import proven
from monitor.people import Author
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.house import House
from ui.presenters.first_start import Beginning, FirstStartPresenter
from ui.presenters.log_in import LogInPresenter, UnlockPresenter
from ui.record import Record, Records
from ui.screens.gate.page import GatePage
from ui.screens.settings.protocol_view import ProtocolView
from ui.tasks import Tasks
from ui.ticker import Ticker
from ui.window import Window


class _Submits(Protocol):
    """A presenter of the page before the rooms."""

    def submit(self, typed: dict[str, str]) -> None:
        """Take the answers."""
        ...

    def back(self) -> None:
        """Go back one step."""
        ...


class FirstStartWorld:
    """Implements `ui.presenters.first_start.FirstStartDoors` on the records of this computer."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.folder = records.place
        self.protocols = records.protocols
        self.check_folder = records.check_folder
        self.check_password = records.check_password

    def found(self, beginning: Beginning) -> Record:
        """Make the record with the clinic and its people in it, and open it."""
        return self._records.found(beginning)

    def approve(
        self, record: Record, user: str, password: str, protocol: TreatmentProtocol
    ) -> None:
        """Approve a protocol as the prescriber."""
        account = proven(record.world, user, password)
        ApproveProtocol(record.world)(account.author, protocol)


class Program(QObject):
    """Leads a person from the start of the program to the chairs."""

    def __init__(self, window: Window, records: Records) -> None:
        super().__init__(window)
        self._window, self._records = window, records
        self._tasks = Tasks(self)
        self._ticker: Ticker | None = None
        self._record: Record | None = None
        self._house: House | None = None
        self._closed_since: dt.datetime | None = None
        self._page: GatePage | None = None
        self._presenter: object = None
        window.closing.connect(self.close)

    def begin(self) -> None:
        """Show what comes first on this computer."""
        if not self._records.exists():
            self._first_start()
        elif self._records.opens_by_itself():
            self._opened(self._records.open(None))
        else:
            page = self._new_page()
            presenter = UnlockPresenter(page, self._records.open, self._tasks.run, self._opened)
            self._show(page, presenter)
            presenter.begin()

    def close(self) -> None:
        """Close the record in good order."""
        if self._house is not None:
            self._house.be_still()
            self._house = None
        if self._ticker:
            self._ticker.stop()
        self._tasks.close()
        if self._record is not None:
            ProgramRuns(self._record.world).stopped()
            self._record.close()
            self._record = None

    # --- before the rooms -------------------------------------------------------------------

    def _first_start(self) -> None:
        page = self._new_page()
        doors = FirstStartWorld(self._records)
        presenter = FirstStartPresenter(page, doors, self._tasks.run, self._opened)
        page.later.connect(presenter.skip)
        self._show(page, presenter)
        presenter.begin()

    def _opened(self, record: Record) -> None:
        self._record = record
        self._closed_since = last_written(record)
        ProgramRuns(record.world).started(self._records.version)
        self._ticker = Ticker(record.world.clock, self)
        self._ticker.start()
        self._ask_who()

    def _ask_who(self) -> None:
        record = self._record
        assert record is not None  # noqa: S101 - nobody is asked before it is open
        clinic = Lists(record.world).clinic()
        page = self._new_page()
        presenter = LogInPresenter(
            page,
            clinic.name if clinic else "Chairside",
            LogIn(record.world),
            self._tasks.run,
            then=self._enter,
        )
        self._show(page, presenter)
        presenter.begin()

    def _enter(self, author: Author) -> None:
        record, ticker = self._record, self._ticker
        assert record is not None  # noqa: S101 - it was opened before the log-in
        assert ticker is not None  # noqa: S101 - the same
        self._house = House(self._window, record, author, tasks=self._tasks, ticker=ticker)
        self._house.left.connect(self._left)
        self._house.go("Chairs")
        if self._closed_since is not None:
            self._house.tell_closed(self._closed_since, record.world.clock.now())
            self._closed_since = None

    def _left(self) -> None:
        if self._house is not None:
            self._house.deleteLater()
            self._house = None
        self._ask_who()

    # --- pages --------------------------------------------------------------------------------

    def _new_page(self) -> GatePage:
        if self._page is not None:
            self._window.drop_gate(self._page)
        self._page = GatePage(ProtocolView)
        return self._page

    def _show(self, page: GatePage, presenter: object) -> None:
        self._presenter = presenter  # Qt keeps no presenter alive by itself
        forms = cast("_Submits", presenter)
        page.submitted.connect(forms.submit)
        page.back.connect(forms.back)
        self._window.show_gate(page)


def last_written(record: Record) -> dt.datetime | None:
    """Return when the program last wrote while a session was open; None where none is open."""
    lists = Lists(record.world)
    opened = lists.sessions("open")
    if not opened:
        return None
    with record.world.transaction() as tx:
        streams = [f"session/{header.session_id}" for header in opened]
        newest = [tx.stream(stream)[-1].recorded_at for stream in (*streams, "access")]
    return max(newest)
