"""The report itself in the middle of the room; it knows whether its last page has been seen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout
from shiboken6 import isValid

from ui.printing import ask_to_print
from ui.tasks import Tasks
from ui.widgets.pages import Pages, draw_pages
from ui.widgets.parts import box, button, col, fill, icon, row, say, show_icon, text

_UNREAD, _READ = "not read to its end yet", "read to its end"


class ReportCard(QFrame):
    """The pages of the report, as they will print.

    Signals:
        read: The state of the report whose last page has been seen.
        print_asked: The report is to be printed.
    """

    read = Signal(str)
    print_asked = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._tasks = tasks
        self.pages, self._page = Pages(), text("", 12, 400, "text_2")
        self._mark, self._seen = icon("eye", 16, "text_2"), text("", 12, 500, "text_2")
        self.pages.turned.connect(lambda said: say(self._page, said))
        self.pages.ended.connect(self._ended)
        self.print = button("Print…", glyph="printer")
        self.print.setAccessibleName("Print the report, Ctrl+P")
        self.print.setShortcut("Ctrl+P")  # anywhere in the room
        self.print.clicked.connect(self.print_asked)
        self._printed = text("", 13, 500, wrap=True)
        self._drawing = 0
        self._state = ""
        title = text("Report, as it will print", 13, 600)
        head = row(title, ..., self._mark, self._seen, 8, self._page, 8, self.print, gap=6)
        well = box(col(self.pages, edge=1), "well")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        fill(layout, (head, self._printed, (well, 1)))
        self.show_printed("")
        self._say_seen("")

    def show_report(self, pdf: bytes | None, said: str, state: str) -> None:
        """Show the report; its pages are drawn beside the window, the newest only."""
        self._drawing += 1
        self._state = ""
        self._say_seen("")
        self.show_printed("")
        self.print.setEnabled(pdf is not None)
        if pdf is None:
            self.pages.show_words(said)
            return
        turn = self._drawing
        self._tasks.run(lambda: draw_pages(pdf), lambda drawn: self._show_drawn(turn, state, drawn))

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print the report", printed)

    def show_printed(self, said: str, *, well: bool = True) -> None:
        """Say that it was printed, or why not; empty takes it away."""
        say(self._printed, said, "text_2" if well else "alert")
        self._printed.setVisible(bool(said))

    def _show_drawn(self, turn: int, state: str, drawn: Future[tuple[QImage, ...]]) -> None:
        if turn != self._drawing or not isValid(self):
            return  # another one is wanted by now, or the room is gone
        images = drawn.result()
        if not images:
            self.pages.show_words("The pages of this report cannot be shown.")
            return
        self._state = state
        self._say_seen(_UNREAD if state else "")
        self.pages.show_pages(images)

    def _ended(self) -> None:
        if self._state:
            self._say_seen(_READ)
            self.read.emit(self._state)

    def _say_seen(self, words: str) -> None:
        show_icon(self._mark, "eye" if words == _READ else "eye-slash", "text_2")
        say(self._seen, words)
        self._mark.setVisible(bool(words))
