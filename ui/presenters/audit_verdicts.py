"""What the audit says of one file: a sentence, what kind of answer it is, and the reasons."""

from __future__ import annotations

import datetime as dt
import enum
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.verifying import Standing, Verdict
from ui.console.verdicts import WORDS, verdict_sentence

MEGABYTE = 1000 * 1000
LARGEST = 500 * MEGABYTE
"""Bytes; a report of ours has less than one hundredth of it, so more is a slip of the hand."""


class Kind(enum.Enum):
    """What kind of answer was given; its words stand in the tally."""

    GENUINE = "Genuine and unchanged"
    NEWER = "Genuine, newer exists"
    DRAFT = "Unsigned drafts"
    NOT_OURS = "Not genuine"
    UNREAD = "Not read"


KINDS: dict[Standing, Kind] = {
    Standing.GENUINE: Kind.GENUINE,
    Standing.SUPERSEDED: Kind.NEWER,
    Standing.DRAFT: Kind.DRAFT,
    Standing.CHANGED: Kind.NOT_OURS,
    Standing.NOT_A_PDF: Kind.NOT_OURS,
    Standing.CANNOT_TELL: Kind.UNREAD,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was looked at.

    Attributes:
        held: Whether it spoke for the file; None where it only informs.
    """

    name: str
    value: str
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One file and what came of it.

    Attributes:
        key: Counts the files, in the order in which they were looked at.
        name: The file's own name.
        place: The folder that it lies in.
    """

    key: int
    kind: Kind
    sentence: str
    name: str
    place: str
    reasons: tuple[Reason, ...] = ()


class UnreadError(Exception):
    """A file could not be read; the message is a whole sentence."""


def read_file(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        UnreadError: If it is no file, too large, or cannot be read.
    """
    try:
        seen = path.stat()
        if stat.S_ISDIR(seen.st_mode):
            raise UnreadError("This is a folder: drop the PDFs that are in it.")
        if not stat.S_ISREG(seen.st_mode):
            raise UnreadError("This is no file that can be read: nothing can be told of it.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1) if seen.st_size <= LARGEST else b""
    except (OSError, ValueError) as error:
        raise UnreadError(_why(error)) from error
    if seen.st_size > LARGEST or len(content) > LARGEST:
        most = LARGEST // MEGABYTE
        raise UnreadError(f"This file is larger than {most} MB and was not read: no report is.")
    return content


def verdict_row(
    key: int, path: Path, verdict: Verdict, *, clinic: str, zone: dt.tzinfo
) -> VerdictRow:
    """Return a file with what its verdict comes to, held against the record of *clinic*."""
    local = tuple((who, role, why, at.astimezone(zone)) for who, role, why, at in verdict.signers)
    verdict = replace(verdict, signers=local)
    if verdict.standing is Standing.CHANGED:
        said = WORDS[Standing.CHANGED].format(record=clinic or "this clinic")
    else:
        said = verdict_sentence(verdict)
    kind = KINDS[verdict.standing]
    return VerdictRow(key, kind, said, path.name, str(path.parent), _reasons(verdict, zone))


def unread_row(key: int, path: Path, said: str) -> VerdictRow:
    """Return a file of which nothing could be told, and why."""
    return VerdictRow(key, Kind.UNREAD, said, path.name or str(path), str(path.parent))


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "This file is not there any more: choose it again."
    if isinstance(error, PermissionError):
        return "This file may not be read: ask whoever owns it."
    cause = error.strerror if isinstance(error, OSError) else None
    return f"This file cannot be read ({cause or 'its name is not understood'})."


def _reasons(verdict: Verdict, zone: dt.tzinfo) -> tuple[Reason, ...]:
    sha256 = Reason("SHA-256 of the file", verdict.sha256)
    if verdict.standing is Standing.NOT_A_PDF:
        return (Reason("First bytes", "are not those of a PDF", held=False), sha256)
    if verdict.standing is Standing.CANNOT_TELL:
        return (sha256,)
    if verdict.standing is Standing.CHANGED:
        return (Reason("Kept reports of that hash", "none in the record", held=False), sha256)
    signed = tuple(
        Reason("Signature that holds", f"{who}, {role}, {at:%Y-%m-%d %H:%M}", held=True)
        for who, role, _, at in verdict.signers
    )
    return (
        Reason("Every byte of the file", "as kept in the record", held=True),
        Reason("Report", _which(verdict, zone)),
        *(signed or (Reason("Signatures", "none; an unsigned draft", held=None),)),
        _newest(verdict),
        sha256,
    )


def _which(verdict: Verdict, zone: dt.tzinfo) -> str:
    kept = f", kept {verdict.kept_at.astimezone(zone):%Y-%m-%d %H:%M}" if verdict.kept_at else ""
    return f"session {verdict.session_code}, version {verdict.version}{kept}"


def _newest(verdict: Verdict) -> Reason:
    if verdict.newest_version is None:
        return Reason("Newest report of the session", "this one", held=True)
    status = "signed" if verdict.newest_status == "signed" else "draft"
    return Reason(
        "Newest report of the session", f"version {verdict.newest_version}, {status}", held=False
    )
