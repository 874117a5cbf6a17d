"""The section of the backups: how they stand, the button, the list, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.presenters.settings_backups import (
    COMMAND,
    HOW,
    HOW_THEN,
    NONE_YET,
    BackupRow,
    BackupsFace,
)
from ui.screens.settings.done import DoneLine
from ui.widgets.parts import (
    button,
    col,
    elided,
    empty,
    fill,
    icon,
    row,
    rule,
    say,
    set_kind,
    show_icon,
    text,
)

_LEFT_WIDTH = 440
_STEPS = 1000


class BackupsSection(QWidget):
    """How the backups stand; implements `BackupsView`.

    Signals:
        pressed: One is to be made, or the one under way to be stopped.
        choose_asked: Another folder is to be chosen.
        chosen: The folder that was chosen.
    """

    pressed = Signal()
    choose_asked = Signal()
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._glyph = icon("archive", 20, "text_2")
        self._said = text("", 16, 600, wrap=True)
        self._bar = _bar()
        self._facts = QVBoxLayout()
        self._facts.setSpacing(10)
        self._problem = text("", 13, 500, "alert", wrap=True)
        self.done = DoneLine()
        self.action = button("Back up now", "primary")
        self.action.clicked.connect(self.pressed)
        self.choose = button("Choose folder …", "", "folder")
        self.choose.clicked.connect(self.choose_asked)
        self._advice, self._advice_words = _advice()
        self._list, self._rows = _list()
        self._face: BackupsFace | None = None
        left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        left.setLayout(col(self._card(), ..., gap=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        right = col((self._list, 1), _way_back(), gap=12)
        fill(layout, ((row(left, (right, 1), gap=12), 1),))

    def show_backups(self, face: BackupsFace) -> None:
        """Show how the backups stand; what has not changed is left as it is."""
        if face == self._face:
            return
        before, self._face = self._face, face
        glyph, tone = ("warning", "overdue") if face.worried else ("archive", "text_2")
        show_icon(self._glyph, glyph, tone)
        say(self._said, face.said, "overdue" if face.worried else "text")
        self._bar.setVisible(face.share is not None)
        self._bar.setValue(round((face.share or 0) * _STEPS))
        say(self._problem, face.problem)
        self._problem.setVisible(bool(face.problem))
        self.done.show_done(face.done)
        set_kind(self.action, "primary" if face.share is None else "")
        self.action.setVisible(bool(face.action))
        self.action.setText(face.action)
        self.action.setAccessibleName(face.action)
        self.choose.setVisible(face.may_choose)
        say(self._advice_words, face.advice)
        self._advice.setVisible(bool(face.advice))
        if before is None or before.facts != face.facts:
            empty(self._facts)
            fill(self._facts, tuple(_fact(*each) for each in face.facts))
        if before is None or before.rows != face.rows:
            self._show_rows(face.rows)

    def ask_folder(self, start: Path) -> None:
        """Ask for a folder; the window goes on meanwhile."""
        dialog = QFileDialog(self, "Choose the folder for backups", str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.open()

    def enter(self) -> bool:
        """Take the focus."""
        self.action.setFocus()
        return not self.action.isHidden()

    def _card(self) -> QFrame:
        head = row(col(self._glyph, ...), (self._said, 1), gap=10)
        buttons = row(self.action, self.choose, ..., gap=8)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(12)
        said = (head, self._bar, self._problem, self.done, buttons)
        fill(inside, (*said, rule(), self._facts, self._advice))
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName("Backups")
        card.setLayout(inside)
        return card

    def _show_rows(self, rows: tuple[BackupRow, ...]) -> None:
        empty(self._rows)
        for each in rows:
            fill(self._rows, (_row(each), rule()))
        if not rows:
            self._rows.addWidget(text(NONE_YET, 13, 400, "text_2"))
        self._rows.addStretch(1)


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setRange(0, _STEPS)
    made.setTextVisible(False)
    made.setFixedHeight(6)
    made.setAccessibleName("How much of the copy is checked")
    return made


def _fact(name: str, value: str) -> QVBoxLayout:
    said = text(value, 14, 500, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    said.setAccessibleName(f"{name}: {value}")
    return col(text(name, 12, 400, "text_2"), said, gap=2)


def _advice() -> tuple[QFrame, QLabel]:
    words = text("", 12, 500, wrap=True)
    made = QFrame()
    made.setLayout(row(col(icon("info", 16, "text_2"), ...), (words, 1), gap=8))
    return made, words


def _list() -> tuple[QFrame, QVBoxLayout]:
    inside = QWidget()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(20, 0, 20, 8)
    rows.setSpacing(0)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName("List of backups")
    card = QFrame()
    card.setProperty("role", "card")
    head = row(text("In this folder", 13, 600), ..., edge=(20, 12, 16, 8))
    card.setLayout(col(head, (area, 1), edge=1))
    return card, rows


def _row(made: BackupRow) -> QFrame:
    line = QFrame()
    line.setAccessibleName(f"{made.when}, {made.entries}, {made.name}")
    when = text(made.when, 14, 600)
    name = elided(made.name, 12, 400, "text_2", grows=True)
    name.setToolTip(made.name)
    both = col(when, name, gap=1)
    line.setLayout(row((both, 1), text(made.entries, 13, 500), gap=14, edge=(0, 8, 0, 8)))
    return line


def _way_back() -> QFrame:
    command = text(COMMAND, 13, 500)
    command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    command.setStyleSheet(
        f"color: {theme.c.text}; background: {theme.c.sunken}; border-radius: 6px;"
        " padding: 8px 10px;"
    )
    inside = QVBoxLayout()
    inside.setContentsMargins(20, 14, 20, 14)
    inside.setSpacing(8)
    words = (text(HOW, 13, 500, wrap=True), command, text(HOW_THEN, 12, 400, "text_2", wrap=True))
    fill(inside, words)
    card = QFrame()
    card.setProperty("role", "card")
    card.setAccessibleName("How a backup is taken back")
    card.setLayout(inside)
    return card
