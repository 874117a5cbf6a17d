"""Who looked, what left, came back to be verified, or was refused: by their entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.access_list import EVERYTHING, AccessRow, AskedAccess, Happened
from monitor.desk import ACCESS, World
from monitor.entries import (
    CertificateRefused,
    Entry,
    ExportBegun,
    Exported,
    ExportEnded,
    LoggedIn,
    LoggedOut,
    LogInRefused,
    Looked,
    ReportKept,
    ReportVerified,
    ScreenLocked,
    ScreenUnlocked,
    SignatureRefused,
)
from monitor.people import Author
from monitor.sealed_file import session_code


@dataclass(frozen=True, slots=True)
class ShowAccess:
    """Read the list; of a patient it names the session's code and the record number alone."""

    world: World

    def __call__(self, asked: AskedAccess = EVERYTHING) -> tuple[AccessRow, ...]:
        """Return the rows that are asked for, the newest first.

        Raises:
            InputError: `out-of-range`, field "last_day".
        """
        asked.check()
        with self.world.looking() as tx:
            entries = tx.stream(ACCESS)
            numbers = {patient.id: patient.number for patient in tx.patients()}
        rows = (row for row in access_rows(entries) if asked.fits(row, self.world.zone))
        return tuple(replace(r, record_number=numbers.get(r.record_number, "")) for r in rows)


def access_rows(entries: Sequence[Entry]) -> tuple[AccessRow, ...]:
    """Return what entries say, the newest first; a patient is named by identity.

    Args:
        entries: Those of the access stream, oldest first.
    """
    kept = {e.what.sha256: e.what for e in entries if isinstance(e.what, ReportKept)}
    listed = (_row(entry, kept) for entry in reversed(entries) if type(entry.what) in _SAYS)
    return tuple(listed)


def _row(entry: Entry, kept: Mapping[str, ReportKept]) -> AccessRow:
    row = _SAYS[type(entry.what)](entry)
    report = kept.get(row.sha256)
    if report is None:
        return row
    return replace(
        row,
        session_code=session_code(report.session),
        version=report.version,
        status=report.status,
    )


def _exported(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, Exported)  # noqa: S101 - `_SAYS` chose it
    code = session_code(what.session) if what.session else ""
    head = _head(entry)
    return AccessRow(*head, Happened.EXPORTED, what.form, code, sha256=what.sha256, to=what.to)


def _begun(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, ExportBegun)  # noqa: S101 - `_SAYS` chose it
    asked = f"{what.first} to {what.last}, {_many(what.sessions, 'session')}"
    return AccessRow(*_head(entry), Happened.EXPORTED, "begun", to=what.to, asked=asked)


def _ended(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, ExportEnded)  # noqa: S101 - `_SAYS` chose it
    asked = f"{_many(what.sessions, 'session')}, {_many(what.files, 'file')}"
    if what.missed:
        asked = f"{asked}, not exported: {' '.join(what.missed)}"
    return AccessRow(*_head(entry), Happened.EXPORTED, what.how, sha256=what.sha256, asked=asked)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _looked(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, Looked)  # noqa: S101 - `_SAYS` chose it
    code = session_code(what.session) if what.session else ""
    return AccessRow(
        *_head(entry),
        Happened.LOOKED,
        what.what,
        code,
        asked=what.asked,
        record_number=what.patient,
    )


def _present(entry: Entry) -> AccessRow:
    return AccessRow(*_head(entry), Happened.PRESENT, entry.kind)


def _verified(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, ReportVerified)  # noqa: S101 - `_SAYS` chose it
    return AccessRow(*_head(entry), Happened.VERIFIED, what.verdict, sha256=what.sha256)


def _refused(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, SignatureRefused)  # noqa: S101 - `_SAYS` chose it
    code = session_code(what.session)
    return AccessRow(*_head(entry), Happened.REFUSED, what.asked, code, code=what.code)


def _no_certificate(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, CertificateRefused)  # noqa: S101 - `_SAYS` chose it
    return AccessRow(*_head(entry), Happened.REFUSED, "certificate", code=what.code)


def _wrong_password(entry: Entry) -> AccessRow:
    return AccessRow(*_head(entry), Happened.REFUSED, "password", code="wrong-password")


def _head(entry: Entry) -> tuple[str, dt.datetime, Author, str]:
    return entry.uid, entry.at, entry.by, entry.station


_SAYS: Mapping[type, Callable[[Entry], AccessRow]] = {
    Exported: _exported,
    ReportVerified: _verified,
    SignatureRefused: _refused,
    CertificateRefused: _no_certificate,
    LogInRefused: _wrong_password,
    ExportBegun: _begun,
    ExportEnded: _ended,
    Looked: _looked,
    LoggedIn: _present,
    LoggedOut: _present,
    ScreenLocked: _present,
    ScreenUnlocked: _present,
}
