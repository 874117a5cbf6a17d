"""Serious adverse events: who may say so, what must be said, and how it is taken back."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from monitor.acts import Amend, MarkSerious
from monitor.entries import Criterion, Leaving
from monitor.errors import Code
from tests.fakes.visit import Visit
from tests.unit.monitor.test_events import amend, only

SEVERE_HEADACHE = "headache severe"
WHAT = "Worst headache of her life, BP 212/118"


@pytest.fixture
def visit() -> Visit:
    return Visit().started("10:00").at("10:12")


def serious(event: str, *criteria: Criterion, **more: str) -> MarkSerious:
    return MarkSerious(event=event, criteria=criteria, **({"description": WHAT} | more))  # type: ignore[arg-type]


def test_that_a_serious_event_says_who_when_why_what_and_how_treated(visit: Visit) -> None:
    visit.line(SEVERE_HEADACHE)
    uid = only(visit).uid
    visit.at("10:20").do(
        serious(uid, Criterion.IMPORTANT, Criterion.LIFE_THREATENING, treated="labetalol"),
        visit.prescriber,
    )
    said = only(visit).serious
    assert said is not None
    assert (said.by.user, said.at) == ("ds", visit.instant("10:20"))
    assert said.criteria == (Criterion.LIFE_THREATENING, Criterion.IMPORTANT)
    assert (said.description, said.treated) == (WHAT, "labetalol")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (MarkSerious(event="", criteria=(Criterion.DEATH,), description=" "), Code.EMPTY),
        (MarkSerious(event="", criteria=()), Code.NOTHING_OPEN),
        (
            MarkSerious(event="", criteria=(Criterion.DEATH,), description="a\u202eb"),
            Code.NOT_UNDERSTOOD,
        ),
    ],
)
def test_that_a_serious_event_is_never_half_said(
    visit: Visit, act: MarkSerious, code: Code
) -> None:
    visit.line(SEVERE_HEADACHE)
    with visit.refused(code):
        visit.do(dataclasses.replace(act, event=only(visit).uid))


def test_that_only_an_event_is_serious(visit: Visit) -> None:
    reading = visit.line("128/82 76 98 16").overview.readings[-1]
    for uid in (reading.uid, "nobody's"):
        with visit.refused(Code.UNKNOWN):
            visit.do(serious(uid, Criterion.DEATH))


def test_that_seriousness_is_changed_and_taken_back_with_a_reason_in_sight(visit: Visit) -> None:
    visit.line(SEVERE_HEADACHE)
    uid = only(visit).uid
    visit.do(serious(uid, Criterion.HOSPITALISED))
    with visit.refused(Code.REASON_MISSING):
        visit.do(serious(uid, Criterion.IMPORTANT))
    visit.do(serious(uid, Criterion.IMPORTANT, reason="not admitted after all"))
    with visit.refused(Code.UNCHANGED):
        visit.do(serious(uid, Criterion.IMPORTANT, reason="again"))
    visit.do(MarkSerious(event=uid, criteria=(), reason="wrong patient"))
    assert only(visit).serious is None
    assert [(a.about, a.old, a.new, a.reason) for a in visit.overview.amendments] == [
        (
            "event serious",
            "serious: hospitalised",
            "serious: medically important",
            "not admitted after all",
        ),
        (
            "event serious",
            f"serious: medically important, what happened: {WHAT}",
            "not serious, not recorded",
            "wrong patient",
        ),
    ]


def test_that_seriousness_is_amended_like_any_entry_and_stays_whole(visit: Visit) -> None:
    visit.line(SEVERE_HEADACHE)
    (entry,) = visit.do(serious(only(visit).uid, Criterion.HOSPITALISED))
    amend(visit, entry.uid, changes={"treated": "labetalol 20 mg"})
    said = only(visit).serious
    assert said is not None
    assert said.treated == "labetalol 20 mg"
    for changes in ({"criteria": ()}, {"description": " "}):
        with visit.refused(Code.EMPTY):
            amend(visit, entry.uid, changes=changes)
    with visit.refused(Code.OUT_OF_RANGE):
        amend(visit, entry.uid, changes={"criteria": ("awful",)})


def test_that_an_event_is_found_to_be_serious_after_closing_and_under_its_amended_name(
    visit: Visit,
) -> None:
    visit.line("headache").at("12:30").left(Leaving.AGAINST_ADVICE, "left early")
    (again,) = visit.do(Amend(entry=only(visit).uid, text=SEVERE_HEADACHE, reason="worse"))
    visit.at("12:40").do(serious(again.uid, Criterion.HOSPITALISED))
    said = only(visit).serious
    assert said is not None
    assert said.at - only(visit).at == dt.timedelta(minutes=148)
