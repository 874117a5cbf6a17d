"""What stands beside the paper: what is in the record, and the question about an unusual value."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.dose_parts import RecordedRow, Unusual
from ui.widgets.parts import (
    Item,
    box,
    button,
    col,
    empty,
    fill,
    icon,
    row,
    rule,
    text,
)

_LONGEST, _RUN = 160, 20
"""Characters that are shown of one text, and those after which it may always go on below."""

_GLYPHS = {"good": "check-circle", "alert": "warning", "text_2": "minus-circle"}


class Recorded(QFrame):
    """What is in the record by now, each with the way to enter it anew.

    Signals:
        asked: The key of the step that was pressed.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Recorded")
        self._shown: tuple[RecordedRow, ...] | None = None
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(16, 12, 16, 8)
        self._inside.setSpacing(10)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        back = button("Back to the session", "quiet", "arrow-left")
        back.clicked.connect(lambda *_: self.asked.emit(""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 12)
        fill(layout, ((scroll, 1), row(back, edge=(16, 0, 16, 0))))

    def show_rows(self, rows: tuple[RecordedRow, ...]) -> None:
        """Show these; nothing is rebuilt while they stay the same."""
        if rows == self._shown:
            return
        self._shown = rows
        empty(self._inside)
        self._inside.addWidget(text("Recorded", 13, 600))
        if not rows:
            words = "Nothing yet. What is recorded here stays in the record."
            self._inside.addWidget(text(words, 13, 400, "text_2", wrap=True))
        for place, each in enumerate(rows):
            fill(self._inside, (*((rule(),) if place else ()), self._row(each)))
        fill(self._inside, (...,))

    def _row(self, each: RecordedRow) -> Item:
        words: list[Item] = [
            row(
                icon(_GLYPHS[each.tone], 16, each.tone),
                text(each.name, 12, 500, "text_2"),
                ...,
                gap=5,
            ),
            _told(each.value, 14, 600, "text"),
            *(_told(fact, 12, 400, "text_2") for fact in each.facts),
        ]
        if each.key:
            again = button(each.again, name=f"{each.again}: {each.name}")
            again.clicked.connect(lambda *_: self.asked.emit(each.key))
            words += [4, again]
        return col(*words, gap=3)


def _told(words: str, size: int, weight: int, tone: str) -> QLabel:
    """Return a text that leaves room for the buttons; pointed at, it tells all of it."""
    short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    label = text(_breakable(short), size, weight, tone, wrap=True)
    if short != words:
        label.setToolTip(_breakable(words))
        label.setAccessibleName(words)
    return label


def _breakable(words: str) -> str:
    """Return the words, each longer one with places where a line may end."""
    return re.sub(rf"(\S{{{_RUN}}})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", words)


class UnusualPanel(QFrame):
    """Asks about a value, the old one beside the new one.

    Signals:
        kept: The value is right.
        refused: It was a slip of the hand; Esc says so too.
    """

    kept = Signal()
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card-alert")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 12, 16, 16)
        self._inside.setSpacing(10)
        self._right: QPushButton | None = None
        self.hide()

    def show_unusual(self, unusual: Unusual | None) -> None:
        """Ask, and take the focus; None asks no more."""
        self.setVisible(unusual is not None)
        if unusual is None:
            return
        empty(self._inside)
        self.setAccessibleName(unusual.said)
        head = row(icon("warning", 18, "alert"), text("Is this right?", 14, 600, "alert"), ...)
        sides = (
            box(
                col(
                    text(name, 12, 400, "text_2"),
                    text(value, 16, 600),
                    *((text(more, 12, 400, "text_2", wrap=True),) if more else ()),
                    gap=1,
                    edge=(10, 6, 10, 6),
                ),
                "well",
            )
            for name, value, more in unusual.sides
        )
        again = button("No, type it again")
        again.clicked.connect(self.refused)
        self._right = button(unusual.right, "primary")
        self._right.clicked.connect(self.kept)
        said = text(unusual.said, 13, 400, wrap=True)
        fill(self._inside, (head, said, *sides, 4, again, self._right, ...))
        again.show()  # now: what is not yet shown cannot take the focus
        again.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        """Enter presses the button that has the focus; the safe one has it at first."""
        for made in self.findChildren(QPushButton):
            if made.hasFocus():
                made.click()
                return
