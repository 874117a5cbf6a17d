"""Order, weight and dose, one after the other, as the screen leads through them."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from monitor.acts import Cancel
from monitor.entries import Basis, Given, Ordered, Weighed
from monitor.people import Author, Role
from tests.fakes.dose_hands import SetUp
from tests.fakes.rooms import dose_doors
from tests.fakes.views_rooms import FakeDoseRoom
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.dose_setup import DoseSetUpPresenter


def test_that_nothing_is_filled_in_beforehand() -> None:
    setup = SetUp()
    form = setup.room.form
    assert form is not None
    assert setup.room.lines == {}
    assert setup.room.chosen.get("how", "") == ""
    assert [f.hint for f in form.fields if f.key in ("per_kg_mg", "minutes")] == [
        "usual 0.5",
        "usual 40",
    ]


def test_that_the_order_is_the_prescribers_whoever_typed_it() -> None:
    setup = SetUp().order()
    order = setup.visit.overview.order
    assert order is not None
    assert (order.by.user, order.how) == ("ds", Given.WRITTEN)
    assert (order.per_kg_mg, order.minutes) == (Decimal("0.5"), Decimal(40))
    assert setup.presenter.here == "weight"


def test_that_a_wrong_password_leaves_no_order_and_is_typed_again() -> None:
    setup = SetUp().choose(how="written").type(per_kg_mg="0.5", minutes="40")
    setup.presenter.typed("password", "guess")
    setup.presenter.submit()
    assert setup.visit.overview.order is None
    assert setup.room.problem[0] == "password"
    assert setup.room.problem[1].startswith("That is not Dana Silva's password")
    assert setup.room.lines["password"] == ""


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "how", "Choose whether the order is written or verbal."),
        ({"how": "written"}, "per_kg_mg", "Nothing was typed for dose in mg/kg; type a value."),
    ],
)
def test_that_what_is_missing_is_named_beside_its_field(
    values: dict[str, str], field: str, sentence: str
) -> None:
    setup = SetUp().choose(**values)
    setup.presenter.submit()
    assert setup.room.problem == (field, sentence)
    assert setup.visit.overview.order is None


def test_that_a_dose_outside_the_protocol_is_refused_beside_its_field() -> None:
    setup = SetUp().order(per_kg="5")
    assert setup.room.problem[0] == "per_kg_mg"
    assert "0.1 to 1" in setup.room.problem[1]
    assert setup.visit.overview.order is None
    assert setup.room.working.verdict.startswith("5 mg/kg is outside the protocol")


def test_that_a_whole_dose_can_be_ordered_and_asks_no_body_weight_later() -> None:
    setup = SetUp().choose(by="mg", how="written").type(dose_mg="35", minutes="40")
    assert "per_kg_mg" in setup.room.hidden
    setup.type(password=PASSWORDS["ds"])
    setup.presenter.submit()
    setup.weigh().tray()
    assert "basis" in setup.room.hidden
    assert setup.room.line("Dose") == ("as ordered", "35 mg")
    setup.presenter.submit()
    assert setup.visit.overview.dose.prepared_mg == Decimal(35)


def test_that_a_weight_is_read_back_in_both_units_while_it_is_typed() -> None:
    setup = SetUp().order().type(weight="70")
    assert setup.room.notes["weight"] == "70 kg (154.3 lb)"
    setup.choose(unit="lb").type(weight="154")
    assert setup.room.notes["weight"] == "69.9 kg (154 lb)"
    assert setup.room.units["weight"] == "lb"
    assert setup.room.line("Dose") == ("69.9 kg × 0.5 mg/kg", "34.95 mg")


def test_that_a_comma_is_read_as_a_decimal_mark_and_read_back() -> None:
    setup = SetUp().order().type(weight="63,4")
    assert setup.room.notes["weight"] == "63.4 kg (139.8 lb)"


@pytest.mark.parametrize("typed", ["1,205", "1.205", "seventy", "0", "", "7O"])
def test_that_what_is_no_weight_is_refused_and_nothing_is_stored(typed: str) -> None:
    setup = SetUp().order().weigh(kg=typed)
    assert setup.visit.overview.weight is None
    assert setup.room.problem[0] == "weight"
    assert setup.room.problem[1].endswith(".")


def test_that_a_height_is_not_needed_and_the_basis_says_so() -> None:
    setup = SetUp().order().weigh(height="")
    offered = {each.value: each.offered for each in setup.room.options["basis"]}
    assert offered == {"actual": True, "ideal": False, "adjusted": False}
    assert setup.room.notes["basis"] == "Ideal and adjusted weight need the height."


def test_that_a_large_change_is_asked_about_with_the_old_value_beside_it() -> None:
    setup = SetUp().order().weigh("70", height="")
    setup.presenter.go("weight")
    setup.weigh("154", height="")
    unusual = setup.room.unusual
    assert unusual is not None
    assert unusual.right == "Yes, 154 kg (339.5 lb) is right"
    assert [side[:2] for side in unusual.sides] == [
        ("Earlier today", "70 kg (154.3 lb)"),
        ("Now", "154 kg (339.5 lb)"),
    ]
    weight = setup.visit.overview.weight
    assert weight is not None
    assert weight.kg == 70


def test_that_an_unusual_weight_is_kept_once_somebody_says_it_is_right() -> None:
    setup = SetUp().order().weigh("70", height="")
    setup.presenter.go("weight")
    setup.weigh("154", height="")
    setup.presenter.confirm_unusual()
    weight = setup.visit.overview.weight
    assert weight is not None
    assert weight.kg == 154
    kept = setup.visit.store.entries[-1].what
    assert isinstance(kept, Weighed)
    assert kept.confirmed == ("change",)
    assert setup.room.unusual is None
    assert setup.presenter.here == "dose"


def test_that_typing_on_withdraws_the_question() -> None:
    setup = SetUp().order().weigh("20", height="165")  # a BMI of 7
    assert setup.asks()
    setup.type(weight="70")
    assert not setup.asks()
    setup.presenter.confirm_unusual()
    assert setup.visit.overview.weight is None


def test_that_a_slip_of_the_hand_is_typed_again() -> None:
    setup = SetUp().order().weigh("20", height="165")
    setup.presenter.refuse_unusual()
    assert setup.room.unusual is None
    assert setup.room.problem == ("weight", "Type the weight again.")
    assert setup.visit.overview.weight is None


def test_that_the_three_bodies_stand_side_by_side_with_their_doses() -> None:
    setup = SetUp().order().weigh()
    assert [each.more for each in setup.room.options["basis"]] == [
        ("35 mg", "70 kg"),
        ("28.45 mg", "56.9 kg"),
        ("31.05 mg", "62.1 kg"),
    ]
    setup.tray().choose(basis="ideal")
    assert setup.room.line("Dose") == ("56.9 kg × 0.5 mg/kg", "28.45 mg")


def test_that_the_working_grows_as_it_is_typed() -> None:
    setup = SetUp()
    assert setup.room.line("Dose") == ("waits for the order", "")
    setup.order()
    assert setup.room.line("Dose") == ("0.5 mg/kg, waits for the weight", "")
    setup.weigh()
    assert setup.room.line("Dose") == ("70 kg × 0.5 mg/kg", "35 mg")
    setup.choose(strength="50")
    assert setup.room.line("Draw up") == ("35 mg ÷ 50 mg/mL", "0.7 mL")
    assert setup.rates() == []
    setup.tray()
    assert setup.room.line("Pump") == ("50 mL × 60 ÷ 40 min", "75 mL/h")
    assert setup.rates() == ["0.875 mg/min", "12.5 mcg/kg/min", "0.75 mg/kg/h"]
    assert setup.room.working.tone == "good"


def test_that_the_recorded_dose_is_the_one_that_was_shown_and_leads_to_the_check() -> None:
    setup = SetUp().order().weigh().tray()
    shown = [(each.name, each.result) for each in setup.room.working.lines]
    setup.presenter.submit()
    dose = setup.visit.overview.dose
    assert [(w.name, w.result) for w in dose.working if w.name != "Cross-check"] == shown
    assert dose.rate_ml_h == 75
    assert setup.presenter.here == "check"


def test_that_a_dose_is_not_recorded_while_something_is_missing() -> None:
    setup = SetUp().order().weigh()
    setup.presenter.submit()
    assert setup.room.problem == ("strength", "Choose the product's strength.")
    setup.choose(strength="50").type(volume_ml="50")
    setup.presenter.submit()
    assert setup.room.problem[0] == "volume_mode"
    assert setup.visit.overview.dose.calculated_mg is None
    assert setup.room.left == 0


def test_that_a_reason_for_the_body_weight_is_asked_above_the_trigger() -> None:
    setup = SetUp().order().weigh("110")
    assert "basis_reason" not in setup.room.hidden
    setup.tray()
    setup.presenter.submit()
    assert setup.room.problem[0] == "basis"
    setup.choose(basis="actual").submit()
    assert setup.room.problem[0] == "basis_reason"
    setup.type(basis_reason="as discussed")
    setup.presenter.submit()
    assert setup.visit.overview.dose.basis_reason == "as discussed"


def test_that_a_volume_too_small_for_the_drug_is_said_while_it_is_typed() -> None:
    setup = SetUp().order().weigh().tray(strength="10", volume="2")
    assert setup.room.working.tone == "alert"
    setup.presenter.submit()
    assert setup.room.problem[0] == "volume_ml"
    assert setup.visit.overview.dose.calculated_mg is None


def test_that_a_new_order_or_weight_asks_for_the_dose_again() -> None:
    setup = SetUp().order().weigh().tray()
    setup.presenter.submit()
    setup.presenter.go("weight")
    setup.weigh("72")
    assert setup.presenter.here == "dose"
    assert setup.visit.overview.dose.calculated_mg is None
    assert [each.name for each in setup.room.recorded] == ["Order", "Weight"]


def test_that_the_last_step_waits_for_those_before_it() -> None:
    setup = SetUp()
    setup.presenter.go("dose")
    assert setup.presenter.here == "order"
    setup.presenter.go("weight")
    assert setup.presenter.here == "weight"


def test_that_nothing_is_set_up_anew_after_the_start() -> None:
    setup = SetUp()
    setup.visit.started()
    setup.presenter.go("weight")
    assert setup.presenter.here == "order"
    assert "infusing" in setup.room.problem[1]


def test_that_what_others_write_shows_while_what_is_typed_stays() -> None:
    setup = SetUp().type(per_kg_mg="0.6", minutes="45")
    form = setup.room.form
    setup.visit.weighed("70")
    setup.presenter.on_entries()
    assert setup.room.form is form
    assert setup.room.line("Dose") == ("70 kg × 0.6 mg/kg", "42 mg")
    assert [each.name for each in setup.room.recorded] == ["Weight"]


def test_that_someone_who_may_not_is_told_so() -> None:
    auditor = Author("au", Role.AUDITOR, "Ada Unger")
    setup = SetUp(author=auditor).order().weigh()
    assert setup.visit.overview.weight is None
    assert "role of auditor" in setup.room.problem[1]


def test_that_esketamine_is_ordered_by_choice_and_worked_out_in_devices() -> None:
    setup = SetUp("esketamine").choose(how="written", dose_mg="84")
    assert setup.room.line("Devices") == ("84 mg ÷ 28 mg per device", "3 devices")
    assert setup.room.line("Rests") == ("2 × 5 min between devices", "10 min")
    assert setup.room.line("Device 3") == ("not before 5 min after device 2", "28 mg")
    setup.type(password=PASSWORDS["ds"])
    setup.presenter.submit()
    assert setup.visit.overview.devices_ordered == 3
    assert setup.presenter.here == "devices"
    setup.submit()
    assert setup.presenter.here == "check"
    setup.press("skip")
    assert setup.room.left == 1


def test_that_esketamine_has_no_step_for_the_weight() -> None:
    setup = SetUp("esketamine")
    assert [each.key for each in setup.room.steps] == [
        "order",
        "devices",
        "check",
        "vitals",
        "start",
    ]
    setup.presenter.go("weight")
    assert setup.presenter.here == "order"


def test_that_no_esketamine_dose_is_chosen_beforehand() -> None:
    setup = SetUp("esketamine").choose(how="written").type(password=PASSWORDS["ds"])
    setup.presenter.submit()
    assert setup.room.problem == ("dose_mg", "Choose the dose.")
    assert not any(isinstance(each.what, Ordered) for each in setup.visit.store.entries)


def test_that_the_banner_names_patient_and_protocol() -> None:
    setup = SetUp().order().weigh()
    assert setup.room.banner.patient[0] == "Nowak, Anna"
    assert "70 kg today" in setup.room.banner.patient[1]
    assert setup.room.protocol == "IV ketamine, 40 minutes, version 3, approved by Dana Silva"


def test_that_a_closed_session_is_not_set_up_anew() -> None:
    setup = SetUp()
    setup.visit.do(Cancel(reason="felt unwell"))
    setup.presenter.go("weight")
    assert setup.presenter.here == "order"
    assert setup.room.problem[1]


def test_that_without_a_prescriber_it_says_who_helps() -> None:
    visit = Visit()
    doors = dataclasses.replace(dose_doors(visit), accounts=lambda: ())
    room = FakeDoseRoom()
    DoseSetUpPresenter(room, doors).begin()
    assert "administrator" in room.notes["prescriber"]


def test_that_the_chosen_body_weight_is_the_one_that_is_recorded() -> None:
    setup = SetUp().order().weigh().tray().choose(basis="adjusted")
    setup.presenter.submit()
    dose = setup.visit.overview.dose
    assert dose.basis is Basis.ADJUSTED
    assert dose.calculated_mg == Decimal("31.05")
