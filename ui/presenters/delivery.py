"""The panel of what is true now: the phase, its clock, the dose figures, what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from monitor.overview import SessionOverview
from monitor.phases import Phase
from monitor.units import plain
from monitor.vitals import Sign
from ui.presenters.door import Need, door_needs, gap_needs, steps
from ui.presenters.rings import RingFace, ring
from ui.presenters.words import (
    MINUTE,
    PHASE_NAMES,
    amount,
    change,
    clock,
    countdown,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, under its name."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A button: what it does, in a key that the presenter knows."""

    key: str
    words: str
    kind: str = ""
    glyph: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ClocksFace:
    """Both clocks of a nasal dose, in whole minutes.

    Attributes:
        first, last: Minutes since the first and the last device.
        apart: Minutes between the two.
        door: How many minutes hold the door.
        first_at, last_at, opens_at: Clock times.
    """

    first: int
    last: int
    apart: int
    door: int
    first_at: str
    last_at: str
    opens_at: str


@dataclass(frozen=True, slots=True)
class DeviceFace:
    """The next nasal device.

    Attributes:
        number: 1 for the first.
        words: "Device 2 of 3".
        when: "from 10:24, in 1:48", or that it can be given now.
        ready: Whether the rest before it is over.
    """

    number: int
    words: str
    when: str
    ready: bool


@dataclass(frozen=True, slots=True)
class NowFace:
    """Everything the panel shows; a part that is None or empty is not there."""

    family: str
    title: str
    note: str = ""
    ring: RingFace | None = None
    clocks: ClocksFace | None = None
    figures: tuple[Figure, ...] = ()
    device: DeviceFace | None = None
    needs_title: str = ""
    needs_note: str = ""
    needs: tuple[Need, ...] = ()
    commands: tuple[Command, ...] = ()
    peak: tuple[str, str, str] | None = None


class NowView(Protocol):
    """What the presenter asks of the panel."""

    def show_now(self, face: NowFace) -> None:
        """Show this; called every second, so only what changed is drawn."""
        ...


class NowPresenter:
    """Keeps the panel true from one second to the next."""

    def __init__(self, view: NowView) -> None:
        self._view = view

    def refresh(self, overview: SessionOverview, now: dt.datetime) -> None:
        """Show where the session stands."""
        self._view.show_now(now_face(overview, now))


def now_face(overview: SessionOverview, now: dt.datetime) -> NowFace:
    """Return what the panel shows in this phase."""
    made = _FACES[overview.phase]
    return made(overview, now)


def _infusing(overview: SessionOverview, now: dt.datetime) -> NowFace:
    paused = overview.phase is Phase.PAUSED
    resume = (
        Command("resume", "Resume infusion", "primary", "play"),
        Command("resume-rate", "Resume at…", "", "gauge"),
    )
    last = overview.planned_end is None or overview.planned_end - now <= _NEARLY
    over = overview.planned_end is not None and overview.planned_end <= now
    running = (
        Command("pause", "Pause infusion", "", "pause"),
        Command("rate", "Change rate…", "", "gauge"),
        *((Command("finish", "Finished…", "primary" if over else "", "check"),) if last else ()),
    )
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=_minute(overview, now),
        ring=ring(overview, now),
        figures=_figures(overview),
        commands=(
            *(resume if paused else running),
            Command("stop", "Stop infusion…", "stop", "stop"),
        ),
        peak=peak(overview) if paused or not last else None,
    )


_NEARLY = 5 * MINUTE
"""From here on the infusion can be said to have run to its end."""


def _minute(overview: SessionOverview, now: dt.datetime) -> str:
    started = overview.started_at
    return f"minute {(now - started) // MINUTE}" if started else ""


def _figures(overview: SessionOverview) -> tuple[Figure, ...]:
    dose, local = overview.dose, overview.local
    rate = overview.segments[-1].rate_ml_h if overview.segments else None
    made = [
        Figure("Given", amount(dose.given_mg), "mg"),
        Figure("Left", amount(dose.left_mg), "mg"),
    ]
    if overview.ended_at is None and rate is not None:
        made.append(
            Figure("Pump", plain(Decimal(rate), 1) if rate else "paused", "mL/h" * bool(rate))
        )
        if overview.planned_end:
            made.append(Figure("Ends", clock(local, overview.planned_end)))
    elif overview.ended_at:
        made.append(Figure("Ended", clock(local, overview.ended_at)))
    return tuple(made)


def peak(overview: SessionOverview) -> tuple[str, str, str] | None:
    """Return the highest pressure, how it differs from the baseline, and when it was."""
    found = overview.peak_rise
    if found is None or overview.reference is None:
        return None
    rows = [
        r for r in overview.readings if r is not overview.reference and r.reading.bp == found[1]
    ]
    if not rows:
        return None
    up, words = change(Sign.BP, found[1], overview.reference.reading)
    arrow = {1: "▲ ", -1: "▼ ", 0: ""}[up]
    return found[1].text, f"{arrow}{words}", f"at {clock(overview.local, rows[-1].measured)}"


def _before(overview: SessionOverview, now: dt.datetime) -> NowFace:
    made = steps(overview)
    worked_out = overview.dose.rate_ml_h is not None
    start = Command("start", "Start infusion", "primary", "play", enabled=worked_out)
    by_device = overview.devices_ordered > 0
    nasal = by_device or overview.route == "nasal"
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=f"since {clock(overview.local, overview.opened_at)}",
        device=device(overview, now) if by_device else None,
        needs_title="Before the dose",
        needs_note=f"{sum(need.state == 'met' for need in made)} of {len(made)}",
        needs=made,
        commands=(
            Command(
                "dose", "Dose set-up…", "" if worked_out or by_device else "primary", "calculator"
            ),
            *(() if nasal else (start,)),
            Command("cancel", "Cancel session…", "stop", "x"),
        ),
    )


