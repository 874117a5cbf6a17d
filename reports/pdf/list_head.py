"""The head of a list on paper: whose it is, what it is, and what was asked for."""

from __future__ import annotations

from typing_extensions import override

from reports.pdf import look
from reports.pdf.drawn import Drawn, rule
from reports.pdf.look import Types
from reports.pdf.pen import Pen


class ListHead(Drawn):
    """Clinic and address over a line, under it the list's name and one line on what is in it.

    Args:
        pen: Writes.
        clinic, address: Whose list it is.
        name: What the list is called.
        said: What was asked for, and how much was found.
    """

    def __init__(self, pen: Pen, clinic: str, address: str, name: str, said: str) -> None:
        self.pen, self.clinic, self.address = pen, clinic, address
        self.name, self.said = name, said
        super().__init__(look.MEASURE, 58)

    @override
    def draw(self) -> None:
        """Draw it."""
        c, pen, top = self.canv, self.pen, self.height
        used = pen.put(c, (0, top - 8), self.clinic, Types.BODY_STRONG, room=self.width)
        room = self.width - used - 6
        if room > 0:
            pen.put(c, (used + 6, top - 8), self.address, Types.LABEL, room=room)
        rule(c, 0, top - 14, self.width, ink=look.INK, width=0.9)
        pen.put_whole(c, (0, top - 36), self.name, Types.TITLE, self.width)
        pen.put_whole(c, (0, top - 50), self.said, Types.BODY, self.width)
