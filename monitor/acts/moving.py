"""Moving an entry in time: the steps of a dose keep the order in which they were done."""

from __future__ import annotations

import datetime as dt

from monitor.acts.act import Scene, not_before
from monitor.acts.before_the_dose import after_the_order
from monitor.acts.events import ended_at, noted
from monitor.acts.leaving import after_all
from monitor.entries import (
    DeviceGiven,
    Discharged,
    DoseGiven,
    EventNoted,
    EventResolved,
    Fact,
    Measured,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.session import Kept, PumpStep

_GIVING = (DeviceGiven, DoseGiven)


def check_moved(scene: Scene, kept: Kept[Fact], at: dt.datetime) -> None:
    """Refuse a time at which the entry cannot have been.

    That is before the session was opened (a reading or an event may be older); for a step of
    the dose before the one ahead of it or after the one that follows; for the first drug before
    the order; for an event after it was over, for its end before it began; for the patient's
    leaving before the newest reading or the last step of the dose.

    Raises:
        RefusedError: `too-early`, with the time after which it must have been.
        InputError: `out-of-range`, with the times of its neighbours.
    """
    _within_its_event(scene, kept, at)
    if not isinstance(kept.what, Measured | EventNoted | EventResolved):
        not_before(scene, at, scene.session.entries[0].at)
    if isinstance(kept.what, Discharged):
        after_all(scene, at)
    if not isinstance(kept.what, (*_GIVING, PumpStep)):
        return
    first = scene.session.first_drug
    if first is not None and first.uid == kept.uid:
        after_the_order(scene, at)
    before, after = _neighbours(scene, kept)
    early, late = before is not None and at < before, after is not None and at > after
    local = scene.overview.local
    if early and before is not None and after is None:
        raise RefusedError(Code.TOO_EARLY, after=local(before))
    if early or late:
        known = {"least": before, "most": after}
        times = {name: local(time) for name, time in known.items() if time is not None}
        raise InputError(Code.OUT_OF_RANGE, "at", **times)


def _within_its_event(scene: Scene, kept: Kept[Fact], at: dt.datetime) -> None:
    """Refuse an end before the beginning."""
    if isinstance(kept.what, EventResolved) and kept.what.event:
        ended_at(scene, noted(scene.session, kept.what.event), at)
    elif isinstance(kept.what, EventNoted):
        over = [e.resolved for e in scene.overview.events if e.uid == kept.uid and e.resolved]
        if over and at > over[0]:
            raise InputError(Code.OUT_OF_RANGE, "at", over=scene.overview.local(over[0]))


def _neighbours(scene: Scene, kept: Kept[Fact]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when the steps of the dose before and after this one were."""
    session = scene.session
    steps: list[Kept[Fact]] = [
        each for each in session.standing if isinstance(each.what, (*_GIVING, PumpStep))
    ]
    steps.sort(key=lambda each: (each.at, each.first.n))
    place = next(n for n, each in enumerate(steps) if each.uid == kept.uid)
    before = steps[place - 1].at if place else None
    after = steps[place + 1].at if place + 1 < len(steps) else session.closed_at
    return before, after
