"""Is this file genuine? Held against the record, or against what is known without one.

The whole file's hash in the ledger is what tells: a file whose hash stands there is unchanged
to the last byte. Where it does not, the kept report that comes nearest is looked for, so that
it can be said what differs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from monitor.certificates import CERTIFICATES, authority, issued, until
from monitor.desk import ACCESS, World, write
from monitor.entries import (
    Addendum,
    CoSigned,
    Draft,
    Entry,
    Exported,
    Opened,
    RecordRestored,
    ReportVerified,
    Signed,
)
from monitor.entries.line import KIND_OF
from monitor.history import HISTORY
from monitor.judging import Kept, Known, Vouched, judge, told_apart
from monitor.people import Author
from monitor.ports import KeptReport, Transaction
from monitor.sealed_file import FileFacts, Form, session_code
from monitor.session import Session
from monitor.verdict import OK, Knowledge, Reason, Seen, Signer, Standing, Verdict

LATEST = 200
"""So many sessions are searched for the origin of a file that does not say whose it is."""

PAPERS = frozenset({"rems", "register pdf", "entered late pdf", "access pdf"})
"""Forms of `Exported` that this program makes and that are no report. What was printed is not
among them: anybody's file can be printed after it was verified."""

WITH_A_LIST = "everything"
"""The form whose hash is that of a list of files with their hashes."""

_DIFFERENT = 100
"""A file that differs in every so manyth byte comes from elsewhere; so may one that is shorter
than such a part."""


@dataclass(frozen=True, slots=True)
class NoteVerified:
    """Put on record that a file was held against it; its name, which may say much, is not kept."""

    world: World

    def __call__(self, verdict: Verdict, author: Author) -> None:
        """Write it down.

        Args:
            verdict: What was answered.
            author: Who asked.
        """
        moment = self.world.clock.moment()
        asked = ReportVerified(verdict.sha256, verdict.standing.value)
        draft = Draft(asked, moment.now, self.world.new_uid())
        with self.world.transaction() as tx:
            write(self.world, tx, ACCESS, [draft], author=author, moment=moment)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Hold a file against the record."""

    world: World

    def __call__(self, content: bytes, author: Author | None = None) -> Verdict:
        """Return what it is; with an author, that it was asked is an entry."""
        return self.of(self.world.press.read(content), content, author)

    def of(
        self,
        facts: FileFacts,
        content: bytes = b"",
        author: Author | None = None,
        *,
        listed: str = "",
    ) -> Verdict:
        """Do the same for a file that was read already.

        Args:
            facts: What was seen in it.
            content: The file; empty for one that is too large to be read.
            author: Who asks; None leaves no entry.
            listed: The hash of a list of files that names this one with its hash; empty for none.
        """
        verdict = self._verdict(facts, content)
        if verdict.standing not in OK:
            verdict = self._as_it_left(verdict, listed)
        if author is not None:
            NoteVerified(self.world)(verdict, author)
        return verdict

    def _verdict(self, facts: FileFacts, content: bytes) -> Verdict:
        now = self.world.clock.now()
        with self.world.looking() as tx:
            founded = authority(tx.stream(CERTIFICATES))
            found = tx.reports_like(facts.sha256)
            kept = _known(tx, found[0], same=True) if found else None
            near = () if found else _origin(tx, facts, content)
        if kept is None:
            kept = self._nearest(facts, content, near)
        trusted = frozenset({founded.fingerprint} if founded else ())
        return judge(facts, Known(Knowledge.RECORD, trusted, kept, now, self.world.practice))

    def _as_it_left(self, verdict: Verdict, listed: str) -> Verdict:
        """Return what is said of a file that is no report: whether it left this record so."""
        with self.world.looking() as tx:
            left = _left(tx.handed_out(verdict.sha256), PAPERS)
            given = left or _left(tx.handed_out(listed) if listed else (), {WITH_A_LIST})
        if given is None:
            return verdict
        what, entry = given
        at = entry.at.astimezone(self.world.zone)
        said = {"form": what.form, "at": at, "name": entry.by.name}
        by_list = () if left else (Reason(Seen.LISTED, held=True),)
        return Verdict(
            Standing.HANDED_OUT,
            verdict.sha256,
            session_code(what.session) if what.session else "",
            knowledge=verdict.knowledge,
            reasons=(*by_list, Reason(Seen.LEFT, held=True, facts=said)),
        )

    def _nearest(
        self, facts: FileFacts, content: bytes, reports: Sequence[KeptReport]
    ) -> Kept | None:
        """Return the kept report that the file comes nearest to, and what differs."""
        if not reports:
            return None
        seen = [(each, self.world.press.read(each.content)) for each in reports]
        report, own = max(seen, key=lambda pair: _likeness(content, facts, *pair))
        with self.world.looking() as tx:
            kept, lost = _known(tx, report, same=False), _lost(tx, facts)
        differs = tuple(differences(content, facts, report.content, own))
        return dataclasses.replace(kept, differs=(*differs, *lost))


def _left(entries: Sequence[Entry], forms: Collection[str]) -> tuple[Exported, Entry] | None:
    """Return the first hand-out that is one of these forms."""
    said = ((entry.what, entry) for entry in entries)
    found = ((what, entry) for what, entry in said if isinstance(what, Exported))
    return next((each for each in found if each[0].form in forms), None)


# --- what the record knows ------------------------------------------------------------------


def _known(tx: Transaction, report: KeptReport, *, same: bool) -> Kept:
    reports, session = tx.reports_of(report.session_id), tx.session(report.session_id)
    newest = reports[-1]
    newer = newest.sha256 != report.sha256
    earlier = [
        each for each in reports if each.status == "signed" and each.version < report.version
    ]
    signed = report.status == "signed"
    return Kept(
        session_code=session_code(report.session_id),
        version=report.version,
        status=report.status,
        kept_at=report.kept_at,
        same=same,
        signers=signers_at(session, report.kept_at) if signed else (),
        newest_version=newest.version if newer else None,
        newest_status=newest.status if newer else "",
        replaces=(earlier[-1].version, earlier[-1].sha256) if earlier else (0, ""),
        anew=_issued_anew(tx, session, report.kept_at) if signed else (),
        rehearsal=any(isinstance(e.what, Opened) and e.what.rehearsal for e in session.entries),
        digest=_covered(session),
        vouched=tuple(_vouched(session)),
    )


def _covered(session: Session) -> str:
    """Return the digest that the session's co-signature covers; empty where it has none."""
    approvals = session.all(CoSigned) if session.co_signed else ()
    return approvals[-1].what.digest if approvals else ""


