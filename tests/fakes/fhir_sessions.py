"""Sessions as FHIR bundles: every kind of treatment, every kind of entry, any text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from monitor.acts import Cancel
from monitor.dose_view import OverrideView, ReplacedView, WeightView
from monitor.entries import Criterion, EventKind, Severity, Weighing
from monitor.overview import LocalTime, SeriousView, SessionOverview
from monitor.ports import KeptReport
from monitor.session_time import Stretch, Timeline
from monitor.signature_view import AddendumView
from monitor.signing import AddToSession
from monitor.vitals import BloodPressure, Reading, Sign
from reports.fhir import bundle
from tests.fakes.crowded_overview import LIMITS
from tests.fakes.overview_parts import DANA, MAREK, NINA, at, digest, event, reading, vitals
from tests.fakes.overviews import draft, esketamine, extreme, injected, ketamine, swallowed
from tests.fakes.signing_desk import closed_visit
from tests.fakes.visit import PASSWORDS, Visit
from tests.unit.reports.hostile import SHORT, spoiled

Bundle = dict[str, Any]

NOTHING_WRITTEN = json.dumps({"entries": []}).encode()
"""A record that stands for one, where a test is not about it."""

_EVERY_SIGN = Reading(
    BloodPressure(121, 79), 71, 97, 14, 5, 2, 3, 1, 0,
    Decimal("36.60"), Decimal("2.5"), 28, 38, "left", "lying", "large",
)  # fmt: skip


def read(content: bytes) -> Bundle:
    """Return a bundle as it is read again, every decimal with the digits that it has."""
    made: Bundle = json.loads(content, parse_float=Decimal)
    return made


def as_bundle(overview: SessionOverview, record: bytes = NOTHING_WRITTEN) -> Bundle:
    """Return a session as a bundle without a report, as it is read again."""
    return read(bundle(overview, record, None))


def resources(made: Bundle, kind: str) -> list[Bundle]:
    """Return the resources of one type."""
    found = (entry["resource"] for entry in made["entry"])
    return [each for each in found if each["resourceType"] == kind]


def everything() -> SessionOverview:
    """Return an infusion with one of everything that a record can say."""
    whole = ketamine()
    rows = (
        *whole.readings,
        reading(
            "11:47",
            "120/80",
            uid="all-signs",
            reading=_EVERY_SIGN,
            replaced=(vitals("210/79 71 97 14"), vitals("120/79 71 97 14")),
            was_at=(at("11:46"), at("11:47")),
            alerts=("A3",),
        ),
        reading("11:48", "120/80", uid="none", reading=Reading(), not_taken=tuple(Sign)),
        reading("11:49", "120/80", uid="empty", reading=Reading()),
    )
    crossed = dataclasses.replace(whole.alerts[0], reading="all-signs")
    alerts = tuple(
        dataclasses.replace(crossed, number=f"A{n}", uid=f"alert-{n}", limit=limit, state=state)
        for n, (limit, state) in enumerate(
            zip(LIMITS, ("open", "withdrawn", *["acknowledged"] * 9), strict=True), 3
        )
    )
    serious = SeriousView(DANA, at("11:52"), tuple(Criterion), "fell, no injury", "")
    return dataclasses.replace(
        whole,
        status="co-signed",
        version=2,
        rehearsal=False,
        readings=rows,
        alerts=(*whole.alerts, *alerts),
        weight=WeightView(
            Decimal("70.50"), Weighing.STATED, None, None, NINA, at("09:38"), "patient"
        ),
        events=(
            *whole.events,
            event(9, "11:50", "told the ward", sort=EventKind.TOLD),
            event(10, "11:51", "calm music", sort=EventKind.NOTE),
            event(11, "11:52", "fall", severity=Severity.SEVERE, serious=serious),
        ),
        overrides=(OverrideView(DANA, at("09:59"), "too-early", "in distress", used=True),),
        replaced=tuple(
            ReplacedView(what, "as it was", NINA, at("09:30"), at("09:37"), MAREK, "slip")
            for what in ("order", "weight", "dose")
        ),
        addenda=(AddendumView(DANA, at("15:00"), "She slept well.", 2, "addendum", digest("a")),),
    )


def set_back() -> SessionOverview:
    """Return an infusion during which the clock was set back by an hour."""
    whole = ketamine()
    clock = Timeline((Stretch(whole.opened_at, dt.timedelta()), Stretch(at("10:15"), -_HOUR)))
    return dataclasses.replace(whole, local=LocalTime(whole.local.steps, clock))


_HOUR = dt.timedelta(hours=1)


def cancelled() -> Bundle:
    """Return a visit that ended before anybody was weighed."""
    visit = Visit()
    visit.at("09:50").do(Cancel(reason="fever since the morning"))
    with visit.world.looking() as tx:
        return as_bundle(visit.overview, tx.record(visit.session_id))


@functools.cache
def signed() -> tuple[bytes, bytes, KeptReport]:
    """Return a bundle of a co-signed session with an addendum; its record, and its report."""
    visit = closed_visit()
    visit.at("11:58").signed().at("12:31").co_signed().at("15:02")
    add, seen = AddToSession(visit.world), visit.overview.entries
    add(visit.session_id, "nk", PASSWORDS["nk"], "She slept well.", seen=seen)
    with visit.world.looking() as tx:
        record, report = tx.record(visit.session_id), tx.report(visit.session_id)
    assert report is not None
    return bundle(visit.overview, record, report), record, report


def crowded() -> SessionOverview:
    """Return the session that nobody hopes for, with every third of its sixty readings."""
    whole = extreme()
    return dataclasses.replace(whole, readings=whole.readings[::3], slots=whole.slots[::3])


SESSIONS: dict[str, Callable[[], Bundle]] = {
    "signed, with an addendum": lambda: read(signed()[0]),
    "cancelled, nobody weighed": cancelled,
    "one of everything": lambda: as_bundle(everything()),
    "a draft": lambda: as_bundle(draft()),
    "esketamine 84 mg": lambda: as_bundle(esketamine()),
    "injected": lambda: as_bundle(injected()),
    "swallowed": lambda: as_bundle(swallowed()),
    "notes over pages, names in every script": lambda: as_bundle(crowded()),
    "the clock set back": lambda: as_bundle(set_back()),
    "any text": lambda: as_bundle(spoiled(injected(), "".join(SHORT))),
    "no text": lambda: as_bundle(spoiled(esketamine(), "\0 \N{LINE SEPARATOR}")),
    "long text": lambda: as_bundle(spoiled(swallowed(), 'a "quoted", <i>marked</i>\n' * 400)),
}
"""Every kind of session, by what is special about it."""
