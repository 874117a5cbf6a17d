"""A clinic's record in which sessions run, for measuring: with station, marks, checkpoints."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import main
from monitor.acts import Act, Start, TypeLine, Weigh
from monitor.clinic import (
    ApproveProtocol,
    FoundClinic,
    LogIn,
    NewAccount,
    NewPatient,
    ProgramRuns,
    RegisterPatient,
)
from monitor.desk import OpenSession, Perform
from monitor.entries import Weighing
from monitor.people import Author, Sex
from monitor.rehearsal.clockwork import ScriptClock
from tests.e2e.computer import CALCULATION, CHECK, ORDER, PASSWORDS, PEOPLE, shipped_infusion
from tests.fakes.clock import WARSAW
from tests.faults.visit import at_station
from ui.console.stage import PracticeOrder

BEGINNING = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
CHAIRS = 400
READINGS = 30
"""How many readings a session gets: as many as a long one has."""


def _silent(_: object) -> None:
    """Show nothing: what the screen costs is not measured here."""


class BusyClinic:
    """Opens one session after another and takes readings in the newest."""

    def __init__(self, place: Path) -> None:
        """Begin a clinic in a folder."""
        self._clock = ScriptClock(BEGINNING, WARSAW, bytes(16))
        self.record = at_station(
            PracticeOrder(
                folder=place / "record",
                clock=self._clock,
                zone=WARSAW,
                new_uid=main.new_uid,
                station="desk",
                salt=lambda: bytes(16),
                publish=_silent,
            ),
            place / "state",
        )
        people = tuple(
            NewAccount(user=user, name=name, role=role, credential="", password=PASSWORDS[user])
            for user, name, role in PEOPLE
        )
        chairs = tuple(str(number + 1) for number in range(CHAIRS))
        FoundClinic(self.record.world)("Riverside", "", chairs, people)
        ProgramRuns(self.record.world).started("bench")
        self._nurse, self._prescriber = (self._person(user) for user in ("nk", "ds"))
        ApproveProtocol(self.record.world)(self._prescriber, shipped_infusion())
        self._sessions = 0
        self._readings = READINGS
        self._session = ""

    def make_ready(self) -> None:
        """Let a minute pass, and open another session where the newest has had its readings."""
        self._clock.move_to(self._clock.now() + dt.timedelta(minutes=1))
        self._readings += 1
        if self._readings > READINGS:
            self._open()
            self._readings = 1

    def take_reading(self) -> None:
        """Confirm one reading: what is measured."""
        self._perform(self._nurse, TypeLine(text="128/82 76 98 16 s5 d1"))

    def _open(self) -> None:
        self._sessions += 1
        wanted = NewPatient(
            family=f"Family {self._sessions}",
            given=f"Given {self._sessions}",
            born="1984-03-12",
            sex=Sex.FEMALE,
            number=f"{100_000 + self._sessions}",
        )
        world = self.record.world
        patient = RegisterPatient(world)(self._nurse, wanted)
        self._session = OpenSession(world)(
            self._nurse,
            patient_id=patient.id,
            protocol_id="iv-ketamine-40",
            chair=str(self._sessions),
        )
        self._perform(self._prescriber, ORDER)
        self._perform(self._nurse, Weigh(kg=Decimal(70), how=Weighing.MEASURED))
        self._perform(self._nurse, CALCULATION)
        self._perform(self._prescriber, CHECK)
        self._perform(self._nurse, TypeLine(text="122/76 72 98 16 s5 d0"))
        self._perform(self._nurse, Start())

    def _perform(self, by: Author, act: Act) -> None:
        Perform(self.record.world)(self._session, by, act)

    def _person(self, user: str) -> Author:
        return LogIn(self.record.world)(user, PASSWORDS[user])
