"""The use-cases of keeping the record safe: a backup was made, the record goes on from one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.desk import ACCESS, World, write
from monitor.entries import BackedUp, Draft, Fact, RecordRestored
from monitor.errors import Code, RefusedError
from monitor.history import HISTORY
from monitor.ledger import Head
from monitor.people import Author, Role

BACKUP_EVERY = dt.timedelta(hours=24)
"""The program makes a backup when the newest is as old as this."""

BACKUP_OLD = dt.timedelta(days=2)
"""From this age on, the newest backup is said to be old."""


@dataclass(frozen=True, slots=True)
class NoteBackup:
    """Write that a backup was made and checked."""

    world: World

    def __call__(self, author: Author, head: Head, *, automatic: bool = False) -> None:
        """Write it.

        Args:
            author: Who asked for it; the program itself for the daily one.
            head: The last line that the backup holds.
            automatic: Whether the program made it by itself.

        Raises:
            RefusedError: `not-allowed` for an auditor.
        """
        insist_on_keeper_of_backups(author)
        _write(self.world, ACCESS, BackedUp(head.seq, head.hash, automatic), author)


@dataclass(frozen=True, slots=True)
class NoteRestored:
    """Write that the record goes on from a backup."""

    world: World

    def __call__(self, author: Author, head: Head, made_at: dt.datetime) -> None:
        """Write it.

        Args:
            author: Who restored it.
            head: The last line that the backup held.
            made_at: When the backup was made.

        Raises:
            RefusedError: `not-allowed` for an auditor.
        """
        insist_on_keeper_of_backups(author)
        _write(self.world, HISTORY, RecordRestored(head.seq, head.hash, made_at), author)


def insist_on_keeper_of_backups(author: Author) -> None:
    """Refuse a person who reads the record and does not keep it.

    Raises:
        RefusedError: `not-allowed` for an auditor.
    """
    if author.role is Role.AUDITOR:
        raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)


def newest_before(made: Iterable[dt.datetime], now: dt.datetime) -> dt.datetime | None:
    """Return when the newest backup was made; one from the future does not count.

    A clock that ran ahead for a day would otherwise put off every backup until then.
    """
    return max((at for at in made if at <= now), default=None)


def backup_due(newest: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether the day's backup is to be made now."""
    return newest is None or now - newest >= BACKUP_EVERY


def backup_old(newest: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether the newest backup is older than it should ever be."""
    return newest is None or now - newest > BACKUP_OLD


def _write(world: World, stream: str, fact: Fact, author: Author) -> None:
    moment = world.clock.moment()
    with world.transaction() as tx:
        draft = Draft(fact, moment.now, world.new_uid())
        write(world, tx, stream, [draft], author=author, moment=moment)
