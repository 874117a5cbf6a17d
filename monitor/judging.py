"""What a file is, from what was seen in it and what is known beside it: no look at any bytes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.sealed_file import FileFacts, Form, RecordFacts, SealFacts
from monitor.verdict import OK, Knowledge, Reason, Seen, Signer, Standing, Verdict

Vouched = tuple[str, str, dt.datetime]
"""A signature as it is known again: kind, certificate and instant."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record knows of a file, or of the kept report that the file comes nearest to.

    Attributes:
        same: Whether the file is that report, to the last byte.
        status: "signed" or "draft".
        newest_version: Of the session's newest report, where that is another one.
        replaces: Version and hash of the report before it; 0 and empty for the first.
        anew: Whose certificate was re-issued or renewed before signing, and when.
        differs: What was found when the file was held against it.
        digest: What the session's co-signature covers; empty where it has none.
        vouched: The session's signatures that cover it, oldest first.
    """

    session_code: str
    version: int
    status: str
    kept_at: dt.datetime
    same: bool
    signers: tuple[Signer, ...] = ()
    newest_version: int | None = None
    newest_status: str = ""
    replaces: tuple[int, str] = (0, "")
    anew: tuple[tuple[Seen, str, dt.datetime], ...] = ()
    rehearsal: bool = False
    differs: tuple[Reason, ...] = ()
    digest: str = ""
    vouched: tuple[Vouched, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the file.

    Attributes:
        by: From what.
        trusted: The fingerprints of the authorities that are the clinic's.
        kept: Of the record; None where no kept report is like it, or no record is at hand.
        now: The present instant, to say that a certificate has ended since; None where nobody
            knows it.
        practice: Whether the record is one for practice, which opens for everybody.
    """

    by: Knowledge = Knowledge.FILE
    trusted: frozenset[str] = frozenset()
    kept: Kept | None = None
    now: dt.datetime | None = None
    practice: bool = False


NOTHING = Known()
"""Where there is nothing but the file."""


def judge(facts: FileFacts, known: Known = NOTHING) -> Verdict:
    """Return what a file is.

    Args:
        facts: What was seen in it.
        known: What is known beside it.
    """
    reasons = tuple(_reasons(facts, known))
    if known.kept is not None and known.kept.same:
        reasons = tuple(map(_overruled, reasons))
    standing = _standing(facts, known, reasons)
    if known.kept is not None:
        return _of_the_record(facts, known, known.kept, standing, reasons)
    told = facts.record if standing is Standing.GENUINE else None
    return Verdict(
        standing=standing,
        sha256=facts.sha256,
        session_code=told.code if told else "",
        version=told.addenda + 1 if told else None,
        signers=_signers(told) if told else (),
        knowledge=known.by,
        reasons=reasons,
    )


def _overruled(reason: Reason) -> Reason:
    """Return a reason as it counts beside the hash in the record: it only informs."""
    if reason.held is not False or reason.seen is Seen.NEWER:
        return reason
    return Reason(reason.seen, None, {**reason.facts, "overruled": True})


def without_store(
    facts: FileFacts, trusted: Iterable[str] = (), now: dt.datetime | None = None
) -> Verdict:
    """Say what can be told of a file when no record is at hand.

    Args:
        facts: What was seen in it.
        trusted: The fingerprints of the authorities' certificates that are at hand.
        now: The present instant, where it is known.
    """
    by = Knowledge.CERTIFICATE if (known := frozenset(trusted)) else Knowledge.FILE
    return judge(facts, Known(by, known, now=now))


def doubted(verdict: Verdict, alone: Verdict, why: str = "") -> Verdict:
    """Return what is left of a verdict by a record that is not to be believed.

    Args:
        verdict: What the record says of the file.
        alone: What can be told without the record.
        why: What is wrong with the record, as `Seen.WHOSE` says it; empty where it does not
            agree with itself, which is told beside it.
    """
    if alone.exit_status == 1 and verdict.standing not in OK:
        return alone
    added = (Reason(Seen.WHOSE, facts={"why": why}),) if why else ()
    reasons = (*verdict.reasons, *added)
    return dataclasses.replace(verdict, standing=Standing.CANNOT_TELL, reasons=reasons)


