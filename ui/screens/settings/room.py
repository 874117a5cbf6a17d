"""The room of the settings: sections at the left, the one that is shown beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.settings import (
    BACKUPS,
    CERTIFICATES,
    CLINIC,
    KEYS,
    PEOPLE,
    PROTOCOLS,
    REMINDERS,
    SECTIONS,
    SettingsPresenter,
)
from ui.screens.settings.backups import BackupsSection
from ui.screens.settings.certificates import CertificatesSection
from ui.screens.settings.clinic import ClinicSection
from ui.screens.settings.keys import KeysSection
from ui.screens.settings.people import PeopleSection
from ui.screens.settings.protocols import ProtocolsSection
from ui.screens.settings.reminders import RemindersSection
from ui.screens.settings.sections import Sections
from ui.widgets.form import Form
from ui.widgets.frame import Heading
from ui.widgets.parts import fill, row

HINTS = (("Ctrl PgUp PgDn", "section"), ("Enter", "next field"), ("Esc", "leave the form"))
"""What the foot says while this room is open."""

_SECTIONS_WIDTH = 248

WithForm = (
    ClinicSection
    | PeopleSection
    | ProtocolsSection
    | KeysSection
    | CertificatesSection
    | RemindersSection
)
Section = WithForm | BackupsSection


class SettingsRoom(QWidget):
    """The settings.

    Make it, make a `SettingsPresenter(room, doors)`, `wire` the two, then `presenter.refresh()`
    each time it is shown and after any entry; the room owns the presenter from then on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: SettingsPresenter | None = None
        self.clinic, self.people = ClinicSection(), PeopleSection()
        self.protocols, self.backups = ProtocolsSection(), BackupsSection()
        self.keys, self.reminders = KeysSection(), RemindersSection()
        self.certificates = CertificatesSection()
        self._parts: dict[str, Section] = {
            CLINIC: self.clinic,
            PEOPLE: self.people,
            PROTOCOLS: self.protocols,
            KEYS: self.keys,
            CERTIFICATES: self.certificates,
            BACKUPS: self.backups,
            REMINDERS: self.reminders,
        }
        self._section = CLINIC
        self._sections = Sections(SECTIONS)
        self._sections.setFixedWidth(_SECTIONS_WIDTH)
        self._shown = QStackedWidget()
        for part in self._parts.values():
            self._shown.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = row(self._sections, (self._shown, 1), gap=12, edge=12)
        fill(layout, (Heading("Settings"), (body, 1)))

    def show_section(self, key: str) -> None:
        """Show this section; a step from another takes the focus along."""
        moved = key != self._section
        self._section = key
        self._sections.show_here(key)
        self._shown.setCurrentWidget(self._parts[key])
        if moved and self.isVisible():
            self._enter()

    def show_worries(self, worries: dict[str, str]) -> None:
        """Show which sections want to be looked after, and why; empty words take it away."""
        for key, words in worries.items():
            self._sections.set_worry(key, words)

    # --- hands ------------------------------------------------------------------------------

    def type(self, key: str, words: str) -> None:
        """Type into a field of the section that is shown, as a hand does."""
        self._form().type(key, words)

    def choose(self, key: str, value: str) -> None:
        """Choose one of a field's options in the section that is shown."""
        self._form().choose(key, value)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enter()

    def wire(self, presenter: SettingsPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self._sections.chosen.connect(presenter.show)
        self.clinic.form.typed.connect(presenter.clinic.typed)
        self.clinic.form.submitted.connect(presenter.clinic.submit)
        self.people.form.typed.connect(presenter.people.typed)
        self.people.form.chosen.connect(presenter.people.chosen)
        self.people.form.submitted.connect(presenter.people.submit)
        self.people.form.given_up.connect(presenter.people.give_up)
        self.people.new_asked.connect(presenter.people.new)
        self.people.forgotten_asked.connect(presenter.people.forgotten)
        self.protocols.chosen.connect(presenter.protocols.choose)
        self.protocols.stepped.connect(presenter.protocols.step)
        self.protocols.form.typed.connect(presenter.protocols.typed)
        self.protocols.form.submitted.connect(presenter.protocols.submit)
        self.keys.wire(presenter.keys)
        self.certificates.wire(presenter.certificates)
        self.backups.pressed.connect(presenter.backups.submit)
        self.backups.choose_asked.connect(presenter.backups.choose)
        self.backups.chosen.connect(presenter.backups.chosen)
        self.reminders.form.chosen.connect(presenter.reminders.chosen)
        self.reminders.form.submitted.connect(presenter.reminders.submit)
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda by=by: presenter.step(by))

    def _form(self) -> Form:
        """Return the form of the section that is shown."""
        forms: dict[str, WithForm] = {
            CLINIC: self.clinic,
            PEOPLE: self.people,
            PROTOCOLS: self.protocols,
            KEYS: self.keys,
            CERTIFICATES: self.certificates,
            REMINDERS: self.reminders,
        }
        return forms[self._section].form

    def _enter(self) -> None:
        """Go where something can be done, or stay at the section's button."""
        if not self._parts[self._section].enter():
            self._sections.enter(self._section)
