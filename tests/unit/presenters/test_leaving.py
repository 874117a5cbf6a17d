"""Leaving in the window: what is missing is said first, and who may let it pass."""

from __future__ import annotations

import pytest

from monitor.acts import Finish, Override
from monitor.entries import Leaving
from monitor.phases import Phase
from tests.fakes.seats import Seat
from tests.fakes.visit import DEVICE, PASSWORDS, Visit
from ui.presenters.door import door_needs, gap_needs
from ui.presenters.now_faces import NowFace
from ui.presenters.question import Question

GOOD = "122/76 72 98 16 s5 d0"


def observed(last: str = GOOD, at: str = "11:41") -> Seat:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    visit.at("11:40").line(last)
    return Seat(visit.at(at))


def asked(seat: Seat) -> Question:
    assert seat.view.question is not None
    return seat.view.question


def face(seat: Seat) -> NowFace:
    assert seat.view.now is not None
    return seat.view.now


def test_that_the_question_says_what_is_missing_for_home_before_anything_is_pressed() -> None:
    visit = Visit("esketamine").started("10:00")
    for at in ("10:05", "10:10"):
        visit.at(at).do(DEVICE)
    seat = Seat(visit.at("12:02").line("158/101 72 98 16 s5 d0").ready("", but="gait"))
    seat.presenter.command("discharge")
    assert asked(seat).words[0] == (
        "Home: opens 12:10. Missing: 120 min since last device; BP at most 160/100, systolic at"
        " least 90; Checklist ticked; Somebody goes along."
    )
    shown = {need.words: need.more for need in face(seat).needs}
    assert shown["120 min since last device"] == "112 min now; opens 12:10, in 8 min"
    assert shown["BP at most 160/100, systolic at least 90"] == "158/101 at 12:02"
    assert shown["Checklist ticked"] == "5 of 6 at 12:02; open: Walks steadily"
    assert shown["Somebody goes along"] == "nobody is named yet"


def test_that_an_old_set_opens_the_door_with_its_age_beside_it() -> None:
    seat = Seat(observed().visit.ready("Jan Nowak").at("13:15"))
    assert face(seat).needs_title == "Ready to leave"
    shown = {need.words: need.more for need in face(seat).needs}
    assert shown["Newest full set"] == "11:40, 95 min ago"
    seat.presenter.command("discharge")
    assert asked(seat).words[1] == "Newest full set 11:40, 95 min ago."


def test_that_an_open_door_is_said_to_be_open() -> None:
    seat = Seat(observed().visit.ready("Jan Nowak"))
    assert (face(seat).needs_title, face(seat).needs_note) == ("Ready to leave", "all met")
    seat.presenter.command("discharge")
    assert asked(seat).words[0] == "Home: all is met."
    (escort,) = [ask for ask in asked(seat).asks if ask.key == "escort"]
    assert escort.picks == (("Jan Nowak", "Jan Nowak"),)


def test_that_the_checklist_is_ticked_by_its_numbers_and_names_who_goes_along() -> None:
    seat = observed()
    seat.presenter.command("ready")
    *ticks, escort = asked(seat).asks
    assert [ask.label[0] for ask in ticks] == ["1", "2", "3", "4", "5", "6"]
    assert all(ask.tick for ask in ticks)
    seat.answer(**{ask.key: "yes" for ask in ticks}, **{escort.key: " Jan Nowak "})
    assert seat.visit.overview.phase is Phase.READY
    assert seat.visit.overview.escort == "Jan Nowak"


def test_that_a_prescriber_lets_the_patient_go_from_the_very_refusal() -> None:
    seat = observed("158/101 72 98 16 s5 d0")
    seat.presenter.command("discharge")
    seat.answer(how="home", escort="Jan Nowak")
    assert asked(seat).heading == "A prescriber lets the patient go"
    assert asked(seat).words == (
        (
            "The patient cannot go home yet: BP is not within the protocol's limits for leaving,"
            " the checklist is not ticked in full."
        ),
    )
    assert asked(seat).way_out is None
    seat.answer(prescriber="ds", password=PASSWORDS["ds"], reason="daughter is a nurse")
    overview = seat.visit.overview
    assert (overview.left_how, overview.escort) == (Leaving.HOME, "Jan Nowak")
    assert [o.what for o in overview.overrides] == ["door-closed"]
    warned = [need for need in gap_needs(overview) if need.state == "warned"]
    assert [need.words for need in warned] == ["The door was overridden"]
    assert warned[0].more == "Dana Silva, 11:41: daughter is a nurse"


def test_that_an_override_stands_first_and_all_that_is_missing_after_it() -> None:
    seat = observed("158/101 72 98 16 s5 d0")
    act = Override(what="door-closed", reason="nurse at home")
    seat.doors().colleagues.override("ds", PASSWORDS["ds"], act, lambda _: None)
    overview = seat.visit.overview
    first, *others = door_needs(overview, overview.seen_at)
    assert (first.state, first.more) == ("warned", "Dana Silva, 11:41: nurse at home")
    assert [need.words for need in others if need.state == "open"] == [
        "BP at most 160/100, systolic at least 90",
        "Checklist ticked",
        "Somebody goes along",
    ]
    assert face(seat).needs_title == "Not ready to leave"
    seat.presenter.command("discharge")
    assert asked(seat).words[0].startswith("Home: let through by a prescriber, though this is")
    seat.answer(how="home")
    assert seat.visit.overview.left_how is Leaving.HOME


@pytest.mark.parametrize("how", ["transferred", "against advice"])
def test_that_leaving_otherwise_goes_through_and_waits_for_its_reason(how: str) -> None:
    seat = observed("158/101 72 98 16 s5 d0")
    seat.presenter.command("discharge")
    seat.answer(how=how)
    assert seat.view.question is None
    words = {need.words: need for need in gap_needs(seat.visit.overview)}
    gap = words["Nobody said why the patient left"]
    assert (gap.state, gap.action) == ("blocks", "Explain")
    seat.presenter.command(gap.key)
    seat.answer(reason="wanted to catch a train")
    assert "left-unexplained" not in seat.visit.gaps()
