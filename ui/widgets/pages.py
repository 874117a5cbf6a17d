"""Pages of a PDF as pictures, one under the other."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import pypdfium2
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.parts import Align, text

SHARPNESS = 2.0
"""Pixels drawn for each point of the page: sharp enough at every size that is shown."""

_EDGE, _BETWEEN = 12, 12
_OVERLAP = 48  # of what was seen before, so that no line is lost between two looks
_FOOT = 8  # of the paper's empty edge, which nobody has to see


_ONE_AT_A_TIME = Lock()
"""What draws may not be called by two threads at once; one page at most is waited for."""


def draw_pages(pdf: bytes, sharpness: float = SHARPNESS) -> tuple[QImage, ...]:
    """Return the pages as pictures, none of what cannot be read.

    It is slow, so it is done beside the window.

    Args:
        pdf: The file.
        sharpness: Pixels drawn for each point of the page.
    """
    return tuple(each_page(pdf, sharpness))


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return how wide and high each page is, in points; none where one cannot be read."""
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return ()
        try:
            return tuple(document.get_page_size(number) for number in range(len(document)))
        except pypdfium2.PdfiumError:
            return ()
        finally:
            document.close()


def each_page(pdf: bytes, sharpness: float) -> Iterator[QImage]:
    """Draw one page after the other, of which no two are held at once; none of what is no PDF.

    Args:
        pdf: The file.
        sharpness: Pixels drawn for each point of the page.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return
        document.init_forms()  # or the stamp of a signature would not be drawn
    try:
        for number in range(len(document)):
            with _ONE_AT_A_TIME:
                drawn = _drawn(document[number], sharpness)
            yield drawn
    finally:
        with _ONE_AT_A_TIME:
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
        ended: The foot of the last page is in sight, if only for a moment.
    """

    turned = Signal(str)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._images: tuple[QImage, ...] = ()
        self._wants_end = False  # End was pressed before there were pages
        self._labels: list[QLabel] = []
        self._words = text("", 13, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._words.hide()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(16, _EDGE, 16, _EDGE)
        self._column.setSpacing(_BETWEEN)
        self._column.addWidget(self._words)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The report, page by page")
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        self.verticalScrollBar().rangeChanged.connect(self._tell_page)

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show these pages, one picture each, from the first one on.

        From the last one where End was pressed while there were none yet.
        """
        to_end = self._wants_end and bool(images)
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
            label.show()  # now: what is not shown yet takes no room
        self._fit()
        self._inside.adjustSize()  # or there would be no such place yet
        self.go_to_start()
        if to_end:
            QTimer.singleShot(0, self, self.go_to_end)  # once it is known where that is
        self._tell_page()
        QTimer.singleShot(0, self, self._tell_page)  # once everything has found its place

    def turn(self, by: int) -> None:
        """Go on by as much as is seen, or back."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * max(1, self.viewport().height() - _OVERLAP))

    def go_to_end(self) -> None:
        """Go to the foot of the last page, once there are pages."""
        self._wants_end = not self._labels
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def go_to_start(self) -> None:
        """Go to the head of the first page."""
        self._wants_end = False
        self.verticalScrollBar().setValue(0)

    @property
    def is_at_end(self) -> bool:
        """Tell whether the foot of the last page is in sight.

        It is reckoned from the pictures themselves: how far the bar goes is known only once they
        have found their place, and until then it says that there is nothing to scroll.
        """
        if not self._labels or not self.isVisible():
            return False
        high = sum(label.pixmap().deviceIndependentSize().height() for label in self._labels)
        foot = _EDGE + high + _BETWEEN * (len(self._labels) - 1)
        return self.verticalScrollBar().value() + self.viewport().height() >= foot - _FOOT

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._tell_page)

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
        if self.is_at_end:
            self.ended.emit()

    def _fit(self) -> None:
        room = max(100, self.viewport().width() - 32)
        ratio = self.devicePixelRatioF()
        for image, label in zip(self._images, self._labels, strict=True):
            wide = round(min(room, 820) * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = QPixmap.fromImage(image.scaledToWidth(wide, smooth))
            picture.setDevicePixelRatio(ratio)
            label.setPixmap(picture)
