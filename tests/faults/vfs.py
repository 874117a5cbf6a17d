"""A ledge between the real SQLCipher and the file system, put there while the program runs.

SQLite reaches files through a table of functions, its VFS. The driver's own library exports
the call that registers one, so a copy of the default table becomes the new default in the
very process that runs the program, its window included: nothing is compiled, nothing
preloaded. In the copy six functions are ours: open and delete, and for each opened file
write, truncate, sync and close. They ask a `Watcher` before they do the real thing, and tell
it afterwards. All others (reading, locking, shared memory) stay the library's own.
"""

from __future__ import annotations

import contextlib
import ctypes
import enum
import os
import threading
from collections.abc import Callable, Iterator
from ctypes import POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlcipher3 import _sqlite3

OK = 0
IOERR_WRITE = 10 | 3 << 8
IOERR_FSYNC = 10 | 4 << 8
FULL = 13
CANTOPEN = 14

_CREATE = 0x4
_LOGS = 0x800 | 0x4000 | 0x80000
"""Rollback journal, super-journal, write-ahead log: the folder is synced with a new one."""


class Call(enum.Enum):
    """What SQLite asks of the file system."""

    OPEN = "open"
    DELETE = "delete"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Deed:
    """One call that can change what is on the disk.

    Attributes:
        offset: Where it writes; of a truncation, the size that remains.
        with_folder: Whether this sync or deletion makes the folder's entries last as well.
    """

    call: Call
    path: Path
    offset: int = 0
    content: bytes = b""
    with_folder: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """What SQLite gets in a deed's place.

    Attributes:
        code: One of SQLite's errors.
        torn: Whether the first half of what was to be written is written all the same.
    """

    code: int
    torn: bool = False


class Watcher(Protocol):
    """Sees every deed, and may forbid it. Deeds come one at a time, from any thread."""

    def before(self, deed: Deed) -> Refusal | None:
        """Return None to let it happen."""
        ...

    def after(self, deed: Deed) -> None:
        """Take note of a deed that was done, or of the half of it that was."""
        ...


class _Nobody:
    """Watches no more. Satisfies `Watcher`."""

    def before(self, deed: Deed) -> None:
        """Let it happen."""

    def after(self, deed: Deed) -> None:
        """Take no note."""


class _Files(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    )


class _System(ctypes.Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("kept", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 14),
    )


_OPEN = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE = ctypes.CFUNCTYPE(c_int, c_void_p)
_WRITE = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)

_S = TypeVar("_S", bound=ctypes.Structure)


@dataclass(slots=True)
class _OpenFile:
    """A file that SQLite holds open.

    Attributes:
        new_log: Whether its first sync will sync the folder too, as SQLite's own rules are.
    """

    path: Path
    real: Any
    new_log: bool


