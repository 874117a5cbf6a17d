"""The chairs board as a screen: arranges the cards and hands every key to the presenter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.chairs import BoardFace, ChairsPresenter
from ui.screens.chairs.cards import ChairCard, FreeCard
from ui.screens.chairs.trend import Ahead
from ui.widgets.frame import Heading
from ui.widgets.notice_strip import NoticeStrip
from ui.widgets.parts import box, button, col, empty, fill, row, set_glyph, text

HINTS = (("1-9", "open a chair"), ("N", "start a session"))
"""What the foot says while this screen is open."""

_COLUMNS = 3
_LEAST_HEIGHT = 226  # two rows find room in the smallest window, a strip over them included


class ChairsScreen(QWidget):
    """All chairs at once.

    Make it, make a `ChairsPresenter(screen, …)`, then `wire` the two; the screen owns the
    presenter from then on.

    Signals:
        session_opened: A session's identity: its screen is wanted.
        start_requested: A chair (empty for none in particular): a session is to be started.
    """

    session_opened = Signal(str)
    start_requested = Signal(str)

    def __init__(self, *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._roomy = roomy
        self._presenter: ChairsPresenter | None = None
        self._face: BoardFace | None = None
        self._kept: tuple[tuple[str, str], ...] | None = None
        self._cards: list[ChairCard | FreeCard] = []
        self._order = button("Overdue first", glyph="arrow-up")
        self._start = button("Start a session", "primary", "plus")
        self._heading = Heading("Chairs", self._order, self._start)
        self._ahead = Ahead()
        self.strip = NoticeStrip()
        self._grid = QGridLayout()
        self._lay_out()

    def show_board(self, face: BoardFace) -> None:
        """Show the board; a card is made anew only when its chair changes hands."""
        self._face = face
        self._heading.set_note(face.note)
        self._order.setText("Overdue first" if face.overdue_first else "In order")
        set_glyph(self._order, "arrow-up" if face.overdue_first else "list-numbers")
        self._ahead.set_ahead(face.ahead)
        kept = tuple((card.chair, card.session_id) for card in face.cards)
        if kept != self._kept:
            self._kept = kept
            self._build(face)
        for made, card in zip(self._cards, face.cards, strict=True):
            if isinstance(made, ChairCard):
                made.set_face(card)

    def go_to_session(self, session_id: str) -> None:
        """Ask the window for a session's screen."""
        self.session_opened.emit(session_id)

    def go_to_start(self, chair: str) -> None:
        """Ask the window to start a session."""
        self.start_requested.emit(chair)

    def wire(self, presenter: ChairsPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self._order.clicked.connect(presenter.toggle_order)
        self._start.clicked.connect(presenter.start)

    def _choose(self, chair: str) -> None:
        if self._presenter:
            self._presenter.choose(chair)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if self._presenter is None:
            super().keyPressEvent(event)
        elif typed.isascii() and typed.isdecimal() and typed != "0":
            self._presenter.open_place(int(typed))
        elif typed.lower() == "n":
            self._presenter.start()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() + theme.SIZE["rail"] >= theme.ROOMY_FROM
        if roomy != self._roomy:
            self._roomy, self._kept = roomy, None
            if self._face:
                self.show_board(self._face)

    def _build(self, face: BoardFace) -> None:
        empty(self._grid)
        self._cards = []
        for place, card in enumerate(face.cards):
            made: ChairCard | FreeCard
            made = ChairCard(card, roomy=self._roomy) if card.session_id else FreeCard(card)
            made.chosen.connect(self._choose)
            made.setMinimumHeight(_LEAST_HEIGHT)
            self._cards.append(made)
            self._grid.addWidget(made, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        rows = -(-len(face.cards) // _COLUMNS)
        for line in range(max(self._grid.rowCount(), rows)):
            self._grid.setRowStretch(line, 1 if line < rows else 0)

    def _lay_out(self) -> None:
        label = col(text("Ahead", 13, 600), text("all chairs", 12, 400, "text_3"), gap=0)
        strip = box(row(label, 8, (self._ahead, 1), edge=(16, 8, 16, 8)), "card", h=64)
        board = QWidget()
        self._grid.setSpacing(16)
        self._grid.setContentsMargins(0, 0, 0, 0)
        board.setLayout(self._grid)
        scroll = QScrollArea()
        scroll.setWidget(board)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = col(strip, (scroll, 1), gap=16, edge=24 if self._roomy else 16)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (self._heading, self.strip, (body, 1)))
