"""The answer before the evidence: the dose figures as a balance, the course, the exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override

from reports.pdf import look
from reports.pdf.drawn import Drawn, rule
from reports.pdf.look import Type, Types
from reports.pdf.pen import Pen
from reports.summary import Figure
from reports.wording import NOT_RECORDED

_INKS = {"◐": look.LATE, "✕": look.LATE} | dict.fromkeys("▲▼◆", look.ALERT)
"""By the first of the signs."""
_LEAST_FIGURE = 9.0


class Strip(Drawn):
    """Dose figures at the left, figures of the course at the right, each as wide as it needs.

    Where they do not fit into the line together, the figures are set smaller; none is cut.
    """

    def __init__(self, pen: Pen, amounts: Sequence[Figure], course: Sequence[Figure]) -> None:
        super().__init__(look.MEASURE, 46)
        self.pen, self.amounts, self.course = pen, amounts, course
        self.size = Types.FIGURE.size
        while self.size > _LEAST_FIGURE and self._total() > self.width:
            self.size -= 0.5
        spare = max(0.0, self.width - self._total())
        self.between = 8 + min(6.0, spare / (len(amounts) + 1))
        spare -= (self.between - 8) * len(amounts)
        self.more = spare / max(1, len(course))

    def _total(self) -> float:
        return (
            sum(self._wide(f, Types.FIGURE) + 8 for f in self.amounts)
            + sum(self._wide(f, Types.FIGURE_STRONG) + 15 for f in self.course)
            - 8
        )

    def _wide(self, figure: Figure, how: Type) -> float:
        number, _, unit = figure.value.partition(" ")
        value = self.pen.width(number, self._set(figure, how))
        value += 2 + self.pen.width(unit, Types.LABEL) if unit else 0
        if not _is_number(figure):
            value = max(self.pen.width(word, Types.LABEL) for word in figure.value.split())
        label = self.pen.width(figure.name, Types.LABEL_STRONG)
        return max(value, label, self.pen.width(figure.note, Types.TINY))

    @override
    def draw(self) -> None:
        """Draw it."""
        x = 0.0
        for figure in self.amounts:
            self._amount(figure, x)
            x += self._wide(figure, Types.FIGURE) + self.between
        for figure in self.course:
            self.canv.setStrokeColor(look.HAIR)
            self.canv.setLineWidth(0.8)
            self.canv.line(x, 3, x, 43)
            self._value(figure, x + 7, Types.FIGURE_STRONG)
            self.pen.put(self.canv, (x + 7, 36), figure.name, Types.LABEL)
            self.pen.put(self.canv, (x + 7, 6), figure.note, Types.TINY)
            x += self._wide(figure, Types.FIGURE_STRONG) + 15 + self.more

    def _amount(self, figure: Figure, x: float) -> None:
        given = figure.name == "given"
        self.pen.put(self.canv, (x, 6), figure.note, Types.TINY)
        label = Types.LABEL_STRONG if given else Types.LABEL
        self.pen.put(self.canv, (x, 36), figure.name, label)
        used = self._value(figure, x, Types.FIGURE_STRONG if given else Types.FIGURE)
        if given and _is_number(figure):
            rule(self.canv, x, 14, x + used, ink=look.INK, width=1.4)

    def _set(self, figure: Figure, how: Type) -> Type:
        return Types.BODY if figure.small else Type(self.size, how.face)

    def _value(self, figure: Figure, x: float, how: Type) -> float:
        """Set number and unit; a figure without a number stands in small words."""
        if not _is_number(figure):
            for n, word in enumerate(figure.value.split()):
                self.pen.put(self.canv, (x, 25 - 8 * n), word, Types.LABEL_INK)
            return 0
        number, _, unit = figure.value.partition(" ")
        used = self.pen.put(self.canv, (x, 19), number, self._set(figure, how))
        self.pen.put(self.canv, (x + used + 2, 19), unit, Types.LABEL)
        return used


def _is_number(figure: Figure) -> bool:
    return figure.value != NOT_RECORDED and any(char.isdigit() for char in figure.value)


class Exceptions(Drawn):
    """Everything that did not go by the plan, each with its sign; on as many lines as it takes."""

    def __init__(self, pen: Pen, items: Sequence[tuple[str, str]]) -> None:
        self.pen = pen
        self.placed: list[tuple[float, int, str, str]] = []
        start = pen.width("Exceptions", Types.TABLE_STRONG) + 10
        x, line = start, 0
        for sign, words in items:
            room = pen.width(sign, Types.TABLE) + 3 + pen.width(words, Types.TABLE)
            if x > start and x + room > look.MEASURE:
                x, line = start, line + 1
            self.placed.append((x, line, sign, words))
            x += room + 11
        super().__init__(look.MEASURE, 17 + 11 * line)

    @override
    def draw(self) -> None:
        """Draw it."""
        c, put, top = self.canv, self.pen.put, self.height - 11.6
        rule(c, 0, self.height - 1, self.width, ink=look.LINE, width=0.5)
        rule(c, 0, 1, self.width, ink=look.LINE, width=0.5)
        put(c, (0, top), "Exceptions", Types.TABLE_STRONG)
        for x, line, sign, words in self.placed:
            y = top - 11 * line
            used = put(c, (x, y), sign, Types.TABLE.inked(_INKS.get(sign[:1], look.INK))) + 3
            put(c, (x + used, y), words, Types.TABLE, room=self.width - x - used + 0.1)
