"""The room in which one changes one's own password: a card with a form, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.own_password import OwnPasswordPresenter
from ui.screens.settings.done import DoneLine
from ui.widgets.form import Form
from ui.widgets.frame import Heading
from ui.widgets.parts import box, button, col, elided, fill, row, say, text

HINTS = (("Enter", "next field"), ("Esc", "back"))
"""What the foot says while this room is open."""

_WIDTH, _FORM_HEIGHT = 480, 330


class OwnPasswordRoom(QWidget):
    """Asks for the old password and the new one; implements `OwnPasswordView`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.form, self.done = Form(), DoneLine()
        self.form.setFixedHeight(_FORM_HEIGHT)
        self._person = elided("", 16, 600, grows=True)
        self._words = text("", 13, 400, "text_2", wrap=True)
        self._busy = text("", 13, 400, "text_2", wrap=True)
        self._busy.hide()
        self.back = button("Back", "quiet", "arrow-left", name="Back to where you were, Esc")
        self._presenter: OwnPasswordPresenter | None = None
        about = box(col(self._person, self._words, gap=6, edge=(20, 16, 20, 16)), "card")
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        column.setLayout(
            col(about, self.form, self.done, self._busy, row(self.back, ...), ..., gap=12)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (Heading("Change my password"), (row(column, ..., edge=12), 1)))

    # --- what the presenter asks ------------------------------------------------------------

    def show_person(self, name: str, words: str) -> None:
        """Show whose password it is, and what it is for."""
        say(self._person, name)
        say(self._words, words)
        self.done.show_done("")
        self.form.show()

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._busy, said)
        self._busy.setVisible(bool(said))
        for widget in (self.form, self.back):
            widget.setEnabled(not said)
        if not said:
            self.form.enter_form()

    def show_done(self, said: str) -> None:
        """Say what was done, in place of the form."""
        self.done.show_done(said)
        self.form.hide()
        self.back.setFocus()

    # --- hands ------------------------------------------------------------------------------

    def wire(self, presenter: OwnPasswordPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.form.typed.connect(presenter.typed)
        self.form.submitted.connect(presenter.submit)
        self.form.given_up.connect(presenter.leave)
        self.back.clicked.connect(presenter.leave)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._presenter:
            self._presenter.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.back.hasFocus():
            self.back.click()
        else:
            super().keyPressEvent(event)
