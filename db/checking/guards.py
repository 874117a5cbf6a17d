"""The guards of the append-only tables: are all of them there, and no other?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from db.engine import GUARDS, triggers
from monitor.ledger import Break, Finding

ADDED = "added"
"""The kind of a trigger that is none of ours."""


BACK = "back"
"""The kind of a guard that was missing when the record was opened, and is there again."""


def guards_missing(sql: Connection) -> tuple[str, ...]:
    """Name the triggers that the database lacks, or holds in other words."""
    held = triggers(sql)
    return tuple(name for name, text in GUARDS.items() if held.get(name) != text)


def findings(sql: Connection) -> list[Finding]:
    """Name the guards that are gone or altered, and triggers that are none of ours."""
    strange = tuple(name for name in sorted(triggers(sql)) if name not in GUARDS)
    return [*guard_findings(guards_missing(sql), ""), *guard_findings(strange, ADDED)]


def guard_findings(names: Sequence[str], kind: str) -> list[Finding]:
    """Return one finding that names all of them; none where there are none."""
    said = ", ".join(names)
    return [Finding(0, Break.TRIGGER, said, kind=kind, count=len(names))] if names else []
