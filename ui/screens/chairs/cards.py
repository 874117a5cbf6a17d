"""The cards of the board: a chair in use, and a chair that is free."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.chairs import CardFace, LastValue, NextDue
from ui.screens.chairs.trend import Trend
from ui.widgets.parts import (
    Align,
    Item,
    button,
    col,
    dressed,
    drug_pill,
    elided,
    empty,
    fill,
    icon,
    paint,
    redress,
    row,
    say,
    show_icon,
    text,
)
from ui.widgets.ring import Ring

_DUE_LOOK = {
    "overdue": ("warning-circle", "on_overdue", "overdue_fill"),
    "due": ("bell-ringing", "overdue", "overdue_tint"),
    "later": ("clock", "text_2", "sunken"),
    "ready": ("check-circle", "good", "good_tint"),
}


class DueStrip(QFrame):
    """The next due item; overdue is a filled band with its own glyph and word."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self._state = ""
        self._icon = icon("clock", 18, "text_2")
        self._words, self._left = elided("", 13, 500, grows=True), text("", 13, 600)
        self.setLayout(row(self._icon, (self._words, 1), self._left, gap=8, edge=(10, 0, 12, 0)))

    def set_due(self, face: NextDue | None) -> None:
        """Show this; nothing planned yet is an empty well."""
        state = face.state if face else "later"
        glyph, tone, ground = _DUE_LOOK[state]
        if state != self._state:
            self._state = state
            show_icon(self._icon, glyph, tone)
            dressed(self, "due", f"background: {theme.tone(ground)}; border-radius: 8px;")
            for label in (self._words, self._left):
                paint(label, "text" if state == "later" else tone)
        say(self._words, face.words if face else "Nothing is due yet")
        say(self._left, face.left if face else "")


class Values(QWidget):
    """Last readings in two columns, so that the eye finds BP in the same place on every card."""

    def __init__(self, *, roomy: bool) -> None:
        super().__init__()
        self._shown: tuple[LastValue, ...] | None = None
        self._size = 18 if roomy else 14
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8 if roomy else 6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)

    def set_values(self, values: tuple[LastValue, ...]) -> None:
        """Show these."""
        if values == self._shown:
            return
        self._shown = values
        empty(self._grid)
        if not values:
            self._grid.addWidget(text("No reading yet", 13, 400, "text_2"), 0, 0)
        for place, each in enumerate(values):
            figures = row(
                text(each.value, self._size, 600),
                text(each.change, self._size - 2, 500, "text_2"),
                ...,
                gap=5,
            )
            pair = col(text(each.name, 12, 400, "text_3"), figures, gap=0)
            self._grid.addLayout(pair, place // 2, place % 2)


class ChairCard(QFrame):
    """One chair in use.

    Signals:
        chosen: Clicked, or Enter pressed; carries the chair.
    """

    chosen = Signal(str)

    def __init__(self, face: CardFace, *, roomy: bool) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._chair = face.chair
        self._name, self._facts = elided("", 16, 600, grows=True), elided("", 12, 400, "text_2")
        self._dose, self._phase = text("", 13, 600), elided("", 16 if roomy else 14, 600)
        self._ring = Ring(face.family, 144 if roomy else 120, 30 if roomy else 24)
        self._values, self._due = Values(roomy=roomy), DueStrip()
        self._alerts = text("", 12, 600, "alert")
        self._alert_row = QWidget()
        self._alert_row.setLayout(row(icon("warning", 16, "alert"), self._alerts, ..., gap=6))
        self._like = elided("", 12, 600, "overdue", grows=True)
        self._like_row = QWidget()
        self._like_row.setLayout(row(icon("users", 16, "overdue"), (self._like, 1), gap=6))
        self._trend = Trend() if roomy else None
        self._lay_out(face, roomy=roomy)
        self.set_face(face)

    def set_face(self, face: CardFace) -> None:
        """Show where this chair stands."""
        overdue = face.due is not None and face.due.state == "overdue"
        self._set_role("card-overdue" if overdue else "card")
        for label, said in (
            (self._name, face.patient),
            (self._facts, face.facts),
            (self._dose, face.dose),
            (self._phase, face.phase),
            (self._alerts, face.alerts),
            (self._like, face.like),
        ):
            say(label, said)
        self._alert_row.setVisible(bool(face.alerts))
        self._like_row.setVisible(bool(face.like))
        if face.ring:
            self._ring.set_ring(face.ring.share, face.ring.middle, face.ring.below)
        self._values.set_values(face.values)
        self._due.set_due(face.due)
        if self._trend:
            self._trend.set_trend(face.trend)
        due = f"{face.due.words}, {face.due.left}" if face.due else ""
        who = (face.name, face.patient, face.like and face.facts, face.like)
        whole = (*who, face.drug, face.dose, face.phase, face.alerts, due)
        self.setAccessibleName(", ".join(part for part in whole if part))

    def _set_role(self, role: str) -> None:
        if self.property("role") != role:
            self.setProperty("role", role)
            redress(self)

    def _lay_out(self, face: CardFace, *, roomy: bool) -> None:
        head = row(number(face), (self._name, 1), drug_pill(face.family, face.drug), gap=8)
        right = col(..., self._phase, self._alert_row, self._values, ..., gap=10 if roomy else 6)
        facts = row((self._facts, 1), self._dose, gap=8)
        middle: list[Item] = [(self._trend, 2)] if self._trend else [...]
        layout = QVBoxLayout(self)
        layout.setSpacing(14 if roomy else 6)
        layout.setContentsMargins(*((20,) * 4 if roomy else (16, 12, 16, 12)))
        dial = row(self._ring, (right, 1), gap=20 if roomy else 16)
        fill(layout, (col(head, facts, self._like_row, gap=2), dial, *middle, self._due))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._chair)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._chair)
        else:
            super().keyPressEvent(event)


class FreeCard(QFrame):
    """A chair that is free.

    Signals:
        chosen: A session is to be started here; carries the chair.
    """

    chosen = Signal(str)

    def __init__(self, face: CardFace) -> None:
        super().__init__()
        self.setProperty("role", "empty")
        start = button("Start a session", glyph="plus", name=f"Start a session, {face.name}")
        start.clicked.connect(lambda: self.chosen.emit(face.chair))
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        layout.setContentsMargins(16, 16, 16, 16)
        fill(
            layout,
            (
                ...,
                row(..., icon("armchair", 32, "text_3"), ...),
                row(..., text(f"{face.name} is free", 16, 600), ...),
                6,
                row(..., start, ...),
                ...,
            ),
        )


def number(face: CardFace) -> QLabel:
    """Return the chair as a numbered square, the same sign as on the line of what is ahead."""
    sign = text(face.sign, 13, 600, "surface", align=Align.AlignHCenter)
    sign.setFixedSize(24, 24)
    accent = theme.drug(face.family)[0]
    sign.setStyleSheet(f"background: {accent}; color: {theme.c.surface}; border-radius: 6px;")
    sign.setAccessibleName(face.name)
    return sign
