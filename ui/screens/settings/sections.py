"""The sections of the settings at the left of the room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.parts import col, fill, icon, redress, row, show_icon, text

GLYPHS = {
    "clinic": "buildings",
    "people": "users",
    "protocols": "clipboard-text",
    "keys": "key",
    "certificates": "identification-card",
    "backups": "archive",
    "reminders": "bell-ringing",
}


class Sections(QFrame):
    """One button a section.

    Signals:
        chosen: A section's key.
    """

    chosen = Signal(str)

    def __init__(self, sections: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Sections of the settings")
        self._buttons = {key: SectionButton(key, title, note) for key, title, note in sections}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        fill(layout, (*self._buttons.values(), ...))
        for key, made in self._buttons.items():
            made.clicked.connect(lambda *_, key=key: self.chosen.emit(key))

    def show_here(self, key: str) -> None:
        """Show which section one is in."""
        for each, made in self._buttons.items():
            made.set_here(here=each == key)

    def set_worry(self, key: str, words: str) -> None:
        """Show that something in a section wants to be looked after; empty takes it away."""
        self._buttons[key].set_worry(words)

    def enter(self, key: str) -> None:
        """Take the focus at a section."""
        self._buttons[key].setFocus()


class SectionButton(Button):
    """A section: glyph, title and what is in it."""

    def __init__(self, key: str, title: str, note: str) -> None:
        super().__init__()
        self._key, self._title = key, title
        self.setObjectName("section")
        self._icon = icon(GLYPHS[key], 20, "text_2")
        self._words = text(title, 14, 500)
        self._worry = icon("warning-circle", 18, "overdue")
        self._worries, self._here = "", False
        inside = row(
            self._icon,
            (col(self._words, text(note, 12, 400, "text_2"), gap=1), 1),
            self._worry,
            gap=12,
            edge=(12, 10, 8, 10),
        )
        self.setLayout(inside)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_here(here=False)
        self.set_worry("")

    def set_worry(self, words: str) -> None:
        """Show that something in it wants to be looked after; empty takes it away."""
        self._worries = words
        self._worry.setVisible(bool(words))
        self.setToolTip(words)
        self._name()

    def set_here(self, *, here: bool) -> None:
        """Show whether this is the section one is in."""
        show_icon(self._icon, GLYPHS[self._key], "text" if here else "text_2")
        self._words.setFont(theme.font(14, 600 if here else 500))
        ground = theme.c.sunken if here else "transparent"
        edge = theme.c.line_strong if here else "transparent"
        self.setStyleSheet(
            f"QPushButton#section {{ background: {ground}; border: 1px solid {edge};"
            f" border-radius: 8px; padding: 0; }}"
            f"QPushButton#section:focus {{ border: 2px solid {theme.c.focus}; }}"
        )
        self._here = here
        self._name()
        redress(self)

    def _name(self) -> None:
        said = f"{self._title}, shown" if self._here else self._title
        self.setAccessibleName(f"{said}: {self._worries}" if self._worries else said)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()
