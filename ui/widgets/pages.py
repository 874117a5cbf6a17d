"""Pages of a PDF as pictures, one under the other."""

from __future__ import annotations

import pypdfium2
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.parts import Align, text

SHARPNESS = 2.0
"""Pixels drawn for each point of the page: sharp enough at every size that is shown."""


def draw_pages(pdf: bytes, sharpness: float = SHARPNESS) -> tuple[QImage, ...]:
    """Return the pages as pictures, none of what cannot be read.

    It is slow, so it is done beside the window.

    Args:
        pdf: The file.
        sharpness: Pixels drawn for each point of the page.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_drawn(page, sharpness) for page in document)
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, sharpness: float) -> QImage:
    bitmap = page.render(scale=sharpness, rev_byteorder=True, prefer_bgrx=True)
    made = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )
    return made.copy()  # the bitmap's memory goes with it


class Pages(QScrollArea):
    """Shows pages as wide as there is room, to be scrolled by wheel and Page Down.

    Signals:
        turned: Which page is seen, in words: "page 1 of 3"; empty where there is none.
    """

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._images: tuple[QImage, ...] = ()
        self._labels: list[QLabel] = []
        self._words = text("", 13, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._words.hide()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(12)
        self._column.addWidget(self._words)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The report, page by page")
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        self.verticalScrollBar().rangeChanged.connect(self._tell_page)

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show these pages from the first one on."""
        self._words.hide()
        self._images = images
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = [QLabel() for _ in images]
        for number, label in enumerate(self._labels, 1):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setAccessibleName(f"Page {number} of {len(images)}")
            self._column.addWidget(label)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._tell_page()

    def show_words(self, said: str) -> None:
        """Show words, or nothing, in the place of the pages."""
        self.show_pages(())
        self._words.setText(said)
        self._words.setVisible(bool(said))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _tell_page(self) -> None:
        """Say which page the middle of the view shows."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = sum(label.y() <= middle for label in self._labels)
        count = len(self._labels)
        self.turned.emit(f"page {max(above, 1)} of {count}" if count else "")

    def _fit(self) -> None:
        room = max(100, self.viewport().width() - 32)
        ratio = self.devicePixelRatioF()
        for image, label in zip(self._images, self._labels, strict=True):
            wide = round(min(room, 820) * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = QPixmap.fromImage(image.scaledToWidth(wide, smooth))
            picture.setDevicePixelRatio(ratio)
            label.setPixmap(picture)
