"""Figures under one another: name at the left, number and unit at the right edge."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.presenters.now_faces import Figure
from ui.widgets.parts import Align, empty, say, text


class Figures(QWidget):
    """Name at the left, number and unit at the right edge."""

    def __init__(self, *, gap: int = 8) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._values: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(gap)
        self._grid.setColumnStretch(0, 1)

    def set_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show these; only the numbers change while the names stay the same."""
        names = tuple(each.name for each in figures)
        if names != self._names:
            self._names = names
            empty(self._grid)
            self._values = []
            for place, each in enumerate(figures):
                value = text("", 14, 600, align=Align.AlignRight)
                unit = text("", 13, 400, "text_2")
                self._grid.addWidget(text(each.name, 13, 400, "text_2"), place, 0)
                self._grid.addWidget(value, place, 1)
                self._grid.addWidget(unit, place, 2)
                self._values.append((value, unit))
        for (value, unit), each in zip(self._values, figures, strict=True):
            say(value, each.value)
            say(unit, each.unit)
