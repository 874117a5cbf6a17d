"""Bad input of preparing, giving, running and wasting: one sentence each, nothing stored."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import (
    Act,
    ChangeRate,
    GiveDose,
    KeepRemainder,
    Pause,
    Prepare,
    Resume,
    Start,
    Stop,
    Waste,
)
from monitor.entries import WasteOf
from monitor.errors import InputError, MonitorError
from monitor.people import Author, Role
from monitor.units import parse_number
from tests.fakes.visit import DEVICE, EXPIRY, LOT, Visit
from tests.unit.monitor.test_by_hand import injected, pushed, swallowed
from tests.unit.test_wording import is_one_sentence
from ui.wording import sentence

NAN = Decimal("NaN")
OTHER = Author("ds", Role.PRESCRIBER, "Dana Silva", "MD")

DRAW = Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.7"), vial_ml=Decimal(10), vials=1)
START, SET = Start(), ChangeRate(rate_ml_h=Decimal(75))
PART = GiveDose(dose_mg=Decimal(35))
PUSH = GiveDose(minutes=Decimal(2))
TABLETS = Prepare(lot=LOT, expiry=EXPIRY, pieces=Decimal(2))
MIXTURE = Waste(of=WasteOf.MIXTURE, ml=Decimal(15), witness=OTHER)
VIAL = Waste(of=WasteOf.VIAL, ml=Decimal("9.3"), witness=OTHER)
KEEP = KeepRemainder(ml=Decimal("9.3"))


def worked_out() -> Visit:
    visit = Visit().ordered().weighed().calculated().checked()
    return visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")


def running() -> Visit:
    visit = worked_out().prepared(vial_ml="10", vials=1)
    visit.do(START)
    return visit.at("10:18")


def paused() -> Visit:
    visit = running()
    visit.do(Pause())
    return visit


def stopped() -> Visit:
    visit = running().at("10:28")
    visit.do(Stop(reason="nausea"))
    return visit


def with_devices() -> Visit:
    visit = Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0")
    return visit.at("10:00")


Case = tuple[Callable[[], Visit], Act, str]

CASES: list[Case] = [
    # --- drawn volume: nothing, zero, negative, no number, ten times, a tenth
    (worked_out, replace(DRAW, drawn_ml=None), "Nothing was typed for drawn volume in mL; type"),
    (worked_out, replace(DRAW, drawn_ml=Decimal(0)), "Drawn volume in mL 0 is impossible; check"),
    (worked_out, replace(DRAW, drawn_ml=Decimal("-0.7")), "Drawn volume in mL -0.7 is impossible"),
    (worked_out, replace(DRAW, drawn_ml=NAN), "Drawn volume in mL NaN is impossible; check"),
    (
        worked_out,
        replace(DRAW, drawn_ml=Decimal(7)),
        "0.7 mL was worked out and 7 mL would be taken in all; take what was worked out, or",
    ),
    (
        worked_out,
        replace(DRAW, drawn_ml=Decimal("0.07")),
        "0.07 mL of 0.7 mL would be taken and 0.63 mL is still to come; take the whole, or give",
    ),
    (
        worked_out,
        replace(DRAW, drawn_ml=Decimal(70)),
        "70 mL is more than the 10 mL that the opened vials hold; check it, or say how many",
    ),
    (worked_out, replace(DRAW, pieces=Decimal(2)), "Give mL or pieces, not both."),
    # --- vials
    (worked_out, replace(DRAW, vial_ml=Decimal(100)), "Vial size in mL must be one of these: 10"),
    (worked_out, replace(DRAW, vial_ml=Decimal(1)), "Vial size in mL must be one of these: 10"),
    (worked_out, replace(DRAW, vial_ml=NAN), "Vial size in mL NaN is impossible"),
    (worked_out, replace(DRAW, vial_ml=None), "Nothing was typed for vial size in mL"),
    (worked_out, replace(DRAW, vials=None), "Nothing was typed for number of vials"),
    (worked_out, replace(DRAW, vials=0), "Number of vials must be 1 to 20"),
    (worked_out, replace(DRAW, vials=-1), "Number of vials must be 1 to 20"),
    (worked_out, replace(DRAW, vials=100), "Number of vials must be 1 to 20"),
    # --- label
    (worked_out, replace(DRAW, lot=" "), "Nothing was typed for lot number; type a value."),
    (worked_out, replace(DRAW, lot="A" * 41), "Lot number takes at most 40 characters"),
    (
        worked_out,
        replace(DRAW, lot="A\u202eB"),
        "Lot number holds a character that nobody can see, U+202E",
    ),
    (worked_out, replace(DRAW, expiry=""), "Nothing was typed for expiry date; type a value."),
    (worked_out, replace(DRAW, expiry="08/2027"), "“08/2027” was not understood as an expiry"),
    (worked_out, replace(DRAW, expiry="２０２７-08"), "“２０２７-08” was not understood as an"),
    (worked_out, replace(DRAW, expiry="2027-13"), "“2027-13” was not understood as an expiry"),
    (worked_out, replace(DRAW, expiry="20270831"), "“20270831” was not understood as an expiry"),
    (worked_out, replace(DRAW, expiry="2026-02"), f"Lot {LOT} expired on 2026-02; use another."),
    # --- pieces
    (swallowed, replace(TABLETS, pieces=None), "Nothing was typed for number of pieces"),
    (swallowed, replace(TABLETS, pieces=Decimal(0)), "Number of pieces 0 is impossible"),
    (swallowed, replace(TABLETS, pieces=Decimal(20)), "2 pieces was worked out and 20 pieces"),
    (swallowed, replace(TABLETS, pieces=Decimal("0.2")), "Number of pieces comes in whole mult"),
    (swallowed, replace(TABLETS, drawn_ml=Decimal(2)), "Give pieces or mL, not both."),
    # --- a part, by hand
    (injected, replace(PART, dose_mg=Decimal(0)), "Dose in mg 0 is impossible; check it"),
    (injected, replace(PART, dose_mg=Decimal(-35)), "Dose in mg -35 is impossible; check it"),
    (injected, replace(PART, dose_mg=NAN), "Dose in mg NaN is impossible; check it"),
    (injected, replace(PART, dose_mg=Decimal(350)), "350 mg is more than the 35 mg that are left"),
    (injected, replace(PART, dose_mg=Decimal("3.5")), "A reason is needed for giving or preparing"),
    (injected, replace(PART, site="left ear"), "The place must be one of these: left deltoid"),
    (pushed, replace(PUSH, minutes=Decimal(0)), "Duration in minutes 0 is impossible; check"),
    (pushed, replace(PUSH, minutes=NAN), "Duration in minutes NaN is impossible; check"),
    (pushed, replace(PUSH, minutes=Decimal(20)), "20 min is not the protocol's 1 to 2 min; check"),
    (pushed, replace(PUSH, minutes=Decimal("0.2")), "0.2 min is not the protocol's 1 to 2 min"),
    (pushed, replace(PUSH, minutes=Decimal(200)), "Duration in minutes must be at most 60; check"),
    # --- the pump
    (worked_out, replace(START, rate_ml_h=Decimal(0)), "Rate in mL/h must be at least 0.1; check"),
    (worked_out, replace(START, rate_ml_h=Decimal(-75)), "Rate in mL/h must be at least 0.1"),
    (worked_out, replace(START, rate_ml_h=NAN), "Rate in mL/h must be at least 0.1; check it"),
    (
        worked_out,
        replace(START, rate_ml_h=Decimal(750), reason="in a hurry"),
        "750 mL/h would run all of it in less than 40 min; set at most 75 mL/h.",
    ),
    (worked_out, replace(START, rate_ml_h=Decimal("7.5")), "A reason is needed for another rate"),
    (worked_out, replace(START, pump_ml=Decimal(-1)), "Pump display in mL -1 is impossible; check"),
    (
        running,
        replace(SET, rate_ml_h=Decimal("75.1")),
        "75.1 mL/h would run all of it in less than",
    ),
    (running, replace(SET, rate_ml_h=Decimal(0)), "Rate in mL/h must be at least 0.1; check"),
    (running, replace(SET, rate_ml_h=NAN), "Rate in mL/h must be at least 0.1; check"),
    (running, Resume(), "This cannot be done in the phase “infusing”; see what comes next."),
    (running, Pause(pump_ml=NAN), "Pump display in mL NaN is impossible; check it"),
    (running, Pause(pump_ml=Decimal(225)), "Pump display in mL must be 0 to 100; check it"),
    (paused, Resume(rate_ml_h=Decimal(375)), "375 mL/h would run all of it in less than 40 min"),
    (paused, Resume(rate_ml_h=Decimal(-1)), "Rate in mL/h must be at least 0.1; check"),
    # --- waste
    (stopped, replace(MIXTURE, ml=None), "Nothing was typed for measured volume in mL"),
    (stopped, replace(MIXTURE, ml=Decimal(0)), "Measured volume in mL 0 is impossible; check"),
    (stopped, replace(MIXTURE, ml=Decimal(-15)), "Measured volume in mL -15 is impossible; check"),
    (stopped, replace(MIXTURE, ml=NAN), "Measured volume in mL NaN is impossible; check"),
    (
        stopped,
        replace(MIXTURE, ml=Decimal(150)),
        "150 mL is more than the 15 mL that are left; measure it again.",
    ),
    (stopped, replace(MIXTURE, count=Decimal(1)), "Give mL or pieces, not both."),
    (
        stopped,
        replace(VIAL, ml=Decimal(93)),
        "93 mL is more than the 9.3 mL that are left; measure",
    ),
    (stopped, replace(VIAL, lot="B"), "No vial of lot B was opened here; check the lot."),
    (worked_out, VIAL, "No vial was opened here; say first what was drawn up."),
    (worked_out, MIXTURE, "Nothing that was made ready is left; nothing needs doing."),
    (stopped, replace(KEEP, ml=Decimal(0)), "Measured volume in mL 0 is impossible; check"),
    (stopped, replace(KEEP, ml=NAN), "Measured volume in mL NaN is impossible; check"),
    (
        stopped,
        replace(KEEP, ml=Decimal(93)),
        "93 mL is more than the 9.3 mL that are left; measure",
    ),
    # --- devices
    (with_devices, replace(DEVICE, lot=""), "Nothing was typed for lot number; type a value."),
    (with_devices, replace(DEVICE, expiry=""), "Nothing was typed for expiry date; type a value."),
    (with_devices, replace(DEVICE, expiry="2026-02-28"), f"Lot {LOT} expired on 2026-02-28; use"),
    (with_devices, replace(DEVICE, sprays=3), "A device that is given gives 1 to 2 sprays;"),
    (with_devices, replace(DEVICE, sprays=1), "A reason is needed for fewer sprays than the"),
]


@functools.cache
def stage(make: Callable[[], Visit]) -> Visit:
    """A refused act leaves no trace, so that one visit serves for all of a kind."""
    return make()


@pytest.mark.parametrize(("make", "act", "said"), CASES)
def test_that_bad_input_is_told_in_one_sentence_and_nothing_is_stored(
    make: Callable[[], Visit], act: Act, said: str
) -> None:
    visit = stage(make)
    before = len(visit.store.entries)
    with pytest.raises(MonitorError) as caught:
        visit.do(act)
    assert sentence(caught.value).startswith(said)
    assert is_one_sentence(sentence(caught.value))
    assert len(visit.store.entries) == before


@pytest.mark.parametrize("text", ["", " ", "１２０", "1_20", "1,205", "1.205", "nan", "-1", "0x7"])
@pytest.mark.parametrize("field", ["drawn_ml", "vial_ml", "pieces", "ml", "count", "rate_ml_h"])
def test_that_what_is_no_number_is_never_taken_for_one(field: str, text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_number(text, field)
    assert is_one_sentence(sentence(caught.value))


def test_that_the_right_input_beside_all_that_bad_one_is_taken() -> None:
    for make, act in ((worked_out, DRAW), (stopped, MIXTURE), (stopped, VIAL), (pushed, PUSH)):
        visit = make()
        before = len(visit.store.entries)
        visit.do(act)
        assert len(visit.store.entries) == before + 1
