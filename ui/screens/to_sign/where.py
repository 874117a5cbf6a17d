"""What a room asks of the desktop: where a file shall go, and which key does what in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(room: QWidget, folder: Path | None, name: str, then: Callable[[str], None]) -> None:
    """Ask where a report shall go; the window goes on meanwhile.

    Args:
        room: Over which it is asked.
        folder: Where it is looked at first; the user's own folder for None.
        name: Of the file; that one of that name is replaced is asked by the room itself.
        then: Told the path that was chosen.
    """
    place = (folder or Path.home()) / name
    dialog = QFileDialog(room, "Export the report", str(place), "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("pdf")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    dialog.open()


def on_key(room: QWidget, keys: str, slot: Callable[[], object]) -> None:
    """Let a key do something while the focus is in that room."""
    made = QShortcut(QKeySequence(keys), room)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(slot)
