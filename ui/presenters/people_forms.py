"""The forms of the people: one more of them, and a password that was forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from monitor.errors import Code
from monitor.people import CLINICIANS, Account, Author, Role
from ui.presenters.form import FormFace, FormField, Option, Shape

ROLES: dict[Role, str] = {
    Role.NURSE: "Records sessions at the chair and signs them.",
    Role.PRESCRIBER: "Orders doses, approves protocols and co-signs.",
    Role.THERAPIST: "Records sessions at the chair, ratings above all.",
    Role.AUDITOR: "Reads and verifies. Does not treat.",
    Role.ADMINISTRATOR: "Adds people and changes the clinic. Does not treat.",
}
"""What each role may do, in one sentence."""

ROLE_OPTIONS = tuple(Option(role.value, role.value.capitalize()) for role in ROLES)
NEW_FACE = FormFace(
    "A new person",
    (
        FormField("name", "Name", hint="as it is printed"),
        FormField("credential", "Credential", hint="RN, MD, …"),
        FormField("user", "User name", hint="for logging in"),
        FormField("role", "Role", Shape.LIST, hint="Choose one", options=ROLE_OPTIONS),
        FormField(
            "password", "Password, typed by that person", Shape.DOTS, hint="at least 15 characters"
        ),
        FormField("password_again", "Password again", Shape.DOTS),
    ),
    "Add the person",
)
PASSPHRASE = FormField("passphrase", "Passphrase of the signing authority", Shape.DOTS)
WITHOUT = "Left empty, the person can log in and write, not yet sign."

MEANS = "What this means"
NEW_PASSWORD = "{name} logs in with the new password from now on."  # noqa: S105 - words
NEW_KEY = (
    "The old key is gone with the old password: there will be a new key and certificate, and later "
    "reports print that it was re-issued. What was signed before stays good. A second clinician, "
    "who is neither of you, sees it and says so here."
)
NOBODY = "There is no other clinician who could see it; add one first."

FIELD_OF = {
    Code.WRONG_PASSWORD: "witness_password",
    Code.WRONG_PASSPHRASE: "passphrase",
    Code.SAME_PERSON: "witness",
    Code.NOT_ALLOWED: "witness",
}
"""Where a refusal is said that names no field."""

Missing = tuple[str, str]
"""The field at fault, and the sentence."""


def new_face(*, certified: bool) -> FormFace:
    """Return the form of a new person; with an authority, its passphrase is asked."""
    fields = (*NEW_FACE.fields, PASSPHRASE) if certified else NEW_FACE.fields
    return replace(NEW_FACE, fields=fields)


def forgotten_face(witnesses: Sequence[Account], *, certified: bool) -> FormFace:
    """Return the form of a password that was forgotten."""
    seen_by = tuple(Option(each.user, each.name) for each in witnesses)
    fields = (
        FormField("means", MEANS, Shape.WORDS),
        FormField(
            "password",
            "New password, typed by that person",
            Shape.DOTS,
            hint="at least 15 characters",
        ),
        FormField("password_again", "New password again", Shape.DOTS),
        FormField("witness", "Second clinician", Shape.LIST, hint="Choose one", options=seen_by),
        FormField("witness_password", "Password of the second clinician", Shape.DOTS),
    )
    asked = (*fields, PASSPHRASE) if certified else fields
    return FormFace("A new password", asked, "Set the new password")


def witnesses(accounts: Sequence[Account], user: str, author: Author) -> tuple[Account, ...]:
    """Return who may see a password being replaced: a clinician, neither of the two."""
    return tuple(
        each
        for each in accounts
        if each.active and each.role in CLINICIANS and each.user not in (user, author.user)
    )


def new_problem(values: Mapping[str, str], accounts: Sequence[Account]) -> Missing | None:
    """Return the first field at fault of a new person, and the sentence."""
    needed = {
        "name": "Type the person's name.",
        "user": "Choose a user name.",
        "role": "Choose the role; it says what the person may do here.",
    }
    value = _of(values)
    for key, words in needed.items():
        if not value(key):
            return key, words
    if not value("credential").isprintable():
        return "credential", "The credential holds a character that cannot be printed."
    if any(value("user").casefold() == each.user.casefold() for each in accounts):
        return "user", f"“{value('user')}” is taken already; choose another user name."
    return _secrets_problem(values)


def forgotten_problem(values: Mapping[str, str], *, certified: bool) -> Missing | None:
    """Return the first field at fault where a password was forgotten, and the sentence."""
    wrong = _secrets_problem(values)
    if wrong:
        return wrong
    needed = {
        "witness": "Choose the second clinician, who sees that this is done.",
        "witness_password": "Let the second clinician type their own password.",
    }
    if certified:
        needed["passphrase"] = "Type the passphrase of the signing authority."  # noqa: S105 - words
    return next(((key, words) for key, words in needed.items() if not values.get(key)), None)


def password_problem(first: str, again: str) -> Missing | None:
    """Return what is wrong with a password that is typed twice."""
    if not first:
        return "password", "Type a password for the person; it can be a sentence."
    if first != again:
        return "password_again", "The two passwords differ. Type the same one twice."
    return None


def _secrets_problem(values: Mapping[str, str]) -> Missing | None:
    password = values.get("password", "")
    wrong = password_problem(password, values.get("password_again", ""))
    if not wrong and password == values.get("passphrase", ""):
        return "password", "That is the authority's passphrase; the person needs another password."
    return wrong


def _of(values: Mapping[str, str]) -> Callable[[str], str]:
    return lambda key: values.get(key, "").strip()
