"""The versions of the form: begin from one, mend its text, see at once whether it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QPlainTextEdit,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
)
from typing_extensions import override

from ui import theme
from ui.presenters.form import FormView
from ui.presenters.rems_changes import ApprovalFace
from ui.presenters.rems_faces import VersionsFace
from ui.presenters.rems_versions import FormVersions
from ui.screens.rems.approval import ApprovalCard
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import button, fill, icon, row, say, show_icon, text

TEXT_HINTS = (
    ("Tab", "next"),
    ("Ctrl Z", "undo"),
    ("Ctrl O", "import"),
    ("Ctrl Enter", "what changes"),
    ("Esc", "back, text kept"),
)
APPROVAL_HINTS = (("Enter", "approve"), ("Tab", "next"), ("Esc", "back to the text"))
"""What the foot says while the versions are open, and while one is being approved."""

_WHY = (
    "Hold each field against the form that you file today: mend its words, what is required, and"
    " mark it as checked. A changed text takes an id of its own. What it says holds from now on;"
    " forms that were filed keep the version they were filed by."
)


class VersionsPage(QStackedWidget):
    """The versions, and the approval of one; implements `ui.presenters.rems_doors.VersionsView`.

    Signals:
        turned: It shows the text, or the approval, and the keys are others.
    """

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card, self._approval = VersionsCard(), ApprovalCard()
        self.addWidget(self.card)
        self.addWidget(self._approval)

    @property
    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return what the foot says."""
        return APPROVAL_HINTS if self.currentWidget() is self._approval else TEXT_HINTS

    @property
    def approval(self) -> FormView:
        """Return the form that asks for the approver's password."""
        return self._approval.form

    def show_versions(self, face: VersionsFace, text: str) -> None:
        """Show the versions of the form, and the text of one."""
        self._turn(approving=False)
        self.card.show_versions(face, text)

    def show_choice(self, face: VersionsFace) -> None:
        """Show the versions anew; the text and the focus stay."""
        self.card.show_choice(face)

    def put_text(self, text: str) -> None:
        """Let the text be this one; undoing brings back what was there."""
        self.card.put_text(text)

    def show_check(self, said: str, *, well: bool, line: int = 0) -> None:
        """Say whether the text of a version holds, and mark the line that is at fault."""
        self.card.show_check(said, well=well, line=line)

    def go_to_line(self, line: int) -> None:
        """Put the cursor into that line."""
        self.card.go_to_line(line)

    def show_approval(self, face: ApprovalFace | None) -> None:
        """Show what a version changes, with room for the form; None goes back to its text."""
        if face is not None:
            self._approval.show_face(face)
        was_approving = self.currentWidget() is self._approval
        self._turn(approving=face is not None)
        if face is None and was_approving:
            self.card.words.setFocus()

    def wire(self, presenter: FormVersions) -> None:
        """Hand every key and press to this presenter."""
        card, form = self.card, self._approval.form
        card.chosen.connect(presenter.choose)
        card.typed.connect(presenter.typed)
        card.taken_back.connect(presenter.take_back)
        card.approved.connect(presenter.approve)
        card.given_up.connect(presenter.give_up)
        card.imported.connect(presenter.imported)
        form.typed.connect(presenter.approval.typed)
        form.submitted.connect(presenter.approval.submit)
        form.given_up.connect(presenter.approval.give_up)
        form.other.connect(lambda _: presenter.approval.give_up())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.currentWidget() is self._approval:
            self._approval.form.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _turn(self, *, approving: bool) -> None:
        self.setCurrentIndex(1 if approving else 0)
        self.turned.emit()


