"""The seals of a line: three MACs over its parts, beside the one over its hash.

The chain says that a line is not the one that was written; the seals say what is wrong with
it. `place` covers where it stands, `who` covers its author, its times and its computer,
`what` all the rest. None depends on the lines before it, so that a line which was moved or
re-chained still shows itself as genuine, and a search tells the place it came from.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SEAL_BYTES = 16
"""HMAC-SHA256, cut to 128 bits: three of them to a line, and none can be guessed."""

_WRITE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""Bodies are canonical as they stand: their parts need only one order, and a fast writer."""

_PLACE = ("stream", "n")
_WHO = ("by", "at", "recorded_at", "offset", "station", "boot", "mono")


@dataclass(frozen=True, slots=True)
class Judged:
    """Which parts of a line are as they were written."""

    place: bool
    who: bool
    what: bool


def make(key: bytes, seq: int, body: bytes) -> bytes:
    """Return the three seals of a line, one after the other.

    Args:
        key: The ledger key.
        seq: The line's number.
        body: Its canonical body.
    """
    said = json.loads(body)
    return b"".join((_place(key, seq, said), _who(key, said), _what(key, said)))


def judge(key: bytes, seq: int, body: bytes, seals: bytes) -> Judged:
    """Tell which parts of a line carry their own seal.

    Raises:
        ValueError: If the body is no JSON object.
    """
    said = _read(body)
    made = (_place(key, seq, said), _who(key, said), _what(key, said))
    parts = (seals[at : at + SEAL_BYTES] for at in range(0, 3 * SEAL_BYTES, SEAL_BYTES))
    return Judged(*(hmac.compare_digest(a, b) for a, b in zip(made, parts, strict=True)))


def first_place(key: bytes, body: bytes, seals: bytes, places: Iterable[int]) -> int | None:
    """Return the number under which a line was written; None if it is none of *places*."""
    said = _read(body)
    wanted = seals[:SEAL_BYTES]
    return next((s for s in places if hmac.compare_digest(_place(key, s, said), wanted)), None)


def _read(body: bytes) -> dict[str, Any]:
    said = json.loads(body)
    if not isinstance(said, dict):
        raise ValueError("a body is an object")  # noqa: TRY004 - a value that cannot be used
    return said


def _place(key: bytes, seq: int, said: dict[str, Any]) -> bytes:
    return _seal(key, b"place", {"seq": seq} | _part(said, _PLACE))


def _who(key: bytes, said: dict[str, Any]) -> bytes:
    return _seal(key, b"who", _part(said, _WHO))


def _what(key: bytes, said: dict[str, Any]) -> bytes:
    return _seal(key, b"what", {k: v for k, v in said.items() if k not in (*_PLACE, *_WHO)})


def _part(said: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: said.get(name) for name in ("uid", *names)}


def _seal(key: bytes, label: bytes, part: dict[str, Any]) -> bytes:
    message = b"chairside-seal-v1\0" + label + b"\0" + _WRITE(part).encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, "sha256")[:SEAL_BYTES]
