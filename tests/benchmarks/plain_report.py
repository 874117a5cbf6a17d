"""The same content as the report's, set without care: by bare reportlab, and as a web page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, PolyLine
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Table

from monitor.overview import SessionOverview
from reports import summary
from reports.pdf import faces
from reports.pdf.parts import Heading
from reports.pdf.sections.proof import Proof
from reports.pdf.sections.signing import Signatures
from reports.pdf.session_report import story

_WIDE, _TALL = 528.0, 100.0
_SMALL = ParagraphStyle("small", fontName=faces.TEXT, fontSize=7.5, leading=9)
_TITLE = ParagraphStyle("title", parent=_SMALL, fontName=faces.STRONG, fontSize=9, leading=14)

Rows = list[list[str]]


@dataclass(slots=True)
class Section:
    """A title and what stands below it, as text."""

    title: str
    tables: list[Rows] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a report says.

    Attributes:
        curves: The chart's, in points.
    """

    sections: tuple[Section, ...]
    curves: tuple[tuple[tuple[float, float], ...], ...]


def content(overview: SessionOverview) -> Content:
    """Return what the report of a session says."""
    head = Section(summary.title(overview), [[[summary.outcome(overview)]], _identity(overview)])
    found = [head]
    for each in _flat(story(overview)):
        if isinstance(each, Heading):
            found.append(Section(each.title, [[[each.remark or each.said]]]))
        elif rows := _rows(each):
            found[-1].tables.append(rows)
    return Content(tuple(found), _curves(overview))


def _identity(overview: SessionOverview) -> Rows:
    patient = overview.patient
    figures = (*summary.dose_figures(overview), *summary.course_figures(overview))
    exceptions = [f"{sign} {words}" for sign, words in summary.exceptions(overview)]
    who = [patient.name, str(patient.born), patient.number, ", ".join(patient.allergies)]
    return [who, [f"{each.name} {each.value} {each.note}" for each in figures], exceptions]


def _flat(flowables: Sequence[Flowable]) -> Iterator[Flowable]:
    for each in flowables:
        if isinstance(each, KeepTogether):
            yield from _flat(each._content)
        else:
            yield each


def _rows(each: Flowable) -> Rows:
    if isinstance(each, Table):
        return [[_text(cell) for cell in row] for row in each._cellvalues]
    if isinstance(each, Paragraph):
        return [[each.getPlainText()]]
    if isinstance(each, Signatures):
        return [[f"{b.meaning} {b.name} {b.credential} {b.at}", *b.lines] for b in each.boxes]
    return [list(row) for row in each.rows] if isinstance(each, Proof) else []


def _text(cell: object) -> str:
    if isinstance(cell, list | tuple):
        return " ".join(map(_text, cell))
    return cell.getPlainText() if isinstance(cell, Paragraph) else str(cell or "")


def _curves(overview: SessionOverview) -> tuple[tuple[tuple[float, float], ...], ...]:
    signs = ("heart_rate", "spo2", "resp")
    count = max(len(overview.readings) - 1, 1)
    return tuple(
        tuple(
            (n * _WIDE / count, (getattr(row.reading, sign) or 0) * _TALL / 200)
            for n, row in enumerate(overview.readings)
        )
        for sign in signs
    )


def by_bare_reportlab(said: Content) -> bytes:
    """Set it with plain tables and paragraphs in the same typefaces, and nothing else."""
    out, chart = io.BytesIO(), Drawing(_WIDE, _TALL)
    for curve in said.curves:
        chart.add(PolyLine([at for point in curve for at in point], strokeColor=black))
    flowables: list[Flowable] = [chart]
    for section in said.sections:
        flowables.append(Paragraph(escape(section.title), _TITLE))
        for rows in section.tables:
            wide = max(map(len, rows))
            even = [row + [""] * (wide - len(row)) for row in rows]
            cells = [[Paragraph(escape(cell), _SMALL) for cell in row] for row in even]
            flowables.append(Table(cells, splitInRow=1, repeatRows=0))
    SimpleDocTemplate(out, pagesize=A4, initialFontName=faces.TEXT, invariant=1).build(flowables)
    return out.getvalue()


def as_web_page(said: Content) -> str:
    """Return it as a page that WeasyPrint sets."""
    lines = "".join(
        f'<polyline fill="none" stroke="black" points="{_points(curve)}"/>' for curve in said.curves
    )
    made = [f'<svg width="{_WIDE}" height="{_TALL}">{lines}</svg>']
    for section in said.sections:
        made.append(f"<h2>{escape(section.title)}</h2>")
        made += [f"<table>{_page_rows(rows)}</table>" for rows in section.tables]
    style = "@page{size:A4;margin:1cm}body{font:7.5pt sans-serif}h2{font-size:9pt}"
    return f"<!doctype html><style>{style}</style>{''.join(made)}"


def _points(curve: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{_TALL - y:.1f}" for x, y in curve)


def _page_rows(rows: Rows) -> str:
    return "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in rows)
