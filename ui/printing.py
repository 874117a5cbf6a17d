"""Puts the pages of a PDF on paper: which printer, which paper, and whether it went well.

One way for whatever is printed. The file's own pages are drawn, so paper says what the file says;
no copy is left on a disk. What comes of it is told in one small dialog, which stops nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from threading import Event

from PySide6.QtCore import QEvent, QObject, QRect, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QProgressBar, QWidget
from typing_extensions import override

from ui.guard import met
from ui.tasks import Tasks
from ui.widgets.pages import each_page, page_sizes
from ui.widgets.parts import button, col, icon, row, say, show_icon, text

SHARPEST = 600
"""Dots for each inch: no printer shows more of a page, and each of them takes memory."""

NO_PRINTER = (
    "There is no printer on this computer. Add one in the settings of the computer, or save the "
    "file and print it elsewhere."
)
BROKEN = (
    "A page of this file could not be drawn; what came out before it is not on record. Save the "
    "file and print it elsewhere."
)
UNDRAWABLE = (
    "This file has no page that can be drawn, or one that cannot; nothing was printed. Save the "
    "file and print it elsewhere."
)
REFUSED = (
    "The printer {printer} did not take it; nothing of it is on record. See whether it is on and "
    "has paper, then print again."
)
OTHER_PAPER = (
    "The sheet is {sheet}, the paper chosen is {paper}. Printed to fit, nothing is cut off, but it "
    "has not the size that it was made for."
)
_SAME_POINTS = 9.0
"""Two sizes that differ by less (3 mm) are one paper."""

_WIDTH = 420


class PrintError(Exception):
    """Nothing was printed; it says why in a sentence."""


def ask_to_print(parent: QWidget, pdf: bytes, title: str, printed: Callable[[str], None]) -> None:
    """Ask which printer shall print, and print beside the window.

    Args:
        parent: In whose window the dialogs stand.
        pdf: The file.
        title: Of the dialogs: "Print the report".
        printed: Is called with the printer's name once it has taken all of it, and only then.
    """
    course = PrintCourse(parent.window(), title, printed)
    sizes = page_sizes(pdf)
    if not sizes or not QPrinterInfo.availablePrinterNames():
        course.tell_trouble(NO_PRINTER if sizes else UNDRAWABLE)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    suit(printer, sizes[0])
    dialog = QPrintDialog(printer, parent.window())
    dialog.setWindowTitle(title)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def answered(result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            course.begin(printer, pdf)
        else:
            course.reject()

    dialog.finished.connect(answered)
    QDialog.open(dialog)  # its own `open` wants a slot's name


def suit(printer: QPrinter, size: tuple[float, float]) -> None:
    """Propose the paper that a page was made for."""
    printer.setFullPage(True)
    wide, high = size
    turned = wide > high
    printer.setPageSize(_paper(size))
    ways = QPageLayout.Orientation
    printer.setPageOrientation(ways.Landscape if turned else ways.Portrait)


def paper_trouble(printer: QPrinter, size: tuple[float, float]) -> str:
    """Say that the paper which was chosen is not that of the sheet; empty where it is."""
    chosen = printer.pageLayout().pageSize()
    points = chosen.size(QPageSize.Unit.Point)
    pairs = zip(sorted(size), sorted((points.width(), points.height())), strict=True)
    if all(abs(one - other) < _SAME_POINTS for one, other in pairs):
        return ""
    return OTHER_PAPER.format(sheet=_called(_paper(size)), paper=_called(chosen))


def print_pages(
    printer: QPrinter,
    pdf: bytes,
    step: Callable[[int], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> bool:
    """Draw each page as large as the paper, white margins and all; slow.

    Args:
        printer: Where to.
        pdf: The file.
        step: Is told the number of the page that is drawn.
        stopped: Tells whether it shall end before its time.

    Returns:
        Whether the printer has taken all of it; False where it was stopped.

    Raises:
        PrintError: If it would not, or the file has no page.
        PdfiumError: If a page cannot be drawn.
        MemoryError: If it is too large to be drawn.
    """
    printer.setFullPage(True)
    sharpness = min(printer.resolution(), SHARPEST) / 72
    painter, whole = QPainter(), False
    if not painter.begin(printer):
        raise _refused(printer)
    try:
        whole = _draw(printer, painter, each_page(pdf, sharpness), step, stopped)
    finally:
        if not whole:
            printer.abort()
        painter.end()
    if whole and printer.printerState() is QPrinter.PrinterState.Error:
        raise _refused(printer)
    return whole


def _draw(
    printer: QPrinter,
    painter: QPainter,
    pages: Iterator[QImage],
    step: Callable[[int], None],
    stopped: Callable[[], bool],
) -> bool:
    """Draw each page as large as the paper; False where it was stopped."""
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    number = 0
    for number, page in enumerate(pages, 1):
        step(number)
        if stopped():
            return False
        if number > 1 and not printer.newPage():
            raise _refused(printer)
        paper = painter.viewport()
        fitted = page.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(paper.topLeft(), fitted), page)
    if not number:
        raise PrintError(UNDRAWABLE)
    return True


def _refused(printer: QPrinter) -> PrintError:
    return PrintError(REFUSED.format(printer=name_of(printer)))


def name_of(printer: QPrinter) -> str:
    """Return the printer's name; of one that writes a file, the file's."""
    return printer.printerName() or printer.outputFileName() or "without a name"


def _broken(error: BaseException) -> str:
    """Say that a page could not be drawn; the log names the place."""
    met(error)
    return BROKEN


def _called(paper: QPageSize) -> str:
    """Return a paper's name: "Letter" of "Letter / ANSI A"."""
    return paper.name().split(" / ")[0]


