"""The room of the audit: a page on files and their answers, and one on the record itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.audit import AuditPresenter
from ui.presenters.audit_verdicts import Kind, VerdictRow
from ui.presenters.integrity import IntegrityFace, IntegrityPresenter
from ui.screens.audit.cards import DropZone, TallyCard
from ui.screens.audit.integrity import IntegrityPage
from ui.screens.audit.verdicts import VerdictList
from ui.widgets.frame import Heading
from ui.widgets.parts import button, col, fill, redress, row

HINTS = (
    ("Ctrl PgUp PgDn", "page"),
    ("↑ ↓", "next file"),
    ("Space", "reasons"),
    ("Ctrl O", "choose files"),
)
"""What the foot says while this room is open."""

_RIGHT_WIDTH = 320


class AuditRoom(QWidget):
    """The audit desk.

    Make it, make an `AuditPresenter(room, doors)` and an `IntegrityPresenter(room, doors)`,
    `wire` them, then `presenter.refresh()`; the room owns them from then on. Files can be
    dropped anywhere on it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._presenters: tuple[AuditPresenter, IntegrityPresenter] | None = None
        self.drop_zone, self.verdicts = DropZone(), VerdictList()
        self.tally, self.integrity = TallyCard(), IntegrityPage()
        self._tabs = (button("Reports", glyph="file-pdf"), button("Integrity", glyph="shield"))
        heading = Heading("Audit", *self._tabs)
        heading.set_note("read-only")
        self._pages = QStackedWidget()
        for page in (self._files_page(), self.integrity):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (heading, (row((self._pages, 1), edge=12), 1)))
        self._show_page(0)

    # --- what the presenter asks ------------------------------------------------------------

    def add_verdict(self, row: VerdictRow) -> None:
        """Put a file on top of the list."""
        self.verdicts.add(row)

    def clear_verdicts(self) -> None:
        """Empty the list."""
        self.verdicts.clear()

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        """Show how many files gave which answer."""
        self.tally.show_tally(title, counts)

    def show_reading(self, said: str) -> None:
        """Say which file is being looked at."""
        self.drop_zone.show_reading(said)

    def show_integrity(self, face: IntegrityFace) -> None:
        """Show how the record stands."""
        self.integrity.show_integrity(face)

    def show_refusal(self, said: str) -> None:
        """Say why a gap was not noted or explained."""
        self.integrity.show_refusal(said)

    def clear_reason(self) -> None:
        """Empty the field of the explanation."""
        self.integrity.clear_reason()

    # --- hands ------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files; the window goes on meanwhile."""
        dialog = QFileDialog(self, "Choose reports to verify", str(Path.home()), "PDF (*.pdf)")
        dialog.setNameFilters(["PDF (*.pdf)", "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._take)
        dialog.open()

    def go_to_integrity(self) -> None:
        """Show the page on the record itself."""
        self._turn_to(1)

    def wire(self, presenter: AuditPresenter, integrity: IntegrityPresenter) -> None:
        """Hand every key, press and file to these presenters, and keep them alive."""
        self._presenters = (presenter, integrity)
        self.drop_zone.asked.connect(self.choose_files)
        self.tally.clear_asked.connect(presenter.clear)
        self.integrity.pressed.connect(integrity.press)
        self.integrity.noted.connect(integrity.note)
        self.integrity.explained.connect(integrity.explain)
        for number, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda *_, number=number: self._turn_to(number))
        for keys, slot in (
            ("Up", lambda: self.verdicts.step(-1)),
            ("Down", lambda: self.verdicts.step(1)),
            ("Ctrl+O", self.choose_files),
            ("Ctrl+PgUp", lambda: self._turn_to(0)),
            ("Ctrl+PgDown", lambda: self._turn_to(1)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enter()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.drop_zone.set_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_zone.set_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_zone.set_over(over=False)
        event.acceptProposedAction()
        self._take([url.toLocalFile() or url.toString() for url in event.mimeData().urls()])

    def _files_page(self) -> QWidget:
        inside = QWidget()
        inside.setLayout(col(self.tally, ..., gap=12))
        right = QScrollArea()
        right.setFixedWidth(_RIGHT_WIDTH)
        right.setWidget(inside)
        right.setWidgetResizable(True)
        right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        left = col(self.drop_zone, (self.verdicts, 1), gap=12)
        page.setLayout(row((left, 1), right, gap=12))
        return page

    def _take(self, names: list[str]) -> None:
        self._turn_to(0)
        if self._presenters:
            self._presenters[0].verify([Path(name) for name in names])

    def _turn_to(self, number: int) -> None:
        self._show_page(number)
        if self.isVisible():
            self._enter()

    def _show_page(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        for each, tab in enumerate(self._tabs):
            here = each == number
            tab.setProperty("kind", "" if here else "quiet")
            tab.setAccessibleName(f"{tab.text()}, shown" if here else tab.text())
            redress(tab)

    def _enter(self) -> None:
        """Go where something can be done."""
        if self._pages.currentIndex() == 0:
            self.drop_zone.choose.setFocus()
        else:
            self.integrity.enter()
