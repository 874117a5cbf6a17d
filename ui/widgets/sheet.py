"""The flowsheet's table: figures to the right, an old value struck through before the new."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QPolygon, QResizeEvent
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

from monitor.sides import Side
from ui import theme
from ui.models.sheet import SheetModel
from ui.presenters.sheet import FIRST_FIGURE, HEADS, NOTE, NUMBERS, Cell, SheetRow
from ui.widgets.parts import Align

_WIDTHS = (58, 86, 74, 46, 48, 50, 46, 44, 46, 0, 76)
_TIGHT = (54, 88, 74, 44, 46, 48, 44, 40, 42, 0, 76)
_TIGHT_BELOW = 640
_MAP = HEADS.index("MAP")  # follows from the pressure: it gives way where a note wants the room
_HEAD = 28
_PAD = 8
_OLD = 16  # what the struck words above take of a row
_MARK = 6
_POINTING = {
    Side.ABOVE: ((0, 0), (_MARK, 0), (_MARK // 2, _MARK)),
    Side.BELOW: ((0, _MARK), (_MARK, _MARK), (_MARK // 2, 0)),
    Side.BEYOND: ((0, 3), (3, 0), (_MARK, 3), (3, _MARK)),
}
"""The mark's corners from its lower left, upwards."""


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
        if cell.side is not None:
            self._mark(painter, area, cell, index.column())
        painter.restore()

    def _edge(self, painter: QPainter, area: QRect, column: int, *, focused: bool) -> None:
        if column == 0:
            tone = theme.c.focus if focused else theme.c.control
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.colour(tone))

    def _mark(self, painter: QPainter, area: QRect, cell: Cell, column: int) -> None:
        """Draw a small mark before the figure: beyond a limit is not told by colour alone.

        It points up where the figure lies above the limit, down where it lies below.
        """
        if cell.struck:
            area = area.adjusted(0, _OLD, 0, 0)
        left, foot = area.left() + 1, area.center().y() + _MARK // 2
        if column in NUMBERS:
            wide = painter.fontMetrics().horizontalAdvance(cell.words)
            left = max(left, area.right() - _PAD - wide - _MARK - 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.c.alert))
        corners = (QPoint(left + x, foot - y) for x, y in _POINTING[cell.side or Side.BEYOND])
        painter.drawPolygon(QPolygon(tuple(corners)))

    def _words(self, painter: QPainter, area: QRect, cell: Cell, column: int) -> None:
        strong = column in NUMBERS or (column == FIRST_FIGURE and not cell.wide)
        side = Align.AlignRight if column in NUMBERS else Align.AlignLeft
        if cell.struck:
            area = self._struck(painter, area, cell, side)
        own = "text" if strong or column == 0 else "text_2"
        painter.setFont(theme.font(13, 500 if strong else 400))
        painter.setPen(theme.colour(theme.tone(cell.tone or own)))
        said = painter.fontMetrics().elidedText(
            cell.words, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, side | Align.AlignVCenter, said)

    def _struck(self, painter: QPainter, area: QRect, cell: Cell, side: Align) -> QRect:
        """Draw the old words, above the new ones or before them; returns the room of the new."""
        font = theme.font(12)
        font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(theme.colour(theme.c.text_3))
        metrics = painter.fontMetrics()
        room = area.width() // 2 if cell.wide else area.width()
        was = metrics.elidedText(cell.struck, Qt.TextElideMode.ElideRight, room)
        if cell.wide:
            painter.drawText(area, Align.AlignLeft | Align.AlignVCenter, was)
            return area.adjusted(metrics.horizontalAdvance(was) + 8, 0, 0, 0)
        painter.drawText(area.adjusted(0, 3, 0, 0), side | Align.AlignTop, was)
        return area.adjusted(0, _OLD, 0, 0)


_FOCUSED = QStyle.StateFlag.State_Active | QStyle.StateFlag.State_HasFocus


_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_SIDES = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def _is_typing(event: QKeyEvent) -> bool:
    return event.text().isprintable() and bool(event.text()) and not event.modifiers() & _COMMANDS


class SheetTable(QTableView):
    """The sheet; the newest row stands next to the entry line.

    Signals:
        amend_asked: Enter or a double click on a row that can be amended; carries its uid.
        left: Esc, or Down below the newest row: back to the entry line.
        typed: Words that belong into the entry line.
        whole_asked: Right or Left: all that was entered, or the readings alone.
        above: How many rows stand above those in sight.
    """

    amend_asked = Signal(str)
    left = Signal()
    typed = Signal(str)
    whole_asked = Signal(bool)
    above = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._model, self._cell = SheetModel(), SheetCell()
        self._wanted, self._held = 4, 4
        self.setModel(self._model)
        self.setItemDelegate(self._cell)
        self.setAccessibleName(
            "Sheet of readings; Enter amends the chosen row, Right shows all that was entered"
        )
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
        self.verticalScrollBar().valueChanged.connect(self._tell_above)
        self.verticalScrollBar().rangeChanged.connect(self._tell_above)
        self._dress_head()
        self.set_roomy(roomy=False)

    def set_roomy(self, *, roomy: bool) -> None:
        """Give rows and columns more room."""
        self._wanted = 5 if roomy else 4
        height = theme.SIZE["row_roomy"] if roomy else theme.SIZE["row"]
        self.verticalHeader().setDefaultSectionSize(height)
        self._spare = 20 if roomy else 0
        self._set_widths()
        self._spread()
        self._fit()

    def set_rows(self, rows: tuple[SheetRow, ...]) -> None:
        """Show these rows, the newest in sight; who is walking through them stays on theirs."""
        here = self.currentIndex().row()
        before = self._model.rows
        if not self._model.set_rows(rows):
            return
        self._set_widths()
        self._spread()
        self._fit()
        if self.hasFocus() and 0 <= here < len(before):
            kept = [place for place, row in enumerate(rows) if row.uid == before[here].uid != ""]
            self.selectRow(kept[0] if kept else len(rows) - 1)
        else:
            QTimer.singleShot(0, self, self.scrollToBottom)

    def set_room(self, height: int) -> None:
        """Show no more rows than that height holds; one stays in any case."""
        held = max(1, (height - _HEAD) // self.verticalHeader().defaultSectionSize())
        if held != self._held:
            self._held = held
            self._fit()
            QTimer.singleShot(0, self, self.scrollToBottom)

    def enter(self) -> None:
        """Take the focus on the newest row, the one beside the entry line."""
        if self._model.rows and self.isVisible():
            self._go(len(self._model.rows) - 1)
            self.setFocus()

    def enter_at(self, uid: str) -> bool:
        """Take the focus on the row of that uid; tell whether there is one."""
        places = [place for place, row in enumerate(self._model.rows) if uid and row.uid == uid]
        if not places or not self.isVisible():
            return False
        self._go(places[0])
        self.setFocus()
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here, last = event.key(), self.currentIndex().row(), len(self._model.rows) - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(here)
        elif key == Qt.Key.Key_Escape:
            self.whole_asked.emit(False)  # noqa: FBT003 - Qt's own way to say it
            self.left.emit()
            self.scrollToBottom()
        elif key == Qt.Key.Key_Down and here >= last:
            self.left.emit()
        elif key in _ENDS:
            self._go(0 if key == Qt.Key.Key_Home else last)
        elif key in _SIDES:
            self.whole_asked.emit(key == Qt.Key.Key_Right)
        elif _is_typing(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _go(self, row: int) -> None:
        self.setCurrentIndex(self._model.index(row, 0))

    def _ask(self, row: int) -> None:
        rows = self._model.rows
        if 0 <= row < len(rows) and rows[row].uid:
            self.amend_asked.emit(rows[row].uid)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_widths()
        super().resizeEvent(event)

    def _set_widths(self) -> None:
        """The columns give way in a narrow middle, so that the note has the room it needs."""
        tight = self.width() < _TIGHT_BELOW
        widths = _TIGHT if tight else _WIDTHS
        short = self.width() - sum(widths) < self._note_width()
        self.setColumnHidden(_MAP, tight and short)
        for column, width in enumerate(widths):
            if width and self.columnWidth(column) != width + self._spare:
                self.setColumnWidth(column, width + self._spare)

    def _note_width(self) -> int:
        """Return what the longest note needs, with its edges."""
        metrics = QFontMetrics(theme.font(13))
        notes = (row.cells[NOTE] for row in self._model.rows)
        said = (metrics.horizontalAdvance(f"{cell.struck} {cell.words}") for cell in notes)
        return max(said, default=0) + 2 * _PAD

    def _tell_above(self) -> None:
        self.above.emit(max(0, self.rowAt(_MARK)))

    def _spread(self) -> None:
        """Let wide cells have the room of their neighbours, and amended rows that of two lines."""
        self.clearSpans()
        for place, each in enumerate(self._model.rows):
            if each.cells[FIRST_FIGURE].wide:
                self.setSpan(place, FIRST_FIGURE, 1, NOTE - FIRST_FIGURE + 1)
            self.setRowHeight(place, self._height_of(each))

    def _height_of(self, row: SheetRow) -> int:
        return self.verticalHeader().defaultSectionSize() + (_OLD if row.is_amended else 0)

    def _fit(self) -> None:
        """Be as high as the newest rows are, within what the screen can spare."""
        newest = self._model.rows[-min(self._wanted, self._held) :]
        empty = self.verticalHeader().defaultSectionSize()
        amended = min(1, sum(row.is_amended for row in newest))
        self.setFixedHeight(_HEAD + max(1, len(newest)) * empty + amended * _OLD)

    def _dress_head(self) -> None:
        head = self.horizontalHeader()
        head.setFont(theme.font(12, 500))
        head.setFixedHeight(_HEAD)
        head.setMinimumSectionSize(40)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
