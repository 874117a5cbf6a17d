"""How the program was left: whether a session was open, and whether it was closed at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.clinic import Lists
from monitor.desk import ACCESS, World
from monitor.entries import Entry, ProgramStarted, ProgramStopped, session_stream


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The program ended while a session was open.

    Attributes:
        at: When it last wrote something.
        session_id: The open session that was written in last.
        in_order: Whether it was closed, and did not just end.
    """

    at: dt.datetime
    session_id: str
    in_order: bool


def left_open(world: World) -> LeftOpen | None:
    """Return how the program was left; None where no session is open."""
    opened = Lists(world).sessions("open")
    if not opened:
        return None
    with world.looking() as tx:
        newest = {h.session_id: tx.stream(session_stream(h.session_id))[-1] for h in opened}
        access = tx.stream(ACCESS)
    last = max(newest, key=lambda session_id: newest[session_id].recorded_at)
    written = [*newest.values(), *access[-1:]]
    return LeftOpen(max(e.recorded_at for e in written), last, _in_order(access, world.station))


def _in_order(access: tuple[Entry, ...], station: str) -> bool:
    """Tell whether the program was closed at this computer the last time it was opened here."""
    here = (e.what for e in reversed(access) if e.station == station)
    runs = (what for what in here if isinstance(what, ProgramStarted | ProgramStopped))
    return not isinstance(next(runs, None), ProgramStarted)
