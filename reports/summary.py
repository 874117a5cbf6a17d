"""The session in short: its title, how it went, where the record stands, what was out of plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.dose_view import DoseView
from monitor.overview import ReadingView, SessionOverview
from monitor.phases import Phase
from monitor.protocols.protocol import SecondPerson, Way
from monitor.schedule import SlotState
from monitor.sides import Side, side_of
from reports.vouching import is_final, last_vouched, meaning_of
from reports.wording import (
    DASH,
    LEFT,
    Times,
    amount,
    lasted,
    number,
    plural,
    shortened,
    signed,
)

_REASON = 90  # characters of a reason in the opening sentence; the events have all of it
_COUNTS = ("no", "one", "two", "three", "four", "five", "six")


def by_device(overview: SessionOverview) -> bool:
    """Tell whether the drug comes in fixed nasal devices."""
    return overview.way is Way.DEVICES


def was_cancelled(overview: SessionOverview) -> bool:
    """Tell whether the session ended before any drug was given."""
    return overview.phase is Phase.CANCELLED


# -- title and outcome -----------------------------------------------------------------------


def title(overview: SessionOverview) -> str:
    """Return what this session was: "35 mg over 40 min, stopped early"."""
    if was_cancelled(overview):
        return "Cancelled before the dose"
    words = _devices_title(overview) if by_device(overview) else _infusion_title(overview)
    if overview.started_at is None:
        words += ", not started"
    elif overview.ended_how == "stopped":
        words += ", stopped early"
    elif ended_short(overview) and not by_device(overview):
        words += ", ended short"
    return words


def ended_short(overview: SessionOverview) -> bool:
    """Tell whether a dose given by hand or by device was ended before all of it was given."""
    return overview.way is not Way.PUMP and overview.ended_how == "finished"


def _infusion_title(overview: SessionOverview) -> str:
    dose = overview.dose
    mg = dose.ordered_mg if dose.calculated_mg is None else dose.calculated_mg
    if mg is None:
        return "Dose not worked out"
    over = f" over {amount(dose.minutes, 'min')}" if dose.minutes is not None else ""
    return amount(mg, "mg") + over


def _devices_title(overview: SessionOverview) -> str:
    used, ordered = len(overview.devices), overview.devices_ordered
    given = amount(overview.dose.given_mg, "mg")
    if 0 < used < ordered:
        return f"{given}, {_count(used)} of {_count(ordered)} devices"
    if not used:
        return f"{amount(overview.dose.ordered_mg, 'mg')}, {plural(ordered, 'device')}"
    return f"{given}, {_count(used)} device{'s' if used > 1 else ''}"


def _count(n: int) -> str:
    return _COUNTS[n] if n < len(_COUNTS) else str(n)


def outcome(overview: SessionOverview) -> str:
    """Return how it went, in a few short sentences."""
    times = Times.of(overview)
    said = [*_dose_said(overview, times), *_stay_said(overview, times)]
    return " ".join(said) or "Nothing has been given so far."


def _dose_said(overview: SessionOverview, times: Times) -> Iterator[str]:
    if overview.cancelled_reason or was_cancelled(overview):
        reason = shortened(overview.cancelled_reason, _REASON)
        yield f"Cancelled: {reason or 'no reason given'}."
        return
    if overview.started_at is None:
        return
    yield f"{amount(overview.dose.given_mg, 'mg')} given."
    pauses = [s for s in overview.segments if not s.rate_ml_h]
    for pause in pauses[:2]:
        gone = (pause.end or overview.seen_at) - pause.start
        yield f"Paused {lasted(gone)}{_because(pause.reason)}."
    if overview.ended_how == "stopped":
        yield f"Stopped {times.clock(overview.ended_at)}{_because(overview.ended_reason)}."
    elif ended_short(overview):
        yield f"Ended short {times.clock(overview.ended_at)}{_because(overview.ended_reason)}."


def _stay_said(overview: SessionOverview, times: Times) -> Iterator[str]:
    if overview.left_how is None:
        return
    escort = f" with {shortened(overview.escort, _REASON)}" if overview.escort else ""
    left = f"{LEFT[overview.left_how]} {times.clock(overview.closed_at)}{escort}"
    yield f"{left}{_because(overview.left_reason)}{after(overview)}."


def after(overview: SessionOverview) -> str:
    """Return how long after the dose the patient left, as a clause."""
    clocks = overview.clocks
    if by_device(overview) and clocks.minutes_since_last is not None:
        return f", {clocks.minutes_since_last} min after the last device"
    if clocks.minutes_since_end is not None:
        return f", {clocks.minutes_since_end} min after the end"
    return ""


def _because(reason: str) -> str:
    return f" ({shortened(reason, _REASON)})" if reason else ""


# -- status ----------------------------------------------------------------------------------


def status(overview: SessionOverview) -> str:
    """Return the state in the status box."""
    if not is_final(overview):
        return "Unsigned draft"
    added = "with addendum" if len(overview.addenda) == 1 else "with addenda"
    return f"Version {overview.version}, {added if overview.addenda else 'signed'}"


def status_notes(overview: SessionOverview) -> tuple[str, str]:
    """Return two lines on where the record stands."""
    times = Times.of(overview)
    last = last_vouched(overview)
    if last:
        whose = f" by {last.by.name}" if overview.addenda else ""
        return meaning_of(last) + whose, times.stamp(last.at)
    standing = [s for s in overview.signatures if s.holds]
    seen = f"as it stood {times.stamp(overview.seen_at)}"
    if standing:
        return f"signed by the {standing[-1].by.role.value}, not yet co-signed", seen
    gaps = sum(gap.blocks and not gap.explained for gap in overview.gaps)
    if gaps:
        return f"not a record; {plural(gaps, 'gap stands', 'gaps stand')} before a signature", seen
    return "not a record until it is co-signed", seen


# -- figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that sums the session up.

    Attributes:
        value: The number with its unit after a space, or a word.
        note: Where it comes from.
        small: Whether it says no more than how exactly one can measure.
    """

    name: str
    value: str
    note: str = ""
    small: bool = False


