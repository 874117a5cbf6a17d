"""The answers of the audit: one card a file, its reasons folded below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.audit_verdicts import Kind, Reason, VerdictRow
from ui.widgets.parts import (
    Align,
    box,
    col,
    elided,
    fill,
    icon,
    row,
    show_icon,
    text,
)

GLYPHS: dict[Kind, tuple[str, str, str]] = {
    Kind.GENUINE: ("shield-check", "good", "good_tint"),
    Kind.NEWER: ("clock-clockwise", "overdue", "overdue_tint"),
    Kind.DRAFT: ("note-pencil", "text_2", "line"),
    Kind.NOT_OURS: ("x-circle", "alert", "alert_tint"),
    Kind.UNREAD: ("question", "text_2", "line"),
}
"""Glyph, tone and tint of each kind of answer; the sentence says the same."""

_DISC = 40


class VerdictCard(QFrame):
    """One file: the sentence, its name, and what was looked at."""

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
        self._reasons = _reasons(verdict.reasons)
        self._reasons.hide()
        name = elided(verdict.name, 12, 400, "text_2", grows=True)
        name.setToolTip(verdict.place)
        said = col(text(verdict.sentence, 14, 600, wrap=True), name, gap=3)
        head = row(col(_disc(verdict.kind), ...), (said, 1), self._caret, gap=14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(8)
        fill(layout, (head, self._reasons))
        self.set_open(open_=False)

    @property
    def is_open(self) -> bool:
        """Tell whether the reasons are shown."""
        return not self._reasons.isHidden()

    def set_open(self, *, open_: bool) -> None:
        """Show the reasons, or fold them; a file without any has nothing to show."""
        shown = open_ and bool(self._verdict.reasons)
        self._reasons.setVisible(shown)
        show_icon(self._caret, "caret-up" if shown else "caret-down", "text_2")
        said = [f"{self._verdict.name}: {self._verdict.sentence}"]
        if shown:
            said += [f"{reason.name}: {reason.value}" for reason in self._verdict.reasons]
        elif self._verdict.reasons:
            said.append("Space shows the reasons.")
        self.setAccessibleName(" ".join(said))

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
    """All answers, the newest on top; says so where there is none yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.cards: list[VerdictCard] = []
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
        fill(layout, ((self._nothing, 1), (self._area, 1)))

    def add(self, verdict: VerdictRow) -> None:
        """Put a file on top."""
        card = VerdictCard(verdict)
        self.cards.insert(0, card)
        self._column.insertWidget(0, card)
        self._nothing.hide()
        self._area.show()
        card.show()  # now: what is not yet shown cannot take the focus
        self._area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Forget all answers."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        self._area.hide()
        self._nothing.show()

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


def _reasons(reasons: tuple[Reason, ...]) -> QFrame:
    grid = QGridLayout()
    grid.setContentsMargins(14, 8, 14, 8)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    for line, reason in enumerate(reasons):
        glyph, tone = _MARKS[reason.held]
        value = text(reason.value, 13, 500, wrap=True, align=Align.AlignRight)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(icon(glyph, 16, tone), line, 0)
        grid.addWidget(text(reason.name, 13, 400, "text_2"), line, 1)
        grid.addWidget(value, line, 2)
    return box(grid, "well")


_MARKS: dict[bool | None, tuple[str, str]] = {
    True: ("check-circle", "good"),
    False: ("x-circle", "alert"),
    None: ("info", "text_2"),
}


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
