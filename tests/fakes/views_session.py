"""A session screen without a screen: remembers what it was told to show."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.chart_page import ChartPage
from monitor.overview import LocalTime
from ui.presenters.account_faces import AccountFace
from ui.presenters.alerts import AlertRow
from ui.presenters.chairs import Elsewhere
from ui.presenters.check_chip import CheckChip
from ui.presenters.due import DueFace
from ui.presenters.event_picks import PicksFace
from ui.presenters.event_questions import OpenEvent
from ui.presenters.now_faces import NowFace
from ui.presenters.question import Question
from ui.presenters.ratings import RatingFace
from ui.presenters.readback import ReadBack
from ui.presenters.sheet import SheetRow


@dataclass
class FakeBanner:
    """Remembers the patient and the drug."""

    patient: tuple[str, ...] = ()
    drug: tuple[str, ...] = ()
    check: CheckChip | None = None

    def set_patient(self, name: str, facts: str, allergies: str, chair: str = "") -> None:
        self.patient = (name, facts, allergies, chair)

    def set_drug(self, family: str, words: str, dose: str, nudge: str = "") -> None:
        self.drug = (family, words, dose, nudge)

    def set_check(self, chip: CheckChip | None) -> None:
        self.check = chip


@dataclass
class FakeSessionView:
    """Implements `ui.presenters.session.SessionView`."""

    banner: FakeBanner = field(default_factory=FakeBanner)
    now: NowFace | None = None
    due: DueFace | None = None
    rows: tuple[SheetRow, ...] = ()
    page: ChartPage | None = None
    alerts: tuple[AlertRow, ...] = ()
    quick: tuple[str, ...] = ()
    read: ReadBack = field(default_factory=ReadBack)
    line: str = ""
    why: str | None = None
    picks: tuple[str, ...] = ()
    reason_problem: str = ""
    amended: tuple[str, str] = ("", "")
    question: Question | None = None
    problem: str = ""
    question_problem: str = ""
    question_field: str = ""
    waiting: bool = False
    account: AccountFace | None = None
    account_open: bool = False
    rating: RatingFace | None = None
    rating_problem: str = ""
    notice: str = ""
    typing: bool = True
    went_to_dose: int = 0
    dose_step: str = ""
    charts: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()
    open_events: tuple[OpenEvent, ...] = ()
    events: PicksFace | None = None
    local: LocalTime | None = None
    typed_on: int = 0
    picks_opened: int = 0

    def show_now(self, face: NowFace) -> None:
        self.now = face

    def show_due(self, face: DueFace) -> None:
        self.due = face

    def show_rows(self, rows: tuple[SheetRow, ...]) -> None:
        self.rows = rows

    def show_chart(self, page: ChartPage, local: LocalTime) -> None:
        self.page, self.local = page, local
        self.charts += 1

    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        self.alerts = rows

    def show_quick(self, effects: tuple[str, ...]) -> None:
        self.quick = effects

    def show_read_back(self, read: ReadBack) -> None:
        self.read = read

    def set_line(self, text: str) -> None:
        self.line = text

    def type_on(self) -> None:
        self.typed_on += 1

    def ask_reason(self, why: str, picks: tuple[str, ...] = ()) -> None:
        self.why, self.picks, self.reason_problem = why, picks, ""

    def show_reason_problem(self, said: str) -> None:
        self.reason_problem = said

    def show_amended(self, title: str, was: str) -> None:
        self.amended = (title, was)

    def end_reason(self) -> None:
        self.why = None

    def open_question(self, question: Question) -> None:
        self.question = question
        self.question_problem = ""

    def close_question(self) -> None:
        self.question = None

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        self.question_problem, self.waiting, self.question_field = said, waiting, field

    def open_account(self, face: AccountFace) -> None:
        self.account, self.account_open = face, True

    def show_account(self, face: AccountFace) -> None:
        self.account = face

    def close_account(self) -> None:
        self.account_open = False

    def show_problem(self, said: str) -> None:
        self.problem = said

    def show_rating(self, face: RatingFace) -> None:
        self.rating = face

    def close_rating(self) -> None:
        self.rating = None

    def show_rating_problem(self, said: str) -> None:
        self.rating_problem = said

    def show_notice(self, said: str) -> None:
        self.notice = said

    def show_open_events(self, events: tuple[OpenEvent, ...]) -> None:
        self.open_events = events

    def open_picks(self, face: PicksFace) -> None:
        self.events = face
        self.picks_opened += 1

    def show_picks(self, face: PicksFace) -> None:
        self.events = face

    def close_picks(self) -> None:
        self.events = None

    def show_elsewhere(self, others: tuple[Elsewhere, ...]) -> None:
        self.elsewhere = others

    def allow_typing(self, *, allowed: bool) -> None:
        self.typing = allowed

    def go_to_dose(self, step: str = "") -> None:
        self.went_to_dose += 1
        self.dose_step = step
