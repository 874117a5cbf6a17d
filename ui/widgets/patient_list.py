"""Patients under a search: what people typed is painted as typed, never read as markup."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)
from typing_extensions import override

from ui import theme
from ui.presenters.patient_rows import PatientRow, PatientsFace
from ui.widgets.parts import field, fill, say, text

_ID = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_FACTS = Qt.ItemDataRole.UserRole + 2
_LIKE = Qt.ItemDataRole.UserRole + 3
_LINE_HEIGHT, _ROW_EDGE = 20, 6


class PatientList(QFrame):
    """A search and the patients it finds.

    Signals:
        searched: What stands in the search now.
        chosen: The id of a patient.
        entered: Enter in the search.
    """

    searched = Signal(str)
    chosen = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rows: tuple[PatientRow, ...] = ()
        self.line = field(hint="Name, record number or birth date", name="Find a patient")
        self.line.textEdited.connect(self.searched)
        self.line.returnPressed.connect(self.entered)
        self._note = text("", 12, 400, "text_2", wrap=True)
        self.list = _List()
        self.list.currentItemChanged.connect(self._moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.setSpacing(8)
        fill(layout, (self.line, self._note, (self.list, 1)))

    def show_patients(self, face: PatientsFace) -> None:
        """Show these; the list is rebuilt only where they are others."""
        say(self._note, face.note)
        places = [n for n, each in enumerate(face.rows) if each.id == face.chosen]
        with QSignalBlocker(self.list):  # showing is not choosing
            if face.rows != self._rows:
                self._rows = face.rows
                self.list.clear()
                for each in face.rows:
                    self.list.addItem(_item(each))
            self.list.setCurrentRow(places[0] if places else -1)

    def set_search(self, words: str) -> None:
        """Let the search hold these words."""
        if self.line.text() != words:
            self.line.setText(words)

    def go_to_list(self) -> None:
        """Go from the search into the list."""
        self.list.setFocus()
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.go_to_list()
        else:
            super().keyPressEvent(event)


class _List(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName("Patients")
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)


def _item(each: PatientRow) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(_ID, each.id)
    item.setData(_NAME, each.name)
    item.setData(_FACTS, each.facts)
    item.setData(_LIKE, each.like)
    said = ", ".join(filter(None, (each.name, each.facts, each.like)))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
    return item


class _Painter(QStyledItemDelegate):
    """Paints name, facts and who is like them, each under the other.

    The chosen one wears an edge of ink.
    """

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, 2 * _ROW_EDGE + _LINE_HEIGHT * len(_lines(index)))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            pen = painter.pen()
            pen.setColor(theme.colour(theme.c.focus if focused else theme.c.text))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(theme.colour(theme.c.sunken))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        line = QRect(rect.left() + 12, rect.top() + _ROW_EDGE, rect.width() - 24, _LINE_HEIGHT)
        for role in _lines(index):
            _write(painter, line, index, role)
            line.translate(0, _LINE_HEIGHT)
        painter.restore()


def _lines(index: QModelIndex | QPersistentModelIndex) -> tuple[int, ...]:
    return (_NAME, _FACTS, _LIKE) if index.data(_LIKE) else (_NAME, _FACTS)


def _write(
    painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex, role: int
) -> None:
    """Paint one line of an item, as typed, with an ellipsis where it does not fit."""
    size, weight, tone = {
        _NAME: (14, 600, "text"),
        _FACTS: (12, 400, "text_2"),
        _LIKE: (12, 500, "overdue"),
    }[role]
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.colour(theme.tone(tone)))
    words = painter.fontMetrics().elidedText(
        str(index.data(role)), Qt.TextElideMode.ElideRight, room.width()
    )
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, int(flags) | int(Qt.TextFlag.TextSingleLine), words)
