"""The backups: when the last one was made, where they lie, and how one is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.errors import MonitorError
from monitor.keeping import backup_old, newest_before
from monitor.people import Author, Role
from ui.backups import Backup
from ui.presenters.backing_up import BackingUp, Standing
from ui.presenters.words import grouped
from ui.wording import sentence
from ui.wording.findings import count_words

BY_ITSELF = "By itself each day while the program runs, or by the button"
BY_HAND = "By the button; none is made by itself of a record for practice"
KEPT = "All of 7 days, 8 weekly ones, 24 monthly ones"
SAME_DISK = (
    "They lie on the same disk as the record: one that fails takes both. Choose a folder on"
    " another disk."
)
WHO_CHOOSES = "An administrator chooses the folder."
HOW = "To take one back, close the program and type at a terminal:"
HOW_THEN = (
    "It is held against its chain first. It opens with the passphrase or the recovery key that"
    " held when it was made, and is never put over a record that is there."
)
COMMAND = "chairside restore BACKUP --to FOLDER --use"
NONE_YET = "No backup yet"
UNSOUND = (
    "The newest one holds a record that does not agree with itself ({findings}); Audit names"
    " what was found. No older one is removed meanwhile."
)


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup in the list."""

    when: str
    entries: str
    name: str


@dataclass(frozen=True, slots=True)
class BackupsFace:
    """The section.

    Attributes:
        said: The sentence of how they stand.
        worried: Whether that sentence is one to act upon.
        facts: (name, value).
        advice: What would make them safer; empty if nothing.
        problem: Why the last one failed, or what is wrong in it; empty if nothing.
        done: What was done just now.
        share: How much of the one under way is done, from 0 to 1; None while none is.
        action: The words on the button; empty for somebody who makes none.
        may_choose: Whether the folder can be chosen.
    """

    said: str
    worried: bool
    facts: tuple[tuple[str, str], ...]
    advice: str
    problem: str
    done: str
    share: float | None
    action: str
    may_choose: bool
    rows: tuple[BackupRow, ...]


class BackupsView(Protocol):
    """What the presenter asks of the section."""

    def show_backups(self, face: BackupsFace) -> None:
        """Show how the backups stand."""
        ...

    def ask_folder(self, start: Path) -> None:
        """Ask which folder they shall lie in."""
        ...


class BackupsDoors(Protocol):
    """What the section needs of the world."""

    @property
    def author(self) -> Callable[[], Author]:
        """Return who is here."""
        ...

    @property
    def backing(self) -> BackingUp:
        """Return what makes the backups."""
        ...

    @property
    def now(self) -> Callable[[], dt.datetime]:
        """Return the instant."""
        ...

    @property
    def zone(self) -> dt.tzinfo:
        """Return the clinic's time zone."""
        ...


class BackupsPresenter:
    """Shows the backups; anyone may make one, an administrator chooses where."""

    def __init__(self, view: BackupsView, doors: BackupsDoors) -> None:
        self._view, self._doors = view, doors
        self._refused = ""

    def refresh(self) -> None:
        """Show how things stand."""
        standing = self._doors.backing.standing
        face = backups_face(
            standing,
            self._doors.author().role,
            now=self._doors.now().astimezone(self._doors.zone),
            refused=self._refused,
        )
        self._view.show_backups(face)

    def enter(self) -> None:
        """Look into the folder again: the section was entered."""
        self._doors.backing.look_again()

    def submit(self) -> None:
        """Make a backup now, or stop the one that is under way."""
        self._refused = ""
        if self._doors.author().role is Role.AUDITOR:
            return
        if self._doors.backing.standing.share is None:
            self._doors.backing.make(self._doors.author())
        else:
            self._doors.backing.cancel()

    def choose(self) -> None:
        """Ask for a folder."""
        if self._doors.author().role is Role.ADMINISTRATOR:
            self._view.ask_folder(self._doors.backing.standing.folder)

    def chosen(self, folder: Path) -> None:
        """Let the backups lie in this folder from now on."""
        self._refused = ""
        try:
            self._doors.backing.choose(folder)
        except MonitorError as error:
            self._refused = sentence(error)
        self.refresh()


def backups_face(standing: Standing, role: Role, *, now: dt.datetime, refused: str) -> BackupsFace:
    """Return the section as it is to be shown.

    Args:
        standing: How the backups stand.
        role: Of whoever looks.
        now: The present instant, in local time.
        refused: Why a folder was not taken just now.
    """
    made = standing.made or ()
    newest = newest_before((each.at for each in made), now)
    under_way = standing.share is not None
    return BackupsFace(
        said=_said(standing, newest, now),
        worried=standing.made is not None and backup_old(newest, now) and not under_way,
        facts=(
            ("Where", str(standing.folder)),
            ("How many", how_many(made, now.tzinfo)),
            ("Made", BY_ITSELF if standing.automatic else BY_HAND),
            ("Kept", KEPT),
        ),
        advice=_advice(standing, role),
        problem=refused or ("" if under_way else standing.problem or _unsound(made)),
        done=standing.done,
        share=standing.share,
        action="" if role is Role.AUDITOR else "Cancel" if under_way else "Back up now",
        may_choose=role is Role.ADMINISTRATOR and not under_way,
        rows=tuple(_row(each, now.tzinfo) for each in made),
    )


def _unsound(made: Sequence[Backup]) -> str:
    """Say that the newest holds a record that was tampered with; nothing of a sound one."""
    if not made or not made[0].findings:
        return ""
    return UNSOUND.format(findings=count_words(made[0].findings))


def how_many(made: Sequence[Backup], zone: dt.tzinfo | None) -> str:
    """Return how many there are, and since when."""
    if not made:
        return "None"
    if len(made) == 1:
        return "1"
    oldest = min(each.at for each in made).astimezone(zone)
    return f"{len(made)}, the oldest of {oldest:%Y-%m-%d}"


def _said(standing: Standing, newest: dt.datetime | None, now: dt.datetime) -> str:
    if standing.share is not None:
        return f"Making a backup, {int(standing.share * 100)} % checked …"
    if standing.made is None:
        return "Looking into the folder …"
    if newest is None:
        return NONE_YET
    at = newest.astimezone(now.tzinfo)
    days = (now.date() - at.date()).days
    if days > 1:
        return f"Last backup {days} days ago, on {at:%Y-%m-%d}"
    return f"Last backup {'yesterday' if days else 'today'} at {at:%H:%M}"


def _advice(standing: Standing, role: Role) -> str:
    if not standing.beside_record:
        return ""
    return SAME_DISK if role is Role.ADMINISTRATOR else f"{SAME_DISK} {WHO_CHOOSES}"


def _row(made: Backup, zone: dt.tzinfo | None) -> BackupRow:
    at = made.at.astimezone(zone)
    entries = f"{grouped(made.entries)} entries"
    if made.findings:
        entries = f"{entries}, {count_words(made.findings)}"
    return BackupRow(f"{at:%Y-%m-%d  %H:%M}", entries, made.folder.name)
