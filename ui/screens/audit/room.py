"""The room of the audit: files and their answers at the left, the record's check at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.audit import AuditPresenter, CheckFace, CheckReport
from ui.presenters.audit_verdicts import Kind, VerdictRow
from ui.screens.audit.cards import CheckCard, DropZone, TallyCard
from ui.screens.audit.verdicts import VerdictList
from ui.widgets.frame import Heading
from ui.widgets.parts import col, fill, row

HINTS = (("↑ ↓", "next file"), ("Space", "reasons"), ("Ctrl O", "choose files"))
"""What the foot says while this room is open."""

_RIGHT_WIDTH = 320


class AuditRoom(QWidget):
    """The audit desk.

    Make it, make an `AuditPresenter(room, doors)`, `wire` the two, then `presenter.refresh()`;
    the room owns the presenter from then on. Files can be dropped anywhere on it.

    Signals:
        checked: The record was checked; carries the report.
    """

    checked = Signal(object)
    _progressed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._presenter: AuditPresenter | None = None
        self.drop_zone, self.verdicts = DropZone(), VerdictList()
        self.tally, self.check_card = TallyCard(), CheckCard()
        heading = Heading("Audit")
        heading.set_note("read-only")
        inside = QWidget()
        inside.setLayout(col(self.check_card, self.tally, ..., gap=12))
        right = QScrollArea()
        right.setFixedWidth(_RIGHT_WIDTH)
        right.setWidget(inside)
        right.setWidgetResizable(True)
        right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = col(self.drop_zone, (self.verdicts, 1), gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (heading, (row((left, 1), right, gap=12, edge=12), 1)))

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

    def show_check(self, face: CheckFace) -> None:
        """Show how the check of the record stands."""
        self.check_card.show_check(face)

    def tell_progress(self, done: int, of: int) -> None:
        """Carry the progress over to the window's thread."""
        self._progressed.emit(done, of)

    def tell_checked(self, report: CheckReport) -> None:
        """Tell whoever listens."""
        self.checked.emit(report)

    # --- hands ------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files; the window goes on meanwhile."""
        dialog = QFileDialog(self, "Choose reports to verify", str(Path.home()), "PDF (*.pdf)")
        dialog.setNameFilters(["PDF (*.pdf)", "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._take)
        dialog.open()

    def wire(self, presenter: AuditPresenter) -> None:
        """Hand every key, press and file to this presenter, and keep it alive."""
        self._presenter = presenter
        self._progressed.connect(self._on_progress)
        self.drop_zone.asked.connect(self.choose_files)
        self.tally.clear_asked.connect(presenter.clear)
        self.check_card.pressed.connect(presenter.press)
        for keys, slot in (
            ("Up", lambda: self.verdicts.step(-1)),
            ("Down", lambda: self.verdicts.step(1)),
            ("Ctrl+O", self.choose_files),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drop_zone.choose.setFocus()

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

    @Slot(int, int)
    def _on_progress(self, done: int, of: int) -> None:
        if self._presenter:
            self._presenter.on_progress(done, of)

    def _take(self, names: list[str]) -> None:
        if self._presenter:
            self._presenter.verify([Path(name) for name in names])
