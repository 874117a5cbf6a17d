"""The pieces that sections are set from: headings, tables, and how they break over pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from typing_extensions import override

from reports.pdf import faces, look
from reports.pdf.drawn import Drawn, rule
from reports.pdf.look import Types
from reports.pdf.pen import Pen

Command = tuple[object, ...]
NO_SPANS: Mapping[int, tuple[int, int]] = MappingProxyType({})
_UNBOUND = 1_000_000
_LINES = 10  # of each row that a long cell is broken into
_LETTER = 3.5  # points that a letter takes, about
_BETWEEN = 26.0  # points, from one empty section to the next
_START = 80.0  # points: a heading, a table head and some rows


def gap(steps: float = 2) -> Spacer:
    """Return so many steps of empty space."""
    return Spacer(1, steps * look.STEP)


class Heading(Drawn):
    """Rule, title, and at the right what the reader should know before reading on.

    Where nothing follows, `said` stands beside the title and says so.
    """

    def __init__(
        self, pen: Pen, title: str, remark: str = "", *, keep: bool = True, said: str = ""
    ) -> None:
        super().__init__(look.MEASURE, 15.5)
        self.said = said
        self.pen, self.title, self.remark, self.keepWithNext = pen, title, remark, keep

    @override
    def getSpaceBefore(self) -> float:
        """Return the space above."""
        return 6

    @override
    def draw(self) -> None:
        """Draw it."""
        rule(self.canv, 0, 15, self.width, ink=look.INK, width=0.9)
        used = self.pen.put(self.canv, (0, 5), self.title, Types.SECTION)
        if self.said:
            self.pen.put(self.canv, (used + 10, 5), self.said, Types.TABLE)
        spot, room = (self.width, 5), self.width - used - 12
        self.pen.put(self.canv, spot, self.remark, Types.LABEL, "right", room)


class EmptySections(Drawn):
    """Sections in which nothing stands, one beside the other, each with what it says."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.pen = headings[0].pen
        self.placed: list[tuple[float, int, Heading]] = []
        x, line = 0.0, 0
        for each in headings:
            wide = self._title(each) + self.pen.width(each.said, Types.TABLE)
            if x and x + wide > look.MEASURE:
                x, line = 0.0, line + 1
            self.placed.append((x, line, each))
            x += wide + _BETWEEN
        super().__init__(look.MEASURE, 15.5 + 11 * line)

    def _title(self, heading: Heading) -> float:
        return self.pen.width(heading.title, Types.SECTION) + 10

    @override
    def getSpaceBefore(self) -> float:
        """Return the space above."""
        return 6

    @override
    def draw(self) -> None:
        """Draw it."""
        rule(self.canv, 0, self.height - 0.5, self.width, ink=look.INK, width=0.9)
        for x, line, each in self.placed:
            y = self.height - 10.5 - 11 * line
            self.pen.put(self.canv, (x, y), each.title, Types.SECTION)
            self.pen.put(self.canv, (x + self._title(each), y), each.said, Types.TABLE)


def joined(flowables: Sequence[Flowable]) -> list[Flowable]:
    """Return a story in which empty sections that follow each other share a line."""
    made: list[Flowable] = []
    pairs = zip(flowables, (*flowables[1:], None), strict=True)
    for empty, run in groupby(pairs, lambda pair: _is_empty(*pair)):
        each = [flowable for flowable, _ in run]
        made += [EmptySections(each)] if empty and len(each) > 1 else each
    return made


