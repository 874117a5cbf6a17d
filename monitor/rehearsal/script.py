"""A rehearsal as written down: who did what, and when, on which clock.

`monitor.rehearsal.reading` makes these from a TOML file, and vouches for them: a field
that an act must have is there, and of the right kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from monitor.errors import Code, InputError
from monitor.people import Author, Patient, Role
from monitor.protocols.protocol import Protocol

Value = str | bool | tuple[str, ...] | tuple[tuple[str, bool], ...]
"""What a field of an act holds. Numbers stay text: reading one is part of the act."""


class ScriptError(InputError):
    """A rehearsal that cannot be read.

    Attributes:
        file: Its file's name.
        line: Where, from 1; 0 where it is the whole file.
        problem: What is wrong, in words for whoever wrote it.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(Code.UNREADABLE, path=file, line=line, problem=problem)
        self.file = file
        self.line = line
        self.problem = problem

    @property
    def sentence(self) -> str:
        """Return it as one sentence: "x.toml, line 12: …"."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.problem}."


@dataclass(frozen=True, slots=True)
class Expectation:
    """How an act should end.

    Attributes:
        code: Why it should be refused; empty where any refusal will do.
    """

    recorded: bool = True
    code: str = ""

    def met_by(self, *, recorded: bool, code: str) -> bool:
        """Tell whether it ended so."""
        return recorded is self.recorded and self.code in ("", code)

    @property
    def words(self) -> str:
        """Return it as a script writes it."""
        if self.recorded:
            return "recorded"
        return f"refused:{self.code}" if self.code else "refused"


@dataclass(frozen=True, slots=True)
class ScriptAct:
    """One thing that somebody does in a rehearsal.

    Attributes:
        number: Its place in the file, from 1.
        at: The instant, in UTC.
        by: The person's id; empty where nobody does it ("crash").
        do: What is done, as written; it need not be something we know.
        label: What other acts call it; empty where none does.
        line: Where it begins in the file.
        turn: Its place among the acts of all files that are played together, from 1; 0 where
            the file is played alone.
    """

    number: int
    at: dt.datetime
    by: str
    do: str
    line: int
    label: str = ""
    expect: Expectation = Expectation()
    fields: Mapping[str, Value] = field(default_factory=dict)
    turn: int = 0

    def text(self, name: str) -> str:
        """Return a text, empty where it was not given."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """Tell whether something was said to be so."""
        return self.fields.get(name) is True

    def list(self, name: str) -> tuple[str, ...]:
        """Return a list's elements as text."""
        value = self.fields.get(name, ())
        return tuple(str(item) for item in value) if isinstance(value, tuple) else ()

    def table(self, name: str) -> tuple[tuple[str, bool], ...]:
        """Return a table of names, each true or false."""
        value = self.fields.get(name, ())
        pairs = value if isinstance(value, tuple) else ()
        return tuple((pair[0], bool(pair[1])) for pair in pairs if isinstance(pair, tuple))


@dataclass(frozen=True, slots=True)
class Script:
    """A whole rehearsal.

    Attributes:
        file: The file's name, without its folder.
        hash: SHA-256 of the file's text, or of all that are played together: every identity
            in the record is derived from it.
        draft: What the clinic of the rehearsal has approved: one that is shipped, or its own.
        patient: Without an id of ours: the rehearsal makes one.
        acts: In the order in which they are done, at least one.
        again: The patient was here on the same day already, and comes again.
    """

    file: str
    hash: bytes
    title: str
    draft: Protocol
    chair: str
    zone: ZoneInfo
    clinic: str
    staff: tuple[Author, ...]
    patient: Patient
    acts: tuple[ScriptAct, ...]
    again: bool = False

    @property
    def protocol(self) -> str:
        """Return the id of its protocol."""
        return self.draft.id

    @property
    def stem(self) -> str:
        """Return the file's name without its ending: its results are called so."""
        return self.file.rpartition(".")[0] or self.file

    @property
    def prescriber(self) -> Author:
        """Return who approves the protocol: the first prescriber in the file."""
        return next(person for person in self.staff if person.role is Role.PRESCRIBER)

    def person(self, user: str) -> Author:
        """Return the person of that id; reading the file has seen to it that there is one."""
        return next(person for person in self.staff if person.user == user)
