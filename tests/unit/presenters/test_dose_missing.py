"""What was left out before the first drug: the ways to it, and where they end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import (
    Calculate,
    Explain,
    GiveDose,
    KeepRemainder,
    Override,
    Pause,
    Start,
    Stop,
    TakeOrder,
)
from monitor.entries import Given, Leaving
from monitor.overview import SessionOverview
from monitor.phases import Phase
from monitor.units import parse_number
from tests.fakes import by_hand, overviews
from tests.fakes.dose_hands import SetUp
from tests.fakes.seats import Seat
from tests.fakes.visit import DEVICE, LOT, Visit
from ui.presenters.delivery import now_face
from ui.presenters.door import gap_needs, gap_words
from ui.presenters.dose_closed import CLOSED
from ui.presenters.dose_missing import left_out
from ui.presenters.now_faces import Command
from ui.presenters.to_sign_gaps import GapRow, gap_row

CHECK, PREPARE = "dose:check", "dose:prepare"


def emergency(visit: Visit) -> Visit:
    """Let a prescriber wave the check through, as nobody has time for it."""
    visit.do(Override(what="check-missing", reason="laryngospasm"), visit.prescriber)
    return visit.at("09:55").line(by_hand.BASELINE).at("10:00")


def infusing() -> Visit:
    visit = emergency(Visit().ordered().weighed().calculated())
    visit.do(Start())
    return visit.at("10:05")


def injected(dose_mg: str = "35") -> Visit:
    """Return an injection of which so much was given, without its check or its lot."""
    visit = Visit("im-ketamine")
    visit.do(TakeOrder(how=Given.WRITTEN, per_kg_mg=parse_number("0.5", "mg")), visit.prescriber)
    visit.weighed().do(Calculate(product="ketamine-50"))
    emergency(visit).do(
        GiveDose(dose_mg=parse_number(dose_mg, "mg"), site="left deltoid", reason="spread")
    )
    return visit.at("10:05")


def sprayed() -> Visit:
    visit = emergency(Visit("esketamine").ordered())
    visit.do(DEVICE)
    return visit.at("10:02")


def ways(visit: Visit) -> list[str]:
    """Return the commands of the panel that lead to the dose set-up."""
    return [each.key for each in commands(visit) if each.key.startswith("dose:")]


def commands(visit: Visit) -> tuple[Command, ...]:
    overview = visit.overview
    return now_face(overview, overview.seen_at).commands


def test_that_the_running_infusion_offers_the_check_and_the_lots_that_were_left_out() -> None:
    visit = infusing()
    offered = [each for each in commands(visit) if each.key in (CHECK, PREPARE)]
    assert [each.words for each in offered] == ["Second check…", "Record the preparation…"]
    assert {each.kind for each in offered} == {"quiet"}
    visit.do(Pause())
    assert (visit.overview.phase, ways(visit)) == (Phase.PAUSED, [CHECK, PREPARE])


def test_that_a_dose_that_was_checked_and_prepared_offers_no_way_back() -> None:
    visit = by_hand.infusion()
    visit.do(Start())
    assert ways(visit.at("10:05")) == []


def test_that_a_part_given_by_hand_offers_both_and_a_device_the_check_alone() -> None:
    assert ways(injected("20")) == [CHECK, PREPARE]
    assert ways(sprayed()) == [CHECK]


def test_that_what_is_entered_late_is_offered_no_more_even_where_its_gap_stays() -> None:
    visit = infusing().prepared()
    assert ways(visit) == [CHECK]
    visit.checked()
    assert ways(visit) == []
    assert "not-prepared" in {gap.code for gap in visit.overview.gaps}


def test_that_a_lot_short_of_what_was_worked_out_leaves_the_way_open() -> None:
    setup = SetUp(visit=infusing()).go("prepare")
    setup.type(lot=LOT, expiry="2027-08", drawn_ml="0.3").submit()
    setup.type(reason="the other lot follows").submit()
    assert len(setup.visit.overview.dose.preparations) == 1
    assert PREPARE in ways(setup.visit)


def test_that_a_late_check_that_differs_is_offered_again() -> None:
    setup = SetUp(visit=infusing()).go("check").check(rate_ml_h="57")
    assert setup.visit.overview.dose.check is not None
    assert ways(setup.visit) == [CHECK, PREPARE]


def test_that_what_is_explained_is_offered_no_more() -> None:
    visit = infusing()
    visit.do(Explain(gap="not-prepared", about="", reason="thrown away in the emergency"))
    assert ways(visit) == [CHECK]


@pytest.mark.parametrize("step", ["check", "prepare"])
def test_that_a_press_leads_to_its_own_step(step: str) -> None:
    seat = Seat(infusing())
    seat.presenter.command(f"dose:{step}")
    assert (seat.view.went_to_dose, seat.view.dose_step) == (1, step)
    setup = SetUp(visit=seat.visit)
    setup.presenter.begin(step)
    assert setup.presenter.here == step


def test_that_lots_can_still_be_entered_once_the_dose_is_given_and_the_check_not() -> None:
    visit = injected()
    assert visit.overview.phase is Phase.OBSERVATION
    assert ways(visit) == [PREPARE]
    setup = SetUp(visit=visit)
    assert setup.presenter.here == "prepare"
    assert [step.key for step in setup.room.steps if step.reachable] == ["prepare"]
    setup.type(lot="K2201", expiry="2027-08", drawn_ml="0.7").submit()
    assert [lot.lot for lot in visit.overview.dose.preparations] == ["K2201"]
    assert (ways(visit), setup.room.left) == ([], 1)


def over() -> Visit:
    """Return that infusion, prepared late and stopped; nobody said what became of the rest."""
    visit = infusing().prepared("10", 1)
    visit.do(Stop(reason="anxiety"))
    return visit.left(Leaving.TRANSFERRED, reason="chest pain")


def to_sign(overview: SessionOverview) -> dict[str, GapRow]:
    return {gap.code: gap_row(gap, overview) for gap in overview.gaps}


def test_that_each_gap_of_the_dose_leads_to_its_place_before_the_signature() -> None:
    visit = over()
    rows = to_sign(visit.overview)
    assert {code: row.place for code, row in rows.items()} == {
        "unaccounted": "account",
        "vial-open": "account",
        "check-missing": CHECK,
        "not-prepared": PREPARE,
        "override": CHECK,
    }


def test_that_what_was_explained_shows_its_explanation_in_both_places() -> None:
    visit = over()
    explained = {
        "unaccounted": "",
        "vial-open": LOT,
        "check-missing": "",
        "not-prepared": "",
        "override": "check-missing",
    }
    for code, about in explained.items():
        visit.do(Explain(gap=code, about=about, reason=f"said of {code}"))
    overview = visit.overview
    rows, needs = to_sign(overview), gap_needs(overview)
    for code, about in explained.items():
        (words,) = {
            gap_words(gap) for gap in overview.gaps if (gap.code, gap.about) == (code, about)
        }
        (shown,) = [need.more for need in needs if need.words == words]
        assert f"said of {code}" in shown
        assert rows[code].state == "explained"
        assert f"said of {code}" in rows[code].more


def test_that_an_override_stands_with_its_reason_before_the_signature_too() -> None:
    row = to_sign(over().overview)["override"]
    assert row.more.startswith("Dana Silva, 09:48: laryngospasm; ")
    assert row.state == "may stay"


def test_that_one_gap_blocks_and_two_block() -> None:
    visit = over()
    visit.do(KeepRemainder(ml=Decimal("9.3")))
    one, two = visit.overview, overviews.draft()
    assert now_face(one, one.seen_at).needs_note == "1 holds up the signature"
    assert now_face(two, two.seen_at).needs_note == "2 hold up the signature"


def test_that_nothing_is_left_to_enter_once_the_patient_was_taken_away_from_the_pump() -> None:
    visit = infusing().left(Leaving.TRANSFERRED, reason="chest pain")
    assert {"check-missing", "not-prepared"} <= {gap.code for gap in visit.overview.gaps}
    assert left_out(visit.overview) == ()


def test_that_the_set_up_of_a_session_that_is_over_can_only_be_looked_at() -> None:
    visit = over()
    assert ways(visit) == []
    setup = SetUp(visit=visit)
    setup.presenter.begin("prepare")
    assert setup.presenter.here == CLOSED
    assert setup.room.form is not None
    assert [field.label for field in setup.room.form.fields] == ["The patient has left"]
    assert not any(step.reachable for step in setup.room.steps)
    assert setup.recorded()["Override"] == "Second check overridden"
    setup.submit()
    assert (setup.room.left, setup.room.problem) == (1, ("", ""))
