"""What an auditor can press: every hand of every use-case of `monitor`, by its name.

`test_auditor` holds it against the package itself, so that none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, TypeVar

from typing_extensions import override

from monitor import protocols
from monitor.access_register import ShowAccess
from monitor.acts import CheckDose, Override, Waste
from monitor.certifying import (
    Certificates,
    ChangePassword,
    FoundAuthority,
    IssueCertificate,
    NewPassword,
    ReplacePassword,
)
from monitor.clinic import (
    ApproveProtocol,
    CreateAccount,
    FoundClinic,
    Lists,
    LockScreen,
    LogIn,
    LogOut,
    NewAccount,
    NewPatient,
    RegisterPatient,
    RenameClinic,
    UnlockScreen,
)
from monitor.clock_keeping import ConfirmClock
from monitor.desk import OpenSession, Perform, ShowSession, StandingCourseOrder
from monitor.entries import ExportEnded, Inventory
from monitor.errors import Code
from monitor.fhir_export import ExportFhir
from monitor.handed_out import NoteHandedOut
from monitor.hiring import Hire
from monitor.history_keeping import ExplainHistoryGap, NoteHistoryGap, ShowHistoryGap
from monitor.identity import MendPatient, ShowChanges
from monitor.keeping import NoteBackup, NoteRestored
from monitor.key_changes import ChangeKeys
from monitor.key_slots import RecoveryKey
from monitor.ledger import Head
from monitor.looks import NoteLook
from monitor.people import Author, Clinic, Role
from monitor.printing import PrintReport
from monitor.rems_changes import ForeseeForm
from monitor.rems_filing import AnswerRems, FileRems, Filing, NoteRemsExport, SetRemsForm
from monitor.rems_form import shipped_forms
from monitor.rems_looking import ShowRems
from monitor.searching import SearchSessions, Wanted
from monitor.signing import (
    AddToSession,
    CoSignSession,
    DraftReport,
    ExportReport,
    SignSession,
)
from monitor.steady_clock import SteadyClock
from monitor.stock_keeping import (
    CountStock,
    DestroyStock,
    LoseStock,
    NoteExport,
    Proof,
    ReceiveStock,
    ReturnStock,
    ShowRegister,
)
from monitor.stock_reading import NewMove
from monitor.two_people import EmergencyOverride, LetThrough, SecondCheck, WitnessedWaste
from monitor.verifying import NoteVerified, VerifyReport
from monitor.version_difference import CompareVersions
from monitor.whole_export import (
    BeginExport,
    EndExport,
    GiveOut,
    PlanExport,
    ReadPiece,
    StateOf,
)
from reports.papers import ReportPapers
from tests.fakes.certification import PASSPHRASE
from tests.fakes.clock import WARSAW
from tests.fakes.computer import FakeComputer
from tests.fakes.locksmith import FakeLocksmith
from tests.fakes.visit import PASSWORDS, STAFF, Visit

T = TypeVar("T")

USER, PASSWORD = "au", "an auditor's long password"
AUDITOR = Author(USER, Role.AUDITOR, "Uwe Auer")
ACCOUNT = NewAccount(
    user=USER, name=AUDITOR.name, role=Role.AUDITOR, credential="", password=PASSWORD
)
MINE = (USER, PASSWORD)
DOCTORS = ("ds", PASSWORDS["ds"])
HEAD = Head(1, "ab")


class AuditedVisit(Visit):
    """A visit of a clinic with an auditor, who has a certificate like everybody."""

    @override
    def _people(self) -> tuple[Author, Author]:
        people = (*STAFF, ACCOUNT)
        FoundClinic(self.world)("Riverside Clinic", "", ("1", "2"), people, PASSPHRASE)
        nurse, prescriber = (LogIn(self.world)(user, PASSWORDS[user]) for user in ("nk", "ds"))
        return nurse, prescriber

    @property
    def keys(self) -> ChangeKeys:
        """The ways to open the record."""
        return ChangeKeys(self.world, FakeLocksmith())

    @property
    def time(self) -> ConfirmClock:
        """Who says which clock is right."""
        return ConfirmClock(self.world, SteadyClock(FakeComputer()))

    @property
    def papers(self) -> ReportPapers:
        """What makes papers."""
        return ReportPapers(lambda: Clinic("c", "Riverside Clinic"), lambda: "", WARSAW)

    def plan(self) -> object:
        """What would be handed out of this day."""
        day = self.clock.now().date()
        return PlanExport(self.world)(AUDITOR, day, day)


def bare(made: type[T]) -> T:
    """Something with nothing in it: a role is asked for before anything else is."""
    return object.__new__(made)


class Case(NamedTuple):
    """A press of the auditor's, and the kinds of the entries that it may leave."""

    press: Callable[[AuditedVisit], object]
    leaves: tuple[str, ...] = ()


