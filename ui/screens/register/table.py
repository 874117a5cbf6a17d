"""The register as a table: each cell a word or figure, and a quieter one under it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from ui import theme
from ui.models.headed import NOWHERE, HeadedModel, Index
from ui.presenters.register_faces import HEADS, NUMBERS, RowFace, TwoLines
from ui.widgets.headed_table import HeadedTable, RowCell
from ui.widgets.parts import Align

_WHAT = 1
_WIDTHS = {0: 108, 2: 220, 3: 84, 4: 84, 5: 92}
_PAD = 8


class RegisterModel(HeadedModel):
    """Rows of the register; the cell itself is in the user role, for the delegate."""

    def __init__(self) -> None:
        super().__init__(HEADS, NUMBERS)
        self.rows: tuple[RowFace, ...] = ()

    def set_rows(self, rows: tuple[RowFace, ...]) -> None:
        """Show these rows; does nothing where they are shown already."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.upper
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (cell.upper, cell.lower))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.said if index.column() == 0 else f"{cell.upper} {cell.lower}".strip()
        return None


class RegisterCell(RowCell):
    """Paints one cell: two lines, figures at the right."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect
        if not isinstance(cell, TwoLines):
            return
        painter.save()
        self.paint_ground(painter, option, index)
        side = Align.AlignRight if index.column() in NUMBERS else Align.AlignLeft
        middle = area.top() + area.height() // 2
        room = area.adjusted(_PAD, 0, -_PAD, 0)
        upper, lower = QRect(room), QRect(room)
        if cell.lower:
            upper.setBottom(middle)
            lower.setTop(middle)
            self._line(painter, lower.adjusted(0, 0, 0, -5), cell.lower, side, 12, cell.tone)
        self._line(painter, upper.adjusted(0, 5 if cell.lower else 0, 0, 0), cell.upper, side)
        painter.restore()

    def _line(
        self,
        painter: QPainter,
        area: QRect,
        words: str,
        side: Align,
        size: int = 13,
        tone: str = "text",
    ) -> None:
        painter.setFont(theme.font(size, 500 if size > 12 else 400))  # noqa: PLR2004 - the upper one
        painter.setPen(theme.colour(theme.tone(tone)))
        said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Align.AlignVCenter, said)


class RegisterTable(HeadedTable):
    """The rows of the register, the newest first.

    Signals:
        told: What the cells of the chosen row have no room for; empty where none is chosen.
    """

    told = Signal(str)

    def __init__(self) -> None:
        self.rows = RegisterModel()
        name = "Rows of the register, the newest first"
        super().__init__(self.rows, RegisterCell(), _WIDTHS, _WHAT, name)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now.row()))
        self.rows.modelReset.connect(lambda: self._tell(-1))

    def _tell(self, place: int) -> None:
        rows = self.rows.rows
        self.told.emit(rows[place].detail if 0 <= place < len(rows) else "")
