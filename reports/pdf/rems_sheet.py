"""The REMS worksheet on paper: every value with what it comes from, to be typed over.

Nothing on it is to be filled in by pen: what nobody has answered is said to be so. Our own layout
and our own words: it is not the form, and it is sent nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Table

from monitor.overview import SessionOverview
from monitor.rems_form import Sure
from monitor.rems_worksheet import Filed, Row, State, Worksheet
from reports.pdf import look
from reports.pdf.figures import Strip
from reports.pdf.masthead import Head, Identity, Masthead
from reports.pdf.page import Sheet, build
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.pen import Pen
from reports.summary import Figure
from reports.wording import NOT_RECORDED, family, plural

_KIND = "REMS transcription worksheet"
_DIGITS = 12  # of the session digest, in every footer
_NOT_ANSWERED, _NO_VALUE = "not answered", "–"
_A_PERSON = "a person says"
_NOT_SEEN = "°"
_WANTED = "*"
_ROWS = (
    Column("No.", 24),
    Column("What is asked", 186),
    Column("Value", 142, strong=True),
    Column("Where it comes from", 176),
)
_FILING = (
    Column("Filed on", 72, strong=True),
    Column("By", 120),
    Column("Confirmation number", 120),
    Column("Written down", 130),
    Column("Why put right", 86),
)
_OUTCOME = (
    "Not the official form, and sent nowhere: values of this session, to be typed into the REMS"
    " website or copied to its form. Answers are given in the program, under REMS."
)
_NOTES = (
    f"{_WANTED} the form wants a value. {_NOT_SEEN} not seen on a form: hold it against yours."
    " Where no value stands, the record has none: nothing is guessed, and nothing comes from"
    " another visit."
)


def render(sheet: Worksheet, paper: str = "letter") -> bytes:
    """Return the worksheet as PDF; the same worksheet gives the same bytes.

    Args:
        sheet: The worksheet.
        paper: "a4" or "letter".
    """
    pen = Pen()
    return build(_page(sheet, paper), pen, story(sheet, pen))


def story(sheet: Worksheet, pen: Pen) -> list[Flowable]:
    """Return the worksheet's content, ready to be set."""
    made: list[Flowable] = [
        *_head(sheet, pen),
        gap(1.5),
        Strip(pen, (), _figures(sheet)),
        gap(0.5),
    ]
    if sheet.changed:
        changed = "; ".join(each.said for each in sheet.changed)
        said = f"▲ Changed since it was filed: {changed}."
        made += [pen.say("{said}", "alert", said=said), gap(1)]
    number = 0
    for title, rows in sheet.sections:
        cells = [_cells(pen, number + place, row) for place, row in enumerate(rows, 1)]
        number += len(rows)
        made += section(pen, title, "", table(pen, _ROWS, cells))
    made += section(pen, "Filing", "", _filing(sheet, pen), none="not yet filed")
    note = f"Form version “{sheet.form.title}” ({sheet.form.dated}). {sheet.form.note}"
    said = pen.say("{said}", "label", said=f"{_NOTES} {note}")
    return [*made, gap(2), said]


def _page(sheet: Worksheet, paper: str) -> Sheet:
    seen = sheet.seen
    return Sheet(
        paper=paper,
        kind=f"{_KIND} · {family(seen)}",
        accent=look.drug(seen.drug),
        who=seen.patient.name,
        ids=f"born {seen.patient.born.isoformat()} · record {seen.patient.number}",
        session=f"Worksheet of session {seen.code} · version {seen.version} · {seen.status}",
        digest=seen.digest[:_DIGITS],
        draft=False,
        notice="rehearsal, not a real patient" if seen.rehearsal else "",
    )


