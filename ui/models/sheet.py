"""The flowsheet as Qt's table wants it: frozen rows, read-only."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from typing_extensions import override

from ui.models.headed import NOWHERE, HeadedModel, Index
from ui.presenters.sheet import HEADS, NUMBERS, Cell, SheetRow


class SheetModel(HeadedModel):
    """Rows of the sheet; the cell itself is in the user role, for the delegate."""

    def __init__(self) -> None:
        super().__init__(HEADS, NUMBERS)
        self._rows: tuple[SheetRow, ...] = ()

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """Return the rows shown."""
        return self._rows

    def set_rows(self, rows: tuple[SheetRow, ...]) -> bool:
        """Show these rows; returns whether anything changed. Further rows are only added."""
        before = self._rows
        if rows == before:
            return False
        if rows[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        return True

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.said if index.column() == 0 else _full(cell)
        return None


def _full(cell: Cell) -> str | None:
    return f"{cell.full} (was {cell.struck})" if cell.struck else cell.full or None
