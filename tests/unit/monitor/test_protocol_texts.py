"""Texts of protocols: the ones of earlier versions, and those with a mistake in them."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from monitor import protocols
from monitor.errors import Code, InputError
from monitor.protocols.protocol import Form, InfusionDose, Product, Protocol, SecondPerson, Way
from monitor.vitals import FULL_SET, Sign

DRAFTS = {draft.id: draft for draft in protocols.shipped()}

KEPT = Path(__file__).parents[2] / "data" / "protocols"

FIRST = ("iv-ketamine-40", "esketamine")


def first(name: str) -> Protocol:
    """Return a protocol in its version 1, which clinics have approved."""
    return protocols.parse((KEPT / f"{name}.v1.toml").read_text(encoding="utf-8"))


# --- the first versions ---------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.toml")), ids=lambda path: path.stem)
def test_that_a_version_that_was_approved_is_read_as_it_always_was(path: Path) -> None:
    then = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = protocols.parse(path.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(dataclasses.asdict(read), default=written))
    held = [then["dose"].pop(f"hold_above_{part}", None) for part in ("systolic", "diastolic")]
    assert held == ([read.hold.systolic, read.hold.diastolic] if read.hold else [None, None])
    assert figures(now) >= figures(then)
    assert told(then, now) == then


def test_that_every_version_before_those_that_are_shipped_is_kept() -> None:
    earlier = {f"{d.id}.v{n}" for d in DRAFTS.values() for n in range(1, d.version)}
    assert {path.stem for path in KEPT.glob("*.toml")} == earlier


def figures(said: dict[str, Any]) -> set[tuple[str, ...]]:
    """Take out the numbers as whoever approves sees them; their order is no part of them."""
    return {tuple(sorted(figure.items())) for figure in said.pop("figures", ())}


def told(then: object, now: object) -> object:
    """Return of what is read now only what was there to be read then."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: told(then[key], now[key]) for key in then}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [told(*pair) for pair in zip(then, now, strict=True)]
    return now


def written(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def test_that_what_an_approved_version_does_not_say_is_no_rule_of_it() -> None:
    for name in FIRST:
        draft = first(name)
        assert (draft.youngest_years, draft.overridable) == (None, frozenset())
        assert draft.second_person is SecondPerson.NONE
        assert draft.dose.weight_hours is None
    assert first("esketamine").products == ()
    assert (first("esketamine").way, first("iv-ketamine-40").way) == (Way.DEVICES, Way.PUMP)


def test_that_an_approved_versions_strengths_are_its_products() -> None:
    draft = first("iv-ketamine-40")
    assert isinstance(draft.dose, InfusionDose)
    assert not draft.dose.outside_with_reason
    assert [product.id for product in draft.products] == [
        "ketamine-10",
        "ketamine-50",
        "ketamine-100",
    ]
    assert draft.product("ketamine-100") == Product(
        "ketamine-100", "ketamine 100 mg/mL", Form.SOLUTION, strength=Decimal(100)
    )


def test_that_a_slot_asks_for_the_signs_that_its_protocol_names() -> None:
    asked = 'required = { value = ["bp", "sedation"], source = "the clinic" }\n'
    text = DRAFTS["esketamine"].content.replace(
        'anchor = "closing"\n', f'anchor = "closing"\n{asked}'
    )
    rules = {rule.name: rule.required for rule in protocols.parse(text).slots}
    assert rules["closing"] == {Sign.BP, Sign.SEDATION}
    assert rules["40"] == FULL_SET
    said = {figure.name: figure.value for figure in protocols.parse(text).figures}
    assert said["Vitals closing: asks for"] == "BP; sedation (MOAA/S)"


# --- mistakes -------------------------------------------------------------------------------


def refused(text: str) -> str:
    """Return what is named as wrong with a text that must be refused."""
    with pytest.raises(InputError) as caught:
        protocols.parse(text)
    assert caught.value.code is Code.NOT_UNDERSTOOD
    assert caught.value.facts.keys() == {"field", "token"}
    return str(caught.value.facts["token"])


def changed(name: str, old: str, new: str) -> str:
    text = DRAFTS[name].content
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "esketamine"', "", "id"),
        ("wait_minutes", "wait_hours", "wait_minutes"),
        ('kind = "devices"', 'kind = "pills"', "dose.kind"),
        ('sign = "spo2"', 'sign = "mood"', "mood"),
        ('title = "', "title = ", "line"),
        ("value = 5, unit", "value = -5, unit", "wait_minutes = -5"),
        ("value = 5, unit", "value = 5.5, unit", "wait_minutes = 5.5"),
        ("value = 5, unit", "value = true, unit", "wait_minutes = True"),
        ("value = 5, unit", "value = [5, 6], unit", "wait_minutes"),
        ("value = 5, unit", "value = [], unit", "wait_minutes"),
        ("value = 5, unit", "number = 5, unit", "wait_minutes.value"),
        ('value = "28"', 'value = "nan"', "device_mg = nan"),
        ('value = "28"', 'value = "0"', "device_mg = 0"),
        ("wait_minutes = {", "wait_minutes = 5\nold_wait = {", "wait_minutes = 5"),
        ("version = 3", 'version = "one"', "version = one"),
        ("value = [60, 90]", "value = [60]", "minutes = [60]"),
        ('anchor = "closing"', 'anchor = "noon"', "anchor = noon"),
        ('id = "bp-high"', "id = 7", "id = 7"),
        ("cosign = false", 'cosign = "false"', "same_person_may_cosign = false"),
        ("checklist = [", 'checklist = ["oriented"]\nformer = [', "checklist = oriented"),
        ("[[limits]]", "[limits]", "line"),
        ("[[schedule.slots]]", "[schedule.slots]", "line"),
        (', source = "common clinic practice; the clinic\'s to approve" }', " }", "source"),
    ],
)
def test_that_a_malformed_protocol_names_what_is_wrong(old: str, new: str, named: str) -> None:
    assert named in refused(changed("esketamine", old, new))


