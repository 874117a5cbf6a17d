"""The integrity shield at the foot of the window: a sign, a sentence, and the way to more."""

from __future__ import annotations

from ui import theme
from ui.presenters.shield_face import ShieldFace
from ui.widgets.parts import say, show_icon
from ui.widgets.pressable import Pressable


class Shield(Pressable):
    """Says how the record stands, always; a press leads to whatever more is known.

    Attributes:
        face: What it shows.
    """

    def __init__(self) -> None:
        super().__init__("shield", "shield", weight=500, edge=(4, 2, 6, 2), around=38)
        self.setStyleSheet(
            "QFrame#shield { border: 2px solid transparent; border-radius: 6px; }"
            f"QFrame#shield:focus {{ border: 2px solid {theme.c.focus}; }}"
        )
        self.face = ShieldFace("", "shield", "text_2")

    def show_face(self, face: ShieldFace) -> None:
        """Show how the record stands."""
        self.face = face
        show_icon(self._icon, face.glyph, face.tone)
        say(self._label, face.said, "text" if face.is_quiet else face.tone)
        self.setAccessibleName(f"{face.said}. Enter shows more.")
