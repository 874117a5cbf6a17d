"""The drug account: six figures apart, waste before a witness, what is kept and explained."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Calculate, Explain
from monitor.entries import VolumeMode
from tests.fakes import by_hand
from tests.fakes.seats import Seat
from tests.fakes.visit import LOT, PASSWORDS, Visit
from ui.presenters.account_faces import AccountFace

WITNESS = {"witness": "ds", "password": PASSWORDS["ds"]}


@pytest.fixture
def seat() -> Seat:
    """Return an infusion that was stopped at 24.5 mg of 35: 15 mL are left in the syringe."""
    made = Seat(by_hand.infusion())
    made.presenter.command("start")
    made.visit.at("10:28")
    made.presenter.command("stop")
    made.answer(reason="anxiety", pump_ml="35.2")
    return made


def account(seat: Seat) -> AccountFace:
    assert seat.view.account is not None
    return seat.view.account


def figures(seat: Seat) -> dict[str, str]:
    return {each.name: each.value for each in account(seat).figures}


def waste(seat: Seat, **answers: str) -> None:
    seat.presenter.command("waste")
    seat.answer(**({"place": "mixture"} | WITNESS | answers))


def test_that_six_figures_stand_apart_and_what_they_rest_on_is_said(seat: Seat) -> None:
    seat.presenter.command("account")
    assert seat.view.account_open
    assert figures(seat) == {
        "Ordered": "35",
        "Calculated": "35",
        "Prepared": "35",
        "Given (computed)": "24.5",
        "Wasted": "0",
        "Unaccounted": "10.5",
    }
    assert account(seat).verdict.state == "alert"
    assert "10.5 mg is unaccounted for" in account(seat).verdict.words
    assert account(seat).notes == (
        "Given is computed: an even mixture, no line volume counted.",
        "The pump's own figure: 35.2 mL = 24.64 mg.",
    )
    seat.presenter.command("close-account")
    assert not seat.view.account_open


def test_that_waste_is_read_back_and_stands_with_its_witness(seat: Seat) -> None:
    seat.presenter.command("waste")
    assert seat.view.question is not None
    assert seat.view.question.says is not None
    typed = {"place": "mixture", "ml": "15"}
    assert seat.view.question.says(typed) == "15 mL × 0.7 mg/mL = 10.5 mg"
    assert seat.view.question.says({"place": "mixture", "ml": "1,5x"}) == ""
    seat.presenter.question.cancel()
    waste(seat, ml="15")
    assert (figures(seat)["Wasted"], figures(seat)["Unaccounted"]) == ("10.5", "0")
    assert account(seat).verdict.words == "The rest of the vial, lot 23KG104, is open: see below."
    what, when = account(seat).wastes[0]
    assert what == "Wasted 10.5 mg (15 mL) of what was made ready"
    assert when == "10:28, Nina Kowal; witness Dana Silva"


def test_that_a_rest_that_was_explained_shows_its_explanation_where_no_sum_is_known() -> None:
    visit = Visit().ordered().weighed().calculated().prepared().calculated()
    gap = Explain(gap="unaccounted", about="earlier", reason="spilt with the tray")
    seat = Seat(visit)
    assert account(seat).verdict.state == "alert"
    assert account(seat).verdict.words.startswith("Drug of the earlier dose")
    visit.do(gap)
    seat.presenter.on_entries()
    assert account(seat).verdict.words == "Explained: spilt with the tray"
    assert account(seat).verdict.state == "good"


def test_that_the_dose_made_ready_before_is_wasted_apart_from_the_one_that_stands() -> None:
    visit = Visit().ordered().weighed().calculated().prepared("10", 1)
    visit.calculated().prepared("10", 1)
    seat = Seat(visit)
    seat.presenter.command("waste")
    assert seat.view.question is not None
    (which,) = (ask for ask in seat.view.question.asks if ask.key == "place")
    assert [key for key, _ in which.choices] == ["mixture earlier", "mixture", f"vial {LOT}"]
    seat.presenter.question.cancel()
    waste(seat, place="mixture earlier", ml="50")
    assert (figures(seat)["Wasted"], figures(seat)["Prepared"]) == ("–", "35")
    waste(seat, place="mixture", ml="10")
    assert figures(seat)["Wasted"] == "7"


def test_that_one_lot_of_two_products_is_offered_as_two() -> None:
    visit = Visit().ordered().weighed().calculated().prepared("10", 1)
    stronger = Calculate(
        strength_mg_per_ml=Decimal(100), volume_ml=Decimal(50), volume_mode=VolumeMode.REPLACES
    )
    visit.do(stronger)
    visit.prepared("5", 1)
    seat = Seat(visit)
    seat.presenter.command("keep")
    seat.answer(place=f"vial ketamine-100 {LOT}", ml="4.65")
    assert account(seat).vials[1].verdict.words == "Balances"


def test_that_nobody_is_offered_as_their_own_witness(seat: Seat) -> None:
    seat.presenter.command("waste")
    assert seat.view.question is not None
    witness = next(ask for ask in seat.view.question.asks if ask.key == "witness")
    assert witness.choices == (("ds", "Dana Silva"),)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"place": ""}, "place"),
        ({"ml": ""}, "ml"),
        ({"ml": "0"}, "ml"),
        ({"ml": "-1"}, "ml"),
        ({"ml": "all"}, "ml"),
        ({"ml": "１５"}, "ml"),
        ({"ml": "1_5"}, "ml"),
        ({"ml": "NaN"}, "ml"),
        ({"ml": "1,505"}, "ml"),
        ({"ml": "150"}, "ml"),
        ({"witness": ""}, "witness"),
        ({"witness": "nk", "password": PASSWORDS["nk"]}, ""),
        ({"password": ""}, "password"),
        ({"password": "not hers"}, "password"),
    ],
)
def test_that_bad_waste_is_one_sentence_at_its_place_and_nothing_is_stored(
    seat: Seat, answers: dict[str, str], field: str
) -> None:
    waste(seat, **({"ml": "15"} | answers))
    assert seat.view.question is not None
    assert seat.view.question_problem.endswith(".")
    assert seat.view.question_field == field
    assert not seat.visit.overview.dose.wastes


def test_that_a_vial_balances_once_its_rest_is_wasted_or_kept(seat: Seat) -> None:
    vial = account(seat).vials[0]
    assert vial.title == "Ketamine 50 mg/mL, lot 23KG104"
    assert [f"{each.name} {each.value}" for each in vial.lines] == [
        "Opened 500",
        "Drawn 35",
        "Wasted 0",
        "Kept 0",
    ]
    assert vial.verdict.words == "465 mg (9.3 mL) still in it"
    waste(seat, place="vial 23KG104", ml="1.3")
    seat.presenter.command("keep")
    assert seat.view.question is not None
    assert seat.view.question.says is not None
    assert seat.view.question.says({"ml": "8"}) == "8 mL × 50 mg/mL = 400 mg"
    seat.answer(ml="8")
    assert account(seat).vials[0].verdict.words == "Balances"
    assert account(seat).wastes[1][0] == "Kept 400 mg (8 mL) of vial 23KG104"


def test_that_what_is_unaccounted_is_explained_and_never_adjusted(seat: Seat) -> None:
    key = account(seat).verdict.key
    seat.presenter.command(key)
    seat.answer(reason="spilt when the line came off")
    assert account(seat).verdict.words == "Explained: spilt when the line came off"
    assert figures(seat)["Unaccounted"] == "10.5"


def test_that_a_gap_before_the_signature_leads_to_the_account(seat: Seat) -> None:
    seat.visit.at("10:40")
    seat.presenter.command("discharge")
    seat.answer(how="transferred", escort="City Hospital", reason="chest pain")
    assert seat.view.now is not None
    found = {need.words: need for need in seat.view.now.needs}
    need = found["Drug is unaccounted for"]
    assert (need.state, need.key, need.action) == ("blocks", "account", "Account")
    seat.presenter.command(need.key)
    assert seat.view.account_open
    waste(seat, ml="15")
    assert seat.visit.overview.dose.unaccounted_mg == Decimal(0), "also after the visit is closed"


def test_that_while_it_runs_only_the_vial_can_be_wasted() -> None:
    seat = Seat(by_hand.infusion())
    seat.presenter.command("start")
    assert account(seat).verdict.words == "Known once the dose has ended."
    assert account(seat).vials[0].verdict.state == "open", "a rest is no fault before the end"
    seat.presenter.command("waste")
    assert seat.view.question is not None
    assert seat.view.question.words[0] == "Vial, lot 23KG104."
    seat.answer(ml="9.3", **WITNESS)
    assert account(seat).vials[0].verdict.words == "Balances"


def test_that_drug_of_a_cancelled_session_is_wasted_whole() -> None:
    seat = Seat(by_hand.infusion())
    seat.presenter.command("cancel")
    assert seat.view.question is not None
    assert "wasted afterwards" in seat.view.question.words[1]
    seat.answer(reason="blood pressure")
    assert seat.view.now is not None
    assert [each.key for each in seat.view.now.commands] == ["account", "sign"]
    waste(seat, ml="50")
    assert account(seat).verdict.words == "The rest of the vial, lot 23KG104, is open: see below."
    waste(seat, place="vial 23KG104", ml="9.3")
    assert account(seat).verdict.words == "Everything is accounted for."
    assert account(seat).vials[0].verdict.words == "Balances"


def test_that_a_session_cancelled_before_any_drug_has_no_account() -> None:
    seat = Seat(Visit().at("09:50").ordered())
    seat.presenter.command("cancel")
    seat.answer(reason="unwell")
    assert seat.view.now is not None
    assert [each.key for each in seat.view.now.commands] == ["sign"]
    assert account(seat).commands == ()


def test_that_tablets_and_devices_are_wasted_by_count() -> None:
    tablets = Seat(by_hand.tablets())
    tablets.presenter.command("give")
    tablets.answer(dose_mg="50", reason="sick")
    tablets.presenter.command("finish")
    tablets.answer(reason="sick")
    waste(tablets, count="1")
    assert figures(tablets)["Unaccounted"] == "0"
    nasal = Seat(Visit("esketamine").at("09:50").ordered().checked())
    nasal.presenter.command("waste")
    nasal.answer(count="1", lot="SYN1", reason="dropped", **WITNESS)
    assert nasal.visit.overview.dose.wastes[0].mg == Decimal(28)
    assert account(nasal).verdict.words == "Devices are counted whole: 0 given, 1 wasted."


def test_that_what_nobody_recorded_as_prepared_is_not_said_to_be_prepared() -> None:
    seat = Seat(Visit().started("10:00").at("10:20"))
    seat.presenter.command("account")
    assert figures(seat)["Prepared"] == "not recorded"
    assert account(seat).notes[0] == "Planned: 35 mg; nobody recorded what was prepared."