def _vouched(session: Session) -> Iterator[Vouched]:
    """Give the signatures that cover it, oldest first, as a report's record names them."""
    digest = _covered(session)
    for entry in session.entries:
        what = entry.what
        if isinstance(what, Signed | CoSigned | Addendum) and what.digest in ("", digest):
            yield KIND_OF[type(what)], what.certificate, _local(session, entry)


def signers_at(session: Session, instant: dt.datetime) -> tuple[Signer, ...]:
    """Return the signatures that hold, as they stood at an instant."""
    instant = session.timeline.own(instant)
    approvals = [kept for kept in session.all(CoSigned) if kept.at <= instant]
    digest = approvals[-1].what.digest if approvals else ""
    made: list[tuple[Author, str, dt.datetime]] = []
    for kept in session.standing:
        what, by = kept.what, kept.entry.by
        if not isinstance(what, Signed | CoSigned | Addendum) or kept.at > instant:
            continue
        if what.digest == digest:
            made.append((by, what.meaning, _local(session, kept.entry)))
    names = told_apart([(by.name, by.user) for by, _, _ in made])
    return tuple(
        (name, by.role.value, meaning, at)
        for name, (by, meaning, at) in zip(names, made, strict=True)
    )


def _local(session: Session, entry: Entry) -> dt.datetime:
    shown = session.timeline.shown(entry.at)
    return shown.astimezone(dt.timezone(dt.timedelta(minutes=entry.moment.offset)))


def _issued_anew(
    tx: Transaction, session: Session, instant: dt.datetime
) -> tuple[tuple[Seen, str, dt.datetime], ...]:
    """Return whose certificate was re-issued or renewed before signing, and when.

    All of a signer's are looked at, so that no renewal hides an earlier re-issue.
    """
    known = issued(tx.stream(CERTIFICATES))
    found: dict[tuple[Seen, str, dt.datetime], None] = {}
    for entry in session.entries:
        certificate = getattr(entry.what, "certificate", "")
        for own in until(known, certificate) if entry.at <= instant else ():
            if own.is_reissued or own.is_renewed:
                seen = Seen.REISSUED if own.is_reissued else Seen.RENEWED
                found[seen, entry.by.name, own.issued_at] = None
    return tuple(found)


