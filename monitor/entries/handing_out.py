"""What can be written about looking at the record, handing it out, and the REMS form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Looked:
    """A person looked at something of the record.

    Attributes:
        what: "session", "patient", "report", "rems form", "register", "search", "sample",
            "entered late", "versions" or "access".
        session: Which one, where it was about one.
        patient: Whose, where it was about a patient.
        asked: What was asked for, where it was a question: criteria, a seed and a number.
    """

    what: str
    session: str = ""
    patient: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class ExportBegun:
    """Everything of a range of days began to leave the program; each session is an entry too.

    Attributes:
        first, last: The days, by the clinic's calendar, both included.
        sessions: How many sessions there are in them.
        to: The folder.
    """

    first: dt.date
    last: dt.date
    sessions: int
    to: str


@dataclass(frozen=True, slots=True)
class ExportEnded:
    """An export of everything came to an end.

    Attributes:
        begun: The identity of the entry that it began with.
        how: "finished", "cancelled" or "failed".
        sessions: How many sessions were written whole.
        files: How many files.
        sha256: Of the list of all files with their hashes, in hex; empty unless finished.
        missed: The sessions that could not be read, each by its short name, and why.
    """

    begun: str
    how: str
    sessions: int
    files: int
    sha256: str = ""
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemsFormSet:
    """The clinic takes this version of the REMS monitoring form's fields from now on.

    Attributes:
        form: The form version's name.
        hash: SHA-256 of the content in UTF-8, in hex.
        content: Its text, so that the record never depends on a file.
    """

    form: str
    hash: str
    content: str


@dataclass(frozen=True, slots=True)
class RemsAnswered:
    """A person answered a field of the REMS form that the record cannot fill.

    Attributes:
        session: Which treatment the form is about.
        form: The form version's name.
        field: Which field of it.
        value: As typed; empty takes an answer back.
    """

    session: str
    form: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class RemsFiled:
    """The REMS form of a treatment was filed, outside this program.

    Attributes:
        session: Which treatment it is about.
        form: The form version's name.
        on: The day, by the clinic's calendar.
        filed_by: Who filed it.
        confirmation: The number that the programme gave; empty where it gave none.
    """

    session: str
    form: str
    on: dt.date
    filed_by: str
    confirmation: str = ""


HandingOutFact = Looked | ExportBegun | ExportEnded | RemsFormSet | RemsAnswered | RemsFiled
