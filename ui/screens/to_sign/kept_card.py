"""The card of a finished report: its versions, handing it out, and adding to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.to_sign_faces import KeptFace, VersionRow
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import (
    Item,
    button,
    col,
    empty,
    field,
    fill,
    icon,
    labelled,
    row,
    rule,
    say,
    text,
)

_TEXT_HEIGHT = 96
_LONGEST_WHY = 240


class AddendumForm(QFrame):
    """What is added to a finished report, and the password under it.

    Signals:
        added: (text, password).
        given_up: Esc or "Not now"; what was typed stays for the next time.
    """

    added = Signal(str, str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._who = text("", 13, 400, "text_2", wrap=True)
        self.words = QPlainTextEdit()
        self.words.setFont(theme.font(14))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(_TEXT_HEIGHT)
        self.words.setPlaceholderText("What is added; what was signed stays as it is")
        self.words.setAccessibleName("What is added")
        self.password = field(hint="Password", name="Your password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.submit)
        self._confirm = button("Sign the addendum", "primary", "pen-nib")
        self._confirm.clicked.connect(self.submit)
        away = button("Not now", "quiet")
        away.clicked.connect(self.given_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        fill(
            layout,
            (
                rule(),
                text("Add an addendum", 13, 600),
                self._who,
                self.words,
                labelled("Your password", self.password),
                row((self._confirm, 1), away, gap=8),
            ),
        )
        self.hide()

    def show_who(self, who: str) -> None:
        """Say who would sign it, and that the report gets a new version by it."""
        say(self._who, f"Signed by {who}; the report gets a new version. It cannot be undone.")

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be pressed while it is being written."""
        if self._confirm.hasFocus():
            self.password.setFocus()  # what is disabled would hand it to a neighbour
        self._confirm.setEnabled(not busy)
        self.words.setReadOnly(busy)
        self.password.setReadOnly(busy)

    def submit(self) -> None:
        """Sign what was typed."""
        self.added.emit(self.words.toPlainText(), self.password.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class KeptCard(QFrame):
    """A finished report.

    Signals:
        shown: The number of a version that is to be looked at.
        export_asked: The report on the screen is to be handed out; True to another folder.
        added: (text, password) of an addendum.
    """

    shown = Signal(int)
    export_asked = Signal(bool)
    added = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._face: KeptFace | None = None
        self._said = text("", 13, 500, wrap=True)
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._problem.hide()
        inside = QWidget()
        self._versions = QVBoxLayout(inside)
        self._versions.setContentsMargins(0, 0, 8, 0)
        self._versions.setSpacing(8)
        self._scroll = FittingScroll(inside)
        self.form = AddendumForm()
        self.form.added.connect(self.added)
        self.form.given_up.connect(self.close_form)
        self._export = button("Export the PDF", "primary", "export", name="Export the PDF, E")
        self._export.clicked.connect(lambda: self.export_asked.emit(False))  # noqa: FBT003
        self._elsewhere = button("Elsewhere…", "", name="Export to another folder, Shift+E")
        self._elsewhere.clicked.connect(lambda: self.export_asked.emit(True))  # noqa: FBT003
        self._add = button("Add an addendum", "quiet", "note-pencil", name="Add an addendum, A")
        self._add.clicked.connect(self.open_form)
        self._why_not = text("", 12, 400, "text_2", wrap=True)
        self._lay_out()

    def show_kept(self, face: KeptFace) -> None:
        """Show the versions, what can be done with them, and what an export came to."""
        versions = self._face.versions if self._face else None
        self._face = face
        say(self._said, face.said)
        self._problem.hide()
        self.form.show_who(face.who)
        closed = face.closed or ("" if face.who else "A clinician adds to it; you may look at it.")
        say(self._why_not, closed)
        if face.versions != versions:
            empty(self._versions)
            for each in face.versions:
                fill(self._versions, (self._row(each), rule()))
        if closed:
            self.close_form()
        self._show_offers()

    def open_form(self) -> None:
        """Ask for an addendum, where one can be added."""
        if self._face and self._face.who and not self._face.closed:
            self.form.show()
            self._show_offers()
            self.form.words.setFocus()

    def close_form(self) -> None:
        """Put the form away; its words stay, its password does not."""
        self.form.password.clear()
        self.form.hide()
        self._show_offers()
        if self.isVisible() and self._export.isVisible():
            self._export.setFocus()

    def end_addendum(self) -> None:
        """Forget the words: they are in the record."""
        self.form.words.clear()
        self.close_form()

    def show_problem(self, said: str) -> None:
        """Say why it was not done; the password is emptied and asked again."""
        say(self._problem, said, "alert")
        self._problem.show()
        self.forget()
        if self.form.isVisible():
            (self.form.password if self.form.words.toPlainText() else self.form.words).setFocus()

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._problem, said, "text_2")
        self._problem.setVisible(bool(said))
        self.form.set_busy(busy=bool(said))
        for each in (self._export, self._elsewhere, self._add):
            each.setEnabled(not said)

    def forget(self) -> None:
        """Empty the password."""
        self.form.password.clear()

    def _show_offers(self) -> None:
        writing = not self.form.isHidden()
        open_to = bool(self._face and self._face.who and not self._face.closed)
        for each in (self._export, self._elsewhere):
            each.setVisible(not writing)
        self._add.setVisible(open_to and not writing)
        self._why_not.setVisible(bool(self._why_not.text()))

    def _row(self, version: VersionRow) -> Item:
        words: list[Item] = [
            text(version.title, 13, 600),
            text(version.who, 12, 400, "text_2", wrap=True),
        ]
        if version.why:
            words.append(text(_shortened(version.why), 12, 400, wrap=True))
        if version.here:
            return row(
                icon("eye", 18, "text"), (col(*words, gap=2), 1), text("shown", 12, 500), gap=10
            )
        show: QPushButton = button("Show", name=f"Show version {version.number}")
        show.clicked.connect(lambda: self.shown.emit(version.number))
        return row(icon("file-text", 18, "text_2"), (col(*words, gap=2), 1), show, gap=10)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        fill(
            layout,
            (
                text("Finished", 13, 600),
                row(icon("check-circle", 18, "good"), (self._said, 1), gap=8),
                rule(),
                (self._scroll, 1),
                ...,
                self._why_not,
                self._add,
                self.form,
                self._problem,
                row((self._export, 1), self._elsewhere, gap=8),
            ),
        )


def _shortened(words: str) -> str:
    """Return the beginning of a long addendum: the whole of it stands in the report beside."""
    said = " ".join(words.split())
    return said if len(said) <= _LONGEST_WHY else f"{said[: _LONGEST_WHY - 1]}…"
