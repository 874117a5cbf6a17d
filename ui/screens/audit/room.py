"""The room of the audit: pages on files and answers, on the record itself, on what left it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
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
from ui.screens.audit.hand_out import HandOutPage
from ui.screens.audit.integrity import IntegrityPage
from ui.screens.audit.late import LatePage
from ui.screens.audit.sessions import SessionsPage
from ui.widgets.frame import Heading
from ui.widgets.parts import button, fill, redress, row

_PAGE, _SAVE, _PRINT, _STOP = (
    ("Ctrl PgUp PgDn", "page"),
    ("Ctrl S", "save CSV"),
    ("Ctrl P", "print"),
    ("Esc", "stop"),
)
HINTS = (
    _PAGE,
    ("↑ ↓", "next file"),
    ("Space", "reasons"),
    ("Ctrl O", "choose files"),
    _PRINT,
    _STOP,
)
"""What the foot says while this room is open, at its first page."""

_HINTS = {
    "Sessions": (_PAGE, ("Enter", "look, open"), _SAVE, ("Esc", "stop, back")),
    "Entered late": (_PAGE, ("Enter", "look"), _SAVE, _PRINT, _STOP),
    "Access": (_PAGE, ("Enter", "to the rows"), _SAVE, _PRINT, ("Esc", "everything")),
    "Hand out": (_PAGE, _STOP),
    "Integrity": (_PAGE,),
}
"""What it says at the others."""

ONE_HINTS = (_PAGE, ("PgUp PgDn", "turn the pages"), _PRINT, ("Esc", "back to the list"))
"""What it says while one session is looked at."""


_Page = FilesPage | IntegrityPage | AccessPage | HandOutPage | SessionsPage | LatePage


class AuditRoom(QWidget):
    """The audit desk.

    Make it, make its presenters (`ui.auditing` does), `wire` them, then refresh them; the room
    owns them from then on. Files can be dropped anywhere on it.

    Signals:
        taught: Other keys do something here now: what the foot is to say.
    """

    taught = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._presenters: tuple[AccessPresenter, IntegrityPresenter] | None = None
        self.files, self.integrity, self.access = FilesPage(), IntegrityPage(), AccessPage()
        self.hand_out = HandOutPage()
        self.sessions, self.late = SessionsPage(), LatePage()
        self._listed: tuple[tuple[str, str, _Page], ...] = (
            ("Reports", "file-pdf", self.files),
            ("Sessions", "table", self.sessions),
            ("Entered late", "clock", self.late),
            ("Access", "clipboard-text", self.access),
            ("Hand out", "export", self.hand_out),
            ("Integrity", "shield", self.integrity),
        )
        self._tabs = tuple(button(words, glyph=glyph) for words, glyph, _ in self._listed)
        heading = Heading("Audit", *self._tabs)
        heading.set_note("read-only")
        self._pages = QStackedWidget()
        for _, _, page in self._listed:
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (heading, (row((self._pages, 1), edge=12), 1)))
        self._show_page(self.files)

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
        self._turn_to(self.integrity)

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
        self.access.wire(access)
        self.sessions.currentChanged.connect(self._teach)
        for signal, slot in (
            (self.files.drop_zone.asked, self.choose_files),
            (self.files.drop_zone.folder_asked, self.choose_folder),
            (self.integrity.pressed, integrity.press),
            (self.integrity.noted, integrity.note),
            (self.integrity.explained, integrity.explain),
        ):
            signal.connect(slot)
        for tab, (_, _, page) in zip(self._tabs, self._listed, strict=True):
            tab.clicked.connect(lambda *_, page=page: self._turn_to(page))
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
        self._turn_to(self.files)
        if self._presenters:
            self.files.take(names)

    def _turn_by(self, by: int) -> None:
        place = min(max(self._pages.currentIndex() + by, 0), len(self._listed) - 1)
        self._turn_to(self._listed[place][2])

    def _turn_to(self, page: _Page) -> None:
        self._show_page(page)
        if self.isVisible():
            self._enter()

    def _show_page(self, page: _Page) -> None:
        self._pages.setCurrentWidget(page)
        if page is self.access and self._presenters:
            self._presenters[0].refresh()
        for tab, (_, _, each) in zip(self._tabs, self._listed, strict=True):
            here = each is page
            tab.setProperty("kind", "" if here else "quiet")
            tab.setAccessibleName(f"{tab.text()}, shown" if here else tab.text())
            redress(tab)
        self._teach()

    def _teach(self) -> None:
        """Tell what keys do on the page that is shown."""
        page, words = self._pages.currentWidget(), self._tabs[self._pages.currentIndex()].text()
        one = page is self.sessions and self.sessions.currentWidget() is self.sessions.one
        self.taught.emit(ONE_HINTS if one else _HINTS.get(words, HINTS))

    def _enter(self) -> None:
        """Go where something can be done."""
        self._listed[self._pages.currentIndex()][2].enter()
