"""The doors of the rooms, over the record of a visit in memory."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from monitor.clinic import Lists, NewPatient, RegisterPatient
from monitor.desk import OpenSession, Perform, StandingCourseOrder, proven
from monitor.errors import MonitorError
from monitor.identity import MendPatient, ShowChanges
from monitor.people import Author, Patient, Sex
from monitor.two_people import LetThrough, SecondCheck
from tests.fakes.clock import WARSAW
from tests.fakes.visit import Visit
from ui.presenters.dose_parts import DoseDoors
from ui.presenters.patients import PatientsDoors
from ui.presenters.start_session import StartDoors


def dose_doors(visit: Visit, author: Author | None = None) -> DoseDoors:
    """Return the dose set-up's doors to the visit's session."""
    return DoseDoors(
        overview=lambda: visit.overview,
        perform=lambda by, act: Perform(visit.world)(visit.session_id, by, act),
        accounts=Lists(visit.world).accounts,
        prove=lambda user, password: proven(visit.world, user, password).author,
        author=lambda: author or visit.nurse,
        protocol=visit.session.protocol,
        check=partial(SecondCheck(visit.world), visit.session_id),
        let_through=partial(LetThrough(visit.world), visit.session_id),
        course_order=partial(StandingCourseOrder(visit.world), visit.session_id),
        run=run_at_once,
        now=visit.clock.now,
        zone=WARSAW,
    )


T = TypeVar("T")


def run_at_once(work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
    """Do work at once and answer at once, as `ui.tasks.Tasks.run` does beside the window."""
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except MonitorError as error:
        future.set_exception(error)
    then(future)


def patients_doors(visit: Visit) -> PatientsDoors:
    """Return the patients' doors."""
    lists = Lists(visit.world)
    return PatientsDoors(
        find=lists.patients,
        sessions=lists.sessions_of,
        register=lambda wanted: RegisterPatient(visit.world)(visit.nurse, wanted),
        mend=lambda seen, wanted, reason: MendPatient(visit.world)(
            visit.nurse, seen.id, wanted, reason, seen
        ),
        changes=ShowChanges(visit.world),
        now=visit.clock.now,
        zone=WARSAW,
    )


def start_doors(visit: Visit, author: Author | None = None) -> StartDoors:
    """Return the doors for starting a session."""
    lists = Lists(visit.world)

    def open_session(
        *, patient_id: str, protocol_id: str, chair: str, confirm: bool = False
    ) -> str:
        return OpenSession(visit.world)(
            author or visit.nurse,
            patient_id=patient_id,
            protocol_id=protocol_id,
            chair=chair,
            confirm=confirm,
        )

    return StartDoors(
        find=lists.patients,
        clinic=lists.clinic,
        open_sessions=lambda: lists.sessions("open"),
        approvals=lists.approvals,
        accounts=lists.accounts,
        open_session=open_session,
        now=visit.clock.now,
        zone=WARSAW,
    )


def registered(visit: Visit, family: str, given: str, number: str) -> Patient:
    """Add a patient, born on 1990-07-02."""
    wanted = NewPatient(family=family, given=given, born="1990-07-02", sex=Sex.MALE, number=number)
    return RegisterPatient(visit.world)(visit.nurse, wanted)
