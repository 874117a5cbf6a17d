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
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

DOMAIN = b"chairside-ledger-v1\0"
GENESIS = bytes(32)
"""What stands in the place of a hash before the first line."""

STORE_KEY = 1
"""The key that bodies are under: the store's own; a patient's key will have another number."""

_NOT_KNOWN = -1
_NUMBERS = 2**63
_HASH = re.compile(r"[0-9a-fA-F]{64}")

SIGNATURES = frozenset({"signed", "co-signed"})
"""Kinds of entries that a session's state is named after."""

STATING = SIGNATURES | {"addendum"}
"""Kinds of entries that a session digest leaves out, since they state it."""


class Trouble(enum.StrEnum):
    """What a line shows when it is held against itself and against those before it."""

    NUMBERING = "numbering"  # it has not the next number
    LINK = "link"  # it does not follow the line that stands before it
    STREAM = "stream"  # it is not the next of its stream
    HASH = "hash"  # its body is not the one that was hashed
    MAC = "mac"  # its hash was not made with the ledger key
    LABEL = "label"  # a column says something else than its body
    FORM = "form"  # its body is not canonical JSON


class Break(enum.StrEnum):
    """What has happened to a record, as far as it can be told."""

    DAMAGE = "damage"  # the file itself is damaged
    TRIGGER = "trigger"  # a guard of the append-only tables is gone, altered or strange
    VALUE = "value"  # what an entry says was changed
    AUTHOR = "author"  # its author, a time of it or its computer was changed
    CHANGED = "changed"  # it is not the one that was written; which part cannot be told
    FORM = "form"  # it says the same, written in another way
    LABEL = "label"  # a column beside it was changed
    PROOF = "proof"  # its hash, its MAC or its seals were changed
    UNKNOWN = "unknown"  # it is as it was written, but this program knows no such entry
    DELETED = "deleted"  # an entry is gone
    SWAPPED = "swapped"  # two entries stand in each other's place
    MOVED = "moved"  # an entry stands at another place than it was written at
    INSERTED = "inserted"  # an entry was put in that was never written by the program
    SESSION_REMOVED = "session-removed"  # every entry of a session is gone
    CUT = "cut"  # the last entries are gone
    ROLLED_BACK = "rolled-back"  # the record is an older one, whole in itself
    RECHAINED = "rechained"  # hashes were made anew, without the ledger key
    REWRITTEN = "rewritten"  # it is another history, made with the ledger key
    CHECKPOINT = "checkpoint"  # a checkpoint was changed, made up or removed
    PROJECTION = "projection"  # a derived table differs from the ledger
    KEPT_FILE = "file"  # a kept file is missing, altered or not in the ledger


FOLLOWING = (Break.RECHAINED, Break.KEPT_FILE, Break.PROJECTION)
"""What is often only a consequence of something else, and said after it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that has happened to a record.

    Attributes:
        seq: The line that it is about, the first of several; 0 where it is about no line.
        about: Which column, trigger, table and row, file, or stream; or who remembered.
        last: The last line of several, or the other of a pair; 0 for one line alone.
        stream: The stream of the line.
        kind: The line's kind; "added" for a trigger that is none of ours.
        at: When the line says it was, in its station's own time; or when something else than
            the record remembered it.
        count: How many lines, rows or things it is.
    """

    seq: int
    code: Break
    about: str = ""
    last: int = 0
    stream: str = ""
    kind: str = ""
    at: dt.datetime | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the ledger's table.

    Attributes:
        mac_key: Which version of the ledger key its MAC and its seals were made with.
        seals: The MACs of its parts, so that a check can say which part was changed; None in
            lines that were written before there were any.
        key_id: Which key its body is under.
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
    key_id: int = 1


@dataclass(frozen=True, slots=True)
class Head:
    """The last line's number and hash, in hex; 0 and zeros while there is none."""

    seq: int = 0
    hash: str = GENESIS.hex()


BEFORE_ALL = Head()
"""What stands before the first line."""


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


def told(seq: object, line_hash: object, at: dt.datetime, where: Where) -> Remembered:
    """Return the head that a file outside the record says; anybody may have written it.

    Args:
        seq: The line's number, as the file says it.
        line_hash: Its hash, as the file says it.
        at: When it was written down.
        where: Who remembers it.

    Raises:
        ValueError: If no line of a ledger can have that number or hash, or no clock shows
            that time in every zone.
    """
    if type(seq) is not int or not 0 < seq < _NUMBERS:
        raise ValueError("no line has that number")
    if not isinstance(line_hash, str) or not _HASH.fullmatch(line_hash):
        raise ValueError("no line has that hash")
    if at.tzinfo is None or not dt.MINYEAR < at.year < dt.MAXYEAR:
        raise ValueError("no instant")
    return Remembered(Head(seq, line_hash.lower()), at, where)


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
    return (body for kind, body in lines if kind not in STATING)


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
    """Follows the ledger line by line and tells what is wrong with each.

    After a break it goes on from the line as it stands, so that one change is seen at its
    place and does not condemn all that follows.
    """

    def __init__(
        self,
        keys: Mapping[int, bytes],
        head: Head = BEFORE_ALL,
        length: Callable[[str], int] = lambda _: 0,
    ) -> None:
        """Stand before the first line, or after one that is known to be right.

        Args:
            keys: The ledger keys, by version.
            head: The line to go on after.
            length: Tells how many entries a stream has up to that line.
        """
        self._keys = keys
        self._length = length
        self._places: dict[str, int] = {}
        self._sure = True  # whether the line before was read
        self.head = head

    def due(self, stream: str) -> int:
        """Return the place that the next line of a stream has."""
        if stream not in self._places:
            self._places[stream] = self._length(stream)
        return self._places[stream] + 1

    def follow(self, line: Line) -> frozenset[Trouble]:
        """Take the next line and return what is wrong with it."""
        found = frozenset((*self._misplaced(line), *self._altered(line), *_mislabelled(line)))
        self.head = Head(line.seq, line.hash.hex())
        self._places[line.stream] = line.n
        self._sure = True
        return found

    def skip(self) -> None:
        """Go on after lines that could not be read: what comes next is not held against them."""
        self._sure = False
        self._length = lambda _: _NOT_KNOWN
        self._places.clear()

    def _misplaced(self, line: Line) -> Iterator[Trouble]:
        if self._sure and line.seq != self.head.seq + 1:
            yield Trouble.NUMBERING
        if self._sure and line.prev_hash.hex() != self.head.hash:
            yield Trouble.LINK
        if self.due(line.stream) > 0 and line.n != self.due(line.stream):
            yield Trouble.STREAM

    def _altered(self, line: Line) -> Iterator[Trouble]:
        if link(line.prev_hash, line.body) != line.hash:
            yield Trouble.HASH
        key = self._keys.get(line.mac_key)
        if key is None or not hmac.compare_digest(mac(key, line.hash), line.mac):
            yield Trouble.MAC


def _mislabelled(line: Line) -> Iterator[Trouble]:
    if mislabelled(line):
        yield Trouble.LABEL


def mislabelled(line: Line) -> tuple[str, ...]:
    """Name the columns that say something else than the body; none if it cannot be read."""
    try:
        said = json.loads(line.body)
    except (ValueError, RecursionError):
        return ()  # whoever reads the body finds that it cannot be read
    wrong = [
        column
        for column in ("uid", "stream", "n", "kind")
        if not isinstance(said, dict) or said.get(column) != getattr(line, column)
    ]
    return (*wrong, *(["key_id"] if line.key_id != STORE_KEY else []))
