"""The screens of the sessions that are looked at: one chairside screen and one dose set-up each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from monitor.clinic import Lists
from monitor.desk import Perform, ShowSession, StandingCourseOrder, World, proven
from monitor.errors import MonitorError
from monitor.people import Author
from monitor.protocols.protocol import Protocol
from monitor.two_people import EmergencyOverride, LetThrough, SecondCheck, WitnessedWaste
from ui.presenters.acting import Colleagues
from ui.presenters.dose_parts import DoseDoors
from ui.presenters.dose_setup import DoseSetUpPresenter
from ui.presenters.question import Done
from ui.presenters.session import SessionDoors, SessionPresenter
from ui.presenters.to_sign_gaps import ROW
from ui.screens.dose import room as dose_room
from ui.screens.session import screen as session_screen
from ui.tasks import Tasks
from ui.theme import ROOMY_FROM
from ui.window import Window


@dataclass(frozen=True, slots=True)
class SetUp:
    """The dose set-up of a session, with what drives it."""

    room: dose_room.DoseRoom
    presenter: DoseSetUpPresenter


class SessionRooms:
    """One session's screens, with what drives them.

    The dose set-up is made when somebody first asks for it: most visits to a session's screen
    are after the dose, and nobody waits then for what is not shown.
    """

    def __init__(
        self,
        screen: session_screen.SessionScreen,
        session: SessionPresenter,
        make: Callable[[], SetUp],
    ) -> None:
        self.screen, self.session, self._make = screen, session, make
        self.set_up: SetUp | None = None

    @property
    def dose_room(self) -> dose_room.DoseRoom:
        """Return the dose set-up's room."""
        return self._made().room

    @property
    def dose(self) -> DoseSetUpPresenter:
        """Return what drives the dose set-up."""
        return self._made().presenter

    @property
    def made(self) -> tuple[QWidget, ...]:
        """Return the rooms of it that there are by now."""
        return (self.screen, self.set_up.room) if self.set_up else (self.screen,)

    def go_to(self, place: str) -> None:
        """Do what a button of the screen would do, or go to a row of the sheet ("row:" and a uid).

        What has no row among the readings has one among all that was entered.
        """
        name, _, uid = place.partition(":")
        if name != ROW:
            self.session.command(place)
            return
        self.session.command("close-account")
        if not self.screen.sheet.enter_at(uid):
            self.session.sheet.show_whole(whole=True)
            self.screen.sheet.enter_at(uid)

    def on_entries(self) -> None:
        """Something was written here: let what is made of it look again."""
        self.session.on_entries()
        self._look_at_dose()

    def look_again(self) -> None:
        """Something was written elsewhere: let what is made of it look again."""
        self.session.look_again()
        self._look_at_dose()

    def _made(self) -> SetUp:
        if self.set_up is None:
            self.set_up = self._make()
        return self.set_up

    def _look_at_dose(self) -> None:
        """Whoever comes to the dose set-up has it look by itself; else only who is there."""
        if self.set_up is not None and not self.set_up.room.isHidden():
            self.set_up.presenter.on_entries()


