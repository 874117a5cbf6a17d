"""The card of what stands before a signature: each gap leads to its place or is explained."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.to_sign_gaps import GapRow
from ui.widgets.parts import Item, button, col, empty, fill, icon, row, rule, say, text

_MARKS = {
    "blocks": ("warning-circle", "alert"),
    "may stay": ("info", "text_2"),
    "explained": ("check-circle", "good"),
}

_GO_WIDTH = 64
_LEAST_ROWS = 96
"""Pixels: two gaps can always be seen."""


class _Rows(QScrollArea):
    """Takes the height that its rows want; scrolls where there is less."""

    def __init__(self, rows: QVBoxLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setLayout(rows)
        self._inside.installEventFilter(self)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the rows want another height than before
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        inside = self._inside
        wanted = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else -1
        return QSize(self.width(), max(wanted, inside.sizeHint().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(_LEAST_ROWS, self.sizeHint().height()))


class GapsCard(QFrame):
    """What stands before a signature.

    Signals:
        explain: A gap's code and what it is about.
        go_to: Where it came about, as a command of the session's screen, and the gap in words;
            both empty for the session itself.
        left: The last open gap is gone, and the focus was on it.
    """

    explain = Signal(str, str)
    left = Signal()
    go_to = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._note = text("", 12, 400, "text_2")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(8)
        self._shown: tuple[GapRow, ...] | None = None
        self._buttons: dict[tuple[str, str], list[QPushButton]] = {}
        self._order: list[tuple[str, str]] = []
        self._last: tuple[str, str] | None = None
        self._area = _Rows(self._rows)
        go = button("Go to the session", "quiet", "arrow-right")
        go.clicked.connect(lambda: self.go_to.emit("", ""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 8)
        layout.setSpacing(8)
        head = row(text("Before you sign", 13, 600), ..., self._note, edge=(0, 0, 4, 0))
        fill(layout, (head, (self._area, 1), row(..., go)))

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show every gap, those that block first; nothing is rebuilt while they stay the same."""
        say(self._note, note)
        if rows == self._shown:
            return
        focused = self._focused()
        self._shown, self._buttons = rows, {}
        empty(self._rows)
        order = list(_MARKS)
        ranked = sorted(rows, key=lambda each: order.index(each.state))
        self._order = [(gap.code, gap.about) for gap in rows]
        for gap in ranked:
            fill(self._rows, (self._row(gap), rule()))
        if not rows:
            fill(self._rows, (row(icon("check-circle", 18, "good"), text("No gaps", 13), ...),))
        if focused is not None:
            self._last = focused
            if not self.go_on(again=True):
                self.left.emit()

    def next_gap(self) -> bool:
        """Go to the next gap that is not explained; after the last one, to the first."""
        gaps = list(self._buttons)
        focused = self._focused()
        if not gaps or self.isHidden():
            return False
        self._enter(gaps[((gaps.index(focused) if focused in gaps else -1) + 1) % len(gaps)])
        return True

    def explain_next(self) -> None:
        """Explain the gap that has the focus, else the first one that is open."""
        found = self._focused() or next(iter(self._buttons), None)
        if found is not None and not self.isHidden():
            self._explain(found)

    def go_on(self, *, again: bool = False) -> bool:
        """Go to the gap after the one that was answered last; tell whether one is open.

        Args:
            again: Go to that one itself, where it is still open.
        """
        open_gaps = [key for key in self._order if key in self._buttons]
        if not open_gaps:
            return False
        if again and self._last in open_gaps:
            self._enter(self._last)
            return True
        blocking = {(gap.code, gap.about) for gap in self._shown or () if gap.state == "blocks"}
        open_gaps = [key for key in open_gaps if key in blocking] or open_gaps
        place = self._order.index(self._last) if self._last in self._order else -1
        after = [key for key in open_gaps if self._order.index(key) > place]
        self._enter((after or open_gaps)[0])
        return True

    def _focused(self) -> tuple[str, str] | None:
        found = [key for key, made in self._buttons.items() if any(b.hasFocus() for b in made)]
        return found[0] if found else None

    def _enter(self, gap: tuple[str, str]) -> None:
        first = self._buttons[gap][0]
        first.show()  # now: what is not yet shown cannot take the focus
        first.setFocus()
        self._area.ensureWidgetVisible(first, 0, 16)

    def _row(self, gap: GapRow) -> Item:
        glyph, tone = _MARKS[gap.state]
        words = text(gap.words, 13, 600, wrap=True)
        more = row(24, (text(gap.more, 12, 400, "text_2", wrap=True), 1), gap=0)
        items: list[Item] = [icon(glyph, 18, tone), (words, 1)]
        if gap.state == "explained":
            return col(row(*items, gap=6), more, gap=0)
        key = (gap.code, gap.about)
        explain = button("Explain", name=f"Explain: {gap.words}")
        explain.clicked.connect(lambda: self._explain(key))
        self._buttons[key] = [explain]
        if gap.place:
            go = button("Go to", "quiet", name=f"Go to it: {gap.words}")
            go.setMinimumWidth(_GO_WIDTH)
            go.clicked.connect(lambda: self._go(gap))
            self._buttons[key] = [go, explain]
        return col(row(*items, *self._buttons[key], gap=6), more, gap=0)

    def _explain(self, key: tuple[str, str]) -> None:
        self._last = key
        self.explain.emit(*key)

    def _go(self, gap: GapRow) -> None:
        self._last = (gap.code, gap.about)
        self.go_to.emit(gap.place, gap.words)
