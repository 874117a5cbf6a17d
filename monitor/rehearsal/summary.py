"""What came of a rehearsal, in one object of plain values: the contents of `summary.json`."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.overview import (
    AlertView,
    EventView,
    ReadingView,
    ScoreView,
    SessionOverview,
    SlotView,
)
from monitor.protocols.protocol import Anchor
from monitor.rehearsal.player import Outcome
from monitor.rems import has_rems_form, rems_due
from monitor.units import plain

Block = dict[str, object]

AMOUNT_PLACES = 4
"""Decimal places of mg and mL in files, as in the worked examples."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the record alone does not tell.

    Attributes:
        acts: Each act with the local time at which it was played.
        entries, head: How many entries the clinic's ledger has, and its last hash.
        pdf_sha256: Of the report as it was handed out.
    """

    acts: Sequence[tuple[Outcome, dt.datetime]]
    entries: int
    head: str
    pdf_sha256: str = ""
    pdf_pages: int = 0


def summarise(played: Played, overview: SessionOverview | None) -> Block:
    """Return the summary.

    Args:
        played: How the acts ended, and what was written.
        overview: None where no act got as far as opening the session.
    """
    made: Block = {"acts": [_act(outcome, at) for outcome, at in played.acts]}
    made |= _nothing() if overview is None else _session(overview)
    made["ledger"] = {"entries": played.entries, "head": played.head}
    made["pdf"] = (
        None
        if overview is None
        else {
            "sha256": played.pdf_sha256,
            "pages": played.pdf_pages,
            "version": overview.version,
            "sealed": _is_sealed(overview),
        }
    )
    return made


def _is_sealed(overview: SessionOverview) -> bool:
    """Tell whether the report was sealed as it was co-signed: by a personal key."""
    approvals = [s for s in overview.signatures if s.holds and s.co_signature]
    return any(s.certificate for s in approvals)


def _nothing() -> Block:
    lists = (
        "slots",
        "extra",
        "events",
        "alerts",
        "scores",
        "gaps",
        "signed",
        "checks",
        "overrides",
        "vials",
    )
    return {"dose": None, "clocks": None, "rems": None, **{name: [] for name in lists}}


def _session(overview: SessionOverview) -> Block:
    return {
        "dose": _dose(overview),
        "slots": [_slot(slot, overview) for slot in overview.slots],
        "extra": [_local(r.measured, overview) for r in overview.readings if not r.slot],
        "events": [_event(e, overview) for e in overview.events if e.kind == "event"],
        "alerts": [_alert(alert, overview) for alert in overview.alerts],
        "scores": [_score(score, overview) for score in overview.scores],
        "clocks": _clocks(overview),
        "rems": _rems(overview),
        "gaps": [
            {"code": gap.code, "about": gap.about, "explained": gap.explained}
            for gap in overview.gaps
        ],
        "signed": [
            {"by": s.by.user, "role": s.by.role.value, "meaning": s.meaning}
            for s in overview.signatures
            if s.holds
        ],
        **_two_people(overview),
    }


def _two_people(overview: SessionOverview) -> Block:
    """Return what a second person or a prescriber did, and how the opened vials balance."""
    return {
        "checks": [
            {
                "by": check.by.user,
                "at": _local(check.at, overview),
                "differs": [figure.name for figure in check.figures if not figure.same],
                "stands": check.stands,
            }
            for check in overview.dose.checks
        ],
        "overrides": [
            {
                "what": each.what,
                "by": each.by.user,
                "at": _local(each.at, overview),
                "reason": each.reason,
            }
            for each in overview.overrides
        ],
        "vials": [
            {
                "lot": vial.lot,
                "opened_mg": _amount(vial.opened_mg),
                "drawn_mg": _amount(vial.drawn_mg),
                "wasted_mg": _amount(vial.wasted_mg),
                "kept_mg": _amount(vial.kept_mg),
                "open_mg": _amount(vial.open_mg),
            }
            for vial in overview.dose.vials
        ],
    }


def _act(outcome: Outcome, at: dt.datetime) -> Block:
    made: Block = {
        "n": outcome.number,
        "do": outcome.do,
        "at": f"{at:%H:%M}",
        "result": "recorded" if outcome.recorded else "refused",
    }
    return made if outcome.recorded else made | {"code": outcome.code}


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else plain(value, AMOUNT_PLACES)


def _local(instant: dt.datetime | None, overview: SessionOverview) -> str | None:
    return None if instant is None else f"{overview.local(instant):%H:%M}"


def _dose(overview: SessionOverview) -> Block:
    dose, weight = overview.dose, overview.weight
    weighed = weight.kg if weight else None
    return {
        "ordered_mg": _amount(dose.ordered_mg),
        "weight_kg": _amount(weighed if dose.weight_kg is None else dose.weight_kg),
        "basis": dose.basis.value if dose.basis else None,
        "calculated_mg": _amount(dose.calculated_mg),
        "drawn_ml": _amount(dose.drawn_ml),
        "prepared_mg": _amount(dose.prepared_mg),
        "rate_ml_h": _amount(dose.rate_ml_h),
        "given_mg": _amount(dose.given_mg),
        "wasted_mg": _amount(dose.wasted_mg),
        "unaccounted_mg": _amount(dose.unaccounted_mg),
        "verified_by": dose.verified_by,
        "devices": len(overview.devices) or None,
    }


def _slot(slot: SlotView, overview: SessionOverview) -> Block:
    made: Block = {
        "name": slot.name,
        "due": _local(slot.due, overview),
        "measured": _local(slot.measured, overview),
        "entered": _local(slot.entered, overview),
        "state": slot.state.value,
        "minutes": slot.minutes,
    }
    told = {"reason": slot.reason, "was_missed": slot.was_missed}
    return made | {key: words for key, words in told.items() if words}


def _event(event: EventView, overview: SessionOverview) -> Block:
    serious = event.serious
    return {
        "text": event.text,
        "at": _local(event.at, overview),
        "resolved": _local(event.resolved, overview),
        "severity": event.severity.value if event.severity else None,
        "serious": serious
        and {
            "criteria": [criterion.value for criterion in serious.criteria],
            "description": serious.description,
            "treated": serious.treated,
        },
    }


def _alert(alert: AlertView, overview: SessionOverview) -> Block:
    return {
        "limit": alert.limit.id,
        "at": _local(alert.at, overview),
        "value": alert.value,
        "state": alert.state,
    }


def _score(score: ScoreView, overview: SessionOverview) -> Block:
    return {
        "scale": score.scale,
        "at": _local(score.at, overview),
        "total": score.total,
        "complete": score.total is not None,
    }


def _clocks(overview: SessionOverview) -> Block:
    clocks = overview.clocks
    minutes = clocks.infusion_minutes
    return {
        "minutes_since_first": clocks.minutes_since_first,
        "minutes_since_last": clocks.minutes_since_last,
        "infusion_minutes": None if minutes is None else str(math.floor(minutes)),
        "minutes_since_end": clocks.minutes_since_end,
    }


def _rems(overview: SessionOverview) -> Block | None:
    """Return what the REMS monitoring form asks for, where the drug has one."""
    if not has_rems_form(overview):
        return None
    pressures = {
        "before": _pressure(overview, Anchor.BASELINE),
        "at_40": _pressure(overview, Anchor.LAST_DEVICE, "40"),
        "closing": _pressure(overview, Anchor.CLOSING),
    }
    due = rems_due(overview)
    if due is None:
        return {"minutes": None, "bp": pressures, "due": None}
    return {
        "minutes": overview.clocks.minutes_since_first,
        "bp": pressures,
        "due": due.isoformat(),
    }


def _pressure(overview: SessionOverview, anchor: Anchor, name: str = "") -> str | None:
    """Return the blood pressure of the reading that closed a slot."""
    slot = next((s for s in overview.slots if s.anchor is anchor and name in ("", s.name)), None)
    if slot is None or slot.reading is None:
        return None
    reading: ReadingView | None = next(
        (reading for reading in overview.readings if reading.uid == slot.reading), None
    )
    bp = reading.reading.bp if reading else None
    return bp.text if bp else None
