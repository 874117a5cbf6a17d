"""The card that is signed on: who, what it means, the password, and why not yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from ui import theme
from ui.presenters.to_sign_faces import SignFace
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
    say,
    show_icon,
    text,
)


class SignCard(QFrame):
    """The card that is signed on.

    Signals:
        signed: (password, meaning).
        settings_asked: The settings where certificates are issued are wanted.
        left: What had the focus here was closed, or is gone: the report is to be read.
    """

    signed = Signal(str, str)
    left = Signal()
    settings_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 16)
        self._layout.setSpacing(8)
        self._password: QLineEdit | None = None
        self._confirm: QPushButton | None = None
        self._meanings = QButtonGroup(self)
        self._choices: list[QRadioButton] = []
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._mark, self._why = (
            icon("lock-key", 16, "text_2"),
            text("", 13, 500, "text_2", wrap=True),
        )
        self._closed, self._blocked, self._busy = "", "", False

    @property
    def is_open(self) -> bool:
        """Tell whether a password can be typed."""
        return self._password is not None and self._password.isEnabled()

    def show_sign(self, face: SignFace) -> None:
        """Show who signs and what the signature can mean."""
        self.let_go()
        empty(self._layout)
        self._password = self._confirm = None
        self._choices = []
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._problem.hide()
        self._blocked = face.blocked
        fill(self._layout, (text("Sign", 13, 600),))
        if face.meanings:
            self._show_form(face)
        else:
            why = text(face.blocked, 13, 500, "text_2", wrap=True)
            fill(self._layout, (why, *self._remedy(face), self._problem))
        self._show_state()

    def let_go(self) -> None:
        """Give the focus away: what is taken away would hand it to whatever comes next."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.left.emit()

    def show_lock(self, why: str) -> None:
        """Close the password, empty, and say why; nothing opens it."""
        if why != self._closed:
            self._closed = why
            if why:
                self.forget()
            self._show_state()

    def show_problem(self, said: str) -> None:
        """Say why it was not done; the password is emptied and asked again."""
        say(self._problem, said, "alert")
        self._problem.show()
        self.forget()
        self.enter()

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self._busy = bool(said)
        say(self._problem, said, "text_2")
        self._problem.setVisible(self._busy)
        self._show_state()

    def submit(self) -> None:
        """Sign with what was typed and chosen; does nothing where nothing can be signed."""
        if self._password is None or self._busy or not self.is_open:
            return
        chosen = self._meanings.checkedButton()
        meaning = str(chosen.property("value")) if chosen else ""
        self.signed.emit(self._password.text(), meaning)

    def enter(self) -> bool:
        """Take the focus to the password; tell whether one can be typed."""
        if self._password is None or not self.is_open:
            return False
        self._password.setFocus()
        return True

    def forget(self) -> None:
        """Empty the password."""
        if self._password is not None:
            self._password.clear()

    def _show_state(self) -> None:
        """Open or close the password and the button, and say why where it is closed."""
        if self._password is None or self._confirm is None:
            return
        why = self._blocked or self._closed
        focused = self._password.hasFocus()
        if self._confirm.hasFocus() and not why:
            self._password.setFocus()  # what is disabled would hand it to a neighbour
        self._password.setEnabled(not why)
        self._password.setReadOnly(self._busy)
        self._confirm.setEnabled(not why and not self._busy)
        for choice in self._choices:
            choice.setEnabled(not self._busy)
        show_icon(self._mark, "lock-key", "alert" if self._blocked else "text_2")
        say(self._why, why, "alert" if self._blocked else "text_2")
        shown = bool(why) and not self._busy
        self._mark.setVisible(shown)
        self._why.setVisible(shown)
        if focused and why and not self._busy:
            self.left.emit()

    def _show_form(self, face: SignFace) -> None:
        self._meanings = QButtonGroup(self)
        for value, words in face.meanings:
            choice = QRadioButton(words)
            choice.setFont(theme.font(14, 500))
            choice.setProperty("value", value)
            choice.setChecked(value == face.chosen)
            self._meanings.addButton(choice)
            self._choices.append(choice)
        self._password = field(hint="Password", name="Your password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self.submit)
        self._confirm = button("Sign the record", "primary", "pen-nib")
        self._confirm.clicked.connect(self.submit)
        self._mark = icon("lock-key", 16, "text_2")
        self._why = text("", 13, 500, "text_2", wrap=True)
        notice = [text(face.notice, 12, 500, "overdue", wrap=True)] if face.notice else []
        items: list[Item] = [
            text(face.who, 13, 400, "text_2", wrap=True),
            col(*self._choices, gap=0),
            labelled("Your password", self._password),
            self._confirm,
            row(self._mark, (self._why, 1), gap=8),
            *self._remedy(face),
            self._problem,
            *notice,
        ]
        fill(self._layout, tuple(items))

    def _remedy(self, face: SignFace) -> list[QPushButton]:
        if not face.remedy:
            return []
        made = button("Open Settings, Certificates", "", "gear")
        made.clicked.connect(self.settings_asked)
        return [made]
