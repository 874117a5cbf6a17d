"""Cards under one another; of a list that changes, what stays is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.widgets.parts import say, text

F = TypeVar("F", bound=Hashable)
C = TypeVar("C", bound=QWidget)


class CardColumn(Generic[F, C]):
    """A card for each face, in a place that scrolls.

    Hundreds may wait: a list that grows by four costs four cards.

    Attributes:
        area: What is put into a layout.
        cards: As they stand.

    Args:
        make: Makes the card of a face.
    """

    def __init__(self, make: Callable[[F], C]) -> None:
        self._make = make
        self._faces: tuple[F, ...] = ()
        self.cards: list[C] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._nothing = text("", 13, 400, "text_2", wrap=True)
        self._nothing.setContentsMargins(16, 8, 16, 8)
        self._nothing.hide()
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._column)
        self.area = QScrollArea()
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def lay(self, faces: Sequence[F], nothing: str = "") -> None:
        """Show these, no two of them the same.

        Args:
            faces: From above.
            nothing: What is said under them; empty for nothing.
        """
        kept = dict(zip(self._faces, self.cards, strict=True))
        self._faces = tuple(faces)
        self.cards = [kept.pop(face, None) or self._make(face) for face in faces]
        for gone in kept.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, card in enumerate(self.cards):
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
                card.show()  # now: what is not yet shown cannot take the focus
        say(self._nothing, nothing)
        self._nothing.setVisible(bool(nothing))

    def go_to(self, card: C) -> None:
        """Give a card the focus, and bring it into sight."""
        card.setFocus()
        self.area.ensureWidgetVisible(card, 0, 8)
