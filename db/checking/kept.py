"""The kept files, held against what the ledger says of them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, LargeBinary, cast, select

from db import schema
from db.checking.reading import Reading, only_damage
from monitor.errors import StorageError
from monitor.ledger import Break, Finding

STRANGE = "strange"
"""About a kept file that no line of the ledger names."""


def names(sql: Connection) -> list[str]:
    """Return the hashes that files are kept under."""
    stored = sql.scalars(select(cast(schema.files.c.sha256, LargeBinary)))
    return sorted((raw or b"").decode("utf-8", "backslashreplace") for raw in stored)


def hashes(reading: Reading, wanted: Sequence[str]) -> dict[str, str]:
    """Return the hash that each kept file has, by the one it is kept under.

    A file that cannot be read has none.
    """
    table = schema.files
    found: dict[str, str] = {}
    for name in wanted:
        query = select(cast(table.c.content, LargeBinary)).where(table.c.sha256 == name)
        try:
            with reading() as sql:  # one by one: a report is large
                found[name] = hashlib.sha256(bytes(sql.scalar(query) or b"")).hexdigest()
        except StorageError as error:
            only_damage(error)
            found[name] = ""
        time.sleep(0)  # let others have their turn
    return found


def compared(kept: Mapping[str, str], named: Mapping[str, int]) -> list[Finding]:
    """Compare the kept files with those that the ledger names.

    Args:
        kept: By the hash that each is kept under, the hash that it has.
        named: By hash, the line that names it.
    """
    altered = [name for name in kept if name in named and kept[name] != name]
    missing = [name for name in named if name not in kept]
    strange = [name for name in kept if name not in named]
    found = [Finding(named[name], Break.KEPT_FILE, "altered") for name in altered]
    found += [Finding(named[name], Break.KEPT_FILE, "missing") for name in missing]
    if strange:
        found.append(Finding(0, Break.KEPT_FILE, STRANGE, count=len(strange)))
    return found
