"""What one look at the record can ask of it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from db import engine, projections, schema, stock_table
from db.book import Book
from db.export import record_json
from db.locks.keys import Keys
from db.witness import checkpoints
from monitor import ledger as rules
from monitor.departure import WayOut
from monitor.drawn_with import DrawnWith
from monitor.entries import (
    KIND_OF,
    Discharged,
    Entry,
    Opened,
    Overridden,
    ReportKept,
    session_stream,
)
from monitor.errors import IntegrityError, MonitorError, NotFoundError
from monitor.ledger import SIGNATURES
from monitor.overseeing.let_through import way_out
from monitor.people import Account, Clinic, Patient, Role, Sex
from monitor.ports import KeptReport, PastWeight, SessionHeader
from monitor.protocols.loading import parse
from monitor.protocols.protocol import Approval, Protocol
from monitor.session import Session
from monitor.stock_lines import StockLine

_MENDED = (
    select(schema.ledger.c.n)
    .where(schema.ledger.c.stream == "patient/" + schema.patients.c.id)
    .where(schema.ledger.c.kind == "patient mended")
    .exists()
    .label("mended")
)
"""Whether a patient's identity was ever put right: then sessions may be under different ones."""

_LEAVING = (
    select(schema.sessions.c.id, schema.ledger.c.seq, schema.ledger.c.kind, schema.ledger.c.body)
    .join(schema.ledger, schema.ledger.c.stream == session_stream("") + schema.sessions.c.id)
    .where(schema.sessions.c.closed_at >= bindparam("since"))
    .where(schema.ledger.c.kind.in_([KIND_OF[fact] for fact in (Discharged, Overridden)]))
    .order_by(schema.ledger.c.seq)
)
"""How the patients left of the sessions that were closed since an instant."""

_LINE = schema.ledger.alias("line")
_BEFORE = (
    select(func.count())
    .select_from(_LINE)
    .where(_LINE.c.stream == session_stream("") + schema.reports.c.session)
    .where(_LINE.c.seq < schema.reports.c.seq)
    .scalar_subquery()
    .label("before")
)
"""How many entries a session had when a report of it was kept."""


