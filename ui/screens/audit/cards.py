"""The cards beside the answers: where files are dropped, the tally, the verifier to take along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from ui import theme
from ui.presenters.audit import Reading
from ui.presenters.audit_verdicts import Kind
from ui.presenters.audit_verifier import KitFace
from ui.screens.audit.verdicts import GLYPHS
from ui.widgets.parts import (
    button,
    col,
    dressed,
    elided,
    empty,
    fill,
    icon,
    row,
    say,
    show_icon,
    text,
)

QUIET = "They are only read. Nothing leaves this computer."


class DropZone(QFrame):
    """Where files are dropped, or chosen; how far the looking is, and a way to stop it.

    Signals:
        asked: Files are to be chosen.
        folder_asked: A folder is to be chosen.
        stopped: No further file is to be looked at.
    """

    asked = Signal()
    folder_asked = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = elided("", 12, 400, "text_2", grows=True)
        self.choose = button("Choose files", "", "files")
        self.folder = button("A folder", "", "folder-open", name="Choose a folder")
        self.stop = button("Stop", "stop", "x", name="Stop looking")
        self.choose.clicked.connect(self.asked)
        self.folder.clicked.connect(self.folder_asked)
        self.stop.clicked.connect(self.stopped)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("How many of the files have been looked at")
        title = text("Drop PDFs or folders here, or choose them", 14, 600)
        words = col(..., title, self._said, self._bar, ..., gap=3)
        hands = row(self.stop, self.choose, self.folder, gap=8)
        self.setLayout(
            row(icon("file-pdf", 28, "text_2"), (words, 1), hands, gap=16, edge=(20, 8, 16, 8))
        )
        self.setFixedHeight(72)
        self.show_reading(None)
        self.set_over(over=False)

    def show_reading(self, reading: Reading | None) -> None:
        """Say which file is being looked at, and how many there are; None ends it."""
        several = reading is not None and reading.of > 1
        had = self.stop.hasFocus()
        say(self._said, reading.said if reading else QUIET)
        self._bar.setVisible(several)
        self.stop.setVisible(several)
        if reading is not None:
            self._bar.setRange(0, reading.of)
            self._bar.setValue(reading.done)
        elif had:
            self.choose.setFocus()

    def set_over(self, *, over: bool) -> None:
        """Show that files are being held over the room."""
        edge = f"2px solid {theme.c.focus}" if over else f"1px dashed {theme.c.control}"
        ground = theme.c.surface if over else "transparent"
        dressed(self, "drop", f"background: {ground}; border: {edge}; border-radius: 12px;")


class TallyCard(QFrame):
    """How many files gave which answer, and what can be done with the answers.

    Signals:
        clear_asked: The list is to be emptied.
        copy_asked: The answers are to be copied.
        save_asked: The answers are to be saved as a table.
    """

    clear_asked = Signal()
    copy_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = text("", 13, 600)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.clear = button("Clear the list", "quiet")
        self.copy = button("Copy the answers", glyph="copy")
        self.save = button("Save as CSV…", glyph="download-simple")
        for pressed, asked in (
            (self.clear, self.clear_asked),
            (self.copy, self.copy_asked),
            (self.save, self.save_asked),
        ):
            pressed.clicked.connect(asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 12)
        layout.setSpacing(2)
        lines = row((self._rows, 1), edge=(0, 0, 8, 0))
        hands = col(self.copy, self.save, gap=8, edge=(0, 10, 8, 0))
        fill(layout, (row(self._title, ..., self.clear), lines, hands))
        self.hide()

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        """Show the counts; without any there is no card."""
        say(self._title, title)
        empty(self._rows)
        for kind, count in counts:
            glyph, tone, _ = GLYPHS[kind]
            words = text(kind.value, 13)
            line = row(icon(glyph, 18, tone), words, ..., text(str(count), 14, 600))
            self._rows.addLayout(line)
        self.setVisible(bool(counts))


class SaidLine(QFrame):
    """What was done, or why it was not."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._words = icon("info", 18, "text_2"), text("", 13, 500, wrap=True)
        self.setLayout(row(col(self._mark, ...), (self._words, 1), gap=8, edge=(4, 0, 4, 0)))
        self.hide()

    def show_said(self, said: str, *, well: bool = True) -> None:
        """Say it; empty takes the line away."""
        say(self._words, said, "text" if well else "alert")
        show_icon(self._mark, "info" if well else "warning-circle", "text_2" if well else "alert")
        self.setVisible(bool(said))


class KitCard(QFrame):
    """What an auditor elsewhere needs, saved side by side.

    Implements `ui.presenters.audit_verifier.KitView`, with the room's help.

    Signals:
        asked: The verifier is to be saved.
        where_asked: Where it shall go; carries its name.
        said: Something is said below the button, which may be out of sight.
    """

    asked = Signal()
    said = Signal()
    where_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.save = button(
            "Save the verifier…", glyph="shield-check", name="Save the verifier for an auditor"
        )
        self.save.clicked.connect(self.asked)
        more = text(
            "One file that verifies reports without this program, and the clinic's certificate.",
            12,
            400,
            "text_2",
            wrap=True,
        )
        self._said = text("", 13, 500, wrap=True)
        self._command = text("", 12, 500, wrap=True)
        self._tell = text("Tell the auditor this fingerprint by telephone:", 12, 400, "text_2")
        self._tell.setWordWrap(True)
        self._fingerprint = text("", 12, 500, wrap=True)
        for each in (self._command, self._fingerprint):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            each.setStyleSheet(
                f"background: {theme.c.sunken}; color: {theme.c.text}; border-radius: 6px;"
                "padding: 6px 8px;"
            )
        head = text("For an auditor elsewhere", 13, 600)
        under = (self._said, self._command, self._tell, self._fingerprint)
        self.setLayout(col(head, more, self.save, *under, gap=8, edge=(16, 12, 16, 14)))
        self.show_kit(KitFace())

    def ask_where_kit(self, name: str) -> None:
        """Ask where the verifier shall go."""
        self.where_asked.emit(name)

    def show_kit(self, face: KitFace, *, busy: bool = False) -> None:
        """Say what was done; while it is busy nothing can be pressed."""
        self.save.setEnabled(not busy)
        say(self._said, face.said, "text" if face.well else "alert")
        say(self._command, face.command)
        say(self._fingerprint, face.fingerprint)
        self._said.setVisible(bool(face.said))
        self._command.setVisible(bool(face.command))
        for each in (self._tell, self._fingerprint):
            each.setVisible(bool(face.fingerprint))
        if face.said:
            self.said.emit()