def device(overview: SessionOverview, now: dt.datetime) -> DeviceFace | None:
    """Return the next device; None once all that were ordered are given, or dosing ended."""
    given, ordered = len(overview.devices), overview.devices_ordered
    if given >= ordered or overview.ended_at is not None:
        return None
    opens = overview.device_opens_at
    ready = opens is None or now >= opens
    when = "can be given now"
    if opens is not None and not ready:
        when = f"from {clock(overview.local, opens)}, in {countdown(opens - now)}"
    return DeviceFace(given + 1, f"Device {given + 1} of {ordered}", when, ready)


def _devices(overview: SessionOverview, now: dt.datetime) -> NowFace:
    given = overview.devices
    figures = [Figure("Given", amount(overview.dose.given_mg), "mg")]
    if given:
        figures.append(Figure("Since device 1", str((now - given[0].at) // MINUTE), "min"))
    if len(given) > 1:
        figures.append(Figure("Since the last", str((now - given[-1].at) // MINUTE), "min"))
    end = Command("finish", "End dosing short…", "stop", "stop")
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=_per_device(overview),
        ring=ring(overview, now),
        figures=tuple(figures),
        device=device(overview, now),
        commands=(end,) if given else (),
        peak=peak(overview),
    )


def _per_device(overview: SessionOverview) -> str:
    if not overview.devices or overview.dose.ordered_mg is None:
        return ""
    mg = plain(overview.devices[0].mg)
    return f"{plain(overview.dose.ordered_mg)} mg = {overview.devices_ordered} × {mg} mg"


def _waiting_to_leave(overview: SessionOverview, now: dt.datetime) -> NowFace:
    needs = door_needs(overview, now)
    missing = sum(need.state != "met" for need in needs)
    opens = next((c.opens_at for c in overview.door if c.opens_at), None)
    note = f"{missing} of {len(needs)} open" if missing else "all met"
    if opens and now < opens:
        note += f" · not before {clock(overview.local, opens)}"
    clocks = _clocks(overview, now)
    return NowFace(
        family=overview.drug,
        title="Two clocks" if clocks else PHASE_NAMES[overview.phase],
        note=_per_device(overview),
        ring=None if clocks else ring(overview, now),
        clocks=clocks,
        figures=() if clocks else _figures(overview),
        needs_title="Not ready to leave" if missing else "Ready to leave",
        needs_note=note,
        needs=needs,
        commands=(
            Command("ready", "Checklist…", "", "check-square"),
            Command("discharge", "Leaves…", "" if missing else "primary", "door"),
        ),
    )


def _clocks(overview: SessionOverview, now: dt.datetime) -> ClocksFace | None:
    time = next((c for c in overview.door if c.code.startswith("time")), None)
    if not overview.devices or time is None:
        return None
    first, last = overview.devices[0].at, overview.devices[-1].at
    door = int(time.needed)
    return ClocksFace(
        first=(now - first) // MINUTE,
        last=(now - last) // MINUTE,
        apart=(last - first) // MINUTE,
        door=door,
        first_at=clock(overview.local, first),
        last_at=clock(overview.local, last),
        opens_at=clock(overview.local, time.opens_at or last + door * MINUTE),
    )


def _closed(overview: SessionOverview, _now: dt.datetime) -> NowFace:
    needs = gap_needs(overview)
    blocking = sum(need.state == "blocks" for need in needs)
    left = f"left {clock(overview.local, overview.closed_at)}" if overview.closed_at else ""
    signed = [s for s in overview.signatures if s.holds]
    figures = [Figure("Given", amount(overview.dose.given_mg), "mg")]
    figures += [Figure(f"Signed {clock(overview.local, s.at)}", s.by.name) for s in signed]
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=left,
        figures=tuple(figures),
        needs_title=_SIGNED.get(overview.status, "Before you sign"),
        needs_note=f"{blocking} block" if blocking else "nothing stands in the way",
        needs=needs,
        commands=(Command("sign", "Sign the record…", _SIGN_KIND[overview.status], "pen-nib"),)
        if overview.status in ("closed", "signed")
        else (),
        peak=peak(overview),
    )


_SIGNED = {"signed": "Signed; an entry now voids it", "co-signed": "Signed and co-signed"}
_SIGN_KIND = {"closed": "primary", "signed": ""}


def _cancelled(overview: SessionOverview, _now: dt.datetime) -> NowFace:
    need = Need("met", "No drug was given", overview.cancelled_reason)
    return NowFace(family=overview.drug, title="Cancelled", needs=(need,))


_FACES: dict[Phase, Callable[[SessionOverview, dt.datetime], NowFace]] = {
    Phase.SET_UP: _before,
    Phase.PRE_DOSE: _before,
    Phase.INFUSING: _infusing,
    Phase.PAUSED: _infusing,
    Phase.DEVICES: _devices,
    Phase.RECOVERY: _waiting_to_leave,
    Phase.OBSERVATION: _waiting_to_leave,
    Phase.READY: _waiting_to_leave,
    Phase.CLOSED: _closed,
    Phase.CANCELLED: _cancelled,
}
