"""The head of the first page: clinic, what this is, whose it is, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from reports.pdf import look
from reports.pdf.drawn import Drawn, rule
from reports.pdf.look import Types
from reports.pdf.pen import Pen

_BOX = 164.0  # width of the status box
_OUTCOME_ROW = 10.5


@dataclass(frozen=True, slots=True)
class Head:
    """What the masthead says.

    Attributes:
        family: Drug and route, as in the label: "ketamine IV".
        filled: Whether that label is filled (ketamine) or outlined (esketamine).
    """

    clinic: str
    address: str
    kind: str
    title: str
    outcome: str
    drug: str
    family: str
    filled: bool
    status: str
    notes: tuple[str, ...]
    draft: bool


class Masthead(Drawn):
    """Clinic, title, outcome and the status box: the first thing an auditor needs."""

    def __init__(self, pen: Pen, head: Head) -> None:
        self.pen, self.head = pen, head
        beside = look.MEASURE - pen.width(head.kind, Types.BODY_STRONG) - 12
        self.clinic = pen.lines(head.clinic, beside, Types.BODY_STRONG, most=3)
        self.clinic_wide = pen.width(self.clinic[-1], Types.BODY_STRONG) + 6
        fits = self.clinic_wide + pen.width(head.address, Types.LABEL) <= beside
        self.address = (
            [] if fits or not head.address else pen.lines(head.address, beside, Types.LABEL, most=3)
        )
        self.top = 9.6 * (len(self.clinic) - 1) + 9.0 * len(self.address)
        self.outcome = pen.lines(head.outcome, look.MEASURE - _BOX - 16, Types.BODY, most=5)
        grows = _OUTCOME_ROW * max(0, len(self.outcome) - 2)
        super().__init__(look.MEASURE, 66 + self.top + grows)

    @override
    def draw(self) -> None:
        """Draw it."""
        self._clinic()
        top = self.height - self.top
        self._title(top)
        for n, line in enumerate(self.outcome):
            self.pen.put(self.canv, (0, top - 48.5 - _OUTCOME_ROW * n), line, Types.BODY)
        self._status(self.width - _BOX, top - 58)

    def _clinic(self) -> None:
        c, put, y = self.canv, self.pen.put, self.height - 8
        put(c, (self.width, y), self.head.kind, Types.BODY_STRONG.inked(look.SOFT), "right")
        for line in self.clinic:
            put(c, (0, y), line, Types.BODY_STRONG)
            y -= 9.6
        if not self.address:
            put(c, (self.clinic_wide, y + 9.6), self.head.address, Types.LABEL)
        for line in self.address:
            put(c, (0, y + 0.6), line, Types.LABEL)
            y -= 9.0
        rule(c, 0, self.height - self.top - 14, self.width, ink=look.INK, width=0.9)

    def _title(self, top: float) -> None:
        """Set the family's label and the title; the word decides, not the colour."""
        c, head, accent = self.canv, self.head, look.drug(self.head.drug)
        how = Types.FAMILY.inked(look.PAPER if head.filled else accent)
        room = self.pen.width(head.family, how) + 12
        c.setLineWidth(1.2)
        c.setStrokeColor(accent)
        c.setFillColor(accent if head.filled else look.PAPER)
        c.roundRect(0.6, top - 36, room, 14, 2.5, stroke=1, fill=1)
        self.pen.put(c, (6.6, top - 32.2), head.family, how)
        free = self.width - room - _BOX - 26
        self.pen.put_whole(c, (room + 10, top - 34.5), head.title, Types.TITLE, free)

    def _status(self, x: float, y: float) -> None:
        c, draft = self.canv, self.head.draft
        c.setStrokeColor(look.ALERT if draft else look.INK)
        c.setFillColor(look.PAPER)
        c.setLineWidth(0.9)
        if draft:
            c.setDash(3, 2)
        c.roundRect(x, y, _BOX, 36, 3, stroke=1, fill=1)
        c.setDash()
        sign, ink = ("○", look.ALERT) if draft else ("✓", look.INK)
        status = f"{sign} {self.head.status}"
        self.pen.put_whole(c, (x + 8, y + 24), status, Types.STATUS.inked(ink), _BOX - 16)
        for n, line in enumerate(self.head.notes[:2]):
            self.pen.put_whole(c, (x + 8, y + 14 - 8.4 * n), line, Types.TINY, _BOX - 16)


Placed = list[tuple[float, str, list[str]]]


class Identity(Drawn):
    """Whose record it is: the name large, identifiers beside it, the session's facts below.

    It grows; it never cuts a word off.
    """

    def __init__(
        self,
        pen: Pen,
        name: str,
        facts: Sequence[tuple[str, str]],
        more: Sequence[tuple[str, str]],
    ) -> None:
        self.pen = pen
        beside = look.columns(4)
        self.names = pen.lines(name, beside, Types.NAME)
        wide = len(self.names) > 1
        if wide:
            self.names = pen.lines(name, look.MEASURE - 16, Types.NAME)
        self.left = 8.0 if wide else 8 + beside + look.GUTTER
        self.rows = [
            self._set(facts, look.MEASURE - self.left - 8),
            self._set(more, look.MEASURE - 16),
        ]
        tall = [max(len(lines) for _, _, lines in row) for row in self.rows]
        first = 14 + look.NAME_ROW * len(self.names) if wide else 0.0
        below = look.FACT_ROW * tall[0]
        second = first + (24 + below if wide else max(31.0, 22 + below))
        self.tops = [first, second]
        super().__init__(look.MEASURE, second + 18 + look.FACT_ROW * tall[1])

    def _set(self, facts: Sequence[tuple[str, str]], room: float) -> Placed:
        """Set natural widths with even spaces; the widest give way and wrap where they must."""
        wants = [
            max(self.pen.width(k, Types.LABEL), self.pen.width(v, Types.BODY_STRONG)) + 0.1
            for k, v in facts
        ]
        free = room - 9 * (len(facts) - 1)
        cap = max(wants)
        while sum(min(w, cap) for w in wants) > free:
            cap -= 2
        wants = [min(w, cap) for w in wants]
        space = min((room - sum(wants)) / max(1, len(facts) - 1), 40)
        made, x = [], 0.0
        for (k, v), want in zip(facts, wants, strict=True):
            made.append((x, k, self.pen.lines(v, want, Types.BODY_STRONG, most=20)))
            x += want + space
        return made

    @override
    def draw(self) -> None:
        """Draw it."""
        c, put, h = self.canv, self.pen.put, self.height
        c.setFillColor(look.WASH)
        c.rect(0, 0, self.width, h, stroke=0, fill=1)
        put(c, (8, h - 11), "Patient", Types.LABEL)
        for n, line in enumerate(self.names):
            put(c, (8, h - 24.5 - look.NAME_ROW * n), line, Types.NAME)
        rule(c, 0, h - self.tops[1], self.width, ink=look.PAPER, width=1)
        upper, lower = self.rows
        self._row(upper, self.left, h - self.tops[0] - 11, 12)
        self._row(lower, 8, h - self.tops[1] - 9, 10.5)

    def _row(self, row: Placed, left: float, y: float, drop: float) -> None:
        for x, label, lines in row:
            self.pen.put(self.canv, (left + x, y), label, Types.LABEL)
            for n, line in enumerate(lines):
                spot = (left + x, y - drop - look.FACT_ROW * n)
                self.pen.put(self.canv, spot, line, Types.BODY_STRONG)