def dose_figures(overview: SessionOverview) -> tuple[Figure, ...]:
    """Return the dose figures in the order of a balance; the words never mix amounts."""
    dose, device = overview.dose, by_device(overview)

    def figure(name: str, mg: Decimal | None, of_devices: str = "") -> Figure:
        said = of_devices if device and of_devices and mg is None else amount(mg, "mg")
        return Figure(name, said)

    given = figure("given", dose.given_mg)
    return (
        figure("ordered", dose.ordered_mg),
        figure("calculated", dose.calculated_mg, "fixed dose"),
        figure("prepared", dose.prepared_mg, "ready made"),
        Figure("given", "none") if was_cancelled(overview) else given,
        figure("wasted", dose.wasted_mg),
        _unaccounted(figure("unaccounted", dose.unaccounted_mg, "no mixture"), dose),
    )


def _unaccounted(shown: Figure, dose: DoseView) -> Figure:
    """Return the figure, set small where nobody could have measured so little."""
    rest = dose.unaccounted_mg
    if not rest or abs(rest) > (dose.tolerance_mg or 0):
        return shown
    return replace(shown, note="within one graduation", small=True)


def course_figures(overview: SessionOverview) -> tuple[Figure, ...]:
    """Return the figures that sum the course up; without a drug there is no course."""
    times = Times.of(overview)
    if was_cancelled(overview):
        return (Figure("Drug", "none given", f"cancelled at {times.clock(overview.closed_at)}"),)
    clocks = {Way.DEVICES: _device_clocks, Way.PUMP: _infusion_clocks}
    found = clocks.get(overview.way, _portion_clocks)(overview)
    return (*found, _peak_pressure(overview, times), _peak_dissociation(overview, times))


def _minutes(value: int | Decimal | None) -> str:
    return DASH if value is None else f"{number(Decimal(int(value)))} min"


def _infusion_clocks(overview: SessionOverview) -> tuple[Figure, ...]:
    clocks, planned = overview.clocks, overview.dose.minutes
    pauses = [s for s in overview.segments if not s.rate_ml_h]
    paused = sum(((s.end or overview.seen_at) - s.start for s in pauses), dt.timedelta())
    note = f"of {number(planned, 2)} planned" if planned is not None else ""
    if pauses:
        note += f", pause {paused // dt.timedelta(minutes=1)}"
    return (
        Figure("Infusion ran", _minutes(clocks.infusion_minutes), note),
        Figure("Since its end", _minutes(clocks.minutes_since_end), _until(overview)),
    )


def _device_clocks(overview: SessionOverview) -> tuple[Figure, ...]:
    clocks = overview.clocks
    return (
        Figure("Since device 1", _minutes(clocks.minutes_since_first), _until(overview)),
        Figure("Since last device", _minutes(clocks.minutes_since_last), _until(overview)),
    )


def _portion_clocks(overview: SessionOverview) -> tuple[Figure, ...]:
    clocks, count = overview.clocks, len(overview.dose.portions)
    return (
        Figure("Since it began", _minutes(clocks.minutes_since_first), _until(overview)),
        Figure(
            "Since its end",
            _minutes(clocks.minutes_since_end),
            plural(count, "portion") if count > 1 else "",
        ),
    )


def _until(overview: SessionOverview) -> str:
    left = overview.closed_at
    return f"at {Times.of(overview).clock(left or overview.seen_at)}, {'left' if left else 'now'}"


def _peak_pressure(overview: SessionOverview, times: Times) -> Figure:
    peak = overview.peak_rise
    if peak is None:
        return Figure("Highest BP change", DASH)
    base, high = peak
    change = (high.systolic - base.systolic, high.diastolic - base.diastolic)
    at = next(r.measured for r in overview.readings if r.reading.bp == high)
    value = "/".join(signed(part) or "0" for part in change)
    return Figure("Highest BP change", f"{value} mmHg", f"{high.text} at {times.clock(at)}")


