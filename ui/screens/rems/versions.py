"""The versions of the form: begin from one, mend its text, see at once whether it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.presenters.rems_faces import VersionsFace
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import button, fill, icon, row, say, show_icon, text

_WHY = (
    "Hold each field against the form that you file today: mend its words, what is required, and"
    " mark it as checked. A changed text takes an id of its own. What it says holds from now on;"
    " forms that were filed keep the version they were filed by."
)


class VersionsCard(QFrame):
    """The text of a form version, under a check.

    Signals:
        chosen: A version's id.
        imported: A file's path.
        typed: The text as it stands.
        approved: It is to hold from now on.
        given_up: Esc, or Back.
    """

    chosen = Signal(str)
    imported = Signal(Path)
    typed = Signal(str)
    approved = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.options, self.words = DropDown(), QPlainTextEdit()
        self.approve = button("Approve this version", "primary")
        self._import = button("Import…", glyph="folder-open")
        self._back = button("Back")
        self._check, self._mark = text("", 13, 500, wrap=True), icon("check-circle", 18, "good")
        self._lay_out()

    def show_versions(self, face: VersionsFace, words: str) -> None:
        """Show the versions, and a text."""
        self.options.clear()
        for form_id, said in face.options:
            self.options.addItem(said, form_id)
        self.options.setCurrentIndex(self.options.findData(face.chosen))
        self.words.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.words.setPlainText(words)
        self.words.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.options.setFocus()

    def show_check(self, said: str, *, well: bool) -> None:
        """Say whether the text holds."""
        tone = "good" if well else "alert"
        say(self._check, said, tone)
        show_icon(self._mark, "check-circle" if well else "warning-circle", tone)
        self.approve.setEnabled(well)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Import a form version", str(Path.home()), "TOML (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.imported.emit(Path(path)))
        dialog.open()

    def _lay_out(self) -> None:
        self.options.setFont(theme.font(14))
        self.options.setAccessibleName("Form version to begin from")
        self.words.setAccessibleName("Text of the form version")
        self.words.setTabChangesFocus(True)
        mono = QFont("monospace")
        mono.setStyleHint(QFont.StyleHint.Monospace)
        mono.setPixelSize(13)
        self.words.setFont(mono)
        self.options.activated.connect(lambda *_: self.chosen.emit(self.options.currentData()))
        self.words.textChanged.connect(lambda: self.typed.emit(self.words.toPlainText()))
        self._import.clicked.connect(self._ask)
        self._back.clicked.connect(self.given_up)
        self.approve.clicked.connect(self.approved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        head = row(text("Form version", 13, 600), ...)
        why = text(_WHY, 13, 400, "text_2", wrap=True)
        check = row(self._mark, (self._check, 1), gap=8)
        foot = row(self._back, ..., self.approve, gap=8)
        choose = row((self.options, 1), self._import, gap=8)
        fill(layout, (head, why, choose, (self.words, 1), check, foot))
