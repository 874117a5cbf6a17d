"""The room of the audit: pages on files and answers, on the record itself, on what left it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.audit import AuditPresenter
from ui.presenters.audit_access import AccessPresenter
from ui.presenters.audit_verifier import KitPresenter
from ui.presenters.integrity import IntegrityFace, IntegrityPresenter
from ui.screens.audit.access import AccessPage
from ui.screens.audit.asking import files_to_verify, folder_to_verify
from ui.screens.audit.files import FilesPage
from ui.screens.audit.integrity import IntegrityPage
from ui.widgets.frame import Heading
from ui.widgets.parts import button, fill, redress, row

HINTS = (
    ("Ctrl PgUp PgDn", "page"),
    ("↑ ↓", "next file"),
    ("Space", "reasons"),
    ("Ctrl O", "choose files"),
    ("Esc", "stop"),
)
"""What the foot says while this room is open."""

_FILES, _INTEGRITY, _ACCESS = range(3)


class AuditRoom(QWidget):
    """The audit desk.

    Make it, make its presenters (`ui.auditing` does), `wire` them, then refresh them; the room
    owns them from then on. Files can be dropped anywhere on it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._presenters: tuple[AccessPresenter, IntegrityPresenter] | None = None
        self.files, self.integrity, self.access = FilesPage(), IntegrityPage(), AccessPage()
        self._tabs = (
            button("Reports", glyph="file-pdf"),
            button("Integrity", glyph="shield"),
            button("Exports and refusals", glyph="export"),
        )
        heading = Heading("Audit", *self._tabs)
        heading.set_note("read-only")
        self._pages = QStackedWidget()
        for page in (self.files, self.integrity, self.access):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (heading, (row((self._pages, 1), edge=12), 1)))
        self._show_page(_FILES)

    # --- what the presenter of the record asks ----------------------------------------------

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
        files_to_verify(self).filesSelected.connect(self._take)

    def choose_folder(self) -> None:
        """Ask for a folder whose PDFs are to be looked at; the window goes on meanwhile."""
        folder_to_verify(self).filesSelected.connect(self._take)

    def go_to_integrity(self) -> None:
        """Show the page on the record itself."""
        self._turn_to(_INTEGRITY)

    def wire(
        self,
        files: AuditPresenter,
        access: AccessPresenter,
        kit: KitPresenter,
        integrity: IntegrityPresenter,
    ) -> None:
        """Hand every key, press and file to these presenters, and keep them alive."""
        self._presenters = access, integrity
        self.files.wire(files, kit)
        for signal, slot in (
            (self.files.drop_zone.asked, self.choose_files),
            (self.files.drop_zone.folder_asked, self.choose_folder),
            (self.access.kind_chosen, access.choose),
            (self.access.searched, access.search),
            (self.integrity.pressed, integrity.press),
            (self.integrity.noted, integrity.note),
            (self.integrity.explained, integrity.explain),
        ):
            signal.connect(slot)
        for number, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda *_, number=number: self._turn_to(number))
        for keys, slot in (
            ("Ctrl+O", self.choose_files),
            ("Ctrl+PgUp", lambda: self._turn_by(-1)),
            ("Ctrl+PgDown", lambda: self._turn_by(1)),
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
            self.files.drop_zone.set_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.files.drop_zone.set_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files.drop_zone.set_over(over=False)
        event.acceptProposedAction()
        self._take([url.toLocalFile() or url.toString() for url in event.mimeData().urls()])

    def _take(self, names: list[str]) -> None:
        self._turn_to(_FILES)
        if self._presenters:
            self.files.take(names)

    def _turn_by(self, by: int) -> None:
        self._turn_to(min(max(self._pages.currentIndex() + by, 0), len(self._tabs) - 1))

    def _turn_to(self, number: int) -> None:
        self._show_page(number)
        if self.isVisible():
            self._enter()

    def _show_page(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        if number == _ACCESS and self._presenters:
            self._presenters[0].refresh()
        for each, tab in enumerate(self._tabs):
            here = each == number
            tab.setProperty("kind", "" if here else "quiet")
            tab.setAccessibleName(f"{tab.text()}, shown" if here else tab.text())
            redress(tab)

    def _enter(self) -> None:
        """Go where something can be done."""
        (self.files, self.integrity, self.access)[self._pages.currentIndex()].enter()
