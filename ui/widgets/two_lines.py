"""A table whose cells hold a word and a quieter one under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from ui import icons, theme
from ui.models.headed import NOWHERE, HeadedModel, Index
from ui.widgets.parts import Align

HEIGHT, HEAD, PAD, SIGN = 48, 32, 8, 18


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


class TwoLineCell(QStyledItemDelegate):
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
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour(theme.c.sunken))
            if index.column() == 0:
                edge = QRect(area.left(), area.top(), 3, area.height())
                painter.fillRect(edge, theme.colour(theme.c.focus))
        painter.setPen(QPen(theme.colour(theme.c.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
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


class TwoLineTable(QTableView):
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
        super().__init__()
        self.rows, self._cell = TwoLineModel(heads), TwoLineCell(sign)
        self.setModel(self.rows)
        self.setItemDelegate(self._cell)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setFont(theme.font(12, 500))
        head.setFixedHeight(HEAD)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
