"""Everything of a range of days, to be handed out: planned, given out piece by piece, ended.

Each session is read in one look and noted with an entry before its files can be seen; so what
left the program stands in the record, whatever happens to whoever writes the files. What the
files are and where they go is not decided here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass, replace

from monitor.certificates import CERTIFICATES, authority
from monitor.clock import Moment
from monitor.desk import ACCESS, World, overview_of, record_of, write
from monitor.entries import Draft, ExportBegun, Exported, ExportEnded, Fact, session_stream
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.ledger import Line
from monitor.overview import SessionOverview
from monitor.people import Author, Clinic, Role
from monitor.ports import KeptReport, SessionHeader, Transaction
from monitor.rems import rems_due, rems_stream
from monitor.rems_looking import sheet_of
from monitor.rems_worksheet import Worksheet
from monitor.signing import keep_draft

FORM = "everything"
"""What an `Exported` of one session in such an export says."""

MAY_HAND_OUT = frozenset({Role.AUDITOR, Role.PRESCRIBER, Role.ADMINISTRATOR})
"""Whoever asks for everything answers for the clinic's records, not for one chair."""

NOBODYS_SECRET = frozenset(
    {
        *("clinic named", "protocol approved", "rems form set", "station named", "keys changed"),
        *("backed up", "record restored", "guards put back", "history gap noticed"),
        *("history gap explained", "stock moved", "stock counted"),
    }
)
"""Kinds of entries that say nothing of a patient and hold no secret.

Those of whole exports are not among them: somebody may have named a folder after a patient.
"""

ABOUT_ONE = frozenset({"report kept", "exported", "signature refused", "looked"})
"""Kinds of entries beside a session's stream that name the session they are about."""


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What is to leave.

    Attributes:
        first, last: The days, by the clinic's calendar, both included.
        sessions: Those opened on them, oldest first; never none.
        authority: The certificate of the clinic's signing authority, in PEM; empty for none.
    """

    clinic: Clinic
    first: dt.date
    last: dt.date
    sessions: tuple[SessionHeader, ...]
    authority: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """Return the sessions' identities."""
        return frozenset(header.session_id for header in self.sessions)

    @property
    def patients(self) -> frozenset[str]:
        """Return the identities of the patients whose sessions they are."""
        return frozenset(header.patient.id for header in self.sessions)


@dataclass(frozen=True, slots=True)
class PlanExport:
    """See what an export of a range of days comes to; nothing is written."""

    world: World

    def __call__(self, author: Author, first: dt.date, last: dt.date) -> ExportPlan:
        """Return what is to leave.

        Args:
            author: Who asks.
            first: The first day.
            last: The last one, included.

        Raises:
            InputError: `out-of-range`, field "last_day", if it lies before the first.
            RefusedError: `not-allowed`.
            NotFoundError: If no session was opened on those days.
        """
        if author.role not in MAY_HAND_OUT:
            raise RefusedError(Code.NOT_ALLOWED, what="whole export", role=author.role.value)
        if last < first:
            raise InputError(Code.OUT_OF_RANGE, "last_day", typed=last, first=first)
        with self.world.looking() as tx:
            clinic, headers = tx.clinic(), tx.sessions()
            founded = authority(tx.stream(CERTIFICATES))
        found = [each for each in headers if first <= self._day(each) <= last]
        if clinic is None or not found:
            raise NotFoundError("session of these days", first=first, last=last)
        pem = founded.certificate if founded else ""
        return ExportPlan(clinic, first, last, tuple(found), pem)

    def _day(self, header: SessionHeader) -> dt.date:
        return header.opened_at.astimezone(self.world.zone).date()


@dataclass(frozen=True, slots=True)
class Piece:
    """One session as one look at the record found it.

    Attributes:
        moment: When that was.
        record: The session's whole record.
        reports: Its finished reports, oldest first; none before the co-signature.
        entries: How many entries its stream has.
        answers: How many the stream of its REMS form has.
        worksheet: For that form; None where none is due.
    """

    moment: Moment
    overview: SessionOverview
    record: bytes
    reports: tuple[KeptReport, ...]
    entries: int
    answers: int
    worksheet: Worksheet | None = None

    @property
    def wants_draft(self) -> bool:
        """Tell whether an unsigned draft stands for its report.

        Of a session that is still open there is none: it changes with each minute.
        """
        return not self.reports and self.overview.status != "open"


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """Read what is given out of one session."""

    world: World

    def __call__(self, session_id: str) -> Piece:
        """Return it; slow.

        Raises:
            NotFoundError: If there is no such session.
            IntegrityError: If this program cannot read it.
        """
        moment = self.world.clock.moment()
        with self.world.looking() as tx:
            overview = overview_of(self.world, tx, session_id, moment.now)
            kept = tuple(each for each in tx.reports_of(session_id) if each.status == "signed")
            return Piece(
                moment=moment,
                overview=overview,
                record=record_of(tx, overview),
                reports=kept,
                entries=tx.length(session_stream(session_id)),
                answers=tx.length(rems_stream(session_id)),
                worksheet=_worksheet(self.world, tx, overview),
            )


