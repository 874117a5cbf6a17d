"""Sealed reports with real bytes: sessions lived in a real record, signed with practice keys."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from typing_extensions import override

from db.certification import PracticeCertification
from db.store import Store
from monitor.acts import Explain, Finish
from monitor.certificates import CERTIFICATES, Authority, PersonalCertificate, authority
from monitor.clinic import NewPatient
from monitor.overview import SessionOverview
from monitor.people import Author, Clinic, Sex
from monitor.ports import PersonalKey
from monitor.signing import AddToSession
from reports.press import ReportPress
from tests.fakes.certification import PASSPHRASE
from tests.fakes.visit import PASSWORDS, Visit

Kind = Literal["typical", "short", "extreme", "addendum"]

GOOD = "122/76 72 98 16 s5 d0"
ADDED = "She called the next day: slept well, no headache. Θ & <b>x</b>"
SCRIPTS = (
    "山本 😀 مرحبا שלום हिन्दी Ελένη Прасковья Żaneta "
    "a\N{COMBINING DOT BELOW}\N{COMBINING ACUTE ACCENT}"
)
LONG = f"{SCRIPTS} {'w' * 5_000} " + "corridor with many doors, none of them locked; " * 100


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed report, and what it was made of.

    Attributes:
        record: What is attached to it.
        authority: The clinic's certificate, in PEM.
        before: The content of the versions before it, oldest first.
    """

    content: bytes
    overview: SessionOverview
    record: bytes
    authority: str
    before: tuple[bytes, ...] = ()


class WatchedPress(ReportPress):
    """Remembers what it sealed."""

    def __init__(self) -> None:
        self.sealed: list[tuple[SessionOverview, bytes]] = []

    @override
    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        self.sealed.append((overview, record))
        return super().seal(overview, record, key)


@functools.cache
def practice_key(author: Author) -> PersonalKey:
    """Return the key of somebody of the made-up clinic."""
    makes, at = PracticeCertification(), dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
    clinic = Clinic("c1", "Riverside Clinic", "", ("1", "2"))
    made = makes.found(clinic, PASSPHRASE, at)
    founded = Authority(made.certificate, made.wrapped, at, author)
    own = makes.issue(founded, PASSPHRASE, author, "own", at)
    issued = PersonalCertificate(author.user, own.serial, own.certificate, own.wrapped, at, author)
    return makes.open(founded, issued, "own")


class _Stranger(Visit):
    patient: ClassVar[NewPatient] = NewPatient(
        family="Wójcik-Łącka Papadopoulou-Χατζηγεωργίου 山本",
        given="Żaneta Ευφροσύνη Прасковья",
        born="1950-12-01",
        sex=Sex.FEMALE,
        number="ΑΒΓ-100999/Ż",
        allergies=("penicillin (anaphylaxis)", "Παρακεταμόλη"),
    )


@functools.cache
def sealed_example(kind: Kind = "typical") -> Sealed:
    """Return a report as it is kept; made once in a process."""
    with tempfile.TemporaryDirectory() as name:
        store = Store.create(Path(name) / "store", "practice", practice=True)
        try:
            return _lived(kind, store)
        finally:
            store.close()


def _lived(kind: Kind, store: Store) -> Sealed:
    press = WatchedPress()
    born = _Stranger if kind == "extreme" else Visit
    visit = born(transaction=store.transaction, certification=PracticeCertification(), press=press)
    _through(visit, kind)
    for gap in visit.overview.gaps:
        if gap.blocks and not gap.explained:
            why = "two patients at once"
            visit.do(Explain(gap=gap.code, about=gap.about, reason=why), visit.prescriber)
    visit.at("11:58").signed().at("12:31").co_signed()
    if kind == "addendum":
        visit.at("15:02")
        add, seen = AddToSession(visit.world), visit.overview.entries
        add(visit.session_id, "nk", PASSWORDS["nk"], ADDED, seen=seen)
    with store.transaction() as tx:
        founded = authority(tx.stream(CERTIFICATES))
        kept = tx.reports_of(visit.session_id)
    assert founded is not None
    overview, record = press.sealed[-1]
    *before, last = [report.content for report in kept]
    return Sealed(last, overview, record, founded.certificate, tuple(before))


def _through(visit: Visit, kind: Kind) -> None:
    """Live through an infusion: on time, or without readings, or as nobody hopes."""
    visit.started("10:00")
    if kind == "short":
        visit.at("10:40").do(Finish())
        visit.at("11:40").line(GOOD).at("11:41").left()
        return
    if kind == "extreme":
        _crowded(visit)
    for at in ("10:10", "10:20", "10:30", "10:40"):
        visit.at(at).line("130/80 76 97 15 s5 d6")
    visit.do(Finish())
    for at in ("10:55", "11:10", "11:25", "11:40"):
        visit.at(at).line(GOOD)
    visit.at("11:41").left()


def _crowded(visit: Visit) -> None:
    visit.at("10:01")
    for n in range(51):
        visit.clock.advance(seconds=10)
        visit.line(f"{130 + n % 30}/80 {70 + n % 9} 98 16 s5")
    for n in range(30):
        visit.line(f"? ({n}) {SCRIPTS}")
    visit.line(f"? {LONG[:9_000]}")
