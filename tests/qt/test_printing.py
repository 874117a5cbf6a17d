"""Paper: what a printer is given, read back from one that prints into a file."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reports.pdf.recovery_sheet import RecoverySheet, render
from ui.printing import (
    BROKEN,
    NO_PRINTER,
    UNDRAWABLE,
    PrintCourse,
    PrintError,
    ask_to_print,
    print_pages,
)
from ui.tasks import Tasks
from ui.widgets.pages import draw_pages, page_sizes

GROUPS = ("QZXW", "MKTR")
Paper = QPageSize.PageSizeId


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render(RecoverySheet("Riverside Clinic", GROUPS, "1a2b3c4d", dt.date(2026, 3, 2)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "printed.pdf"


def printer(file: Path, paper: Paper = Paper.A4) -> QPrinter:
    """Return one that prints into a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setResolution(100)
    made.setPageSize(QPageSize(paper))
    made.setOutputFileName(str(file))
    return made


def blank_pdf(wide: int = 595, high: int = 842, pages: int = 1, missing: int = 0) -> bytes:
    """Return a PDF of empty pages.

    Args:
        wide: Of each page, in points.
        high: Of each page, in points.
        pages: How many there are.
        missing: So many more it says that it has.
    """
    kids = b"3 0 R " * pages
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, pages + missing),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] >>" % (wide, high),
    )
    made, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 4\n0000000000 65535 f \n" + table + end


class Course:
    """A printing that is under way, and what came of it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.printed = QWidget(), list[str]()
        qtbot.addWidget(self.window)
        self.window.show()
        self.qtbot = qtbot
        self.dialog = PrintCourse(self.window, "Print the sheet", self.printed.append)
        self.gone = list[bool]()
        self.dialog.destroyed.connect(lambda: self.gone.append(True))

    def end(self) -> None:
        """Wait until the dialog has gone."""
        self.qtbot.waitUntil(lambda: bool(self.gone), timeout=8_000)


def test_that_a_sheet_comes_out_of_the_printer_as_it_is(sheet: bytes, file: Path) -> None:
    steps = list[int]()
    assert print_pages(printer(file), sheet, steps.append)
    (paper,) = draw_pages(file.read_bytes(), 1)
    (wanted,) = draw_pages(sheet, 1)
    assert (abs(paper.width() - wanted.width()) <= 2, steps) == (True, [1])
    assert _dark(paper) == pytest.approx(_dark(wanted), rel=0.15)


def test_that_the_name_is_told_once_the_printer_has_it_all(
    qtbot: QtBot, sheet: bytes, file: Path
) -> None:
    course = Course(qtbot)
    course.dialog.begin(printer(file), sheet)
    assert course.printed == []
    course.end()
    assert course.printed == [str(file)]
    assert len(page_sizes(file.read_bytes())) == 1


def test_that_another_paper_is_said_and_asked_before_anything_is_printed(
    qtbot: QtBot, sheet: bytes, file: Path
) -> None:
    course = Course(qtbot)
    course.dialog.begin(printer(file, Paper.Letter), sheet)
    assert course.dialog.words.text().startswith("The sheet is A4, the paper chosen is Letter.")
    assert course.dialog.away.hasFocus() or course.dialog.focusWidget() is course.dialog.away
    assert not file.exists()
    qtbot.mouseClick(course.dialog.proceed, Qt.MouseButton.LeftButton)
    course.end()
    assert course.printed == [str(file)]
    ((wide, high),) = page_sizes(file.read_bytes())
    assert (round(wide), round(high)) == (612, 792)


def test_that_what_is_called_off_is_told_to_nobody(qtbot: QtBot, sheet: bytes, file: Path) -> None:
    course = Course(qtbot)
    course.dialog.begin(printer(file, Paper.Letter), sheet)
    course.dialog.reject()
    course.end()
    assert (course.printed, file.exists()) == ([], False)
    stopped = Course(qtbot)
    stopped.dialog.begin(printer(file), sheet)
    stopped.dialog.reject()
    stopped.end()
    assert stopped.printed == []
    assert not print_pages(printer(file), sheet, stopped=lambda: True)


@pytest.mark.parametrize("content", [b"", b"no PDF at all", blank_pdf(missing=1)])
def test_that_what_has_no_page_is_said_and_not_printed(
    qtbot: QtBot, file: Path, content: bytes
) -> None:
    course = Course(qtbot)
    course.dialog.begin(printer(file), content)
    assert course.dialog.words.text() == UNDRAWABLE
    course.dialog.away.click()
    course.end()
    assert course.printed == []


def test_that_a_printer_is_not_given_what_has_no_page(file: Path) -> None:
    with pytest.raises(PrintError, match="no page that can be drawn"):
        print_pages(printer(file), b"no PDF at all")


def test_that_a_page_too_large_to_be_drawn_is_said_and_the_dialog_goes_away(
    qtbot: QtBot, file: Path
) -> None:
    course = Course(qtbot)
    course.dialog.begin(printer(file), blank_pdf(10_000_000, 10_000_000))
    qtbot.mouseClick(course.dialog.proceed, Qt.MouseButton.LeftButton)  # another paper: to fit
    qtbot.waitUntil(lambda: course.dialog.words.text() == BROKEN)
    assert (course.dialog.away.text(), course.dialog.away.isEnabled()) == ("Close", True)
    course.dialog.away.click()
    course.end()
    assert course.printed == []


def test_that_a_window_that_closes_puts_on_record_only_what_the_printer_took(
    qtbot: QtBot, sheet: bytes, file: Path
) -> None:
    others = set(threading.enumerate())
    stopped = Course(qtbot)
    stopped.dialog.begin(printer(file), blank_pdf(pages=300))
    stopped.window.close()
    assert set(threading.enumerate()) <= others
    taken = Course(qtbot)
    taken.dialog.begin(printer(file), sheet)
    worker = taken.dialog.findChild(Tasks)
    assert worker is not None
    worker.wait()  # the printer has it all, and the window has not heard of it yet
    taken.window.close()
    told = taken.printed.copy()
    QApplication.processEvents()
    assert (stopped.printed, told, taken.printed) == ([], [str(file)], [str(file)])


def test_that_a_computer_without_a_printer_is_told_what_to_do(qtbot: QtBot, sheet: bytes) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    printed = list[str]()
    ask_to_print(window, sheet, "Print the sheet", printed.append)
    course = window.findChild(PrintCourse)
    assert course is not None
    assert (course.words.text(), course.isVisible()) == (NO_PRINTER, True)
    course.away.click()
    assert printed == []


def _dark(page: QImage) -> float:
    """How dark a page is on the whole."""
    small = page.scaled(60, 85, mode=Qt.TransformationMode.SmoothTransformation)
    return sum(255 - small.pixelColor(x, y).lightness() for x in range(60) for y in range(85))
