"""What each entry changes in the derived tables.

The same function runs when an entry is written and when the tables are rebuilt to be
compared, so that a projection can say nothing that the ledger does not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from db import schema, stock_table
from monitor import entries
from monitor.entries import Entry
from monitor.ledger import SIGNATURES
from monitor.people import Patient

_ADDING = SIGNATURES | {"addendum"}
"""Kinds that leave standing what was signed before them."""

Row = dict[str, Any]
Applied = Callable[[Connection, int, Entry, Any], None]  # the last: the fact, of its own type


def apply(sql: Connection, seq: int, entry: Entry) -> None:
    """Bring the projections up to date with an entry that stands at *seq*."""
    session_id = entry.stream.removeprefix("session/")
    if session_id != entry.stream and entry.kind not in _ADDING:
        _change_session(sql, session_id, signature="", signed_digest="")  # voids what was signed
    stock_table.write(sql, seq, entry)
    made = _APPLIED.get(type(entry.what))
    if made is not None:
        made(sql, seq, entry, entry.what)


def folded(text: str) -> str:
    """Return text as it is searched and sorted: no case, no accents, single spaces.

    Example:
        >>> folded("  Zoë  KOWAL-Nowak")
        'zoe kowal-nowak'
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return " ".join(kept.replace("ł", "l").replace("ø", "o").replace("đ", "d").split())


def found_by(patient: Patient) -> str:
    """Return all that a patient may be found by, as one folded line that sorts by name."""
    parts = (patient.family, patient.given, patient.number, patient.born.isoformat())
    return folded(" ".join(parts))


def _clinic_named(sql: Connection, _: int, _entry: Entry, said: entries.ClinicNamed) -> None:
    sql.execute(delete(schema.clinics))
    clinic = said.clinic
    sql.execute(
        insert(schema.clinics).values(
            id=clinic.id, name=clinic.name, address=clinic.address, chairs=list(clinic.chairs)
        )
    )


def _account_created(sql: Connection, _: int, _entry: Entry, said: entries.AccountCreated) -> None:
    account = said.account
    row = {
        "user": account.user,
        "name": account.name,
        "role": account.role.value,
        "credential": account.credential,
        "password_hash": account.password_hash,
        "active": account.active,
    }
    _put(sql, schema.accounts, row)


def _password_set(sql: Connection, _: int, _entry: Entry, said: entries.PasswordSet) -> None:
    table = schema.accounts
    sql.execute(
        update(table).where(table.c.user == said.user).values(password_hash=said.password_hash)
    )


def _protocol_approved(
    sql: Connection, seq: int, entry: Entry, said: entries.ProtocolApproved
) -> None:
    row = {
        "uid": entry.uid,
        "seq": seq,
        "protocol": said.protocol,
        "version": said.version,
        "hash": said.hash,
        "content": said.content,
        "rehearsal": said.rehearsal,
        "approved_by": entry.by.name,
        "approved_at": entry.at,
    }
    sql.execute(insert(schema.approvals).values(row))


def _station_named(sql: Connection, seq: int, entry: Entry, said: entries.StationNamed) -> None:
    row = {"key": said.key, "seq": seq, "station": entry.station, "named_at": entry.at}
    _put(sql, schema.stations, row)


def _patient_mended(sql: Connection, _: int, _entry: Entry, said: entries.PatientMended) -> None:
    table = schema.patients
    before = sql.scalar(select(table.c.found_by).where(table.c.id == said.now.id))
    found = f"{found_by(said.now)} {before or found_by(said.was)}"  # under the former names too
    _put(sql, table, _patient_row(said.now) | {"found_by": found})


def _patient_registered(
    sql: Connection, _: int, _entry: Entry, said: entries.PatientRegistered
) -> None:
    _put(sql, schema.patients, _patient_row(said.patient))


def _opened(sql: Connection, seq: int, entry: Entry, said: entries.Opened) -> None:
    session_id = entry.stream.removeprefix("session/")
    if not _has(sql, schema.patients, said.patient.id):  # known by this session alone
        sql.execute(insert(schema.patients).values(_patient_row(said.patient)))
    row: Row = {
        "patient_id": said.patient.id,
        "chair": said.chair,
        "protocol": said.protocol,
        "protocol_version": said.protocol_version,
        "protocol_hash": said.protocol_hash,
        "drug": said.drug,
        "route": said.route,
        "rehearsal": said.rehearsal,
        "opened_at": entry.at,
    }
    if _has(sql, schema.sessions, session_id):
        _change_session(sql, session_id, **row)
        return
    begun = {"phase": "open", "signature": "", "signed_digest": "", "weight_uids": []}
    sql.execute(insert(schema.sessions).values(id=session_id, opened_seq=seq, **begun, **row))


