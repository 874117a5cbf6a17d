"""The panel of what is true now: the phase, its clock, the dose figures, what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from monitor.departure import WayOut
from monitor.entries import Leaving
from monitor.overview import SessionOverview
from monitor.phases import Phase
from monitor.protocols.protocol import Way
from monitor.units import plain
from monitor.vitals import Sign
from ui.presenters.before_dose import ACCOUNT, before, device
from ui.presenters.door import Need, door_needs, gap_needs, set_words
from ui.presenters.dose_missing import left_out
from ui.presenters.now_faces import ClocksFace, Command, Figure, NowFace
from ui.presenters.rings import ring
from ui.presenters.words import MINUTE, PHASE_NAMES, amount, change, clock, left_words


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
    made = _FACES[overview.phase](overview, now)
    serious = [event.at for event in overview.events if event.serious is not None]
    if not serious:
        return made
    said = ", ".join(clock(overview.local, at) for at in serious)
    return replace(made, figures=(*made.figures, Figure("Serious event", said)))


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
            *left_out(overview),
            Command("stop", "Stop infusion…", "stop", "stop"),
        ),
        peak=peak(overview) if paused or not last else None,
        keeps_peak=paused or not last,
    )


_NEARLY = 5 * MINUTE
"""From here on the infusion can be said to have run to its end."""


def _minute(overview: SessionOverview, now: dt.datetime) -> str:
    started = overview.started_at
    return f"minute {(now - started) // MINUTE}" if started else ""


def given_and_left(overview: SessionOverview) -> tuple[Figure, ...]:
    """Return what has been given and what is left, which stand on the screen to the end.

    Once anything of it was wasted, that stands beside it and is not left any more.
    """
    dose, over = overview.dose, overview.ended_at is not None
    given, left, wasted = dose.given_mg, dose.left_mg, dose.wasted_mg if over else None
    if over and dose.unaccounted_mg is not None:
        left = max(dose.unaccounted_mg, Decimal(0))
    figures = (Figure("Given", amount(given), "mg"), Figure("Left", amount(left), "mg"))
    return (*figures, Figure("Wasted", amount(wasted), "mg")) if wasted else figures


def _figures(overview: SessionOverview) -> tuple[Figure, ...]:
    local = overview.local
    rate = overview.segments[-1].rate_ml_h if overview.segments else None
    made = list(given_and_left(overview))
    if overview.ended_at is None and rate is not None:
        made.append(
            Figure("Pump", plain(Decimal(rate), 1) if rate else "paused", "mL/h" * bool(rate))
        )
        if overview.planned_end:
            ran_out = overview.planned_end <= overview.seen_at
            name = "Ran out" if ran_out else "Ends"
            made.append(Figure(name, clock(local, overview.planned_end)))
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


def _devices(overview: SessionOverview, now: dt.datetime) -> NowFace:
    given = overview.devices
    figures = list(_both(overview))
    if given:
        figures.append(Figure("Since device 1", str((now - given[0].at) // MINUTE), "min"))
    commands = (
        *left_out(overview),
        Command("account", "Account…", half=True),
        Command("finish", "End short…", "stop", half=True),
    )
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=_per_device(overview),
        ring=ring(overview, now),
        figures=tuple(figures),
        device=device(overview, now),
        commands=commands if given else (),
        peak=peak(overview),
        keeps_peak=True,
    )


def _giving(overview: SessionOverview, now: dt.datetime) -> NowFace:
    rest = "Push the rest…" if overview.way is Way.PUSH else "Give the rest…"
    since, open_still = overview.started_at, overview.ended_at is None
    give = (Command("give", rest, "primary", "eyedropper"),) if open_still else ()
    end = (Command("finish", "End here…", "stop", "stop"),) if open_still else ()
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=_minute(overview, now),
        ring=ring(overview, now),
        figures=(
            *given_and_left(overview),
            *((Figure("Since", clock(overview.local, since)),) if since else ()),
        ),
        commands=(*give, *left_out(overview), ACCOUNT, *end),
        peak=peak(overview),
        keeps_peak=True,
    )


def _per_device(overview: SessionOverview) -> str:
    if not overview.devices or overview.dose.ordered_mg is None:
        return ""
    mg = plain(overview.devices[0].mg)
    return f"{plain(overview.dose.ordered_mg)} mg = {overview.devices_ordered} × {mg} mg"


def _waiting_to_leave(overview: SessionOverview, now: dt.datetime) -> NowFace:
    needs = door_needs(overview, now)
    missing = sum(need.state == "open" for need in needs)
    opens = next((c.opens_at for c in overview.door if c.opens_at), None)
    note = f"{missing} of {len(needs)} open" if missing else "all met"
    if opens and now < opens:
        note += f" · not before {clock(overview.local, opens)}"
    age = set_words(overview, now)
    shown = (*needs, Need("met", "Newest full set", age)) if age else needs
    clocks = _clocks(overview, now)
    return NowFace(
        family=overview.drug,
        title="Two clocks" if clocks else PHASE_NAMES[overview.phase],
        note=_per_device(overview),
        ring=None if clocks else ring(overview, now),
        clocks=clocks,
        figures=_both(overview) if clocks else _figures(overview),
        needs_title="Not ready to leave" if missing else "Ready to leave",
        needs_note=note,
        needs=shown,
        commands=(
            *left_out(overview),
            ACCOUNT,
            Command("ready", "Checklist…", half=True),
            Command("discharge", "Leaves…", "" if missing else "primary", half=True),
        ),
    )


def _both(overview: SessionOverview) -> tuple[Figure, ...]:
    """Return given, left and wasted on one line, where two clocks want the room."""
    figures = given_and_left(overview)
    names = " · ".join(each.name for each in figures).capitalize()
    return (Figure(names, " · ".join(each.value for each in figures), "mg"),)


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
    note = f"{blocking} {'holds' if blocking == 1 else 'hold'} up the signature"
    left = (
        f"{_how(overview)} {clock(overview.local, overview.closed_at)}"
        if overview.closed_at
        else ""
    )
    signed = [s for s in overview.signatures if s.holds]
    figures = list(given_and_left(overview))
    if overview.left_how is Leaving.TRANSFERRED:
        figures.append(Figure("To", overview.escort or "not said"))
    figures += [Figure(f"Signed {clock(overview.local, s.at)}", s.by.name) for s in signed]
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=left,
        figures=tuple(figures),
        needs_title=_SIGNED.get(overview.status, "Before you sign"),
        needs_note=note if blocking else "nothing stands in the way",
        needs=needs,
        commands=(ACCOUNT, *_signing(overview)),
        peak=peak(overview),
    )


def _how(overview: SessionOverview) -> str:
    """Return how the patient left, an override of the closed door included."""
    how = overview.left_how
    if how is None:
        return left_words(None)
    through = any(each.what == "door-closed" and each.used for each in overview.overrides)
    return left_words(WayOut(how, through and how is Leaving.HOME))


def _signing(overview: SessionOverview) -> tuple[Command, ...]:
    kind = _SIGN_KIND.get(overview.status)
    return () if kind is None else (Command("sign", "Sign the record…", kind, "pen-nib"),)


_SIGNED = {"signed": "Signed; an entry now voids it", "co-signed": "Signed and co-signed"}
_SIGN_KIND = {"closed": "primary", "cancelled": "primary", "signed": ""}


def _cancelled(overview: SessionOverview, _now: dt.datetime) -> NowFace:
    need = Need("met", "No drug was given", overview.cancelled_reason)
    prepared = bool(overview.dose.preparations or overview.dose.earlier_preparations)
    return NowFace(
        family=overview.drug,
        title="Cancelled",
        needs_title="Drug was made ready" if prepared else "",
        needs_note="waste it before a witness" if prepared else "",
        needs=(need, *gap_needs(overview)),
        commands=(*((ACCOUNT,) if prepared else ()), *_signing(overview)),
    )


_FACES: dict[Phase, Callable[[SessionOverview, dt.datetime], NowFace]] = {
    Phase.SET_UP: before,
    Phase.PRE_DOSE: before,
    Phase.INFUSING: _infusing,
    Phase.PAUSED: _infusing,
    Phase.DEVICES: _devices,
    Phase.GIVING: _giving,
    Phase.RECOVERY: _waiting_to_leave,
    Phase.OBSERVATION: _waiting_to_leave,
    Phase.READY: _waiting_to_leave,
    Phase.CLOSED: _closed,
    Phase.CANCELLED: _cancelled,
}
