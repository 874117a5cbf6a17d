"""A visit in a clinic whose record was put back to an earlier day."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.acts import Cancel
from monitor.clinic import NewPatient, RegisterPatient
from monitor.desk import OpenSession, World
from monitor.entries import Entry
from monitor.history import HISTORY, Gap
from monitor.ledger import Head, Remembered, Where
from monitor.people import Author, Role, Sex
from tests.fakes.visit import Visit

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Byron")
AUDITOR = Author("jm", Role.AUDITOR, "June Moreau")


def lost(seq: int, at: dt.datetime) -> Gap:
    """Return a head that a station remembers and the record, 40 lines long, does not hold."""
    return Gap(Remembered(Head(seq, f"{seq}" * 32), at, Where.STATION), Head(40, "cd" * 32))


class Rolled:
    """A visit at 09:48 in a record that lost what was written from 09:10 to 09:30.

    `gaps` is what the store answers; a test may put others in their place.
    """

    def __init__(self) -> None:
        self.visit = Visit()
        times = [(41, "09:10"), (47, "09:20"), (52, "09:30")]
        self.gaps = tuple(lost(seq, self.visit.instant(at)) for seq, at in times)
        self.visit.at("09:50")
        self.visit.world = dataclasses.replace(self.visit.world, gaps=lambda: self.gaps)

    @property
    def world(self) -> World:
        """Return the world that the store's answers come from."""
        return self.visit.world

    @property
    def history(self) -> tuple[Entry, ...]:
        """Return the stream of the record's own past."""
        return tuple(e for e in self.visit.store.entries if e.stream == HISTORY)

    def another(self) -> str:
        """Open one more session, and go on in that one."""
        wanted = NewPatient(
            family="Reyes", given="Mateo", born="1990-07-02", sex=Sex.MALE, number="100412"
        )
        patient = RegisterPatient(self.world)(self.visit.nurse, wanted)
        self.visit.session_id = OpenSession(self.world)(
            self.visit.nurse,
            patient_id=patient.id,
            protocol_id="iv-ketamine-40",
            chair="1",
            confirm=True,
        )
        return self.visit.session_id

    def treated(self, session_id: str = "") -> Visit:
        """End a session in the shortest way that can be signed: it is cancelled."""
        self.visit.session_id = session_id or self.visit.session_id
        self.visit.do(Cancel(reason="fever"))
        return self.visit
