"""The chairs board as a screen: arranges the cards and hands every key to the presenter."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.chair_numbers import SECOND_DIGIT_MS
from ui.presenters.chairs import BoardFace, ChairsPresenter
from ui.screens.chairs.ahead_strip import Ahead
from ui.screens.chairs.board import Board
from ui.screens.chairs.left_today import LeftTodayPanel
from ui.screens.chairs.seat import STEPS
from ui.widgets.frame import Heading
from ui.widgets.notice_strip import NoticeStrip
from ui.widgets.parts import box, button, col, elided, fill, margins, row, say, set_glyph, text

HINTS = (("1, 2 …", "open a chair"), ("N", "start a session"), ("F11", "wall screen"))
"""What the foot says while this screen is open."""


class ChairsScreen(QWidget):
    """All chairs at once.

    Make it, make a `ChairsPresenter(screen, …)`, then `wire` the two; the screen owns the
    presenter from then on.

    Signals:
        session_opened: A session's identity: its screen is wanted.
        start_requested: A chair (empty for none in particular): a session is to be started.
        shield_requested: What the shield knows is wanted.
        wall_requested: The wall screen is wanted.
    """

    session_opened = Signal(str)
    start_requested = Signal(str)
    shield_requested = Signal()
    wall_requested = Signal()

    def __init__(self, *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter: ChairsPresenter | None = None
        self._order = button("Most urgent first", glyph="arrow-up")
        self._start = button("Start a session", "primary", "plus")
        self._left = button("", "quiet", "clock-counter-clockwise")
        self._wall = button("Wall screen", glyph="monitor", name="Wall screen, F11")
        self._heading = Heading("Chairs", self._left, self._wall, self._order, self._start)
        self._ahead = Ahead()
        self.strip = NoticeStrip()
        self.left_today = self._panel = LeftTodayPanel()
        self._board = Board()
        self._whole = elided("", 12, 400, "text_2", grows=True)
        self._second = QTimer(self)
        self._second.setSingleShot(True)
        self._second.setInterval(SECOND_DIGIT_MS)
        self._lay_out(roomy=roomy)
        self._connect()

    def show_board(self, face: BoardFace) -> None:
        """Show the board; only what changed is drawn."""
        self._heading.set_note(face.note)
        words = "Most urgent first" if face.overdue_first else "In order"
        if self._order.text() != words:
            self._order.setText(words)
            set_glyph(self._order, "arrow-up" if face.overdue_first else "list-numbers")
        self._left.setVisible(bool(face.left))
        left = f"{len(face.left)} left today"
        if self._left.text() != left:
            self._left.setText(left)
            self._left.setAccessibleName(f"{left}: show who")
        self._panel.set_left(face.left)
        if not face.left:
            self._panel.hide()
        self._ahead.set_ahead(face.ahead)
        self._board.set_cards(face.cards)

    def go_to_session(self, session_id: str) -> None:
        """Ask the window for a session's screen."""
        self.session_opened.emit(session_id)

    def go_to_start(self, chair: str) -> None:
        """Ask the window to start a session."""
        self.start_requested.emit(chair)

    def go_to_shield(self) -> None:
        """Ask the window for what the shield knows."""
        self.shield_requested.emit()

    def wire(self, presenter: ChairsPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self._order.clicked.connect(presenter.toggle_order)
        self._start.clicked.connect(lambda: presenter.start(""))
        self._board.chosen.connect(presenter.choose)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, key = event.text(), Qt.Key(event.key())
        if self._presenter is None:
            super().keyPressEvent(event)
        elif typed.isascii() and typed.isdecimal():
            self._digit(self._presenter, typed)
        elif typed.lower() == "n":
            self._presenter.start(self._board.free_here)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
        elif key in STEPS:
            self._board.step(None, *STEPS[key])
        elif key == Qt.Key.Key_Escape and self._panel.isVisible():
            self._panel.hide()
            self.setFocus()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._end_digits()
        if self._presenter:
            self._presenter.forget_digits()  # nobody waits for a second one elsewhere

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _digit(self, presenter: ChairsPresenter, digit: str) -> None:
        presenter.press_digit(digit)
        if presenter.typed:
            say(self._whole, f"Chair {presenter.typed}, or another digit; Enter opens it now")
            self._second.start()
        else:
            self._end_digits()

    def _settle(self) -> None:
        self._end_digits()
        if self._presenter:
            self._presenter.settle()

    def _end_digits(self) -> None:
        self._second.stop()
        say(self._whole, "")

    def _entered(self, chair: str) -> None:
        """Open the chair that was typed, or else the one that has the focus."""
        if self._presenter is None:
            return
        if self._presenter.typed:
            self._settle()
        else:
            self._presenter.choose(chair)

    def _connect(self) -> None:
        self._second.timeout.connect(self._settle)
        self._left.clicked.connect(lambda: self._panel.setVisible(not self._panel.isVisible()))
        self._wall.clicked.connect(self.wall_requested)
        self._panel.opened.connect(self.session_opened)
        self._board.opened.connect(self.session_opened)
        self._board.entered.connect(self._entered)
        self._board.focused.connect(lambda said: say(self._whole, said))

    def _make_room(self) -> None:
        """Keep more distance where there is room; the line at the foot is part of it."""
        edge = 24 if self.width() + theme.SIZE["rail"] >= theme.ROOMY_FROM else 16
        margins(self._body, (edge, edge, edge, 0))
        self._whole.setFixedHeight(edge)

    def _lay_out(self, *, roomy: bool) -> None:
        label = col(text("Ahead", 13, 600), text("all chairs", 12, 400, "text_3"), gap=0)
        strip = box(row(label, 8, (self._ahead, 1), edge=(16, 8, 16, 8)), "card", h=64)
        self._board.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._board.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over = col(strip, self._panel, (self._board, 1), gap=16)
        self._body = col((over, 1), self._whole, gap=0, edge=24 if roomy else 16)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (self._heading, self.strip, (self._body, 1)))