def _weighed(sql: Connection, _: int, entry: Entry, said: entries.Weighed) -> None:
    session_id = entry.stream.removeprefix("session/")
    table = schema.sessions
    uids = sql.scalar(select(table.c.weight_uids).where(table.c.id == session_id)) or []
    if entry.amends and entry.amends not in uids:
        return  # it mends a weighing that a later one has already taken the place of
    _change_session(
        sql,
        session_id,
        weight_kg=said.kg,
        weighed_at=entry.at,
        weight_uids=[*uids, entry.uid] if entry.amends else [entry.uid],
    )


def _closed(
    sql: Connection, _: int, entry: Entry, said: entries.Discharged | entries.Cancelled
) -> None:
    phase = "cancelled" if isinstance(said, entries.Cancelled) else "closed"
    _change_session(sql, entry.stream.removeprefix("session/"), phase=phase, closed_at=entry.at)


def _signed(sql: Connection, _: int, entry: Entry, said: entries.Signed | entries.CoSigned) -> None:
    session_id = entry.stream.removeprefix("session/")
    table = schema.sessions
    change = update(table).where(table.c.id == session_id)
    if isinstance(said, entries.Signed):  # adds nothing to a co-signature that holds
        change = change.where(table.c.signature != "co-signed")
    sql.execute(change.values(signature=entry.kind, signed_digest=said.digest))


def _report_kept(sql: Connection, seq: int, entry: Entry, said: entries.ReportKept) -> None:
    row = {
        "uid": entry.uid,
        "seq": seq,
        "session": said.session,
        "sha256": said.sha256,
        "version": said.version,
        "status": said.status,
        "digest": said.digest,
        "kept_at": entry.at,
    }
    sql.execute(insert(schema.reports).values(row))


def _exported(sql: Connection, _: int, entry: Entry, said: entries.Exported) -> None:
    row = {
        "uid": entry.uid,
        "session": said.session,
        "form": said.form,
        "sha256": said.sha256,
        "exported_by": entry.by.user,
        "exported_at": entry.at,
    }
    sql.execute(insert(schema.exports).values(row))


def _patient_row(patient: Patient) -> Row:
    return {
        "id": patient.id,
        "family": patient.family,
        "given": patient.given,
        "born": patient.born,
        "number": patient.number,
        "sex": patient.sex.value,
        "allergies": list(patient.allergies),
        "found_by": found_by(patient),
    }


def _change_session(sql: Connection, session_id: str, **row: object) -> None:
    table = schema.sessions
    sql.execute(update(table).where(table.c.id == session_id).values(**row))


def _has(sql: Connection, table: Table, key: str) -> bool:
    (column,) = table.primary_key.columns
    return sql.scalar(select(column).where(column == key)) is not None


def _put(sql: Connection, table: Table, row: Row) -> None:
    """Insert a row, or give the one with its key these values."""
    (column,) = table.primary_key.columns
    key = row[column.name]
    if _has(sql, table, key):
        sql.execute(update(table).where(column == key).values(row))
    else:
        sql.execute(insert(table).values(row))


_APPLIED: dict[type[entries.Fact], Applied] = {
    entries.ClinicNamed: _clinic_named,
    entries.AccountCreated: _account_created,
    entries.PasswordSet: _password_set,
    entries.ProtocolApproved: _protocol_approved,
    entries.PatientRegistered: _patient_registered,
    entries.PatientMended: _patient_mended,
    entries.StationNamed: _station_named,
    entries.Opened: _opened,
    entries.Weighed: _weighed,
    entries.Discharged: _closed,
    entries.Cancelled: _closed,
    entries.Signed: _signed,
    entries.CoSigned: _signed,
    entries.ReportKept: _report_kept,
    entries.Exported: _exported,
}
"""Facts that are not here change no projection, except the table of stock."""
