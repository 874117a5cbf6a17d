"""The room where a session is started: patient, chair, protocol, and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.form import Option
from ui.presenters.patient_rows import PatientsFace
from ui.presenters.start_session import (
    ProtocolCard,
    StartFace,
    StartSessionPresenter,
    WhichFace,
)
from ui.screens.starting.cards import Chairs, Protocols
from ui.screens.starting.which import WhichStrip
from ui.widgets.frame import Heading
from ui.widgets.parts import (
    box,
    button,
    col,
    elided,
    fill,
    icon,
    row,
    say,
    text,
)
from ui.widgets.patient_list import PatientList

HINTS = (("Enter", "first found"), ("Ctrl Enter", "start"), ("Esc", "not now"))
"""What the foot says while this room is open."""

_LIST_WIDTH, _CHAIRS_WIDTH = 304, 256


class StartSessionRoom(QWidget):
    """Starts a session.

    Make it, make a `StartSessionPresenter(room, doors)`, `wire` the two, then
    `presenter.begin(patient_id, chair)` each time it is shown; the room owns the presenter from
    then on.

    Signals:
        started: The new session's id.
        new_patient_requested: The patient is not in the record yet.
        protocols_requested: A protocol is to be approved first.
        left: Not now.
    """

    started = Signal(str)
    new_patient_requested = Signal()
    protocols_requested = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: StartSessionPresenter | None = None
        self.patients, self.chairs, self.protocols = PatientList(), Chairs(), Protocols()
        self.which = WhichStrip()
        self.patients.setFixedWidth(_LIST_WIDTH)
        self.chairs.setFixedWidth(_CHAIRS_WIDTH)
        self.start_button = button("Start the session", "primary")
        self.start_button.setToolTip("Ctrl Enter")
        new = button("New patient", "", "plus")
        new.clicked.connect(self.new_patient_requested)
        away = button("Not now", "quiet")
        away.clicked.connect(self.left)
        self._said = elided("", 14, 600, grows=True)
        self._warning, self._warning_words = _sentence("info", "overdue")
        self._problem, self._problem_words = _sentence("warning", "alert")
        said = col(..., self._said, self._warning, self._problem, ..., gap=2)
        foot = box(row((said, 1), away, self.start_button, gap=12, edge=(20, 12, 16, 12)), "card")
        three = row(self.patients, self.chairs, (self.protocols, 1), gap=12)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        body = col((three, 1), self.which, foot, gap=12, edge=16)
        fill(layout, (Heading("Start a session", new), (body, 1)))

    # --- what the presenter asks ------------------------------------------------------

    def show_patients(self, face: PatientsFace) -> None:
        """Show the list."""
        self.patients.show_patients(face)

    def set_search(self, words: str) -> None:
        """Let the search hold these words, and go there."""
        self.patients.set_search(words)
        self.patients.line.setFocus()

    def show_chairs(self, chairs: tuple[Option, ...], chosen: str) -> None:
        """Show the chairs."""
        self.chairs.show_chairs(chairs, chosen)

    def show_protocols(self, cards: tuple[ProtocolCard, ...], nobody: str) -> None:
        """Show the approved protocols, or why there is none."""
        self.protocols.show_protocols(cards, nobody)

    def ask_which(self, face: WhichFace | None) -> None:
        """Ask which of several like patients it is."""
        self.which.ask_which(face)

    def show_start(self, face: StartFace) -> None:
        """Show whether the session can be started."""
        say(self._said, face.said, "text" if face.ready else "text_2")
        self.start_button.setEnabled(face.ready)
        self.start_button.setText(face.start)
        say(self._warning_words, face.warning)
        self._warning.setVisible(bool(face.warning))

    def show_problem(self, said: str) -> None:
        """Say why it was refused."""
        say(self._problem_words, said)
        self._problem.setVisible(bool(said))

    def show_started(self, session_id: str) -> None:
        """Ask the window for the session."""
        self.started.emit(session_id)

    # --- hands ------------------------------------------------------------------------

    def wire(self, presenter: StartSessionPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.patients.searched.connect(presenter.search)
        self.patients.chosen.connect(presenter.choose_patient)
        self.which.chosen.connect(presenter.choose_which)
        self.which.chosen.connect(lambda _: self._after_the_patient())
        self.chairs.chosen.connect(presenter.choose_chair)
        self.protocols.chosen.connect(presenter.choose_protocol)
        self.protocols.approvals_asked.connect(self.protocols_requested)
        self.start_button.clicked.connect(lambda *_: presenter.start())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(presenter.start)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Enter presses what has the focus, and goes on to what is chosen next."""
        focus = self.focusWidget()
        if self.patients.line.hasFocus() and self._presenter:
            self._presenter.choose_first()
            self._after_the_patient()
        elif self.patients.list.hasFocus():
            self._after_the_patient()
        elif isinstance(focus, QPushButton) and focus.isEnabled():
            focus.click()
            if self.chairs.isAncestorOf(focus):
                self.protocols.enter()
            elif self.protocols.isAncestorOf(focus):
                self.start_button.setFocus()

    def _after_the_patient(self) -> None:
        if not self.which.isHidden():
            self.which.setFocus()
        else:
            self.chairs.enter()


def _sentence(glyph: str, tone: str) -> tuple[QFrame, QLabel]:
    words = text("", 13, 500, tone, wrap=True)
    frame = box(row(icon(glyph, 16, tone), (words, 1), gap=6), "plain")
    frame.hide()
    return frame, words
