"""Protocols as data."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from monitor import protocols
from monitor.errors import Code, InputError
from monitor.protocols.protocol import Anchor, DeviceDose, InfusionDose, Protocol

DRAFTS = {draft.id: draft for draft in protocols.shipped()}


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
        ("version = 1", 'version = "one"', "version = one"),
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
    text = DRAFTS["esketamine"].content
    assert old in text
    with pytest.raises(InputError) as caught:
        protocols.parse(text.replace(old, new, 1))
    assert caught.value.code is Code.NOT_UNDERSTOOD
    assert named in str(caught.value.facts["token"])


def test_that_a_misspelt_limit_is_refused_rather_than_forgotten() -> None:
    text = DRAFTS["esketamine"].content
    with pytest.raises(InputError) as caught:
        protocols.parse(text.replace("\nabove_diastolic", "\nabove_diastolc"))
    assert caught.value.facts == {"field": "protocol", "token": "above_diastolc"}


def test_that_a_list_of_limits_that_is_no_list_is_refused() -> None:
    text = DRAFTS["esketamine"].content
    head, _, rest = text.partition("[[limits]]")
    _, _, tail = rest.partition("[door]")
    with pytest.raises(InputError) as caught:
        protocols.parse(f'limits = "none"\n{head}[door]{tail}')
    assert caught.value.facts == {"field": "protocol", "token": "limits = none"}


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
    assert (dose.hold_above_systolic, dose.hold_above_diastolic) == (140, 90)


def numbers(*values: Decimal) -> str:
    return " ".join(map(str, values))
