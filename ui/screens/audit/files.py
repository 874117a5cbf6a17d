"""The audit desk's page on files: where they are dropped, the answers, and what goes with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.presenters.audit import AuditPresenter, Order, Reading
from ui.presenters.audit_verdicts import Kind, VerdictRow
from ui.presenters.audit_verifier import KitPresenter
from ui.printing import ask_to_print
from ui.screens.audit.asking import file_to_save
from ui.screens.audit.cards import DropZone, KitCard, SaidLine, TallyCard
from ui.screens.audit.verdicts import VerdictList
from ui.widgets.parts import col, row

_RIGHT_WIDTH = 320


class FilesPage(QWidget):
    """Implements `ui.presenters.audit.AuditView`."""

    def __init__(self) -> None:
        super().__init__()
        self.drop_zone, self.verdicts = DropZone(), VerdictList()
        self.tally, self.kit, self.said = TallyCard(), KitCard(), SaidLine()
        inside = QWidget()
        inside.setLayout(col(self.tally, self.kit, ..., gap=12))
        self._right = QScrollArea()
        self._right.setFixedWidth(_RIGHT_WIDTH)
        self._right.setWidget(inside)
        self._right.setWidgetResizable(True)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kit.said.connect(lambda: QTimer.singleShot(0, self._right, self._to_the_end))
        left = col(self.drop_zone, self.said, (self.verdicts, 1), gap=12)
        self.setLayout(row((left, 1), self._right, gap=12))

    def add_verdict(self, row: VerdictRow, place: int) -> None:
        """Put a file into the list at a place."""
        self.verdicts.add(row, place)

    def show_verdicts(self, rows: Sequence[VerdictRow]) -> None:
        """Show these files, and no others, in this order."""
        self.verdicts.put(rows)

    def show_order(self, order: Order) -> None:
        """Show how the answers stand."""
        self.verdicts.show_order(order)

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        """Show how many files gave which answer."""
        self.tally.show_tally(title, counts)

    def show_reading(self, reading: Reading | None) -> None:
        """Show how far it is."""
        self.drop_zone.show_reading(reading)

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or why it was not."""
        self.said.show_said(said, well=well)

    def copy(self, text: str) -> None:
        """Put a text where it can be pasted from."""
        QApplication.clipboard().setText(text)

    def ask_where(self, name: str) -> None:
        """Ask where the table of the answers shall go; the window goes on meanwhile."""
        dialog = file_to_save(self, "Save the answers", name)
        dialog.fileSelected.connect(self._save)

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print the file", printed)

    def wire(self, files: AuditPresenter, kit: KitPresenter) -> None:
        """Hand every key and press to these presenters, and keep them alive."""
        self._files, self._kit = files, kit
        for signal, slot in (
            (self.drop_zone.stopped, files.cancel),
            (self.verdicts.order_asked, files.put_in_order),
            (self.verdicts.print_asked, files.print_it),
            (self.tally.clear_asked, files.clear),
            (self.tally.copy_asked, files.copy),
            (self.tally.save_asked, files.save),
            (self.kit.asked, kit.save),
            (self.kit.where_asked, self._ask_where_kit),
        ):
            signal.connect(slot)
        for keys, slot in (
            ("Up", lambda: self.verdicts.step(-1)),
            ("Down", lambda: self.verdicts.step(1)),
            ("Esc", files.cancel),
            ("Ctrl+Shift+C", files.copy),
            ("Ctrl+S", files.save),
            ("Ctrl+P", lambda: files.print_it(self.verdicts.here)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def take(self, names: Sequence[str]) -> None:
        """Let these files be looked at."""
        self._files.verify([Path(name) for name in names])

    def enter(self) -> None:
        """Take the focus where files are chosen."""
        self.drop_zone.choose.setFocus()

    def _ask_where_kit(self, name: str) -> None:
        dialog = file_to_save(self, "Save the verifier", name)
        dialog.fileSelected.connect(self._save_kit)

    def _save(self, path: str) -> None:
        self._files.save_to(Path(path))

    def _save_kit(self, path: str) -> None:
        self._kit.save_to(Path(path))

    def _to_the_end(self) -> None:
        """Show what was said last, once everything has found its place."""
        inside = self._right.widget()
        if inside is not None:
            inside.adjustSize()
        bar = self._right.verticalScrollBar()
        bar.setValue(bar.maximum())