REFUSED: dict[str, Case] = {
    "AddToSession": Case(
        lambda v: AddToSession(v.world)(v.session_id, *MINE, "more", seen=1), ("signature refused",)
    ),
    "AnswerRems": Case(lambda v: AnswerRems(v.world)(AUDITOR, v.session_id, "f", "yes")),
    "ApproveProtocol": Case(lambda v: ApproveProtocol(v.world)(AUDITOR, protocols.shipped()[0])),
    "ChangeKeys.keyring": Case(lambda v: v.keys.keyring(AUDITOR, on=True)),
    "ChangeKeys.passphrase": Case(lambda v: v.keys.passphrase(AUDITOR, "old", "new")),
    "ChangeKeys.prove": Case(lambda v: v.keys.prove(AUDITOR, bare(RecoveryKey), "QZ")),
    "ChangeKeys.recovery_key": Case(lambda v: v.keys.recovery_key(AUDITOR)),
    "ChangeKeys.replace": Case(lambda v: v.keys.replace(AUDITOR, "old", "new")),
    "ConfirmClock.keep": Case(lambda v: v.time.keep(AUDITOR)),
    "ConfirmClock.set_to": Case(lambda v: v.time.set_to(AUDITOR, v.clock.now())),
    "ConfirmClock.take_computers": Case(lambda v: v.time.take_computers(AUDITOR)),
    "CoSignSession": Case(
        lambda v: CoSignSession(v.world)(v.session_id, *MINE, "approved", seen=""),
        ("signature refused",),
    ),
    "CountStock": Case(lambda v: CountStock(v.world)(AUDITOR, Inventory.OPENING, ())),
    "CreateAccount": Case(lambda v: CreateAccount(v.world)(AUDITOR, bare(NewAccount))),
    "DestroyStock": Case(lambda v: DestroyStock(v.world)(AUDITOR, bare(NewMove), Proof(*DOCTORS))),
    "EmergencyOverride": Case(
        lambda v: EmergencyOverride(v.world)(v.session_id, *MINE, bare(Override))
    ),
    "ExplainHistoryGap": Case(lambda v: ExplainHistoryGap(v.world)(AUDITOR, "a reason")),
    "FileRems": Case(
        lambda v: FileRems(v.world)(AUDITOR, v.session_id, Filing("2026-03-04", "me"))
    ),
    "FoundAuthority": Case(lambda v: FoundAuthority(v.world)(AUDITOR, PASSPHRASE)),
    "Hire": Case(lambda v: Hire(v.world)(AUDITOR, bare(NewAccount), PASSPHRASE)),
    "IssueCertificate": Case(lambda v: IssueCertificate(v.world)(AUDITOR, PASSPHRASE, *MINE)),
    "LetThrough": Case(
        lambda v: LetThrough(v.world)(
            v.session_id,
            *DOCTORS,
            Override(what=Code.TOO_EARLY, reason="now"),
            author=AUDITOR,
            act=bare(CheckDose),
        )
    ),
    "LoseStock": Case(lambda v: LoseStock(v.world)(AUDITOR, bare(NewMove))),
    "MendPatient": Case(lambda v: MendPatient(v.world)(AUDITOR, "p", bare(NewPatient), "why")),
    "NoteBackup": Case(lambda v: NoteBackup(v.world)(AUDITOR, HEAD)),
    "NoteHistoryGap": Case(lambda v: NoteHistoryGap(v.world)(AUDITOR)),
    "NoteRestored": Case(lambda v: NoteRestored(v.world)(AUDITOR, HEAD, v.clock.now())),
    "OpenSession": Case(
        lambda v: OpenSession(v.world)(AUDITOR, patient_id="p", protocol_id="q", chair="1")
    ),
    "Perform": Case(lambda v: Perform(v.world)(v.session_id, AUDITOR, bare(CheckDose))),
    "ReceiveStock": Case(lambda v: ReceiveStock(v.world)(AUDITOR, bare(NewMove))),
    "RegisterPatient": Case(lambda v: RegisterPatient(v.world)(AUDITOR, bare(NewPatient))),
    "RenameClinic": Case(lambda v: RenameClinic(v.world)(AUDITOR, Clinic("c", "Another"))),
    "ReplacePassword": Case(lambda v: ReplacePassword(v.world)(AUDITOR, bare(NewPassword))),
    "ReturnStock": Case(lambda v: ReturnStock(v.world)(AUDITOR, bare(NewMove))),
    "SecondCheck": Case(lambda v: SecondCheck(v.world)(v.session_id, *MINE, bare(CheckDose))),
    "SetRemsForm": Case(lambda v: SetRemsForm(v.world)(AUDITOR, "")),
    "SignSession": Case(
        lambda v: SignSession(v.world)(v.session_id, *MINE, "recorded", seen=""),
        ("signature refused",),
    ),
    "WitnessedWaste": Case(
        lambda v: WitnessedWaste(v.world)(v.session_id, v.nurse, bare(Waste), *MINE)
    ),
}
"""What is refused, and what the refusal may leave behind."""

