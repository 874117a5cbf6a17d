"""A clinic's record with sessions of every state on three days, made once and copied for a test."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typing_extensions import override

import main
from db.certification import PracticeCertification
from db.engine import GUARDS, open_engine
from db.locks import slots
from db.store import FILE_NAME, Store
from db.witness.station import Station
from monitor.acts import Cancel, Finish
from monitor.clinic import Lists, NewPatient, RegisterPatient
from monitor.desk import OpenSession, World
from monitor.entries import Entry, ExportBegun, Exported, ExportEnded
from monitor.overview import SessionOverview
from monitor.people import Author, Role, Sex
from monitor.ports import KeptReport
from monitor.signing import AddToSession
from reports.papers import ReportPapers
from reports.press import ReportPress
from tests.fakes.clock import WARSAW, FakeClock
from tests.fakes.passwords import PlainPasswords
from tests.fakes.press import PlainPress
from tests.fakes.visit import PASSWORDS, Visit
from tests.unit.monitor.later_visits import come_again
from ui.console.stage import Listeners
from ui.whole_export.driver import Order, Outcome, Step, WholeExport

AUDITOR = Author("os:auditor", Role.AUDITOR, "auditor at the command line of test")
FIRST, LAST = dt.date(2026, 3, 2), dt.date(2026, 3, 3)
"""The days that are exported; there is one more, with a session and a patient of its own."""

COUNT = 5
"""So many sessions are opened on them."""

GOOD = "122/76 72 98 16 s5 d0"
NOT_THEIRS = "Zielinska"
"""The patient of the day that is not exported."""


def make_record(folder: Path) -> tuple[str, ...]:
    """Live through it all; returns the sessions in the order of their opening.

    Co-signed with an addendum; co-signed with a real seal; two cancelled; one open. And on the
    third day one of another patient, cancelled.
    """
    store = Store.create(folder, "practice", practice=True)
    visit = Visit(transaction=store.transaction, certification=PracticeCertification())
    _treated(visit)
    visit.at("11:58").signed().at("12:31").co_signed().at("15:02")
    add = AddToSession(visit.world)
    add(visit.session_id, "nk", PASSWORDS["nk"], "She slept well.", seen=visit.overview.entries)
    ids = [visit.session_id]
    _treated(come_again(visit, days=1))
    visit.at("11:58").signed().at("12:31")
    visit.world = dataclasses.replace(visit.world, press=ReportPress())
    visit.co_signed()
    ids.append(visit.session_id)
    ids += [_came(visit, name, stays=False) for name in ("Lis", "Wilk")]
    ids.append(_came(visit, "Sowa", stays=True))
    visit.clock.advance(days=1)
    ids.append(_came(visit, NOT_THEIRS, stays=False))
    store.close()
    return tuple(ids)


def _treated(visit: Visit) -> None:
    """Live through an infusion that leaves no gap."""
    visit.started("10:00").prepared()
    for at in ("10:10", "10:20", "10:30", "10:40"):
        visit.at(at).line("130/80 76 97 15 s5 d6")
    visit.do(Finish())
    for at in ("10:55", "11:10", "11:25", "11:40"):
        visit.at(at).line(GOOD)
    visit.at("11:41").left()


def _came(visit: Visit, family: str, *, stays: bool) -> str:
    """Let another patient come, and go home again unless they stay."""
    wanted = NewPatient(
        family=family, given="Ewa", born="1990-05-05", sex=Sex.FEMALE, number=f"9-{family}"
    )
    patient = RegisterPatient(visit.world)(visit.nurse, wanted)
    visit.session_id = OpenSession(visit.world)(
        visit.nurse, patient_id=patient.id, protocol_id="iv-ketamine-40", chair=f"chair of {family}"
    )
    if not stays:
        visit.do(Cancel(reason="no escort"))
    return visit.session_id


class QuickPapers(ReportPapers):
    """Makes no bundle worth the name: it costs more than all the rest of so small an export."""

    @override
    def fhir(self, overview: SessionOverview, record: bytes, report: KeptReport | None) -> bytes:
        return f'{{"resourceType":"Bundle","id":"{overview.code}"}}'.encode("ascii")


@dataclass
class Exporter:
    """A record opened as by a process of its own, and what exports from it.

    Attributes:
        quick: Whether its papers are those that cost little.
        steps: What the export told.
        stop_after: After so many sessions somebody stops it.
        station: The computer that it is opened at; one makes checkpoints.
    """

    folder: Path
    quick: bool = True
    steps: list[Step] = field(default_factory=list)
    stop_after: int = 10**6
    station: Station | None = None
    record: main.OpenRecord = field(init=False)

    def __post_init__(self) -> None:
        listeners = Listeners()
        store = Store.open(self.folder, publish=listeners, station=self.station)
        world = _world(store)
        self.record = main.OpenRecord(store, world, listeners)
        if self.quick:
            self.record.papers = QuickPapers(
                Lists(world).clinic, lambda: store.head().hash, world.zone
            )

    def __call__(self, to: Path, **changes: object) -> Outcome:
        """Export the two days."""
        self.steps.clear()
        order = Order(author=AUDITOR, first=FIRST, last=LAST, to=to, processes=1)
        order = dataclasses.replace(order, **changes)  # type: ignore[arg-type] # its own fields
        return WholeExport(self.record, order, self.steps.append, self._stopped).run()

    def damage(self, session_id: str) -> tuple[int, bytes]:
        """Spoil an entry of a session as a failing disk does; returns its number and what it was.

        Args:
            session_id: Which session.
        """
        say = "SELECT seq, body FROM ledger WHERE stream = ? ORDER BY seq DESC LIMIT 1"
        ((seq, body),) = self._sql(say, f"session/{session_id}")
        self._put(seq, body[: len(body) // 2] + b"\xff\x00")
        return seq, body

    def mend(self, whole: tuple[int, bytes]) -> None:
        """Put back what `damage` took."""
        self._put(*whole)

    def _put(self, seq: int, body: bytes) -> None:
        for name in GUARDS:
            self._sql(f"DROP TRIGGER {name}")
        self._sql("UPDATE ledger SET body = ? WHERE seq = ?", body, seq)
        for text in GUARDS.values():
            self._sql(text)

    def _sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        engine = open_engine(self.folder / FILE_NAME, slots.unlock(self.folder, "practice").data)
        raw = engine.raw_connection()
        found: list[tuple[Any, ...]] = raw.cursor().execute(statement, values).fetchall()
        raw.commit()
        raw.close()
        engine.dispose()
        return found

    @property
    def entries(self) -> list[Entry]:
        """Return what exports left in the record, oldest first."""
        with self.record.world.looking() as tx:
            said = tx.stream("access")
        return [e for e in said if isinstance(e.what, Exported | ExportBegun | ExportEnded)]

    @property
    def ends(self) -> list[str]:
        """Return how the exports ended."""
        return [each.what.how for each in self.entries if isinstance(each.what, ExportEnded)]

    def _stopped(self) -> bool:
        return bool(self.steps) and self.steps[-1].done >= self.stop_after


def _world(store: Store) -> World:
    """Return the world of a process that opens the record days later."""
    clock, numbers = FakeClock(), itertools.count(1)
    clock.advance(days=5)
    return World(
        transaction=store.transaction,
        clock=clock,
        station="test",
        zone=WARSAW,
        new_uid=lambda: f"export-{os.getpid()}-{id(store)}-{next(numbers):05}",
        passwords=PlainPasswords(),
        certification=PracticeCertification(),
        press=PlainPress(),
        station_key=store.station_key,
        gaps=store.gaps,
        look=store.looking,
        practice=True,
    )


@dataclass
class Copies:
    """Gives fresh copies of a record, opened; `close` them."""

    made: Path
    folder: Path
    given: list[Exporter] = field(default_factory=list)

    def __call__(self, *, quick: bool = True, station: Station | None = None) -> Exporter:
        """Copy it once more.

        Args:
            quick: Whether its papers are those that cost little.
            station: The computer that opens it; None for one that makes no checkpoints.
        """
        place = self.folder / f"record-{len(self.given)}"
        shutil.copytree(self.made, place)
        self.given.append(Exporter(place, quick, station=station))
        return self.given[-1]

    def close(self) -> None:
        """Close every copy."""
        for each in self.given:
            each.record.close()