class SqlLook:
    """The reading half of `monitor.ports.Transaction`, on one open SQL transaction."""

    def __init__(self, sql: Connection, keys: Keys) -> None:
        self._sql = sql
        self._book = Book(sql, keys)

    def length(self, stream: str) -> int:
        """Return how many entries a stream has."""
        return self._book.length(stream)

    def stream(self, stream: str) -> tuple[Entry, ...]:
        """Return a stream's entries, oldest first."""
        return self._book.stream(stream)

    def session(self, session_id: str) -> Session:
        """Return a session, folded from its entries, under the protocol it was opened with."""
        entries = self._book.stream(session_stream(session_id))
        if not entries:
            raise NotFoundError("session")
        opened = last_opened(entries)
        return Session(session_id, self._protocol(opened.protocol_hash), entries)

    def digest(self, session_id: str) -> str:
        """Return the session digest over the entries so far, signatures left out, in hex."""
        lines = self._book.bodies(session_stream(session_id))
        opened = last_opened([self._book.read(row) for row in lines if row.kind == "opened"])
        pairs = ((row.kind, row.body) for row in lines)
        return rules.session_digest(rules.covered(pairs), opened.protocol_hash)

    def sessions(self, *, status: str = "") -> tuple[SessionHeader, ...]:
        """Return the sessions (of one status, if given), oldest first."""
        table, query = schema.sessions, _headers()
        if status in SIGNATURES:
            query = query.where(table.c.signature == status)
        elif status:
            query = query.where(table.c.signature == "", table.c.phase == status)
        return tuple(self._header(row) for row in self._sql.execute(query))

    def sessions_closed_since(self, at: dt.datetime) -> tuple[SessionHeader, ...]:
        """Return the sessions that were closed or cancelled then or later, oldest first."""
        query, ways = _headers().where(schema.sessions.c.closed_at >= at), self._ways_out(at)
        found = (self._header(row) for row in self._sql.execute(query))
        return tuple(dataclasses.replace(each, left=ways.get(each.session_id)) for each in found)

    def _ways_out(self, since: dt.datetime) -> dict[str, WayOut | None]:
        """Return how the patients left of the sessions that were closed since.

        What cannot be read is left to the check, which names it, and stays unsaid here.
        """
        lines: dict[str, list[Any]] = {}  # rows as the book reads them, and whose they are
        for row in self._sql.execute(_LEAVING, {"since": since}):
            lines.setdefault(row.id, []).append(row)
        ways: dict[str, WayOut | None] = {}
        for session_id, rows in lines.items():
            with contextlib.suppress(MonitorError):
                entries = [self._book.read(row) for row in rows]
                ways[session_id] = way_out(entries, functools.partial(self.session, session_id))
        return ways

    def sessions_of(self, patient_id: str) -> tuple[SessionHeader, ...]:
        """Return a patient's sessions, oldest first."""
        query = _headers().where(schema.sessions.c.patient_id == patient_id)
        return tuple(self._header(row) for row in self._sql.execute(query))

    def protocols_used(self) -> frozenset[str]:
        """Return the identities of the protocols that sessions were opened with."""
        return frozenset(self._sql.scalars(select(schema.sessions.c.protocol).distinct()))

    def _header(self, row: Row[Any]) -> SessionHeader:
        """Return a session as lists show it, under the identity that its own record has."""
        header = _header(row)
        if not row.mended:
            return header
        lines = self._book.bodies(session_stream(header.session_id))
        opened = last_opened([self._book.read(line) for line in lines if line.kind == "opened"])
        return dataclasses.replace(header, patient=opened.patient)

    def stock_lines(self) -> tuple[StockLine, ...]:
        """Return what all entries say about the cupboard, in the order of writing."""
        return tuple(stock_table.read(self._sql))

    def past_weight(self, patient_id: str, before_session: str) -> PastWeight | None:
        """Return the newest weight from the patient's other sessions."""
        found = self._sql.execute(_weights(patient_id, before_session)).first()
        return None if found is None else PastWeight(found.weight_kg, found.weighed_at)

    def patients(self, search: str = "") -> tuple[Patient, ...]:
        """Return patients whose name, number or birth date holds every word, by name."""
        table = schema.patients
        query = select(table).order_by(table.c.found_by, table.c.id)
        for word in projections.folded(search.replace(",", " ")).split():
            query = query.where(engine.holds(table.c.found_by, word))
        return tuple(_patient(row) for row in self._sql.execute(query))

    def patient(self, patient_id: str) -> Patient:
        """Return a patient."""
        table = schema.patients
        return _patient(_one(self._sql, select(table).where(table.c.id == patient_id), "patient"))

    def clinic(self) -> Clinic | None:
        """Return the clinic, None in a new ledger."""
        row = self._sql.execute(select(schema.clinics)).first()
        if row is None:
            return None
        return Clinic(row.id, row.name, row.address, tuple(row.chairs))

    def accounts(self) -> tuple[Account, ...]:
        """Return everyone who has an account, by name."""
        found = [_account(row) for row in self._sql.execute(select(schema.accounts))]
        return tuple(sorted(found, key=lambda a: (projections.folded(a.name), a.user)))

    def account(self, user: str) -> Account:
        """Return an account."""
        table = schema.accounts
        return _account(_one(self._sql, select(table).where(table.c.user == user), "account"))

    def approvals(self) -> tuple[Approval, ...]:
        """Return the newest approved version of each protocol."""
        table = schema.approvals
        newest = select(func.max(table.c.seq)).group_by(table.c.protocol)
        query = select(table).where(table.c.seq.in_(newest)).order_by(table.c.protocol)
        return tuple(
            Approval(_parsed(row.content), row.approved_by, row.approved_at, row.rehearsal)
            for row in self._sql.execute(query)
        )

    def station_keys(self) -> frozenset[str]:
        """Return the public keys of the computers that the ledger names as stations."""
        return checkpoints.station_keys(self._sql)

    def report(self, session_id: str) -> KeptReport | None:
        """Return the newest report kept for a session."""
        found = self._reports(schema.reports.c.session == session_id)
        return found[-1] if found else None

    def reports_of(self, session_id: str) -> tuple[KeptReport, ...]:
        """Return every report kept for a session, oldest first."""
        return self._reports(schema.reports.c.session == session_id)

    def record(self, session_id: str, drawn_with: DrawnWith | None = None) -> bytes:
        """Return a session's whole record as one document, with the certificates it names."""
        content = self.session(session_id).protocol.content
        return record_json(self._book, session_id, content, drawn_with)

    def handed_out(self, sha256: str) -> tuple[Entry, ...]:
        """Return the entries of files that left and have that hash, oldest first."""
        lines, left = schema.ledger.c, schema.exports
        query = select(lines.seq, lines.kind, lines.body).join(left, left.c.uid == lines.uid)
        rows = self._sql.execute(query.where(left.c.sha256 == sha256).order_by(lines.seq))
        return tuple(map(self._book.read, rows))

    def reports_like(self, sha256: str) -> tuple[KeptReport, ...]:
        """Return the kept reports whose whole file has that hash."""
        return self._reports(schema.reports.c.sha256 == sha256)

    def _reports(self, which: ColumnElement[bool]) -> tuple[KeptReport, ...]:
        table, kept, lines = schema.reports, schema.files, schema.ledger
        query = (
            select(table, kept.c.content, lines.c.body, _BEFORE)
            .join(kept, kept.c.sha256 == table.c.sha256)
            .outerjoin(lines, lines.c.seq == table.c.seq)
            .where(which)
            .order_by(table.c.seq)
        )
        return tuple(map(self._report, self._sql.execute(query)))

    def _report(self, row: Row[*tuple[Any, ...]]) -> KeptReport:
        return KeptReport(
            row.session,
            row.sha256,
            row.version,
            row.status,
            row.kept_at,
            row.content,
            self._shown(row) or row.before,
        )

    def _shown(self, row: Row[*tuple[Any, ...]]) -> int:
        """Return how many entries a report says that it shows; 0 where its line cannot be read.

        The file is whole all the same, and is to be had.
        """
        try:
            said = None if row.body is None else self._book.read(row).what
        except IntegrityError:
            return 0
        return said.entries if isinstance(said, ReportKept) else 0

    def _protocol(self, content_hash: str) -> Protocol:
        table = schema.approvals
        query = select(table.c.content).where(table.c.hash == content_hash).limit(1)
        return _parsed(_one(self._sql, query, "protocol").content)


