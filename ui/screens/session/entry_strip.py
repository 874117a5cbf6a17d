"""The entry line: the field with the focus, what it understood, and the slot it will close."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.readback import Chip, ReadBack
from ui.widgets.parts import (
    Item,
    box,
    col,
    dressed,
    elided,
    empty,
    field,
    fill,
    icon,
    keyed,
    pill,
    redress,
    row,
    say,
    text,
)

_WIDE = 312
_QUIET = "Type a reading, an event or a note, then Enter."


class Line(QLineEdit):
    """The field itself.

    Signals:
        left: Esc was pressed.
        focused: Whether it has the focus now.
    """

    left = Signal()
    focused = Signal(bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a signal

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a signal


class EntryStrip(QFrame):
    """The line at the foot of the session.

    Signals:
        typed: The text, at every change.
        submitted: Enter was pressed.
        reason_given: The reason, as typed.
        cleared: Esc was pressed.
    """

    typed = Signal(str)
    submitted = Signal()
    reason_given = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "entry")
        self.setMinimumHeight(theme.SIZE["entry"])
        self.line = self._make_line()
        self._ring = box(row(self.line, edge=4), "ring", w=_WIDE + 8, h=48)
        self._read: ReadBack | None = None
        self._chips, self._goes, self._keys = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._sign = icon("warning", 16, "alert")
        self._said = elided("", 13, 400, "text_2", grows=True)
        self._reason = Line()
        self._reason_why = elided("", 13, 500, "overdue", grows=True)
        self._reason_row = QWidget()
        self._make_reason()
        self._lay_out()
        self.show_read_back(ReadBack())

    def show_read_back(self, read: ReadBack) -> None:
        """Show what was understood, and what Enter will do."""
        if read == self._read:
            return
        self._read = read
        empty(self._chips)
        self._chips.setSpacing(6)
        fill(self._chips, (*(_chip(each) for each in read.chips), ...))
        empty(self._goes)
        if read.goes:
            arrow = icon("arrow-right", 16, "text_2")
            fill(self._goes, (arrow, pill(read.goes, "text", "line", size=13, weight=600)))
        bad = read.tone == "alert"
        self._sign.setVisible(bad and bool(read.said))
        say(self._said, read.said or ("" if read.chips else _QUIET), read.tone)
        self._said.setFont(theme.font(13, 500 if bad else 400))
        empty(self._keys)
        keys = [keyed("Enter", read.enter)] if read.enter else []
        if read.chips or read.said:
            keys.append(keyed("Esc", "clears"))
        fill(self._keys, tuple(keys))
        self.line.setAccessibleDescription(f"{read.goes} {read.said}".strip())

    def set_line(self, words: str) -> None:
        """Put these words in the line and take the focus."""
        if self.line.text() != words:
            self.line.setText(words)
        self.line.setFocus()

    def ask_reason(self, why: str) -> None:
        """Open the reason's field; the line stays as it is."""
        say(self._reason_why, why)
        self._reason.clear()
        self._below.hide()
        self._reason_row.show()
        self.line.setReadOnly(True)
        self._reason.setFocus()

    def end_reason(self) -> None:
        """Take the reason's field away."""
        self._reason_row.hide()
        self._below.show()
        self.line.setReadOnly(False)
        self.line.setFocus()

    def _make_line(self) -> Line:
        made = Line()
        made.setFont(theme.font(18, 500))
        made.setFixedSize(_WIDE, 40)
        made.setProperty("ringed", True)  # noqa: FBT003 - Qt's own signature
        made.setPlaceholderText("BP HR SpO₂ Resp …")
        made.setAccessibleName("Entry line")
        made.textChanged.connect(self.typed)
        made.returnPressed.connect(self.submitted)
        made.left.connect(self.cleared)
        made.focused.connect(self._show_focus)
        return made

    def _make_reason(self) -> None:
        plain = field()
        self._reason.setFont(plain.font())
        self._reason.setAccessibleName("Reason")
        self._reason.setPlaceholderText("Reason")
        self._reason.setFixedWidth(280)
        self._reason.returnPressed.connect(lambda: self.reason_given.emit(self._reason.text()))
        self._reason.left.connect(self.cleared)
        parts = row(
            icon("question", 18, "overdue"),
            (self._reason_why, 1),
            self._reason,
            keyed("Enter", "stores it"),
            keyed("Esc", "back"),
            gap=8,
        )
        self._reason_row.setLayout(parts)
        parts.setContentsMargins(0, 0, 0, 0)
        self._reason_row.hide()

    def _lay_out(self) -> None:
        chips = QWidget()
        chips.setLayout(self._chips)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        chips.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        chips.setFixedHeight(28)
        self._below = QWidget()
        sentence = row(self._sign, (self._said, 1), self._keys, gap=8)
        sentence.setContentsMargins(0, 0, 0, 0)
        self._keys.setSpacing(12)
        self._below.setLayout(sentence)
        items: list[Item] = [row((chips, 1), self._goes, gap=8), self._below, self._reason_row]
        right = col(..., *items, ..., gap=6)
        self.setLayout(row(self._ring, 8, (right, 1), gap=8, edge=(12, 8, 16, 8)))

    def _show_focus(self, here: bool) -> None:  # noqa: FBT001 - a slot
        self._ring.setProperty("here", "true" if here else "false")
        redress(self._ring)


def _chip(face: Chip) -> QFrame:
    tone = "alert" if face.bad else "text"
    parts: list[Item] = [icon("warning", 16, "alert")] if face.bad else []
    if face.name:
        parts.append(text(face.name, 13, 400, "alert" if face.bad else "text_2"))
    parts.append(text(face.value, 14, 600, tone))
    if face.more:
        parts.append(text(face.more, 13, 500, tone if face.bad else "text_2"))
    frame = box(row(*parts, gap=5, edge=(8, 0, 8, 0)), "chip", h=28)
    ground, edge = (
        (theme.c.alert_tint, theme.c.alert) if face.bad else (theme.c.sunken, theme.c.line)
    )
    dressed(frame, "chip", f"background: {ground}; border: 1px solid {edge}; border-radius: 6px;")
    return frame
