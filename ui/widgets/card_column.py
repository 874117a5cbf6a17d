"""Cards under one another; of a list that changes, what stays is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.widgets.parts import say, text

F = TypeVar("F", bound=Hashable)
C = TypeVar("C", bound=QWidget)

AT_ONCE, A_TIME = 32, 8
"""So many cards are new at once, more than fit into sight; so many follow at a time."""


class CardColumn(Generic[F, C]):
    """A card for each face, in a place that scrolls.

    Hundreds may wait: a list that grows by four costs four cards, and of a long one the first
    are there at once while the others follow.

    Attributes:
        area: What is put into a layout.
        cards: As they stand; fewer than the faces until the last ones have followed.

    Args:
        make: Makes the card of a face.
    """

    def __init__(self, make: Callable[[F], C]) -> None:
        self._make = make
        self._faces: tuple[F, ...] = ()
        self._kept: dict[F, C] = {}  # of the faces that have not followed yet
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
        self._following = QTimer(self.area)
        self._following.setInterval(0)
        self._following.timeout.connect(lambda: self._grow(A_TIME))

    def lay(self, faces: Sequence[F], nothing: str = "") -> None:
        """Show these, no two of them the same.

        Args:
            faces: From above.
            nothing: What is said under them; empty for nothing.
        """
        self._kept |= zip(self._faces, self.cards, strict=False)
        self._faces, self.cards = tuple(faces), []
        for face in self._kept.keys() - set(faces):
            gone = self._kept.pop(face)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        say(self._nothing, nothing)
        self._nothing.setVisible(bool(nothing))
        self._grow(AT_ONCE)

    def card(self, place: int) -> C:
        """Return the card at a place, if need be made before its time."""
        while len(self.cards) <= place:
            self._grow(place + 1 - len(self.cards))
        return self.cards[place]

    def go_to(self, card: C) -> None:
        """Give a card the focus, and bring it into sight."""
        card.setFocus()
        self.area.ensureWidgetVisible(card, 0, 8)

    def _grow(self, new: int) -> None:
        """Add the cards that follow, so many new ones among them."""
        for face in self._faces[len(self.cards) :]:
            if face not in self._kept and not new:
                break
            new -= face not in self._kept
            self._add(self._kept.pop(face, None) or self._make(face))
        if len(self.cards) < len(self._faces):
            self._following.start()
        else:
            self._following.stop()

    def _add(self, card: C) -> None:
        place = len(self.cards)
        self.cards.append(card)
        if self._column.indexOf(card) != place:
            self._column.insertWidget(place, card)
            card.show()  # now: what is not yet shown cannot take the focus
