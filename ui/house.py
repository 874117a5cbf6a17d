"""The rooms behind the log-in: made once a person is in, wired to the record, kept true."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.clinic import LogOut
from monitor.entries import Entry
from monitor.errors import MonitorError
from monitor.people import Author
from ui.back_to_signing import BackToSigning
from ui.bridge import EntryBridge
from ui.front_rooms import FrontRooms, offer_rooms
from ui.keeper import Keeper
from ui.looks import Looks
from ui.own_password import OwnPassword
from ui.presenters.rooms_of import CHAIRS, may_enter, room_for
from ui.quiet_rooms import QuietRooms
from ui.record import Record
from ui.session_rooms import OpenRooms
from ui.shielding import Shielding
from ui.side_rooms import SideRooms
from ui.tasks import Tasks
from ui.ticker import Ticker
from ui.window import Window
from ui.wording import sentence


class House(QObject):
    """Everything a person who is logged in can walk into.

    Signals:
        left: The person has logged out.
    """

    left = Signal()

    def __init__(
        self,
        window: Window,
        record: Record,
        author: Author,
        *,
        tasks: Tasks,
        ticker: Ticker,
        keeper: Keeper,
    ) -> None:
        super().__init__(window)
        self._window, self._record, self.author = window, record, author
        self._ticker, self._keeper = ticker, keeper
        world = record.world
        self._bridge = EntryBridge(self)
        self._listen_no_more, self._written = record.listen(self._bridge.publish), set[str]()
        self._behind = False  # whether something of it is still to be looked at
        self.sessions = OpenRooms(window, world, lambda: self.author, tasks)
        self.quiet = QuietRooms(window, record, lambda: self.author, tasks, keeper)
        self._back = BackToSigning(window, self.sessions, self.quiet.go_to_sign)
        self.side = SideRooms(window, record, lambda: self.author, tasks)
        self.own = OwnPassword(window, world, lambda: self.author, tasks, self._look_everywhere)
        self.looks = Looks(world, lambda: self.author, tasks)
        seats, looked = keeper.open_sessions, self.looks.patient
        self.front = FrontRooms(window, world, lambda: self.author, seats, looked)
        self._connect()
        self._shielding = Shielding(
            keeper,
            window.foot,
            self.front.chairs_room.strip,
            self.quiet,
            author=lambda: self.author,
            zone=world.zone,
        )
        ticker.ticked.connect(self._on_tick)
        self._bridge.entry_recorded.connect(self._on_entry)
        self.set_author(author)
        self._on_tick(world.clock.now())

    # --- who is here --------------------------------------------------------------------

    def set_author(self, author: Author) -> None:
        """Let this person be the one who writes from now on."""
        self.author = author
        self._window.rail.set_user(author.initials, author.name)
        offer_rooms(self._window, author.role)
        self._shielding.show()

    def leave(self) -> None:
        """Log the person out and take every room away."""
        self.be_still()
        with contextlib.suppress(MonitorError):  # a full disk keeps nobody in
            LogOut(self._record.world)(self.author)
        for part in (self._back, self.sessions, self.quiet, self.side, self.own, self.front):
            part.close()
        self.left.emit()

    def be_still(self) -> None:
        """Hear of no entry and look at no clock any more."""
        self._listen_no_more()
        self.side.be_still()
        self.quiet.be_still()
        self._shielding.close()
        self._ticker.ticked.disconnect(self._on_tick)
        self._window.room_chosen.disconnect(self.go)

    # --- walking about --------------------------------------------------------------------

    def go(self, place: str) -> None:
        """Go into one of the rooms on the rail; for one that is not there, where a log-in leads."""
        place = room_for(self.author.role, place)
        if not (self.front.go(place) or self.side.go(place)):
            self.quiet.go(place)

    def go_to_session(self, session_id: str, command: str = "") -> None:
        """Go to a session's chairside screen, and do there what a button of it would do.

        Whoever has no business at a chair stays where they are.
        """
        if not may_enter(self.author.role, CHAIRS):
            return
        self.front.wall.drop()
        is_new = session_id not in self.sessions  # it has just looked
        rooms = self.sessions[session_id]
        if not is_new:
            rooms.session.on_entries()
        self._window.show_room(rooms.screen, "Chairs")
        rooms.go_to(command)
        self.looks.session(session_id)

    def go_from_signing(self, session_id: str, place: str, why: str) -> None:
        """Go from the worklist to where a gap came about; the way back stays in sight."""
        self.go_to_session(session_id, place)
        self._back.came(session_id, why)

    def go_to_dose(self, session_id: str, step: str = "") -> None:
        """Go to a session's dose set-up, at that step or the first one that is open."""
        self.front.wall.drop()
        rooms = self.sessions[session_id]
        self._window.show_room(rooms.dose_room, "Chairs")
        rooms.dose.begin(step)

    def go_to_start(self, chair: str = "", patient_id: str = "") -> None:
        """Go where a session is started."""
        self._window.show_room(self.front.starting_room, "Chairs")
        self.front.starting.begin(patient_id=patient_id, chair=chair)

    # --- staying true -----------------------------------------------------------------------

    def _on_tick(self, now: dt.datetime) -> None:
        self._window.foot.set_clock(f"{now.astimezone(self._record.world.zone):%H:%M}")
        if self._record.changed_elsewhere() or self._behind:
            self._safely(self._look_everywhere)
        self._safely(lambda: self._move_clocks(now))

    def _move_clocks(self, now: dt.datetime) -> None:
        self.sessions.on_tick(now)
        self._tell_elsewhere()
        self.front.on_tick(now)

    def _safely(self, look: Callable[[], None]) -> None:
        """Look at the record; where it cannot be read the shield says so, until it can."""
        try:
            look()
        except MonitorError as error:
            self._behind = True
            self._keeper.tell_unread(sentence(error))
        else:
            self._keeper.tell_unread("")

    def _tell_elsewhere(self) -> None:
        """Show on the session that is seen what the other chairs need."""
        session_id = self.sessions.seen
        if session_id:
            elsewhere = self.front.chairs.elsewhere(session_id)
            said = self._window.foot.pressing.said
            self.sessions[session_id].session.set_elsewhere(elsewhere, said)

    def _on_entry(self, entry: Entry) -> None:
        if not self._written:
            QTimer.singleShot(0, lambda: self._safely(self._look_again))
        self._written.add(entry.stream)
        self.side.hear(entry)

    def _look_everywhere(self) -> None:
        """Refresh whatever shows the record: nobody knows what another process wrote."""
        self._behind = False
        self._keeper.look_everywhere()
        self.sessions.on_all_entries()
        self.front.refresh()
        self.quiet.refresh()
        self.side.refresh()

    def _look_again(self) -> None:
        """Refresh what shows what was just written: once for all entries of one act."""
        streams, self._written = self._written, set()
        for stream in streams:
            kind, _, name = stream.partition("/")
            if kind == "session":
                self.sessions.on_entries(name)
        if any(not stream.startswith("access") for stream in streams):
            self.front.refresh()
            self.quiet.refresh()
        self.side.look_again()

    # --- doors between the rooms ------------------------------------------------------------

    def _connect(self) -> None:
        self.sessions.go_to_dose = self.go_to_dose
        self.sessions.go_to_session = self.go_to_session
        self.sessions.go_to_sign = self.quiet.go_to_sign
        self.quiet.go_to_session = self.go_from_signing
        left_today, waiting = self.front.chairs_room.left_today, self.quiet.to_sign_room.waiting
        self.side.lead_to_rems(left_today, waiting)
        self.side.lead_to_form(self.quiet.settings_room.protocols)
        self._window.room_chosen.connect(self.go)
        self.front.chairs_room.session_opened.connect(self.go_to_session)
        self.front.chairs_room.start_requested.connect(self.go_to_start)
        self.front.chairs_room.shield_requested.connect(self.quiet.go_to_integrity)
        self.front.patients_room.open_requested.connect(self.go_to_session)
        self.front.patients_room.start_requested.connect(
            lambda patient_id: self.go_to_start(patient_id=patient_id)
        )
        self.front.starting_room.started.connect(self.go_to_dose)
        self.front.starting_room.new_patient_requested.connect(self._new_patient)
        self.front.starting_room.protocols_requested.connect(self.quiet.go_to_protocols)
        self.front.starting_room.left.connect(lambda: self.go("Chairs"))

    def _new_patient(self) -> None:
        self.go("Patients")
        self.front.patients.new()
