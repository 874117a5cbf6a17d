"""What is waited for: an open condition takes two lines, a met one takes one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.presenters.door import Need
from ui.widgets.parts import (
    Item,
    Thing,
    button,
    col,
    elided,
    empty,
    icon,
    row,
    text,
)

_GLYPHS = {
    "met": ("check-circle", "good"),
    "open": ("circle-dashed", "overdue"),
    "blocks": ("warning-circle", "alert"),
    "warned": ("warning", "overdue"),
}


class Needs(QWidget):
    """The list of what stands before the next step.

    Signals:
        command: The key of a button that was pressed.
    """

    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Need, ...] = ()
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)

    def set_needs(self, needs: tuple[Need, ...]) -> None:
        """Show these; nothing is rebuilt while they stay the same."""
        if needs == self._shown:
            return
        self._shown = needs
        empty(self._list)
        for need in needs:
            made = self._met(need) if need.state == "met" else self._open(need)
            if isinstance(made, QWidget):
                self._list.addWidget(made)
            else:
                self._list.addLayout(made)

    def _met(self, need: Need) -> Thing:
        glyph, tone = _GLYPHS["met"]
        more = text(need.more, 12, 400, "text_2")
        if _wide(need) > _ONE_LINE:
            lines = col(
                text(need.words, 13, 500, "text_2", wrap=True),
                text(need.more, 12, 400, "text_2", wrap=True),
                gap=0,
            )
            return row(icon(glyph, 20, tone), (lines, 1), gap=8)
        return row(
            icon(glyph, 20, tone),
            (elided(need.words, 13, 500, "text_2", grows=True), 1),
            more,
            gap=8,
        )

    def _open(self, need: Need) -> Thing:
        glyph, tone = _GLYPHS[need.state]
        more = f"open · {need.more}" if need.state == "open" and not need.key else need.more
        lines = col(
            text(need.words, 13, 600, wrap=True), text(more, 12, 400, "text_2", wrap=True), gap=0
        )
        parts: list[Item] = [icon(glyph, 20, tone), (lines, 1)]
        if need.key:
            name = f"{need.action}: {need.words}"
            act = button(need.action, "quiet", name=name, means=need.key)
            act.clicked.connect(lambda *_, key=need.key: self.command.emit(key))
            parts.append(act)
        return row(*parts, gap=8)


_ONE_LINE = 188
"""So many pixels words and evidence have beside each other in the narrower panel."""


def _wide(need: Need) -> int:
    """Return how much room its words and its evidence need on one line."""
    words = QFontMetrics(theme.font(13, 500)).horizontalAdvance(need.words)
    return words + QFontMetrics(theme.font(12)).horizontalAdvance(need.more)
