"""The record's keys.

A record has two, both random: the data key opens the database, the ledger key makes the
ledger's MACs. Neither is derived from the other, so that either can be changed alone. How
they are kept beside the record stands in `db.locks.slots`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from monitor.errors import Code, IntegrityError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a record. Never shown.

    Attributes:
        data: Opens the database.
        ledger: Makes the ledger's MACs.
        ledger_version: Which ledger key this is; a later one gets a greater number.
        earlier: The ledger keys before it, by version: old lines keep their MACs.
        data_version: Which data key this is.
        before: The keys that these take the place of, while they do; see `db.locks.rekey`.
    """

    data: bytes = field(repr=False)
    ledger: bytes = field(repr=False)
    ledger_version: int = 1
    earlier: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
    data_version: int = 1
    before: Keys | None = field(default=None, repr=False)

    @classmethod
    def make(cls) -> Keys:
        """Return new random keys."""
        return cls(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))

    @property
    def ledger_keys(self) -> dict[int, bytes]:
        """Return every ledger key there was, by version."""
        return {**dict(self.earlier), self.ledger_version: self.ledger}

    def ledger_key(self, version: int) -> bytes:
        """Return the ledger key of a version.

        Raises:
            IntegrityError: `broken-chain` for a version that there never was.
        """
        try:
            return self.ledger_keys[version]
        except KeyError:
            raise IntegrityError(Code.BROKEN_CHAIN, mac_key=version) from None

    def successor(self) -> Keys:
        """Return new random keys that are to take the place of these."""
        made = Keys.make()
        return Keys(
            made.data,
            made.ledger,
            self.ledger_version + 1,
            earlier=tuple(sorted(self.ledger_keys.items())),
            data_version=self.data_version + 1,
            before=self,
        )

    def settled(self) -> Keys:
        """Return these keys after they have taken the place of those before."""
        return replace(self, before=None)
