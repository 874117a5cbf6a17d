"""What is asked of whoever sits there: which files, and where to; the window goes on meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_KINDS = {".csv": "CSV (*.csv)", ".pdf": "PDF (*.pdf)", ".pyz": "Python (*.pyz)"}


def files_to_verify(parent: QWidget) -> QFileDialog:
    """Ask for the files that are to be verified."""
    dialog = QFileDialog(parent, "Choose reports to verify", str(Path.home()), "PDF (*.pdf)")
    dialog.setNameFilters(["PDF (*.pdf)", "All files (*)"])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _opened(dialog)


def folder_to_verify(parent: QWidget) -> QFileDialog:
    """Ask for a folder whose PDFs are to be verified."""
    dialog = QFileDialog(parent, "Choose a folder of reports", str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return _opened(dialog)


def file_to_save(parent: QWidget, title: str, name: str) -> QFileDialog:
    """Ask where a file shall go; before one of that name is replaced it is asked, too.

    Args:
        parent: Whose question it is.
        title: What is saved.
        name: What it is called, with its ending.
    """
    ending = Path(name).suffix
    dialog = QFileDialog(parent, title, str(Path.home() / name), _KINDS[ending])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.lstrip("."))
    return _opened(dialog)


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
