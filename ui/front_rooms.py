"""The front rooms: chairs, patients, starting a session; and what they are given of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from monitor.clinic import Lists, RegisterPatient
from monitor.desk import OpenSession, World
from monitor.identity import MendPatient, ShowChanges
from monitor.overview import LocalTime
from monitor.people import Author, Role
from ui.open_sessions import OpenSessions
from ui.presenters.chairs import ChairsPresenter, ChairsView
from ui.presenters.chairs_today import Today
from ui.presenters.patients import PatientsDoors, PatientsPresenter
from ui.presenters.rooms_of import CHAIRS, PATIENTS, may_enter
from ui.presenters.start_session import StartDoors, StartSessionPresenter
from ui.screens.chairs import screen as chairs_screen
from ui.screens.patients import room as patients_room
from ui.screens.starting import room as starting_room
from ui.theme import ROOMY_FROM
from ui.wall import Wall
from ui.window import Window


class FrontRooms:
    """Makes the rooms where sessions begin and are seen at a glance, wired to the record."""

    def __init__(
        self,
        window: Window,
        world: World,
        author: Callable[[], Author],
        open_sessions: OpenSessions,
        looked: Callable[[str], None],
    ) -> None:
        self._window, self._open_sessions = window, open_sessions
        roomy = window.width() >= ROOMY_FROM
        self.chairs_room = chairs_screen.ChairsScreen(roomy=roomy)
        self.patients_room = patients_room.PatientsRoom()
        self.starting_room = starting_room.StartSessionRoom()
        self.chairs = chairs_presenter(self.chairs_room, world, open_sessions)
        self.patients = PatientsPresenter(self.patients_room, patients_doors(world, author, looked))
        self.starting = StartSessionPresenter(self.starting_room, start_doors(world, author))
        self.wall = Wall(window, self.chairs)
        self._behind: set[QWidget | None] = set()
        window.moved.connect(self._look_at_what_is_seen)
        self.chairs_room.wire(self.chairs)
        self.chairs_room.wall_requested.connect(self.wall.toggle)
        self.patients_room.wire(self.patients)
        self.starting_room.wire(self.starting)
        window.add_room(self.chairs_room, chairs_screen.HINTS)
        window.add_room(self.patients_room, patients_room.HINTS)
        window.add_room(self.starting_room, starting_room.HINTS)

    def go(self, place: str) -> bool:
        """Go into one of these rooms; tells whether it is one of them."""
        self.wall.drop()
        if place == CHAIRS:
            self.chairs.on_entries()
            self._window.show_room(self.chairs_room, CHAIRS)
            self.chairs_room.setFocus()
        elif place == PATIENTS:
            self.patients.refresh()
            self._window.show_room(self.patients_room, PATIENTS)
        return place in (CHAIRS, PATIENTS)

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: move the clocks of the chairs, wherever they are seen."""
        self._open_sessions.look()  # that the record cannot be read is found out in any room
        self._look_at_what_is_seen()
        if self.wall.is_on or self._window.room is self.chairs_room:
            self.chairs.on_tick(now)

    def refresh(self) -> None:
        """Something was written: let what is seen look again now, the others once they are."""
        self._behind = {self.chairs_room, self.patients_room, self.starting_room}
        self._look_at_what_is_seen()

    def _look_at_what_is_seen(self) -> None:
        here: QWidget | None = self.chairs_room if self.wall.is_on else self._window.room
        if here not in self._behind:
            return
        self._behind.discard(here)
        if here is self.chairs_room:
            self.chairs.on_entries()
        elif here is self.patients_room:
            self.patients.refresh()
        else:
            self.starting.refresh()

    def close(self) -> None:
        """Forget the rooms: somebody else may look at the window now."""
        self._window.moved.disconnect(self._look_at_what_is_seen)
        self.wall.close()
        for room in (self.chairs_room, self.patients_room, self.starting_room):
            self._window.drop_room(room)


def offer_rooms(window: Window, role: Role) -> None:
    """Let the rail, and the line on what waits, lead to the rooms of a role alone."""
    window.rail.set_offered([name for name in window.rail.places if may_enter(role, name)])
    window.foot.pressing.set_leads(leads=may_enter(role, CHAIRS))


def chairs_presenter(
    view: ChairsView, world: World, open_sessions: OpenSessions
) -> ChairsPresenter:
    """Return what drives the board of all chairs."""
    lists, moment = Lists(world), world.clock.moment()
    return ChairsPresenter(
        view,
        overviews=open_sessions.look,
        chairs=lambda: found.chairs if (found := lists.clinic()) else (),
        now=world.clock.now,
        local=LocalTime(((moment.now, moment.offset),)),
        today=Today(
            lambda since: (*lists.sessions("open"), *lists.closed_since(since)), world.zone
        ),
    )


def patients_doors(
    world: World, author: Callable[[], Author], looked: Callable[[str], None]
) -> PatientsDoors:
    """Return what the patients' room needs; *looked* is told whose page is opened."""
    lists = Lists(world)
    return PatientsDoors(
        find=lists.patients,
        sessions=lists.sessions_of,
        register=lambda wanted: RegisterPatient(world)(author(), wanted),
        mend=lambda seen, wanted, reason: MendPatient(world)(
            author(), seen.id, wanted, reason, seen
        ),
        changes=ShowChanges(world),
        looked=looked,
        now=world.clock.now,
        zone=world.zone,
    )


def start_doors(world: World, author: Callable[[], Author]) -> StartDoors:
    """Return what the room needs in which sessions are started."""
    lists = Lists(world)
    return StartDoors(
        find=lists.patients,
        clinic=lists.clinic,
        open_sessions=lambda: lists.sessions("open"),
        approvals=lists.approvals,
        accounts=lists.accounts,
        open_session=lambda **chosen: OpenSession(world)(author(), **chosen),
        now=world.clock.now,
        zone=world.zone,
    )
