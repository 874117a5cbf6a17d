"""Who is treated, who treats, and where."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """What a person may do here."""

    NURSE = "nurse"
    PRESCRIBER = "prescriber"
    THERAPIST = "therapist"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.THERAPIST})


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever makes an entry, as known at that instant.

    Name and credential are kept with each entry, so that a record read alone, years
    later, still says who wrote it.
    """

    user: str
    role: Role
    name: str
    credential: str = ""

    @property
    def initials(self) -> str:
        """Return the first letters of the first and the last name, for narrow columns."""
        words = [word for word in self.name.split() if word[:1].isalpha()]
        return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


class Sex(enum.StrEnum):
    """The sex that Devine's formula asks for; it is defined for two only."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose record this is.

    Attributes:
        id: Ours, never shown.
        number: The clinic's record number, unique in the clinic.
        allergies: As told; empty means "no known allergies".
    """

    id: str
    family: str
    given: str
    born: dt.date
    sex: Sex
    number: str
    allergies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return "Family, Given"."""
        return ", ".join(part for part in (self.family, self.given) if part)

    def age_on(self, day: dt.date) -> int:
        """Return the age in whole years on *day*."""
        before_birthday = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before_birthday


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is known otherwise of a patient than it was.

    Attributes:
        what: "name", "born", "sex", "number" or "allergies".
        was, now: In words: "Nowak, Anna", "1984-03-12", "no known allergies".
    """

    what: str
    was: str
    now: str


def differences(was: Patient, now: Patient) -> tuple[Difference, ...]:
    """Return what is known otherwise of a patient, the name first.

    Example:
        >>> was = Patient("1", "Nowak", "Anna", dt.date(1984, 3, 12), Sex.FEMALE, "100234")
        >>> now = Patient("1", "Nowak-Lis", "Anna", dt.date(1984, 3, 12), Sex.FEMALE, "100234")
        >>> differences(was, now)
        (Difference(what='name', was='Nowak, Anna', now='Nowak-Lis, Anna'),)
    """
    pairs = (
        Difference("name", was.name, now.name),
        Difference("born", was.born.isoformat(), now.born.isoformat()),
        Difference("number", was.number, now.number),
        Difference("sex", was.sex.value, now.sex.value),
        Difference("allergies", _told(was), _told(now)),
    )
    return tuple(pair for pair in pairs if pair.was != pair.now)


def _told(patient: Patient) -> str:
    return ", ".join(patient.allergies) or "no known allergies"


@dataclass(frozen=True, slots=True)
class Clinic:
    """Whose ledger this is."""

    id: str
    name: str
    address: str = ""
    chairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may log in.

    Attributes:
        password_hash: An argon2id verifier, never the password.
    """

    user: str
    name: str
    role: Role
    credential: str
    password_hash: str
    active: bool = True

    @property
    def author(self) -> Author:
        """Return this person as the author of an entry."""
        return Author(self.user, self.role, self.name, self.credential)
