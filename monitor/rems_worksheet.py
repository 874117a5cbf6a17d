"""The REMS monitoring form of one treatment, as far as its record can fill it.

Nothing is guessed and nothing comes from another visit: a field is filled from what was entered
in this session, with the entry it comes from, or it stays empty. Where the record cannot tell, it
never says "no"; a person does.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.rems import rems_due
from monitor.rems_form import PERSON, RemsField, RemsForm
from monitor.rems_rules import ASKED, FILLS, Answered, Told

NOT_TAKEN = "not taken"
"""What stands where a value was to be measured, and nobody entered one."""


class State(enum.StrEnum):
    """How a field of the worksheet stands."""

    FILLED = "filled"
    ANSWERED = "answered"
    ASKED = "asked"
    EMPTY = "empty"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Filed:
    """That the form was filed, as somebody wrote it down.

    Attributes:
        form: The form version's name.
        by, at: Who wrote it in the record, and when.
        reason: Of a correction.
    """

    form: str
    on: dt.date
    filed_by: str
    confirmation: str
    by: Author
    at: dt.datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that says something else than when the form was filed.

    Attributes:
        before, now: The values; empty for none.
    """

    label: str
    before: str
    now: str

    @property
    def said(self) -> str:
        """Return it in words: "Opioids: filed empty, now yes"."""
        name = self.label.rstrip("?: ")
        return f"{name}: filed {_quoted(self.before)}, now {_quoted(self.now)}"


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the worksheet.

    Attributes:
        source: What the value comes from: "reading 10:45 by Nina Kowal".
        note: What else must be known: outside its window, why it is empty.
    """

    field: RemsField
    state: State
    value: str = ""
    source: str = ""
    note: str = ""

    @property
    def needs_person(self) -> bool:
        """Tell whether the form wants an answer that nobody has given."""
        return self.field.required and self.state is State.ASKED

    @property
    def lacks(self) -> bool:
        """Tell whether the form wants a value and there is none."""
        return self.field.required and self.state in (State.ASKED, State.EMPTY)

    @property
    def takes_answer(self) -> bool:
        """Tell whether a person can answer it, or answer it anew."""
        return self.state in (State.ASKED, State.ANSWERED)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All fields of one treatment's form, in the form's order.

    Attributes:
        due: The last day for the form.
        approved: Whether the clinic has taken this form version.
        filed: Every time it was written down that it was filed, the newest last.
        changed: The fields that say something else than when it was filed.
        filed_empty: How many required fields had no value when it was filed.
    """

    seen: SessionOverview
    form: RemsForm
    rows: tuple[Row, ...]
    due: dt.date
    approved: bool = False
    filed: tuple[Filed, ...] = ()
    changed: tuple[Changed, ...] = ()
    filed_empty: int = 0

    @property
    def complete(self) -> bool:
        """Tell whether every required field has a value."""
        return not self.lacking

    @property
    def lacking(self) -> int:
        """Return how many required fields have none."""
        return sum(row.lacks for row in self.rows)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Return the rows under the name of their section."""
        return tuple(
            (name, tuple(row for row in self.rows if row.field.section == name))
            for name in self.form.sections
        )

    def row(self, field_id: str) -> Row | None:
        """Return the row of that field."""
        return next((row for row in self.rows if row.field.id == field_id), None)


def _quoted(value: str) -> str:
    return value or "empty"


def worksheet(
    seen: SessionOverview,
    form: RemsForm,
    answers: Mapping[str, Answered] = MappingProxyType({}),
    earlier: dt.date | None = None,
) -> Worksheet:
    """Return the worksheet of a treatment.

    Args:
        seen: The session.
        form: Which version of the form.
        answers: What people said, by the field's id.
        earlier: The day of the patient's newest treatment before this one, None for none here.

    Raises:
        ValueError: If no form follows the session.
    """
    due = rems_due(seen)
    if due is None:
        raise ValueError(seen.code)
    told = Told(seen, form, answers, earlier)
    return Worksheet(seen, form, tuple(_row(told, field) for field in form.fields), due)


def _row(told: Told, field: RemsField) -> Row:
    found = ASKED if field.fill == PERSON else FILLS[field.fill](told)
    if not found.applies:
        return Row(field, State.NOT_ASKED, note=found.note)
    if found.value:
        return Row(field, State.FILLED, found.value, found.source, found.note)
    if not found.asks:
        return Row(field, State.EMPTY, note=found.note or NOT_TAKEN)
    said = told.answers.get(field.id)
    if said is None:
        return Row(field, State.ASKED, note=found.note)
    source = f"answered {told.seen.local(said.at):%Y-%m-%d %H:%M} by {said.by.name}"
    return Row(field, State.ANSWERED, said.value, source, found.note)
