"""The flowsheet's table: figures to the right, an old value struck through before the new."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
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

from ui import theme
from ui.models.sheet import SheetModel
from ui.presenters.sheet import FIRST_FIGURE, NOTE, NUMBERS, Cell, SheetRow
from ui.widgets.parts import Align

_WIDTHS = (58, 86, 72, 46, 40, 50, 46, 44, 46, 0, 76)
_TIGHT = (54, 88, 72, 44, 38, 48, 44, 40, 42, 0, 76)
_TIGHT_BELOW = 640
_HEAD = 28
_PAD = 8


class SheetCell(QStyledItemDelegate):
    """Paints one cell."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if not isinstance(cell, Cell):
            return
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour(theme.c.sunken))
            self._edge(painter, area, index.column(), focused=bool(state & _FOCUSED))
        painter.setPen(QPen(theme.colour(theme.c.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._words(painter, area.adjusted(_PAD, 0, -_PAD, 0), cell, index.column())
        painter.restore()

    def _edge(self, painter: QPainter, area: QRect, column: int, *, focused: bool) -> None:
        if column == 0:
            tone = theme.c.focus if focused else theme.c.control
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.colour(tone))

    def _words(self, painter: QPainter, area: QRect, cell: Cell, column: int) -> None:
        strong = column in NUMBERS or (column == FIRST_FIGURE and not cell.wide)
        if cell.struck:
            struck = theme.font(12)
            struck.setStrikeOut(True)
            painter.setFont(struck)
            painter.setPen(theme.colour(theme.c.text_3))
            metrics = painter.fontMetrics()
            room = area.width() // 2 if cell.wide else area.width()
            was = metrics.elidedText(cell.struck, Qt.TextElideMode.ElideRight, room)
            painter.drawText(area, Align.AlignLeft | Align.AlignVCenter, was)
            area.setLeft(area.left() + metrics.horizontalAdvance(was) + 8)
        own = "text" if strong or column == 0 else "text_2"
        painter.setFont(theme.font(13, 500 if strong else 400))
        painter.setPen(theme.colour(theme.tone(cell.tone or own)))
        said = painter.fontMetrics().elidedText(
            cell.words, Qt.TextElideMode.ElideRight, area.width()
        )
        side = Align.AlignRight if column in NUMBERS else Align.AlignLeft
        painter.drawText(area, side | Align.AlignVCenter, said)


_FOCUSED = QStyle.StateFlag.State_Active | QStyle.StateFlag.State_HasFocus


class SheetTable(QTableView):
    """The sheet; the newest row stands next to the entry line.

    Signals:
        amend_asked: Enter or a double click on a reading; carries its uid.
    """

    amend_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model, self._cell = SheetModel(), SheetCell()
        self._most = 4
        self.setModel(self._model)
        self.setItemDelegate(self._cell)
        self.setAccessibleName("Sheet of readings; Enter amends the chosen row")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self._ask(index.row()))
        self._dress_head()
        self.set_roomy(roomy=False)

    def set_roomy(self, *, roomy: bool) -> None:
        """Give rows and columns more room."""
        self._most = 5 if roomy else 4
        height = theme.SIZE["row_roomy"] if roomy else theme.SIZE["row"]
        self.verticalHeader().setDefaultSectionSize(height)
        self._spare = 20 if roomy else 0
        self._set_widths()
        self._fit()

    def set_rows(self, rows: tuple[SheetRow, ...]) -> None:
        """Show these rows, the newest in sight."""
        if self._model.set_rows(rows):
            self._spread()
            self._fit()
            QTimer.singleShot(0, self.scrollToBottom)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _ask(self, row: int) -> None:
        rows = self._model.rows
        if 0 <= row < len(rows) and rows[row].uid:
            self.amend_asked.emit(rows[row].uid)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_widths()
        super().resizeEvent(event)

    def _set_widths(self) -> None:
        """The columns give way a little in a narrow middle, so that the note keeps some room."""
        widths = _TIGHT if self.width() < _TIGHT_BELOW else _WIDTHS
        for column, width in enumerate(widths):
            if width and self.columnWidth(column) != width + self._spare:
                self.setColumnWidth(column, width + self._spare)

    def _spread(self) -> None:
        """Let wide cells have the room of their neighbours."""
        self.clearSpans()
        for place, each in enumerate(self._model.rows):
            if each.cells[FIRST_FIGURE].wide:
                self.setSpan(place, FIRST_FIGURE, 1, NOTE - FIRST_FIGURE + 1)

    def _fit(self) -> None:
        """Be as high as the rows are, within what the screen can spare."""
        shown = min(max(1, len(self._model.rows)), self._most)
        self.setFixedHeight(_HEAD + shown * self.verticalHeader().defaultSectionSize())

    def _dress_head(self) -> None:
        head = self.horizontalHeader()
        head.setFont(theme.font(12, 500))
        head.setFixedHeight(_HEAD)
        head.setMinimumSectionSize(40)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
