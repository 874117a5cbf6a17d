"""The section of the keys: every way to open the record, and what can be done to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.presenters.settings_keys import (
    KEYRING,
    PASSPHRASE,
    RECOVERY,
    REPLACE,
    KeyButtons,
    KeysPresenter,
    SlotRow,
)
from ui.widgets.form import Form
from ui.widgets.parts import (
    box,
    button,
    col,
    elided,
    empty,
    fill,
    icon,
    pill,
    row,
    rule,
    say,
    show_icon,
    text,
)
from ui.widgets.recovery import RecoveryGroups

_LEFT_WIDTH = 440
_RIGHT_MOST = 620
_FORM_MOST = 400
_GROUPS_IN_A_ROW = 4
_GLYPHS = {
    PASSPHRASE: "keyboard",
    RECOVERY: "key",
    KEYRING: "desktop",
    REPLACE: "arrows-clockwise",
}


class KeysSection(QWidget):
    """The ways to open the record; implements `KeysView`.

    Signals:
        act_chosen: What is to be done.
        print_asked: The sheet of the recovery key is to be printed.
        save_asked: It is to be saved.
        path_chosen: Where the sheet shall go.
    """

    act_chosen = Signal(str)
    print_asked = Signal()
    save_asked = Signal()
    path_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self._note = text("", 12, 400, "text_2", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._warning, _, self._warning_words = _line("warning", "overdue")
        self._done, self._done_glyph, self._done_words = _line("check-circle", "good")
        self._busy = text("", 13, 400, "text_2", wrap=True)
        self._buttons = {act: self._button(act, glyph) for act, glyph in _GLYPHS.items()}
        self._buttons[PASSPHRASE].setText("Change the passphrase…")
        self._buttons[REPLACE].setText("Replace the keys…")
        self._actions = box(col(rule(), *self._buttons.values(), gap=8, edge=(0, 4, 0, 0)), "plain")
        self._actions.hide()
        self._was: QWidget | None = None
        self._key: RecoveryGroups | None = None
        self._words = text("", 13, 400, "text_2", wrap=True)
        self._over = QVBoxLayout()
        self._over.setSpacing(12)
        self._head = box(col(self._words, self._over, gap=12, edge=16), "card")
        self._panel = QWidget()
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_slots(self, rows: tuple[SlotRow, ...], note: str, warning: str) -> None:
        """Show every way to open the record."""
        say(self._note, note)
        empty(self._rows)
        for place, each in enumerate(rows):
            fill(self._rows, ((rule(),) if place else ()) + (_slot(each),))
        say(self._warning_words, warning)
        self._warning.setVisible(bool(warning))

    def show_buttons(self, buttons: KeyButtons | None) -> None:
        """Show what can be done."""
        if buttons is not None:
            self._buttons[RECOVERY].setText(f"{buttons.recovery}…")
            self._buttons[KEYRING].setText(buttons.keyring)
        for made in self._buttons.values():
            made.setAccessibleName(made.text())
        self._actions.setVisible(buttons is not None)

    def open_form(self, words: str, groups: tuple[str, ...] = ()) -> None:
        """Make room for the form, with words over it, and a recovery key where there is one."""
        say(self._words, words)
        empty(self._over)
        self._key = None
        if groups:
            self._key = RecoveryGroups(groups, _GROUPS_IN_A_ROW)
            self._key.print_asked.connect(self.print_asked)
            self._key.save_asked.connect(self.save_asked)
            self._key.path_chosen.connect(self.path_chosen)
            self._over.addWidget(self._key)
        self._head.setVisible(bool(words))
        self._panel.show()
        self.form.show()
        if self._key is not None:
            self._key.print_button.setFocus()

    def close_form(self, back_to: str) -> None:
        """Take the form away, and what was typed and shown with it."""
        empty(self._over)
        self._key = None
        self._panel.hide()
        if not self._actions.isHidden():
            self._buttons[back_to].setFocus()

    def show_done(self, said: str, *, problem: bool = False) -> None:
        """Say what was done, or why not."""
        say(self._done_words, said, "alert" if problem else "good")
        show_icon(
            self._done_glyph,
            "warning" if problem else "check-circle",
            "alert" if problem else "good",
        )
        self._done.setVisible(bool(said))

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._busy, said)
        here = QApplication.focusWidget()
        if said and here is not None and self.isAncestorOf(here):
            self._was = here  # what cannot be pressed loses the focus, and gets it back
        for widget in (self.form, self._actions):
            widget.setEnabled(not said)
        if not said and self._was is not None:
            if self._was.isVisible():
                self._was.setFocus()
            self._was = None

    def ask_where(self, name: str) -> None:
        """Ask where the sheet shall go."""
        if self._key is not None:
            self._key.ask_where(name)

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print the sheet."""
        if self._key is not None:
            self._key.print_sheet(pdf, printed)

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        """Say what became of the sheet."""
        if self._key is not None:
            self._key.show_saved(said, problem=problem)

    def enter(self) -> bool:
        """Take the focus, where there is something to do."""
        if not self._panel.isHidden():
            self.form.enter_form()
            return True
        offered = not self._actions.isHidden()
        if offered:
            self._buttons[PASSPHRASE].setFocus()
        return offered

    def wire(self, presenter: KeysPresenter) -> None:
        """Hand every key and press to this presenter."""
        self.act_chosen.connect(presenter.choose)
        self.print_asked.connect(presenter.print)
        self.save_asked.connect(presenter.save)
        self.path_chosen.connect(lambda path: presenter.save_to(Path(path)))
        self.form.typed.connect(presenter.typed)
        self.form.submitted.connect(presenter.submit)
        self.form.given_up.connect(presenter.give_up)

    # --- parts ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Put the list at the left, and beside it words, a recovery key and the form."""
        self._panel.setMaximumWidth(_RIGHT_MOST)
        self.form.setMaximumHeight(_FORM_MOST)
        self._panel.setLayout(col(self._head, (self.form, 100), ..., gap=12))
        self._panel.hide()
        left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        left.setLayout(col(self._card(), self._done, self._busy, ..., gap=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, ((row(left, (self._panel, 100), ..., gap=12), 1),))

    def _card(self) -> QFrame:
        inside = col(
            text("Ways to open the record", 13, 600),
            self._note,
            4,
            self._rows,
            self._warning,
            self._actions,
            gap=8,
            edge=(20, 16, 20, 16),
        )
        return box(inside, "card")

    def _button(self, act: str, glyph: str) -> QPushButton:
        made = button("", "", glyph)
        made.clicked.connect(lambda *_: self.act_chosen.emit(act))
        return made


def _slot(shown: SlotRow) -> QFrame:
    made = QFrame()
    made.setAccessibleName(f"{shown.title}: {shown.note}")
    marks = [pill("not proven yet", "overdue", "overdue_tint", "warning")] if shown.warns else []
    made.setLayout(
        row(
            icon(shown.glyph, 20, "text_2"),
            (
                col(
                    elided(shown.title, 14, 600, grows=True),
                    elided(shown.note, 12, 400, "text_2", grows=True),
                    gap=1,
                ),
                1,
            ),
            *marks,
            gap=12,
            edge=(0, 9, 0, 9),
        )
    )
    return made


def _line(glyph: str, tone: str) -> tuple[QFrame, QLabel, QLabel]:
    """Return a sentence with a glyph before it, and both; not there while it says nothing."""
    words, sign = text("", 13, 500, tone, wrap=True), icon(glyph, 18, tone)
    frame = QFrame()
    frame.setLayout(row(col(sign, ...), (words, 1), gap=8))
    frame.hide()
    return frame, sign, words
