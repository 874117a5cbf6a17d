"""A table whose cells hold a word and a quieter one under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from ui import icons, theme
from ui.models.headed import NOWHERE, HeadedModel, Index
from ui.widgets.headed_table import HeadedTable, RowCell
from ui.widgets.parts import Align

PAD, SIGN = 8, 18


class TwoLineRow(Protocol):
    """A row of such a table."""

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Return (upper, lower) of each column."""
        ...

    @property
    def said(self) -> str:
        """Return the whole row for a screen reader."""
        ...


Sign = Callable[[TwoLineRow, int], str]


class TwoLineModel(HeadedModel):
    """The rows; a row itself is in the user role."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__(heads, frozenset())
        self.rows: tuple[TwoLineRow, ...] = ()

    def set_rows(self, rows: Sequence[TwoLineRow]) -> None:
        """Show these rows; does nothing where they are shown already."""
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.rows[index.row()]
        upper, lower = found.cells[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return upper
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (upper, lower))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return found.said if index.column() == 0 else f"{upper} {lower}".strip()
        return None


class TwoLineCell(RowCell):
    """Paints one cell.

    Args:
        sign: Names the glyph before the words of a row's cell; empty for none.
    """

    def __init__(self, sign: Sign) -> None:
        super().__init__()
        self._sign = sign

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        painter.save()
        self.paint_ground(painter, option, index)
        found: TwoLineRow = index.data(Qt.ItemDataRole.UserRole)
        upper, lower = found.cells[index.column()]
        area = self._room_for_words(painter, area, self._sign(found, index.column()))
        room = area.adjusted(PAD, 5, -PAD, -5) if lower else area.adjusted(PAD, 0, -PAD, 0)
        top = Align.AlignTop if lower else Align.AlignVCenter
        self._line(painter, room, upper, top=top)
        self._line(painter, room, lower, top=Align.AlignBottom, quiet=True)
        painter.restore()

    def _room_for_words(self, painter: QPainter, area: QRect, glyph: str) -> QRect:
        """Paint the sign, if there is one; return what it leaves."""
        if not glyph:
            return area
        picture = icons.pixmap(glyph, SIGN, "text_2")
        painter.drawPixmap(area.left() + PAD, area.center().y() - SIGN // 2, picture)
        return area.adjusted(SIGN + PAD, 0, 0, 0)

    def _line(
        self, painter: QPainter, area: QRect, words: str, *, top: Align, quiet: bool = False
    ) -> None:
        painter.setFont(theme.font(12, 400) if quiet else theme.font(13, 500))
        painter.setPen(theme.colour(theme.c.text_2 if quiet else theme.c.text))
        said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Align.AlignLeft | top, said)


class TwoLineTable(HeadedTable):
    """Rows to be walked by key, one of them chosen.

    Signals:
        opened: The row that Enter, or a double click, was pressed on.

    Args:
        heads: The names of the columns.
        widths: Of columns, in pixels.
        wide: The column that takes what room is left.
        name: What a screen reader says.
        sign: Names the glyph before the words of a row's cell, by the column; empty for none.
    """

    opened = Signal(int)

    def __init__(
        self,
        heads: Sequence[str],
        widths: Mapping[int, int],
        wide: int,
        name: str,
        sign: Sign = lambda _, __: "",
    ) -> None:
        self.rows = TwoLineModel(heads)
        super().__init__(self.rows, TwoLineCell(sign), widths, wide, name)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
