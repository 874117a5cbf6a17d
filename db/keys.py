"""The record's keys, and the slots that they are kept in beside it.

A record has two keys, both random: the data key opens the database, the ledger key makes
the ledger's MACs. Neither is derived from the other, so that either can be changed alone.
Each slot in `keyslots.json` holds both, wrapped by AES-256-GCM under what its secret
yields through Argon2id. A practice slot's secret stands in the file in the clear: a
rehearsal's record is encrypted like any other, and still opens for everyone.
"""

from __future__ import annotations

import base64
import json
import secrets
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.durable import replace_file
from monitor.errors import Code, StorageError

FILE_NAME = "keyslots.json"
FORMAT = 1
PRACTICE_SECRET = "practice"  # noqa: S105 - stands in the clear, by design
_KEY_BYTES = 32
_NONCE_BYTES = 12  # what AES-GCM is defined for
_DOMAIN = b"chairside-keyslot-v1\0"


@dataclass(frozen=True, slots=True)
class Stretching:
    """How hard Argon2id works on a secret: KiB of memory, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def key(self, secret: str, salt: bytes) -> bytes:
        """Return the wrapping key that a secret yields."""
        composed = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
        return hash_secret_raw(
            composed,
            salt,
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=_KEY_BYTES,
            type=Type.ID,
        )


CLINIC = Stretching(memory_kib=256 * 1024, passes=4, lanes=2)
"""Above RFC 9106's second choice (64 MiB, 3 passes): a file can be guessed at for years."""

PRACTICE = Stretching(memory_kib=64, passes=1, lanes=1)
"""Next to nothing, since the secret stands beside it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a record. Never shown.

    Attributes:
        data: Opens the database.
        ledger: Makes the ledger's MACs.
        ledger_version: Which ledger key this is; a later one gets a greater number.
    """

    data: bytes = field(repr=False)
    ledger: bytes = field(repr=False)
    ledger_version: int = 1

    @classmethod
    def make(cls) -> Keys:
        """Return new random keys."""
        return cls(secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_KEY_BYTES))


def create(folder: Path, keys: Keys, passphrase: str, *, practice: bool = False) -> None:
    """Write the key file with its first slot, under the passphrase or for practice.

    Args:
        folder: Where the record will lie.
        keys: What the slot shall hold.
        passphrase: Opens the slot; for practice it is the secret in the clear.
        practice: Make a practice slot.
    """
    store_id = str(uuid.uuid4())
    kind, cost = ("practice", PRACTICE) if practice else ("passphrase", CLINIC)
    slot = _wrapped(store_id, kind, keys, passphrase, cost)
    if practice:
        slot["secret"] = passphrase
    said = {"format": FORMAT, "store": store_id, "slots": [slot]}
    replace_file(folder / FILE_NAME, json.dumps(said, indent=2).encode("ascii") + b"\n")


def unlock(folder: Path, passphrase: str | None) -> Keys:
    """Return the keys that a passphrase opens; None tries what stands in the clear.

    Raises:
        StorageError: `no-record` where there is no key file, `wrong-key` if nothing opens,
            `storage` for a file that cannot be read.
    """
    said = _read(folder)
    for slot in said["slots"]:
        secret = slot.get("secret") if passphrase is None else passphrase
        if secret is None:
            continue
        keys = _unwrapped(said["store"], slot, secret)
        if keys is not None:
            return keys
    raise StorageError(Code.WRONG_KEY)


def is_practice(folder: Path) -> bool:
    """Tell whether a record opens without a passphrase.

    Raises:
        StorageError: `no-record` where there is no key file, `storage` for one that cannot
            be read.
    """
    return any("secret" in slot for slot in _read(folder)["slots"])


def _wrapped(store_id: str, kind: str, keys: Keys, secret: str, cost: Stretching) -> dict[str, Any]:
    slot_id = str(uuid.uuid4())
    salt = secrets.token_bytes(16)
    cipher = AESGCM(cost.key(secret, salt))
    slot: dict[str, Any] = {
        "id": slot_id,
        "kind": kind,
        "argon2id": asdict(cost) | {"salt": _text(salt)},
        "keys": [],
    }
    for use, version, key in (
        ("data", 1, keys.data),
        ("ledger", keys.ledger_version, keys.ledger),
    ):
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = cipher.encrypt(nonce, key, _bound(store_id, slot_id, use, version))
        wrapped = {"use": use, "version": version, "nonce": _text(nonce), "wrapped": _text(sealed)}
        slot["keys"].append(wrapped)
    return slot


def _unwrapped(store_id: str, slot: Mapping[str, Any], secret: str) -> Keys | None:
    """Return the keys in a slot, None if the secret is not its own."""
    try:
        costs = dict(slot["argon2id"])
        salt = _bytes(costs.pop("salt"))
        cipher = AESGCM(Stretching(**costs).key(secret, salt))
        found: dict[str, tuple[int, bytes]] = {}
        for kept in slot["keys"]:
            bound = _bound(store_id, slot["id"], kept["use"], kept["version"])
            key = cipher.decrypt(_bytes(kept["nonce"]), _bytes(kept["wrapped"]), bound)
            found[kept["use"]] = max(found.get(kept["use"], (0, b"")), (kept["version"], key))
        version, ledger = found["ledger"]
        return Keys(found["data"][1], ledger, version)
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError, OverflowError, HashingError) as error:
        raise StorageError(Code.STORAGE, cause="keyslots-unreadable") from error


def _bound(store_id: str, slot_id: str, use: str, version: int) -> bytes:
    """What a wrapped key is bound to, so that none can be moved to another place."""
    return _DOMAIN + "\0".join((store_id, slot_id, use, str(version))).encode("utf-8")


def _read(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / FILE_NAME).read_bytes())
        if said["format"] > FORMAT:
            raise StorageError(Code.NEWER_RECORD)
        return {"store": str(said["store"]), "slots": list(said["slots"])}
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StorageError(Code.NO_RECORD) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(Code.STORAGE, cause="keyslots-unreadable") from error


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