@dataclass(frozen=True, slots=True)
class StateOf:
    """Tell how long the streams of a session are: what was given out before may be older."""

    world: World

    def __call__(self, session_id: str) -> tuple[int, int]:
        """Return how many entries the session has, and its REMS form."""
        with self.world.looking() as tx:
            session, form = session_stream(session_id), rems_stream(session_id)
            return tx.length(session), tx.length(form)


@dataclass(frozen=True, slots=True)
class BeginExport:
    """Put on record that everything of some days begins to leave; before the first file."""

    world: World

    def __call__(self, author: Author, plan: ExportPlan, to: str) -> str:
        """Return the entry's identity.

        Args:
            author: Who hands it out.
            plan: What leaves.
            to: The folder.
        """
        return _noted(
            self.world, author, ExportBegun(plan.first, plan.last, len(plan.sessions), to)
        )


@dataclass(frozen=True, slots=True)
class GiveOut:
    """Put on record that a session's files leave; before they can be seen."""

    world: World

    def __call__(
        self, author: Author, piece: Piece, sha256: str, to: str, *, draft: bytes = b""
    ) -> None:
        """Write it, and keep the draft, both or neither.

        Args:
            author: Who hands it out.
            piece: What was read.
            sha256: Of the list of its files with their hashes.
            to: The folder.
            draft: The draft that stands for the report; empty for none.

        Raises:
            RefusedError: `changed-meanwhile`, if somebody wrote in the session since it was
                read; one that is open is given out as it was.
        """
        session_id = piece.overview.session_id
        said = Exported(session_id, FORM, sha256, to)
        with self.world.transaction() as tx:
            changed = tx.length(session_stream(session_id)) != piece.entries
            if changed and piece.overview.status != "open":
                raise RefusedError(Code.CHANGED_MEANWHILE)
            if draft:
                keep_draft(self.world, tx, author, piece.moment, piece.overview, draft)
            note = Draft(said, piece.moment.now, self.world.new_uid())
            write(self.world, tx, ACCESS, [note], author=author, moment=piece.moment)


@dataclass(frozen=True, slots=True)
class EndExport:
    """Put on record how an export of everything ended."""

    world: World

    def __call__(self, author: Author, ended: ExportEnded) -> None:
        """Write it."""
        _noted(self.world, author, ended)


def is_given(line: Line, sessions: Collection[str], patients: Collection[str]) -> bool:
    """Tell whether what a line of the ledger says goes with an export, or its hash alone.

    Args:
        line: Of the ledger.
        sessions: The identities of the sessions that leave.
        patients: Of the patients whose they are.
    """
    kind, _, name = line.stream.partition("/")
    if kind in ("session", "rems"):
        return name in sessions
    if kind == "patient":
        return name in patients
    if line.kind in ABOUT_ONE:
        return _session_of(line.body) in sessions
    return line.kind in NOBODYS_SECRET


def _worksheet(world: World, tx: Transaction, seen: SessionOverview) -> Worksheet | None:
    """Return the worksheet for the REMS form, None where none is due; a helper can take it."""
    if rems_due(seen) is None:
        return None
    sheet = sheet_of(world, tx, seen.session_id, seen)
    return replace(sheet, form=replace(sheet.form, effects=dict(sheet.form.effects)))


def _session_of(body: bytes) -> str:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(said.get("session", "")) if isinstance(said, dict) else ""


def _noted(world: World, author: Author, what: Fact) -> str:
    moment = world.clock.moment()
    draft = Draft(what, moment.now, world.new_uid())
    with world.transaction() as tx:
        write(world, tx, ACCESS, [draft], author=author, moment=moment)
    return draft.uid
