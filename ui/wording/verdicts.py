"""What is said of a file that was verified: one plain sentence, then the reasons.

The window, the command line and the lone verifier say the same; so nothing here needs more than
the standard library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.ledger import Finding
from monitor.verdict import Knowledge, Reason, Seen, Standing, Verdict
from ui.wording.findings import headline
from ui.wording.reasons import CAUSES, differences, doubt_words, reason_words

WORDS: dict[Standing, str] = {
    Standing.GENUINE: "Genuine and unchanged{of}.{signed} It matches the record.",
    Standing.SUPERSEDED: "Genuine{of}, but a newer {newer} exists.{signed}",
    Standing.DRAFT: "Unchanged, but an unsigned draft{of}. It matches the record.",
    Standing.HANDED_OUT: "No report, but unchanged: {cause}.",
    Standing.CHANGED: "Not genuine: {cause}.",
    Standing.FOREIGN: "Not genuine: {cause}.",
    Standing.NOT_A_PDF: "Not genuine: this file is no PDF.",
    Standing.CANNOT_TELL: "Nothing certain can be told of this PDF: {cause}.",
}

DRAFT_SUPERSEDED = "Unchanged, but an unsigned draft{of}, and a newer {newer} exists."

BY_CERTIFICATE = (
    "Genuine{of}: sealed under the clinic's certificate and unchanged since.{signed} "
    "Whether a newer version exists only the record can tell."
)

NOT_IN_THE_RECORD = (
    "Not genuine: the record at {record} holds no report that is this file to the last byte; "
    "{cause}."
)

PAPERS: Mapping[str, str] = {
    "rems": "a REMS worksheet",
    "register pdf": "the controlled-drug register",
    "entered late pdf": "the list of what was entered late",
    "access pdf": "the list of looks and exports",
    "everything": "one of the files",
}
"""Files that leave and are no report, by what the entry says."""

ANYWHERE = "it was changed, or it comes from elsewhere"

PRACTICE = " It was played for practice, with keys that everybody has: it proves nothing."


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One thing that was looked at, in words.

    Attributes:
        mark: A sign that stands before it: it holds, it does not, it only informs.
        held: The same, for whoever shows it in another way.
    """

    mark: str
    words: str
    held: bool | None = None

    @property
    def line(self) -> str:
        """Return it as one line of text."""
        return f"{self.mark} {self.words}"


def verdict_sentence(verdict: Verdict, record: str | Path | None = None) -> str:
    """Return what a verdict comes to.

    Args:
        verdict: What was found.
        record: Whose or where the record is that the file was held against.
    """
    signed = [
        f" Signed by {name} ({role}, “{meaning}”) on {at:%Y-%m-%d at %H:%M %Z}."
        for name, role, meaning, at in verdict.signers
    ]
    said = _template(verdict).format(
        of=_of(verdict),
        newer=_newer(verdict),
        signed="".join(signed),
        record=record or "this clinic",
        cause=_cause(verdict, record or "this clinic"),
    )
    practice = any(reason.seen is Seen.REHEARSAL for reason in verdict.reasons)
    return said + PRACTICE if practice else said


def doubtful_sentence(verdict: Verdict, record: str | Path, findings: Sequence[Finding]) -> str:
    """Return what a verdict comes to of which the record does not agree with itself.

    Args:
        verdict: What the record says of the file.
        record: Where it lies.
        findings: What was done to it; at least one.
    """
    more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
    return (
        f"Nothing certain can be told of this PDF: the record at {record} does not agree with "
        f"itself ({headline(findings[0])}{more}); see chairside check. As it stands it says: "
        f"{verdict_sentence(verdict, record)}"
    )


def reason_lines(verdict: Verdict) -> tuple[ReasonLine, ...]:
    """Return the reasons in words, in the order in which an auditor asks."""
    return tuple(
        ReasonLine(_MARKS[reason.held], reason_words(reason), reason.held)
        for reason in verdict.reasons
    )


_MARKS: Mapping[bool | None, str] = {True: "✓", False: "✕", None: "i"}


def verdict_json(verdict: Verdict, file: str, sentence: str) -> dict[str, object]:
    """Return a verdict as plain values for a program.

    Args:
        verdict: What was found.
        file: The file's path, as it was named.
        sentence: What was said of it.
    """
    signers = [
        {"name": name, "role": role, "meaning": meaning, "at": at.isoformat()}
        for name, role, meaning, at in verdict.signers
    ]
    return {
        "file": file,
        "standing": verdict.standing.value,
        "status": verdict.exit_status,
        "known_from": verdict.knowledge.value,
        "sentence": sentence,
        "sha256": verdict.sha256,
        "session": verdict.session_code or None,
        "version": verdict.version,
        "newest_version": verdict.newest_version,
        "signed": signers,
        "reasons": [_plain(reason) for reason in verdict.reasons],
    }


