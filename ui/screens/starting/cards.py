"""What a session is put together from: the chairs and the protocols, as cards to choose."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.presenters.form import Option
from ui.presenters.start_session import ProtocolCard
from ui.widgets.buttons import Button
from ui.widgets.controls import ChoiceCard
from ui.widgets.parts import (
    button,
    drug_pill,
    elided,
    empty,
    fill,
    icon,
    row,
    set_kind,
    text,
)

_CHAIRS_IN_A_ROW = 2
_CARD_GAP = 6


class Chairs(QFrame):
    """The chairs; one that is taken says by whom and cannot be chosen.

    Signals:
        chosen: A chair.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._cards: dict[str, ChoiceCard] = {}
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._none = text(
            "The clinic has no chairs yet; an administrator names them.",
            13,
            400,
            "text_2",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        fill(layout, (text("Chair", 13, 600), self._none, (_scrolled(inner), 1)))

    def enter(self) -> None:
        """Go to the first chair that can be chosen."""
        for card in self._cards.values():
            if card.isEnabled():
                card.setFocus()
                return

    def show_chairs(self, chairs: tuple[Option, ...], chosen: str) -> None:
        """Show these; they are rebuilt only where they are others."""
        self._none.setVisible(not chairs)
        if tuple(self._cards) != tuple(each.value for each in chairs):
            empty(self._grid)
            self._cards = {each.value: ChoiceCard() for each in chairs}
            for place, (value, card) in enumerate(self._cards.items()):
                card.clicked.connect(lambda *_, value=value: self.chosen.emit(value))
                self._grid.addWidget(card, *divmod(place, _CHAIRS_IN_A_ROW))
                card.show()  # now: what is not yet shown cannot take the focus
            self._grid.setRowStretch(len(chairs), 1)
        for each in chairs:
            here = each.value == chosen
            self._cards[each.value].show_option(each, here=here)
            said = ", ".join((each.words, *filter(None, each.more), *(("chosen",) if here else ())))
            self._cards[each.value].setAccessibleName(said)


class Protocols(QFrame):
    """The approved protocols, or who can approve one.

    Signals:
        chosen: A protocol's id.
        approvals_asked: The protocols are to be seen, to approve one.
    """

    chosen = Signal(str)
    approvals_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shown: tuple[tuple[ProtocolCard, ...], str] | None = None
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(_CARD_GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        fill(layout, (text("Protocol", 13, 600), (_scrolled(inner), 1)))

    def enter(self) -> None:
        """Go to the first protocol."""
        for card in self.findChildren(_Protocol):
            if not card.isHidden():
                card.setFocus()
                return

    def show_protocols(self, cards: tuple[ProtocolCard, ...], nobody: str) -> None:
        """Show these, or why there is none; the focus stays on the card that has it."""
        if (cards, nobody) == self._shown:
            return
        self._shown = (cards, nobody)
        known = {c.key: c for c in self.findChildren(_Protocol) if not c.isHidden()}
        if list(known) == [card.id for card in cards] and cards:
            for card in cards:
                known[card.id].set_here(here=card.chosen)
            return
        empty(self._inside)
        if nobody:
            go = button("See the protocols")
            go.clicked.connect(self.approvals_asked)
            fill(self._inside, (text(nobody, 13, 400, "text_2", wrap=True), go))
        for card in cards:
            made = _Protocol(card)
            made.clicked.connect(lambda *_, key=card.id: self.chosen.emit(key))
            self._inside.addWidget(made)
            made.show()  # now: what is not yet shown cannot take the focus
        self._inside.addStretch(1)


class _Protocol(Button):
    """An approved protocol as a button of three lines, so that six are seen at once."""

    def __init__(self, card: ProtocolCard) -> None:
        super().__init__()
        self.key = card.id
        self._said = ", ".join((card.title, *card.lines, card.approved))
        self.leave_enter()
        self._mark = QVBoxLayout()
        title = elided(card.title, 14, 600, grows=True)
        head = row(self._mark, (title, 1), drug_pill(card.family, card.treatment), gap=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 6)
        layout.setSpacing(0)
        *dose, leaves = card.lines
        lines = (
            elided(" · ".join(dose), 13, 400, grows=True),
            elided(f"{leaves} · {card.approved}", 12, 400, "text_2", grows=True),
        )
        fill(layout, (head, *lines))
        self.setToolTip("\n".join((*card.lines, card.approved)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(f"QPushButton {{ min-height: {layout.sizeHint().height()}px; }}")
        self.set_here(here=card.chosen)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_here(self, *, here: bool) -> None:
        """Show whether it is the one that is chosen."""
        empty(self._mark)
        self._mark.addWidget(icon("check-circle" if here else "circle", 18, "text"))
        set_kind(self, "chosen" if here else "")
        self.setAccessibleName(f"{self._said}, chosen" if here else self._said)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()


def _scrolled(inner: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll
