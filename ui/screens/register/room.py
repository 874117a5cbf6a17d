"""The room of the register: the rows at the left, the stock or a form at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.register import RegisterPresenter
from ui.presenters.register_faces import RegisterFace
from ui.presenters.register_forms import COUNT, RECEIVE
from ui.printing import ask_to_print
from ui.screens.register.stock import StockCard
from ui.screens.register.table import RegisterTable
from ui.widgets.drop_down import DropDown
from ui.widgets.form_room import FormRoom
from ui.widgets.frame import Heading
from ui.widgets.parts import (
    Align,
    button,
    col,
    field,
    fill,
    icon,
    mark_bad,
    row,
    say,
    show_icon,
    text,
)

HINTS = (
    ("Ctrl N", "receive"),
    ("Ctrl I", "count"),
    ("Ctrl E", "export"),
    ("Ctrl P", "print"),
    ("Esc", "leave the form"),
)
"""What the foot says while this room is open."""

READERS_HINTS = tuple(hint for hint in HINTS if hint[1] in ("export", "print"))
"""What it says to somebody who reads the register and writes nothing in it."""

READING = "The register is being read …"
"""Stands in the place of rows until there are any."""

_RIGHT_WIDTH = 360
_PRODUCT_WIDTH, _DAY_WIDTH = 280, 124
_FILTERS = {"pdf": "PDF (*.pdf)", "csv": "CSV (*.csv)"}


class RegisterRoom(FormRoom):
    """The controlled-drug register.

    Make it, make a `RegisterPresenter(room, doors)`, `wire` the two, then
    `presenter.refresh()` each time it is shown; the room owns the presenter from then on.

    Signals:
        days_asked: The first and the last day, as typed.
    """

    days_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: RegisterPresenter | None = None
        self._shown = False
        self.pdf = button("Export PDF…", glyph="file-pdf")
        self.csv = button("Export CSV…", glyph="table")
        self.print = button("Print…", glyph="printer")
        self._heading = Heading("Register", self.print, self.pdf, self.csv)
        self.products = DropDown()
        self.first = field(hint="2026-03-02", name="From which day", w=_DAY_WIDTH)
        self.last = field(hint="2026-03-02", name="To which day", w=_DAY_WIDTH)
        self._days_problem = text("", 12, 500, "alert", wrap=True)
        self._nothing = text("", 14, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._detail = text("", 13, 400, "text_2", wrap=True)
        self.table, self.stock = RegisterTable(), StockCard()
        self._middle, self._beside = QStackedWidget(), QStackedWidget()
        self._done_mark, self._done = icon("check-circle", 18, "good"), text("", 13, 500, wrap=True)
        self._done_line = QWidget()
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_reading(self) -> None:
        """Say that the register is being read for the first time."""
        say(self._nothing, READING)
        self._middle.setCurrentIndex(1)

    def show_register(self, face: RegisterFace) -> None:
        """Show the register."""
        first, self._shown = not self._shown, True
        self._heading.set_note(face.note)
        self._show_products(face)
        self.table.rows.set_rows(face.rows)
        say(self._nothing, face.nothing)
        self._middle.setCurrentIndex(1 if face.nothing else 0)
        self.stock.show_stock(face)
        if first and self.isVisible() and self.products.hasFocus():
            self._take_focus()

    def show_days_problem(self, said: str) -> None:
        """Say what is wrong with the days."""
        say(self._days_problem, said)
        self._days_problem.setVisible(bool(said))
        for line in (self.first, self.last):
            mark_bad(line, bad=bool(said))

    def open_form(self) -> None:
        """Make room for the form."""
        self._beside.setCurrentIndex(1)

    def close_form(self) -> None:
        """Take the form away."""
        self._beside.setCurrentIndex(0)
        if self.isVisible():
            self.stock.receive.setFocus()

    def show_busy(self, said: str) -> None:
        """Say on the form's button what is being done."""
        self.form.show_busy(said)

    def show_done(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or that it could not be."""
        tone = "good" if well else "alert"
        say(self._done, said, tone)
        show_icon(self._done_mark, "check-circle" if well else "warning-circle", tone)
        self._done_line.setVisible(bool(said))

    def ask_where(self, name: str) -> None:
        """Ask where the file shall go; the window goes on meanwhile."""
        kind = Path(name).suffix.lstrip(".")
        dialog = QFileDialog(self, "Export the register", str(Path.home() / name), _FILTERS[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._export_to)
        dialog.open()

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print the register", printed)

    # --- wiring -----------------------------------------------------------------------------

    def wire(self, presenter: RegisterPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        writing = presenter.writing
        self.stock.asked.connect(writing.begin)
        self.form.typed.connect(writing.typed)
        self.form.chosen.connect(writing.chosen)
        self.form.submitted.connect(writing.submit)
        self.form.given_up.connect(writing.give_up)
        self.form.other.connect(writing.other)
        self.days_asked.connect(presenter.choose_days)
        self.products.activated.connect(
            lambda *_: presenter.choose_product(str(self.products.currentData()))
        )
        self.pdf.clicked.connect(lambda *_: presenter.export("pdf"))
        self.print.clicked.connect(presenter.print_it)
        self.csv.clicked.connect(lambda *_: presenter.export("csv"))
        for keys, slot in (
            ("Ctrl+N", lambda: writing.begin(RECEIVE)),
            ("Ctrl+I", lambda: writing.begin(COUNT)),
            ("Ctrl+E", lambda: presenter.export("pdf")),
            ("Ctrl+P", presenter.print_it),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def _take_focus(self) -> None:
        if self._beside.currentIndex() == 1:
            self.form.enter_form()
        elif self._middle.currentIndex() == 0:
            self.table.setFocus()
        elif self.stock.receive.isVisible():
            self.stock.receive.setFocus()
        else:
            self.products.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._presenter:
            self._presenter.writing.forget_password()

    def _export_to(self, path: str) -> None:
        if self._presenter:
            self._presenter.export_to(Path(path))

    def _show_products(self, face: RegisterFace) -> None:
        shown = [self.products.itemData(n) for n in range(self.products.count())]
        if shown != [value for value, _ in face.products]:
            self.products.clear()
            for value, words in face.products:
                self.products.addItem(words, value)
        self.products.setCurrentIndex(self.products.findData(face.chosen))

    def _show_detail(self, said: str) -> None:
        say(self._detail, said)
        self._detail.setVisible(bool(said))

    def _ask_days(self) -> None:
        self.days_asked.emit(self.first.text(), self.last.text())

    def _lay_out(self) -> None:
        self.products.setFont(theme.font(14))
        self.products.setAccessibleName("Which product is shown")
        self.products.setFixedWidth(_PRODUCT_WIDTH)
        for line in (self.first, self.last):
            line.editingFinished.connect(self._ask_days)
        self._days_problem.hide()
        self._done_line.setLayout(row(self._done_mark, (self._done, 1), gap=8))
        self._done_line.hide()
        said = QWidget()
        said.setLayout(col(..., self._nothing, ..., edge=48))
        self._middle.addWidget(self.table)
        self._middle.addWidget(said)
        for each in (self.stock, self.form):
            self._beside.addWidget(each)
        right = QWidget()
        right.setFixedWidth(_RIGHT_WIDTH)
        right.setLayout(col(self._done_line, (self._beside, 1), gap=8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (self._heading, (row((self._rows_card(), 1), right, gap=12, edge=12), 1)))

    def _rows_card(self) -> QFrame:
        days = (text("from", 13, 400, "text_2"), self.first, text("to", 13, 400, "text_2"))
        filters = row(self.products, 8, *days, self.last, ..., gap=8, edge=(15, 12, 15, 8))
        card = QFrame()
        card.setProperty("role", "card")
        problem = row(self._days_problem, edge=(15, 0, 15, 0))
        detail = row((self._detail, 1), edge=(15, 8, 15, 10))
        card.setLayout(col(filters, problem, (self._middle, 1), detail, gap=0, edge=1))
        self._detail.hide()
        self.table.told.connect(self._show_detail)
        return card