def _paper(size: tuple[float, float]) -> QPageSize:
    upright = QSizeF(min(size), max(size))
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    return QPageSize(upright, QPageSize.Unit.Point, "", match)


class PrintCourse(QDialog):
    """Says how a printing goes: another paper than the sheet's, the page in hand, what failed.

    Args:
        window: Over what it stands; it is shown only where there is something to say.
        title: Of the dialog.
        printed: Is called with the printer's name.
    """

    _stepped = Signal(int)

    def __init__(self, window: QWidget, title: str, printed: Callable[[str], None]) -> None:
        super().__init__(window)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._printed, self._stop = printed, Event()
        self._name, self._is_sent = "", False
        window.installEventFilter(self)
        self._tasks: Tasks | None = None
        self._pages = 0
        self._go_on: Callable[[], None] = lambda: None
        self._mark, self.words = icon("printer", 20, "text_2"), text("", 14, 400, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.proceed, self.away = button("Print to fit", "primary", "printer"), button("Cancel")
        self.proceed.clicked.connect(self._fit)
        self.away.clicked.connect(self.reject)
        self._stepped.connect(self._on_step)
        self._lay_out()

    def begin(self, printer: QPrinter, pdf: bytes) -> None:
        """Print; where the paper is another one than the sheet's, ask first."""
        sizes = page_sizes(pdf)
        if not sizes:
            self.tell_trouble(UNDRAWABLE)
            return
        self._pages = len(sizes)
        self._go_on = lambda: self._print(printer, pdf)
        if said := paper_trouble(printer, sizes[0]):
            self._show("warning", said, asks=True)
            self.away.setFocus()
        else:
            self._go_on()

    def tell_trouble(self, said: str) -> None:
        """Say why nothing was printed."""
        self.away.setText("Close")
        self._show("warning-circle", said, tone="alert")
        self.away.setFocus()

    @override
    def reject(self) -> None:
        """Stop what is being printed; where nothing is, go away."""
        if self._tasks is None:
            super().reject()
            self.deleteLater()  # also where it was never shown
            return
        self._stop.set()
        self.away.setEnabled(False)
        say(self.words, "Stopping …")

    def _fit(self) -> None:
        self._go_on()

    def be_still(self) -> None:
        """Stop now, for the program ends; what the printer has taken already is told."""
        if self._tasks is None:
            return
        self._stop.set()
        self._close_tasks()
        if self._is_sent:
            self._printed(self._name)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be still before the window closes, while what came out can still be put on record."""
        if event.type() == QEvent.Type.Close and watched is self.parent():
            self.be_still()
        return False

    def _print(self, printer: QPrinter, pdf: bytes) -> None:
        self._name = name_of(printer)
        self._show("printer", f"Printing {self._pages_words(1)} on {self._name} …", busy=True)
        self._tasks = Tasks(self)
        if (application := QApplication.instance()) is not None:
            application.aboutToQuit.connect(self.be_still)  # no page comes out unnoted
        self._tasks.run(lambda: self._send(printer, pdf), self._ended)

    def _send(self, printer: QPrinter, pdf: bytes) -> None:
        """Give it to the printer; the worker does."""
        self._is_sent = print_pages(printer, pdf, self._stepped.emit, self._stop.is_set)

    def _ended(self, future: Future[None]) -> None:
        if self._tasks is None:
            return  # the program ends
        self._close_tasks()
        if (error := future.exception()) is not None:
            self.away.setEnabled(True)
            self.tell_trouble(str(error) if isinstance(error, PrintError) else _broken(error))
            return
        self.reject()
        if self._is_sent:
            self._printed(self._name)

    def _close_tasks(self) -> None:
        if self._tasks is not None:
            self._tasks.close()
            self._tasks = None

    def _on_step(self, page: int) -> None:
        if self._tasks is not None and not self._stop.is_set():
            self._bar.setValue(page)
            say(self.words, f"Printing {self._pages_words(page)} …")

    def _pages_words(self, page: int) -> str:
        return f"page {page} of {self._pages}"

    def _show(
        self,
        glyph: str,
        said: str,
        *,
        tone: str = "text",
        asks: bool = False,
        busy: bool = False,
    ) -> None:
        show_icon(self._mark, glyph, "text_2" if tone == "text" else tone)
        say(self.words, said, tone)
        self.setAccessibleDescription(said)
        self._bar.setRange(0, max(1, self._pages))
        self._bar.setVisible(busy)
        self.proceed.setVisible(asks)
        self.adjustSize()
        if not self.isVisible():
            self.open()

    def _lay_out(self) -> None:
        self.setFixedWidth(_WIDTH)
        self._bar.hide()
        self.proceed.hide()
        said = row(self._mark, (self.words, 1), gap=12)
        hands = row(..., self.proceed, self.away, gap=8)
        self.setLayout(col(said, self._bar, hands, gap=16, edge=20))