def _one(sql: Connection, query: Select[Any], what: str) -> Row[Any]:
    row = sql.execute(query).first()
    if row is None:
        raise NotFoundError(what)
    return row


def last_opened(entries: Sequence[Entry]) -> Opened:
    """Return what a session's stream says of its opening, as it was last mended.

    Raises:
        NotFoundError: If nothing opened it.
    """
    found = [entry.what for entry in entries if isinstance(entry.what, Opened)]
    if not found:
        raise NotFoundError("session")
    return found[-1]


@functools.lru_cache(maxsize=64)
def _parsed(content: str) -> Protocol:
    return parse(content)


def _patient(row: Row[Any]) -> Patient:
    table = schema.patients.c
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to ask by column
    return Patient(
        id=said[table.id],
        family=said[table.family],
        given=said[table.given],
        born=said[table.born],
        sex=Sex(said[table.sex]),
        number=said[table.number],
        allergies=tuple(said[table.allergies]),
    )


def _weights(patient_id: str, before_session: str) -> Select[Any]:
    """Return the question for the weights of a patient's other sessions, newest first."""
    table = schema.sessions
    return (
        select(table.c.weight_kg, table.c.weighed_at)
        .where(table.c.patient_id == patient_id, table.c.id != before_session)
        .where(table.c.weight_kg.is_not(None))
        .order_by(table.c.weighed_at.desc(), table.c.opened_seq.desc())
        .limit(1)
    )


def _headers() -> Select[Any]:
    """Return the question for sessions with their patients, oldest first."""
    table = schema.sessions
    return (
        select(table, schema.patients, _MENDED)
        .join(schema.patients, schema.patients.c.id == table.c.patient_id)
        .order_by(table.c.opened_seq)
    )


def _header(row: Row[Any]) -> SessionHeader:
    table = schema.sessions.c
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to ask by column
    return SessionHeader(
        session_id=said[table.id],
        patient=_patient(row),
        chair=said[table.chair],
        protocol=said[table.protocol],
        drug=said[table.drug],
        route=said[table.route],
        opened_at=said[table.opened_at],
        closed_at=said[table.closed_at],
        status=said[table.signature] or said[table.phase],
    )


def _account(row: Row[Any]) -> Account:
    return Account(
        row.user, row.name, Role(row.role), row.credential, row.password_hash, row.active
    )
