"""The manifest of a backup: what it holds, sealed by a key of the record that it is of.

It stands in the clear beside the encrypted copy, so that anyone can see how old a backup is;
it names no person. Its MAC runs over all the rest of it, under the ledger key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.codec import canonical
from db.durable import replace_file
from db.locks.keys import Keys
from monitor.errors import Code, MonitorError, StorageError
from monitor.ledger import Head

FILE_NAME = "backup.json"
FORMAT = "chairside-backup-v1"

_DOMAIN = b"chairside-backup-v1\0"
_CHUNK = 1 << 20

_NO_MANIFEST = (
    *(ValueError, KeyError, TypeError, AttributeError),  # of another form
    *(OverflowError, RecursionError),  # an instant before all others, brackets without end
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        store: The record's identity.
        schema: The number of the last migration that the copy has seen.
        at: When the copy was made.
        head: Its last line.
        entries: How many lines it has.
        findings: How many disagreements the check of the copy found; 0 in a sound one.
        files: The SHA-256 of each file beside the manifest, in hex, by its name.
        mac_key: Which version of the ledger key the MAC was made with.
        mac: In hex.
    """

    store: str
    schema: str
    at: dt.datetime
    head: Head
    entries: int
    files: tuple[tuple[str, str], ...]
    mac_key: int
    findings: int = 0
    mac: str = ""

    def sealed(self, keys: Keys) -> Manifest:
        """Return it with its MAC."""
        return replace(self, mac=self._made_with(keys))

    def is_sealed_by(self, keys: Keys) -> bool:
        """Tell whether the MAC was made with a ledger key of this record."""
        try:
            made = self._made_with(keys)
        except MonitorError:
            return False  # made with a key that this record does not have, or of no proper text
        return hmac.compare_digest(made.encode(), self.mac.encode("utf-8", "replace"))

    def write(self, folder: Path) -> None:
        """Write it into a folder, whole and on the disk.

        Raises:
            OSError: As the system says it.
        """
        said = self._said() | {"mac": self.mac}
        content = json.dumps(said, indent=2).encode("ascii") + b"\n"
        replace_file(folder / FILE_NAME, content)

    def _made_with(self, keys: Keys) -> str:
        message = _DOMAIN + canonical(self._said())
        return hmac.digest(keys.ledger_key(self.mac_key), message, "sha256").hex()

    def _said(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "store": self.store,
            "schema": self.schema,
            "at": self.at.astimezone(dt.UTC).isoformat(),
            "head": {"seq": self.head.seq, "hash": self.head.hash},
            "entries": self.entries,
            "findings": self.findings,
            "files": dict(self.files),
            "mac_key": self.mac_key,
        }


def read(folder: Path) -> Manifest:
    """Return the manifest in a folder; whether its MAC is right is asked for apart.

    Raises:
        StorageError: `backup-unusable`, with the folder and the cause.
    """
    try:
        content = (folder / FILE_NAME).read_bytes()
    except OSError as error:
        raise unusable(folder, "backup-missing") from error
    try:
        found = _read(json.loads(content))
    except _NO_MANIFEST as error:
        raise unusable(folder, "backup-cut") from error
    return found


def unusable(folder: Path, cause: str) -> StorageError:
    """Return the error that says why a backup cannot be used."""
    return StorageError(Code.BACKUP_UNUSABLE, path=str(folder), cause=cause)


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256, in hex.

    Raises:
        OSError: As the system says it.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _read(said: dict[str, Any]) -> Manifest:
    if said["format"] != FORMAT:
        raise ValueError("of another form")
    head = Head(_whole(said["head"]["seq"]), _text(said["head"]["hash"]))
    made = Manifest(
        store=_text(said["store"]),
        schema=_text(said["schema"]),
        at=dt.datetime.fromisoformat(said["at"]),
        head=head,
        entries=_whole(said["entries"]),
        findings=_whole(said["findings"]),
        files=tuple((_text(name), _text(sha256)) for name, sha256 in said["files"].items()),
        mac_key=_whole(said["mac_key"]),
        mac=_text(said["mac"]),
    )
    if made._said() | {"mac": made.mac} != said:  # noqa: SLF001 - this module's own
        raise ValueError("something in it is not covered by its MAC")
    return made


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("no whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
