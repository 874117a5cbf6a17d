"""What each step of the first start asks, and what can be seen to be wrong with an answer."""

from __future__ import annotations

import enum
from pathlib import Path

from monitor.errors import InputError
from monitor.lengths import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_NUMBER, within
from monitor.people import Role
from ui.presenters.gate import Form, FormField, Typed
from ui.presenters.recovery import MADE_FOR, PROOF, PROOF_NOTE
from ui.wording import sentence

LEAST_PASSPHRASE = 15
"""Characters; there is no second factor beside it."""

MOST_CHAIRS = 24
_LONGEST = {
    "clinic": LONGEST_NAME,
    "address": LONGEST_ADDRESS,
    "name": LONGEST_NAME,
    "user": LONGEST_NAME,
    "credential": LONGEST_NUMBER,
}
"""Characters; held here too, since the record would be made before the domain could refuse."""


class Step(enum.Enum):
    """What is asked, in this order."""

    CLINIC = enum.auto()
    RECORD = enum.auto()
    ADMINISTRATOR = enum.auto()
    AUTHORITY = enum.auto()
    NURSE = enum.auto()
    PRESCRIBER = enum.auto()
    RECOVERY = enum.auto()
    PROTOCOLS = enum.auto()


ROLES = {
    Step.ADMINISTRATOR: Role.ADMINISTRATOR,
    Step.NURSE: Role.NURSE,
    Step.PRESCRIBER: Role.PRESCRIBER,
}


def problem(step: Step, typed: Typed) -> tuple[str, str] | None:
    """Return the field at fault and the sentence, for what can be seen without the world."""
    needed = {
        Step.CLINIC: {"clinic": "Type the clinic's name."},
        Step.RECORD: {"folder": "Choose a folder for the record."},
        Step.AUTHORITY: {"authority": "Type a passphrase for the clinic's signing authority."},
        Step.RECOVERY: {"group": "Type the last group of the sheet, or leave it for later."},
        Step.PROTOCOLS: {"password": "Type your password to approve, or leave it for later."},
    }.get(step, {"name": "Type the person's name.", "user": "Choose a user name."})
    for key, words in needed.items():
        if not typed.get(key, "").strip():
            return key, words
    try:
        for key, most in _LONGEST.items():
            within(typed.get(key, "").strip(), key, most)
    except InputError as error:
        return error.field, sentence(error)
    if step is Step.CLINIC:
        return _chairs_problem(typed.get("chairs", ""))
    if step in (Step.RECORD, Step.AUTHORITY):
        key = "passphrase" if step is Step.RECORD else "authority"
        return _twice(typed, key, "passphrases", LEAST_PASSPHRASE)
    asked_once = step in (Step.RECOVERY, Step.PROTOCOLS)
    return None if asked_once else _twice(typed, "password", "passwords", 1)


def _chairs_problem(typed: str) -> tuple[str, str] | None:
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_CHAIRS):
        return "chairs", f"Type how many chairs there are, a number from 1 to {MOST_CHAIRS}."
    return None


def _twice(typed: Typed, key: str, plural: str, least: int) -> tuple[str, str] | None:
    first = typed.get(key, "")
    if len(first) < least:
        return key, f"Use at least {least} characters; a sentence is easier to remember than signs."
    if first != typed.get(f"{key}_again", ""):
        return f"{key}_again", f"The two {plural} differ. Type the same one twice."
    return None


def form_of(step: Step, folder: Path) -> Form:
    """Return what a step asks."""
    at = f"Step {step.value} of {len(Step)}"
    if step is Step.CLINIC:
        return Form("Your clinic", "It is named on every report.", _CLINIC, step=at)
    if step is Step.RECORD:
        words = (
            "Everything is kept in one encrypted file on this computer. Keep the passphrase "
            "in a safe place; a recovery key to be printed comes later. Without either, nobody "
            "can open the record, and nobody can reset it."
        )
        return Form("The record", words, _record_fields(folder), step=at, back=True)
    if step is Step.AUTHORITY:
        return Form("The signing authority", AUTHORITY_WORDS, _AUTHORITY, step=at, back=True)
    role = ROLES[step].value
    words = {
        Role.ADMINISTRATOR: "Adds people and changes the clinic. Does not treat.",
        Role.NURSE: "Records sessions at the chair and signs them.",
        Role.PRESCRIBER: "Orders doses, approves protocols and co-signs.",
    }[ROLES[step]]
    words = f"{words} Let that person type the password: it opens the key they sign with."
    return Form(f"The first {role}", words, _PERSON, step=at, back=True)


AUTHORITY_WORDS = (
    "It vouches for who signs here: each person gets a key of their own and a certificate "
    "from it. Its passphrase is asked whenever a certificate is issued, and never for treating "
    "or signing. Choose another one than the record's, and keep it apart from that."
)
SAME_AS_RECORD = "That is the record's passphrase; the authority needs another one, kept apart."


RECOVERY = Form(
    "The recovery key",
    MADE_FOR,
    (FormField("group", PROOF, note=PROOF_NOTE),),
    step=f"Step {Step.RECOVERY.value} of {len(Step)}",
)
_CLINIC = (
    FormField("clinic", "Name of the clinic"),
    FormField("address", "Address", "stands beside the name"),
    FormField("chairs", "Chairs", "how many"),
)
_AUTHORITY = (
    FormField("authority", "Passphrase of the authority", "at least 15 characters", secret=True),
    FormField("authority_again", "Passphrase again", secret=True),
)
_PERSON = (
    FormField("name", "Name", "as it is printed"),
    FormField("credential", "Credential", "RN, MD, …"),
    FormField("user", "User name", "for logging in"),
    FormField("password", "Password", "at least 15 characters", secret=True),
    FormField("password_again", "Password again", secret=True),
)


def _record_fields(folder: Path) -> tuple[FormField, ...]:
    return (
        FormField("folder", "Folder", preset=str(folder)),
        FormField("passphrase", "Passphrase", "at least 15 characters", secret=True),
        FormField("passphrase_again", "Passphrase again", secret=True),
    )


def approval(name: str, left: int) -> Form:
    """Return what stands under a draft.

    Args:
        name: The prescriber's.
        left: How many drafts are still to be looked at.
    """
    words = (
        f"A draft: {name}, look at each number and its source. Nothing is given under a protocol "
        "that no prescriber has approved."
    )
    field = FormField("password", f"Password of {name}", secret=True)
    step = f"Step {len(Step)} of {len(Step)}, {left} to look at"
    rest = f"Leave all {left} for later" if left > 1 else ""
    return Form("Approve the protocol", words, (field,), confirm="Approve", step=step, rest=rest)
