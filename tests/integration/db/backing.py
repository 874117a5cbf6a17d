"""Backups of a made-up record, and manifests written anew."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

from db.backups import manifest as manifests
from db.locks.keys import Keys
from db.store import Store
from tests.integration.db.scribe import Scribe, practice_store

NOW = dt.datetime(2026, 3, 2, 20, 15, 30, tzinfo=dt.UTC)


def quiet(_done: int, _of: int) -> None:
    """Show no progress."""


def small_record(folder: Path) -> Store:
    """A record with a clinic, a patient and a session."""
    made = practice_store(folder)
    scribe = Scribe()
    with made.transaction() as tx:
        tx.append([*scribe.founding(), scribe.opened(), scribe.measured(), scribe.noted("awake")])
    return made


def resealed(folder: Path, keys: Keys, **changes: Any) -> None:  # noqa: ANN401 - fields
    """Write a backup's manifest anew, as somebody who holds the ledger key can."""
    dataclasses.replace(manifests.read(folder), **changes).sealed(keys).write(folder)
