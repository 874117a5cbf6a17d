"""How one slot's secret wraps the keys: stretching, then AES-256-GCM, each key bound to its place.

A slot is a plain JSON object, as it stands in the key file:

    id, kind, made, computer      what it is; `made` and `computer` are missing in format 1
    argon2id {…, salt}            how a typed secret is stretched, or
    hkdf {salt}                   that a secret of 256 random bits is not
    keys [{use, version, nonce, wrapped}]
    secret                        for practice only: it stands in the clear, by design
"""

from __future__ import annotations

import base64
import secrets
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.locks.keys import KEY_BYTES, Keys
from monitor.errors import Code, StorageError

Slot = dict[str, Any]
Secret = str | bytes
"""A typed one, which is stretched, or 256 random bits, which need no stretching."""

_NONCE_BYTES = 12  # what AES-GCM is defined for
_SALT_BYTES = 16
_DOMAIN = b"chairside-keyslot-v1\0"
_RANDOM = b"chairside-keyslot-random-v1"


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
            hash_len=KEY_BYTES,
            type=Type.ID,
        )


CLINIC = Stretching(memory_kib=256 * 1024, passes=4, lanes=2)
"""Above RFC 9106's second choice (64 MiB, 3 passes): a file can be guessed at for years."""

PRACTICE = Stretching(memory_kib=64, passes=1, lanes=1)
"""Next to nothing, since the secret stands beside it."""


def wrapped(store_id: str, facts: Mapping[str, str], keys: Keys, secret: Secret) -> Slot:
    """Return a new slot that holds the keys under a secret.

    While keys take the place of others, the slot holds both.

    Args:
        store_id: The record's.
        facts: `kind`, and what else is said of the slot in the clear.
        keys: What it shall hold.
        secret: Text is stretched by Argon2id; bytes must be random.

    Raises:
        StorageError: `storage`, if there is too little memory to stretch the secret.
    """
    slot: Slot = {"id": str(uuid.uuid4()), **facts}
    salt = secrets.token_bytes(_SALT_BYTES)
    if isinstance(secret, bytes):
        slot["hkdf"] = {"salt": _text(salt)}
    else:
        cost = PRACTICE if facts["kind"] == "practice" else CLINIC
        slot["argon2id"] = asdict(cost) | {"salt": _text(salt)}
    try:
        cipher = AESGCM(_wrapping_key(slot, secret))
    except HashingError as error:
        raise StorageError(Code.STORAGE, cause="memory") from error
    slot["keys"] = []
    for use, version, key in _all(keys):
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = cipher.encrypt(nonce, key, _bound(store_id, slot["id"], use, version))
        held = {"use": use, "version": version, "nonce": _text(nonce), "wrapped": _text(sealed)}
        slot["keys"].append(held)
    return slot


def unwrapped(store_id: str, slot: Mapping[str, Any], secret: Secret) -> Keys | None:
    """Return the keys in a slot, None if the secret is not its own.

    Raises:
        StorageError: `storage` for a slot that cannot be read.
    """
    try:
        cipher = AESGCM(_wrapping_key(slot, secret))
        found: dict[str, dict[int, bytes]] = {"data": {}, "ledger": {}}
        for kept in slot["keys"]:
            bound = _bound(store_id, slot["id"], kept["use"], kept["version"])
            key = cipher.decrypt(_bytes(kept["nonce"]), _bytes(kept["wrapped"]), bound)
            found[kept["use"]][int(kept["version"])] = key
        return _keys(found["data"], found["ledger"])
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError, OverflowError, HashingError) as error:
        raise StorageError(Code.STORAGE, cause="keyslots-unreadable") from error


def data_versions(slot: Mapping[str, Any]) -> set[int]:
    """Return which data keys a slot holds; that needs no secret. None in one that is spoiled."""
    held = slot.get("keys")
    kept = [k for k in held if isinstance(k, dict)] if isinstance(held, list) else []
    found = (k.get("version") for k in kept if k.get("use") == "data")
    return {version for version in found if isinstance(version, int)}


def without_data_below(slot: Slot, version: int) -> Slot:
    """Return a slot without the data keys that came before one."""
    kept = [k for k in slot["keys"] if k["use"] != "data" or k["version"] >= version]
    return slot | {"keys": kept}


def _keys(data: dict[int, bytes], ledger: dict[int, bytes]) -> Keys:
    """Put together what a slot held.

    Two data keys mean that one takes the other's place; the newest ledger key came with it.
    """
    older, newest = sorted(data)[:-1], max(data)
    version = max(ledger)
    earlier = tuple(sorted((v, key) for v, key in ledger.items() if v != version))
    before = None
    if older:
        before = _keys({older[-1]: data[older[-1]]}, dict(earlier))
    return Keys(data[newest], ledger[version], version, earlier, newest, before)


def _all(keys: Keys) -> list[tuple[str, int, bytes]]:
    """Return every key by its use and version."""
    held = [("data", k.data_version, k.data) for k in (keys.before, keys) if k is not None]
    return [*held, *(("ledger", version, key) for version, key in keys.ledger_keys.items())]


def _wrapping_key(slot: Mapping[str, Any], secret: Secret) -> bytes:
    if isinstance(secret, bytes):
        salt = _bytes(slot["hkdf"]["salt"])
        return HKDF(SHA256(), KEY_BYTES, salt=salt, info=_RANDOM).derive(secret)
    costs = dict(slot["argon2id"])
    salt = _bytes(costs.pop("salt"))
    return Stretching(**costs).key(secret, salt)


def _bound(store_id: str, slot_id: str, use: str, version: int) -> bytes:
    """What a wrapped key is bound to, so that none can be moved to another place."""
    return _DOMAIN + "\0".join((store_id, slot_id, use, str(version))).encode("utf-8")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
