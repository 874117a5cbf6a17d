"""A recovery key to be read: its groups with their numbers, in rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QWidget

from ui.printing import ask_to_print
from ui.widgets.parts import Align, box, button, col, row, say, text


class RecoveryGroups(QWidget):
    """The groups, and what becomes of the sheet with them.

    Signals:
        print_asked: The sheet is to be printed.
        save_asked: The sheet is to be saved.
        path_chosen: Where it shall go.
    """

    print_asked = Signal()
    save_asked = Signal()
    path_chosen = Signal(str)

    def __init__(self, groups: tuple[str, ...], in_a_row: int) -> None:
        """Show the groups.

        Args:
            groups: The key.
            in_a_row: How many stand side by side.
        """
        super().__init__()
        self.setAccessibleName("The recovery key")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setContentsMargins(14, 12, 14, 12)
        for place, group in enumerate(groups):
            grid.addWidget(_group(place + 1, group), place // in_a_row, place % in_a_row)
        self.print_button = button("Print the sheet…", "", "printer")
        self.print_button.clicked.connect(self.print_asked)
        self.save_button = button("Save the sheet…", "", "file-pdf")
        self.save_button.clicked.connect(self.save_asked)
        self._said = text("", 12, 500, "text_2", wrap=True)
        self._said.hide()
        foot = row(self.print_button, self.save_button, ..., gap=8)
        self.setLayout(col(box(grid, "well"), foot, self._said, gap=8))

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print the sheet."""
        ask_to_print(self, pdf, "Print the sheet", printed)

    def ask_where(self, name: str) -> None:
        """Ask where the sheet shall go."""
        dialog = QFileDialog(self, "Save the sheet", str(Path.home() / name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.path_chosen)
        dialog.open()

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        """Say what became of the sheet."""
        say(self._said, said, "alert" if problem else "text_2")
        self._said.setVisible(bool(said))


def _group(number: int, group: str) -> QFrame:
    """Return one group over its number; a mistyped one is named by it."""
    signs = text(group, 18, 600, align=Align.AlignHCenter)
    signs.setAccessibleName(f"Group {number}: {' '.join(group)}")
    spaced = signs.font()
    spaced.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2)
    signs.setFont(spaced)
    small = text(str(number), 12, 400, "text_3", align=Align.AlignHCenter)
    return box(col(signs, small, gap=0), "plain")