class VersionsCard(QFrame):
    """The text of a form version, under a check.

    Signals:
        chosen: A version's id.
        imported: A file's path.
        typed: The text as it stands.
        taken_back: It is to be as it was before it was changed.
        approved: What it changes is to be seen, and approved.
        given_up: Esc, or Back.
    """

    chosen = Signal(str)
    imported = Signal(Path)
    typed = Signal(str)
    taken_back = Signal()
    approved = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.options, self.words = DropDown(), QPlainTextEdit()
        self.approve = button("See what changes…", "primary")
        self.take_back = button("Take back changes")
        self._import = button("Import…", glyph="folder-open")
        self._back = button("Back")
        self._check, self._mark = text("", 13, 500, wrap=True), icon("check-circle", 18, "good")
        self._place = text("", 13, 400, "text_2")
        self._lay_out()
        self._wire()

    def show_versions(self, face: VersionsFace, words: str) -> None:
        """Show the versions, and a text."""
        self.show_choice(face)
        with QSignalBlocker(self.words):
            self.words.setPlainText(words)
        self._show_place()
        self.options.setFocus()

    def show_choice(self, face: VersionsFace) -> None:
        """Show the versions; the text and the focus stay."""
        self.options.clear()
        for version, said in face.options:
            self.options.addItem(said, version)
        self.options.setCurrentIndex(self.options.findData(face.chosen))
        if not face.changed and self.take_back.hasFocus():
            self.words.setFocus()
        self.take_back.setEnabled(face.changed)

    def put_text(self, words: str) -> None:
        """Let the text be this one, as if it was typed."""
        cursor = self.words.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        self.words.moveCursor(QTextCursor.MoveOperation.Start)

    def show_check(self, said: str, *, well: bool, line: int = 0) -> None:
        """Say whether the text holds, and mark the line that does not."""
        tone = "good" if well else "alert"
        say(self._check, said, tone)
        show_icon(self._mark, "check-circle" if well else "warning-circle", tone)
        marked = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.c.alert_tint))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003 - Qt's own
        marked.format, marked.cursor = look, self._at(line)
        self.words.setExtraSelections([marked] if line else [])

    def go_to_line(self, line: int) -> None:
        """Put the cursor into that line, in sight."""
        self.words.setTextCursor(self._at(line))
        self.words.centerCursor()
        self.words.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _at(self, line: int) -> QTextCursor:
        document = self.words.document()
        last = document.blockCount() - 1
        return QTextCursor(document.findBlockByNumber(min(max(line - 1, 0), last)))

    def _show_place(self) -> None:
        cursor = self.words.textCursor()
        said = f"Line {cursor.blockNumber() + 1}, column {cursor.positionInBlock() + 1}"
        say(self._place, said)

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Import a form version", str(Path.home()), "TOML (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.imported.emit(Path(path)))
        dialog.open()

    def _wire(self) -> None:
        self.options.activated.connect(lambda *_: self.chosen.emit(self.options.currentData()))
        self.words.textChanged.connect(lambda: self.typed.emit(self.words.toPlainText()))
        self.words.cursorPositionChanged.connect(self._show_place)
        for made, signal, keys in (
            (self._import, self._ask, ("Ctrl+O",)),
            (self._back, self.given_up, ()),
            (self.take_back, self.taken_back, ()),
            (self.approve, self.approved, ("Ctrl+Return", "Ctrl+Enter")),
        ):
            made.clicked.connect(signal)
            for each in keys:
                shortcut = QShortcut(QKeySequence(each), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(signal)

    def _lay_out(self) -> None:
        self.options.setFont(theme.font(14))
        self.options.setAccessibleName("Form version to begin from")
        self.words.setAccessibleName("Text of the form version")
        self.words.setTabChangesFocus(True)
        mono = QFont("monospace")
        mono.setStyleHint(QFont.StyleHint.Monospace)
        mono.setPixelSize(13)
        self.words.setFont(mono)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        head = row(text("Form version", 13, 600), ...)
        why = text(_WHY, 13, 400, "text_2", wrap=True)
        check = row(self._mark, (self._check, 1), self._place, gap=8)
        foot = row(self._back, self.take_back, ..., self.approve, gap=8)
        choose = row((self.options, 1), self._import, gap=8)
        fill(layout, (head, why, choose, (self.words, 1), check, foot))
