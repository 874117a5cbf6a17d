"""What left the program, what came back to be verified, and what was refused: by its entries."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from monitor.desk import ACCESS, World
from monitor.entries import (
    CertificateRefused,
    Entry,
    Exported,
    LogInRefused,
    ReportKept,
    ReportVerified,
    SignatureRefused,
)
from monitor.people import Author
from monitor.sealed_file import session_code


class Happened(enum.StrEnum):
    """What is listed."""

    EXPORTED = "exported"
    VERIFIED = "verified"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One thing that happened.

    Attributes:
        at: In UTC.
        what: A form of file ("pdf"), an answer ("genuine"), or what was asked for ("co-signed").
        session_code: The session's short name on paper; empty where it was about none.
        version: Of the report; 0 where it was about none that is kept.
        status: "signed" or "draft", of that report.
        sha256: Of the file, in hex; empty where it was about none.
        code: Why it was refused, as in `monitor.errors.Code`.
    """

    uid: str
    at: dt.datetime
    by: Author
    station: str
    happened: Happened
    what: str
    session_code: str = ""
    version: int = 0
    status: str = ""
    sha256: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ShowAccess:
    """Read the list; of a patient it names nothing but the session's code."""

    world: World

    def __call__(self) -> tuple[AccessRow, ...]:
        """Return every row, the newest first."""
        with self.world.looking() as tx:
            entries = tx.stream(ACCESS)
        return access_rows(entries)


def access_rows(entries: Sequence[Entry]) -> tuple[AccessRow, ...]:
    """Return what entries say, the newest first.

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
    return AccessRow(
        row.uid,
        row.at,
        row.by,
        row.station,
        row.happened,
        row.what,
        session_code=session_code(report.session),
        version=report.version,
        status=report.status,
        sha256=row.sha256,
    )


def _exported(entry: Entry) -> AccessRow:
    what = entry.what
    assert isinstance(what, Exported)  # noqa: S101 - `_SAYS` chose it
    code = session_code(what.session) if what.session else ""
    return AccessRow(*_head(entry), Happened.EXPORTED, what.form, code, sha256=what.sha256)


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
}
