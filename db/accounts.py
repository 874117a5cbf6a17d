"""Password verifiers: argon2id, as `monitor.ports.Passwords` asks for them."""

from __future__ import annotations

import functools
import hashlib
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from monitor.errors import Code, InputError

LEAST = 15
"""Characters, where the password is the only factor (NIST SP 800-63B-4)."""

MOST = 1024
"""Characters; nobody types more, and hashing must not become a way to stop the program."""


class Argon2Passwords:
    """Implements `monitor.ports.Passwords`.

    Text is NFC before it is hashed, so that "Zoë" typed on another keyboard is the same
    password. Nothing is cut off, and no kind of character is asked for.
    """

    def __init__(
        self,
        *,
        least: int = LEAST,
        hasher: PasswordHasher | None = None,
        salt_from: bytes | None = None,
    ) -> None:
        """Use argon2-cffi's parameters: RFC 9106's second choice (64 MiB, 3 passes, 4 lanes).

        Args:
            least: How many characters a new password must have.
            hasher: Another hasher, for other parameters.
            salt_from: Derive each salt from this and the password instead of chance, so
                that two runs give the same verifiers. For rehearsals only.
        """
        self._least = least
        self._hasher = hasher or PasswordHasher()
        self._salt_from = salt_from

    @classmethod
    def for_rehearsal(cls, seed: str) -> Argon2Passwords:
        """Return passwords for made-up people: quick, of any length, the same in each run.

        Args:
            seed: Which rehearsal it is.
        """
        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        return cls(least=1, hasher=quick, salt_from=seed.encode("utf-8"))

    def make(self, password: str) -> str:
        """Return an argon2id verifier.

        Raises:
            InputError: `weak-password`, if it is shorter or longer than allowed, or no text.
        """
        raw = self._sound(password)
        if self._salt_from is None:
            return self._hasher.hash(raw)
        salt = hashlib.sha256(self._salt_from + b"\0" + raw).digest()[:16]
        return self._hasher.hash(raw, salt=salt)

    def check(self, password: str) -> None:
        """Refuse what `make` would refuse, without the work of making a verifier.

        Raises:
            InputError: `weak-password`.
        """
        self._sound(password)

    def _sound(self, password: str) -> bytes:
        raw = _composed(password)
        if raw is None or not self._least <= len(password) <= MOST:
            raise InputError(Code.WEAK_PASSWORD, "password", least=self._least, most=MOST)
        return raw

    def matches(self, verifier: str, password: str) -> bool:
        """Tell whether the password is the one the verifier was made from.

        An empty verifier, for a user whom nobody knows, takes as long as any other.
        """
        raw = _composed(password[: MOST + 1])
        try:
            self._hasher.verify(verifier or self._dummy, raw or b"")
        except (VerificationError, InvalidHashError):
            return False
        return bool(verifier) and raw is not None and len(password) <= MOST

    @functools.cached_property
    def _dummy(self) -> str:
        return self._hasher.hash(b"nobody's password")


def _composed(password: str) -> bytes | None:
    """Return the password's bytes, None if it is no Unicode text (a lone surrogate)."""
    try:
        return unicodedata.normalize("NFC", password).encode("utf-8")
    except UnicodeEncodeError:
        return None
