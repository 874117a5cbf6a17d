"""The rooms behind the log-in: made once a person is in, wired to the record, kept true."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.clinic import Lists, LogOut
from monitor.entries import Entry
from monitor.errors import MonitorError
from monitor.people import Author
from ui.bridge import EntryBridge
from ui.front_rooms import chairs_presenter, patients_doors, start_doors
from ui.presenters.patients import PatientsPresenter
from ui.presenters.shield import CHECKING, shield_words
from ui.presenters.start_session import StartSessionPresenter
from ui.quiet_rooms import QuietRooms
from ui.record import Checked, Record
from ui.screens.chairs import screen as chairs_screen
from ui.screens.patients import room as patients_room
from ui.screens.starting import room as starting_room
from ui.session_rooms import OpenRooms
from ui.tasks import Tasks
from ui.theme import ROOMY_FROM
from ui.ticker import Ticker
from ui.window import Window
from ui.wording import sentence

CHECK_EVERY_MS = 60 * 60 * 1000
"""The record is held against itself at the start and then every hour."""


class House(QObject):
    """Everything a person who is logged in can walk into.

    Signals:
        left: The person has logged out.
    """

    left = Signal()

    def __init__(
        self, window: Window, record: Record, author: Author, *, tasks: Tasks, ticker: Ticker
    ) -> None:
        super().__init__(window)
        self._window, self._record, self.author = window, record, author
        self._tasks, self._ticker = tasks, ticker
        world = record.world
        self._lists = Lists(world)
        self._bridge = EntryBridge(self)
        self._listen_no_more = record.listen(self._bridge.publish)
        self._written: set[str] = set()
        self.sessions = OpenRooms(window, world, lambda: self.author, tasks)
        self.quiet = QuietRooms(window, record, lambda: self.author, tasks)
        roomy = window.width() >= ROOMY_FROM
        self.chairs_room = chairs_screen.ChairsScreen(roomy=roomy)
        self.patients_room = patients_room.PatientsRoom()
        self.starting_room = starting_room.StartSessionRoom()
        self._make_rooms()
        self._connect()
        ticker.ticked.connect(self._on_tick)
        self._bridge.entry_recorded.connect(self._on_entry)
        self._hourly = QTimer(self)
        self._hourly.timeout.connect(self.check_record)
        self._hourly.start(CHECK_EVERY_MS)
        self.set_author(author)
        self._on_tick(world.clock.now())
        self.check_record()

    # --- who is here --------------------------------------------------------------------

    def set_author(self, author: Author) -> None:
        """Let this person be the one who writes from now on."""
        self.author = author
        self._window.rail.set_user(author.initials, author.name)

    def leave(self) -> None:
        """Log the person out and take every room away."""
        self.be_still()
        LogOut(self._record.world)(self.author)
        self.sessions.close()
        self.quiet.close()
        for room in (self.chairs_room, self.patients_room, self.starting_room):
            self._window.drop_room(room)
        self.left.emit()

    def be_still(self) -> None:
        """Hear of no entry and look at no clock any more."""
        self._listen_no_more()
        self._hourly.stop()
        self._ticker.ticked.disconnect(self._on_tick)

    # --- walking about --------------------------------------------------------------------

    def go(self, place: str) -> None:
        """Go into one of the rooms on the rail."""
        if place == "Chairs":
            self._chairs.on_entries()
            self._window.show_room(self.chairs_room, "Chairs")
            self.chairs_room.setFocus()
        elif place == "Patients":
            self._patients.refresh()
            self._window.show_room(self.patients_room, "Patients")
        else:
            self.quiet.go(place)

    def go_to_session(self, session_id: str) -> None:
        """Go to a session's chairside screen."""
        rooms = self.sessions[session_id]
        rooms.session.on_entries()
        self._window.show_room(rooms.screen, "Chairs")

    def go_to_dose(self, session_id: str) -> None:
        """Go to a session's dose set-up."""
        rooms = self.sessions[session_id]
        self._window.show_room(rooms.dose_room, "Chairs")
        rooms.dose.begin()

    def go_to_start(self, chair: str = "", patient_id: str = "") -> None:
        """Go where a session is started."""
        self._window.show_room(self.starting_room, "Chairs")
        self._starting.begin(patient_id=patient_id, chair=chair)

    def tell_closed(self, since: dt.datetime, until: dt.datetime) -> None:
        """Say on each open session's screen what fell due while the program was closed."""
        for header in self._lists.sessions("open"):
            self.sessions[header.session_id].session.tell_closed(since, until)

    # --- staying true -----------------------------------------------------------------------

    def check_record(self) -> None:
        """Hold the record against itself, beside the window; the shield says what came of it."""
        self._window.foot.set_shield(CHECKING)
        self._tasks.run(lambda: self._record.check(lambda _done, _of: None), self._checked)

    def _checked(self, future: Future[Checked]) -> None:
        try:
            self._show_shield(future.result())
        except MonitorError as error:
            self._window.foot.set_shield(f"Not checked: {sentence(error)}", broken=True)

    def _show_shield(self, report: Checked) -> None:
        now = self._record.world.clock.now().astimezone(self._record.world.zone)
        findings = report.findings
        self._window.foot.set_shield(shield_words(findings, now), broken=bool(findings))

    def _on_tick(self, now: dt.datetime) -> None:
        self._window.foot.set_clock(f"{now.astimezone(self._record.world.zone):%H:%M}")
        self.sessions.on_tick(now)
        self._tell_elsewhere()
        if self._window.room is self.chairs_room:
            self._chairs.on_tick(now)

    def _tell_elsewhere(self) -> None:
        """Show on the session that is seen what the other chairs need."""
        session_id = self.sessions.seen
        if session_id:
            elsewhere = self._chairs.elsewhere(session_id)
            self.sessions[session_id].session.set_elsewhere(elsewhere)

    def _on_entry(self, entry: Entry) -> None:
        if not self._written:
            QTimer.singleShot(0, self._look_again)
        self._written.add(entry.stream)

    def _look_again(self) -> None:
        """Refresh what shows what was just written: once for all entries of one act."""
        streams, self._written = self._written, set()
        for stream in streams:
            kind, _, name = stream.partition("/")
            if kind == "session":
                self.sessions.on_entries(name)
        if any(not stream.startswith("access") for stream in streams):
            self._chairs.on_entries()
            for room in (self._patients, self._starting, self.quiet):
                room.refresh()

    # --- making the rooms -------------------------------------------------------------------

    def _make_rooms(self) -> None:
        window, world = self._window, self._record.world
        self._chairs = chairs_presenter(self.chairs_room, world)
        self._patients = PatientsPresenter(
            self.patients_room, patients_doors(world, lambda: self.author)
        )
        self._starting = StartSessionPresenter(
            self.starting_room, start_doors(world, lambda: self.author)
        )
        self.chairs_room.wire(self._chairs)
        self.patients_room.wire(self._patients)
        self.starting_room.wire(self._starting)
        window.add_room(self.chairs_room, chairs_screen.HINTS)
        window.add_room(self.patients_room, patients_room.HINTS)
        window.add_room(self.starting_room, starting_room.HINTS)

    def _connect(self) -> None:
        self.sessions.go_to_dose = self.go_to_dose
        self.sessions.go_to_session = self.go_to_session
        self.quiet.go_to_session = self.go_to_session
        self._window.room_chosen.connect(self.go)
        self._window.log_out_asked.connect(self.leave)
        self.chairs_room.session_opened.connect(self.go_to_session)
        self.chairs_room.start_requested.connect(self.go_to_start)
        self.patients_room.open_requested.connect(self.go_to_session)
        self.patients_room.start_requested.connect(
            lambda patient_id: self.go_to_start(patient_id=patient_id)
        )
        self.starting_room.started.connect(self._started)
        self.starting_room.new_patient_requested.connect(self._new_patient)
        self.starting_room.protocols_requested.connect(self.quiet.go_to_protocols)
        self.quiet.checked.connect(self._show_shield)
        self.starting_room.left.connect(lambda: self.go("Chairs"))

    def _started(self, session_id: str) -> None:
        self.sessions[session_id]
        self.go_to_dose(session_id)

    def _new_patient(self) -> None:
        self.go("Patients")
        self._patients.new()
