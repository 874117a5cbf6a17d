"""The answers of the audit: one card a file, its reasons folded below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.audit import Order
from ui.presenters.audit_verdicts import Kind, VerdictRow
from ui.widgets.parts import (
    Align,
    box,
    button,
    col,
    elided,
    fill,
    icon,
    redress,
    row,
    show_icon,
    text,
)
from ui.wording.verdicts import ReasonLine

GLYPHS: dict[Kind, tuple[str, str, str]] = {
    Kind.GENUINE: ("shield-check", "good", "good_tint"),
    Kind.NEWER: ("clock-clockwise", "overdue", "overdue_tint"),
    Kind.DRAFT: ("note-pencil", "text_2", "line"),
    Kind.HANDED_OUT: ("file-text", "good", "good_tint"),
    Kind.CHANGED: ("x-circle", "alert", "alert_tint"),
    Kind.FOREIGN: ("prohibit", "alert", "alert_tint"),
    Kind.UNTOLD: ("question", "text_2", "line"),
    Kind.UNREAD: ("file-x", "text_2", "line"),
}
"""Glyph, tone and tint of each kind of answer; the sentence says the same."""

_DISC = 40


class VerdictCard(QFrame):
    """One file: the sentence, its name, and what was looked at.

    Signals:
        print_asked: Its key: its pages shall be printed.
    """

    print_asked = Signal(int)

    def __init__(self, verdict: VerdictRow) -> None:
        super().__init__()
        self._verdict = verdict
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("verdict")
        self.setStyleSheet(
            f"QFrame#verdict {{ border: none; border-bottom: 1px solid {theme.c.line}; }}"
            f"QFrame#verdict:focus {{ border: 2px solid {theme.c.focus}; border-radius: 8px; }}"
        )
        self._caret = icon("caret-down", 16, "text_2")
        if not verdict.reasons:
            self._caret.hide()
        self._reasons: QFrame | None = None  # made when they are first asked for
        self.print = button("Print…", "", "printer")
        self.print.setAccessibleName(f"Print {verdict.named}, Ctrl+P")
        self.print.clicked.connect(lambda: self.print_asked.emit(verdict.key))
        name = elided(verdict.named, 12, 400, "text_2", grows=True)
        name.setToolTip(verdict.place)
        note = text(verdict.note, 12, 500, "overdue", wrap=True)
        note.setVisible(bool(verdict.note))
        said = col(text(verdict.sentence, 14, 600, wrap=True), name, note, gap=3)
        head = row(col(_disc(verdict.kind), ...), (said, 1), self._caret, gap=14)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 10, 16, 10)
        self._layout.setSpacing(8)
        fill(self._layout, (head, row(..., self.print)))
        self.set_open(open_=False)

    @property
    def key(self) -> int:
        """Return which file it is about."""
        return self._verdict.key

    @property
    def is_open(self) -> bool:
        """Tell whether the reasons are shown."""
        return self._reasons is not None and not self._reasons.isHidden()

    @property
    def is_here(self) -> bool:
        """Tell whether it, or the button in it, has the focus."""
        return self.hasFocus() or self.print.hasFocus()

    def set_open(self, *, open_: bool) -> None:
        """Show the reasons, or fold them; a file without any has nothing to show."""
        shown = open_ and bool(self._verdict.reasons)
        if shown and self._reasons is None:
            self._reasons = _reasons(self._verdict.reasons)
            self._layout.insertWidget(1, self._reasons)
        if self._reasons is not None:
            self._reasons.setVisible(shown)
        self.print.setVisible(shown and bool(self._verdict.sha256))
        show_icon(self._caret, "caret-up" if shown else "caret-down", "text_2")
        said = [f"{self._verdict.named}: {self._verdict.sentence}", self._verdict.note]
        if shown:
            said += [f"{_SAID[reason.held]}{reason.words}" for reason in self._verdict.reasons]
        elif self._verdict.reasons:
            said.append("Space shows the reasons.")
        self.setAccessibleName(" ".join(filter(None, said)))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.set_open(open_=not self.is_open)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.set_open(open_=not self.is_open)
        else:
            super().keyPressEvent(event)


class VerdictList(QFrame):
    """All answers, in the order that is asked for; says so where there is none yet.

    Signals:
        order_asked: How the answers shall stand.
        print_asked: The key of the file whose pages shall be printed.
    """

    order_asked = Signal(Order)
    print_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.cards: list[VerdictCard] = []
        self.orders = {order: button(order.value, "quiet") for order in Order}
        for order, made in self.orders.items():
            made.clicked.connect(lambda *_, order=order: self.order_asked.emit(order))
        self._bar = QWidget()
        self._bar.setLayout(row(..., *self.orders.values(), gap=4, edge=(12, 4, 12, 0)))
        self._bar.hide()
        self._nothing = _nothing()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        fill(layout, (self._bar, (self._nothing, 1), (self._area, 1)))

    def add(self, verdict: VerdictRow, place: int) -> None:
        """Put a file into the list at a place."""
        card = VerdictCard(verdict)
        card.print_asked.connect(self.print_asked)
        self.cards.insert(place, card)
        self._column.insertWidget(place, card)
        card.show()  # now: what is not yet shown cannot take the focus
        self._follow()

    def put(self, verdicts: Sequence[VerdictRow]) -> None:
        """Show these files in this order, those that are there as they are; forget all others."""
        there = {card.key: card for card in self.cards}
        focused = next((card for card in self.cards if card.hasFocus()), None)
        for card in self.cards:
            self._column.removeWidget(card)
        self.cards = [there.pop(each.key) for each in verdicts]
        for place, card in enumerate(self.cards):
            self._column.insertWidget(place, card)
        for card in there.values():
            card.hide()
            card.deleteLater()
        self._follow()
        self._area.verticalScrollBar().setValue(0)
        if focused in self.cards:
            focused.setFocus()

    @property
    def here(self) -> int:
        """Return the key of the file that has the focus, or of the only one; 0 for none."""
        within = [card for card in self.cards if card.is_here]
        chosen = within or (self.cards if len(self.cards) == 1 else [])
        return chosen[0].key if chosen else 0

    def show_order(self, order: Order) -> None:
        """Show how the answers stand."""
        for each, made in self.orders.items():
            made.setProperty("kind", "" if each is order else "quiet")
            made.setAccessibleName(f"{each.value}, chosen" if each is order else each.value)
            redress(made)

    def _follow(self) -> None:
        """Show what there is to show."""
        self._nothing.setVisible(not self.cards)
        self._area.setVisible(bool(self.cards))
        self._bar.setVisible(len(self.cards) > 1)

    def step(self, by: int) -> None:
        """Go to the next file, or the one before; into the list at its nearer end."""
        if not self.cards:
            return
        here = next((n for n, card in enumerate(self.cards) if card.hasFocus()), None)
        if here is None:
            place = 0 if by > 0 else len(self.cards) - 1
        else:
            place = min(max(here + by, 0), len(self.cards) - 1)
        self.cards[place].setFocus()
        self._area.ensureWidgetVisible(self.cards[place], 0, 8)


def _disc(kind: Kind) -> QLabel:
    glyph, tone, tint = GLYPHS[kind]
    disc = icon(glyph, 20, tone)
    disc.setFixedSize(_DISC, _DISC)
    disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
    disc.setStyleSheet(f"background: {theme.tone(tint)}; border-radius: {_DISC // 2}px;")
    disc.setAccessibleName(kind.value)
    return disc


def _reasons(reasons: Sequence[ReasonLine]) -> QFrame:
    grid = QGridLayout()
    grid.setContentsMargins(14, 10, 14, 10)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for line, reason in enumerate(reasons):
        glyph, tone = _MARKS[reason.held]
        words = text(reason.words, 13, 500 if reason.held is False else 400, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark = icon(glyph, 16, tone)
        mark.setAccessibleName(_SAID[reason.held].strip(" :"))
        grid.addWidget(mark, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, line, 1)
    return box(grid, "well")


_MARKS: dict[bool | None, tuple[str, str]] = {
    True: ("check-circle", "good"),
    False: ("x-circle", "alert"),
    None: ("info", "text_2"),
}


_SAID: dict[bool | None, str] = {True: "Holds: ", False: "Does not hold: ", None: ""}
"""What a screen reader hears in the place of the sign."""


def _nothing() -> QWidget:
    made = QWidget()
    words = text("No file yet", 16, 600, align=Align.AlignHCenter)
    more = text(
        "Each PDF is held against the record and answered in one sentence.",
        13,
        400,
        "text_2",
        align=Align.AlignHCenter,
    )
    glyph = icon("file-search", 32, "text_3")
    layout = QVBoxLayout(made)
    fill(layout, (..., row(..., glyph, ...), words, more, ...))
    return made