def _of_the_record(
    facts: FileFacts, known: Known, kept: Kept, standing: Standing, reasons: tuple[Reason, ...]
) -> Verdict:
    return Verdict(
        standing=standing,
        sha256=facts.sha256,
        session_code=kept.session_code,
        version=kept.version,
        kept_at=kept.kept_at,
        signers=kept.signers if kept.same else (),
        newest_version=kept.newest_version,
        newest_status=kept.newest_status,
        knowledge=known.by,
        reasons=reasons,
    )


# --- what it is -----------------------------------------------------------------------------


def _standing(facts: FileFacts, known: Known, reasons: tuple[Reason, ...]) -> Standing:
    kept = known.kept
    if kept is not None and kept.same:
        return _of_a_kept_one(kept)
    if facts.form is not Form.PDF:
        return _FORMS[facts.form]
    seen = _by_its_seal(facts, known, reasons)
    if known.by is not Knowledge.RECORD:
        return seen
    if _is_ours(facts, known) and seen in _WHOLE and _is_lost(facts, kept):
        return Standing.CANNOT_TELL
    return seen if seen is Standing.FOREIGN and kept is None else Standing.CHANGED


_WHOLE = frozenset({Standing.GENUINE, Standing.CANNOT_TELL})


def _is_lost(facts: FileFacts, kept: Kept | None) -> bool:
    """Tell whether the clinic sealed a version that the record does not reach (any more).

    Such a version goes on from what the record has: nothing but addenda follow a co-signature,
    and they leave its digest what it was. Whatever covers another one was never sealed by the
    program.
    """
    record = facts.record
    if kept is None or record is None or any(r.seen is Seen.RESTORED for r in kept.differs):
        return True
    made = [(each.kind, each.fingerprint, each.at) for each in record.signatures]
    goes_on = record.stated == kept.digest and made[: len(kept.vouched)] == list(kept.vouched)
    if kept.digest and not goes_on:
        return False
    return record.addenda + 1 > (kept.newest_version or kept.version)


def _of_a_kept_one(kept: Kept) -> Standing:
    if kept.status != "signed":
        return Standing.DRAFT
    return Standing.GENUINE if kept.newest_version is None else Standing.SUPERSEDED


_FORMS = {
    Form.NOT_A_PDF: Standing.NOT_A_PDF,
    Form.BROKEN: Standing.CHANGED,
    Form.LOCKED: Standing.CHANGED,
    Form.TOO_LARGE: Standing.FOREIGN,
    Form.TOO_MUCH: Standing.FOREIGN,
}


def _by_its_seal(facts: FileFacts, known: Known, reasons: tuple[Reason, ...]) -> Standing:
    """Return what the file itself lets one say, with or without the clinic's certificate."""
    if not facts.seals:
        return _without_seal(facts)
    ours = _is_ours(facts, known)
    if known.trusted and facts.seals[0].sound and not ours:
        return Standing.FOREIGN
    if any(reason.held is False for reason in reasons if reason.seen not in _BESIDE_THE_FILE):
        return Standing.CHANGED if facts.ours or ours else Standing.FOREIGN
    if not facts.ours:
        return Standing.FOREIGN
    vouched = facts.record is not None and facts.record.vouched
    return Standing.GENUINE if ours and vouched else Standing.CANNOT_TELL


def _is_ours(facts: FileFacts, known: Known) -> bool:
    """Tell whether it was sealed under an authority that is the clinic's."""
    authority = facts.seals[0].authority if facts.seals else None
    return authority is not None and authority.fingerprint in known.trusted


