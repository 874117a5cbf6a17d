"""The backups of an opened record, where this computer keeps them, each put on record."""

from __future__ import annotations

import contextlib
from pathlib import Path

from db.backups.backup import Backup, Backups, choose_folder, remembered, same_disk
from db.checking import Progress
from db.place import backups_place
from db.store import Store
from monitor.desk import World
from monitor.errors import IntegrityError, StorageError
from monitor.keeping import NoteBackup, insist_on_keeper_of_backups
from monitor.ledger import Remembered
from monitor.people import Author


class KeptBackups:
    """Makes, lists and remembers the backups of an opened record.

    Attributes:
        automatic: Whether the program makes one each day; never of a record for practice.
    """

    def __init__(self, store: Store, world: World) -> None:
        self._store, self._world = store, world
        self.automatic = not Store.is_practice(store.folder)

    @property
    def folder(self) -> Path:
        """Return where they lie on this computer."""
        return backups_place()

    def choose(self, folder: Path) -> None:
        """Let them lie in this folder from now on."""
        choose_folder(folder)

    def beside_record(self) -> bool:
        """Tell whether they lie on the same disk as the record."""
        return same_disk(self.folder, self._store.folder)

    def remembered(self) -> tuple[Remembered, ...]:
        """Return the heads that they remember."""
        return remembered(self.folder, self._store.id, self._store.keys)

    def made(self, folder: Path | None = None) -> tuple[Backup, ...]:
        """Return the finished ones, newest first."""
        return Backups(self._store, folder or self.folder).found()

    def make(
        self,
        author: Author,
        progress: Progress,
        *,
        automatic: bool = False,
        folder: Path | None = None,
    ) -> Backup:
        """Make one, write that it was made, and remove those that need not be kept.

        While the record does not agree with itself nothing is removed.

        Raises:
            RefusedError: `not-allowed` for an auditor; then none is made.
        """
        insist_on_keeper_of_backups(author)
        backups = Backups(self._store, folder or self.folder)
        made = backups.make(self._world.clock.now(), progress)
        sound = contextlib.nullcontext()
        calm = contextlib.suppress(IntegrityError) if made.findings else sound
        with calm:  # one that was tampered with may take no entry
            NoteBackup(self._world)(author, made.head, automatic=automatic)
        if folder is None and not made.findings:
            with contextlib.suppress(StorageError):  # this one was made; the next prunes as well
                backups.prune()
        return made
