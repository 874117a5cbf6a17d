"""The cards side by side: how large they are, and where an arrow leads from each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from ui.presenters.board_plan import LARGE, Plan, plan
from ui.presenters.chair_card import CardFace
from ui.screens.chairs.cards import ChairCard, FreeCard, UnreadCard
from ui.screens.chairs.compact import CompactCard
from ui.screens.chairs.seat import Seat

_Key = tuple[str, str, str]


class Board(QScrollArea):
    """As many chairs as there are, at the largest size at which all of them can be seen.

    Signals:
        chosen: A chair was clicked.
        entered: Enter was pressed on a chair.
        focused: What there is to say of the card that has the focus; empty where none has.
        opened: The session of somebody who sat in a chair earlier is wanted.
    """

    chosen = Signal(str)
    entered = Signal(str)
    focused = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._faces: tuple[CardFace, ...] = ()
        self._plan: Plan | None = None
        self._placed: tuple[_Key, ...] = ()
        self._cards: dict[_Key, Seat] = {}
        self._inside, self._grid = QWidget(), QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._inside.setLayout(self._grid)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)

    @property
    def cards(self) -> list[Seat]:
        """Return the cards in the order in which they stand."""
        return [self._cards[key] for key in self._placed]

    @property
    def free_here(self) -> str:
        """Return the chair that has the focus, where it is free; else nothing."""
        return next((c.chair for c in self.cards if c.hasFocus() and isinstance(c, FreeCard)), "")

    def set_cards(self, faces: Sequence[CardFace]) -> None:
        """Show these chairs; a card is made anew only when its chair changes hands."""
        self._faces = tuple(faces)
        self._arrange()
        for card, face in zip(self.cards, self._faces, strict=True):
            card.set_face(face)

    def step(self, card: Seat | None, across: int, down: int) -> None:
        """Move the focus to the card beside, over or under this one; from none to the first."""
        cards, columns = self.cards, self._plan.columns if self._plan else 1
        if not cards:
            return
        here = cards.index(card) if card in cards else -1
        there = here + across + down * columns if here >= 0 else 0
        if 0 <= there < len(cards):
            cards[there].setFocus()
            self.ensureWidgetVisible(cards[there], 0, 16)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.maximumViewportSize()
        made = plan(len(self._faces), room.width(), room.height())
        keys = tuple(_key(face, made) for face in self._faces)
        if keys != self._placed or made != self._plan:
            here = next((card.chair for card in self.cards if card.hasFocus()), "")
            self._plan, self._placed = made, keys
            self._place(made)
            self._keep_focus(here)

    def _place(self, made: Plan) -> None:
        for key in set(self._cards) - set(self._placed):
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        while self._grid.takeAt(0) is not None:
            pass
        self._grid.setSpacing(made.size.gap)
        for spot, (key, face) in enumerate(zip(self._placed, self._faces, strict=True)):
            card = self._cards.get(key) or self._make(key, face, made)
            card.fit(made.height)
            self._grid.addWidget(card, spot // made.columns, spot % made.columns)
            card.show()
        for column in range(max(self._grid.columnCount(), made.columns)):
            self._grid.setColumnStretch(column, 1 if column < made.columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        rows = -(-len(self._placed) // made.columns)
        for line in range(max(self._grid.rowCount(), rows + 1)):
            self._grid.setRowStretch(line, 1 if line == rows else 0)
        for one, other in zip(self.cards, self.cards[1:], strict=False):
            QWidget.setTabOrder(one, other)

    def _make(self, key: _Key, face: CardFace, made: Plan) -> Seat:
        card = _card(face, made)
        card.chosen.connect(self.chosen)
        card.entered.connect(self.entered)
        card.focused.connect(self.focused)
        card.opened.connect(self.opened)
        card.stepped.connect(lambda across, down: self.step(card, across, down))
        self._cards[key] = card
        return card

    def _keep_focus(self, chair: str) -> None:
        for card in self.cards:
            if card.chair == chair and not card.hasFocus():
                card.setFocus()


def _key(face: CardFace, made: Plan) -> _Key:
    state = "unread" if face.is_unread else face.drug
    return f"{made.name} {face.chair}", face.session_id, state


def _card(face: CardFace, made: Plan) -> Seat:
    if face.is_unread:
        return UnreadCard(face)
    compact = made.name not in (LARGE.name, "medium")
    if not face.session_id:
        return FreeCard(face, compact=compact)
    return CompactCard(face) if compact else ChairCard(face, roomy=made.size is LARGE)