_BESIDE_THE_FILE = frozenset(
    {Seen.HASH, Seen.NEWER}
    | {Seen.APPENDED, Seen.CUT, Seen.BYTES, Seen.PAGES, Seen.PAGE}
    | {Seen.ATTACHMENT, Seen.REWRITTEN}
)
"""What speaks against a file, and is not seen in it."""


def _without_seal(facts: FileFacts) -> Standing:
    """Return what a PDF without any signature is: a draft, or a report that lost it."""
    if not facts.ours:
        return Standing.FOREIGN
    draft = facts.record is not None and not facts.record.co_signed
    return Standing.CANNOT_TELL if draft else Standing.CHANGED


# --- why ------------------------------------------------------------------------------------


def _reasons(facts: FileFacts, known: Known) -> Iterator[Reason]:
    """Give what was looked at, in the order in which an auditor asks."""
    kept = known.kept
    yield Reason(Seen.FORM, facts.form is Form.PDF, {"form": facts.form.value})
    if known.by is Knowledge.RECORD:
        yield Reason(Seen.HASH, kept is not None and kept.same)
    if kept is not None:
        yield from kept.differs
    if facts.form is Form.PDF:
        yield from _of_the_seals(facts, known)
        yield from _of_the_record_in_it(facts, known)
    if kept is not None:
        yield from _of_the_kept(kept)
    if known.practice or _is_rehearsal(facts, kept):
        yield Reason(Seen.REHEARSAL)
    yield from _untold(facts, known)


def _of_the_seals(facts: FileFacts, known: Known) -> Iterator[Reason]:
    if not facts.seals:
        kept = known.kept
        record = facts.record
        plain = (record is not None and not record.co_signed) or (kept is not None and kept.same)
        yield Reason(Seen.SEAL, None if plain else False, {"signed": record is not None})
        return
    seal = facts.seals[0]
    readable = seal.signer is not None or seal.holds
    yield Reason(Seen.SEAL, readable, {"field": seal.field, "signed": False})
    if len(facts.seals) > 1:
        yield Reason(Seen.ONLY, held=False, facts={"count": len(facts.seals)})
    if readable:
        yield from _of_a_seal(seal, known)


def _of_a_seal(seal: SealFacts, known: Known) -> Iterator[Reason]:
    yield Reason(Seen.WHOLE, seal.whole, {"after": seal.after, "intact": seal.intact})
    yield Reason(Seen.INTACT, seal.intact)
    yield Reason(Seen.HOLDS, seal.holds)
    yield Reason(Seen.TIGHT, seal.tight)
    yield _of_the_authority(seal, known)
    yield from _of_the_time(seal, known)
    if known.kept is not None:
        for seen, name, at in known.kept.anew:
            yield Reason(seen, facts={"name": name, "at": at})


def _of_the_authority(seal: SealFacts, known: Known) -> Reason:
    if seal.authority is None:
        return Reason(Seen.AUTHORITY, held=False, facts={"fingerprint": "", "issued": False})
    said: dict[str, object] = {
        "fingerprint": seal.authority.fingerprint,
        "name": seal.authority.holder,
        "issued": seal.issued,
        "given": known.by is Knowledge.CERTIFICATE,
    }
    if not seal.issued:
        return Reason(Seen.AUTHORITY, held=False, facts=said)
    if not known.trusted:
        return Reason(Seen.AUTHORITY, facts=said)
    return Reason(Seen.AUTHORITY, seal.authority.fingerprint in known.trusted, said)


def _of_the_time(seal: SealFacts, known: Known) -> Iterator[Reason]:
    """Judge the certificates at the time that the seal states."""
    both = [each for each in (seal.signer, seal.authority) if each is not None]
    if not both:
        return
    begins, ends = max(each.begins for each in both), min(each.ends for each in both)
    said = {"at": (at := seal.signed_at), "begins": begins, "ends": ends}
    yield Reason(Seen.IN_TIME, at is not None and begins <= at <= ends, said)
    if known.now is not None and known.now > ends:
        yield Reason(Seen.EXPIRED_SINCE, facts={"ends": ends})


def _of_the_record_in_it(facts: FileFacts, known: Known) -> Iterator[Reason]:
    record = facts.record
    if record is None:
        if facts.seals or facts.ours:
            yield Reason(Seen.RECORD, held=False)
        return
    yield Reason(Seen.RECORD, held=True)
    yield Reason(Seen.DIGEST, record.computed == record.stated)
    if facts.code:
        yield Reason(Seen.CODE, facts.code == record.code, {"code": facts.code})
    yield from _of_its_signatures(record, known)
    if facts.seals:
        for each in record.signatures:
            if each.holds is None:
                yield Reason(Seen.KEYLESS, facts={"name": each.name})
        yield Reason(Seen.SEALER, _sealed_by_the_last(facts.seals[0], record))


def _of_its_signatures(record: RecordFacts, known: Known) -> Iterator[Reason]:
    for each in record.signatures:
        elsewhere = bool(each.holds and known.trusted and record.authority not in known.trusted)
        said = {"name": each.name, "kind": each.kind, "meaning": each.meaning, "at": each.at}
        yield Reason(Seen.ENTRY, each.holds and not elsewhere, said | {"elsewhere": elsewhere})


def _sealed_by_the_last(seal: SealFacts, record: RecordFacts) -> bool:
    """Tell whether the key under the file is that of the last signature in its record."""
    if seal.signer is None or not record.signatures:
        return False
    last = record.signatures[-1]
    at_once = seal.signed_at == last.at.replace(microsecond=0)
    return record.co_signed and at_once and seal.signer.fingerprint == last.fingerprint


def _of_the_kept(kept: Kept) -> Iterator[Reason]:
    if kept.newest_version is not None:
        said = {"version": kept.newest_version, "status": kept.newest_status}
        yield Reason(Seen.NEWER, held=False, facts=said)
    elif kept.same:
        yield Reason(Seen.NEWER, held=True, facts={"version": kept.version})
    version, sha256 = kept.replaces
    if version:
        yield Reason(Seen.OLDER, facts={"version": version, "sha256": sha256})


def _is_rehearsal(facts: FileFacts, kept: Kept | None) -> bool:
    practice = any(
        each.practice for seal in facts.seals for each in (seal.signer, seal.authority) if each
    )
    said = facts.record is not None and facts.record.rehearsal
    return practice or said or (kept is not None and kept.rehearsal)


def _untold(facts: FileFacts, known: Known) -> Iterator[Reason]:
    """Say what cannot be told from what is known."""
    if facts.form is not Form.PDF or known.by is Knowledge.RECORD:
        return
    if known.by is Knowledge.FILE:
        yield Reason(Seen.UNTOLD, facts={"what": "authority"})
    yield Reason(Seen.UNTOLD, facts={"what": "newer"})
    if facts.seals:
        for what in ("pages", "replaced", "time"):
            yield Reason(Seen.UNTOLD, facts={"what": what})


def told_apart(people: Sequence[tuple[str, str]]) -> list[str]:
    """Return names, with the user name where two people bear the same.

    Args:
        people: Each with name and user name.
    """
    users: dict[str, set[str]] = {}
    for name, user in people:
        users.setdefault(name, set()).add(user)
    return [f"{name} ({user})" if len(users[name]) > 1 else name for name, user in people]


def _signers(record: RecordFacts) -> tuple[Signer, ...]:
    """Return whose signatures hold; a name that no key vouches for is none of them."""
    made = [each for each in record.signatures if each.holds]
    names = told_apart([(each.name, each.user) for each in made])
    return tuple(
        (name, each.role, each.meaning, each.at) for name, each in zip(names, made, strict=True)
    )
