"""The authority and the certificates in words, and the forms in which they are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.certificates import Authority, PersonalCertificate
from monitor.certifying import RENEWED_BEFORE
from monitor.people import CLINICIANS, Account
from ui.presenters.form import FormFace, FormField, Shape

_GROUP = 4
"""Digits of a fingerprint that are read out at once; a report prints it in the same groups."""

SAVE_NAME = "authority.pem"
WHO_CAN = "Only an administrator issues them."
WHAT_FOR = "A person's own key signs; the certificate says whose key it is."
NONE_YET = "Cannot sign until a certificate is issued."
NO_SIGNER = "Signs nothing in this role"
PRACTICE_KEYS = (
    "This record is for practice: its keys come with the program and are everybody's. "
    "What they sign proves nothing."
)
NO_AUTHORITY_YET = "no signing authority yet"
NO_AUTHORITY = (
    "There is no signing authority yet: sessions are charted as ever, and nobody can sign."
)
WHY_FOUND = (
    "The authority vouches for who signs here. Its passphrase is asked whenever a certificate is "
    "issued, and never for treating or signing. Choose another one than the record's, and keep "
    "it apart from that. Nobody can reset it."
)
FOUND_FORM = FormFace(
    "The clinic's signing authority",
    (
        FormField("passphrase", "Passphrase", Shape.DOTS, hint="at least 15 characters"),
        FormField("again", "Passphrase again", Shape.DOTS),
    ),
    "Make the authority",
)
ISSUE_FORM = FormFace(
    "A certificate",
    (
        FormField("password", "The person's own password", Shape.DOTS, hint="typed by that person"),
        FormField("passphrase", "Passphrase of the authority", Shape.DOTS),
    ),
    "Issue the certificate",
)


@dataclass(frozen=True, slots=True)
class AuthorityFace:
    """The authority as the section shows it.

    Attributes:
        facts: (name, value).
        fingerprint: In groups that can be read out.
    """

    facts: tuple[tuple[str, str], ...]
    fingerprint: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One person of the list.

    Attributes:
        lines: What there is to know, the newest certificate first.
        mark: What stands beside the name; empty where all is well.
        warns: Whether that wants to be looked after.
        issue: The words on the button that issues one; empty for none.
    """

    user: str
    initials: str
    name: str
    lines: tuple[str, ...]
    mark: str = ""
    warns: bool = False
    issue: str = ""


def is_listed(account: Account, own: Sequence[PersonalCertificate]) -> bool:
    """Tell whether the list names a person: who can sign, and who has a certificate all the same.

    Args:
        account: Whose.
        own: What was ever issued to that person.
    """
    return account.role in CLINICIANS or bool(own)


def why_issue(name: str) -> str:
    """Return what stands over that form."""
    return (
        f"{name} types the password they log in with: the new key is locked under it, so that "
        "nobody else can sign with it. You type the authority's passphrase."
    )


def ending_words(ends: dt.datetime, *, ended: bool) -> str:
    """Return what a person is told whose certificate ends, in the clinic's time, before long."""
    if ended:
        return (
            f"Your certificate ended on {ends:%Y-%m-%d}, so that you cannot sign; have an "
            "administrator issue a new one."
        )
    return f"Your certificate ends on {ends:%Y-%m-%d}; have an administrator issue a new one."


def grouped(fingerprint: str) -> tuple[str, ...]:
    """Return a fingerprint, in hex, in groups of four."""
    return tuple(
        fingerprint[place : place + _GROUP] for place in range(0, len(fingerprint), _GROUP)
    )


def authority_face(
    found: Authority, ends: dt.datetime, clinic: str, zone: dt.tzinfo
) -> AuthorityFace:
    """Return the authority in words."""
    facts = (
        ("Name", f"{clinic} signing authority".strip()),
        ("Since", f"{found.founded_at.astimezone(zone):%Y-%m-%d}"),
        ("Ends", f"{ends.astimezone(zone):%Y-%m-%d}"),
    )
    return AuthorityFace(facts, grouped(found.fingerprint))


def certificate_row(
    account: Account,
    own: Sequence[tuple[PersonalCertificate, dt.datetime]],
    names: Mapping[str, str],
    now: dt.datetime,
    *,
    can_issue: bool,
) -> CertificateRow:
    """Return a person's certificates in words.

    Args:
        account: Whose they are.
        own: All that were ever issued to that person and when each ends, oldest first.
        names: Everybody's, by user name.
        now: The instant, in the clinic's time zone.
        can_issue: Whether one can be issued by whoever is here.
    """
    mark = _mark(own[-1][1] if own else None, now)
    signs = account.role in CLINICIANS
    wants = bool(mark) and account.active and signs
    lines = tuple(
        line
        for place, (each, ends) in enumerate(reversed(own))
        for line in _lines(each, ends, names, now.tzinfo, newest=place == 0)
    )
    return CertificateRow(
        user=account.user,
        initials=account.author.initials,
        name=account.name,
        lines=lines or (NONE_YET,),
        mark=_shown_mark(account, mark) if signs else NO_SIGNER,
        warns=wants,
        issue=("Renew…" if own else "Issue…") if wants and can_issue else "",
    )


def _shown_mark(account: Account, mark: str) -> str:
    return mark if account.active else "may not log in any more"


def _mark(ends: dt.datetime | None, now: dt.datetime) -> str:
    if ends is None:
        return "none yet"
    if now > ends:
        return "ended"
    if now + RENEWED_BEFORE <= ends:
        return ""
    days = (ends - now).days
    return f"ends in {days} {'day' if days == 1 else 'days'}" if days else "ends today"


def _lines(
    each: PersonalCertificate,
    ends: dt.datetime,
    names: Mapping[str, str],
    zone: dt.tzinfo | None,
    *,
    newest: bool,
) -> tuple[str, ...]:
    since = f"{each.issued_at.astimezone(zone):%Y-%m-%d}"
    until = f"{ends.astimezone(zone):%Y-%m-%d}"
    serial = f"Serial {each.serial}"
    seen = names.get(each.witness, each.witness)
    if each.is_reissued:
        begins = f"Re-issued on {since}, seen by {seen}"
    else:
        begins = f"Renewed on {since}" if each.is_renewed else f"Issued {since}"
    if not newest:
        return (f"Before: {begins[0].lower()}{begins[1:]}, would end {until} · {serial}",)
    return (f"{begins} · ends {until}", serial)
