"""From the first start to the rooms: which page is shown, and when the record is open."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal, Slot

from monitor.clinic import PROGRAM, ApproveProtocol, Lists, LogIn, ProgramRuns
from monitor.desk import proven
from monitor.errors import MonitorError
from monitor.key_changes import ChangeKeys
from monitor.people import Author
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.clock_watch import ClockWatch
from ui.counted_keys import Count
from ui.gate_foot import FootDoors, GateFoot
from ui.house import House
from ui.keeper import Keeper
from ui.keys import recovery_doors
from ui.locking import Locking
from ui.presenters.first_start import Beginning, FirstStartPresenter
from ui.presenters.log_in import LogInPresenter, UnlockPresenter
from ui.presenters.recovery import RecoveryDoors
from ui.presenters.rooms_of import home_of
from ui.presenters.shield_face import shield_face
from ui.record import Record, Records
from ui.reminding import Reminding
from ui.resuming import Resuming, memory_of
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


class _Counted(QObject):
    """Carries how many keys are made from the worker to the window's thread."""

    key_made = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count: Count = lambda _: None
        self.key_made.connect(self._deliver)

    @Slot(int)
    def _deliver(self, made: int) -> None:
        self.count(made)


class FirstStartWorld:
    """Implements `ui.presenters.first_start.FirstStartDoors` on the records of this computer."""

    def __init__(self, records: Records, parent: QObject) -> None:
        self._records, self._counted = records, _Counted(parent)
        self.folder = records.place
        self.protocols = records.protocols
        self.check_folder = records.check_folder
        self.check_password = records.check_password

    def found(self, beginning: Beginning) -> Record:
        """Make the record with the clinic and its people in it, and open it."""
        return self._records.found(beginning, self._counted.key_made.emit)

    def hear(self, count: Count) -> None:
        """Let *count* be told, on the window's thread, how many keys are made."""
        self._counted.count = count

    def approve(
        self, record: Record, user: str, password: str, protocol: TreatmentProtocol
    ) -> None:
        """Approve a protocol as the prescriber."""
        account = proven(record.world, user, password)
        ApproveProtocol(record.world)(account.author, protocol)

    def recovery(self, record: Record) -> RecoveryDoors:
        """Return what the record's recovery key needs; nobody has logged in yet."""
        return recovery_doors(record, lambda: PROGRAM)


