"""A file that somebody brings to be verified: read whole, or only hashed where it is too large."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import Code, InputError
from monitor.sealed_file import MOST_READ, FileFacts, Form

CHANGED = "it was changed since then; drop it again, then print."
TOO_LARGE = "it is too large; print it with another program."

SUMS = "SHA256SUMS"
"""The list of files beside those of a session that was handed out."""

READ_AT_ONCE = 1024 * 1024
"""Bytes; of a file that is too large no more is ever in memory."""

NOT_GENUINE, CANNOT_TELL = 1, 2
"""Exit statuses, as those of a verdict."""

Read = Callable[[bytes], FileFacts]


@dataclass(frozen=True, slots=True)
class Brought:
    """What was seen in a file, and the file itself; empty for one that is too large."""

    facts: FileFacts
    content: bytes = b""


class UnreadError(Exception):
    """A file could not be read; the message is a whole sentence.

    Attributes:
        status: The exit status: not genuine (no file), or cannot tell.
    """

    def __init__(self, sentence: str, status: int = CANNOT_TELL) -> None:
        super().__init__(sentence)
        self.status = status


def brought(path: Path, read: Read) -> Brought:
    """Return what is seen in a file.

    Args:
        path: Where it lies.
        read: Looks into its content.

    Raises:
        UnreadError: If it is no file, or cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadError("This is a folder: name the PDFs that are in it.", NOT_GENUINE)
        if not stat.S_ISREG(mode):
            raise UnreadError("This is no file that can be read: nothing can be told of it.")
        return _seen(path, read)
    except (OSError, ValueError) as error:
        raise UnreadError(_why(error)) from error


def list_beside(path: Path, sha256: str) -> str:
    """Return the hash of the list of files beside a file, if that names it with this hash.

    Empty where there is no such list, it cannot be read, or it says otherwise.
    """
    try:
        with (path.parent / SUMS).open("rb") as file:
            content = file.read(READ_AT_ONCE)
    except OSError:
        return ""
    named = f"{sha256}  {path.name}".encode() in content.splitlines()
    return hashlib.sha256(content).hexdigest() if named else ""


def as_looked_at(path: Path, sha256: str) -> bytes:
    """Return a file's content once more, as it was when it was looked at; slow.

    Args:
        path: Where it lies.
        sha256: Of its content then.

    Raises:
        InputError: If it is not there any more, cannot be read, or is another one by now.
    """
    try:
        found = brought(path, _only_hashed)
    except UnreadError as error:
        raise InputError(
            Code.UNREADABLE, path=f"The file {path.name}", problem=str(error)
        ) from error
    if found.facts.sha256 != sha256:
        raise InputError(Code.UNREADABLE, path=f"The file {path.name}", problem=CHANGED)
    if not found.content:
        raise InputError(Code.UNREADABLE, path=f"The file {path.name}", problem=TOO_LARGE)
    return found.content


def _only_hashed(content: bytes) -> FileFacts:
    return FileFacts(hashlib.sha256(content).hexdigest(), len(content), Form.PDF)


def _seen(path: Path, read: Read) -> Brought:
    with path.open("rb") as file:
        content = file.read(MOST_READ + 1)
        if len(content) <= MOST_READ:
            return Brought(read(content), content)
        digest, size = hashlib.sha256(content), len(content)
        del content
        while piece := file.read(READ_AT_ONCE):
            digest.update(piece)
            size += len(piece)
    return Brought(FileFacts(digest.hexdigest(), size, Form.TOO_LARGE))


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, PermissionError):
        return "This file may not be read: ask whoever owns it."
    cause = error.strerror if isinstance(error, OSError) else None
    return f"This file cannot be read ({cause or 'its name is not understood'})."