@pytest.mark.parametrize(
    ("sign", "typed", "read"),
    [
        ("temperature", "38.50", Decimal("38.5")),
        ("oxygen", '"0.5"', Decimal("0.5")),
        ("temperature", "38", 38),
    ],
)
def test_that_what_is_measured_with_decimals_is_bounded_with_them(
    sign: str, typed: str, read: Decimal | int
) -> None:
    rule = f'sign = "{sign}"\nabove = {{ value = {typed}, unit = "as typed", source = "x" }}'
    text = f'{DRAFTS["esketamine"].content}\n[[limits]]\nid = "odd"\n{rule}\n'
    found = protocols.parse(text).limits[-1].above
    assert repr(found) == repr(read)


def test_that_a_misspelt_limit_is_refused_rather_than_forgotten() -> None:
    text = changed("esketamine", "\nabove_diastolic", "\nabove_diastolc")
    assert refused(text) == "above_diastolc"


def test_that_a_list_of_limits_that_is_no_list_is_refused() -> None:
    head, _, rest = DRAFTS["esketamine"].content.partition("[[limits]]")
    _, _, tail = rest.partition("[door]")
    assert refused(f'limits = "none"\n{head}[door]{tail}') == "limits = none"


SLOT = """
[[schedule.slots]]
name = "30"
anchor = "start"
before = { value = 3, unit = "min", source = "none" }
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        # bounds in the wrong order
        ("im-ketamine", 'most = { value = "1"', 'most = { value = "0.1"', "per_kg_most = 0.1"),
        ("im-ketamine", 'usual = { value = "0.5"', 'usual = { value = "5"', "per_kg_usual = 5"),
        (
            "iv-push-ed",
            'least = { value = "1", unit = "min"',
            'least = { value = "9", unit = "min"',
            "minutes_least = 9, minutes_usual = 2",
        ),
        ("oral-ketamine", 'mg_most = { value = "300"', 'mg_most = { value = "5"', "mg_most = 5"),
        ("oral-ketamine", 'bmi_most = { value = "50"', 'bmi_most = { value = "5"', "bmi_most = 5"),
        (
            "iv-push-ed",
            "below = { value = 94",
            'above = { value = 90, unit = "%", source = "x" }\nbelow = { value = 94',
            "limits.spo2-low",
        ),
        # the same twice
        ("iv-ketamine-40", 'id = "ketamine-50"', 'id = "ketamine-10"', "ketamine-10: stands twice"),
        ("iv-ketamine-40", "\n[[limits]]", SLOT + "\n[[limits]]", "30: stands twice"),
        ("iv-ketamine-40", 'id = "spo2-low"', 'id = "bp-high"', "bp-high: stands twice"),
        ("esketamine-eu", '["28", "56", "84"]', '["28", "56", "56"]', "56: stands twice"),
        # products that cannot be measured, or not be given so
        ("iv-ketamine-40", 'strength = { value = "10"', 'piece_mg = { value = "10"', "strength"),
        ("oral-ketamine", 'piece_mg = { value = "25"', 'strength = { value = "25"', "piece_mg"),
        ("oral-ketamine", 'part = { value = "0.5"', 'part = { value = "1.5"', "part = 1.5"),
        (
            "iv-ketamine-40",
            'dilute_parts = { value = "2"',
            'dilute_parts = { value = "1"',
            "dilute_parts = 1",
        ),
        ("iv-ketamine-40", 'form = "solution"', 'form = "powder"', "form = powder"),
        ("esketamine", 'piece_mg = { value = "28"', 'piece_mg = { value = "30"', "piece_mg = 30"),
        ("esketamine", 'form = "device"', 'form = "piece"', "products.form = piece"),
        (
            "im-ketamine",
            "\n[people]",
            '\ndilute_parts = { value = "2", unit = "times the draw", source = "x" }\n[people]',
            "dilute_parts",
        ),
        (
            "iv-ketamine-40",
            "volumes_ml",
            'strengths = { value = ["10"], unit = "mg/mL", source = "x" }\nvolumes_ml',
            "strengths",
        ),
        # rules that would be lost
        ("iv-ketamine-40", "\nbelow = ", "\nunder = ", "limits.bp-low"),
        ("iv-ketamine-40", "\nwithin = ", "\nafter = ", "limits.bp-repeated: times and within"),
        ("iv-ketamine-40", "times = { value = 2", "times = { value = 1", "limits.bp-repeated"),
        ("iv-ketamine-40", "\nsustained =", "\nabove_diastolic =", "limits.hr-sustained"),
        ("iv-ketamine-40", "\nrise = { value = 40", "\nrise = { value = 0", "bp-rise.rise = 0"),
        ("iv-ketamine-40", "within = { value = 15", "within = { value = 0", "repeated.within = 0"),
        (
            "iv-ketamine-40",
            "sustained = { value = 5",
            "sustained = { value = 0",
            "limits.hr-sustained.sustained = 0",
        ),
        (
            "iv-ketamine-40",
            'id = "bp-before-leaving"\n',
            'id = "bp-before-leaving"\nsustained = { value = 5, unit = "min", source = "none" }\n',
            "door.limits.bp-before-leaving.sustained",
        ),
        (
            "iv-ketamine-40",
            'id = "bp-before-leaving"\n',
            'id = "bp-before-leaving"\ntimes = { value = 2, unit = "times", source = "none" }\n',
            "door.limits.bp-before-leaving.times",
        ),
        ("iv-ketamine-40", "above = { value = 150", "above = { value = 150.5", "above = 150.5"),
        ("iv-ketamine-40", "\nsustained =", "\nfall_percent_diastolic =", "hr-sustained"),
        (
            "iv-ketamine-40",
            "rise_diastolic = { value = 25",
            "fall_percent_diastolic = { value = 0",
            "bp-rise.fall_percent_diastolic = 0",
        ),
        (
            "iv-ketamine-40",
            'id = "bp-high"\n',
            'id = "bp-high"\nbelow_diastolic = { value = 111, unit = "mmHg", source = "x" }\n',
            "limits.bp-high",
        ),
        ("iv-ketamine-40", "\nsystolic =", "\nupper =", "systolic"),
        ("esketamine-eu", "\nolder_years =", "\nolder =", "hold.older_years"),
        ("esketamine", "checklist = { value = true", "checklist = { value = 1", "checklist = 1"),
        (
            "esketamine",
            'anchor = "closing"\n',
            'anchor = "closing"\nrequired = { value = ["mood"], source = "none" }\n',
            "required = mood",
        ),
        ("iv-push-ed", "by_hand = true", "by_hnad = true", "by_hnad"),
        ("iv-push-ed", "by_hand = true", 'by_hand = "true"', "by_hand = true"),
        ("im-ketamine", "sites = [", "places = [", "places"),
        ("iv-ketamine-40", "[check]", "[cheks]", "second_person"),
        ("iv-ketamine-40", 'value = "required"', 'value = "maybe"', "second_person = maybe"),
        ("iv-ketamine-40", "weight_hours", "weight_days", "weight_days"),
        ("iv-ketamine-40", '"check-missing"', '"same-person"', "codes = same-person"),
        (
            "iv-ketamine-40",
            "reason = { value = false",
            'reason = { value = "no"',
            "outside_with_reason = no",
        ),
        (
            "iv-ketamine-40",
            "youngest_years = { value = 18",
            "youngest_years = { value = 17.5",
            "youngest_years = 17.5",
        ),
        ("esketamine-eu", "low_start_mg", "low_mg", "low_start_mg = None"),
        (
            "esketamine-eu",
            'low_start_mg = { value = "28"',
            'low_start_mg = { value = "14"',
            "low_start_mg = 14",
        ),
        ("esketamine-eu", '["28", "56", "84"]', '["28", "56", "80"]', "80: no whole devices"),
        ("iv-ketamine-40", 'anchor = "baseline"', 'anchor = "start"', "one baseline is wanted"),
        ("rectal-ketamine", "mg_least", "least_mg", "mg_least"),
        ("iv-push-ed", "title = ", 'title = " "\nold_title = ', "title ="),
    ],
)
def test_that_a_rule_that_cannot_hold_is_refused_with_its_key(
    name: str, old: str, new: str, named: str
) -> None:
    assert named in refused(changed(name, old, new))


def test_that_a_single_dose_needs_bounds_and_a_product() -> None:
    text = DRAFTS["rectal-ketamine"].content
    unbounded = [line for line in text.splitlines() if not line.startswith("mg_")]
    assert refused("\n".join(unbounded)) == "mg_least"
    head, _, rest = text.partition("[[products]]")
    assert refused(head + rest[rest.index("[people]") :]) == "products"