AUDITS: dict[str, Case] = {
    "BeginExport": Case(
        lambda v: BeginExport(v.world)(AUDITOR, v.plan(), "/out"),  # type: ignore[arg-type] # a plan
        ("export begun",),
    ),
    "ChangePassword": Case(
        lambda v: ChangePassword(v.world)(*MINE, "another password of theirs"),
        ("password set", "key rewrapped"),
    ),
    "EndExport": Case(
        lambda v: EndExport(v.world)(AUDITOR, ExportEnded("u", "finished", 1, 1, "ab")),
        ("export ended",),
    ),
    "ExportFhir": Case(
        lambda v: ExportFhir(v.world, v.papers)(v.session_id, AUDITOR, "/out"), ("exported",)
    ),
    "ExportReport": Case(
        lambda v: ExportReport(v.world)(v.session_id, AUDITOR), ("report kept", "exported")
    ),
    "GiveOut": Case(
        lambda v: GiveOut(v.world)(
            AUDITOR, ReadPiece(v.world)(v.session_id), "ab", "/out", draft=b"%PDF-"
        ),
        ("report kept", "exported"),
    ),
    "LockScreen": Case(lambda v: LockScreen(v.world)(AUDITOR), ("screen locked",)),
    "LogIn": Case(lambda v: LogIn(v.world)(*MINE), ("logged in",)),
    "LogOut": Case(lambda v: LogOut(v.world)(AUDITOR), ("logged out",)),
    "NoteExport": Case(lambda v: NoteExport(v.world)(AUDITOR, "csv", b"x", "/out"), ("exported",)),
    "NoteHandedOut": Case(
        lambda v: NoteHandedOut(v.world)(AUDITOR, "access csv", b"x", "/out"), ("exported",)
    ),
    "NoteLook": Case(lambda v: NoteLook(v.world)(AUDITOR, "access"), ("looked",)),
    "PrintReport.note": Case(
        lambda v: PrintReport(v.world).note(
            AUDITOR, PrintReport(v.world).draw(v.session_id), "Front desk"
        ),
        ("report kept", "exported"),
    ),
    "NoteRemsExport": Case(
        lambda v: NoteRemsExport(v.world)(AUDITOR, v.session_id, b"x", "/out"), ("exported",)
    ),
    "NoteVerified": Case(
        lambda v: NoteVerified(v.world)(VerifyReport(v.world)(b"x"), AUDITOR), ("report verified",)
    ),
    "UnlockScreen": Case(lambda v: UnlockScreen(v.world)(*MINE), ("screen unlocked",)),
    "VerifyReport": Case(lambda v: VerifyReport(v.world)(b"x", AUDITOR), ("report verified",)),
    "VerifyReport.of": Case(
        lambda v: VerifyReport(v.world).of(v.world.press.read(b"x"), b"x", AUDITOR),
        ("report verified",),
    ),
}
"""What an auditor may do, and the entries that say it was done."""

