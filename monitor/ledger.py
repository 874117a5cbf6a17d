"""The chain's rules: how one line of the ledger vouches for all that stand before it.

A line's hash runs over its body and the hash of the line before; its MAC shows that the
hash was made by someone who held the ledger key. Nothing here reads a file: `db` brings
the lines, and the findings are worded elsewhere.

What the chain cannot see is a tail that was cut off, or a ledger that was put back as a
whole to an earlier day: for that the head must be remembered outside.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DOMAIN = b"chairside-ledger-v1\0"
GENESIS = bytes(32)
"""What stands in the place of a hash before the first line."""

SIGNATURES = frozenset({"signed", "co-signed"})
"""Kinds of entries that a session digest leaves out, since they state it."""


class Break(enum.StrEnum):
    """In what way a record does not agree with itself."""

    NUMBERING = "numbering"  # a line is missing, or one too many
    LINK = "link"  # it does not follow the line that stands before it
    HASH = "hash"  # its body is not the one that was hashed
    MAC = "mac"  # its hash was not made with the ledger key
    FORM = "form"  # its body is not canonical JSON
    COLUMNS = "columns"  # its columns say something else than its body
    STREAM = "stream"  # it is not the next of its stream
    UNREADABLE = "unreadable"  # no entry that this program knows
    TRIGGER = "trigger"  # a guard of the append-only tables is gone or altered
    PROJECTION = "projection"  # a derived table differs from the ledger
    KEPT_FILE = "file"  # a kept file is missing, altered or not in the ledger
    DAMAGE = "damage"  # the database file itself is damaged


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement.

    Attributes:
        seq: The line of the ledger that it was found at; 0 where it is about no line.
        about: Which column, trigger, table and row, or file.
    """

    seq: int
    code: Break
    about: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the ledger's table.

    Attributes:
        mac_key: Which version of the ledger key its MAC and its seals were made with.
        seals: The MACs of its parts, so that a check can say which part was changed; None in
            lines that were written before there were any.
    """

    seq: int
    uid: str
    stream: str
    n: int
    kind: str
    body: bytes
    prev_hash: bytes
    hash: bytes
    mac: bytes
    mac_key: int = 1
    seals: bytes | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last line's number and hash, in hex; 0 and zeros while there is none."""

    seq: int = 0
    hash: str = GENESIS.hex()


class Where(enum.StrEnum):
    """Who remembers a head outside the record."""

    STATION = "station"
    BACKUP = "backup"
    SIDECAR = "sidecar"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A head that was written down outside the record, so that a shorter one is noticed.

    Attributes:
        at: When it was written down.
    """

    head: Head
    at: dt.datetime
    where: Where


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A station's own signature under the chain as far as one line.

    Attributes:
        hash: The line's hash, in hex.
        key: The station's public Ed25519 key, in hex.
        signature: Over `checkpoint_message`, in hex.
    """

    seq: int
    hash: str
    at: dt.datetime
    key: str
    signature: str


def checkpoint_message(seq: int, line_hash: str, at: dt.datetime) -> bytes:
    """Return what a station signs: domain, line number, hash and instant, a line each."""
    instant = at.astimezone(dt.UTC).isoformat()
    return b"chairside-checkpoint-v1\0" + f"{seq}\n{line_hash}\n{instant}".encode("ascii")


def link(prev_hash: bytes, body: bytes) -> bytes:
    """Return a line's hash: SHA-256 of the domain, the hash before it and its body.

    Example:
        >>> link(GENESIS, b"{}").hex()[:16]
        '854a68a5f848bb9a'
    """
    return hashlib.sha256(DOMAIN + prev_hash + body).digest()


def mac(key: bytes, line_hash: bytes) -> bytes:
    """Return the HMAC-SHA256 of a line's hash under the ledger key."""
    return hmac.digest(key, line_hash, "sha256")


def covered(lines: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Give the bodies that a session digest covers.

    Args:
        lines: (kind, body) of each entry in the session's stream, oldest first.
    """
    return (body for kind, body in lines if kind not in SIGNATURES)


def session_digest(bodies: Iterable[bytes], protocol_hash: str) -> str:
    """Return the session digest, in hex: what a signature covers.

    SHA-256 over, for each body in the order of the stream, its length in bytes as a
    big-endian number of 8 bytes and then the body itself; and at the end the protocol's
    content hash as it is written: 64 hexadecimal digits, in ASCII.

    Args:
        bodies: The canonical bodies of the session's stream, signatures left out.
        protocol_hash: The content hash of the protocol it was opened with, in hex.
    """
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(len(body).to_bytes(8, "big"))
        digest.update(body)
    digest.update(protocol_hash.encode("ascii"))
    return digest.hexdigest()


class Chain:
    """Follows the ledger from its first line and tells every break.

    After a break it goes on from the hash as it stands, so that one change is found at its
    place and does not condemn all that follows.
    """

    def __init__(self, key: bytes) -> None:
        """Stand before the first line.

        Args:
            key: The ledger key.
        """
        self._key = key
        self._places: dict[str, int] = {}
        self.head = Head()

    def follow(self, line: Line) -> list[Finding]:
        """Take the next line and return what is wrong with it."""
        found = [*self._misplaced(line), *self._altered(line), *_mislabelled(line)]
        self.head = Head(line.seq, line.hash.hex())
        self._places[line.stream] = line.n
        return found

    def _misplaced(self, line: Line) -> Iterator[Finding]:
        if line.seq != self.head.seq + 1:
            yield Finding(line.seq, Break.NUMBERING)
        if line.prev_hash.hex() != self.head.hash:
            yield Finding(line.seq, Break.LINK)
        if line.n != self._places.get(line.stream, 0) + 1:
            yield Finding(line.seq, Break.STREAM, line.stream)

    def _altered(self, line: Line) -> Iterator[Finding]:
        if link(line.prev_hash, line.body) != line.hash:
            yield Finding(line.seq, Break.HASH)
        if not hmac.compare_digest(mac(self._key, line.hash), line.mac):
            yield Finding(line.seq, Break.MAC)


def _mislabelled(line: Line) -> Iterator[Finding]:
    try:
        said = json.loads(line.body)
    except (ValueError, RecursionError):
        return  # whoever reads the body finds that it cannot be read
    for column in ("uid", "stream", "n", "kind"):
        if not isinstance(said, dict) or said.get(column) != getattr(line, column):
            yield Finding(line.seq, Break.COLUMNS, column)
