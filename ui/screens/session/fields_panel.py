"""The labelled fields: the same line for those who prefer it; Tab never leaves the set."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.fields import ALL, line_of
from ui.widgets.parts import box, field, fill, keyed, labelled, row, text

_COLUMNS = 8
_PADDED = "padding: 0 6px;"
_LEVELS = 3
"""With all its room, with lower fields, and without its head as well."""

_LOW = f"{_PADDED} min-height: 26px; max-height: 26px;"


class FieldsPanel(QFrame):
    """One field for each value; what is in them stands in the entry line at once.

    Signals:
        changed: The line that says the same.
        submitted: Enter was pressed.
        given_up: Esc or F2.
    """

    changed = Signal(str)
    submitted = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Fields")
        self._lines: dict[str, QLineEdit] = {}
        self._level = 0
        self._grid = grid = QGridLayout()
        grid.setSpacing(8)
        for place, each in enumerate(ALL):
            line = field(hint=each.hint, name=each.name or each.label)
            line.setMinimumWidth(40)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.setStyleSheet(_PADDED)
            line.textEdited.connect(lambda *_: self.changed.emit(self.line))
            line.returnPressed.connect(lambda line=line: self._submit(line))
            self._lines[each.key] = line
            grid.addLayout(labelled(each.label, line), place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 3 if column else 4)  # a pressure is the longest figure
        keys = row(
            text("Fields", 13, 600),
            ...,
            keyed("Enter", "stores"),
            keyed("Esc", "entry line"),
            gap=12,
        )
        self._last = next(iter(self._lines.values()))
        self._head = box(keys, "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(6)
        fill(layout, (self._head, grid))

    def set_room(self, height: int) -> None:
        """Give way to what stands above: first with lower fields, then without the head."""
        for level in range(_LEVELS):
            self._set_level(level)
            if self.sizeHint().height() <= height:
                return

    def _set_level(self, level: int) -> None:
        if level == self._level:
            return
        self._level = level
        self._head.setVisible(level < _LEVELS - 1)
        self._grid.setVerticalSpacing(4 if level else 8)
        for line in self._lines.values():
            line.setStyleSheet(_LOW if level else _PADDED)
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made in `__init__`
        layout.setContentsMargins(16, *((5, 16, 4) if level else (10, 16, 12)))
        layout.activate()

    @property
    def line(self) -> str:
        """Return the line that says the same as the fields."""
        return line_of({key: line.text() for key, line in self._lines.items()})

    def begin(self) -> None:
        """Empty every field and go to the first."""
        self.stand_for("")
        self._last.setFocus()

    def stand_for(self, words: str) -> None:
        """Keep what is in the fields where that is what this line says; else empty them."""
        if words != self.line:
            for line in self._lines.values():
                line.clear()
        if not words:
            self._last = next(iter(self._lines.values()))

    def go_back(self) -> None:
        """Go to the field that had the focus last."""
        self._last.setFocus()

    def _submit(self, line: QLineEdit) -> None:
        self._last = line
        self.submitted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go round and round: Tab never leaves the set."""
        lines = list(self._lines.values())
        here = next_of(lines, step=1 if next else -1)
        here.setFocus()
        here.selectAll()
        return True


def next_of(lines: list[QLineEdit], *, step: int) -> QLineEdit:
    """Return the field after (or before) the one with the focus, round the corner."""
    places = [place for place, line in enumerate(lines) if line.hasFocus()]
    start = places[0] if places else -step
    return lines[(start + step) % len(lines)]