def _peak_dissociation(overview: SessionOverview, times: Times) -> Figure:
    scored = [r for r in overview.readings if r.reading.dissociation is not None]
    if not scored:
        return Figure("Peak dissociation", DASH)
    peak = max(scored, key=_dissociation)
    return Figure(
        "Peak dissociation", f"{_dissociation(peak)} of 10", f"at {times.clock(peak.measured)}"
    )


def _dissociation(view: ReadingView) -> int:
    return view.reading.dissociation or 0


# -- exceptions ------------------------------------------------------------------------------


def exceptions(overview: SessionOverview) -> tuple[tuple[str, str], ...]:
    """Return (sign, words) of all that did not go by the plan; of an uneventful session, so."""
    found = [
        *_serious_out(overview),
        *_alerts_out(overview),
        *_slots_out(overview),
        *_dose_out(overview),
        *_record_out(overview),
    ]
    if found:
        return tuple(found)
    done = sum(s.state is SlotState.ON_TIME for s in overview.slots)
    if done < 2:  # noqa: PLR2004 - a baseline alone is no course
        return (("✓", "none so far"),)
    whole = "all" if done == len(overview.slots) else "first"
    return (("✓", f"{whole} {done} slots on time, no alert, no amendment"),)


def _serious_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    count = sum(event.serious is not None for event in overview.events)
    if count:
        yield "▲", plural(count, "SERIOUS ADVERSE EVENT", "SERIOUS ADVERSE EVENTS")


def _alerts_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    alerts = [a for a in overview.alerts if a.state != "withdrawn"]
    if not alerts:
        return
    waiting = sum(a.state == "open" for a in alerts)
    said = f"{waiting} not acknowledged" if waiting else "acknowledged"
    sides = set(map(side_of, alerts))
    marks = (each.mark for each in Side if each in sides)
    yield "".join(marks), f"{plural(len(alerts), 'alert')}, {said}"


def _slots_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    states = [slot.state for slot in overview.slots]
    for state, sign in (
        (SlotState.EARLY, "○"),
        (SlotState.LATE, "◐"),
        (SlotState.MISSED, "✕"),
        (SlotState.OVERDUE, "○"),
    ):
        if state in states:
            yield sign, f"{plural(states.count(state), 'slot')} {state.value}"


def _dose_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    used = sum(each.used for each in overview.overrides)
    if used:
        yield "!", plural(used, "EMERGENCY OVERRIDE", "EMERGENCY OVERRIDES")
    if unused := len(overview.overrides) - used:
        yield "○", f"{plural(unused, 'override')} made and not used"
    yield from _checks_out(overview)
    if was_cancelled(overview):
        yield "!", "cancelled before the dose"
    if overview.start_reason:
        yield "!", f"started with a reason: {shortened(overview.start_reason, _REASON)}"
    short = [d for d in overview.devices if d.minutes_early > 0]
    if short:
        yield "○", f"{plural(len(short), 'device')} early"
    yield from _amounts_out(overview)
    if overview.left_how is not None and overview.left_how.value != "home":
        yield "!", LEFT[overview.left_how].lower()


def _checks_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    """Yield what the second check leaves to be said; a protocol without one asks for nothing."""
    apart = sum(not check.same for check in overview.dose.checks)
    if apart:
        yield "▲", f"{plural(apart, 'second check')} with other figures"
    check = overview.dose.check
    wanted = overview.second_person is not SecondPerson.NONE and overview.started_at is not None
    if wanted and not (check and check.same and check.in_time):
        yield "○", "given without a second check"


def _amounts_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    dose = overview.dose
    if dose.flagged:
        yield "!", f"prepared {amount(dose.deviation_percent, '%')} off what was calculated"
    rest = dose.unaccounted_mg
    if rest is not None and abs(rest) > (dose.tolerance_mg or 0):
        yield "○", f"{amount(rest, 'mg')} unaccounted"
    vials = sum(bool(vial.open_mg) for vial in dose.vials)
    if vials:
        yield "○", f"{plural(vials, 'vial lot')} not balanced"


def _record_out(overview: SessionOverview) -> Iterator[tuple[str, str]]:
    clock = sum(event.kind != "confirmed" for event in overview.clock_events)
    if clock:
        yield "!", plural(clock, "disturbance of the clock", "disturbances of the clock")
    mended = [a.old for a in overview.amendments if a.about == "identity"]
    if mended:
        yield "!", f"identity changed, was {shortened(mended[0], _REASON)}"
    if overview.amendments:
        yield "↔", plural(len(overview.amendments), "amendment")
    if overview.replaced:
        yield "↔", f"{plural(len(overview.replaced), 'entry', 'entries')} of the dose made anew"
    void = sum(not s.holds for s in overview.signatures)
    if void:
        yield "✕", f"{plural(void, 'signature')} void"
    gaps = sum(gap.blocks and not gap.explained for gap in overview.gaps)
    if gaps:
        yield "○", f"{plural(gaps, 'gap')} open"
    if overview.history_gap is not None:
        yield "!", "a part of the clinic's record is missing"
