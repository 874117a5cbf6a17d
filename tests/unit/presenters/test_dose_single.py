"""Doses given in one go, in the dose set-up: injected, swallowed, pushed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import PASSWORDS


def keys(setup: SetUp) -> list[str]:
    return [each.key for each in setup.room.steps]


def test_that_an_injection_goes_from_the_order_to_the_syringe() -> None:
    setup = SetUp("im-ketamine").order(minutes="").weigh("70", height="")
    assert keys(setup)[:5] == ["order", "weight", "dose", "check", "prepare"]
    assert "syringe_ml" in setup.room.hidden
    setup.choose(product="ketamine-50")
    assert setup.room.notes["product"] == "ketamine 50 mg/mL, 10 mL vials"
    assert setup.room.line("Draw up") == ("35 mg ÷ 50 mg/mL", "0.7 mL")
    setup.choose(syringe_ml="3")
    assert setup.room.line("Syringe") == ("3 mL, marks of 0.1 mL", "0.7 mL")
    setup.submit()
    dose = setup.visit.overview.dose
    made = (dose.drawn_ml, dose.syringe_ml, dose.prepared_mg)
    assert made == (Decimal("0.7"), Decimal(3), Decimal(35))
    assert setup.recorded()["Dose"] == "covered"
    setup.choose(checker="ds").type(password=PASSWORDS["ds"])
    setup.type(weight_kg="70", strength_mg_per_ml="50", drawn_ml="0.7").submit()
    assert setup.room.check is not None
    assert setup.room.check.same
    assert setup.recorded()["Dose"] == "35 mg in 0.7 mL"


def test_that_a_whole_dose_needs_no_weight_unless_somebody_weighs_all_the_same() -> None:
    setup = SetUp("oral-ketamine").order_mg("110")
    assert keys(setup)[:4] == ["order", "dose", "check", "prepare"]
    assert setup.recorded()["Weight"] == "not taken"
    assert "basis" in setup.room.hidden
    setup.go("weight").weigh("70", height="")
    assert setup.recorded()["Weight"] == "70 kg (154.3 lb)"
    assert setup.presenter.here == "dose"


def test_that_pieces_are_counted_out_in_their_parts() -> None:
    setup = SetUp("oral-ketamine").order_mg("110").choose(product="ketamine-tablet-50")
    assert setup.room.line("Pieces") == ("110 mg ÷ 50 mg in each", "2.2 pieces")
    assert setup.room.line("Prepared") == ("2 × 50 mg", "100 mg")
    assert "syringe_ml" in setup.room.hidden
    setup.submit()
    assert setup.visit.overview.dose.pieces == 2
    setup.choose(checker="ds").type(dose_mg="110", pieces="2", password=PASSWORDS["ds"]).submit()
    assert setup.room.check is not None
    assert setup.room.check.same
    setup.press("on").type(lot="T1", expiry="2027-08", pieces="2")
    assert setup.room.notes["pieces"] == "2 × 50 mg = 100 mg"
    setup.submit()
    assert [p.pieces for p in setup.visit.overview.dose.preparations] == [2]
    assert setup.room.left == 1


def test_that_a_dose_that_no_piece_comes_to_is_said_while_it_is_chosen() -> None:
    setup = SetUp("sublingual-ketamine").choose(by="kg").order("0.5", minutes="")
    setup.weigh("40", height="").choose(product="ketamine-lozenge-100")
    assert setup.room.working.tone == "alert"
    before = setup.entries()
    setup.submit()
    assert setup.room.problem[0] == "product"
    assert setup.entries() == before


def test_that_a_product_is_chosen_by_hand() -> None:
    setup = SetUp("rectal-ketamine").order_mg("50")
    setup.submit()
    assert setup.room.problem == ("product", "Choose the product.")


def test_that_a_push_says_over_how_long_and_has_no_pump() -> None:
    setup = SetUp("iv-push-ed").order("0.2", minutes="2").weigh("70", height="")
    setup.tray(strength="10", volume="10")
    assert setup.room.line("Push") == ("10 mL over 2 min: 14 mg ÷ 2 min", "7 mg/min")
    setup.submit()
    assert setup.room.form is not None
    assert "rate_ml_h" not in {field.key for field in setup.room.form.fields}
    setup.choose(checker="ds", volume_mode="replaces").type(password=PASSWORDS["ds"])
    setup.type(weight_kg="70", strength_mg_per_ml="10", volume_ml="10", drawn_ml="1.4").submit()
    assert setup.room.check is not None
    assert setup.room.check.same
    assert setup.recorded()["Dose"] == "14 mg in 10 mL over 2 min"


def test_that_a_strength_that_must_be_diluted_says_how_far() -> None:
    setup = SetUp().order().weigh().tray(strength="100", volume="0.5")
    assert setup.room.working.tone == "alert"
    assert "0.7 mL" in setup.room.working.verdict
    setup.submit()
    assert setup.room.problem[0] == "volume_ml"
    assert setup.visit.overview.dose.calculated_mg is None


@pytest.mark.parametrize(
    ("protocol", "first"),
    [
        ("im-ketamine", "kg"),
        ("sc-ketamine", "kg"),
        ("oral-ketamine", "kg"),
        ("sublingual-ketamine", "kg"),
        ("nasal-ketamine", "mg"),
        ("rectal-ketamine", "mg"),
    ],
)
def test_that_an_order_is_asked_for_as_the_protocol_bounds_it(protocol: str, first: str) -> None:
    setup = SetUp(protocol)
    shown = {"per_kg_mg", "dose_mg"} - setup.room.hidden
    assert setup.room.form is not None
    shown &= {field.key for field in setup.room.form.fields}
    assert shown == {"per_kg_mg" if first == "kg" else "dose_mg"}