class Ledge:
    """The copied table, with our functions in it."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._one_at_a_time = threading.Lock()
        self._library = ctypes.CDLL(_sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = c_void_p
        self._library.sqlite3_vfs_find.argtypes = [c_char_p]
        self._library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        self._library.sqlite3_vfs_unregister.argtypes = [c_void_p]
        self._below = self._library.sqlite3_vfs_find(None)
        real = _System.from_address(self._below)
        assert real.version >= 3
        self._real_open, self._real_delete = _OPEN(real.open), _DELETE(real.delete)
        self._table = _copy(_System, real)
        self._table.name = b"ledge"
        self._table.next = None
        self._functions = [_OPEN(self._open), _DELETE(self._delete)]
        self._table.open, self._table.delete = map(_address, self._functions)
        self._close_it, self._write_it = _CLOSE(self._close), _WRITE(self._write)
        self._truncate_it, self._sync_it = _TRUNCATE(self._truncate), _SYNC(self._sync)
        self._methods: dict[int, _Files] = {}  # by the address of the real ones
        self._open_files: dict[int, _OpenFile] = {}

    def register(self) -> None:
        """Stand in the way of every connection from now on."""
        assert self._library.sqlite3_vfs_register(ctypes.byref(self._table), 1) == OK

    def unregister(self) -> None:
        """Leave new connections alone; whoever is still open is let do as he likes."""
        assert self._library.sqlite3_vfs_unregister(ctypes.byref(self._table)) == OK
        assert self._library.sqlite3_vfs_register(self._below, 1) == OK
        self._watcher = _Nobody()

    def _do(
        self, deed: Deed, really: Callable[[], int], half: Callable[[], int] | None = None
    ) -> int:
        with self._one_at_a_time:
            refusal = self._watcher.before(deed)
            if refusal is None:
                answer = really()
                if answer == OK:
                    self._watcher.after(deed)
                return answer
            if refusal.torn and half is not None and half() == OK:
                self._watcher.after(replace(deed, content=deed.content[: len(deed.content) // 2]))
            return refusal.code

    def _open(self, _vfs: int, name: int, file: int, flags: int, told: Any) -> int:  # noqa: ANN401
        def really() -> int:
            return int(self._real_open(self._below, name, file, flags, told))

        if not name:  # a temporary file without a name, gone when it is closed
            return really()
        path = Path(os.fsdecode(ctypes.string_at(name)))
        answer = self._do(Deed(Call.OPEN, path), really)
        if answer == OK:
            methods = c_void_p.from_address(file)  # the first field of every opened file
            real = _Files.from_address(methods.value or 0)
            new_log = bool(flags & _CREATE and flags & _LOGS)
            self._open_files[file] = _OpenFile(path, real, new_log)
            methods.value = ctypes.addressof(self._watched(methods.value or 0))
        return answer

    def _watched(self, address: int) -> _Files:
        """Return a copy of a file's functions with ours in it."""
        if address not in self._methods:
            made = _copy(_Files, _Files.from_address(address))
            made.close, made.write = _address(self._close_it), _address(self._write_it)
            made.truncate, made.sync = _address(self._truncate_it), _address(self._sync_it)
            self._methods[address] = made
        return self._methods[address]

    def _close(self, file: int) -> int:
        return int(_CLOSE(self._open_files.pop(file).real.close)(file))

    def _write(self, file: int, content: int, length: int, offset: int) -> int:
        held = self._open_files[file]
        deed = Deed(Call.WRITE, held.path, offset, ctypes.string_at(content, length))
        real = _WRITE(held.real.write)
        return self._do(
            deed,
            lambda: int(real(file, content, length, offset)),
            lambda: int(real(file, content, length // 2, offset)),
        )

    def _truncate(self, file: int, size: int) -> int:
        held = self._open_files[file]
        real = _TRUNCATE(held.real.truncate)
        return self._do(Deed(Call.TRUNCATE, held.path, size), lambda: int(real(file, size)))

    def _sync(self, file: int, flags: int) -> int:
        held = self._open_files[file]
        real = _SYNC(held.real.sync)
        deed = Deed(Call.SYNC, held.path, with_folder=held.new_log)
        answer = self._do(deed, lambda: int(real(file, flags)))
        held.new_log = held.new_log and answer != OK
        return answer

    def _delete(self, _vfs: int, name: bytes, with_folder: int) -> int:
        deed = Deed(Call.DELETE, Path(os.fsdecode(name)), with_folder=bool(with_folder))
        return self._do(deed, lambda: int(self._real_delete(self._below, name, with_folder)))


_STANDING: list[Ledge] = []
"""SQLite may keep an address of ours longer than we know: a ledge is never taken apart."""


@contextlib.contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let *watcher* see what every connection does that is opened meanwhile."""
    ledge = Ledge(watcher)
    _STANDING.append(ledge)
    ledge.register()
    try:
        yield
    finally:
        ledge.unregister()


def _copy(kind: type[_S], of: _S) -> _S:
    return kind.from_buffer_copy(of)


def _address(function: Any) -> int | None:  # noqa: ANN401 - a function made by ctypes
    return ctypes.cast(function, c_void_p).value
