"""A table under named columns whose rows are walked by key: all of it but what a cell shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import theme
from ui.models.headed import HeadedModel, Index

HEIGHT, HEAD = 48, 32
"""Of a row of two lines, and of the names of the columns, in pixels."""


class RowCell(QStyledItemDelegate):
    """Paints one cell; what it shows is its own, what lies under that is alike in all."""

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line under the row, and the ground and edge of the chosen one."""
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour(theme.c.sunken))
            if index.column() == 0:
                edge = QRect(area.left(), area.top(), 3, area.height())
                painter.fillRect(edge, theme.colour(theme.c.focus))
        painter.setPen(QPen(theme.colour(theme.c.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


class HeadedTable(QTableView):
    """Rows to be walked by key, one of them chosen, none edited in place.

    Args:
        cell: What paints the cells.
        widths: Of columns, in pixels.
        wide: The column that takes what room is left.
        name: What a screen reader says.
    """

    def __init__(
        self, model: HeadedModel, cell: RowCell, widths: Mapping[int, int], wide: int, name: str
    ) -> None:
        super().__init__()
        self._cell = cell  # a table does not keep its delegate
        self.setModel(model)
        self.setItemDelegate(cell)
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
