"""Views that remember what they were last told, for the rooms of patients, start and dose."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.presenters.check_chip import CheckChip
from ui.presenters.dose_compare import CheckFace
from ui.presenters.dose_parts import RecordedRow, StepFace, Unusual
from ui.presenters.dose_working import WorkingFace
from ui.presenters.form import FormFace, Option
from ui.presenters.mend_patient import MendFace
from ui.presenters.new_patient import Likeness
from ui.presenters.patient_rows import PatientsFace
from ui.presenters.patients import PatientFace
from ui.presenters.start_session import ProtocolCard, StartFace, WhichFace


class FakeForm:
    """Implements `ui.presenters.form.FormView`."""

    def __init__(self) -> None:
        self.form: FormFace | None = None
        self.entered = 0
        self.options: dict[str, tuple[Option, ...]] = {}
        self.chosen: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.lines: dict[str, str] = {}
        self.problem = ("", "")

    def show_form(self, face: FormFace) -> None:
        self.form = face
        self.options, self.chosen, self.notes = {}, {}, {}
        self.units, self.lines = {}, {}
        self.hidden = set()
        self.problem = ("", "")

    def enter_form(self) -> None:
        self.entered += 1

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        assert self.form is not None
        assert key in {each.key for each in self.form.fields}
        self.options[key], self.chosen[key] = options, chosen

    def show_note(self, key: str, words: str) -> None:
        self.notes[key] = words

    def show_unit(self, key: str, unit: str) -> None:
        self.units[key] = unit

    def show_field(self, key: str, *, shown: bool) -> None:
        self.hidden = self.hidden - {key} if shown else self.hidden | {key}

    def put(self, key: str, words: str) -> None:
        self.lines[key] = words

    def show_problem(self, key: str, said: str) -> None:
        self.problem = (key, said)


@dataclass
class FakeBanner:
    """Implements `ui.presenters.session.BannerView`."""

    patient: tuple[str, ...] = ()
    drug: tuple[str, ...] = ()
    check: CheckChip | None = None

    def set_patient(self, name: str, facts: str, allergies: str, chair: str = "") -> None:
        self.patient = (name, facts, allergies, chair)

    def set_drug(self, family: str, words: str, dose: str, nudge: str = "") -> None:
        self.drug = (family, words, dose, nudge)

    def set_check(self, chip: CheckChip | None) -> None:
        self.check = chip


class FakeDoseRoom(FakeForm):
    """Implements `ui.presenters.dose_parts.DoseView`."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = FakeBanner()
        self.steps: tuple[StepFace, ...] = ()
        self.protocol = ""
        self.working = WorkingFace(())
        self.recorded: tuple[RecordedRow, ...] = ()
        self.unusual: Unusual | None = None
        self.check: CheckFace | None = None
        self.busy: list[str] = []
        self.left = 0

    def show_steps(self, steps: tuple[StepFace, ...], protocol: str) -> None:
        self.steps, self.protocol = steps, protocol

    def show_working(self, face: WorkingFace) -> None:
        self.working = face

    def show_recorded(self, rows: tuple[RecordedRow, ...]) -> None:
        self.recorded = rows

    def show_check(self, face: CheckFace | None) -> None:
        self.check = face

    def show_busy(self, said: str) -> None:
        self.busy.append(said)

    def ask_unusual(self, unusual: Unusual | None) -> None:
        self.unusual = unusual

    def leave(self) -> None:
        self.left += 1

    def line(self, name: str) -> tuple[str, str]:
        """Return sum and result of one line of the working."""
        return next((each.sum, each.result) for each in self.working.lines if each.name == name)


class FakePatientsRoom(FakeForm):
    """Implements `ui.presenters.patients.PatientsView`."""

    def __init__(self) -> None:
        super().__init__()
        self.patients = PatientsFace((), "")
        self.page: PatientFace | None = None
        self.search = ""
        self.filling = False
        self.changes: MendFace | None = None
        self.likeness: Likeness | None = None
        self.opened: list[str] = []
        self.started: list[str] = []

    def show_patients(self, face: PatientsFace) -> None:
        self.patients = face

    def set_search(self, words: str) -> None:
        self.search = words

    def show_patient(self, face: PatientFace | None) -> None:
        self.page = face

    def open_form(self) -> None:
        self.filling = True

    def close_form(self) -> None:
        self.filling = False

    def show_changes(self, face: MendFace | None) -> None:
        self.changes = face

    def ask_likeness(self, likeness: Likeness | None) -> None:
        self.likeness = likeness

    def open_session(self, session_id: str) -> None:
        self.opened.append(session_id)

    def start_session(self, patient_id: str) -> None:
        self.started.append(patient_id)


@dataclass
class FakeStartRoom:
    """Implements `ui.presenters.start_session.StartSessionView`."""

    patients: PatientsFace = field(default_factory=lambda: PatientsFace((), ""))
    search: str = ""
    chairs: dict[str, Option] = field(default_factory=dict)
    chair: str = ""
    cards: tuple[ProtocolCard, ...] = ()
    nobody: str = ""
    face: StartFace = field(default_factory=lambda: StartFace("", ready=False))
    which: WhichFace | None = None
    problem: str = ""
    started: list[str] = field(default_factory=list)

    def show_patients(self, face: PatientsFace) -> None:
        self.patients = face

    def set_search(self, words: str) -> None:
        self.search = words

    def show_chairs(self, chairs: tuple[Option, ...], chosen: str) -> None:
        self.chairs, self.chair = {each.value: each for each in chairs}, chosen

    def show_protocols(self, cards: tuple[ProtocolCard, ...], nobody: str) -> None:
        self.cards, self.nobody = cards, nobody

    def ask_which(self, face: WhichFace | None) -> None:
        self.which = face

    def show_start(self, face: StartFace) -> None:
        self.face = face

    def show_problem(self, said: str) -> None:
        self.problem = said

    def show_started(self, session_id: str) -> None:
        self.started.append(session_id)
