"""The entry line: the field with the focus, what it understood, and the slot it will close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.presenters.readback import Chip, ReadBack
from ui.screens.session.strip_rows import AmendedRow, Line, ReasonRow
from ui.widgets.parts import (
    Item,
    box,
    col,
    dressed,
    empty,
    fill,
    icon,
    keyed,
    pill,
    redress,
    row,
    say,
    text,
)
from ui.widgets.sentence import Sentence

_WIDE = 312
_GAP = 6
_GOES_GAP = 8
_EDGE = 8
_CHIP = 28
_SIGN, _SPACE, _BETWEEN_KEYS = 16, 8, 12  # around the sentence
_QUIET = "Type a reading, an event or a note, then Enter."
_WHOLE_LINE = "Type the whole new reading, then Enter; a reason is asked."


class _Rows(QWidget):
    """What was understood, in rows.

    Signals:
        widened: They have got another width.
    """

    widened = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()


class EntryStrip(QFrame):
    """The line at the foot of the session.

    Signals:
        typed: The text, at every change.
        submitted: Enter was pressed.
        reason_given: The reason, as typed.
        cleared: Esc was pressed.
        upward: Up was pressed in the line.
    """

    typed = Signal(str)
    submitted = Signal()
    reason_given = Signal(str)
    cleared = Signal()
    upward = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "entry")
        self.line = self._make_line()
        self._ring = box(row(self.line, edge=4), "ring", w=_WIDE + 8, h=48)
        self._read: ReadBack | None = None
        self._quiet = _QUIET
        self._chips = QVBoxLayout()
        self._goes, self._goes_below, self._keys = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._sign = icon("warning", _SIGN, "alert")
        self._said, self._beside = Sentence(13), 0
        self._reason = ReasonRow()
        self._reason.given.connect(self.reason_given)
        self._reason.left.connect(self.cleared)
        self._amended = AmendedRow()
        self._esc_is_lent = False
        self._lay_out()
        self.show_read_back(ReadBack())

    def show_read_back(self, read: ReadBack) -> None:
        """Show what was understood, and what Enter will do."""
        if read == self._read:
            return
        self._read = read
        bad = read.tone == "alert"
        self._sign.setVisible(bad and bool(read.said))
        say(self._said, read.said or ("" if read.chips else self._quiet), read.tone)
        self._said.setFont(theme.font(13, 500 if bad else 400))
        empty(self._keys)
        keys = [box(keyed("Enter", read.enter), "plain")] if read.enter else []
        clears = (read.chips or read.said) and not self._amended.isVisibleTo(self)
        if clears and not self._esc_is_lent:
            keys.append(box(keyed("Esc", "clears"), "plain"))
        self._beside = _wide(keys, _BETWEEN_KEYS) + (_SIGN + _SPACE if bad else 0)
        fill(self._keys, tuple(keys))
        self._show_understood(read)
        self.line.setAccessibleDescription(f"{read.goes} {read.said}".strip())

    def lend_esc(self, *, lent: bool) -> None:
        """Say nothing of Esc while it belongs to something else, as to the fields."""
        self._esc_is_lent = lent
        self._amended.leaves.setVisible(not lent)
        read, self._read = self._read, None
        self.show_read_back(read or ReadBack())

    def _widened(self) -> None:
        """Show it anew where the rows themselves have got another width."""
        if self._read is not None:
            self._show_understood(self._read)

    def _show_understood(self, read: ReadBack) -> None:
        """Show everything that was understood, where it goes, and the sentence under it.

        The chips come first: where they need the whole row, where it goes stands below them; in
        a second row stands only what a whole one cannot hold. None of this may be laid out yet,
        so their own sizes say what they need.
        """
        chips, goes = [_chip(each) for each in read.chips], _goes(read.goes)
        whole, need = self._read_rows.width(), _wide(chips, _GAP) - _GAP
        beside = whole - _wide(goes, _GOES_GAP)
        is_below = beside < need <= whole
        for place, parts in ((self._goes, not is_below), (self._goes_below, is_below)):
            empty(place)
            fill(place, tuple(goes) if parts else ())
        empty(self._chips)
        rows = tuple(_rows(chips, whole if is_below else beside))
        for each in rows:
            self._chips.addLayout(row(*each, ..., gap=_GAP))
        self._chips_place.setFixedHeight(len(rows) * (_CHIP + 4) - 4)
        self._said.fit(whole - self._beside - (_wide(goes, _GOES_GAP) if is_below else 0))

    def set_line(self, words: str) -> None:
        """Put these words in the line and take the focus."""
        if self.line.text() != words:
            self.line.setText(words)
        self.line.setFocus()

    def enter(self) -> None:
        """Take the focus: to the reason where one is asked, else to the line."""
        if self.line.isReadOnly():
            self._reason.enter()
        else:
            self.line.setFocus()

    def type_on(self, words: str) -> None:
        """Take words that were typed elsewhere, behind what stands in the line.

        While a reason is asked the line stays as it is, and the reason's field has the focus.
        """
        self.enter()
        if self.line.isReadOnly():
            return
        self.line.end(False)  # noqa: FBT003 - Qt's own signature
        self.line.insert(words)

    def ask_reason(self, why: str, picks: tuple[str, ...] = ()) -> None:
        """Open the reason's field; the line stays as it is."""
        self._read_rows.hide()
        self._reason.ask(why, picks)
        self.line.setReadOnly(True)

    def show_reason_problem(self, said: str) -> None:
        """Say why the reason is refused; it stays."""
        self._reason.show_problem(said)

    def end_reason(self) -> None:
        """Take the reason's field away."""
        self._reason.hide()
        self._read_rows.show()
        self.line.setReadOnly(False)
        self.line.setFocus()

    def show_amended(self, title: str, was: str) -> None:
        """Show what the line replaces, struck through above it; empty takes that away."""
        self._amended.show_old(title, was)
        self._quiet = _WHOLE_LINE if title else _QUIET
        self._read = None
        self.line.setAccessibleName(
            f"Entry line. {title}: it said {was}" if title else "Entry line"
        )

    def _make_line(self) -> Line:
        made = Line()
        made.setFont(theme.font(18, 500))
        made.setFixedSize(_WIDE, 40)
        made.setProperty("ringed", True)  # noqa: FBT003 - Qt's own signature
        made.setPlaceholderText("BP HR SpO₂ Resp …")
        made.setAccessibleName("Entry line")
        made.textChanged.connect(self.typed)
        made.returnPressed.connect(self.submitted)
        made.left.connect(self.cleared)
        made.upward.connect(self.upward)
        made.focused.connect(self._show_focus)
        return made

    def _lay_out(self) -> None:
        self._chips.setSpacing(4)
        chips = QWidget()
        chips.setLayout(self._chips)
        self._chips.setContentsMargins(0, 0, 0, 0)
        chips.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chips_place = chips
        below = (self._sign, (self._said, 1), self._goes_below, self._keys)
        sentence = row(*below, gap=_SPACE)
        for place in (self._goes, self._goes_below):
            place.setSpacing(_GOES_GAP)
        self._keys.setSpacing(_BETWEEN_KEYS)
        self._read_rows = _Rows()
        self._read_rows.widened.connect(self._widened)
        read = col(row((chips, 1), self._goes, gap=_GOES_GAP), sentence, gap=6)
        read.setContentsMargins(0, 0, 0, 0)
        self._read_rows.setLayout(read)
        right = col(..., self._read_rows, self._reason, ..., gap=0)
        line = row(self._ring, 8, (right, 1), gap=8)
        line.addStrut(theme.SIZE["entry"] - 2 * _EDGE - 1)  # and as much more as the rows need
        self.setLayout(col(self._amended, line, gap=4, edge=(12, _EDGE, 16, _EDGE)))

    def _show_focus(self, here: bool) -> None:  # noqa: FBT001 - a slot
        self._ring.setProperty("here", "true" if here else "false")
        redress(self._ring)


