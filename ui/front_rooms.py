"""What the front rooms (chairs, patients, starting a session) are given of the record."""

from __future__ import annotations

from collections.abc import Callable

from monitor.clinic import Lists, RegisterPatient
from monitor.desk import OpenSession, ShowSession, World
from monitor.overview import LocalTime
from monitor.people import Author
from ui.presenters.chairs import ChairsPresenter, ChairsView
from ui.presenters.patients import PatientsDoors
from ui.presenters.start_session import StartDoors


def chairs_presenter(view: ChairsView, world: World) -> ChairsPresenter:
    """Return what drives the board of all chairs."""
    lists, moment = Lists(world), world.clock.moment()
    return ChairsPresenter(
        view,
        overviews=lambda: tuple(
            ShowSession(world)(header.session_id) for header in lists.sessions("open")
        ),
        chairs=lambda: found.chairs if (found := lists.clinic()) else (),
        now=world.clock.now,
        local=LocalTime(((moment.now, moment.offset),)),
    )


def patients_doors(world: World, author: Callable[[], Author]) -> PatientsDoors:
    """Return what the patients' room needs."""
    lists = Lists(world)
    return PatientsDoors(
        find=lists.patients,
        sessions=lists.sessions,
        register=lambda wanted: RegisterPatient(world)(author(), wanted),
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
