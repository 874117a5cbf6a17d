"""The summary says what the overview says, in plain values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from monitor.dose_view import DoseView
from monitor.overview import SessionOverview
from monitor.rehearsal.player import Outcome
from monitor.rehearsal.summary import Played, summarise
from tests.fakes.overviews import draft, esketamine, ketamine

AT = dt.datetime(2026, 3, 2, 9, 48, 30, tzinfo=dt.UTC)
ACTS = [(Outcome(1, "order", AT), AT), (Outcome(2, "sign", AT, "gaps-open"), AT)]
PLAYED = Played(ACTS, 41, "ab" * 32, "cd" * 32, 2)


def summary(overview: SessionOverview | None) -> dict[str, object]:
    made = summarise(PLAYED, overview)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return] # plain values only


def test_that_acts_are_told_with_what_became_of_them() -> None:
    assert summary(None)["acts"] == [
        {"n": 1, "do": "order", "at": "09:48", "result": "recorded"},
        {"n": 2, "do": "sign", "at": "09:48", "result": "refused", "code": "gaps-open"},
    ]


def test_that_without_a_session_there_is_nothing_else_to_tell() -> None:
    made = summary(None)
    assert made["ledger"] == {"entries": 41, "head": "ab" * 32}
    assert made["pdf"] is made["dose"] is made["clocks"] is made["rems"] is None
    assert made["slots"] == made["alerts"] == made["gaps"] == made["signed"] == []


def test_that_the_keys_are_those_of_the_contract() -> None:
    assert list(summary(ketamine())) == [
        "acts",
        "dose",
        "slots",
        "extra",
        "events",
        "alerts",
        "scores",
        "clocks",
        "rems",
        "gaps",
        "signed",
        "checks",
        "overrides",
        "vials",
        "ledger",
        "pdf",
    ]


def test_that_amounts_are_strings_without_trailing_zeros() -> None:
    overview = ketamine()
    dose = summary(overview)["dose"]
    assert isinstance(dose, dict)
    for name in ("ordered_mg", "calculated_mg", "drawn_ml", "prepared_mg", "rate_ml_h"):
        value = dose[name]
        assert isinstance(value, str)
        assert not ("." in value and value.endswith("0"))
    assert dose["devices"] is None


def test_that_what_is_not_recorded_is_null() -> None:
    overview = dataclasses.replace(ketamine(), dose=DoseView(), weight=None)
    dose = summary(overview)["dose"]
    assert isinstance(dose, dict)
    assert set(dose.values()) == {None}


def test_that_slots_are_told_in_local_time() -> None:
    overview = ketamine()
    slots = summary(overview)["slots"]
    assert isinstance(slots, list)
    assert [slot["name"] for slot in slots] == [slot.name for slot in overview.slots]
    for told, slot in zip(slots, overview.slots, strict=True):
        assert told["state"] == slot.state.value
        assert told["due"] == (f"{overview.local(slot.due):%H:%M}" if slot.due else None)
        assert ("reason" in told) == bool(slot.reason)


def test_that_a_slot_read_after_all_keeps_why_it_was_given_as_missed() -> None:
    whole = ketamine()
    first = dataclasses.replace(whole.slots[0], was_missed="in the bathroom")
    slots = summary(dataclasses.replace(whole, slots=(first, *whole.slots[1:])))["slots"]
    assert isinstance(slots, list)
    assert slots[0]["was_missed"] == "in the bathroom"
    assert not any("was_missed" in slot for slot in slots[1:])


def test_that_ketamine_has_no_rems_block_and_esketamine_has() -> None:
    overview = esketamine()
    rems = summary(overview)["rems"]
    assert summary(ketamine())["rems"] is None
    assert isinstance(rems, dict)
    treated = overview.local(overview.devices[0].at).date()
    assert rems["due"] == (treated + dt.timedelta(days=7)).isoformat()
    assert rems["minutes"] == overview.clocks.minutes_since_first
    assert set(rems["bp"]) == {"before", "at_40", "closing"}
    assert all("/" in bp for bp in rems["bp"].values() if bp)


def test_that_without_a_device_nothing_is_due() -> None:
    none_given = dataclasses.replace(esketamine(), devices=())
    made = summary(none_given)
    rems, dose = made["rems"], made["dose"]
    assert isinstance(rems, dict)
    assert isinstance(dose, dict)
    assert (rems["minutes"], rems["due"], dose["devices"]) == (None, None, None)


def test_that_only_signatures_that_hold_are_listed() -> None:
    overview = ketamine()
    assert overview.signatures
    voided = tuple(dataclasses.replace(s, holds=False) for s in overview.signatures)
    assert len(summary(overview)["signed"] or []) == len(overview.signatures)  # type: ignore[arg-type]
    assert summary(dataclasses.replace(overview, signatures=voided))["signed"] == []


def test_that_a_draft_is_not_sealed() -> None:
    overview = draft()
    assert summary(overview)["pdf"] == {
        "sha256": "cd" * 32,
        "pages": 2,
        "version": overview.version,
        "sealed": False,
    }


@pytest.mark.parametrize(("certificate", "sealed"), [("", False), ("ab" * 32, True)])
def test_that_a_report_is_sealed_where_a_prescriber_signed_with_a_key(
    certificate: str, *, sealed: bool
) -> None:
    overview = ketamine()
    signed = tuple(dataclasses.replace(s, certificate=certificate) for s in overview.signatures)
    made = summary(dataclasses.replace(overview, signatures=signed))["pdf"]
    assert isinstance(made, dict)
    assert made["sealed"] is sealed
    alone = tuple(s for s in signed if not s.co_signature)
    made = summary(dataclasses.replace(overview, signatures=alone))["pdf"]
    assert isinstance(made, dict)
    assert made["sealed"] is False
