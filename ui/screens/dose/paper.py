"""The paper: the working as one would write it down, one line under the other."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.presenters.dose_working import LineFace, WorkingFace
from ui.widgets.parts import (
    Align,
    Item,
    Thing,
    box,
    col,
    elided,
    empty,
    fill,
    icon,
    row,
    rule,
    say,
    text,
)

_NAME_WIDTH, _RESULT_WIDTH = 76, 120
_WIDEST = 720
"""However wide the window is, a result stays within reach of its sum."""
_COVER_WIDTH = 320
_GLYPHS = {"good": "check-circle", "alert": "warning", "text_2": "info"}


class Paper(QFrame):
    """Shows the working as it comes in; a line that waits says for what."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "paper")
        self.setAccessibleName("Working")
        self._shown: WorkingFace | None = None
        self._inside = QVBoxLayout()
        self._inside.setSpacing(1)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._note = elided("", 12, 400, "text_3")
        head = row(text("Working", 13, 600), ..., self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(5)
        lines = QWidget()
        lines.setLayout(self._inside)
        lines.setMaximumWidth(_WIDEST)
        fill(layout, (head, (lines, 1)))

    def show_working(self, face: WorkingFace) -> None:
        """Show these lines; nothing is rebuilt while they stay the same."""
        if face == self._shown:
            return
        self._shown = face
        empty(self._inside)
        say(self._note, face.note)
        if face.covered:
            self.setAccessibleDescription(face.covered)
            words = text(face.covered, 13, 400, "text_2", wrap=True)
            words.setMaximumWidth(_COVER_WIDTH)
            cover = row(..., col(icon("eye-slash", 20, "text_2"), ...), (words, 2), ..., gap=10)
            fill(self._inside, (..., cover, ...))
            return
        for place, line in enumerate(face.lines):
            if place:
                self._inside.addWidget(rule())
            self._inside.addWidget(_line(line))
        if face.rates:
            wells = tuple((_well(*rate), 1) for rate in face.rates)
            fill(self._inside, (10, text("The same rate, three ways", 13, 600), 3))
            fill(self._inside, (row(*wells, gap=8), 5))
        fill(self._inside, (8, *self._said(face), ...))
        self.setAccessibleDescription(_spoken(face))

    def _said(self, face: WorkingFace) -> tuple[Item, ...]:
        said: list[Item] = []
        if face.verdict:
            said.append(_sentence(face.verdict, face.tone))
        if face.flag:
            said.append(_sentence(face.flag, "alert"))
        return tuple(said)


def _line(line: LineFace) -> QWidget:
    name = text(line.name, 12, 400, "text_2")
    name.setFixedWidth(_NAME_WIDTH)
    waits = not line.result
    sum_ = elided(line.sum, 13 if waits else 14, 400, "text_3" if waits else "text", grows=True)
    end = text(line.result, 16 if line.hero else 14, 600, align=Align.AlignRight)
    end.setMinimumWidth(_RESULT_WIDTH)
    equals = text("=" if line.result and line.equals else "", 14, 400, "text_3")
    made = box(row(name, (sum_, 1), equals, end, gap=8, edge=(0, 9, 0, 9)), "plain")
    made.setMinimumHeight(44)
    return made


def _well(figure: str, unit: str) -> QFrame:
    return box(
        col(text(figure, 16, 600), text(unit, 12, 400, "text_2"), gap=0, edge=(10, 6, 8, 6)), "well"
    )


def _sentence(words: str, tone: str) -> Thing:
    weight = 500 if tone == "alert" else 400
    size = 13 if tone == "alert" else 12
    said = text(words, size, weight, "alert" if tone == "alert" else "text_2", wrap=True)
    said.setFont(theme.font(size, weight))
    return row(col(icon(_GLYPHS[tone], 16, tone), ...), (said, 1), gap=6)


def _spoken(face: WorkingFace) -> str:
    lines = [
        f"{line.name}: {line.sum} = {line.result}" if line.result else f"{line.name} {line.sum}"
        for line in face.lines
    ]
    rates = [f"{figure} {unit}" for figure, unit in face.rates]
    return ". ".join((*lines, *rates, face.verdict, face.flag)).strip(". ")
