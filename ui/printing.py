"""Puts the pages of a PDF on paper, through the operating system's own dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.pages import draw_pages

PAPER_SHARPNESS = 300 / 72
"""Pixels for each point: what a printer shows."""


def ask_to_print(
    parent: QWidget,
    pdf: bytes,
    title: str = "Print the sheet",
    printed: Callable[[], None] = lambda: None,
) -> None:
    """Ask which printer shall print, and print; nothing is left in a file.

    Args:
        parent: Over what the dialog stands.
        pdf: The file.
        title: Of the dialog.
        printed: Is called once it was handed to the printer.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)

    def answered(result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            print_pages(printer, pdf)
            printed()

    dialog.finished.connect(answered)
    QDialog.open(dialog)  # its own `open` wants a slot's name


def print_pages(printer: QPrinter, pdf: bytes) -> None:
    """Draw each page as large as the paper, white margins and all."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    try:
        for number, page in enumerate(draw_pages(pdf, PAPER_SHARPNESS)):
            if number:
                printer.newPage()
            paper = painter.viewport()
            fitted = page.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(paper.topLeft(), fitted), page)
    finally:
        painter.end()
