"""A high pressure before the dose, in the window: decide, wait, or cancel."""

from __future__ import annotations

import dataclasses

from monitor.acts import Override
from monitor.entries import EventKind
from monitor.phases import Phase
from monitor.protocols.protocol import SecondPerson
from tests.fakes import by_hand
from tests.fakes.seats import Seat
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.before_dose import waits_for
from ui.presenters.question import Question
from ui.presenters.session import SessionPresenter

HIGH = "178/112 72 98 16 s5 d0"


def seat_of(visit: Visit) -> Seat:
    return Seat(visit.line(HIGH))


def asked(seat: Seat) -> Question:
    assert seat.view.question is not None
    return seat.view.question


def steps(seat: Seat) -> dict[str, tuple[str, str]]:
    assert seat.view.now is not None
    return {each.words: (each.state, each.more) for each in seat.view.now.needs}


def kinds(seat: Seat) -> dict[str, str]:
    assert seat.view.now is not None
    return {each.key: each.kind for each in seat.view.now.commands}


def decide(seat: Seat) -> None:
    seat.answer(prescriber="ds", password=PASSWORDS["ds"], reason="long known, stable")


def test_that_the_hold_stands_among_the_steps_with_its_button() -> None:
    seat = seat_of(by_hand.infusion())
    assert steps(seat)["BP 178/112: a prescriber decides"] == (
        "blocks",
        "above 160/100",
    )
    assert kinds(seat)["start"] == "", "what comes next is the decision"
    seat.presenter.command("hold")
    decide(seat)
    assert steps(seat)["BP 178/112: decided"] == (
        "warned",
        "Dana Silva, 10:00: long known, stable",
    )
    assert kinds(seat)["start"] == "primary"
    assert seat.visit.overview.started_at is None, "the decision alone starts nothing"


def test_that_the_refused_start_offers_all_three_ways() -> None:
    seat = seat_of(by_hand.infusion())
    seat.presenter.command("start")
    assert asked(seat).words == (
        (
            "BP 178/112 is above 160/100 before the dose; a prescriber decides, or wait and"
            " measure again."
        ),
    )
    assert asked(seat).way_out == ("wait", "Wait and measure again")
    assert asked(seat).other_ways == (("cancel", "Cancel the session…"),)
    decide(seat)
    assert seat.visit.overview.phase is Phase.INFUSING


def test_that_waiting_is_noted_and_leads_to_the_entry_line() -> None:
    seat = seat_of(by_hand.infusion())
    seat.presenter.entry.typed("131/")
    seat.presenter.command("wait")
    (noted,) = [event for event in seat.visit.overview.events if event.kind == "event"]
    assert (noted.text, noted.sort) == ("Waits: BP 178/112 before the dose", EventKind.NOTE)
    assert not noted.is_open_effect
    assert seat.presenter.entry.text == "131/", "what was half typed stays"
    seat.presenter.entry.typed("")
    seat.type("131/84 70 98 16 s5 d0")
    assert not [words for words in steps(seat) if words.startswith("BP")]
    seat.presenter.command("start")
    assert seat.visit.overview.phase is Phase.INFUSING


def test_that_a_line_that_waiting_found_typed_is_stored_once() -> None:
    seat = seat_of(by_hand.infusion())
    seat.presenter.entry.typed("131/84 70 98 16 s5 d0")
    seat.presenter.command("wait")
    assert seat.view.typed_on == 1
    seat.presenter.entry.submit()
    before = len(seat.visit.overview.readings)
    assert seat.presenter.entry.text == ""
    seat.presenter.entry.submit()
    assert len(seat.visit.overview.readings) == before


def test_that_what_is_given_by_hand_is_decided_about_before_its_amount_is_asked() -> None:
    seat = seat_of(by_hand.injection(checked=False))
    seat.presenter.command("give")
    assert asked(seat).heading == "A prescriber decides"
    decide(seat)
    assert asked(seat).heading == "Emergency override", "its check is missing as well"
    decide(seat)
    assert asked(seat).asks[0].key == "dose_mg"
    seat.answer(dose_mg="35", site="left thigh")
    assert seat.visit.overview.phase is Phase.OBSERVATION


def test_that_nothing_is_asked_where_nothing_is_held() -> None:
    seat = Seat(by_hand.infusion())
    seat.presenter.command("hold")
    seat.presenter.command("wait")
    assert seat.view.question is None
    assert seat.visit.overview.events == ()


def test_that_an_old_or_half_set_is_no_baseline_and_the_steps_say_so() -> None:
    visit = Visit().ordered().weighed().calculated().at("09:50").line("122/76 72")
    assert steps(Seat(visit))["Baseline"] == ("open", "no full set yet")
    visit.line("122/76 72 98 16 s5 d0").at("10:25")
    assert steps(Seat(visit))["Baseline"] == ("open", "the set of 09:50 is too old; take a new one")


def test_that_a_start_says_at_once_all_that_is_missing() -> None:
    seat = Seat(Visit())
    seat.presenter.command("start")
    assert seat.view.problem == (
        "There is no order yet; a prescriber must order the dose first; also missing: the dose as"
        " worked out, the weight, a baseline, the second check."
    )


def test_that_where_no_prescriber_works_the_steps_say_what_is_waited_for() -> None:
    seat = seat_of(by_hand.infusion())
    nobody = dataclasses.replace(seat.doors().colleagues, accounts=tuple)
    doors = dataclasses.replace(seat.doors(), colleagues=nobody)
    SessionPresenter(seat.view, doors).command("hold")
    assert seat.view.question is None
    assert seat.view.problem.startswith("BP 178/112 is above 160/100 before the dose")


def test_that_a_baseline_that_a_prescriber_goes_without_is_told_as_that() -> None:
    visit = Visit().ordered().weighed().calculated().at("10:00")
    visit.do(Override(what="baseline-missing", reason="cuff broke"), visit.prescriber)
    assert steps(Seat(visit))["Baseline overridden"] == ("warned", "Dana Silva, 10:00: cuff broke")


def first_device(visit: Visit) -> tuple[str, bool]:
    now = Seat(visit.at("10:00")).view.now
    assert now is not None
    assert now.device is not None
    return now.device.when, now.device.ready


def test_that_no_device_is_said_to_be_given_now_while_anything_holds_it() -> None:
    visit = Visit("esketamine").at("09:50").ordered()
    assert first_device(visit) == ("no baseline yet", False)
    visit = Visit("esketamine").at("09:50").ordered().at("09:55").line(by_hand.BASELINE)
    required = dataclasses.replace(visit.overview, second_person=SecondPerson.REQUIRED)
    assert waits_for(required) == "not yet checked"
    visit = Visit("esketamine").at("09:50").ordered().checked().at("09:55").line(HIGH)
    assert first_device(visit) == ("held: BP 178/112", False)
    visit.do(Override(what="pre-dose-hold", reason="long known"), visit.prescriber)
    assert first_device(visit) == ("can be given now", True)
