"""Leaving in the window: what is missing is said first, and who may let it pass."""

from __future__ import annotations

import pytest

from monitor.acts import Finish, Override, Stop
from monitor.entries import Leaving
from monitor.phases import Phase
from monitor.reminders import reminders
from tests.fakes.seats import Seat
from tests.fakes.visit import DEVICE, PASSWORDS, Visit
from ui.presenters.door import door_needs, gap_needs
from ui.presenters.due import due_face
from ui.presenters.now_faces import NowFace
from ui.presenters.question import Question
from ui.presenters.readback import Reader

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
        "Newest full set 11:40, 1 min ago.",
        "Overdue: Vitals 10, Vitals 20, Vitals 30, Vitals 40 and 3 more.",
    )
    assert asked(seat).way_out is None
    seat.answer(prescriber="ds", password=PASSWORDS["ds"], reason="daughter is a nurse")
    overview = seat.visit.overview
    assert (overview.left_how, overview.escort) == (Leaving.HOME, "Jan Nowak")
    assert [o.what for o in overview.overrides] == ["door-closed"]
    assert face(seat).note == "home by override 11:41"
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
    keys = {ask.key for ask in asked(seat).asks}
    assert keys == ({"escort", "reason"} if how == "transferred" else {"reason"})
    assert "1 alert is open." in asked(seat).words
    seat.answer()
    assert seat.view.question is None
    assert face(seat).note == f"{how} 11:41"
    words = {need.words: need for need in gap_needs(seat.visit.overview)}
    gap = words["Nobody said why the patient left"]
    assert (gap.state, gap.action) == ("blocks", "Explain")
    seat.presenter.command(gap.key)
    seat.answer(reason="wanted to catch a train")
    assert "left-unexplained" not in seat.visit.gaps()


def test_that_a_set_in_the_minute_of_the_end_opens_no_door_and_the_gate_says_so() -> None:
    visit = Visit().started("10:00")
    visit.at("10:06").line(GOOD)
    visit.do(Stop(reason="anxious"))
    seat = Seat(visit.at("11:13").ready("Jan Nowak"))
    shown = {need.words: need for need in face(seat).needs}
    assert shown["Sedation at baseline"].state == "open"
    assert shown["Sedation at baseline"].more == "none since 10:06"
    seat.presenter.command("discharge")
    assert "No full set since the dose ended." in asked(seat).words
    assert any("Vitals +15" in words for words in asked(seat).words)
    seat.answer(how="home", escort="Jan Nowak")
    assert "sedation is not in a full set since the dose" in asked(seat).words[0]
    assert "No full set since the dose ended." in asked(seat).words


def test_that_a_newer_set_without_sedation_says_what_was_last_taken() -> None:
    seat = observed("122/76 72 98 16 s4 d3")
    seat.visit.at("12:10").line("122/76 72 98 16", reason="asleep")
    seat.presenter.look_again()
    shown = {need.words: need.more for need in face(seat).needs}
    assert shown["Sedation at baseline"] == "not in the set of 12:10; last 4 at 11:40"
    assert shown["Dissociation at baseline"] == "not in the set of 12:10; last 3 at 11:40"


def test_that_a_value_that_was_taken_is_never_said_to_be_perhaps_missing() -> None:
    seat = observed("122/76 72 98 16 s4 d3")
    seat.presenter.command("discharge")
    seat.answer(how="home", escort="Jan Nowak")
    said = asked(seat).words[0]
    assert "sedation is below the baseline, dissociation is above the baseline" in said
    assert "not taken" not in said


def test_that_nothing_is_due_of_whoever_has_left() -> None:
    seat = observed()
    seat.presenter.command("discharge")
    seat.answer(how="against advice", reason="tired")
    overview = seat.visit.overview
    shown = due_face(overview, overview.seen_at)
    assert (shown.waiting, shown.note) == ((), "")
    assert "not taken" in {row.left for row in shown.closed}
    assert reminders(overview, overview.seen_at) == ()


def test_that_the_read_back_says_what_a_set_lacks_for_the_door() -> None:
    seat = observed()
    doors, now = seat.doors(), seat.visit.at("12:10").overview.seen_at
    reader = Reader(doors.protocol, doors.zone)
    said = reader.read("122/76 72 98 16", seat.visit.overview, now).said
    assert "To leave, a set must hold sedation and dissociation as well." in said
    assert "To leave" not in reader.read("122/76 72 98 16 s5 d0", seat.visit.overview, now).said
