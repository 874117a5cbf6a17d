"""Protocols as data."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from monitor import protocols
from monitor.protocols.loading import LIFTED, SHIPPED
from monitor.protocols.protocol import (
    Anchor,
    DeviceDose,
    Form,
    InfusionDose,
    Protocol,
    SecondPerson,
    SingleDose,
    Way,
)
from monitor.vitals import Sign

DRAFTS = {draft.id: draft for draft in protocols.shipped()}

VERSIONS = {name: 3 if name in ("iv-ketamine-40", "esketamine") else 2 for name in SHIPPED}
"""Of the drafts that are shipped; what came before stands in `tests/data/protocols`."""


def test_that_the_drafts_are_offered_in_their_order_one_for_each_route() -> None:
    assert tuple(DRAFTS) == SHIPPED
    assert [(draft.route, draft.way) for draft in DRAFTS.values()] == [
        ("iv", Way.PUMP),
        ("iv", Way.PUSH),
        *((route, Way.SINGLE) for route in ("im", "sc", "oral", "sublingual", "nasal", "rectal")),
        ("nasal", Way.DEVICES),
        ("nasal", Way.DEVICES),
    ]
    assert {draft.id: draft.version for draft in DRAFTS.values()} == VERSIONS
    assert len({draft.title for draft in DRAFTS.values()}) == len(DRAFTS)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_every_number_of_a_draft_is_shown_with_its_source(draft: Protocol) -> None:
    numbers = len(re.findall(r"\bvalue = ", draft.content))
    assert len(draft.figures) == numbers > 20
    assert all(figure.source and figure.value for figure in draft.figures)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_no_number_stands_outside_a_sourced_value(draft: Protocol) -> None:
    bare = [
        line
        for line in draft.content.splitlines()
        if re.match(r"\s*[a-z_]+ = [0-9]", line) and not line.startswith("version")
    ]
    assert bare == []


def test_that_the_infusion_draft_is_the_one_that_was_agreed() -> None:
    draft = DRAFTS["iv-ketamine-40"]
    windows = {rule.name: (rule.minutes, rule.before, rule.after) for rule in draft.slots}
    assert windows == {
        "baseline": (0, 30, 0),
        **{str(m): (m, 3, 3) for m in (10, 20, 30, 40)},
        **{f"+{m}": (m, 5, 5) for m in (15, 30, 45, 60)},
    }
    assert (draft.door.anchor, draft.door.minutes) == (Anchor.END, 60)
    assert (draft.door.spo2_least, draft.door.resp_least) == (94, 10)
    pressure, oxygen = draft.limit("bp-high"), draft.limit("spo2-low")
    assert pressure is not None
    assert oxygen is not None
    assert (pressure.above, pressure.above_diastolic, oxygen.below) == (180, 110, 94)


def test_that_the_esketamine_draft_is_the_one_that_was_agreed() -> None:
    draft = DRAFTS["esketamine"]
    windows = {rule.name: (rule.minutes, rule.before, rule.after) for rule in draft.slots}
    assert windows == {
        "baseline": (0, 30, 0),
        "40": (40, 10, 10),
        "60": (60, 5, 5),
        "90": (90, 5, 5),
        "closing": (120, 15, 0),
    }
    assert (draft.door.anchor, draft.door.minutes) == (Anchor.LAST_DEVICE, 120)
    assert isinstance(draft.dose, DeviceDose)
    assert draft.dose.doses_mg == (Decimal(56), Decimal(84))
    assert draft.jurisdiction == "US"


def test_that_a_changed_number_is_another_protocol() -> None:
    draft = DRAFTS["esketamine"]
    changed = protocols.parse(draft.content.replace("value = 120", "value = 90"))
    assert changed.hash != draft.hash
    assert changed.door.minutes == 90


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_a_pick_list_holds_single_words_without_a_dose(draft: Protocol) -> None:
    words = (*draft.effects, *draft.drugs)
    assert all(re.fullmatch(r"[a-z]+", word) for word in words)
    assert len(set(words)) == len(words)


def test_that_the_agreed_numbers_of_an_infusion_stand_in_its_draft() -> None:
    dose = DRAFTS["iv-ketamine-40"].dose
    assert isinstance(dose, InfusionDose)
    per_kg = (dose.per_kg_least, dose.per_kg_usual, dose.per_kg_most)
    assert numbers(*per_kg) == "0.1 0.5 1"
    assert numbers(dose.minutes_usual, dose.cap_mg, dose.deviation_percent) == "40 100 5"
    assert numbers(*dose.strengths) == "10 50 100"
    assert numbers(*dose.volumes_ml) == "50 100 250"
    asked = (dose.bmi_reason_above, dose.bmi_least, dose.bmi_most, dose.weight_change_percent)
    assert numbers(*asked) == "30 15 50 10"
    assert DRAFTS["iv-ketamine-40"].repeat_minutes == 10


def test_that_the_agreed_numbers_of_a_device_stand_in_its_draft() -> None:
    dose = DRAFTS["esketamine"].dose
    assert isinstance(dose, DeviceDose)
    assert numbers(dose.device_mg, *dose.doses_mg) == "28 56 84"
    assert (dose.wait_minutes, dose.sprays) == (5, 2)
    assert numbers(*dose.reason_doses_mg) == "28"
    assert (dose.low_start_mg, dose.low_start_ancestry, dose.step_mg) == (None, False, None)


def test_that_the_pressure_before_the_dose_is_the_labels_and_goes_by_age_where_it_says_so() -> None:
    held = {name: draft.hold for name, draft in DRAFTS.items()}
    assert {hold.at_age(64) for name, hold in held.items() if hold and "esk" in name} == {(140, 90)}
    eu, us = held["esketamine-eu"], held["esketamine"]
    assert eu is not None
    assert us is not None
    assert (eu.at_age(65), us.at_age(65)) == ((150, 90), (140, 90))
    assert all(held.values())


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_every_draft_watches_each_sign_that_the_sheet_is_about(draft: Protocol) -> None:
    assert {limit.sign.value for limit in draft.limits} == {
        *("bp", "heart_rate", "spo2", "resp", "sedation", "dissociation")
    }
    first = {limit.sign: limit.id for limit in reversed(draft.limits)}
    assert first[Sign.BP] == "bp-high"
    assert [limit.id for limit in draft.limits if limit.times > 1] == ["bp-repeated"]
    assert [limit.id for limit in draft.limits if limit.sustained_minutes] == ["hr-sustained"]


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_the_door_asks_for_the_checklist_and_for_somebody_who_goes_along(
    draft: Protocol,
) -> None:
    assert draft.door.checklist
    assert draft.door.escort == (draft.id != "iv-push-ed")
    assert [limit.sign for limit in draft.door.limits] == [Sign.BP, Sign.HEART_RATE]


def test_that_by_eu_rules_some_start_low_and_doses_go_in_steps() -> None:
    dose = DRAFTS["esketamine-eu"].dose
    assert isinstance(dose, DeviceDose)
    assert numbers(*dose.doses_mg) == "28 56 84"
    assert (dose.low_start_mg, dose.low_start_years) == (Decimal(28), 65)
    assert (dose.low_start_ancestry, dose.step_mg) == (True, Decimal(28))
    assert dose.reason_doses_mg == ()


def test_that_the_agreed_numbers_of_a_push_stand_in_its_draft() -> None:
    dose = DRAFTS["iv-push-ed"].dose
    assert isinstance(dose, InfusionDose)
    per_kg = (dose.per_kg_least, dose.per_kg_usual, dose.per_kg_most)
    assert numbers(*per_kg, dose.cap_mg) == "0.1 0.2 0.3 25"
    assert numbers(dose.minutes_least, dose.minutes_usual, dose.minutes_most) == "1 2 2"
    due = [rule.minutes for rule in DRAFTS["iv-push-ed"].slots if rule.anchor is Anchor.END]
    assert due == [5, 15, 30, 45, 60]


@pytest.mark.parametrize(
    ("name", "per_kg", "in_mg", "cap", "minutes"),
    [
        ("im-ketamine", "0.5 1", "", "100", 90),
        ("sc-ketamine", "0.1 0.5", "", "100", 90),
        ("oral-ketamine", "0.25 7", "50 300", "300", 120),
        ("sublingual-ketamine", "0.5 1.5", "100 200", "200", 120),
        ("nasal-ketamine", "", "10 50", "", 120),
        ("rectal-ketamine", "", "50 100", "", 120),
    ],
)
def test_that_the_agreed_bounds_of_a_single_dose_stand_in_its_draft(
    name: str, per_kg: str, in_mg: str, cap: str, minutes: int
) -> None:
    draft = DRAFTS[name]
    dose = draft.dose
    assert isinstance(dose, SingleDose)
    assert numbers(dose.per_kg_least, dose.per_kg_most) == per_kg
    assert numbers(dose.mg_least, dose.mg_most) == in_mg
    assert numbers(dose.cap_mg) == cap
    assert (draft.door.anchor, draft.door.minutes) == (Anchor.END, minutes)
    assert {rule.anchor for rule in draft.slots} == {Anchor.BASELINE, Anchor.END}
    assert max(rule.minutes for rule in draft.slots) == minutes


def test_that_where_nothing_was_published_the_bounds_are_called_placeholders() -> None:
    draft = DRAFTS["rectal-ketamine"]
    bounds = [figure for figure in draft.figures if "ordered in mg" in figure.name]
    assert len(bounds) == 2
    assert all(figure.source.startswith("placeholder: no published") for figure in bounds)
    assert "placeholder" in draft.label


def test_that_injections_need_a_second_person_and_other_routes_ask_for_one() -> None:
    needed = {name for name, d in DRAFTS.items() if d.second_person is SecondPerson.REQUIRED}
    assert needed == {"iv-ketamine-40", "iv-push-ed", "im-ketamine", "sc-ketamine"}
    others = {d.second_person for name, d in DRAFTS.items() if name not in needed}
    assert others == {SecondPerson.ASKED}


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_no_draft_treats_a_minor_or_hides_what_is_unaccounted(draft: Protocol) -> None:
    assert draft.youngest_years == 18
    assert {"slot-overdue", "alert-open", "unaccounted"} <= draft.blocking
    assert ("overrun" in draft.blocking) == (draft.way is Way.PUMP)
    measured = {"deviation", "vial-open"} & draft.blocking
    assert len(measured) == (0 if draft.way is Way.DEVICES else 2)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_a_prescribers_reason_lifts_only_what_the_draft_can_refuse(draft: Protocol) -> None:
    by_device = draft.way is Way.DEVICES
    capped = not by_device and getattr(draft.dose, "cap_mg", None) is not None
    assert draft.overridable == {
        "check-missing",
        "baseline-missing",
        "pre-dose-hold",
        "door-closed",
        *(["too-early"] if by_device else []),
        *(["too-much"] if capped else []),
    }
    assert draft.overridable <= set(LIFTED)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=lambda draft: draft.id)
def test_that_every_product_is_found_by_its_id_and_says_how_it_is_measured(draft: Protocol) -> None:
    assert draft.products
    for product in draft.products:
        assert draft.product(product.id) is product
        assert product.id.startswith(f"{draft.drug}-")
        measured = product.form is Form.SOLUTION
        assert (product.strength is not None, product.piece_mg is None) == (measured, measured)
        assert bool(product.vials_ml) == measured
    assert draft.product("ketamine-5") is None


def test_that_100_mg_in_a_ml_is_diluted_wherever_it_goes_into_a_vein() -> None:
    found = {name: draft.product("ketamine-100") for name, draft in DRAFTS.items()}
    parts = {name: product.dilute_parts for name, product in found.items() if product}
    assert parts == {
        "iv-ketamine-40": Decimal(2),
        "iv-push-ed": Decimal(2),
        "im-ketamine": None,
        "nasal-ketamine": None,
    }


def test_that_the_vials_are_those_of_the_handbook() -> None:
    sizes = {p.id: numbers(*p.vials_ml) for p in DRAFTS["iv-ketamine-40"].products}
    assert sizes == {"ketamine-10": "20", "ketamine-50": "10", "ketamine-100": "5 10"}
    dose = DRAFTS["iv-ketamine-40"].dose
    assert isinstance(dose, InfusionDose)
    assert numbers(*dose.strengths) == "10 50 100"


def test_that_a_weight_older_than_a_day_is_asked_about_where_it_makes_the_dose() -> None:
    hours = {name: draft.dose.weight_hours for name, draft in DRAFTS.items()}
    assert {name for name, value in hours.items() if value is None} == {
        "esketamine",
        "esketamine-eu",
    }
    assert {value for value in hours.values() if value is not None} == {Decimal(24)}


def numbers(*values: Decimal | None) -> str:
    return " ".join(str(value) for value in values if value is not None)
