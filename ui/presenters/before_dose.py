"""What the panel shows before the dose: what is still to come, and how it is begun."""

from __future__ import annotations

import datetime as dt

from monitor.overview import SessionOverview
from monitor.protocols.protocol import Anchor, SecondPerson, Way
from ui.presenters.account_places import places_of
from ui.presenters.door import standing_override, steps
from ui.presenters.holding import held
from ui.presenters.now_faces import Command, DeviceFace, NowFace
from ui.presenters.words import PHASE_NAMES, clock, countdown

ACCOUNT = Command("account", "Drug account…", "", "scales")
_MEASURE = Command("measure", "Type the baseline", "primary", "note-pencil")


def before(overview: SessionOverview, now: dt.datetime) -> NowFace:
    """Return the panel of set-up and pre-dose."""
    made = steps(overview)
    worked_out = _worked_out(overview)
    done = sum(need.state in ("met", "warned") for need in made)
    at_hand = worked_out and not waits_for(overview)
    to_measure = worked_out and _lacks_baseline(overview) and not _is_unchecked(overview)
    set_up = Command(
        "dose", "Dose set-up…", "" if at_hand or to_measure else "primary", "calculator"
    )
    measure = (_MEASURE,) if to_measure else ()
    cancel = Command("cancel", "Cancel session…", "stop", "x")
    begin = _begin(overview, enabled=worked_out, is_next=at_hand)
    prepared = (ACCOUNT,) if places_of(overview) and not _by_device(overview) else ()
    return NowFace(
        family=overview.drug,
        title=PHASE_NAMES[overview.phase],
        note=f"since {clock(overview.local, overview.opened_at)}",
        device=device(overview, now) if _by_device(overview) and worked_out else None,
        needs_title="Before the dose",
        needs_note=f"{done} of {len(made)}",
        needs=made,
        commands=(*measure, set_up, *begin, *prepared, cancel),
    )


def _by_device(overview: SessionOverview) -> bool:
    return overview.way is Way.DEVICES or overview.devices_ordered > 0


def _worked_out(overview: SessionOverview) -> bool:
    if _by_device(overview):
        return overview.devices_ordered > 0
    if overview.way is Way.PUMP:
        return overview.dose.rate_ml_h is not None
    return overview.dose.calculated_mg is not None


def _is_unchecked(overview: SessionOverview) -> bool:
    """Tell whether another person still has to check the dose before anything is given."""
    check = overview.dose.check
    lifted = standing_override(overview, "check-missing") is not None
    needed = overview.second_person is SecondPerson.REQUIRED and not lifted
    return needed and (check is None or not check.same)


def waits_for(overview: SessionOverview) -> str:
    """Return what the first drug would be refused for, in few words; empty where for nothing."""
    if overview.started_at is not None:
        return ""
    refused = held(overview)
    if refused is not None:
        return f"held: BP {refused.facts['bp']}"
    if _lacks_baseline(overview):
        return "no baseline yet"
    return "not yet checked" if _is_unchecked(overview) else ""


def _lacks_baseline(overview: SessionOverview) -> bool:
    slot = next((each for each in overview.slots if each.anchor is Anchor.BASELINE), None)
    lifted = standing_override(overview, "baseline-missing") is not None
    return slot is not None and slot.measured is None and not lifted


def _begin(overview: SessionOverview, *, enabled: bool, is_next: bool) -> tuple[Command, ...]:
    """Return the button that begins the dose; a device has its own, beside its fields."""
    kind = "primary" if is_next else ""
    if _by_device(overview):
        return ()
    if overview.way is Way.PUMP:
        return (Command("start", "Start infusion", kind, "play", enabled=enabled),)
    words = "Push…" if overview.way is Way.PUSH else "Give…"
    return (Command("give", words, kind, "eyedropper", enabled=enabled),)


def device(overview: SessionOverview, now: dt.datetime) -> DeviceFace | None:
    """Return the next device; None once all that were ordered are given, or dosing ended."""
    given, ordered = len(overview.devices), overview.devices_ordered
    if given >= ordered or overview.ended_at is not None:
        return None
    opens = overview.device_opens_at
    waits = waits_for(overview)
    ready = (opens is None or now >= opens) and not waits
    when = waits or "can be given now"
    if opens is not None and now < opens:
        when = f"from {clock(overview.local, opens)}, in {countdown(opens - now)}"
    last = overview.devices[-1] if overview.devices else None
    again = (last.lot, last.expiry) if last else ("", "")
    return DeviceFace(given + 1, f"Device {given + 1} of {ordered}", when, ready, again)
