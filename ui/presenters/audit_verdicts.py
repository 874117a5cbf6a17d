"""What the audit says of one file: a sentence, what kind of answer it is, and the reasons."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.judging import doubted
from monitor.ledger import Finding
from monitor.verdict import Standing, Verdict
from ui.wording.verdicts import ReasonLine, doubtful_sentence, reason_lines, verdict_sentence


class Kind(enum.Enum):
    """What kind of answer was given; its words stand in the tally. The worst comes first."""

    CHANGED = "Changed"
    FOREIGN = "Not ours"
    UNTOLD = "Cannot be told"
    UNREAD = "Not read"
    NEWER = "Genuine, newer exists"
    DRAFT = "Unsigned drafts"
    HANDED_OUT = "No report, unchanged"
    GENUINE = "Genuine and unchanged"


WORST_FIRST: tuple[Kind, ...] = tuple(Kind)
IN_THE_TALLY: tuple[Kind, ...] = tuple(reversed(WORST_FIRST))

KINDS: dict[Standing, Kind] = {
    Standing.GENUINE: Kind.GENUINE,
    Standing.SUPERSEDED: Kind.NEWER,
    Standing.DRAFT: Kind.DRAFT,
    Standing.HANDED_OUT: Kind.HANDED_OUT,
    Standing.CHANGED: Kind.CHANGED,
    Standing.FOREIGN: Kind.FOREIGN,
    Standing.NOT_A_PDF: Kind.FOREIGN,
    Standing.CANNOT_TELL: Kind.UNTOLD,
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at a file.

    Attributes:
        findings: What has happened to the record; then nothing certain can be told by it.
        unnoted: Why the record took no note of the question; empty where it did.
    """

    verdict: Verdict
    findings: Sequence[Finding] = ()
    unnoted: str = ""

    @property
    def answered(self) -> Verdict:
        """Return what the answer comes to."""
        if not self.findings:
            return self.verdict
        return replace(self.verdict, standing=Standing.CANNOT_TELL)


def believed(verdict: Verdict, alone: Verdict, findings: Sequence[Finding]) -> Looked:
    """Return what is said of a file that was held against a record.

    Args:
        verdict: What the record says of it.
        alone: What can be told without the record.
        findings: What has happened to the record.
    """
    if findings and doubted(verdict, alone) is alone:  # broken in itself, whatever the record
        return Looked(alone)
    return Looked(verdict, findings)


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One file and what came of it.

    Attributes:
        key: Counts the files, in the order in which they were looked at.
        name: The file's own name.
        place: The folder that it lies in.
        note: What else is to be said of it, such as that it is another file once more.
        known_from: What the answer rests on; empty where the file was not read.
        session: The session's short name on paper; empty where it was not found.
    """

    key: int
    kind: Kind
    sentence: str
    name: str
    place: str
    reasons: tuple[ReasonLine, ...] = ()
    note: str = ""
    sha256: str = ""
    known_from: str = ""
    session: str = ""
    version: int | None = None

    @property
    def named(self) -> str:
        """Return the file with its folder: a hundred sessions each have a report-v1.pdf."""
        folder = Path(self.place).name
        return f"{folder}/{self.name}" if folder else self.name

    @property
    def worth(self) -> tuple[int, int]:
        """Return by what it is put in order where the worst comes first."""
        return WORST_FIRST.index(self.kind), self.key


def verdict_row(key: int, path: Path, looked: Looked, *, clinic: str) -> VerdictRow:
    """Return a file with what its verdict comes to, held against the record of *clinic*."""
    verdict = looked.verdict
    record = clinic or "this clinic"
    said = verdict_sentence(verdict, record)
    if looked.findings:
        said = doubtful_sentence(verdict, record, looked.findings)
        verdict = looked.answered
    return VerdictRow(
        key=key,
        kind=KINDS[verdict.standing],
        sentence=said,
        name=path.name,
        place=str(path.parent),
        reasons=(*reason_lines(verdict), _hash(verdict.sha256)),
        note=f"The record took no note of it. {looked.unnoted}" if looked.unnoted else "",
        sha256=verdict.sha256,
        known_from=verdict.knowledge.value,
        session=verdict.session_code,
        version=verdict.version,
    )


def unread_row(key: int, path: Path, said: str) -> VerdictRow:
    """Return a file of which nothing could be told, and why."""
    return VerdictRow(key, Kind.UNREAD, said, path.name or str(path), str(path.parent))


def _hash(sha256: str) -> ReasonLine:
    return ReasonLine("i", f"SHA-256 of the file: {sha256}")
