"""Above the cap, or by a coarse syringe: what the room asks, and of whom."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts import TakeOrder
from monitor.entries import Given
from monitor.people import Author
from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import PASSWORDS, Visit
from tests.unit.monitor.later_visits import approve, come_again


def above_the_cap(author: Author | None = None) -> SetUp:
    setup = SetUp(author=author).order(per_kg="1").weigh("120", height="")
    return setup.tray(strength="100")


def test_that_a_dose_above_the_cap_asks_a_prescriber() -> None:
    setup = above_the_cap()
    assert not {"reason", "cap_prescriber", "cap_password"} & setup.room.hidden
    assert setup.room.working.verdict.startswith("120 mg is outside the protocol")
    before = setup.entries()
    setup.submit()
    assert setup.room.problem == ("reason", "Nothing was typed for reason; type a value.")
    setup.type(reason="second course, tolerated before").submit()
    assert setup.room.problem == ("password", "Type the prescriber's password.")
    assert setup.entries() == before


def test_that_the_reason_of_an_order_by_weight_does_not_answer_for_the_cap() -> None:
    setup = SetUp()
    first = TakeOrder(
        how=Given.WRITTEN,
        per_kg_mg=Decimal(1),
        minutes=Decimal(40),
        reason="first infusion of the course",
    )
    setup.visit.do(first, setup.visit.prescriber)
    setup = SetUp(visit=setup.visit).weigh("120", height="").tray(strength="100")
    setup.type(reason="tolerated before", cap_password=PASSWORDS["ds"]).submit()
    assert setup.visit.overview.dose.calculated_mg == 120


def test_that_a_whole_dose_too_large_for_the_weight_is_said() -> None:
    setup = SetUp().choose(how="written", by="mg").type(dose_mg="95", minutes="40")
    setup.type(password=PASSWORDS["ds"]).submit()
    setup.weigh("45", height="").tray().submit()
    assert "2.1111 mg/kg at 45 kg" in setup.room.problem[1]
    assert setup.visit.overview.dose.calculated_mg is None


def test_that_a_syringe_too_coarse_for_the_dose_is_refused_at_its_field() -> None:
    setup = SetUp().order().weigh().tray().choose(syringe_ml="50").submit()
    assert setup.room.problem[0] == "syringe_ml"
    assert "choose a smaller one" in setup.room.problem[1]


def test_that_a_whole_dose_above_the_cap_asks_its_reason_once() -> None:
    setup = SetUp().choose(how="written", by="mg").type(dose_mg="120", minutes="40")
    assert "reason" not in setup.room.hidden
    setup.type(reason="tolerated before", password=PASSWORDS["ds"]).submit()
    setup.weigh("120", height="").tray(strength="100").submit()
    assert setup.visit.overview.dose.calculated_mg == 120


def test_that_a_prescriber_lets_a_dose_above_the_cap_through_and_the_nurse_records_it() -> None:
    setup = above_the_cap().type(reason="tolerated before", cap_password=PASSWORDS["ds"]).submit()
    overview = setup.visit.overview
    assert overview.dose.calculated_mg == 120
    assert overview.dose.by is not None
    assert overview.dose.by.user == "nk"
    (override,) = overview.overrides
    assert (override.by.user, override.what, override.reason, override.used) == (
        "ds",
        "too-much",
        "tolerated before",
        True,
    )


def test_that_a_wrong_password_lets_no_dose_through() -> None:
    setup = above_the_cap().type(reason="tolerated before")
    setup.presenter.typed("cap_password", "guess")
    setup.submit()
    assert setup.room.problem[0] == "cap_password"
    assert setup.room.lines["cap_password"] == ""
    assert setup.visit.overview.dose.calculated_mg is None
    assert setup.visit.overview.overrides == ()


def test_that_a_prescriber_who_is_logged_in_needs_no_password_above_the_cap() -> None:
    setup = above_the_cap(author=Visit().prescriber)
    assert "cap_password" in setup.room.hidden
    setup.type(reason="second course").submit()
    assert setup.visit.overview.dose.calculated_mg == 120
    assert setup.visit.overview.dose.reason == "second course"


def test_that_a_draw_above_the_cap_asks_a_prescriber_though_the_dose_is_not() -> None:
    visit = Visit()
    approve(
        visit,
        "iv-ketamine-40",
        lambda text: text.replace('cap_mg = { value = "100"', 'cap_mg = { value = "99"'),
    )
    setup = SetUp(visit=come_again(visit, 1)).order(per_kg="0.7").weigh("140", height="")
    setup.tray(strength="50")  # 98 mg are 1.96 mL, which is drawn up as 2 mL
    assert "reason" not in setup.room.hidden
    setup.type(reason="no finer syringe", cap_password=PASSWORDS["ds"]).submit()
    assert setup.visit.overview.dose.prepared_mg == 100