def _is_empty(flowable: Flowable, following: Flowable | None) -> bool:
    """Tell whether it is a section without anything below its heading."""
    if not isinstance(flowable, Heading) or not flowable.said:
        return False
    return following is None or isinstance(following, Heading | CondPageBreak | KeepTogether)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        right: Figures stand at the right, words at the left.
        strong: The column that is read first.
    """

    head: str
    width: float
    right: bool = False
    strong: bool = False


def table(
    pen: Pen,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    extra: Sequence[Command] = (),
    *,
    wash: Sequence[int] = (),
    spans: Mapping[int, tuple[int, int]] = NO_SPANS,
) -> Table:
    """Return a table with horizontal rules only.

    It repeats its head on each page; long text goes on from page to page. A cell is text as
    typed, or a flowable.

    Args:
        pen: The report's.
        columns: Of the table.
        rows: One cell for each column.
        extra: Further commands of reportlab's, counting from the head.
        wash: Rows that lie on the wash, counting from 0.
        spans: For such a row, from which column to which one cell goes over all.
    """
    head = [[_head(pen, column) for column in columns]] if any(c.head for c in columns) else []
    commands = _commands(columns, headed=bool(head))
    body: list[list[object]] = []
    for n, row in enumerate(rows):
        first = len(head) + len(body)
        parts = _broken(pen, columns, row)
        body += [[_cell(pen, c, cell) for c, cell in zip(columns, p, strict=True)] for p in parts]
        last = len(head) + len(body) - 1
        if n in wash:
            commands.append(("BACKGROUND", (0, first), (-1, last), look.WASH))
        if n in spans:
            start, end = spans[n]
            commands.append(("SPAN", (start, first), (end, last)))
        commands += _joined(first, last)
    made = Table(
        head + body,
        colWidths=[column.width for column in columns],
        repeatRows=len(head),
        splitByRow=1,
        splitInRow=0,
        hAlign="LEFT",
    )
    made.setStyle(TableStyle([*commands, *extra]))
    return made


def _broken(pen: Pen, columns: Sequence[Column], row: Sequence[object]) -> list[Sequence[object]]:
    """Return a row with very long text as several, so that it can break wherever a page ends."""
    made: list[list[object]] = [list(row)]
    for n, (column, cell) in enumerate(zip(columns, row, strict=True)):
        if not isinstance(cell, str) or not _is_long(cell, column):
            continue
        how = Types.TABLE_STRONG if column.strong else Types.TABLE
        room = column.width - 2 * look.PAD - 0.5
        lines = [
            line
            for part in pen.bounded(cell).split("\n")
            for line in pen.lines(part, room, how, most=_UNBOUND)
        ]
        for k in range(0, len(lines), _LINES):
            if k // _LINES == len(made):
                made.append([""] * len(row))
            made[k // _LINES][n] = "\n".join(lines[k : k + _LINES])
    return list(made)


def _is_long(text: str, column: Column) -> bool:
    """Tell whether a cell may take more lines than a row should have."""
    return len(text) * _LETTER / column.width + text.count("\n") > _LINES - 2


def _joined(first: int, last: int) -> list[Command]:
    """Return the commands that make several rows look like one, ruled off below."""
    made: list[Command] = [("LINEBELOW", (0, last), (-1, last), 0.4, look.HAIR)]
    for n in range(first, last):
        made += [
            ("BOTTOMPADDING", (0, n), (-1, n), 0),
            ("TOPPADDING", (0, n + 1), (-1, n + 1), 0),
        ]
    return made


def _cell(pen: Pen, column: Column, cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    made = pen.cell(cell, column.width - 2 * look.PAD, "cell-strong" if column.strong else "cell")
    if column.right and isinstance(made, Paragraph):
        return pen.say("{text}", "cell-right", text=cell)
    return made


def _head(pen: Pen, column: Column) -> object:
    plain = all(face == faces.TEXT for face, _ in faces.runs(column.head, faces.TEXT))
    if plain:
        return column.head
    return pen.say("{head}", "label-right" if column.right else "label", head=column.head)


def _commands(columns: Sequence[Column], *, headed: bool) -> list[Command]:
    size, label = Types.TABLE.size, Types.LABEL.size
    everywhere = ((0, 0), (-1, -1))
    made: list[Command] = [
        ("FONT", *everywhere, faces.TEXT, size, look.ROW),
        ("TEXTCOLOR", *everywhere, look.INK),
        ("TOPPADDING", *everywhere, 0.8),
        ("BOTTOMPADDING", *everywhere, 1.5),
        ("LEFTPADDING", *everywhere, look.PAD),
        ("RIGHTPADDING", *everywhere, look.PAD),
        ("VALIGN", *everywhere, "TOP"),
    ]
    if headed:
        made += [
            ("FONT", (0, 0), (-1, 0), faces.TEXT, label, 8.4),
            ("TEXTCOLOR", (0, 0), (-1, 0), look.SOFT),
            ("LINEBELOW", (0, 0), (-1, 0), 0.6, look.LINE),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ]
    made += [("ALIGN", (n, 0), (n, -1), "RIGHT") for n, col in enumerate(columns) if col.right]
    return made


def section(
    pen: Pen,
    title: str,
    remark: str,
    body: Table | None,
    *,
    none: str = "None",
    whole: bool = True,
) -> list[Flowable]:
    """Return heading and table: a low one stays whole, a tall one breaks where it must.

    One that may break starts only where its head and some rows find room. An empty section
    says so: silence would be ambiguous.

    Args:
        pen: The report's.
        title: Of the section.
        remark: At the right of the heading.
        body: The table, None where there is nothing to list.
        none: What an empty section says.
        whole: Whether a low table is kept on one page.
    """
    if body is None:
        return [Heading(pen, title, keep=False, said=none)]
    _, tall = body.wrap(look.MEASURE, _UNBOUND)
    if (whole and tall <= look.WHOLE) or tall <= _START:
        return [Heading(pen, title, remark), body]
    return [CondPageBreak(_START), Heading(pen, title, remark, keep=False), body]


def sign(pen: Pen, shape: str, words: str) -> Paragraph:
    """Return a cell that begins with a sign."""
    return pen.say("{shape} {words}", "cell", shape=shape, words=words)
