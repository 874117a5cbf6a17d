"""Backups: whole, checked copies of the record, each in a folder of its own.

    chairside-<8 digits of the record's identity>-<UTC>/
        record.db        one file, encrypted with the record's own key
        keyslots.json    what opens it
        backup.json      the manifest, see `db.backups.manifest`

A folder gets that name only when everything in it is on the disk and the copy was held
against itself; until then it ends in ".new", and whatever ends so is swept away the next time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from db.backups import manifest as manifests, retention
from db.backups.manifest import Manifest
from db.checking import CheckReport, Progress
from db.durable import move_file, sync_file, sync_folder
from db.failures import file_error, folder_error, storage_error
from db.locks import slots
from db.locks.keys import Keys
from db.place import remember_backups_place
from db.store import FILE_NAME, Store
from db.upgrade import NEWEST
from monitor.errors import Code, IntegrityError, MonitorError, StorageError
from monitor.ledger import Break, Head, Remembered, Where

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PARTS = (FILE_NAME, slots.FILE_NAME)
"""What stands beside the manifest."""

DRAFT = ".new"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup.

    Attributes:
        at: When it was made.
        head: The last line that it holds.
        findings: How many disagreements with itself the record in it has; 0 in a sound one.
    """

    folder: Path
    at: dt.datetime
    head: Head
    entries: int
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of one record in one folder.

    Attributes:
        store: The record.
        folder: Where the backups lie; made with the first one.
    """

    store: Store
    folder: Path

    def found(self) -> tuple[Backup, ...]:
        """Return the finished backups of this record, newest first.

        Others, and what a manifest without our MAC calls a backup, are left out.

        Raises:
            StorageError: If the folder cannot be read.
        """
        found = _sealed(self.folder, self.store.id, self.store.keys)
        backups = [_backup(folder, said) for folder, said in found]
        return tuple(sorted(backups, key=lambda each: each.at, reverse=True))

    def make(self, at: dt.datetime, progress: Progress) -> Backup:
        """Copy the record while others go on writing, check the copy, and give it its name.

        A record that does not agree with itself is kept as well, with the number of findings:
        what is written from now on shall not exist only once.

        Args:
            at: The present instant.
            progress: Told how many lines of the copy have been looked at, and of how many.
                Whatever it raises ends it; then nothing is left behind.

        Raises:
            StorageError: `disk-full`, `read-only`, `busy` while another backup is being made,
                or `storage`.
            IntegrityError: `damaged`, if the copy is not what the record is.
        """
        with _about_backups():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _alone(self.folder / f".{self._prefix}lock"):
                self._sweep()
                return self._make(at, progress)

    def prune(self) -> tuple[Backup, ...]:
        """Remove the backups that need not be kept any longer; return them.

        Only whole folders with a manifest under this record's own MAC are ever removed. Those
        with findings are counted apart from the sound ones, so that none pushes out a sound one.

        Raises:
            StorageError: If the folder refuses.
        """
        backups = self.found()
        sound = retention.to_keep([each.at for each in backups if not each.findings])
        others = retention.to_keep([each.at for each in backups if each.findings])
        gone = tuple(
            each for each in backups if each.at not in (others if each.findings else sound)
        )
        with _about_backups():
            for each in gone:
                leaving = each.folder.with_name(f"{each.folder.name}{DRAFT}")
                move_file(each.folder, leaving)  # from now on nobody takes it for a whole one
                shutil.rmtree(leaving)
        return gone

    @property
    def _prefix(self) -> str:
        return f"chairside-{self.store.id[:8]}-"

    def _sweep(self) -> None:
        """Remove what was begun and never finished."""
        for leftover in self.folder.glob(f"{self._prefix}*{DRAFT}"):
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)

    def _make(self, at: dt.datetime, progress: Progress) -> Backup:
        place = self._free_place(at)
        draft = place.with_name(f"{place.name}{DRAFT}")
        draft.mkdir(mode=0o700)
        try:
            self._copy(draft)
            said = self._checked(draft, at, progress)
            said.write(draft)
            move_file(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # not there any more if all went well
        return _backup(place, said)

    def _free_place(self, at: dt.datetime) -> Path:
        name = f"{self._prefix}{at.astimezone(dt.UTC).strftime(_STAMP)}"
        place, number = self.folder / name, 1
        while place.exists():
            number += 1
            place = self.folder / f"{name}-{number}"
        return place

    def _copy(self, draft: Path) -> None:
        """Copy the record, and the key file that opens it.

        Raises:
            StorageError: `busy`, if its keys are being replaced meanwhile.
        """
        slot_file, copy = self.store.folder / slots.FILE_NAME, draft / FILE_NAME
        before = slot_file.read_bytes()
        self.store.copy_into(copy)
        if slot_file.read_bytes() != before or slots.read(self.store.folder).is_changing:
            raise StorageError(Code.BUSY)
        copy.chmod(0o600)
        kept = draft / slots.FILE_NAME
        kept.touch(mode=0o600)
        kept.write_bytes(before)

    def _checked(self, draft: Path, at: dt.datetime, progress: Progress) -> Manifest:
        """Hold the copy against itself; return what is to be said of it."""
        keys = self.store.keys
        copy = Store(draft, keys)
        try:
            report = copy.check(progress)
        finally:
            copy.close()
        if report.findings:
            self._insist_on_all(report)
        for part in PARTS:
            sync_file(draft / part)
        sync_folder(draft)
        return Manifest(
            store=self.store.id,
            schema=NEWEST,  # the store was opened, and so brought up to it
            at=at.astimezone(dt.UTC),
            head=report.head,
            entries=report.entries,
            files=tuple((part, manifests.sha256_of(draft / part)) for part in PARTS),
            mac_key=keys.ledger_version,
            findings=len(report.findings),
        ).sealed(keys)

    def _insist_on_all(self, report: CheckReport) -> None:
        """Make sure that a copy with findings is what the record itself is.

        Raises:
            IntegrityError: `damaged`, if its file cannot be read whole, or a line is not in it.
        """
        damaged = any(each.code is Break.DAMAGE for each in report.findings)
        if damaged or not self.store.has_lines(report.entries, report.head):
            raise IntegrityError(Code.DAMAGED)


def remembered(folder: Path, store_id: str, keys: Keys) -> tuple[Remembered, ...]:
    """Return the heads that the backups of a record remember, oldest first.

    Args:
        folder: Where the backups lie; one that is not there remembers nothing.
        store_id: The record's identity.
        keys: The record's; a manifest without their MAC is not listened to.

    Raises:
        StorageError: If the folder cannot be read.
    """
    found = (said for _, said in _sealed(folder, store_id, keys))
    return tuple(
        Remembered(said.head, said.at, Where.BACKUP)
        for said in sorted(found, key=lambda said: said.at)
    )


def choose_folder(folder: Path) -> None:
    """Let backups lie in a folder from now on, made if it is not there.

    Raises:
        StorageError: If nothing can be written in it; then the old one stays the one.
    """
    with _about_backups():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"chairside")
            probe.flush()
    remember_backups_place(folder)


def same_disk(folder: Path, other: Path) -> bool:
    """Tell whether two folders lie on one disk; each is taken for what will hold it.

    Raises:
        StorageError: If one cannot be looked at.
    """
    with _looking():
        return _device(folder) == _device(other)


def _device(folder: Path) -> int:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return there.stat().st_dev


def _sealed(folder: Path, store_id: str, keys: Keys) -> Iterator[tuple[Path, Manifest]]:
    """Give the finished backups of a record whose manifest carries its MAC."""
    with _looking():
        for place in sorted(folder.iterdir()) if folder.exists() else ():
            ours = place.name.startswith(f"chairside-{store_id[:8]}-")
            if not ours or place.suffix == DRAFT or place.is_symlink():
                continue
            try:
                said = manifests.read(place)
            except StorageError:
                continue
            whole = all((place / part).is_file() for part in PARTS)
            if whole and said.store == store_id and said.is_sealed_by(keys):
                yield place, said


def _backup(folder: Path, said: Manifest) -> Backup:
    return Backup(folder, said.at, said.head, said.entries, said.findings)


@contextlib.contextmanager
def _looking() -> Iterator[None]:
    """Say in our own codes that a folder cannot be looked into.

    Raises:
        StorageError: `storage`, with what the system says.
    """
    try:
        yield
    except OSError as error:
        raise folder_error(error, "backups-folder") from error


@contextlib.contextmanager
def _about_backups() -> Iterator[None]:
    """Say of every failure that it is one of a backup."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _told(storage_error(error)) from error
    except OSError as error:
        raise _told(file_error(error)) from error
    except (StorageError, IntegrityError) as error:
        raise _told(error) from error


def _told(error: MonitorError) -> MonitorError:
    return type(error)(error.code, **(error.facts | {"what": "backup"}))


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other processes from making a backup of the same record meanwhile.

    Raises:
        StorageError: `busy`, if one does.
    """
    opened = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(opened)
        yield
    finally:
        os.close(opened)  # gives the lock back, as the death of the process does


def _take(opened: int) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise StorageError(Code.BUSY) from error
    except OSError:
        return  # a folder elsewhere in the network that knows no locks
