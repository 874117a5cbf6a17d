"""What a record is worth after something happened to it: opened as the program opens it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from pathlib import Path

from db.store import Store
from db.witness.station import Station
from monitor.entries import Entry
from monitor.errors import Code, MonitorError, StorageError


class Verdict(enum.StrEnum):
    """What became of a record."""

    WHOLE = "whole"  # all that was shown is there, and at most what was being written besides
    NOT_BEGUN = "not begun"  # there is none yet, and nothing had been shown
    LOST = "lost"  # something that was shown is gone, or is not what was shown
    GAP = "gap"  # this computer remembers more than there is
    MORE = "more"  # something is there that had been refused
    CORRUPT = "corrupt"  # the check found something
    UNOPENABLE = "unopenable"


def judge(
    folder: Path, shown: Sequence[Entry], *, exactly: bool = False, state: Path | None = None
) -> Verdict:
    """Open a record and hold it against what had been shown.

    Args:
        folder: The record's.
        shown: What must be there, each entry at its place.
        exactly: Whether nothing else may be, not even what was just being written.
        state: What is left of the station's key and marks, if it had any.
    """
    station = None if state is None else Station.here(state)
    try:
        store = Store.open(folder, station=station)
    except StorageError as error:
        began = bool(shown) or error.code is not Code.NO_RECORD
        return Verdict.UNOPENABLE if began else Verdict.NOT_BEGUN
    try:
        return _judge(store, shown, exactly=exactly)
    except MonitorError:
        return Verdict.CORRUPT
    finally:
        store.close()


def _judge(store: Store, shown: Sequence[Entry], *, exactly: bool) -> Verdict:
    streams = {entry.stream for entry in shown}
    with store.transaction() as tx:
        kept = {stream: tx.stream(stream) for stream in streams}
    if any(kept[entry.stream][entry.n - 1 : entry.n] != (entry,) for entry in shown):
        return Verdict.LOST
    if store.gaps():
        return Verdict.GAP
    if not store.check().is_sound:
        return Verdict.CORRUPT
    more = sum(map(len, kept.values())) > len(shown)
    return Verdict.MORE if exactly and more else Verdict.WHOLE