class OpenRooms:
    """Makes a session's screens when they are first asked for, and keeps them true."""

    def __init__(
        self, window: Window, world: World, author: Callable[[], Author], tasks: Tasks
    ) -> None:
        self._window, self._world, self._author, self._tasks = window, world, author, tasks
        self._rooms: dict[str, SessionRooms] = {}
        self.go_to_dose: Callable[[str, str], None] = lambda _, __: None
        self.go_to_session: Callable[[str], None] = lambda _: None
        self.go_to_sign: Callable[[str], None] = lambda _: None
        self.on_made: list[Callable[[str, SessionRooms], None]] = []

    def __contains__(self, session_id: object) -> bool:
        """Tell whether a session has screens by now."""
        return session_id in self._rooms

    def __getitem__(self, session_id: str) -> SessionRooms:
        """Return a session's screens."""
        if session_id not in self._rooms:
            self._rooms[session_id] = self._make(session_id)
            for tell in self.on_made:
                tell(session_id, self._rooms[session_id])
        return self._rooms[session_id]

    @property
    def made(self) -> tuple[tuple[str, SessionRooms], ...]:
        """Return the sessions that have screens, with them."""
        return tuple(self._rooms.items())

    @property
    def seen(self) -> str:
        """Return the session whose chairside screen is seen; empty for none."""
        here = self._window.room
        return next((name for name, rooms in self._rooms.items() if rooms.screen is here), "")

    def on_entries(self, session_id: str) -> None:
        """Something was written in a session: let its screens look again."""
        if session_id in self._rooms:
            self._rooms[session_id].on_entries()

    def on_all_entries(self) -> None:
        """Something was written elsewhere: let every screen look again."""
        for rooms in self._rooms.values():
            rooms.look_again()

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: move the clocks of the screen that is seen."""
        for rooms in self._rooms.values():
            if rooms.screen is self._window.room:
                rooms.session.on_tick(now)
        if not self._window.is_locked:
            self._forget_what_is_over()

    def close(self) -> None:
        """Forget all screens: somebody else may look at the window now."""
        for session_id in tuple(self._rooms):
            self._forget(session_id)

    def _forget_what_is_over(self) -> None:
        """Forget the screens of visits that are over, and that nobody is in the middle of."""
        over = [
            name
            for name, rooms in self._rooms.items()
            if rooms.session.overview.closed_at is not None
            and self._window.room not in rooms.made
            and not _is_half_way(rooms.session)
        ]
        for session_id in over:
            self._forget(session_id)

    def _forget(self, session_id: str) -> None:
        rooms = self._rooms.pop(session_id)
        if rooms.set_up is not None:
            rooms.set_up.presenter.close()
        rooms.session.question.drop()
        for room in rooms.made:
            self._window.drop_room(room)

    def _make(self, session_id: str) -> SessionRooms:
        protocol = self._protocol(session_id)
        roomy = self._window.width() >= ROOMY_FROM
        screen = session_screen.SessionScreen(roomy=roomy, parent=self._window.rooms)
        session = SessionPresenter(screen, self._session_doors(session_id, protocol))
        screen.wire(session)
        screen.dose_requested.connect(lambda step: self.go_to_dose(session_id, step))
        self._window.add_room(screen, screen.hints)
        screen.hinted.connect(lambda: self._window.teach(screen, screen.hints))
        return SessionRooms(screen, session, partial(self._set_up, session_id, protocol))

    def _set_up(self, session_id: str, protocol: Protocol) -> SetUp:
        room = dose_room.DoseRoom()
        dose = DoseSetUpPresenter(room, self._dose_doors(session_id, protocol))
        room.wire(dose)
        room.done.connect(lambda: self.go_to_session(session_id))
        self._window.add_room(room, dose_room.HINTS)
        return SetUp(room, dose)

    def _protocol(self, session_id: str) -> Protocol:
        with self._world.looking() as tx:
            return tx.session(session_id).protocol

    def _session_doors(self, session_id: str, protocol: Protocol) -> SessionDoors:
        world = self._world
        return SessionDoors(
            overview=lambda: ShowSession(world)(session_id),
            perform=lambda act: Perform(world)(session_id, self._author(), act),
            sign=lambda: self.go_to_sign(session_id),
            now=world.clock.now,
            zone=world.zone,
            protocol=protocol,
            colleagues=self._colleagues(session_id),
        )

    def _colleagues(self, session_id: str) -> Colleagues:
        world = self._world
        override, waste = EmergencyOverride(world), WitnessedWaste(world)
        return Colleagues(
            accounts=Lists(world).accounts,
            me=self._author,
            override=lambda user, password, act, done: self._beside(
                lambda: override(session_id, user, password, act), done
            ),
            waste=lambda act, user, password, done: self._beside(
                partial(waste, session_id, self._author(), act, user, password), done
            ),
        )

    def _dose_doors(self, session_id: str, protocol: Protocol) -> DoseDoors:
        world = self._world
        return DoseDoors(
            overview=lambda: ShowSession(world)(session_id),
            perform=lambda author, act: Perform(world)(session_id, author, act),
            accounts=Lists(world).accounts,
            prove=lambda user, password: proven(world, user, password).author,
            author=self._author,
            protocol=protocol,
            check=partial(SecondCheck(world), session_id),
            let_through=partial(LetThrough(world), session_id),
            course_order=partial(StandingCourseOrder(world), session_id),
            run=self._tasks.run,
            now=world.clock.now,
            zone=world.zone,
        )

    def _beside(self, work: Callable[[], object], done: Done) -> None:
        """Do something slow beside the window, and say when it is done."""

        def finished(future: Future[object]) -> None:
            error = future.exception()
            if error is not None and not isinstance(error, MonitorError):
                raise error
            done(error)

        self._tasks.run(work, finished)


def _is_half_way(session: SessionPresenter) -> bool:
    """Tell whether somebody has typed or begun to answer something there."""
    asked = (session.question, session.ratings, session.events)
    return bool(session.entry.lines) or any(each.is_open for each in asked)
