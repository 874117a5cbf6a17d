"""Protocols as data."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from monitor import protocols
from monitor.errors import Code, InputError
from monitor.protocols.protocol import Anchor, DeviceDose, Protocol

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
