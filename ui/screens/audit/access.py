"""The audit desk's page on what left the program, was verified, or was refused."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)
from typing_extensions import override

from ui import icons, theme
from ui.models.headed import NOWHERE, HeadedModel, Index
from ui.presenters.audit_access import CHOICES, GLYPHS, HEADS, AccessFace
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import Align, col, field, fill, row, say, text

_WHAT = 2
_WIDTHS = {0: 104, 1: 232, 3: 148, 4: 132}
_HEIGHT, _HEAD, _PAD, _SIGN = 48, 32, 8, 18
_KIND_WIDTH = 180
HINT = "Session code, name, day or hash"


class AccessModel(HeadedModel):
    """Rows of the list; the row itself is in the user role, for the delegate."""

    def __init__(self) -> None:
        super().__init__(HEADS, frozenset())
        self.rows: tuple[AccessFace, ...] = ()

    def set_rows(self, rows: tuple[AccessFace, ...]) -> None:
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
        face = self.rows[index.row()]
        upper, lower = face.cells[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return face
        if role == Qt.ItemDataRole.DisplayRole:
            return upper
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (upper, lower))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return face.said if index.column() == 0 else f"{upper} {lower}".strip()
        return None


class AccessCell(QStyledItemDelegate):
    """Paints one cell: a word and a quieter one under it, before what happened its sign."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect
        if not isinstance(face, AccessFace):
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour(theme.c.sunken))
            if index.column() == 0:
                edge = QRect(area.left(), area.top(), 3, area.height())
                painter.fillRect(edge, theme.colour(theme.c.focus))
        painter.setPen(QPen(theme.colour(theme.c.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        room = area.adjusted(_PAD, 0, -_PAD, 0)
        if index.column() == _WHAT:
            picture = icons.pixmap(GLYPHS[face.happened], _SIGN, "text_2")
            painter.drawPixmap(room.left(), area.center().y() - _SIGN // 2, picture)
            room.adjust(_SIGN + _PAD, 0, 0, 0)
        self._words(painter, room, face.cells[index.column()])
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, cell: tuple[str, str]) -> None:
        upper, lower = cell
        if not lower:
            self._line(painter, room, upper, 13)
            return
        middle = room.center().y()
        above, below = QRect(room), QRect(room)
        above.setBottom(middle)
        below.setTop(middle)
        self._line(painter, above.adjusted(0, 5, 0, 0), upper, 13)
        self._line(painter, below.adjusted(0, 0, 0, -5), lower, 12, "text_2")

    def _line(
        self, painter: QPainter, area: QRect, words: str, size: int, tone: str = "text"
    ) -> None:
        painter.setFont(theme.font(size, 400 if tone == "text_2" else 500))
        painter.setPen(theme.colour(theme.tone(tone)))
        said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Align.AlignLeft | Align.AlignVCenter, said)


class AccessTable(QTableView):
    """The rows, the newest first.

    Signals:
        told: What the cells of the chosen row have no room for; empty where none is chosen.
    """

    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows, self._cell = AccessModel(), AccessCell()
        self.setModel(self.rows)
        self.setItemDelegate(self._cell)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now.row()))
        self.rows.modelReset.connect(lambda: self._tell(-1))
        self.setAccessibleName("What was exported, verified and refused, the newest first")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_HEIGHT)
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
        head.setFixedHeight(_HEAD)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)

    def _tell(self, place: int) -> None:
        rows = self.rows.rows
        self.told.emit(rows[place].detail if 0 <= place < len(rows) else "")


class AccessPage(QFrame):
    """Implements `ui.presenters.audit_access.AccessView`.

    Signals:
        kind_chosen: Which kind alone is to be shown; empty is all.
        searched: What is looked for, as typed.
    """

    kind_chosen = Signal(str)
    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.kinds = DropDown()
        self.kinds.setFont(theme.font(14))
        self.kinds.setAccessibleName("What is listed")
        self.kinds.setFixedWidth(_KIND_WIDTH)
        for value, words in CHOICES:
            self.kinds.addItem(words, value)
        self.search = field(hint=HINT, name=f"Search: {HINT.lower()}")
        self._count = text("", 13, 400, "text_2")
        self.table = AccessTable()
        self._nothing = text("", 14, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._detail = text("", 13, 400, "text_2", wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.hide()
        self._middle = QStackedWidget()
        self._lay_out()
        self.kinds.activated.connect(lambda *_: self.kind_chosen.emit(self.kinds.currentData()))
        self.search.textChanged.connect(self.searched)
        self.table.told.connect(self._show_detail)

    def show_access(self, rows: tuple[AccessFace, ...], count: str, nothing: str) -> None:
        """Show these rows, how many there are, and what stands there where there are none."""
        self.table.rows.set_rows(rows)
        say(self._count, count)
        say(self._nothing, nothing)
        self._middle.setCurrentIndex(1 if nothing else 0)

    def enter(self) -> None:
        """Take the focus where something is looked for."""
        self.search.setFocus()

    def _lay_out(self) -> None:
        said = QFrame()
        said.setLayout(col(..., self._nothing, ..., edge=48))
        for each in (self.table, said):
            self._middle.addWidget(each)
        filters = row(self.kinds, (self.search, 1), 4, self._count, edge=(15, 12, 15, 8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        fill(layout, (filters, (self._middle, 1), row((self._detail, 1), edge=(15, 8, 15, 10))))

    def _show_detail(self, said: str) -> None:
        say(self._detail, said)
        self._detail.setVisible(bool(said))
