"""What a disk may hold after the power has failed.

A disk keeps what was synced. Of what was written to a file since, it may hold nothing, all,
the first part, any part, or single sectors; of what was made, moved or removed in a folder
since that was synced, the first so many. Nothing else is promised by POSIX, and the usual
file systems promise more: a record that survives here survives there.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.recording import Event, Step

SECTOR = 512


class Left(enum.Enum):
    """What is left of a file's writes that were not synced."""

    NOTHING = "nothing"
    ALL = "all"
    FIRST = "the first so many"
    SOME = "any of them"
    TORN = "sectors of any of them"


@dataclass(eq=False)
class _File:
    """A file, whatever it is called: what is safe of it, and the writes that are not."""

    safe: bytearray = field(default_factory=bytearray)
    loose: list[Event] = field(default_factory=list)


_Names = dict[Path, _File]
_Change = Callable[[_Names], None]


@dataclass
class Disk:
    """A disk that is told of every step, and can say what a power cut would leave."""

    def __post_init__(self) -> None:
        self._names: _Names = {}
        self._safe_names: _Names = {}
        self._loose_changes: list[tuple[Path, _Change]] = []  # with the folder, in order

    def take(self, event: Event) -> None:
        """Do as the program did."""
        if event.step is Step.MADE:
            self._change(event.path.parent, _name(event.path, _File()))
        elif event.step in (Step.WROTE, Step.CUT):
            self._names[event.path].loose.append(event)
        elif event.step is Step.REMOVED:
            self._change(event.path.parent, _forget(event.path))
        elif event.step is Step.MOVED:
            assert event.target is not None
            self._change(event.path.parent, _move(event.path, event.target))
        elif event.step is Step.SYNCED:
            self._sync(self._names[event.path])
        elif event.step is Step.FOLDER_SYNCED:
            self._sync_folder(event.path)

    def cut(self, chance: random.Random) -> dict[Path, bytes]:
        """Return the files of one possible state after a cut at this instant."""
        names = dict(self._safe_names)
        for folder in {folder for folder, _ in self._loose_changes}:
            changes = [change for where, change in self._loose_changes if where == folder]
            for change in changes[: chance.randint(0, len(changes))]:
                change(names)
        return {path: _after(file, chance) for path, file in names.items()}

    def _change(self, folder: Path, change: _Change) -> None:
        change(self._names)
        self._loose_changes.append((folder, change))

    @staticmethod
    def _sync(file: _File) -> None:
        for event in file.loose:
            _apply(file.safe, event)
        file.loose.clear()

    def _sync_folder(self, folder: Path) -> None:
        for where, change in self._loose_changes:
            if where == folder:
                change(self._safe_names)
        self._loose_changes = [each for each in self._loose_changes if each[0] != folder]


def cuts(
    events: Sequence[Event], count: int, chance: random.Random
) -> Iterator[tuple[int, dict[Path, bytes]]]:
    """Give *count* states at random instants: how much had been shown by then, and the files."""
    instants = sorted(chance.choices(range(1, len(events) + 1), k=count))
    disk, shown, place = Disk(), 0, 0
    for instant in instants:
        for event in events[place:instant]:
            disk.take(event)
            shown += event.step is Step.SHOWN
        place = instant
        yield shown, disk.cut(chance)


def after(events: Sequence[Event]) -> Disk:
    """Return the disk after these steps."""
    disk = Disk()
    for event in events:
        disk.take(event)
    return disk


def _after(file: _File, chance: random.Random) -> bytes:
    left = chance.choice(list(Left))
    content = bytearray(file.safe)
    for event in _survivors(file.loose, left, chance):
        if left is Left.TORN:
            for sector in _sectors(event):
                if chance.random() < 0.6:
                    _apply(content, sector)
        else:
            _apply(content, event)
    return bytes(content)


def _survivors(events: Sequence[Event], left: Left, chance: random.Random) -> Sequence[Event]:
    if left is Left.NOTHING:
        return ()
    if left is Left.ALL:
        return events
    if left is Left.FIRST:
        return events[: chance.randint(0, len(events))]
    return [event for event in events if chance.random() < 0.5]


def _sectors(event: Event) -> Iterator[Event]:
    """Cut a write where sectors begin, as the disk would."""
    start, end = event.offset, event.offset + len(event.content)
    if event.step is Step.CUT:
        yield event
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        content = event.content[start - event.offset : stop - event.offset]
        yield Event(event.step, event.path, start, content)
        start = stop


def _apply(content: bytearray, event: Event) -> None:
    if event.step is Step.CUT:
        del content[event.offset :]
    end = event.offset + len(event.content)
    content.extend(bytes(max(0, end - len(content))))
    content[event.offset : end] = event.content


def _name(path: Path, file: _File) -> _Change:
    return lambda names: names.__setitem__(path, file)


def _forget(path: Path) -> _Change:
    def forget(names: _Names) -> None:
        names.pop(path, None)

    return forget


def _move(source: Path, target: Path) -> _Change:
    """Move a file, or a folder with what the disk knows to be in it."""

    def move(names: _Names) -> None:
        for path in [path for path in names if path == source or source in path.parents]:
            names[target / path.relative_to(source)] = names.pop(path)

    return move
