"""What is drawn up in the dose set-up: lots, vials, what stays in them, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Override, Start
from monitor.entries import Prepared
from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import Visit


def at_the_tray() -> SetUp:
    return SetUp().worked_out().check().press("on")


def lot(setup: SetUp, **others: str) -> SetUp:
    typed = {"lot": "K2201", "expiry": "2027-08", "vials": "1", "drawn_ml": "0.7"} | others
    return setup.choose(vial_ml="10").type(**typed).submit()


def test_that_what_is_drawn_is_read_back_with_what_stays_in_the_vial() -> None:
    setup = at_the_tray().choose(vial_ml="10").type(vials="1", drawn_ml="0.7")
    assert setup.room.notes["drawn_ml"] == (
        "0.7 mL × 50 mg/mL = 35 mg; 9.3 mL (465 mg) stays in the vial"
    )
    setup.type(vials="")
    assert setup.room.notes["drawn_ml"] == "0.7 mL × 50 mg/mL = 35 mg"


def test_that_nothing_on_the_label_is_filled_in_beforehand() -> None:
    setup = at_the_tray()
    assert setup.room.lines == {}
    assert setup.room.chosen.get("vial_ml", "") == ""
    assert setup.room.notes["product"] == "Draw up 0.7 mL"


def test_that_a_whole_preparation_leads_back_to_the_session() -> None:
    setup = lot(at_the_tray())
    (made,) = setup.visit.overview.dose.preparations
    assert (made.lot, made.expiry, made.mg, made.vial_ml, made.vials) == (
        "K2201",
        "2027-08",
        Decimal(35),
        Decimal(10),
        1,
    )
    assert setup.room.left == 1
    assert setup.recorded()["Prepared"] == "0.7 mL = 35 mg"


def test_that_a_part_wants_a_reason_and_then_the_next_lot() -> None:
    setup = lot(at_the_tray(), drawn_ml="0.3")
    assert "reason" not in setup.room.hidden
    assert "Prepared" not in setup.recorded()
    setup.type(reason="the vial was nearly empty").submit()
    assert setup.presenter.here == "prepare"
    assert setup.room.left == 0
    assert setup.room.notes["product"] == "0.4 mL of 0.7 mL still to be taken"
    assert setup.room.lines == {}
    lot(setup, lot="K2202", drawn_ml="0.4")
    assert [p.lot for p in setup.visit.overview.dose.preparations] == ["K2201", "K2202"]
    assert setup.room.left == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("lot", ""),
        ("expiry", ""),
        ("expiry", "08/2027"),
        ("expiry", "2026-02"),
        ("expiry", "soon"),
        ("drawn_ml", ""),
        ("drawn_ml", "0"),
        ("drawn_ml", "-0.7"),
        ("drawn_ml", "７"),
        ("drawn_ml", "0_7"),
        ("drawn_ml", "NaN"),
        ("drawn_ml", "7"),
        ("vials", "0"),
        ("vials", "1.5"),
        ("vials", "one"),
        ("vials", "21"),
    ],
)
def test_that_what_cannot_be_is_refused_at_its_field_and_nothing_is_stored(
    field: str, typed: str
) -> None:
    setup = at_the_tray()
    before = setup.entries()
    lot(setup, **{field: typed})
    assert setup.room.problem[0] == field
    assert setup.room.problem[1].endswith(".")
    assert setup.room.problem[1].count(". ") == 0
    assert setup.entries() == before


def test_that_more_than_the_vials_hold_is_refused() -> None:
    setup = SetUp().order(per_kg="1").weigh("90", height="").tray(strength="10").submit()
    setup.go("prepare").choose(vial_ml="20")
    setup.type(lot="K1", expiry="2027-08", vials="0", drawn_ml="9").submit()
    assert setup.room.problem[0] == "vials"


def test_that_vials_need_not_be_said() -> None:
    setup = at_the_tray().type(lot="K2201", expiry="2027-08", drawn_ml="0.7").submit()
    (made,) = setup.visit.overview.dose.preparations
    assert (made.vial_ml, made.vials) == (None, None)
    kept = setup.visit.store.entries[-1].what
    assert isinstance(kept, Prepared)
    assert kept.product == "ketamine-50"


def test_that_it_can_be_prepared_before_the_check_which_is_then_asked_for() -> None:
    setup = lot(SetUp().worked_out().go("prepare"))
    assert setup.room.left == 0
    assert setup.presenter.here == "check"


def test_that_what_was_prepared_for_an_earlier_dose_is_told_apart() -> None:
    setup = lot(at_the_tray())
    setup.visit.at("09:51")
    setup.go("dose").tray(volume="100").submit()
    setup.check(volume_ml="100", rate_ml_h="150").press("on")
    assert setup.presenter.here == "prepare"
    assert setup.recorded()["Prepared for an earlier dose"] == "0.7 mL = 35 mg"


def running(visit: Visit) -> SetUp:
    """Start an infusion that a prescriber let go unchecked and unprepared, then come back."""
    visit.ordered().weighed().calculated()
    visit.do(Override(what="check-missing", reason="laryngospasm"), visit.prescriber)
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    return SetUp(visit=visit.at("10:05"))


def test_that_lots_can_be_entered_while_the_drug_is_running() -> None:
    setup = running(Visit())
    assert setup.presenter.here == "prepare"
    assert [step.key for step in setup.room.steps if step.reachable] == ["check", "prepare"]
    lot(setup)
    assert [p.lot for p in setup.visit.overview.dose.preparations] == ["K2201"]
    assert setup.room.left == 1


def test_that_a_check_can_follow_an_emergency_and_no_further_override_is_offered() -> None:
    setup = running(Visit()).go("check")
    assert setup.others() == []
    setup.check(rate_ml_h="57")
    assert setup.room.check is not None
    assert [each.value for each in setup.room.check.actions] == ["again"]
    setup.press("again").check()
    seen = setup.visit.overview
    assert [check.same for check in seen.dose.checks] == [False, True]
    assert seen.dose.verified_by is None  # it came after the start
