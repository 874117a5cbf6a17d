"""A record without a database; the same tests hold it and the real one to one contract."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from db import codec
from db.projections import folded, found_by
from monitor import ledger
from monitor.drawn_with import DrawnWith
from monitor.entries import (
    AccountCreated,
    Cancelled,
    ClinicNamed,
    Discharged,
    Entry,
    Exported,
    Fact,
    Opened,
    PasswordSet,
    PatientMended,
    PatientRegistered,
    ProtocolApproved,
    ReportKept,
    StationNamed,
    Weighed,
    session_stream,
)
from monitor.errors import Code, NotFoundError, RefusedError, StorageError
from monitor.ledger import SIGNATURES
from monitor.overseeing.let_through import way_out
from monitor.people import Account, Clinic, Patient
from monitor.ports import KeptReport, PastWeight, SessionHeader
from monitor.protocols.loading import parse as parse_anew
from monitor.protocols.protocol import Approval
from monitor.session import Session
from monitor.stock_lines import StockLine, stock_lines

F = TypeVar("F", bound=Fact)

parse = functools.cache(parse_anew)
"""A protocol's text is read once: every act asks for it."""


class FakeTransaction:
    """Implements `monitor.ports.Transaction` over a list of entries."""

    def __init__(self, kept: Iterable[Entry], files: dict[str, bytes]) -> None:
        self.entries = list(kept)
        self.files = dict(files)
        self.written: list[Entry] = []

    def append(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            kept = codec.decode(codec.encode(entry))
            if kept in self.entries:
                continue
            signed = any(e.kind == "co-signed" for e in self.stream(kept.stream))
            if signed and kept.kind != "addendum":
                raise RefusedError(Code.SIGNED)
            known = any(e.uid == kept.uid for e in self.entries)
            if known or kept.n != self.length(kept.stream) + 1:
                raise StorageError(Code.BUSY)
            self.entries.append(kept)
            self.written.append(kept)

    def length(self, stream: str) -> int:
        return len(self.stream(stream))

    def stream(self, stream: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.stream == stream)

    def session(self, session_id: str) -> Session:
        entries = self.stream(session_stream(session_id))
        opened = self._opened(session_id)
        for _, approved in self._said(ProtocolApproved):
            if approved.hash == opened.protocol_hash:
                return Session(session_id, parse(approved.content), entries)
        raise NotFoundError("protocol")

    def digest(self, session_id: str) -> str:
        lines = [(e.kind, codec.encode(e)) for e in self.stream(session_stream(session_id))]
        protocol_hash = self._opened(session_id).protocol_hash
        return ledger.session_digest(ledger.covered(lines), protocol_hash)

    def sessions(self, *, status: str = "") -> tuple[SessionHeader, ...]:
        ids = dict.fromkeys(entry.stream[8:] for entry, _ in self._said(Opened))
        headers = (self._header(session_id) for session_id in ids)
        return tuple(header for header in headers if status in ("", header.status))

    def sessions_closed_since(self, at: dt.datetime) -> tuple[SessionHeader, ...]:
        return tuple(_told(self, h) for h in self.sessions() if h.closed_at and h.closed_at >= at)

    def sessions_of(self, patient_id: str) -> tuple[SessionHeader, ...]:
        return tuple(header for header in self.sessions() if header.patient.id == patient_id)

    def protocols_used(self) -> frozenset[str]:
        return frozenset(header.protocol for header in self.sessions())

    def stock_lines(self) -> tuple[StockLine, ...]:
        return tuple(line for entry in self.entries for line in stock_lines(entry))

    def past_weight(self, patient_id: str, before_session: str) -> PastWeight | None:
        ids = (h.session_id for h in self.sessions_of(patient_id))
        found = [w for each in ids if each != before_session and (w := self._weight(each))]
        return max(reversed(found), key=lambda weight: weight.at, default=None)

    def patients(self, search: str = "") -> tuple[Patient, ...]:
        words = folded(search.replace(",", " ")).split()
        known = self._patients()
        found = {patient_id: found_by(patient) for patient_id, patient in known.items()}
        for _, said in self._said(PatientMended):  # under the former names too
            found[said.was.id] += f" {found_by(said.was)}"
        fitting = (p for p in known.values() if all(word in found[p.id] for word in words))
        return tuple(sorted(fitting, key=lambda patient: (found[patient.id], patient.id)))

    def patient(self, patient_id: str) -> Patient:
        if patient_id not in self._patients():
            raise NotFoundError("patient")
        return self._patients()[patient_id]

    def clinic(self) -> Clinic | None:
        return next((said.clinic for _, said in reversed(self._said(ClinicNamed))), None)

    def accounts(self) -> tuple[Account, ...]:
        return tuple(sorted(self._accounts().values(), key=lambda a: (folded(a.name), a.user)))

    def account(self, user: str) -> Account:
        if user not in self._accounts():
            raise NotFoundError("account")
        return self._accounts()[user]

    def approvals(self) -> tuple[Approval, ...]:
        newest = {said.protocol: (entry, said) for entry, said in self._said(ProtocolApproved)}
        return tuple(
            Approval(parse(said.content), entry.by.name, entry.at, said.rehearsal)
            for _, (entry, said) in sorted(newest.items())
        )

    def station_keys(self) -> frozenset[str]:
        return frozenset(said.key for _, said in self._said(StationNamed))

    def keep_file(self, sha256: str, content: bytes) -> None:
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("the file's hash is not the one that was given")
        self.files.setdefault(sha256, content)

    def report(self, session_id: str) -> KeptReport | None:
        return next(reversed(self.reports_of(session_id)), None)

    def reports_of(self, session_id: str) -> tuple[KeptReport, ...]:
        return tuple(report for report in self._reports() if report.session_id == session_id)

    def record(self, session_id: str, drawn_with: DrawnWith | None = None) -> bytes:
        entries = self.stream(session_stream(session_id))
        bodies = [json.loads(codec.encode(entry)) for entry in entries]
        said = {"session": session_id, "entries": bodies}
        more = {"drawn_with": codec.plainly(drawn_with)} if drawn_with else {}
        return json.dumps(said | more).encode()

    def handed_out(self, sha256: str) -> tuple[Entry, ...]:
        return tuple(entry for entry, said in self._said(Exported) if said.sha256 == sha256)

    def reports_like(self, sha256: str) -> tuple[KeptReport, ...]:
        return tuple(report for report in self._reports() if report.sha256 == sha256)

    def _said(self, made: type[F], stream: str = "") -> list[tuple[Entry, F]]:
        return [
            (entry, entry.what)
            for entry in self.entries
            if isinstance(entry.what, made) and stream in ("", entry.stream)
        ]

    def _opened(self, session_id: str) -> Opened:
        found = self._said(Opened, session_stream(session_id))
        if not found:
            raise NotFoundError("session")
        return found[-1][1]

    def _patients(self) -> dict[str, Patient]:
        found = {said.patient.id: said.patient for _, said in self._said(Opened)[::-1]}
        found |= {p.patient.id: p.patient for _, p in self._said(PatientRegistered)}
        return found | {p.now.id: p.now for _, p in self._said(PatientMended)}

    def _accounts(self) -> dict[str, Account]:
        found: dict[str, Account] = {}
        for entry in self.entries:
            match entry.what:
                case AccountCreated(account):
                    found[account.user] = account
                case PasswordSet(user, verifier) if user in found:
                    a = found[user]
                    found[user] = Account(a.user, a.name, a.role, a.credential, verifier, a.active)
        return found

    def _reports(self) -> tuple[KeptReport, ...]:
        return tuple(
            KeptReport(
                r.session,
                r.sha256,
                r.version,
                r.status,
                e.at,
                self.files[r.sha256],
                r.entries or _length_before(self.entries, e, session_stream(r.session)),
            )
            for e, r in self._said(ReportKept)
            if r.sha256 in self.files
        )

    def _weight(self, session_id: str) -> PastWeight | None:
        current: Entry | None = None
        uids: set[str] = set()
        for entry, _ in self._said(Weighed, session_stream(session_id)):
            if not entry.amends or entry.amends in uids:
                uids = {entry.uid} | (uids if entry.amends else set())
                current = entry
        if current is None or not isinstance(current.what, Weighed):
            return None
        return PastWeight(current.what.kg, current.at)

    def _header(self, session_id: str) -> SessionHeader:
        opened = self._opened(session_id)
        status, closed_at, phase = "open", None, "open"
        for entry in self.stream(session_stream(session_id)):
            if isinstance(entry.what, Discharged | Cancelled):
                phase = "closed" if isinstance(entry.what, Discharged) else "cancelled"
                closed_at = entry.at
            if entry.kind not in SIGNATURES | {"addendum"}:
                status = phase
            elif entry.kind in SIGNATURES and status != "co-signed":
                status = entry.kind
        return SessionHeader(
            session_id=session_id,
            patient=opened.patient,
            chair=opened.chair,
            protocol=opened.protocol,
            drug=opened.drug,
            route=opened.route,
            opened_at=self._said(Opened, session_stream(session_id))[-1][0].at,
            closed_at=closed_at,
            status=status,
        )


def _told(tx: FakeTransaction, header: SessionHeader) -> SessionHeader:
    """Return the header of a session, and in it how the patient left."""
    entries = tx.stream(session_stream(header.session_id))
    session = functools.partial(tx.session, header.session_id)
    return replace(header, left=way_out(entries, session))


def _length_before(entries: Sequence[Entry], line: Entry, stream: str) -> int:
    """How many entries a stream had when a line was written."""
    return sum(entry.stream == stream for entry in entries[: entries.index(line)])


class FakeStore:
    """Keeps entries in a list, and every entry that it published in another.

    `fails` makes the next commit fail with that code, once: nothing of it is kept.
    """

    def __init__(self, *entries: Entry) -> None:
        self.entries: list[Entry] = list(entries)
        self.files: dict[str, bytes] = {}
        self.published: list[Entry] = []
        self.fails: Code | None = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[FakeTransaction]:
        tx = FakeTransaction(self.entries, self.files)
        yield tx
        failure, self.fails = self.fails, None
        if failure is not None:
            raise StorageError(failure)
        self.entries, self.files = tx.entries, tx.files
        self.published += tx.written
