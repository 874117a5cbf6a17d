"""A patient's page: who it is, their sessions, and what was ever changed of who it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.presenters.patients import ChangeFace, PatientFace, SessionRow
from ui.screens.patients.changes import change_grid
from ui.widgets.parts import (
    Align,
    Thing,
    box,
    button,
    col,
    drug_pill,
    elided,
    empty,
    fill,
    icon,
    row,
    rule,
    set_kind,
    text,
)

CHANGE = "Change name, birth date or number…"


class PatientPage(QFrame):
    """Identity above, sessions and changes below, the newest first.

    Signals:
        open_asked: The session that was pressed.
        start_asked: A session is to be started for the patient.
        mend_asked: Who the patient is said to be is to be changed.
        new_asked: A new patient is to be added (from the empty page).
    """

    open_asked = Signal(str)
    start_asked = Signal()
    mend_asked = Signal()
    new_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(24, 20, 24, 16)
        self._inside.setSpacing(12)

    def show_patient(self, face: PatientFace | None) -> None:
        """Show a patient, or that nobody is chosen."""
        empty(self._inside)
        self.setAccessibleName(face.name if face else "No patient chosen")
        if face is None:
            self._show_nobody()
            return
        start = button(face.start, "" if face.busy else "primary", "plus")
        start.clicked.connect(self.start_asked)
        head = row((elided(face.name, 20, 600, grows=True), 1), start, gap=12)
        facts = row(*(_fact(*each) for each in face.facts[:-1]), ..., gap=32)
        allergies = face.facts[-1][1]
        told = row(
            icon("warning-circle", 16, "text_2"),
            (text(allergies, 13, 500, wrap=True), 1),
            self._change_button(),
            gap=6,
        )
        like = (_like(face.like),) if face.like else ()
        fill(self._inside, (head, facts, told, *like, rule(), (self._below(face), 1)))

    def _show_nobody(self) -> None:
        glyph = icon("users", 32, "text_3")
        words = text("Nobody is chosen", 16, 600, align=Align.AlignHCenter)
        more = text(
            "Find a patient at the left, or add a new one.",
            13,
            400,
            "text_2",
            align=Align.AlignHCenter,
        )
        new = button("New patient", "", "plus")
        new.clicked.connect(self.new_asked)
        fill(self._inside, (..., row(..., glyph, ...), words, more, 4, row(..., new, ...), ...))

    def _change_button(self) -> QWidget:
        change = button(CHANGE, "", "pencil-simple")
        change.clicked.connect(self.mend_asked)
        return change

    def _below(self, face: PatientFace) -> QWidget:
        """Return the sessions and, under them, the changes, in one piece that scrolls."""
        inner = QWidget()
        inner.setLayout(
            col(
                text("Sessions", 13, 600),
                self._sessions(face.sessions),
                16,
                text("Changes of name, birth date or number", 13, 600),
                *(_change(each) for each in face.changes),
                *(() if face.changes else (text("None was ever made.", 13, 400, "text_2"),)),
                ...,
            )
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        return scroll

    def _sessions(self, rows: tuple[SessionRow, ...]) -> Thing:
        if not rows:
            return text("No session yet.", 13, 400, "text_2")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(4, 1)
        for place, each in enumerate(rows):
            self._add(grid, place, each)
        return grid

    def _add(self, grid: QGridLayout, place: int, each: SessionRow) -> None:
        go = button("Open", name=f"Open the session of {each.day} {each.time}, {each.status}")
        set_kind(go, "primary" if each.is_open else "")
        go.clicked.connect(lambda *_: self.open_asked.emit(each.session_id))
        cells = (
            text(each.day, 14, 500),
            text(each.time, 13, 400, "text_2"),
            drug_pill(each.family, each.treatment),
            text(each.chair, 13, 400, "text_2"),
            text(each.status, 13, 500, each.tone, wrap=True, align=Align.AlignRight),
            go,
        )
        for column, cell in enumerate(cells):
            grid.addWidget(cell, place, column)


def _fact(name: str, value: str) -> Thing:
    return col(text(name, 12, 400, "text_2"), text(value, 14, 500), gap=1)


def _like(words: str) -> QWidget:
    said = text(words, 13, 600, "overdue", wrap=True)
    return box(row(icon("users", 18, "overdue"), (said, 1), gap=8), "plain")


def _change(each: ChangeFace) -> QWidget:
    """Return one change: when, by whom, what was and is, and why."""
    who = text(f"{each.when} · {each.by}", 12, 400, "text_2")
    why = text(f"Reason: {each.reason}", 13, 400, wrap=True)
    return box(
        col(who, change_grid(each.rows, wide=True), why, gap=4, edge=(12, 8, 12, 10)), "well"
    )
