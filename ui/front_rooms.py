"""The front rooms: chairs, patients, starting a session; and what they are given of the record."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator

from monitor.clinic import Lists, RegisterPatient
from monitor.desk import OpenSession, ShowSession, World
from monitor.errors import IntegrityError
from monitor.identity import MendPatient, ShowChanges
from monitor.overview import LocalTime, SessionOverview
from monitor.people import Author
from monitor.ports import SessionHeader
from ui.presenters.chairs import ChairsPresenter, ChairsView
from ui.presenters.patients import PatientsDoors, PatientsPresenter
from ui.presenters.start_session import StartDoors, StartSessionPresenter
from ui.screens.chairs import screen as chairs_screen
from ui.screens.patients import room as patients_room
from ui.screens.starting import room as starting_room
from ui.theme import ROOMY_FROM
from ui.window import Window


class FrontRooms:
    """Makes the rooms where sessions begin and are seen at a glance, wired to the record."""

    def __init__(self, window: Window, world: World, author: Callable[[], Author]) -> None:
        self._window = window
        roomy = window.width() >= ROOMY_FROM
        self.chairs_room = chairs_screen.ChairsScreen(roomy=roomy)
        self.patients_room = patients_room.PatientsRoom()
        self.starting_room = starting_room.StartSessionRoom()
        self.chairs = chairs_presenter(self.chairs_room, world)
        self.patients = PatientsPresenter(self.patients_room, patients_doors(world, author))
        self.starting = StartSessionPresenter(self.starting_room, start_doors(world, author))
        self.chairs_room.wire(self.chairs)
        self.patients_room.wire(self.patients)
        self.starting_room.wire(self.starting)
        window.add_room(self.chairs_room, chairs_screen.HINTS)
        window.add_room(self.patients_room, patients_room.HINTS)
        window.add_room(self.starting_room, starting_room.HINTS)

    def refresh(self) -> None:
        """Something was written: let all of them look again."""
        self.chairs.on_entries()
        self.patients.refresh()
        self.starting.refresh()

    def close(self) -> None:
        """Forget the rooms: somebody else may look at the window now."""
        for room in (self.chairs_room, self.patients_room, self.starting_room):
            self._window.drop_room(room)


def chairs_presenter(view: ChairsView, world: World) -> ChairsPresenter:
    """Return what drives the board of all chairs."""
    lists, moment = Lists(world), world.clock.moment()
    return ChairsPresenter(
        view,
        overviews=lambda: tuple(_readable(world, lists.sessions("open"))),
        chairs=lambda: found.chairs if (found := lists.clinic()) else (),
        now=world.clock.now,
        local=LocalTime(((moment.now, moment.offset),)),
    )


def _readable(world: World, headers: Iterable[SessionHeader]) -> Iterator[SessionOverview]:
    """Give the sessions that can be read: one that was tampered with hides no other chair."""
    for header in headers:
        with contextlib.suppress(IntegrityError):
            yield ShowSession(world)(header.session_id)


def patients_doors(world: World, author: Callable[[], Author]) -> PatientsDoors:
    """Return what the patients' room needs."""
    lists = Lists(world)
    return PatientsDoors(
        find=lists.patients,
        sessions=lists.sessions,
        register=lambda wanted: RegisterPatient(world)(author(), wanted),
        mend=lambda seen, wanted, reason: MendPatient(world)(
            author(), seen.id, wanted, reason, seen
        ),
        changes=ShowChanges(world),
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
