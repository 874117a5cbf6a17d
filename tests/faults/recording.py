"""Writes down, in order, all that a program does to the files below one folder.

The database's own deeds come from `tests.faults.vfs`, those of Python code (the key file,
marks, backups, reports) from the interpreter's audit events and a few wrapped calls of `os`.
Between them stand the acknowledgements: what had appeared on the screen by then.
"""

from __future__ import annotations

import contextlib
import enum
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.entries import Entry
from tests.faults import vfs
from tests.faults.vfs import Call, Deed

_WRITES = os.O_WRONLY | os.O_RDWR


class Step(enum.Enum):
    """What happened to a file, or beside it."""

    MADE = "made"
    WROTE = "wrote"
    CUT = "cut"
    REMOVED = "removed"
    MOVED = "moved"
    SYNCED = "synced"
    FOLDER_SYNCED = "folder synced"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Event:
    """One step, in the order in which the program took them.

    Attributes:
        offset: Where it wrote; of a cut, the size that remains.
        target: Where it moved the file to.
    """

    step: Step
    path: Path
    offset: int = 0
    content: bytes = b""
    target: Path | None = None


@dataclass
class Recorder:
    """Satisfies `tests.faults.vfs.Watcher`, and listens to a store as the screen does.

    Attributes:
        root: Only what lies below it is written down.
        shown: The entries that appeared, in order.
    """

    root: Path

    def __post_init__(self) -> None:
        self.events: list[Event] = []
        self.shown: list[Entry] = []
        self._known: dict[Path, bytes] = {}  # what Python code wrote, as far as written down
        self._made: set[Path] = set()

    def show(self, entry: Entry) -> None:
        """Note that an entry has appeared on the screen."""
        self.catch_up()
        self.shown.append(entry)
        self.events.append(Event(Step.SHOWN, self.root))

    # --- what SQLite does ---------------------------------------------------------------------

    def before(self, deed: Deed) -> None:
        """Let everything happen; a file that is about to be opened may be a new one."""
        if deed.call is Call.OPEN and self._ours(deed.path) and not deed.path.exists():
            self._make(deed.path)

    def after(self, deed: Deed) -> None:
        """Write down what was done."""
        if not self._ours(deed.path):
            return
        if deed.call is Call.WRITE:
            self._note(Step.WROTE, deed.path, deed.offset, deed.content)
        elif deed.call is Call.TRUNCATE:
            self._note(Step.CUT, deed.path, deed.offset)
        elif deed.call is Call.DELETE:
            self._remove(deed.path)
        elif deed.call is Call.SYNC:
            self._note(Step.SYNCED, deed.path)
        if deed.with_folder:
            self._note(Step.FOLDER_SYNCED, deed.path.parent)

    # --- what Python code does ----------------------------------------------------------------

    def opening(self, path: Path) -> None:
        """Take a file that is opened for writing under observation."""
        if not self._ours(path):
            return
        if path not in self._known:
            self._known[path] = path.read_bytes() if path.exists() else b""
        if not path.exists():
            self._make(path)

    def synced(self, path: Path) -> None:
        """Write down that a file or a folder was synced."""
        if path == self.root or self._ours(path):
            self.catch_up()
            self._note(Step.FOLDER_SYNCED if path.is_dir() else Step.SYNCED, path)

    def moving(self, path: Path, target: Path) -> None:
        """Write down that a file goes to another place."""
        if self._ours(path):
            self.catch_up()
            for old in [old for old in self._made if old == path or path in old.parents]:
                new = target / old.relative_to(path)
                self._made = (self._made - {old}) | {new}
                if old in self._known:
                    self._known[new] = self._known.pop(old)
            self.events.append(Event(Step.MOVED, path, target=target))

    def removing(self, path: Path) -> None:
        """Write down that a file goes away."""
        if self._ours(path):
            self._remove(path)

    def catch_up(self) -> None:
        """Write down what Python code has written since the last look."""
        for path, before in self._known.items():
            now = path.read_bytes() if path.exists() else before
            if now != before:
                same = _same(before, now)
                if same < len(before):
                    self._note(Step.CUT, path, same)
                self._note(Step.WROTE, path, same, now[same:])
                self._known[path] = now

    def _ours(self, path: Path) -> bool:
        return self.root in path.parents and not path.name.endswith("-shm")

    def _make(self, path: Path) -> None:
        if path not in self._made:
            self._made.add(path)
            self._note(Step.MADE, path)

    def _remove(self, path: Path) -> None:
        self._known.pop(path, None)
        self._made.discard(path)
        self._note(Step.REMOVED, path)

    def _note(self, step: Step, path: Path, offset: int = 0, content: bytes = b"") -> None:
        self.events.append(Event(step, path, offset, content))


_listening: list[Recorder] = []


def _hear(event: str, details: tuple[object, ...]) -> None:
    """Hear of every file that the interpreter opens: audit hooks cannot be taken back."""
    if event == "open" and _listening:
        path, _, flags = details
        if not isinstance(path, str | bytes | os.PathLike) or not isinstance(flags, int):
            return  # opened by its number: the file is known, or is none of ours
        if flags & _WRITES:
            for recorder in _listening:
                recorder.opening(Path(os.fsdecode(path)).absolute())


sys.addaudithook(_hear)


@contextlib.contextmanager
def recording(root: Path) -> Iterator[Recorder]:
    """Write down what happens below *root* from now on."""
    recorder = Recorder(root.absolute())

    def sync(really: Callable[[int], None], descriptor: int) -> None:
        really(descriptor)
        recorder.synced(Path(f"/proc/self/fd/{descriptor}").readlink())

    def move(really: Callable[[Path, Path], None], source: Path, target: Path) -> None:
        recorder.moving(Path(source).absolute(), Path(target).absolute())
        really(source, target)

    def remove(really: Callable[[Path], None], path: Path) -> None:
        recorder.removing(Path(path).absolute())
        really(path)

    with pytest.MonkeyPatch.context() as patch, vfs.watched(recorder):
        for name, wrapped in (("fsync", sync), ("replace", move), ("rename", move)):
            patch.setattr(os, name, _wrap(wrapped, getattr(os, name)))
        for name in ("unlink", "remove"):
            patch.setattr(os, name, _wrap(remove, getattr(os, name)))
        _listening.append(recorder)
        try:
            yield recorder
        finally:
            _listening.remove(recorder)


def _same(before: bytes, now: bytes) -> int:
    """Return how many bytes two contents begin with alike."""
    pairs = enumerate(zip(before, now, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(before), len(now)))


def _wrap(wrapped: Callable[..., None], really: Callable[..., None]) -> Callable[..., None]:
    def call(*words: object, **terms: object) -> None:
        if terms.get("dir_fd") is not None:  # a name within an opened folder
            words = (Path(f"/proc/self/fd/{terms['dir_fd']}").readlink() / str(words[0]),)
        wrapped(really, *words)

    return call