def _goes(words: str) -> list[QWidget]:
    """Return an arrow, and where the line goes."""
    if not words:
        return []
    return [icon("arrow-right", 16, "text_2"), pill(words, "text", "line", size=13, weight=600)]


def _wide(parts: Sequence[QWidget], gap: int) -> int:
    """Return how much room they need, each with a gap."""
    return sum(each.sizeHint().width() + gap for each in parts)


def _rows(chips: Sequence[QFrame], room: int) -> Iterator[Sequence[QFrame]]:
    """Yield the chips row by row, as many in each as have room; none of them is left out."""
    row_of: list[QFrame] = []
    left = room
    for chip in chips:
        width = chip.sizeHint().width()
        if row_of and width > left:
            yield row_of
            row_of, left = [], room
        row_of.append(chip)
        left -= width + _GAP
    yield row_of


def _chip(face: Chip) -> QFrame:
    tone = "alert" if face.bad else "text"
    parts: list[Item] = []
    if face.side is not None:
        parts.append(text(face.side.mark, 13, 600, "alert"))
    elif face.bad:
        parts.append(icon("warning", 16, "alert"))
    if face.name:
        parts.append(text(face.name, 13, 400, "alert" if face.bad else "text_2"))
    parts.append(text(face.value, 14, 600, tone))
    if face.more:
        parts.append(text(face.more, 13, 500, tone if face.bad else "text_2"))
    frame = box(row(*parts, gap=5, edge=(8, 0, 8, 0)), "chip", h=_CHIP)
    frame.setAccessibleName(face.said)
    ground, edge = (
        (theme.c.alert_tint, theme.c.alert) if face.bad else (theme.c.sunken, theme.c.line)
    )
    dressed(frame, "chip", f"background: {ground}; border: 1px solid {edge}; border-radius: 6px;")
    return frame
