"""Is this file genuine? What can be said with the store at hand, in data; worded elsewhere.

Until reports are sealed, the whole file's hash in the ledger is what tells: a file whose
hash stands there is unchanged to the last byte. Without the store nothing can be told.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from dataclasses import dataclass

from monitor.desk import ACCESS, World, write
from monitor.entries import CoSigned, Draft, Entry, ReportVerified, Signed
from monitor.people import Author
from monitor.ports import KeptReport
from monitor.session import Session, session_code

Signer = tuple[str, str, str, dt.datetime]
"""Printed name, role, meaning, and when in the station's local time, aware of its offset."""

PDF_HEAD = b"%PDF-"


class Standing(enum.StrEnum):
    """What a file turned out to be."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    CHANGED = "changed"
    NOT_A_PDF = "not-a-pdf"
    CANNOT_TELL = "cannot-tell"


OK = frozenset({Standing.GENUINE, Standing.SUPERSEDED, Standing.DRAFT})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one file.

    Attributes:
        session_code: The session's short name on paper, where it was found.
        signers: Whose signatures hold.
        newest_version: Of the report in the store, where it is newer than the file.
        newest_status: "signed" or "draft", of that newest report.
    """

    standing: Standing
    sha256: str
    session_code: str = ""
    version: int | None = None
    kept_at: dt.datetime | None = None
    signers: tuple[Signer, ...] = ()
    newest_version: int | None = None
    newest_status: str = ""

    @property
    def exit_status(self) -> int:
        """Return 0 for genuine, 1 for not, 2 for cannot tell."""
        if self.standing in OK:
            return 0
        return 2 if self.standing is Standing.CANNOT_TELL else 1


def without_store(content: bytes) -> Verdict:
    """Say what can be told of a file when no record is at hand."""
    sha256 = hashlib.sha256(content).hexdigest()
    is_pdf = content.startswith(PDF_HEAD)
    return Verdict(Standing.CANNOT_TELL if is_pdf else Standing.NOT_A_PDF, sha256)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Hold a file against the record."""

    world: World

    def __call__(self, content: bytes, author: Author | None = None) -> Verdict:
        """Return what it is; with an author, that it was asked is an entry."""
        verdict = self._verdict(content)
        if author is not None:
            moment = self.world.clock.moment()
            asked = ReportVerified(verdict.sha256, verdict.standing.value)
            draft = Draft(asked, moment.now, self.world.new_uid())
            with self.world.transaction() as tx:
                write(self.world, tx, ACCESS, [draft], author=author, moment=moment)
        return verdict

    def _verdict(self, content: bytes) -> Verdict:
        sha256 = hashlib.sha256(content).hexdigest()
        if not content.startswith(PDF_HEAD):
            return Verdict(Standing.NOT_A_PDF, sha256)
        with self.world.transaction() as tx:
            found = tx.reports_like(sha256)
            newest = tx.report(found[0].session_id) if found else None
        if not found or newest is None:
            return Verdict(Standing.CHANGED, sha256)
        return self._known(found[0], newest)

    def _known(self, kept: KeptReport, newest: KeptReport) -> Verdict:
        with self.world.transaction() as tx:
            session = tx.session(kept.session_id)
        newer = newest.sha256 != kept.sha256
        standing = Standing.GENUINE if kept.status == "signed" else Standing.DRAFT
        return Verdict(
            standing=Standing.SUPERSEDED if newer else standing,
            sha256=kept.sha256,
            session_code=session_code(kept.session_id),
            version=kept.version,
            kept_at=kept.kept_at,
            signers=signers_at(session, kept.kept_at) if kept.status == "signed" else (),
            newest_version=newest.version if newer else None,
            newest_status=newest.status if newer else "",
        )


def signers_at(session: Session, instant: dt.datetime) -> tuple[Signer, ...]:
    """Return the signatures that hold, as they stood at an instant."""
    instant = session.timeline.own(instant)
    approvals = [kept for kept in session.all(CoSigned) if kept.at <= instant]
    digest = approvals[-1].what.digest if approvals else ""
    made: list[Signer] = []
    for kept in session.standing:
        what, by = kept.what, kept.entry.by
        if isinstance(what, Signed | CoSigned) and what.digest == digest and kept.at <= instant:
            made.append((by.name, by.role.value, what.meaning, _local(session, kept.entry)))
    return tuple(made)


def _local(session: Session, entry: Entry) -> dt.datetime:
    shown = session.timeline.shown(entry.at)
    return shown.astimezone(dt.timezone(dt.timedelta(minutes=entry.moment.offset)))