def _head(sheet: Worksheet, pen: Pen) -> list[Flowable]:
    seen = sheet.seen
    patient, day = seen.patient, seen.local(seen.devices[0].at)
    filed = sheet.filed[-1] if sheet.filed else None
    head = Head(
        clinic=seen.clinic.name,
        address=seen.clinic.address,
        kind=_KIND,
        title=f"Filed on {filed.on}" if filed else f"To be filed by {sheet.due.isoformat()}",
        outcome=_OUTCOME,
        drug=seen.drug,
        family=family(seen),
        filled=False,
        status=_status(sheet),
        notes=_status_notes(sheet, filed),
        draft=filed is None,
    )
    identity = (
        ("Born", patient.born.isoformat()),
        ("Sex", patient.sex.value),
        ("Record number", patient.number),
    )
    facts = (
        ("Treatment date", f"{day:%Y-%m-%d %a}"),
        ("Session", f"{seen.code}, version {seen.version}, {seen.status}"),
        ("Observed by", _observer(seen)),
        ("Ordered by", seen.order.by.name if seen.order else NOT_RECORDED),
    )
    return [Masthead(pen, head), Identity(pen, patient.name, identity, facts)]


def _observer(seen: SessionOverview) -> str:
    signed = [each.by.name for each in seen.signatures if not each.co_signature]
    return signed[0] if signed else "not yet signed"


def _status(sheet: Worksheet) -> str:
    if not sheet.filed:
        return "Not yet filed"
    empty = f" with {plural(sheet.filed_empty, 'field')} empty" if sheet.filed_empty else ""
    return f"Filed{empty}"


def _status_notes(sheet: Worksheet, filed: Filed | None) -> tuple[str, ...]:
    if filed is not None:
        return (f"by {filed.filed_by}", f"confirmation {filed.confirmation or 'none given'}")
    lacking = plural(sheet.lacking, "field") + " without a value" if sheet.lacking else "complete"
    taken = "approved here" if sheet.approved else "a draft that nobody has approved"
    return (f"{lacking} · due 7 days after treatment", f"form {sheet.form.id}: {taken}")


def _figures(sheet: Worksheet) -> tuple[Figure, ...]:
    wanted = (
        ("minutes", "Device 1 to the end", " min"),
        ("bp-before", "BP before", " mmHg"),
        ("bp-40", f"BP at {sheet.form.bp_minutes} min", " mmHg"),
        ("bp-completion", "BP before the end", " mmHg"),
    )
    return tuple(_figure(sheet, *each) for each in wanted)


def _figure(sheet: Worksheet, fill: str, name: str, unit: str) -> Figure:
    row = next((row for row in sheet.rows if row.field.fill == fill), None)
    if row is None or not row.value:
        return Figure(name, NOT_RECORDED)
    return Figure(name, f"{row.value}{unit}", row.source)


def _cells(pen: Pen, number: int, row: Row) -> list[object]:
    label = row.field.label
    label += f" {_WANTED}" if row.field.required else ""
    label += f" {_NOT_SEEN}" if row.field.sure is Sure.BELIEVED else ""
    return [str(number), label, _value(pen, row), "\n".join(_source(row))]


def _value(pen: Pen, row: Row) -> object:
    """Return the value as text, which is set in bold, or in plain type that there is none."""
    if row.value:
        return row.value
    none = {State.ASKED: _NOT_ANSWERED, State.EMPTY: row.note}.get(row.state, _NO_VALUE)
    return pen.say("{none}", "cell", none=none)


def _source(row: Row) -> Iterator[str]:
    if row.source:
        yield row.source
    if row.note and row.state is not State.EMPTY:
        yield f"◐ {row.note}" if row.state is State.FILLED else row.note
    elif row.state is State.ASKED:
        yield _A_PERSON


def _filing(sheet: Worksheet, pen: Pen) -> Table | None:
    if not sheet.filed:
        return None
    return table(pen, _FILING, [_filed(sheet, each) for each in sheet.filed])


def _filed(sheet: Worksheet, filed: Filed) -> list[object]:
    at = sheet.seen.local(filed.at)
    return [
        filed.on.isoformat(),
        filed.filed_by,
        filed.confirmation or "none",
        f"{at:%Y-%m-%d %H:%M} by {filed.by.name}",
        filed.reason,
    ]
