"""The sections of the settings without a window, and a clinic to set up."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

from monitor.certifying import (
    Certificates,
    FoundAuthority,
    IssueCertificate,
    ReplacePassword,
)
from monitor.clinic import (
    ApproveProtocol,
    CreateAccount,
    Lists,
    LogIn,
    NewAccount,
    RenameClinic,
)
from monitor.desk import proven
from monitor.hiring import Hire
from monitor.key_changes import ChangeKeys
from monitor.people import Author, Role
from monitor.protocols import shipped
from monitor.protocols.protocol import Protocol
from tests.fakes.backups import Keeping
from tests.fakes.clock import WARSAW
from tests.fakes.locksmith import FakeLocksmith
from tests.fakes.views_gate import at_once
from tests.fakes.visit import PASSWORDS, Visit
from ui.preferences import PreferencesFile
from ui.presenters.certificate_faces import AuthorityFace, CertificateRow
from ui.presenters.form import FormFace, Option
from ui.presenters.recovery import RecoveryDoors
from ui.presenters.settings import SettingsDoors
from ui.presenters.settings_backups import BackupsFace
from ui.presenters.settings_certificates import CertificateActs
from ui.presenters.settings_keys import KeyActs, KeyButtons, SlotRow
from ui.presenters.settings_people import PersonRow
from ui.presenters.settings_protocols import ProtocolRow

LONG = "a long enough password"

DRAFTS = tuple(draft for draft in shipped() if draft.id in ("esketamine", "iv-ketamine-40"))
"""The infusion, which the clinic has approved, and the spray, which it has not."""


class FakeForm:
    """Implements `FormView`; remembers what it shows."""

    def __init__(self) -> None:
        self.face: FormFace | None = None
        self.shown = 0
        self.texts: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.problem = ("", "")

    def show_form(self, face: FormFace) -> None:
        self.face, self.texts, self.notes, self.problem = face, {}, {}, ("", "")
        self.shown += 1

    def enter_form(self) -> None: ...

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        assert chosen in {option.value for option in options}
        self.texts[key] = chosen

    def show_note(self, key: str, words: str) -> None:
        self.notes[key] = words

    def show_unit(self, key: str, unit: str) -> None: ...

    def show_field(self, key: str, *, shown: bool) -> None: ...

    def put(self, key: str, words: str) -> None:
        self.texts[key] = words

    def show_problem(self, key: str, said: str) -> None:
        self.problem = (key, said)


class FakeClinicView:
    """Implements `ClinicView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.facts: dict[str, str] = {}
        self.editing = False
        self.done = ""

    def show_facts(self, facts: tuple[tuple[str, str], ...], note: str) -> None:
        self.facts, self.editing = {**dict(facts), "note": note}, False

    def show_editing(self) -> None:
        self.editing = True

    def show_done(self, said: str) -> None:
        self.done = said


class FakePeopleView:
    """Implements `PeopleView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.rows: tuple[PersonRow, ...] = ()
        self.note = self.done = self.back_to = ""
        self.may_add = self.open = False

    def show_people(self, rows: tuple[PersonRow, ...], note: str, *, may_add: bool) -> None:
        self.rows, self.note, self.may_add = rows, note, may_add

    def open_new(self) -> None:
        self.open = True

    def close_new(self, back_to: str = "") -> None:
        self.open, self.back_to = False, back_to

    def show_done(self, said: str) -> None:
        self.done = said


class FakeProtocolsView:
    """Implements `ProtocolsView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.rows: tuple[ProtocolRow, ...] = ()
        self.protocol: Protocol | None = None
        self.asked = False
        self.said = ""

    def show_protocols(self, rows: tuple[ProtocolRow, ...]) -> None:
        self.rows = rows

    def show_protocol(self, protocol: Protocol | None) -> None:
        self.protocol = protocol

    def show_approving(self, *, asked: bool, said: str) -> None:
        self.asked, self.said = asked, said


class FakeBackupsView:
    """Implements `BackupsView`."""

    def __init__(self) -> None:
        self.face: BackupsFace | None = None
        self.asked_from: Path | None = None

    def show_backups(self, face: BackupsFace) -> None:
        self.face = face

    def ask_folder(self, start: Path) -> None:
        self.asked_from = start


class FakeKeysView:
    """Implements `KeysView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.rows: tuple[SlotRow, ...] = ()
        self.note = self.warning = self.done = self.busy = self.words = ""
        self.offered = self.saved = self.back_to = ""
        self.printed = b""
        self.buttons: KeyButtons | None = None
        self.groups: tuple[str, ...] = ()
        self.open = False

    def show_slots(self, rows: tuple[SlotRow, ...], note: str, warning: str) -> None:
        self.rows, self.note, self.warning = rows, note, warning

    def show_buttons(self, buttons: KeyButtons | None) -> None:
        self.buttons = buttons

    def open_form(self, words: str, groups: tuple[str, ...] = ()) -> None:
        self.open, self.words, self.groups = True, words, groups

    def close_form(self, back_to: str) -> None:
        self.open, self.groups, self.back_to = False, (), back_to

    def show_done(self, said: str, *, problem: bool = False) -> None:
        self.done = f"problem: {said}" if problem else said

    def show_busy(self, said: str) -> None:
        self.busy = said

    def ask_where(self, name: str) -> None:
        self.offered = name

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.printed = pdf
        printed("Front desk")

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        self.saved = f"problem: {said}" if problem else said


class FakeCertificatesView:
    """Implements `CertificatesView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.face: AuthorityFace | None = None
        self.rows: tuple[CertificateRow, ...] = ()
        self.warning = self.note = self.done = self.busy = self.words = ""
        self.offered = self.back_to = ""
        self.may_found = self.open = False

    def show_authority(self, face: AuthorityFace | None, warning: str, *, may_found: bool) -> None:
        self.face, self.warning, self.may_found = face, warning, may_found

    def show_certificates(self, rows: tuple[CertificateRow, ...], note: str) -> None:
        self.rows, self.note = rows, note

    def open_form(self, words: str) -> None:
        self.open, self.words = True, words

    def close_form(self, back_to: str) -> None:
        self.open, self.back_to = False, back_to

    def show_done(self, said: str, *, problem: bool = False) -> None:
        self.done = f"problem: {said}" if problem else said

    def show_busy(self, said: str) -> None:
        self.busy = said

    def ask_where(self, name: str) -> None:
        self.offered = name


