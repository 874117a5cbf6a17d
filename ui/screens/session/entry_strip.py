"""The entry line: the field with the focus, what it understood, and the slot it will close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.presenters.readback import Chip, ReadBack
from ui.widgets.parts import (
    Item,
    box,
    button,
    col,
    dressed,
    elided,
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
_REASON = 280
_SIGN, _SPACE, _BETWEEN_KEYS = 16, 8, 12  # around the sentence
_QUIET = "Type a reading, an event or a note, then Enter."
_WHOLE_LINE = "Type the whole new reading, then Enter; a reason is asked."


class Line(QLineEdit):
    """The field itself.

    Signals:
        left: Esc was pressed.
        upward: Up was pressed: to the rows above. What stands in the line stays.
        focused: Whether it has the focus now.
    """

    left = Signal()
    upward = Signal()
    focused = Signal(bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.upward.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a signal

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a signal


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
        if (read.chips or read.said) and not self._amended.isVisibleTo(self):
            keys.append(box(keyed("Esc", "clears"), "plain"))
        self._beside = _wide(keys, _BETWEEN_KEYS) + (_SIGN + _SPACE if bad else 0)
        fill(self._keys, tuple(keys))
        self._show_understood(read)
        self.line.setAccessibleDescription(f"{read.goes} {read.said}".strip())

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


class AmendedRow(QWidget):
    """What a line is to replace: struck through, above the empty line."""

    def __init__(self) -> None:
        super().__init__()
        self._title = text("", 13, 600)
        self._was = elided("", 13, 400, "text_2", grows=True)
        struck = theme.font(13, 400)
        struck.setStrikeOut(True)
        self._was.setFont(struck)
        mark = icon("pencil-simple", 16, "text_2")
        parts = row(mark, self._title, (self._was, 1), keyed("Esc", "leaves it as it was"), gap=8)
        parts.setContentsMargins(4, 0, 0, 0)
        self.setLayout(parts)
        self.hide()

    def show_old(self, title: str, was: str) -> None:
        """Show it; empty takes it away."""
        say(self._title, title)
        say(self._was, was)
        self.setVisible(bool(title))


class ReasonRow(QWidget):
    """Asks why: free words, or a pick by its digit or a press.

    Signals:
        given: The reason, as typed.
        left: Esc was pressed.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._why = elided("", 13, 500, "overdue", grows=True)
        self._problem = elided("", 13, 500, "alert", grows=True)
        self._field = Line()
        self._field.setFont(theme.font(14))
        self._field.setPlaceholderText("Reason, or a digit")
        self._field.setFixedWidth(_REASON)
        self._field.returnPressed.connect(lambda: self.given.emit(self._field.text()))
        self._field.textEdited.connect(lambda: self.show_problem(""))
        self._field.left.connect(self.left)
        self._picks = QHBoxLayout()
        self._picks.setSpacing(6)
        keys = row(keyed("Enter", "stores it"), keyed("Esc", "back"), gap=12)
        asks = row(icon("question", 18, "overdue"), (self._why, 1), self._field, gap=8)
        below = row(self._picks, (self._problem, 1), keys, gap=8)
        layout = col(asks, below, gap=4)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.hide()

    def ask(self, why: str, picks: tuple[str, ...]) -> None:
        """Ask with an empty field, and take the focus."""
        say(self._why, why)
        self.show_problem("")
        self._field.clear()
        numbered = "; ".join(f"{place} {pick}" for place, pick in enumerate(picks, 1))
        self._field.setAccessibleName(f"{why} {numbered}".strip())
        empty(self._picks)
        for place, pick in enumerate(picks, 1):
            self._picks.addWidget(self._button(place, pick))
        self.show()
        self._field.setFocus()

    def enter(self) -> None:
        """Take the focus, with what was typed."""
        self._field.setFocus()

    def show_problem(self, said: str) -> None:
        """Say why it is refused; what was typed stays."""
        say(self._problem, said)

    def _button(self, place: int, pick: str) -> QPushButton:
        made = button(f"{place}  {pick}", "quiet", name=f"Reason {place}: {pick}")
        made.setFont(theme.font(13, 500))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is the digit
        made.clicked.connect(lambda: self.given.emit(pick))
        return made


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
