"""Which secrets of the first start are the same: each opens one thing, and no other."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from ui.presenters.first_start_forms import ROLES, SAME_AS_RECORD, Step
from ui.presenters.gate import Typed

_KEYS = {Step.RECORD: "passphrase", Step.AUTHORITY: "authority"} | dict.fromkeys(ROLES, "password")
"""The field of each step that asks for a secret."""

_AUTHORITY_AS_PERSON = (
    "That is the administrator's password; the authority needs a passphrase of its own."
)
_PERSON_AS = {
    Step.RECORD: "That is the record's passphrase; this person needs a password of their own.",
    Step.AUTHORITY: (
        "That is the authority's passphrase; this person needs a password of their own."
    ),
}
_TWO_PEOPLE = "Somebody else here chose that password; this person needs another one."


def same_secret(step: Step, typed: Typed, before: Mapping[Step, Typed]) -> tuple[str, str] | None:
    """Return the field and the sentence where a secret was typed in an earlier step already.

    Args:
        step: Which step's answers these are.
        typed: The answers.
        before: Those of the steps before it.
    """
    if step not in _KEYS:
        return None
    key = _KEYS[step]
    for other, field in _KEYS.items():
        if other in before and _plain(before[other].get(field, "")) == _plain(typed.get(key, "")):
            return key, _words(step, other)
    return None


def _words(step: Step, other: Step) -> str:
    if step is Step.AUTHORITY:
        return SAME_AS_RECORD if other is Step.RECORD else _AUTHORITY_AS_PERSON
    return _PERSON_AS.get(other, _TWO_PEOPLE)


def _plain(secret: str) -> str:
    """Return a secret as every lock takes it."""
    return unicodedata.normalize("NFC", secret)
