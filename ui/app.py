"""Makes the application and its window."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMessageBox

from ui import guard, theme
from ui.program import Program
from ui.record import Records
from ui.window import Window


def run_window(records: Records) -> int:
    """Open the window; return the exit status once it is closed."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - nobody makes a smaller one
    application.setApplicationName("Chairside")
    theme.wear(application)
    window = Window()
    guard.keep_log(guard.log_folder())
    guard.install(lambda said: tell(window, said))
    program = Program(window, records)
    program.begin()
    window.show()
    return application.exec()


def tell(window: Window, said: str) -> None:
    """Show a sentence over the window, without stopping it."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Chairside", said, parent=window)
    box.open()
