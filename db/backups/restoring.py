"""Restores a backup to another place, after everything that can be known of it was looked at.

A record that goes on from a backup says so in its own stream "history". The copy is made and
proved in a draft folder within the new place; its files then take their places in an order in
which a death at any moment leaves nothing, or a record that opens.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from db.backups import manifest as manifests
from db.backups.backup import PARTS
from db.backups.manifest import Manifest, unusable
from db.checking import Progress
from db.durable import move_file, sync_folder
from db.failures import file_error, folder_error, storage_error
from db.locks import slots
from db.locks.keys import Keys
from db.store import FILE_NAME, Store
from db.upgrade import NEWEST
from monitor.errors import Code, IntegrityError, MonitorError, StorageError
from monitor.ledger import Break

DRAFT = "restoring.new"
_CHUNK = 1 << 20

Note = Callable[[Store, Manifest], None]
"""Writes into the restored record what it goes on from."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """One backup, and where its record is to lie from now on."""

    backup: Path
    to: Path

    def __call__(
        self, ask_secret: Callable[[], str | None], note: Note, progress: Progress
    ) -> Manifest:
        """Restore it; return what it says of itself.

        Args:
            ask_secret: Returns what opens the backup; asked for only once it is known to be
                whole. None tries what stands in the clear.
            note: Called on the restored record before it takes its place.
            progress: Told how many of its lines have been looked at, and of how many.

        Raises:
            StorageError: `backup-unusable` with a cause, `record-exists`, `wrong-key`,
                `newer-record`, `disk-full`, or `storage`. Nothing was restored.
        """
        said = self._whole()
        if Store.exists(self.to):
            raise StorageError(Code.RECORD_EXISTS, path=str(self.to))
        keys = self._unlocked(ask_secret)
        if not said.is_sealed_by(keys):
            raise unusable(self.backup, "backup-cut")
        try:
            self._restore(said, keys, note, progress)
        except SQLAlchemyError as error:
            raise _told(storage_error(error)) from error
        except OSError as error:
            raise _told(file_error(error)) from error
        return said

    # --- before anything is written -------------------------------------------------------------

    def _whole(self) -> Manifest:
        """Return the manifest of a backup whose files are those that it names."""
        with _reading():
            if any(not (self.backup / part).is_file() for part in PARTS):
                raise unusable(self.backup, "backup-missing")
        said = manifests.read(self.backup)
        if said.schema > NEWEST:
            raise StorageError(Code.NEWER_RECORD)
        if _store_of(self.backup) not in ("", said.store):
            raise unusable(self.backup, "backup-foreign")
        with _reading():
            found = tuple((part, manifests.sha256_of(self.backup / part)) for part in PARTS)
        if found != said.files:
            raise unusable(self.backup, "backup-cut")
        return said

    def _unlocked(self, ask_secret: Callable[[], str | None]) -> Keys:
        try:
            return slots.unlock(self.backup, ask_secret())
        except StorageError as error:
            if error.code is Code.WRONG_KEY:
                raise StorageError(error.code, **(error.facts | {"what": "backup"})) from error
            raise

    # --- the new place --------------------------------------------------------------------------

    def _restore(self, said: Manifest, keys: Keys, note: Note, progress: Progress) -> None:
        begun = not self.to.exists()
        draft = self.to / DRAFT
        shutil.rmtree(draft, ignore_errors=True)  # left by one that was cut short
        draft.mkdir(mode=0o700, parents=True)
        done = False
        try:
            for part, sha256 in said.files:
                self._copy(part, draft, sha256)
            self._prove(draft, said, keys, note, progress)
            self._settle(draft)
            done = True
        finally:
            shutil.rmtree(draft, ignore_errors=True)
            if begun and not done:
                shutil.rmtree(self.to, ignore_errors=True)

    def _copy(self, part: str, draft: Path, sha256: str) -> None:
        digest = hashlib.sha256()
        (draft / part).touch(mode=0o600)
        with (self.backup / part).open("rb") as source, (draft / part).open("wb") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != sha256:
            raise unusable(self.backup, "backup-cut")

    def _prove(
        self, draft: Path, said: Manifest, keys: Keys, note: Note, progress: Progress
    ) -> None:
        """Hold the copied record against itself and its manifest, and write what it is.

        A record of which the manifest says that it does not agree with itself is restored as
        well: it is better than none.
        """
        try:
            store = Store(draft, keys)
        except StorageError as error:
            if error.code in (Code.DISK_FULL, Code.READ_ONLY, Code.NEWER_RECORD):
                raise
            raise unusable(self.backup, "backup-broken") from error
        try:
            report = store.check(progress)
            damaged = any(each.code is Break.DAMAGE for each in report.findings)
            altered = report.findings and not said.findings
            same = (report.head, report.entries) == (said.head, said.entries)
            if damaged or altered or not same:
                raise unusable(self.backup, "backup-broken")
            sound = contextlib.nullcontext()
            calm = contextlib.suppress(IntegrityError) if said.findings else sound
            with calm:  # one that was tampered with may take no entry
                note(store, said)
        finally:
            store.close()

    def _settle(self, draft: Path) -> None:
        """Give the files their places; `Store.open` ends what a death cuts short here."""
        halfway = self.to / f"{FILE_NAME}.new"
        move_file(draft / FILE_NAME, halfway)
        move_file(draft / slots.FILE_NAME, self.to / slots.FILE_NAME)
        move_file(halfway, self.to / FILE_NAME)
        sync_folder(self.to.parent)


def _store_of(folder: Path) -> str:
    """Return the identity of the record that a key file belongs to; empty if it does not say."""
    try:
        return slots.read(folder).store
    except StorageError:
        return ""


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    """Say in our own codes that a backup cannot be read."""
    try:
        yield
    except OSError as error:
        raise folder_error(error, "restoring") from error


def _told(error: MonitorError) -> MonitorError:
    return type(error)(error.code, **(error.facts | {"what": "restoring"}))