def worst(statuses: Sequence[int]) -> int:
    """Return the exit status for several files: not genuine (1), cannot tell (2), genuine (0)."""
    return next((status for status in (1, 2) if status in statuses), 0)


def _plain(reason: Reason) -> dict[str, object]:
    facts = {
        name: value.isoformat() if isinstance(value, dt.datetime) else value
        for name, value in reason.facts.items()
    }
    words = reason_words(reason)
    return {"seen": reason.seen.value, "held": reason.held, "facts": facts, "words": words}


def _template(verdict: Verdict) -> str:
    standing = verdict.standing
    by_record = verdict.knowledge is Knowledge.RECORD
    if standing is Standing.DRAFT and verdict.newest_version is not None:
        return DRAFT_SUPERSEDED
    if standing is Standing.GENUINE and verdict.knowledge is Knowledge.CERTIFICATE:
        return BY_CERTIFICATE
    if standing is Standing.CHANGED and by_record:
        return NOT_IN_THE_RECORD
    return WORDS[standing]


def _of(verdict: Verdict) -> str:
    version = f", version {verdict.version}" if verdict.version else ""
    return f" (session {verdict.session_code}{version})" if verdict.session_code else ""


def _newer(verdict: Verdict) -> str:
    if verdict.newest_version != verdict.version:
        return f"version ({verdict.newest_version})"
    return "signed report" if verdict.newest_status == "signed" else "draft"


# --- the cause ------------------------------------------------------------------------------


def _cause(verdict: Verdict, record: str | Path) -> str:
    """Return what tells most, as a clause."""
    against = {r.seen: r for r in reversed(verdict.reasons) if r.held is False}
    if verdict.standing is Standing.FOREIGN:
        return _foreign(against)
    if verdict.standing is Standing.HANDED_OUT:
        return _left(verdict)
    if verdict.standing is Standing.CANNOT_TELL:
        return _untold(verdict, record)
    if verdict.knowledge is Knowledge.RECORD and verdict.session_code:
        named = differences(verdict.reasons) or _first(against) or ANYWHERE
        return f"it is most like that of session {verdict.session_code}, but {named}"
    return _first(against) or ANYWHERE


def _first(against: Mapping[Seen, Reason]) -> str:
    return next((words(against[seen]) for seen, words in CAUSES.items() if seen in against), "")


def _foreign(against: Mapping[Seen, Reason]) -> str:
    if Seen.FORM in against:
        return CAUSES[Seen.FORM](against[Seen.FORM])
    inside = (Seen.WHOLE, Seen.INTACT, Seen.HOLDS, Seen.TIGHT, Seen.SEAL, Seen.ONLY, Seen.RECORD)
    if Seen.AUTHORITY in against and not any(seen in against for seen in inside):
        return CAUSES[Seen.AUTHORITY](against[Seen.AUTHORITY])
    return "it is no report of this program, or nothing in it is left that says so"


def _left(verdict: Verdict) -> str:
    """Return which paper it is, and when it left this record."""
    left = [reason.facts for reason in verdict.reasons if reason.seen is Seen.LEFT]
    paper = PAPERS.get(str(left[0]["form"]), "a file") if left else "a file"
    more = "".join(f" on {f['at']:%Y-%m-%d at %H:%M %Z}, handed out by {f['name']}" for f in left)
    return f"{paper}{_of(verdict)} that left this record{more}"


def _untold(verdict: Verdict, record: str | Path) -> str:
    informs = {reason.seen: reason for reason in verdict.reasons if reason.held is None}
    if Seen.WHOSE in informs:
        return doubt_words(informs[Seen.WHOSE], record)
    sealed = any(reason.seen is Seen.SEAL and reason.held for reason in verdict.reasons)
    if verdict.knowledge is Knowledge.RECORD:
        why = (
            "was restored from a backup that was made before it was signed, and holds another one"
            if Seen.RESTORED in informs
            else "does not hold it; the record may have been put back to an older copy"
        )
        return f"it is sealed under the clinic's certificate, but the record at {record} {why}"
    if not sealed:
        return "it is an unsigned draft, and only the record can tell whether it is unchanged"
    if Seen.KEYLESS in informs and verdict.knowledge is Knowledge.CERTIFICATE:
        name = informs[Seen.KEYLESS].facts["name"]
        return (
            f"it is whole and unchanged since it was sealed under the clinic's certificate, but "
            f"{name} is said to have signed without a key, which only the record can vouch for"
        )
    return (
        "it is whole and unchanged since it was sealed, but only the record or the clinic's "
        "certificate can tell whether it was this clinic that sealed it"
    )
