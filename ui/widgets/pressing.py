"""What waits, in a corner of every room: a number on the rail, a line below."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.parts import Align, say, show_icon, text
from ui.widgets.pressable import Pressable

_LOOKS = {
    "overdue": ("warning-circle", "on_overdue", "overdue_fill"),
    "due": ("bell-ringing", "overdue", "overdue_tint"),
    "alert": ("warning", "alert", "alert_tint"),
    "later": ("clock", "text_2", "sunken"),
}
"""Glyph, tone and ground of the line, by what is its first chair's."""


_FEW_DIGITS, _WIDE = 2, 30
SIZE, CORNER = (22, 16), (42, 1)
"""Of a number on the rail, in pixels: it covers nothing of the place's sign."""


class Count(QLabel):
    """A number in filled amber; not there while it is nought."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(theme.font(12, 600))
        self.setAlignment(Align.AlignCenter)
        self.setFixedSize(*SIZE)
        self.setStyleSheet(
            f"color: {theme.c.on_overdue}; background: {theme.c.overdue_fill}; border-radius: 8px;"
        )
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many."""
        if self.text() != str(count):
            self.setText(str(count))
            fit(self)
        self.setVisible(count > 0)


def fit(number: QLabel) -> None:
    """Let a number in the corner be as wide as its digits need."""
    wide = SIZE[0] if len(number.text()) <= _FEW_DIGITS else _WIDE
    number.setFixedWidth(wide)
    number.move(CORNER[0] + SIZE[0] - wide, CORNER[1])


def waiting_number(parent: QWidget) -> QLabel:
    """Return a quiet number in a corner: what waits there presses nobody. It is hidden at first."""
    made = text("", 12, 600, "text", align=Align.AlignCenter)
    made.setParent(parent)
    made.setFixedSize(*SIZE)
    made.setStyleSheet(
        f"color: {theme.c.text}; background: {theme.c.line_strong}; border-radius: 8px;"
    )
    made.move(*CORNER)
    made.hide()
    return made


class PressingLine(Pressable):
    """The most pressing chair in words; not there while nothing is waited for."""

    def __init__(self) -> None:
        super().__init__("pressing", "clock", weight=600, edge=(8, 1, 10, 1), around=42)
        self._state = ""
        self.hide()

    def show_words(self, words: str, state: str = "overdue") -> None:
        """Show this; empty takes the line away.

        Args:
            words: A chair and what it waits for.
            state: "overdue", "due", "later" or "alert".
        """
        if words and state != self._state:
            self._state = state
            glyph, tone, ground = _LOOKS[state]
            show_icon(self._icon, glyph, tone)
            say(self._label, self.said, tone)
            self.setStyleSheet(
                f"QFrame#pressing {{ background: {theme.tone(ground)}; border-radius: 8px;"
                " border: 2px solid transparent; }"
                f"QFrame#pressing:focus {{ border: 2px solid {theme.c.focus}; }}"
            )
        if words != self.said:
            say(self._label, words)
            self._name()
        self.setVisible(bool(words))

    @override
    def set_leads(self, *, leads: bool) -> None:
        super().set_leads(leads=leads)
        self._name()

    def _name(self) -> None:
        where = ". Enter goes there." if self._leads else ""
        self.setAccessibleName(f"{self.said}{where}" if self.said else "")
