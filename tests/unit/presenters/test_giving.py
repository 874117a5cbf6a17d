"""Giving the dose from the session's screen: by hand, by device, checked or overridden."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from monitor.phases import Phase
from tests.fakes import by_hand
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from tests.vectors import cases
from ui.presenters.chair_card import card
from ui.presenters.now_faces import NowFace

LOT, EXPIRY = "SYN26A07", "2027-11"


def face(seat: Seat) -> NowFace:
    assert seat.view.now is not None
    return seat.view.now


def figures(seat: Seat) -> dict[str, str]:
    return {each.name: f"{each.value} {each.unit}".strip() for each in face(seat).figures}


def commands(seat: Seat) -> list[str]:
    return [each.key for each in face(seat).commands]


def needs(seat: Seat) -> dict[str, tuple[str, str]]:
    return {each.words: (each.state, each.more) for each in face(seat).needs}


# --- by hand --------------------------------------------------------------------------------


def test_that_what_lies_ready_is_given_and_nothing_is_filled_in() -> None:
    seat = Seat(by_hand.injection())
    seat.presenter.command("give")
    asked = seat.view.question
    assert asked is not None
    assert asked.words == ("Prepared 35 mg, 0.7 mL, lot 23KG104.",)
    assert [ask.key for ask in asked.asks] == ["dose_mg", "site", "when", "reason"]
    assert asked.asks[0].picks == (("35", "All of it: 35 mg"),)
    seat.answer(dose_mg="35", site="left deltoid")
    assert seat.view.question is None
    assert seat.visit.overview.phase is Phase.OBSERVATION
    assert figures(seat) == {"Given": "35 mg", "Left": "0 mg", "Ended": "10:00"}
    assert "90 min since the dose" in needs(seat)


def test_that_a_part_wants_a_reason_and_the_rest_stays_in_sight() -> None:
    seat = Seat(by_hand.injection())
    seat.presenter.command("give")
    seat.answer(dose_mg="20", site="left deltoid")
    assert "reason" in seat.view.question_problem
    assert seat.view.question_field == "reason"
    assert seat.visit.overview.started_at is None
    seat.answer(dose_mg="20", site="left deltoid", reason="wanted to wait")
    assert seat.visit.overview.phase is Phase.GIVING
    assert figures(seat) == {"Given": "20 mg", "Left": "15 mg", "Since": "10:00"}
    ring = face(seat).ring
    assert ring is not None
    assert (ring.middle, ring.below) == ("15", "mg left")
    assert commands(seat) == ["give", "account", "finish"]
    board = card(seat.visit.overview, seat.visit.clock.now())
    assert (board.phase, board.dose) == ("Giving", "35 mg")
    assert board.ring == ring
    assert board.due is not None
    assert board.due.short == "15 mg to give now"
    assert seat.view.due is not None
    assert [(row.state, row.name) for row in seat.view.due.waiting] == [("due", "15 mg to give")]


def test_that_a_dose_can_be_ended_short_with_a_reason() -> None:
    seat = Seat(by_hand.injection())
    seat.presenter.command("give")
    seat.answer(dose_mg="20", site="left deltoid", reason="wanted to wait")
    seat.presenter.command("finish")
    seat.answer()
    assert seat.view.question_problem
    assert seat.visit.overview.ended_at is None
    seat.answer(reason="enough for today")
    assert seat.visit.overview.phase is Phase.OBSERVATION
    assert figures(seat)["Left"] == "15 mg"


def test_that_a_push_takes_its_minutes_and_the_clock_counts_from_their_end() -> None:
    seat = Seat(by_hand.push())
    seat.presenter.command("give")
    assert seat.view.question is not None
    assert seat.view.question.asks[1].picks == (("2", "2 min, as ordered"),)
    seat.answer(dose_mg="14", minutes="2")
    assert seat.visit.overview.ended_at == seat.visit.instant("10:02")
    ring = face(seat).ring
    assert ring is not None
    assert (ring.share, ring.middle, ring.below) == (0.0, "2:00", "to the last of it")
    assert seat.view.banner.drug[1] == "Ketamine IV push"


def test_that_tablets_are_counted_and_need_no_weight() -> None:
    seat = Seat(by_hand.tablets())
    assert "Weight" not in needs(seat)
    assert needs(seat)["Dose"] == ("met", "100 mg, 2 pieces")
    seat.presenter.command("give")
    seat.answer(dose_mg="100")
    assert figures(seat)["Given"] == "100 mg"


def test_that_a_dose_given_a_while_ago_is_entered_at_its_time() -> None:
    seat = Seat(by_hand.injection().at("10:09"))
    seat.presenter.command("give")
    seat.answer(dose_mg="35", site="left deltoid", when="10:04")
    assert seat.visit.overview.started_at == seat.visit.instant("10:04")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"dose_mg": ""}, "dose_mg"),
        ({"dose_mg": "0"}, "dose_mg"),
        ({"dose_mg": "-35"}, "dose_mg"),
        ({"dose_mg": "all"}, "dose_mg"),
        ({"dose_mg": "１２０"}, "dose_mg"),
        ({"dose_mg": "1_20"}, "dose_mg"),
        ({"dose_mg": "NaN"}, "dose_mg"),
        ({"dose_mg": "1,205"}, "dose_mg"),
        ({"dose_mg": "350"}, "dose_mg"),
        ({"site": ""}, "site"),
        ({"when": "25:99"}, "when"),
        ({"when": "noon"}, "when"),
        ({"when": "11:30"}, "when"),
    ],
)
def test_that_bad_input_is_one_sentence_at_its_place_and_nothing_is_stored(
    answers: dict[str, str], field: str
) -> None:
    seat = Seat(by_hand.injection())
    before = len(seat.visit.store.entries)
    seat.presenter.command("give")
    seat.answer(**({"dose_mg": "35", "site": "left deltoid"} | answers))
    assert seat.view.question_problem.endswith(".")
    assert seat.view.question_field == field
    assert len(seat.visit.store.entries) == before


# --- devices --------------------------------------------------------------------------------


def nasal() -> Seat:
    visit = Visit("esketamine").at("09:50").ordered().checked()
    return Seat(visit.at("09:55").line(by_hand.BASELINE).at("10:00"))


def test_that_the_rest_between_devices_counts_down_here_and_on_the_chairs() -> None:
    seat = nasal()
    assert seat.presenter.giving.give_device(LOT, EXPIRY, 2)
    seat.visit.at("10:03")
    seat.presenter.on_entries()
    device = face(seat).device
    assert device is not None
    assert device.again == (LOT, EXPIRY), "the lot before is offered"
    assert (device.when, device.ready) == ("from 10:05, in 2:00", False)
    assert figures(seat) == {"Given · left": "28 · 56 mg", "Since device 1": "3 min"}
    board = card(seat.visit.overview, seat.visit.clock.now())
    assert board.phase == "Waiting for device 2"
    assert board.ring is not None
    assert (board.ring.middle, board.ring.below) == ("2:00", "to device 2")
    assert board.due is not None
    assert board.due.short == "Device 2 of 3 in 2:00"


def test_that_given_and_left_stay_beside_the_two_clocks_and_after_them() -> None:
    seat = nasal()
    for at in ("10:00", "10:05", "10:10"):
        seat.visit.at(at)
        assert seat.presenter.giving.give_device(LOT, EXPIRY, 2)
    assert face(seat).clocks is not None
    assert figures(seat) == {"Given · left": "84 · 0 mg"}
    seat.presenter.command("discharge")
    seat.answer(how="transferred", escort="City Hospital", reason="chest pain")
    assert (figures(seat)["Given"], figures(seat)["Left"]) == ("84 mg", "0 mg")


@pytest.mark.parametrize(
    ("lot", "expiry", "sprays", "said"),
    [
        (LOT, EXPIRY, 0, "No spray is ticked"),
        ("", EXPIRY, 2, "lot"),
        (LOT, "", 2, "expiry"),
        (LOT, "2020-01", 2, "expired"),
        (LOT, "11/27", 2, "2027-11"),
    ],
)
def test_that_a_device_is_not_taken_without_its_label_and_its_sprays(
    lot: str, expiry: str, sprays: int, said: str
) -> None:
    seat = nasal()
    before = len(seat.visit.store.entries)
    assert not seat.presenter.giving.give_device(lot, expiry, sprays)
    assert said in seat.view.problem
    assert len(seat.visit.store.entries) == before


def test_that_one_spray_of_two_wants_a_reason() -> None:
    seat = nasal()
    seat.presenter.giving.give_device(LOT, EXPIRY, 1)
    assert seat.view.question is not None
    assert not seat.visit.overview.devices
    seat.answer(reason="the second ran out of the nose")
    assert seat.visit.overview.devices[0].sprays == 1


# --- the pump -------------------------------------------------------------------------------


def test_that_a_rate_that_would_outrun_the_protocol_is_refused_at_its_field() -> None:
    seat = Seat(by_hand.infusion())
    seat.presenter.command("start")
    for rate in ("750", "75.1"):
        seat.presenter.command("rate")
        seat.answer(rate=rate, reason="faster")
        assert "75 mL/h" in seat.view.question_problem
        assert seat.view.question_field == "rate"
    assert len(seat.visit.overview.segments) == 1


def test_that_the_pumps_own_figure_can_be_told_at_each_change() -> None:
    seat = Seat(by_hand.infusion())
    seat.presenter.command("start")
    seat.visit.at("10:20")
    seat.presenter.command("rate")
    seat.answer(rate="37.5", reason="half rate", pump_ml="24.8")
    assert seat.visit.overview.dose.pump_ml == Decimal("24.8")


@pytest.mark.parametrize("case", cases("delivery"), ids=lambda c: c["name"])
def test_that_the_worked_examples_stand_on_the_screen(case: dict[str, Any]) -> None:
    seat = Seat(by_hand.infusion())
    start = seat.visit.clock.now()
    for number, segment in enumerate(case["segments"]):
        seat.visit.at(minutes_past_ten(segment["from"]))
        rate = segment["rate_ml_h"]
        if number == 0:
            seat.presenter.command("start")
        else:
            seat.presenter.command("resume-rate")
            seat.answer(rate=rate)
        seat.visit.at(minutes_past_ten(segment["to"]))
        if number + 1 < len(case["segments"]):
            seat.presenter.command("pause")
    seat.presenter.command("stop")
    seat.answer(reason="end of the example")
    assert seat.visit.clock.now() > start
    expected = case["expect"]
    shown = {name: Decimal(said.split()[0]) for name, said in figures(seat).items() if "mg" in said}
    assert shown["Given"] == Decimal(expected["given_mg"]).quantize(shown["Given"])
    account = seat.view.account
    assert account is not None
    exact = {each.name: each.value for each in account.figures}
    assert Decimal(exact["Given (computed)"]) == Decimal(expected["given_mg"])
    dose = seat.visit.overview.dose
    assert dose.left_mg == Decimal(expected["remaining_mg"])


def minutes_past_ten(minutes: str) -> str:
    """Return the clock time so many minutes after ten."""
    whole = int(minutes)
    return f"{10 + whole // 60}:{whole % 60:02}"


@pytest.mark.parametrize(
    "steps",
    [
        (),
        ("pause",),
        ("stop",),
        ("stop", "discharge"),
    ],
)
def test_that_given_and_left_stand_on_the_screen_in_every_phase(steps: tuple[str, ...]) -> None:
    seat = Seat(by_hand.infusion())
    seat.presenter.command("start")
    seat.visit.at("10:20")
    seat.presenter.on_entries()
    for step in steps:
        seat.presenter.command(step)
        if seat.view.question is not None:
            how = {"how": "transferred"} if step == "discharge" else {}
            seat.answer(reason="as it was", **how)
    assert figures(seat)["Given"] == "17.5 mg"
    assert figures(seat)["Left"] == "17.5 mg"
