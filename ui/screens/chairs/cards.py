"""The cards of the board: a chair in use, one that is free, one that cannot be read."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.chair_card import CardFace, LastValue
from ui.presenters.next_due import NextDue
from ui.screens.chairs.ink import DUE_LOOK
from ui.screens.chairs.seat import Seat, frame_role
from ui.screens.chairs.trend import Trend
from ui.widgets.buttons import Button
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
    row,
    say,
    show_icon,
    text,
)
from ui.widgets.ring import Ring

_LOW_CARD = 244
"""A medium card lower than that has a smaller ring."""

_SIGN, _SIGN_GAP = 16, 6
"""The sign before a warning, and what keeps it apart from its words."""

_BORN = "2000-00-00 (100)"
"""As much of the facts has room whatever stands beside them: the birth date, and the age."""


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
        glyph, tone, ground = DUE_LOOK[state]
        if state != self._state:
            self._state = state
            show_icon(self._icon, glyph, tone)
            dressed(self, "due", f"background: {theme.tone(ground)}; border-radius: 8px;")
            for label in (self._words, self._left):
                paint(label, "text" if state == "later" else tone)
        words = f"{face.words}, {face.more}" if face and face.more else face.words if face else ""
        say(self._words, words or "Nothing is due yet")
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
        self._grid.setVerticalSpacing(8 if roomy else 4)
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
            said = " ".join(part for part in (each.name, each.trend, each.note) if part)
            pair = col(text(said, 12, 400, "text_3"), figures, gap=0)
            self._grid.addLayout(pair, place // 2, place % 2)


class ChairCard(Seat):
    """One chair in use."""

    def __init__(self, face: CardFace, *, roomy: bool) -> None:
        super().__init__(face)
        self._roomy, self._edge = roomy, 20 if roomy else 16
        self._name, self._facts = elided("", 16, 600, grows=True), elided("", 12, 400, "text_2")
        self._dose, self._phase = text("", 13, 600), elided("", 16 if roomy else 14, 600)
        self._ring = Ring(face.family, 144 if roomy else 120, 30 if roomy else 24)
        self._values, self._due = Values(roomy=roomy), DueStrip()
        self._alerts = elided("", 12, 600, "alert", grows=True)
        self._alert_row = QWidget()
        self._alert_row.setLayout(row(icon("warning", 16, "alert"), (self._alerts, 1), gap=6))
        self._like = elided("", 12, 600, "overdue", grows=True)
        self._like_row = QWidget()
        self._like_row.setLayout(
            row(icon("users", _SIGN, "overdue"), (self._like, 1), gap=_SIGN_GAP)
        )
        self._trend = Trend() if roomy else None
        self._lay_out(face)
        self.set_face(face)

    @override
    def draw(self, face: CardFace) -> None:
        self.set_role(frame_role(face))
        for label, said in (
            (self._name, face.patient),
            (self._facts, face.facts),
            (self._dose, face.dose),
            (self._phase, face.phase),
            (self._alerts, face.alert),
        ):
            say(label, said)
        self._say_like(face)
        self._alert_row.setVisible(bool(face.alerts))
        self._like_row.setVisible(bool(face.like))
        if face.ring:
            self._ring.set_ring(face.ring.share, face.ring.middle, face.ring.below)
        self._values.set_values(face.values)
        self._due.set_due(face.due)
        if self._trend:
            self._trend.set_trend(face.trend)

    @override
    def fit(self, height: int) -> None:
        if not self._roomy:
            self._ring.set_side(120 if height >= _LOW_CARD else 104)
        super().fit(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.face is not None:
            self._say_like(self.face)

    def _say_like(self, face: CardFace) -> None:
        """Say who is like this patient: by chair alone where the names would be cut."""
        room = self.width() - 2 * self._edge - _SIGN - _SIGN_GAP
        is_whole = self._like.fontMetrics().horizontalAdvance(face.like) <= room
        say(self._like, face.like if is_whole else face.like_short)

    def _lay_out(self, face: CardFace) -> None:
        roomy = self._roomy
        born = self._facts.fontMetrics().horizontalAdvance(_BORN)
        self._facts.setMinimumWidth(born)
        head = row(number(face), (self._name, 1), drug_pill(face.family, face.drug), gap=8)
        right = col(..., self._phase, self._alert_row, self._values, ..., gap=10 if roomy else 2)
        facts = row((self._facts, 1), self._dose, gap=8)
        middle: list[Item] = [(self._trend, 2)] if self._trend else [...]
        layout = QVBoxLayout(self)
        layout.setSpacing(14 if roomy else 4)
        layout.setContentsMargins(*((20,) * 4 if roomy else (self._edge, 12, self._edge, 12)))
        dial = row(self._ring, (right, 1), gap=20 if roomy else 16)
        fill(layout, (col(head, facts, self._like_row, gap=2), dial, *middle, self._due))


class FreeCard(Seat):
    """A chair that is free, and who sat in it earlier today."""

    def __init__(self, face: CardFace, *, compact: bool = False) -> None:
        super().__init__(face)
        self.set_role("empty")
        self._session, self._compact = "", compact
        start = button("Start a session", glyph="plus", name=f"Start a session, {face.name}")
        start.clicked.connect(lambda: self.entered.emit(face.chair))
        self._earlier = Button()
        self._earlier.setProperty("kind", "quiet")
        self._earlier.setFont(theme.font(12))
        self._earlier.clicked.connect(lambda: self.opened.emit(self._session))
        self._words = text("", 12, 400, "text_2", align=Align.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        under = QVBoxLayout(self._earlier)
        under.setContentsMargins(8, 0, 8, 0)
        under.addWidget(self._words)
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        layout.setContentsMargins(16, 12, 16, 12)
        sign: list[Item] = [] if compact else [row(..., icon("armchair", 32, "text_3"), ...)]
        name = row(..., text(f"{face.name} is free", 16, 600), ...)
        gaps: list[Item] = [] if compact else [4]
        fill(layout, (..., *sign, name, *gaps, row(..., start, ...), self._earlier, ...))
        self.set_face(face)

    @override
    def draw(self, face: CardFace) -> None:
        earlier = face.earlier
        self._session = earlier.session_id if earlier else ""
        said = earlier.words if earlier else ""
        say(self._words, _by_parts(earlier.short if earlier and self._compact else said))
        self._earlier.setAccessibleName(f"{face.name}. {said}")
        self._earlier.setVisible(bool(earlier))


def _by_parts(words: str) -> str:
    """Return words that break between their parts, the first of which, a name, may break too."""
    first, *others = words.split(" · ")
    return "\u00a0· ".join([first, *(each.replace(" ", "\u00a0") for each in others)])


class UnreadCard(Seat):
    """A chair in which somebody sits whose session cannot be read: it is not free."""

    def __init__(self, face: CardFace) -> None:
        super().__init__(face)
        self.set_role("card-alert")
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        layout.setContentsMargins(16, 12, 16, 12)
        sign = row(..., icon("shield-warning", 32, "alert"), ...)
        name = row(..., text(face.name, 16, 600), ...)
        said = text("Cannot be read: see the shield", 13, 600, "alert", align=Align.AlignHCenter)
        fill(layout, (..., sign, name, said, ...))
        self.set_face(face)

    @override
    def draw(self, face: CardFace) -> None:
        """Do nothing: there is nothing to be known."""


def number(face: CardFace) -> QLabel:
    """Return the chair as a numbered square, the same sign as on the line of what is ahead."""
    sign = text(face.sign, 13, 600, "surface", align=Align.AlignHCenter)
    sign.setFixedSize(24, 24)
    accent = theme.drug(face.family)[0]
    sign.setStyleSheet(f"background: {accent}; color: {theme.c.surface}; border-radius: 6px;")
    sign.setAccessibleName(face.name)
    return sign
