"""Times, amounts, names and codes in words."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitor.entries import EventKind
from monitor.overview import ConditionView, GapView, SessionOverview
from monitor.people import Author, Role
from monitor.phases import Phase
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure
from reports import summary
from reports.wording import (
    Initials,
    amount,
    closed,
    condition_words,
    gap_words,
    happened,
    number,
)
from tests.fakes.overview_parts import DANA, ELENI, NINA, event
from tests.fakes.overviews import draft, esketamine, ketamine


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("35.000", "mg", "35 mg"),
        (".5", "mg", "0.5 mg"),
        ("1204", "mL", "1,204 mL"),
        ("24.58333", "mg", "24.583 mg"),
        ("0.875", "mg/mL", "0.875 mg/mL"),
        ("-1204.50", "mg", "−1,204.5 mg"),
        ("-0.0001", "mg", "0 mg"),
    ],
)
def test_that_amounts_are_written_as_asked(value: str, unit: str, words: str) -> None:
    assert amount(Decimal(value), unit) == words


def test_that_an_amount_nobody_recorded_is_no_zero() -> None:
    assert amount(None, "mg") == "not recorded"
    assert amount(Decimal(0), "mg") == "0 mg"


@given(st.decimals(-9999, 9999, places=4))
def test_that_a_number_can_be_read_back(value: Decimal) -> None:
    text = number(value)
    assert Decimal(text.replace(",", "").replace("−", "-")) == value
    assert "." not in text or not text.endswith("0")


def test_that_two_people_never_share_initials() -> None:
    other = Author("nk2", Role.NURSE, "Norbert Krol", "RN")
    hidden = Author("ym", Role.NURSE, "山本 美", "RN")
    short = Initials((NINA, other, hidden, DANA), str.isascii)
    assert [short(who) for who in (NINA, other, hidden, DANA)] == ["NK", "NK2", "P1", "DS"]
    assert "NK2 Norbert Krol, RN" in short.line()
    assert short(None) == ""


def test_that_someone_who_is_not_on_the_staff_line_gets_onto_it() -> None:
    short = Initials((NINA,), lambda _: True)
    assert short(ELENI) == "ΕΚ"
    assert "ΕΚ Ελένη Κωνσταντίνου" in short.line()


def test_that_a_slot_s_end_is_said_with_its_minutes() -> None:
    assert closed(SlotState.LATE, 7) == "late +7"
    assert closed(SlotState.EARLY, -6) == "early −6"
    assert closed(SlotState.ON_TIME, 0) == "on time"
    assert closed(SlotState.MISSED, None) == "missed"
    assert closed(None, None) == "extra reading"


def test_that_gaps_have_words_even_when_their_code_is_new() -> None:
    gap = GapView("slot-overdue", "20", blocks=True, explained=False)
    assert gap_words(gap) == "Slot 20 is overdue"
    assert gap_words(dataclasses.replace(gap, code="moon-full", about="")) == "Moon full"


def test_that_a_condition_says_what_it_rests_on() -> None:
    spo2 = ConditionView("spo2", met=True, evidence="98", needed="94")
    assert condition_words(spo2) == "SpO₂ at least 94 %: 98 %"
    assert condition_words(dataclasses.replace(spo2, evidence=None)).endswith("not taken")
    oxygen = ConditionView("oxygen", met=True, evidence=None, needed="0 L/min")
    assert condition_words(oxygen) == "Oxygen at most 0 L/min: none given"
    richer = ConditionView("oxygen", met=False, evidence="FiO₂ 40 %", needed="FiO₂ 21 %")
    assert condition_words(richer) == "Oxygen at most FiO₂ 21 %: FiO₂ 40 %"


def test_that_steps_of_the_dose_have_words_and_typed_events_stand_as_typed() -> None:
    assert happened(event(1, "10:00", "75 mL/h", kind="started")) == "Infusion started, 75 mL/h"
    paused = event(2, "10:00", "", kind="paused", reason="pressure")
    assert happened(paused) == "Infusion paused: pressure"
    assert happened(event(3, "10:00", "home", kind="discharged")) == "Discharged home"
    assert happened(event(4, "10:00", "home", sort=EventKind.NOTE)) == "home"


def test_that_the_title_says_what_was_done() -> None:
    assert summary.title(ketamine()) == "35 mg over 40 min, stopped early"
    assert summary.title(esketamine()) == "84 mg, three devices"
    short = dataclasses.replace(
        esketamine(),
        devices=esketamine().devices[:2],
        dose=dataclasses.replace(esketamine().dose, given_mg=Decimal(56)),
    )
    assert summary.title(short) == "56 mg, two of three devices"
    waiting = dataclasses.replace(ketamine(), started_at=None, ended_how="")
    assert summary.title(waiting) == "35 mg over 40 min, not started"


def test_that_the_outcome_is_told_in_order() -> None:
    assert summary.outcome(ketamine()) == (
        "24.5 mg given. Paused 12 min (blood pressure). Stopped 10:45 (patient’s wish (anxiety)). "
        "Discharged home 11:55 with Piotr Nowak, spouse, 70 min after the end."
    )


def test_that_exceptions_name_everything_out_of_plan() -> None:
    assert [words for _, words in summary.exceptions(draft())] == [
        "2 alerts, 1 not acknowledged",
        "1 slot late",
        "1 slot overdue",
        "1 second check with other figures",
        "1 amendment",
        "2 gaps open",
    ]


def test_that_an_uneventful_session_says_so() -> None:
    calm = dataclasses.replace(
        esketamine(),
        devices=tuple(dataclasses.replace(d, minutes_early=0) for d in esketamine().devices),
    )
    assert summary.exceptions(calm) == (("✓", "all 5 slots on time, no alert, no amendment"),)


def test_that_a_pressure_that_only_fell_keeps_its_sign() -> None:
    whole = ketamine()
    base = whole.reference
    assert base is not None
    assert base.reading.bp is not None
    high = BloodPressure(base.reading.bp.systolic - 2, base.reading.bp.diastolic)
    fell = dataclasses.replace(
        base, uid="later", reading=dataclasses.replace(base.reading, bp=high)
    )
    figures = summary.course_figures(dataclasses.replace(whole, readings=(base, fell)))
    found = next(figure for figure in figures if "BP" in figure.name)
    assert (found.name, found.value) == ("Highest BP change", "−2/0 mmHg")


@pytest.mark.parametrize("whole", [ketamine(), esketamine()])
def test_that_a_cancelled_session_is_summed_up_without_a_course(whole: SessionOverview) -> None:
    cancelled = dataclasses.replace(
        whole, phase=Phase.CANCELLED, devices=(), devices_ordered=0, segments=(), started_at=None
    )
    (drug,) = summary.course_figures(cancelled)
    assert (drug.name, drug.value) == ("Drug", "none given")
    given = next(each for each in summary.dose_figures(cancelled) if each.name == "given")
    assert given.value == "none"