class Program(QObject):
    """Leads a person from the start of the program to the chairs."""

    def __init__(self, window: Window, records: Records) -> None:
        super().__init__(window)
        self._window, self._records = window, records
        self._tasks = Tasks(self)
        self._ticker: Ticker | None = None
        self._clock: ClockWatch | None = None
        self._keeper: Keeper | None = None
        self._reminding: Reminding | None = None
        self._record: Record | None = None
        self._house: House | None = None
        self._locking: Locking | None = None
        self._resuming: Resuming | None = None
        self._page: GatePage | None = None
        self._presenter: object = None
        window.closing.connect(self.close)

    def begin(self) -> None:
        """Show what comes first on this computer."""
        try:
            there = self._records.exists()
        except MonitorError:
            there = True  # whatever is in the way is said where it is opened
        if not there:
            self._first_start()
            return
        page = self._new_page()
        presenter = UnlockPresenter(page, self._records.open, self._tasks.run, self._opened)
        self._show(page, presenter)
        try:
            if self._records.opens_by_itself():
                self._opened(self._records.open(None))
            else:
                presenter.begin(by_keyring=self._records.asks_keyring())
        except MonitorError as error:
            presenter.begin()
            presenter.tell(error)

    def close(self) -> None:
        """Close the record in good order."""
        if self._house is not None:
            self._house.be_still()
            self._house = None
        if self._reminding is not None:
            self._reminding.close()
            self._reminding = None
        for watcher in (self._locking, self._resuming):
            if watcher is not None:
                watcher.close()
        if self._ticker:
            self._ticker.stop()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
        self._tasks.close()
        if self._record is not None:
            with contextlib.suppress(MonitorError):  # the next start says that it is missing
                ProgramRuns(self._record.world).stopped()
            self._record.close()
            self._record = None

    def _author(self) -> Author | None:
        return self._house.author if self._house is not None else None

    # --- before the rooms -------------------------------------------------------------------

    def _first_start(self) -> None:
        page = self._new_page()
        doors = FirstStartWorld(self._records, page)
        presenter = FirstStartPresenter(page, doors, self._tasks.run, self._opened)
        page.later.connect(presenter.skip)
        page.rest_later.connect(presenter.skip_the_rest)
        page.print_asked.connect(presenter.print)
        page.save_asked.connect(presenter.save)
        page.path_chosen.connect(lambda path: presenter.save_to(Path(path)))
        self._show(page, presenter)
        presenter.begin()

    def _opened(self, record: Record) -> None:
        self._record = record
        self._ticker = Ticker(record.world.clock, self)
        self._clock = ClockWatch(self._window, record.world, self._author, self._ticker)
        self._keeper = Keeper(record, self)
        self._watch_people(record, self._ticker, self._keeper)
        self._note_start(record)
        self._ticker.start()
        self._remind(record, self._keeper, self._ticker)
        self._keeper.begin()
        self._ask_who()

    def _remind(self, record: Record, keeper: Keeper, ticker: Ticker) -> None:
        """Remind of what falls due, from the first second on."""
        since = self._resuming.left_at if self._resuming is not None else None
        self._reminding = Reminding(
            self._window, record, keeper, ticker, author=self._author, since=since
        )
        self._reminding.session_asked.connect(self._go_to_session)
        self._reminding.look()

    def _go_to_session(self, session_id: str) -> None:
        """Go to a session's screen, where somebody is there who may see it."""
        if self._house is not None:
            self._house.go_to_session(session_id)

    def _watch_people(self, record: Record, ticker: Ticker, keeper: Keeper) -> None:
        """Watch who is there; and see how the program was left, before its start is written."""
        sessions = keeper.open_sessions
        self._resuming = Resuming(self._window, record, sessions.look, memory_of(record))
        self._resuming.begin()
        self._locking = Locking(
            self._window, record, tasks=self._tasks, ticker=ticker, keeper=keeper
        )
        self._locking.other_person.connect(self._enter)

    def _note_start(self, record: Record) -> None:
        """Write that the program was started; where it cannot be, the log-in will say why."""
        with contextlib.suppress(MonitorError):
            ProgramRuns(record.world).started(self._records.version)
            ChangeKeys(record.world, record.locksmith).tell_untold()

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
        self._add_foot(page, record)
        self._show(page, presenter)
        presenter.begin()

    def _add_foot(self, page: GatePage, record: Record) -> None:
        """Let the log-in page say at its bottom how the record and the chairs stand."""
        keeper, reminding, ticker = self._keeper, self._reminding, self._ticker
        if keeper is None or reminding is None or ticker is None:
            return  # the record was closed meanwhile
        zone = record.world.zone
        doors = FootDoors(
            lambda: shield_face(keeper.watched, zone), lambda: reminding.pressing, zone
        )
        foot = GateFoot(page.add_foot(), doors)
        ticker.ticked.connect(foot.on_tick)
        foot.on_tick(record.world.clock.now())

    def _enter(self, author: Author) -> None:
        record, ticker, keeper = self._record, self._ticker, self._keeper
        assert record is not None  # noqa: S101 - it was opened before the log-in
        assert ticker is not None  # noqa: S101 - the same
        assert keeper is not None  # noqa: S101 - the same
        self._house = House(
            self._window, record, author, tasks=self._tasks, ticker=ticker, keeper=keeper
        )
        self._house.left.connect(self._left)
        self._house.go(home_of(author.role))
        self._tell_clock()
        if self._locking is not None and self._resuming is not None:
            self._locking.enter(self._house)
            self._resuming.enter(self._house)

    def _left(self) -> None:
        if self._house is not None:
            self._house.deleteLater()
            self._house = None
        if self._resuming is not None:
            self._resuming.leave()
        self._tell_clock()
        self._ask_who()

    def _tell_clock(self) -> None:
        """Let the strip about the clock know who is there now."""
        if self._clock is not None:
            self._clock.on_person()

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
