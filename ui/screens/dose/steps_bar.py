"""The bar over the set-up: which steps there are, which are done, and where one is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import icons, theme
from ui.presenters.dose_parts import StepFace
from ui.widgets.parts import Item, button, elided, empty, fill, icon, row, text


class StepsBar(QFrame):
    """The steps from left to right; one that can be opened is a button.

    Signals:
        asked: The key of the step that was pressed.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedHeight(48)
        self.setAccessibleName("Steps")
        self._shown: tuple[tuple[StepFace, ...], str] = ((), "")
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(8, 0, 16, 0)
        self._inside.setSpacing(6)

    def show_steps(self, steps: tuple[StepFace, ...], protocol: str) -> None:
        """Show these steps; nothing is rebuilt while they stay the same."""
        if (steps, protocol) == self._shown:
            return
        self._shown = (steps, protocol)
        empty(self._inside)
        made: list[Item] = []
        for number, step in enumerate(steps, 1):
            if made:
                made.append(icon("caret-right", 14, "text_3"))
            made.append(self._made(number, step))
        words = elided(protocol, 12, 400, "text_2")
        words.setToolTip(protocol)
        fill(self._inside, (*made, ..., words))

    def _made(self, number: int, step: StepFace) -> QWidget:
        words = step.name if step.state == "done" else f"{number}  {step.name}"
        if step.state == "here":
            return _inert(words, "text", 600)
        if not step.reachable:
            return _inert(words, "text_3", 400)
        made: QPushButton = button(words, "quiet", name=f"{step.name}, {step.state}")
        made.setFont(theme.font(13, 500))
        if step.state == "done":
            made.setIcon(icons.picture("check-circle", "good"))
        made.setStyleSheet(f"color: {theme.c.good if step.state == 'done' else theme.c.text_2};")
        made.clicked.connect(lambda *_: self.asked.emit(step.key))
        return made


def _inert(words: str, tone: str, weight: int) -> QWidget:
    made = QWidget()
    made.setLayout(row(text(words, 13, weight, tone), edge=(8, 0, 8, 0)))
    return made
