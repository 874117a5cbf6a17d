"""The settings: the clinic, its people, its protocols, its backups, one section each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.certifying import NewPassword
from monitor.clinic import NewAccount
from monitor.people import Account, Author, Clinic
from monitor.ports import SessionHeader
from monitor.protocols.protocol import Approval, Protocol as TreatmentProtocol
from ui.preferences import PreferencesFile
from ui.presenters.backing_up import BackingUp
from ui.presenters.gate import Run
from ui.presenters.settings_backups import BackupsPresenter, BackupsView
from ui.presenters.settings_certificates import (
    CertificateActs,
    CertificatesPresenter,
    CertificatesView,
)
from ui.presenters.settings_clinic import ClinicPresenter, ClinicView
from ui.presenters.settings_keys import KeyActs, KeysPresenter, KeysView
from ui.presenters.settings_people import PeoplePresenter, PeopleView
from ui.presenters.settings_protocols import ProtocolsPresenter, ProtocolsView
from ui.presenters.settings_reminders import RemindersPresenter, RemindersView

CLINIC, PEOPLE, PROTOCOLS = "clinic", "people", "protocols"
KEYS, CERTIFICATES, BACKUPS, REMINDERS = "keys", "certificates", "backups", "reminders"
SECTIONS: tuple[tuple[str, str, str], ...] = (
    (CLINIC, "Clinic", "Name, address, chairs"),
    (PEOPLE, "People", "Who may log in, and as what"),
    (PROTOCOLS, "Protocols", "Numbers, sources, approvals"),
    (KEYS, "Keys", "Ways to open the record"),
    (CERTIFICATES, "Certificates", "Who can sign here"),
    (BACKUPS, "Backups", "When, where, how to restore"),
    (REMINDERS, "Reminders", "Sound, how early, the lock"),
)
"""Key, title and note of each section, in their order."""


class SettingsView(Protocol):
    """What the presenter asks of the room."""

    @property
    def clinic(self) -> ClinicView:
        """Return the section of the clinic."""
        ...

    @property
    def people(self) -> PeopleView:
        """Return the section of the people."""
        ...

    @property
    def protocols(self) -> ProtocolsView:
        """Return the section of the protocols."""
        ...

    @property
    def keys(self) -> KeysView:
        """Return the section of the keys."""
        ...

    @property
    def certificates(self) -> CertificatesView:
        """Return the section of the certificates."""
        ...

    @property
    def backups(self) -> BackupsView:
        """Return the section of the backups."""
        ...

    @property
    def reminders(self) -> RemindersView:
        """Return the section of the reminders."""
        ...

    def show_section(self, key: str) -> None:
        """Show this section and no other."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsDoors:
    """What the room needs of the world.

    Attributes:
        rename: Writes the clinic as it is from now on.
        open_sessions: Returns the sessions whose chairs are in use.
        create: Lets one more person log in, with the authority's passphrase or none; slow.
        replace: Gives somebody who forgot a password a new one; slow.
        protocols: The versions that come with the program.
        approve: With (user, password, protocol), as a prescriber; slow.
        keys: Changes the ways to open the record.
        certificates: Makes the authority and issues certificates.
        backing: Makes the backups.
        preferences: What this computer was told about reminders and the lock.
        play: Lets the sound of a reminder be heard.
    """

    author: Callable[[], Author]
    clinic: Callable[[], Clinic | None]
    rename: Callable[[Clinic], None]
    open_sessions: Callable[[], Sequence[SessionHeader]]
    accounts: Callable[[], Sequence[Account]]
    create: Callable[[NewAccount, str], Account]
    replace: Callable[[NewPassword], None]
    protocols: tuple[TreatmentProtocol, ...]
    approvals: Callable[[], Sequence[Approval]]
    approve: Callable[[str, str, TreatmentProtocol], None]
    keys: KeyActs
    certificates: CertificateActs
    backing: BackingUp
    preferences: PreferencesFile
    play: Callable[[], None]
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo
    run: Run


class SettingsPresenter:
    """Leads from section to section; each has a presenter of its own."""

    def __init__(self, view: SettingsView, doors: SettingsDoors) -> None:
        self._view = view
        self._section = CLINIC
        self.clinic = ClinicPresenter(view.clinic, doors)
        self.people = PeoplePresenter(view.people, doors)
        self.protocols = ProtocolsPresenter(view.protocols, doors)
        self.keys = KeysPresenter(view.keys, doors)
        self.certificates = CertificatesPresenter(view.certificates, doors)
        self.backups = BackupsPresenter(view.backups, doors)
        self.reminders = RemindersPresenter(view.reminders, doors)

    @property
    def section(self) -> str:
        """Return the key of the section that is shown."""
        return self._section

    def refresh(self) -> None:
        """Look again: the room was entered, or something was written. What is typed stays."""
        parts = (
            self.clinic,
            self.people,
            self.protocols,
            self.keys,
            self.certificates,
            self.backups,
            self.reminders,
        )
        for part in parts:
            part.refresh()
        self._view.show_section(self._section)

    def show(self, key: str) -> None:
        """Go to a section."""
        if key == BACKUPS != self._section:
            self.backups.enter()
        self._section = key
        self.refresh()

    def step(self, by: int) -> None:
        """Go to the next section, or the one before."""
        keys = [key for key, *_ in SECTIONS]
        self.show(keys[(keys.index(self._section) + by) % len(keys)])

    def submit(self) -> None:
        """Press the primary button of the section."""
        submits = {
            CLINIC: self.clinic.submit,
            PEOPLE: self.people.submit,
            PROTOCOLS: self.protocols.submit,
            KEYS: self.keys.submit,
            CERTIFICATES: self.certificates.submit,
            BACKUPS: self.backups.submit,
            REMINDERS: self.reminders.submit,
        }
        submits[self._section]()
