"""The REMS forms as their room shows them: what is due, one worksheet, the versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from monitor.people import CLINICIANS, Author
from monitor.rems_filing import FORM_KEEPERS
from monitor.rems_form import Answer, Sure
from monitor.rems_looking import FormInForce, RemsDue
from monitor.rems_worksheet import Filed, Row, State, Worksheet

SOON = 2
"""Days before the last one from which a form presses (project choice)."""

NONE_DUE = (
    "No REMS form is due. A form follows each closed esketamine treatment in the United States."
)


@dataclass(frozen=True, slots=True)
class DueFace:
    """One treatment in the list.

    Attributes:
        days: "5 days left", "due today", "2 days overdue", "filed 2026-03-04".
        state: "later", "soon", "over" or "filed".
        more: What is still open: "11 fields without a value"; of a filed one, what was left empty.
    """

    session_id: str
    patient: str
    day: str
    code: str
    days: str
    state: str
    more: str
    here: bool

    @property
    def said(self) -> str:
        """Return the whole of it, for a screen reader."""
        return f"{self.patient}, {self.day}, {self.days}, {self.more}"


@dataclass(frozen=True, slots=True)
class FieldFace:
    """One field of the worksheet.

    Attributes:
        section: Over it, where it is the first of its section.
        shown: The value, or the words that stand in its place.
        asks: "text", "yes-no" or empty: how a person answers it here.
        mark: "" , "wanted" (nobody has answered yet) or "noted" (look at the note).
        copied: Whether it was ticked off.
    """

    id: str
    number: int
    section: str
    label: str
    value: str
    shown: str
    source: str
    note: str
    asks: str
    mark: str
    copied: bool

    @property
    def said(self) -> str:
        """Return the whole of it, for a screen reader."""
        ticked = "copied" if self.copied else ""
        parts = (self.label, self.shown, self.source, self.note, ticked)
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class SheetFace:
    """One worksheet.

    Attributes:
        facts: Who it is about and when: "record 100871 · treated 2026-03-02".
        status: What is still open, or when it was filed; `tone` is its colour.
        changed: What says something else than was filed; empty for nothing.
        filings: Every time it was noted as filed, the newest first.
        form: Which version, and who approved it.
        may_write: Whether who is here answers and files.
        filed: Whether it was filed before.
    """

    session_id: str
    patient: str
    facts: str
    code: str
    status: str
    tone: str
    changed: str
    filings: tuple[str, ...]
    form: str
    fields: tuple[FieldFace, ...]
    may_write: bool
    filed: bool


@dataclass(frozen=True, slots=True)
class VersionsFace:
    """The versions of the form, for whoever may say which one holds.

    Attributes:
        options: (id, words) to begin from.
        chosen: Whose text is shown.
        changed: Whether that text was changed.
    """

    options: tuple[tuple[str, str], ...]
    chosen: str
    changed: bool = False


def due_face(due: RemsDue, here: str) -> DueFace:
    """Return how a treatment stands in the list."""
    lacking = _count(due.lacking, "field") + " without a value" if due.lacking else "complete"
    left = "with " + _count(due.filed_empty, "field") + " empty" if due.filed_empty else ""
    changed = f"{due.changed} changed since" if due.changed else ""
    days, state = days_words(due)
    return DueFace(
        session_id=due.session_id,
        patient=due.patient,
        day=due.treated.isoformat(),
        code=due.code,
        days=days,
        state=state,
        more=", ".join(filter(None, (left, changed))) if due.filed else lacking,
        here=due.session_id == here,
    )


def days_words(due: RemsDue) -> tuple[str, str]:
    """Return how long there is for a form, and how that presses."""
    if due.filed is not None:
        return f"filed {due.filed.on.isoformat()}", "filed"
    if due.days_left < 0:
        return f"{_count(-due.days_left, 'day')} overdue", "over"
    words = f"{_count(due.days_left, 'day')} left" if due.days_left else "due today"
    return words, "soon" if due.days_left <= SOON else "later"


def pressing(dues: Collection[RemsDue]) -> int:
    """Return how many forms are overdue, or will be so soon."""
    return sum(days_words(due)[1] in ("soon", "over") for due in dues)


def sheet_face(sheet: Worksheet, author: Author, copied: Collection[str]) -> SheetFace:
    """Return a worksheet as it is shown.

    Args:
        sheet: The worksheet.
        author: Who is here.
        copied: Ids of the fields that were ticked off.
    """
    seen, may_write = sheet.seen, author.role in CLINICIANS
    status, tone = _status(sheet)
    made, section = [], ""
    for number, row in enumerate(sheet.rows, 1):
        first = row.field.section if row.field.section != section else ""
        section = row.field.section
        made.append(_field(row, number, first, ticked=row.field.id in copied, may=may_write))
    treated = seen.local(seen.devices[0].at)
    return SheetFace(
        session_id=seen.session_id,
        patient=seen.patient.name,
        facts=f"record {seen.patient.number} · treated {treated:%Y-%m-%d}",
        code=seen.code,
        status=status,
        tone=tone,
        changed="; ".join(each.said for each in sheet.changed),
        filings=tuple(_noted(sheet, each) for each in reversed(sheet.filed)),
        form=f"{sheet.form.title}{'' if sheet.approved else ': a draft, not approved here'}",
        fields=tuple(made),
        may_write=may_write,
        filed=bool(sheet.filed),
    )


def versions_face(forms: Collection[FormInForce], now: FormInForce) -> VersionsFace:
    """Return the versions that one can begin from, each with who approved it."""
    options = tuple((each.form.id, _version(each, now)) for each in forms)
    return VersionsFace(options, now.form.id)


def may_set_form(author: Author) -> bool:
    """Tell whether a person may say which version holds."""
    return author.role in FORM_KEEPERS


def _version(each: FormInForce, now: FormInForce) -> str:
    holds = ", holds" if each.form.id == now.form.id else ""
    by = f"approved by {each.by.name}" if each.by else "draft"
    return f"{each.form.id} · {by}{holds}"


def _status(sheet: Worksheet) -> tuple[str, str]:
    if sheet.filed:
        last: Filed = sheet.filed[-1]
        number = f", confirmation {last.confirmation}" if last.confirmation else ""
        empty = sheet.filed_empty
        left = f", with {_count(empty, 'field')} empty" if empty else ""
        said = f"Filed {last.on.isoformat()} by {last.filed_by}{number}{left}"
        return said, "overdue" if empty else "good"
    lacking = sheet.lacking
    words = f"{_count(lacking, 'field')} without a value" if lacking else "Complete"
    return f"{words} · to be filed by {sheet.due.isoformat()}", "overdue" if lacking else "good"


def _noted(sheet: Worksheet, filed: Filed) -> str:
    """Return what was noted of a filing, by whom and when, and why it was put right."""
    at = f"{sheet.seen.local(filed.at):%Y-%m-%d %H:%M}"
    number = f"confirmation {filed.confirmation}" if filed.confirmation else "no number"
    said = f"filed {filed.on.isoformat()} by {filed.filed_by}, {number}"
    why = f" Put right: {filed.reason}" if filed.reason else ""
    return f"{at} {filed.by.name}: {said}.{why}"


def _field(row: Row, number: int, section: str, *, ticked: bool, may: bool) -> FieldFace:
    asks = row.field.answer.value if may and row.takes_answer else ""
    wanted = "wanted" if row.needs_person else ""
    noted = "noted" if row.lacks or (row.state is State.FILLED and row.note) else ""
    unsure = "not seen on a form, check yours" if row.field.sure is Sure.BELIEVED else ""
    shown = row.value or _in_place(row)
    note = "" if row.state in (State.EMPTY, State.NOT_ASKED) else row.note
    return FieldFace(
        id=row.field.id,
        number=number,
        section=section,
        label=row.field.label,
        value=row.value,
        shown=shown,
        source=row.source or ("to be answered" if wanted else ""),
        note="; ".join(filter(None, (note, unsure))),
        asks=asks,
        mark=wanted or noted,
        copied=ticked and bool(row.value),
    )


def _in_place(row: Row) -> str:
    if row.state is State.ASKED:
        return "a person answers" if row.field.required else "may stay empty"
    return row.note


def is_yes_no(face: FieldFace) -> bool:
    """Tell whether a field is answered by yes or no."""
    return face.asks == Answer.YES_NO.value


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
