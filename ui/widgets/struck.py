"""Words that no longer hold, struck through and still to be read."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from ui.widgets.parts import text


def struck(words: str, *, wrap: bool) -> QLabel:
    """Return words that no longer hold, struck through."""
    label = text(words, 13, 400, "text_2", wrap=wrap)
    font = label.font()
    font.setStrikeOut(True)
    label.setFont(font)
    return label
