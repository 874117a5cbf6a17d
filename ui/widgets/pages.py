"""Pages of a PDF as pictures, one under the other."""

from __future__ import annotations

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

SHARPNESS = 2.0
"""Pixels drawn for each point of the page: sharp enough at every size that is shown."""


def draw_pages(pdf: bytes) -> tuple[QImage, ...]:
    """Return the pages as pictures; slow, so it is done beside the window."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_drawn(page) for page in document)
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage) -> QImage:
    bitmap = page.render(scale=SHARPNESS, rev_byteorder=True, prefer_bgrx=True)
    made = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )
    return made.copy()  # the bitmap's memory goes with it


class Pages(QScrollArea):
    """Shows pages as wide as there is room, to be scrolled by wheel, arrows and Page Down."""

    def __init__(self) -> None:
        super().__init__()
        self._images: tuple[QImage, ...] = ()
        self._labels: list[QLabel] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(12)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The report, page by page")

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show these pages from the first one on; none at all empties the place."""
        self._images = images
        for label in self._labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self._labels = [QLabel() for _ in images]
        for number, label in enumerate(self._labels, 1):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setAccessibleName(f"Page {number} of {len(images)}")
            self._column.addWidget(label)
        self._fit()
        self.verticalScrollBar().setValue(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(100, self.viewport().width() - 32)
        ratio = self.devicePixelRatioF()
        for image, label in zip(self._images, self._labels, strict=True):
            wide = round(min(room, 820) * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = QPixmap.fromImage(image.scaledToWidth(wide, smooth))
            picture.setDevicePixelRatio(ratio)
            label.setPixmap(picture)
