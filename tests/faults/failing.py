"""A disk on which the n-th call fails, once or until somebody mends it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import vfs
from tests.faults.vfs import Call, Deed, Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """In what way a disk fails.

    Attributes:
        call: Which call fails.
        code: The error that it gives.
        lasting: Whether every further call fails, until it is mended.
        spreads: Whether a lasting one takes all other calls with it: the disk is gone.
        torn: Whether half of what is written reaches the file.
    """

    call: Call
    code: int
    lasting: bool = False
    spreads: bool = False
    torn: bool = False


FAULTS = {
    "full once": Fault(Call.WRITE, vfs.FULL),
    "full until room is made": Fault(Call.WRITE, vfs.FULL, lasting=True),
    "write error once": Fault(Call.WRITE, vfs.IOERR_WRITE),
    "disk gone at a write": Fault(Call.WRITE, vfs.IOERR_WRITE, lasting=True, spreads=True),
    "torn write": Fault(Call.WRITE, vfs.IOERR_WRITE, torn=True),
    "sync error once": Fault(Call.SYNC, vfs.IOERR_FSYNC),
    "sync errors until mended": Fault(Call.SYNC, vfs.IOERR_FSYNC, lasting=True),
    "disk gone at a sync": Fault(Call.SYNC, vfs.IOERR_FSYNC, lasting=True, spreads=True),
    "cannot open once": Fault(Call.OPEN, vfs.CANTOPEN),
    "cannot open until mended": Fault(Call.OPEN, vfs.CANTOPEN, lasting=True),
}


class Failing:
    """Satisfies `tests.faults.vfs.Watcher`: counts the calls, and fails the n-th.

    Attributes:
        calls: How many of each kind there were.
        fired: Whether it has failed since `fail_at`.
    """

    def __init__(self, folder: Path, fault: Fault | None = None) -> None:
        """Watch the files in a folder; nothing fails before `fail_at`."""
        self.calls: Counter[Call] = Counter()
        self.fired = False
        self._folder, self._fault = folder, fault
        self._left = 0  # calls of the fault's kind until it fails
        self._armed = False
        self._on_torn: Callable[[], object] = int

    def fail_at(self, nth: int, *, on_torn: Callable[[], object] = int) -> None:
        """Fail at the n-th call from now on.

        Args:
            nth: From 1.
            on_torn: Called where half of a write was done: here a process may be killed.
        """
        self._left, self._on_torn = nth, on_torn
        self._armed, self.fired = True, False

    def mend(self) -> None:
        """Fail no more."""
        self._armed = False

    def before(self, deed: Deed) -> Refusal | None:
        """Refuse what the fault says."""
        if deed.path.parent != self._folder:
            return None
        self.calls[deed.call] += 1
        fault = self._fault
        if fault is None or not self._armed:
            return None
        same = deed.call is fault.call
        if self.fired:
            refused = fault.lasting and (same or fault.spreads)
        else:
            self._left -= same
            refused = self.fired = same and self._left == 0
        return Refusal(fault.code, torn=fault.torn) if refused else None

    def after(self, deed: Deed) -> None:
        """Take note of the half that was written of a torn write."""
        torn = self._fault is not None and self._fault.torn and self.fired
        if torn and self._armed and deed.call is Call.WRITE:
            on_torn, self._on_torn = self._on_torn, int
            on_torn()


def copy_record(folder: Path, target: Path) -> None:
    """Copy a record's files as a process that dies now leaves them."""
    shutil.rmtree(target, ignore_errors=True)
    ignored = shutil.ignore_patterns("*-shm")  # shared memory: the next one makes it anew
    shutil.copytree(folder, target, ignore=ignored)
