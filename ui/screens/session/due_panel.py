"""The due list at the right: overdue is a filled amber band, due now is tinted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.presenters.due import DueFace, DueRow
from ui.widgets.parts import (
    Align,
    box,
    button,
    dressed,
    empty,
    fill,
    icon,
    key,
    row,
    rule,
    say,
    text,
)

_LOOK = {
    "overdue": ("warning-circle", "on_overdue", 600, 40),
    "due": ("bell-ringing", "overdue", 600, 40),
    "later": ("circle", "text_3", 400, 32),
    "done": ("check-circle", "text_3", 400, 32),
    "missed": ("x-circle", "text_3", 400, 32),
}
_COMPACT = 1
_FEW = 2
_PRESSING = ("overdue", "due")
_EDGE = (8, 12, 8, 8)


class DueLine(QFrame):
    """One line; only its countdown changes from second to second."""

    def __init__(self, face: DueRow) -> None:
        super().__init__()
        glyph, tone, weight, height = _LOOK[face.state]
        filled = face.state == "overdue"
        quiet = face.state in ("done", "missed")
        self._left = text(
            "", 13, weight, tone if height > _LATER else "text_2", align=Align.AlignRight
        )
        self._name = name = text(
            face.name, 13, weight, tone if filled else "text_2" if quiet else "text"
        )
        self._when = text(face.when, 13, weight, tone if filled else "text_2")
        self.setFixedHeight(height)
        self._left.setMinimumWidth(60)
        layout = row(icon(glyph, 18, tone), name, ..., self._when, self._left, gap=6)
        layout.setContentsMargins(8, 0, 8, 0)
        self.setLayout(layout)
        if height > _LATER:
            ground = theme.c.overdue_fill if filled else theme.c.overdue_tint
            edge = theme.c.overdue_fill
            dressed(
                self, "due", f"background: {ground}; border-radius: 8px; border: 1px solid {edge};"
            )
        self.set_left(face)

    def set_left(self, face: DueRow) -> None:
        """Show how long is left."""
        say(self._left, face.left)
        self.setAccessibleName(f"{face.name}, {face.when}, {face.left}")
        self._make_room()

    def _make_room(self) -> None:
        """Let the time give way where the line is too narrow for all: none of it may be cut."""
        parts = (self._name, self._when, self._left)
        need = sum(each.sizeHint().width() for each in parts)
        self._when.setVisible(need + _BESIDE <= self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()


_BESIDE = 18 + 3 * 6 + 2 * 8
"""What icon, gaps and edges of a line take."""


_LATER = 32


def _also(faces: tuple[DueRow, ...]) -> str:
    """Return what presses besides the first line, for where there is room for that alone."""
    said = {"overdue": "overdue", "due": "due now"}
    pressing = [each for each in faces if each.state in _PRESSING]
    named = [f"{each.name} {said[each.state]}" for each in pressing[:_NAMED]]
    if len(pressing) > _NAMED:
        named.append(f"and {len(pressing) - _NAMED} more")
    return f"Also: {', '.join(named)}" if named else ""


_NAMED = 2
"""So many are named beside the first line; the others are counted."""


class DuePanel(QFrame):
    """What falls due next, and what was closed last.

    Signals:
        command: "miss:20" where an observation is to be given as missed.
    """

    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Due")
        self._kept: tuple[object, ...] = ()
        self._alone = False
        self._compact = self._brief = self._short = self._few = self._roomy = False
        self._face = DueFace("", (), ())
        self._lines: list[tuple[DueLine, DueRow]] = []
        self._note = text("", 12, 400, "text_3")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._column.setContentsMargins(*_EDGE)
        self._head = box(row(text("Due", 13, 600), ..., self._note, edge=(8, 0, 8, 4)), "plain")
        self._more = text("", 12, 600, "overdue", wrap=True)
        self._more.setContentsMargins(8, 2, 8, 2)
        fill(self._column, (self._head, self._list, self._more))

    def set_roomy(self, *, roomy: bool) -> None:
        """Show what is done though something is overdue: there is room for both."""
        self._roomy = roomy
        self.show_due(self._face)

    def set_compact(self, *, compact: bool, brief: bool = False, alone: bool = False) -> None:
        """Show only what is most pressing, while something else needs the room.

        Args:
            compact: Only the first line.
            brief: That line alone, and only once it is due.
            alone: Nothing of what else presses: what is asked names it.
        """
        self._compact, self._brief, self._alone = compact, brief, alone
        self._head.setVisible(not brief)
        self._column.setContentsMargins(*((2, 2, 2, 2) if brief else _EDGE))
        self.show_due(self._face)

    def set_short(self, *, short: bool, few: bool = False) -> None:
        """Show less, where open alerts stand above.

        Args:
            short: Less of what is done.
            few: Nothing of it, and no more than is due now, or comes next.
        """
        self._short, self._few = short, few
        self.show_due(self._face)

    def show_due(self, face: DueFace) -> None:
        """Show these lines; called every second."""
        self._face = face
        say(self._note, face.note)
        waiting = face.waiting[:_COMPACT] if self._compact else face.waiting
        if self._few:
            pressing = sum(each.state in _PRESSING for each in waiting)
            waiting = waiting[: max(pressing, _FEW)]
        if self._brief:
            waiting = tuple(each for each in waiting if each.state in _PRESSING)
        self.setVisible(bool(waiting) or not self._brief)
        also = _also(face.waiting[_COMPACT:]) if self._compact and not self._alone else ""
        say(self._more, also)
        self._more.setVisible(bool(also))
        shown = 1 if self._short else None
        late = any(each.state == "overdue" for each in waiting) and not self._roomy
        closed = () if self._compact or self._few or late else face.closed[:shown]
        faces = (*waiting, *closed)
        kept = (self._compact, len(waiting), *((f.slot, f.state, f.name, f.when) for f in faces))
        if kept != self._kept:
            self._kept = kept
            self._build(waiting, closed)
        for (line, _), each in zip(self._lines, faces, strict=True):
            line.set_left(each)

    def _build(self, waiting: tuple[DueRow, ...], closed: tuple[DueRow, ...]) -> None:
        empty(self._list)
        self._lines = [(DueLine(face), face) for face in (*waiting, *closed)]
        if not self._lines:
            self._list.addWidget(self._nothing())
        overdue = (face for _, face in self._lines if face.state == "overdue" and face.can_miss)
        first = next(overdue, None)  # one after the other
        for place, (line, face) in enumerate(self._lines):
            if place == len(waiting) and place:
                self._list.addWidget(rule())
            self._list.addWidget(line)
            if face is first and not self._compact:
                self._list.addWidget(box(row(self._miss(face), ..., edge=(4, 0, 0, 0)), "plain"))

    def _nothing(self) -> QLabel:
        label = text(self._face.nothing, 13, 400, "text_2")
        label.setContentsMargins(8, 4, 8, 8)
        return label

    def _miss(self, face: DueRow) -> QFrame:
        name, means = f"Say why {face.name} was missed", f"miss:{face.slot}"
        made = button("Say why it was missed…", "quiet", name=name, means=means)
        made.clicked.connect(lambda: self.command.emit(means))
        return box(row(made, key("F3"), gap=8), "plain")