class FakeRemindersView:
    """Implements `RemindersView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.done = ""

    def show_done(self, said: str) -> None:
        self.done = said


class FakeSettingsView:
    """Implements `SettingsView`."""

    def __init__(self) -> None:
        self.clinic, self.people = FakeClinicView(), FakePeopleView()
        self.protocols = FakeProtocolsView()
        self.keys, self.backups = FakeKeysView(), FakeBackupsView()
        self.reminders = FakeRemindersView()
        self.certificates = FakeCertificatesView()
        self.section = ""

    def show_section(self, key: str) -> None:
        self.section = key


class Office:
    """A clinic with one session in chair 2, its IV protocol approved, and who sits at the desk."""

    def __init__(self, role: Role = Role.ADMINISTRATOR) -> None:
        self.visit = Visit()
        self.world = self.visit.world
        self.lists = Lists(self.world)
        self.keeping = Keeping(self.world.clock.now)
        self.smith = FakeLocksmith()
        self.files: dict[Path, bytes] = {}
        self.papers: list[tuple[bytes, str]] = []
        self.preferences, self.played = PreferencesFile(), 0
        self.author = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
        wanted = NewAccount(
            user="ada", name="Ada Berg", role=Role.ADMINISTRATOR, credential="", password=LONG
        )
        CreateAccount(self.world)(self.author, wanted)
        self.sit_down(role)

    def sit_down(self, role: Role) -> None:
        """Let the person of that role be the one who is here."""
        people = {Role.NURSE: "nk", Role.PRESCRIBER: "ds", Role.ADMINISTRATOR: "ada"}
        user = people[role]
        self.author = LogIn(self.world)(user, PASSWORDS.get(user, LONG))

    def audit(self) -> None:
        """Let an auditor be here."""
        self.author = Author("au", Role.AUDITOR, "Uwe Auer")

    def play(self) -> None:
        """Count how often the sound was heard."""
        self.played += 1

    def keys(self) -> KeyActs:
        """Return what can be done to the keys here; a sheet's bytes are its groups."""
        change = ChangeKeys(self.world, self.smith)
        return KeyActs(
            slots=self.smith.slots,
            computer="desk",
            passphrase=lambda typed, new: change.passphrase(self.author, typed, new),
            keyring=lambda on: change.keyring(self.author, on=on),
            replace=lambda typed, new: change.replace(self.author, typed, new),
            recovery=RecoveryDoors(
                make=lambda: change.recovery_key(self.author),
                sheet=lambda key: " ".join(key.groups).encode(),
                prove=lambda key, typed: change.prove(self.author, key, typed),
                write=self.files.__setitem__,
                note_print=lambda content, printer: self.papers.append((content, printer)),
            ),
        )

    def certificates(self) -> CertificateActs:
        """Return what can be done to the certificates here."""
        world, look = self.world, Certificates(self.world)
        return CertificateActs(
            authority=look.authority,
            issued=look.issued,
            ends=world.certification.ends,
            opens_record=self.smith.opens,
            found=lambda phrase: FoundAuthority(world)(self.author, phrase),
            issue=lambda phrase, user, password: IssueCertificate(world)(
                self.author, phrase, user, password
            ),
            write=self._write,
            practice=world.practice,
        )

    def _write(self, path: Path, content: bytes) -> None:
        if "full" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        self.files[path] = content

    def doors(self, **others: object) -> SettingsDoors:
        """Return the way from the room to this clinic, with other doors where they are named."""
        world, lists = self.world, self.lists

        def approve(user: str, password: str, protocol: Protocol) -> None:
            ApproveProtocol(world)(proven(world, user, password).author, protocol)

        usual: dict[str, Any] = {
            "author": lambda: self.author,
            "clinic": lists.clinic,
            "rename": lambda clinic: RenameClinic(world)(self.author, clinic),
            "open_sessions": lambda: lists.sessions("open"),
            "accounts": lists.accounts,
            "create": lambda wanted, phrase: Hire(world)(self.author, wanted, phrase),
            "replace": lambda wanted: ReplacePassword(world)(self.author, wanted),
            "protocols": DRAFTS,
            "approvals": lists.approvals,
            "approve": approve,
            "keys": self.keys(),
            "certificates": self.certificates(),
            "backing": self.keeping.backing,
            "preferences": self.preferences,
            "play": self.play,
            "now": world.clock.now,
            "zone": WARSAW,
            "run": at_once,
        }
        return SettingsDoors(**{**usual, **others})
