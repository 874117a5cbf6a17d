"""Writes made-up entries in their right order."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import db.store
from db.locks.slots import PRACTICE_SECRET
from db.store import Listener, Store
from db.witness.station import Station
from monitor.clock import Moment
from monitor.entries import (
    AccountCreated,
    Addendum,
    Cancelled,
    ClinicNamed,
    CoSigned,
    Discharged,
    Entry,
    EventNoted,
    Fact,
    Leaving,
    Measured,
    Opened,
    PatientRegistered,
    ProtocolApproved,
    Signed,
    StationNamed,
    Weighed,
    Weighing,
    session_stream,
)
from monitor.people import Account, Author, Clinic, Patient, Role, Sex
from monitor.vitals import BloodPressure, Reading

PROTOCOLS = Path(db.store.__file__).parents[1] / "monitor" / "protocols"
CLINIC = Clinic("c-1", "Riverside Clinic", "1 River Street", ("1", "2", "3"))
NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
PRESCRIBER = Author("ds", Role.PRESCRIBER, "Dr Dana Szymańska", "MD")
PATIENT = Patient(
    "p-1", "Nowak", "Anna", dt.date(1984, 3, 12), Sex.FEMALE, "100234", ("penicillin",)
)
OTHER = Patient("p-2", "Łęcki", "Zoë", dt.date(1990, 12, 1), Sex.OTHER, "200001")
BEGINNING = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def protocol_text(protocol_id: str = "iv-ketamine-40") -> str:
    """The shipped draft's text."""
    return (PROTOCOLS / f"{protocol_id}.toml").read_text(encoding="utf-8")


def practice_store(
    folder: Path, *, publish: Listener = lambda _: None, station: Station | None = None
) -> Store:
    """A new record that opens quickly."""
    return Store.create(folder, PRACTICE_SECRET, practice=True, publish=publish, station=station)


class Scribe:
    """Gives each fact the envelope of the next entry in its stream, a minute after the last."""

    def __init__(self, by: Author = NURSE, station: str = "desk", uids: str = "u") -> None:
        self.by = by
        self.station = station
        self._uids = uids
        self._places: Counter[str] = Counter()
        self._count = 0

    def entry(self, stream: str, what: Fact, *, amends: str = "", reason: str = "") -> Entry:
        """The next entry of a stream."""
        self._count += 1
        self._places[stream] += 1
        at = BEGINNING + dt.timedelta(minutes=self._count)
        return Entry(
            uid=f"{self._uids}-{self._count}",
            stream=stream,
            n=self._places[stream],
            at=at,
            moment=Moment(at + dt.timedelta(seconds=5), 60, "boot-1", 10**9 * self._count),
            by=self.by,
            station=self.station,
            what=what,
            amends=amends,
            reason=reason,
        )

    def founding(self) -> list[Entry]:
        """A clinic with two accounts, one patient, and its protocol approved."""
        content = protocol_text()
        digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
        accounts = [
            Account(who.user, who.name, who.role, who.credential, f"$argon2id$of-{who.user}")
            for who in (NURSE, PRESCRIBER)
        ]
        return [
            self.entry("clinic", ClinicNamed(CLINIC)),
            *(self.entry(f"account/{a.user}", AccountCreated(a)) for a in accounts),
            self.entry("clinic", ProtocolApproved("iv-ketamine-40", 1, digest, content)),
            self.entry("patient/p-1", PatientRegistered(PATIENT)),
        ]

    def opened(
        self, session_id: str = "s-1", *, patient: Patient = PATIENT, chair: str = "2"
    ) -> Entry:
        """A session's first entry, by the shipped protocol."""
        digest = hashlib.sha256(protocol_text().encode("utf-8")).hexdigest()
        what = Opened(
            *(patient, "iv-ketamine-40", 1, digest),
            *(chair, "ketamine", "intravenous", CLINIC),
        )
        return self.entry(session_stream(session_id), what)

    def weighed(self, kg: str, session_id: str = "s-1", *, amends: str = "") -> Entry:
        """A weight, in kg."""
        what = Weighed(Decimal(kg), Weighing.MEASURED)
        return self.entry(session_stream(session_id), what, amends=amends, reason=amends and "typo")

    def named(self, station: Station) -> Entry:
        """The entry by which the ledger knows a computer's key."""
        return self.entry("clinic", StationNamed(station.key))

    def measured(self, session_id: str = "s-1") -> Entry:
        """A full set of vitals."""
        reading = Reading(BloodPressure(128, 82), heart_rate=76, spo2=98, resp=16)
        return self.entry(session_stream(session_id), Measured(reading, typed="128/82 76 98 16"))

    def noted(self, text: str, session_id: str = "s-1") -> Entry:
        """An event."""
        return self.entry(session_stream(session_id), EventNoted(text))

    def closed(self, session_id: str = "s-1", *, cancelled: bool = False) -> Entry:
        """The end of a session."""
        what = Cancelled() if cancelled else Discharged(Leaving.HOME, "her sister")
        return self.entry(session_stream(session_id), what)

    def added(self, text: str, session_id: str = "s-1") -> Entry:
        """What was added after the co-signature."""
        return self.entry(session_stream(session_id), Addendum(text))

    def signed(self, digest: str, session_id: str = "s-1", *, second: bool = False) -> Entry:
        """A signature, or a co-signature."""
        made = CoSigned if second else Signed
        return self.entry(session_stream(session_id), made("reviewed", digest))
