"""Validators that are not ours find nothing wrong with our bundles, and do find what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.fakes.fhir_sessions import SESSIONS, Bundle, as_bundle, resources
from tests.fakes.overviews import injected
from tests.foreign.fhir.judges import of_javascript, of_python


def _observation(made: Bundle, code: str) -> Bundle:
    found = resources(made, "Observation")
    return next(each for each in found if each["code"]["coding"][0]["code"] == code)


def _unit(made: Bundle) -> None:
    _observation(made, "85354-9")["component"][0]["valueQuantity"]["code"] = "mmHg"


def _component(made: Bundle) -> None:
    del _observation(made, "85354-9")["component"][1]


def _status(made: Bundle) -> None:
    del _observation(made, "9279-1")["status"]


def _heart_rate(made: Bundle) -> None:
    _observation(made, "8867-4")["valueQuantity"]["code"] = "bpm"


def _word(made: Bundle) -> None:
    resources(made, "Encounter")[0]["status"] = "over"


def _leads_nowhere(made: Bundle) -> None:
    resources(made, "Procedure")[0]["encounter"]["reference"] = "urn:uuid:none"


def _wrong_kind(made: Bundle) -> None:
    order = resources(made, "MedicationRequest")[0]
    order["subject"] = order["encounter"]


def _unknown(made: Bundle) -> None:
    resources(made, "Patient")[0]["nickname"] = "A."


def _blank(made: Bundle) -> None:
    resources(made, "Location")[0]["name"] = " "


def _time(made: Bundle) -> None:
    resources(made, "Procedure")[0]["performedPeriod"]["start"] = "2026-03-02 10:00"


BREAKS: dict[Callable[[Bundle], None], str] = {
    _unit: "the unit of 8480-6 is not mmHg",
    _heart_rate: "the unit of 8867-4 is not bpm",
    _component: "'diastolic': expected 1..1, but found 0",
    _status: "status: Missing required property",
    _word: 'Encounter.status: Code "over" not found in value set',
    _leads_nowhere: "a reference leads nowhere: urn:uuid:none",
    _wrong_kind: 'subject: Invalid reference: got "Encounter"',
    _unknown: 'Invalid additional property "nickname"',
    _blank: "name: String must contain non-whitespace content",
    _time: "performed[x].start: Invalid dateTime format",
}
"""How a bundle is spoilt, and what is said of it."""


def plain(made: Bundle) -> Bundle:
    """Return a bundle as a reader has it that knows binary floating point only."""
    again: Bundle = json.loads(json.dumps(made, default=float))
    return again


@pytest.mark.timeout(240)  # the first run installs the validators
def test_that_no_foreign_validator_finds_anything_wrong_with_any_kind_of_session() -> None:
    made = {name: plain(make()) for name, make in SESSIONS.items()}
    assert of_javascript(made) == {name: [] for name in made}
    assert {name: of_python(each) for name, each in made.items()} == {name: [] for name in made}


@pytest.mark.timeout(240)
def test_that_the_foreign_validators_find_what_is_wrong() -> None:
    made = plain(as_bundle(injected()))
    for spoil in BREAKS:
        spoil(made)
    said = of_javascript({"spoilt": made})["spoilt"]
    assert [word for word in BREAKS.values() if not any(word in each for each in said)] == []
    for spoil in (_status, _unknown, _time):
        alone = plain(as_bundle(injected()))
        spoil(alone)
        assert of_python(alone)
