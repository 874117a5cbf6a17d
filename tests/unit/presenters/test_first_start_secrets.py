"""Each secret of the first start opens one thing, and no other."""

from __future__ import annotations

import pytest

from ui.presenters.first_start_forms import Step
from ui.presenters.first_start_secrets import same_secret
from ui.presenters.gate import Typed

RECORD, APART, ADA, NINA = "the record's own", "the authority's own", "ada's own", "nina's own"
BEFORE: dict[Step, Typed] = {
    Step.RECORD: {"folder": ADA, "passphrase": RECORD},
    Step.ADMINISTRATOR: {"user": "ada", "password": ADA},
    Step.AUTHORITY: {"authority": APART},
    Step.NURSE: {"user": "nina", "password": NINA},
}
KEY = {Step.AUTHORITY: "authority"}


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        (Step.ADMINISTRATOR, RECORD, "record's passphrase; this person"),
        (Step.AUTHORITY, RECORD, "record's passphrase; the authority"),
        (Step.AUTHORITY, ADA, "administrator's password"),
        (Step.NURSE, RECORD, "record's passphrase; this person"),
        (Step.NURSE, APART, "authority's passphrase; this person"),
        (Step.NURSE, ADA, "Somebody else here"),
        (Step.PRESCRIBER, APART, "authority's passphrase; this person"),
        (Step.PRESCRIBER, NINA, "Somebody else here"),
    ],
)
def test_that_no_two_secrets_are_the_same(step: Step, typed: str, said: str) -> None:
    key = KEY.get(step, "password")
    before = {each: told for each, told in BEFORE.items() if each.value < step.value}
    found = same_secret(step, {key: typed}, before)
    assert found is not None
    assert (found[0], said in found[1], found[1][-1]) == (key, True, ".")
    assert same_secret(step, {key: "one of its own"}, before) is None


def test_that_two_spellings_of_one_secret_are_the_same() -> None:
    before = {Step.RECORD: {"passphrase": "hasło przychodni ó"}}
    apart = {"password": "hasło przychodni o\u0301"}
    assert same_secret(Step.ADMINISTRATOR, apart, before) is not None


def test_that_a_step_without_a_secret_has_none_in_common() -> None:
    assert same_secret(Step.CLINIC, {"clinic": RECORD, "password": RECORD}, BEFORE) is None