def _lost(tx: Transaction, facts: FileFacts) -> tuple[Reason, ...]:
    """Return that a file was last signed in a time that a restored backup has lost."""
    signed = [each.at for each in facts.record.signatures] if facts.record is not None else []
    for entry in tx.stream(HISTORY) if signed else ():
        what = entry.what
        if isinstance(what, RecordRestored) and what.made_at <= max(signed) <= entry.at:
            said = {"made": what.made_at, "at": entry.at}
            return (Reason(Seen.RESTORED, facts=said),)
    return ()


def _origin(tx: Transaction, facts: FileFacts, content: bytes) -> tuple[KeptReport, ...]:
    """Return the reports of the session that a file says it is of, or that it looks like."""
    if facts.record is not None and (found := tx.reports_of(facts.record.session_id)):
        return found
    if facts.code:
        named = [h for h in tx.sessions() if session_code(h.session_id) == facts.code]
        return tuple(itertools.chain(*(tx.reports_of(each.session_id) for each in named)))
    if facts.form is not Form.BROKEN:
        return ()
    for header in reversed(tx.sessions()[-LATEST:]):
        near = [each for each in tx.reports_of(header.session_id) if _alike(content, each.content)]
        if near:
            return tuple(near)
    return ()


# --- what differs ---------------------------------------------------------------------------


def differences(content: bytes, facts: FileFacts, kept: bytes, own: FileFacts) -> Iterator[Reason]:
    """Give what differs between a file and the kept report that it comes nearest to.

    Args:
        content: The file.
        facts: What was seen in it.
        kept: The kept report.
        own: What was seen in that.
    """
    named = list(_of_the_bytes(content, kept))
    if facts.form is Form.PDF:
        named += _of_the_pages(facts, own)
        if facts.record_mark != own.record_mark or facts.attachments != own.attachments:
            named.append(Reason(Seen.ATTACHMENT, held=False))
    yield from named
    if not named and facts.form is Form.PDF:
        yield Reason(Seen.REWRITTEN, held=False)


def _of_the_bytes(content: bytes, kept: bytes) -> Iterator[Reason]:
    more = len(content) - len(kept)
    if more > 0 and content.startswith(kept):
        yield Reason(Seen.APPENDED, held=False, facts={"bytes": more})
    elif more < 0 and kept.startswith(content):
        yield Reason(Seen.CUT, held=False, facts={"bytes": -more})
    elif not more:
        count, first = _changed(content, kept)
        yield Reason(Seen.BYTES, held=False, facts={"bytes": count, "first": first})


def _of_the_pages(facts: FileFacts, own: FileFacts) -> Iterator[Reason]:
    if facts.pages != own.pages:
        said = {"pages": facts.pages, "kept": own.pages}
        yield Reason(Seen.PAGES, held=False, facts=said)
    pairs = zip(facts.page_marks, own.page_marks, strict=False)
    for page, (mark, known) in enumerate(pairs, 1):
        if mark != known:
            yield Reason(Seen.PAGE, held=False, facts={"page": page})


def _changed(one: bytes, other: bytes) -> tuple[int, int]:
    """Return how many bytes differ, and where the first of them stands."""
    apart = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")  # all at once: it is quick
    marks = apart.to_bytes(len(one), "big")
    count = len(marks) - marks.count(0)
    return count, len(marks) - len(marks.lstrip(b"\0")) if count else 0


def _alike(content: bytes, kept: bytes) -> bool:
    """Tell whether two files are one but for an end, or for a few bytes."""
    if len(content) == len(kept):
        return _changed(content, kept)[0] * _DIFFERENT < len(kept)
    shorter = min(len(content), len(kept))
    return shorter * _DIFFERENT >= len(kept) and content[:shorter] == kept[:shorter]


def _likeness(
    content: bytes, facts: FileFacts, report: KeptReport, own: FileFacts
) -> tuple[bool, int, bool, int]:
    """Return how near a file comes to a kept report; the greater, the nearer."""
    pairs = zip(facts.page_marks, own.page_marks, strict=False)
    same_pages = sum(mark == known for mark, known in pairs)
    same_record = facts.record_mark == own.record_mark
    return _alike(content, report.content), same_pages, same_record, report.version