LOOKS: dict[str, Callable[[AuditedVisit], object]] = {
    "Certificates.authority": lambda v: Certificates(v.world).authority(),
    "Certificates.ends_soon": lambda v: Certificates(v.world).ends_soon(USER),
    "Certificates.issued": lambda v: Certificates(v.world).issued(),
    "CompareVersions": lambda v: CompareVersions(v.world)(v.session_id, "ab", "cd"),
    "CompareVersions.content": lambda v: CompareVersions(v.world).content(v.session_id, "ab"),
    "CompareVersions.versions": lambda v: CompareVersions(v.world).versions(v.session_id),
    "DraftReport": lambda v: DraftReport(v.world)(v.session_id),
    "ForeseeForm": lambda v: ForeseeForm(v.world)(shipped_forms()[0]),
    "Lists.accounts": lambda v: Lists(v.world).accounts(),
    "Lists.approvals": lambda v: Lists(v.world).approvals(),
    "Lists.clinic": lambda v: Lists(v.world).clinic(),
    "Lists.closed_since": lambda v: Lists(v.world).closed_since(v.clock.now() - timedelta(days=1)),
    "Lists.patients": lambda v: Lists(v.world).patients(),
    "Lists.sessions": lambda v: Lists(v.world).sessions(),
    "Lists.sessions_of": lambda v: Lists(v.world).sessions_of("p"),
    "PlanExport": lambda v: v.plan(),
    "PrintReport.draw": lambda v: PrintReport(v.world).draw(v.session_id),
    "ReadPiece": lambda v: ReadPiece(v.world)(v.session_id),
    "SearchSessions": lambda v: SearchSessions(v.world)(Wanted()),
    "ShowAccess": lambda v: ShowAccess(v.world)(),
    "ShowChanges": lambda v: ShowChanges(v.world)("p"),
    "ShowHistoryGap": lambda v: ShowHistoryGap(v.world)(),
    "ShowRegister": lambda v: ShowRegister(v.world)(),
    "ShowRems.concerns": lambda v: ShowRems(v.world).concerns(),
    "ShowRems.forms": lambda v: ShowRems(v.world).forms(),
    "ShowRems.in_force": lambda v: ShowRems(v.world).in_force(),
    "ShowRems.sheet": lambda v: ShowRems(v.world).sheet(v.session_id),
    "ShowRems.worklist": lambda v: ShowRems(v.world).worklist(),
    "ShowSession": lambda v: ShowSession(v.world)(v.session_id),
    "StandingCourseOrder": lambda v: StandingCourseOrder(v.world)(v.session_id),
    "StateOf": lambda v: StateOf(v.world)(v.session_id),
}
"""What only looks; some of it finds nothing here, and says so."""

NOBODYS = {
    "ChangeKeys.tell_untold": "the program, at its next start",
    "FoundClinic": "whoever begins a record; where one is, it refuses everybody",
    "ProgramRuns.started": "the program",
    "ProgramRuns.stopped": "the program",
    "WatchClock": "the program, as it looks at the clocks",
}
"""What no person's hand does: it takes no author."""
