"""What a rehearsal makes up: identities, passwords and PINs, all of them derived from its file.

Two runs of the same file give the same ones; nobody should use them for anything real.
"""

from __future__ import annotations

import hashlib
import uuid

from monitor.clock import Clock

_VERSION_7 = 7 << 76
_VARIANT = 0b10 << 62


def derive(seed: bytes, *words: object) -> bytes:
    """Return 32 bytes that follow from the file and from what they are for."""
    return hashlib.sha256(b"\0".join([seed, *(str(word).encode() for word in words)])).digest()


def password(seed: bytes, user: str) -> str:
    """Return somebody's password: 23 characters."""
    drawn = derive(seed, "password", user).hex()
    return f"practice-{drawn[:4]}-{drawn[4:8]}-{drawn[8:12]}"


def pin(seed: bytes, user: str) -> str:
    """Return somebody's PIN: six digits."""
    return f"{int.from_bytes(derive(seed, 'pin', user)[:8]) % 1_000_000:06}"


class ScriptUids:
    """Makes identities: UUIDs of version 7, whose random part is derived.

    Args:
        part: How often the process was killed before: a new one must not make the same again.
    """

    def __init__(self, seed: bytes, clock: Clock, part: int = 0) -> None:
        self._seed = seed
        self._clock = clock
        self._part = part
        self._act = 0
        self._count = 0

    def at_act(self, number: int) -> None:
        """Go on to an act: its identities do not depend on how many there were before."""
        self._act, self._count = number, 0

    def __call__(self) -> str:
        """Return a new identity."""
        self._count += 1
        milliseconds = int(self._clock.now().timestamp()) * 1000 + self._count
        drawn = int.from_bytes(derive(self._seed, "uid", self._part, self._act, self._count))
        random_a, random_b = drawn >> 244, drawn & ((1 << 62) - 1)
        made = milliseconds << 80 | _VERSION_7 | random_a << 64 | _VARIANT | random_b
        return str(uuid.UUID(int=made))


class ScriptSalts:
    """Makes the salts of password verifiers, so that two runs give the same ledger."""

    def __init__(self, seed: bytes, part: int = 0) -> None:
        self._seed = seed
        self._part = part
        self._count = 0

    def __call__(self) -> bytes:
        """Return a new salt of 16 bytes."""
        self._count += 1
        return derive(self._seed, "salt", self._part, self._count)[:16]
