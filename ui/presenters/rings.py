"""The one ring of a session: how far its phase has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from monitor.overview import SessionOverview
from monitor.phases import Phase
from ui.presenters.words import MINUTE, NOTHING, PHASE_NAMES, amount, countdown


@dataclass(frozen=True, slots=True)
class RingFace:
    """A share from 0 to 1, the figure, and what it counts to."""

    share: float
    middle: str
    below: str


NO_RING = RingFace(0.0, "", "")
"""Of a chair in which no clock runs."""


def ring(overview: SessionOverview, now: dt.datetime) -> RingFace:
    """Return the one ring of a session: the phase's own clock."""
    made = _RINGS.get(overview.phase)
    if made is not None:
        return made(overview, now)
    return RingFace(0.0, NOTHING, PHASE_NAMES[overview.phase].casefold())


def _paused_ring(overview: SessionOverview, now: dt.datetime) -> RingFace:
    since = overview.segments[-1].start if overview.segments else now
    return RingFace(_run_share(overview, now), countdown(now - since), "paused")


def _ready_ring(_overview: SessionOverview, _now: dt.datetime) -> RingFace:
    return RingFace(1.0, "✓", "all met")


def _infusing_ring(overview: SessionOverview, now: dt.datetime) -> RingFace:
    left = (overview.planned_end or now) - now
    if left <= dt.timedelta():
        return RingFace(1.0, f"{-left // MINUTE}", "min since it ran out")
    return RingFace(_run_share(overview, now), countdown(left), "min left")


def _run_share(overview: SessionOverview, now: dt.datetime) -> float:
    run = float(overview.clocks.infusion_minutes or 0)
    left = ((overview.planned_end or now) - now) / MINUTE
    if overview.phase is Phase.INFUSING:
        run += (now - overview.seen_at) / MINUTE
    else:
        total = float(overview.dose.runs_minutes or overview.dose.minutes or 0)
        left = max(0.0, total - run)
    return run / (run + left) if run + left > 0 else 0.0


def _device_ring(overview: SessionOverview, now: dt.datetime) -> RingFace:
    opens, given = overview.device_opens_at, overview.devices
    if opens is None or not given:
        return RingFace(0.0, NOTHING, "before device 1")
    following = f"device {len(given) + 1}"
    if now >= opens:
        return RingFace(1.0, "now", following)
    share = (now - given[-1].at) / (opens - given[-1].at)
    return RingFace(share, countdown(opens - now), f"to {following}")


def _giving_ring(overview: SessionOverview, now: dt.datetime) -> RingFace:
    if overview.ended_at is not None:  # the last of it is being pushed
        return _door_ring(overview, now)
    given, left = overview.dose.given_mg, overview.dose.left_mg
    if given is None or left is None or given + left <= 0:
        return RingFace(0.0, NOTHING, "mg left")
    return RingFace(float(given / (given + left)), amount(left), "mg left")


def _door_ring(overview: SessionOverview, now: dt.datetime) -> RingFace:
    time = next((c for c in overview.door if c.opens_at), None)
    if time is None or time.opens_at is None or time.measured is None:
        return RingFace(0.0, NOTHING, "to the door")
    if now < time.measured:  # a push takes its minutes, counted from when it was begun
        return RingFace(0.0, countdown(time.measured - now), "to the last of it")
    if now >= time.opens_at:
        return RingFace(1.0, f"{(now - time.measured) // MINUTE}", "min, time is up")
    share = (now - time.measured) / (time.opens_at - time.measured)
    return RingFace(share, countdown(time.opens_at - now), "to the door")


_Ring = Callable[[SessionOverview, dt.datetime], RingFace]
_RINGS: dict[Phase, _Ring] = {
    Phase.INFUSING: _infusing_ring,
    Phase.PAUSED: _paused_ring,
    Phase.DEVICES: _device_ring,
    Phase.GIVING: _giving_ring,
    Phase.RECOVERY: _door_ring,
    Phase.OBSERVATION: _door_ring,
    Phase.READY: _ready_ring,
}
