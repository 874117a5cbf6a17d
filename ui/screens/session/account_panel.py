"""The drug account beside the chart: six figures apart, the vials, what was wasted."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.account_faces import AccountFace, Verdict, VialFace
from ui.presenters.now_faces import Command
from ui.screens.session.figures import Figures
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import Item, Thing, box, button, col, empty, fill, icon, key, row, rule, text

_LOOK = {
    "good": ("check-circle", "good"),
    "open": ("circle-dashed", "text_2"),
    "alert": ("warning-circle", "alert"),
}


class AccountPanel(QFrame):
    """Where the drug of a session has gone.

    Signals:
        command: The key of a button that was pressed.
    """

    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Drug account")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._face: AccountFace | None = None
        self._buttons: list[QPushButton] = []
        self._amiss: QFrame | None = None  # the first vial whose rest is open
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(16, 12, 16, 8)
        self._inside.setSpacing(8)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(16, 4, 16, 12)
        self._foot.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self._scroll = FittingScroll(inside)
        fill(layout, (self._scroll, self._foot))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_account(self, face: AccountFace) -> None:
        """Show this; nothing is rebuilt while it stays the same."""
        if face == self._face:
            return
        self._face = face
        empty(self._inside)
        empty(self._foot)
        self._buttons = [self._button(each) for each in face.commands]
        figures = Figures(gap=6)
        figures.set_figures(face.figures)
        notes = [text(note, 12, 400, "text_2", wrap=True) for note in face.notes]
        head = row(text("Drug account", 13, 600), ..., key("Esc"))
        fill(self._inside, (head, figures, self._verdict(face.verdict), *notes))
        self._amiss, is_told = None, face.verdict.state == "alert"  # above, in sight
        for vial in face.vials:
            made = self._vial(vial)
            fill(self._inside, (made,))
            if vial.verdict.state == "alert" and not is_told:
                self._amiss = self._amiss or made
        for what, when in face.wastes:
            fill(self._inside, (_line(what, when),))
        fill(self._foot, tuple(self._buttons))

    def enter(self) -> None:
        """Take the focus to the first thing that can be done."""
        first = self._buttons[0] if self._buttons else self
        first.show()
        first.setFocus()
        if self._amiss is not None:
            QTimer.singleShot(0, self._amiss, self._show_amiss)  # once it has found its place

    def _show_amiss(self) -> None:
        if self._amiss is not None:
            self._scroll.ensureWidgetVisible(self._amiss, 0, 8)

    def _verdict(self, verdict: Verdict) -> Thing:
        glyph, tone = _LOOK[verdict.state]
        words = text(verdict.words, 13, 500, tone, wrap=True)
        parts: list[Item] = [col(icon(glyph, 18, tone), ...), (words, 1)]
        if verdict.key:
            explain = button("Explain", "quiet", name=f"Explain: {verdict.words}")
            explain.clicked.connect(lambda: self.command.emit(verdict.key))
            parts.append(explain)
        return row(*parts, gap=8)

    def _vial(self, vial: VialFace) -> QFrame:
        figures = Figures(gap=2)
        figures.set_figures(vial.lines)
        title = text(vial.title, 12, 600, wrap=True)
        lines = col(title, figures, rule(), self._verdict(vial.verdict), gap=4)
        lines.setContentsMargins(12, 8, 8, 8)
        return box(lines, "well")

    def _button(self, each: Command) -> QPushButton:
        made = button(each.words, each.kind, each.glyph, means=each.key)
        made.clicked.connect(lambda: self.command.emit(each.key))
        return made

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.command.emit("close-account")
        elif not self._scroll.turn(event.key()):
            super().keyPressEvent(event)


def _line(what: str, when: str) -> Thing:
    return col(text(what, 13, 500, wrap=True), text(when, 12, 400, "text_2", wrap=True), gap=0)
