"""The room of the patients: the list at the left, a page or a form beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.mend_patient import MendFace
from ui.presenters.new_patient import Likeness
from ui.presenters.patient_rows import PatientsFace
from ui.presenters.patients import PatientFace, PatientsPresenter
from ui.screens.patients.changes import ChangesPanel
from ui.screens.patients.likeness import LikenessPanel
from ui.screens.patients.page import PatientPage
from ui.widgets.form_room import FormRoom
from ui.widgets.frame import Heading
from ui.widgets.parts import button, col, fill, row
from ui.widgets.patient_list import PatientList

HINTS = (("Enter", "first found"), ("↓", "into the list"), ("Esc", "leave the form"))
"""What the foot says while this room is open."""

_LIST_WIDTH, _FORM_WIDTH = 380, 420


class PatientsRoom(FormRoom):
    """All patients.

    Make it, make a `PatientsPresenter(room, doors)`, `wire` the two, then `presenter.refresh()`
    each time it is shown; the room owns the presenter from then on.

    Signals:
        open_requested: A session is to be opened; its id.
        start_requested: A session is to be started; the patient's id.
    """

    open_requested = Signal(str)
    start_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: PatientsPresenter | None = None
        self.patients, self.page = PatientList(), PatientPage()
        self.likeness, self.changes = LikenessPanel(), ChangesPanel()
        self.new_button = button("New patient", "", "plus")
        self.patients.setFixedWidth(_LIST_WIDTH)
        self.form.setFixedWidth(_FORM_WIDTH)
        filling = QWidget()
        self._aside = _scrolled(col(self.changes, self.likeness, ..., gap=16))
        filling.setLayout(row(self.form, (self._aside, 1), gap=16))
        self._beside = QStackedWidget()
        self._beside.addWidget(self.page)
        self._beside.addWidget(filling)
        body = row(self.patients, (self._beside, 1), gap=16, edge=16)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (Heading("Patients", self.new_button), (col(body), 1)))

    # --- what the presenter asks ------------------------------------------------------

    def show_patients(self, face: PatientsFace) -> None:
        """Show the list."""
        self.patients.show_patients(face)

    def set_search(self, words: str) -> None:
        """Let the search hold these words."""
        self.patients.set_search(words)

    def show_patient(self, face: PatientFace | None) -> None:
        """Show a patient's page, or that nobody is chosen."""
        self.page.show_patient(face)

    def open_form(self) -> None:
        """Make room for a form."""
        self._beside.setCurrentIndex(1)

    def close_form(self) -> None:
        """Take the form away."""
        self._beside.setCurrentIndex(0)
        self.patients.line.setFocus()

    def ask_likeness(self, likeness: Likeness | None) -> None:
        """Ask whether it is somebody who is here already."""
        self.likeness.show_likeness(likeness)

    def show_changes(self, face: MendFace | None) -> None:
        """Show what will be different."""
        self.changes.show_changes(face)

    def open_session(self, session_id: str) -> None:
        """Ask the window for a session."""
        self.open_requested.emit(session_id)

    def start_session(self, patient_id: str) -> None:
        """Ask the window to start a session."""
        self.start_requested.emit(patient_id)

    # --- hands ------------------------------------------------------------------------

    def type(self, key: str, words: str) -> None:
        """Type into a field of the form as a hand does."""
        self.form.type(key, words)

    def choose(self, key: str, value: str) -> None:
        """Press one of a field's options."""
        self.form.choose(key, value)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._beside.currentIndex() == 0:
            self.patients.line.setFocus()

    def wire(self, presenter: PatientsPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.patients.searched.connect(presenter.search)
        self.patients.chosen.connect(presenter.choose)
        self.patients.entered.connect(presenter.choose_first)
        self.new_button.clicked.connect(lambda *_: presenter.new())
        self.page.new_asked.connect(presenter.new)
        self.page.open_asked.connect(presenter.open)
        self.page.start_asked.connect(presenter.start)
        self.page.mend_asked.connect(presenter.mend)
        self.form.typed.connect(presenter.typed)
        self.form.chosen.connect(presenter.pressed)
        self.form.submitted.connect(presenter.submit)
        self.form.given_up.connect(presenter.give_up)
        self.likeness.same.connect(presenter.choose)
        self.likeness.another.connect(presenter.go_on)


def _scrolled(layout: QLayout) -> QScrollArea:
    inner = QWidget()
    inner.setLayout(layout)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll
