"""One session on the screen: which panel is told what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.acts import NoteEvent
from monitor.chart_page import ChartPage, chart_page
from monitor.overview import LocalTime, SessionOverview
from monitor.phases import Phase
from monitor.protocols.protocol import Protocol as TreatmentProtocol, Way
from monitor.second_check import liftable
from ui.presenters.account import AccountPresenter, AccountView
from ui.presenters.acting import Actor, Colleagues, Do, Look, ProblemView
from ui.presenters.alerts import AlertsPresenter, AlertsView
from ui.presenters.amending import AmendingPresenter
from ui.presenters.chairs import Elsewhere
from ui.presenters.check_chip import CheckChip, lasting_chip
from ui.presenters.delivery import NowPresenter, NowView
from ui.presenters.door import gap_words
from ui.presenters.due import DuePresenter, DueView
from ui.presenters.entry import EntryPresenter, EntryView
from ui.presenters.event_questions import EventQuestions
from ui.presenters.events import EventsPresenter, EventsView, LineAtHand
from ui.presenters.giving import GivingPresenter
from ui.presenters.holding import HoldingPresenter
from ui.presenters.interruptions import Interruption, Notices
from ui.presenters.kept_lines import KeptLine, KeptNotice
from ui.presenters.leaving import LeavingPresenter
from ui.presenters.mending import MendingPresenter
from ui.presenters.pump import PumpPresenter
from ui.presenters.question import QuestionPresenter, QuestionView
from ui.presenters.ratings import RatingsPresenter, RatingsView
from ui.presenters.readback import Reader
from ui.presenters.sheet import SheetPresenter, SheetView
from ui.presenters.words import (
    allergies,
    chair_words,
    clock,
    dose_words,
    drug_words,
    facts,
)

_STALE = dt.timedelta(seconds=10)
"""After so long the overview is fetched anew even if nothing was written: mg go on running."""

QUICK_EFFECTS = 4

_ASKED_BY_KEY = frozenset({"miss:", "acknowledge:"})
"""What F3 and F8 ask, about the oldest of its kind: it can wait for what is being asked."""


class BannerView(Protocol):
    """What the presenter asks of the banner."""

    def set_patient(self, name: str, facts: str, allergies: str, chair: str = "") -> None:
        """Name the patient."""
        ...

    def set_drug(self, family: str, words: str, dose: str, nudge: str = "") -> None:
        """Show drug and dose, and at most one nudge."""
        ...

    def set_check(self, chip: CheckChip | None) -> None:
        """Say whether a second person has checked the dose; None says nothing."""
        ...


class SessionView(
    NowView,
    DueView,
    SheetView,
    EntryView,
    EventsView,
    QuestionView,
    RatingsView,
    AlertsView,
    AccountView,
    ProblemView,
    Protocol,
):
    """What the presenter asks of the whole screen."""

    @property
    def banner(self) -> BannerView:
        """Return the banner."""
        ...

    def show_chart(self, page: ChartPage, local: LocalTime) -> None:
        """Show this page of the chart."""
        ...

    def show_notice(self, said: str) -> None:
        """Say something that is worth a line over the chart; empty takes it away."""
        ...

    def show_quick(self, effects: tuple[str, ...]) -> None:
        """Offer these words as quick events."""
        ...

    def show_elsewhere(self, others: tuple[Elsewhere, ...]) -> None:
        """Show what falls due in the other chairs, where there is room."""
        ...

    def allow_typing(self, *, allowed: bool) -> None:
        """Open the entry line, or close it where nothing can be entered any more."""
        ...

    def go_to_dose(self, step: str = "") -> None:
        """Ask the window for the dose set-up of this session, at a step or where it is open."""
        ...


@dataclass(frozen=True, slots=True)
class SessionDoors:
    """Everything that a session's screen needs of the world.

    Attributes:
        overview: Returns the session as it stands now.
        perform: Does one act; returns what was written.
        sign: Leads to the worklist, where this session is signed with its report in sight.
        now: Returns the present instant.
        zone: The clinic's time zone, for times that are typed.
        protocol: The one the session was opened under.
        colleagues: Whoever else works here, to witness and to override.
    """

    overview: Look
    perform: Do
    sign: Callable[[], None]
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo
    protocol: TreatmentProtocol
    colleagues: Colleagues


class SessionPresenter:
    """Owns the panels of one session and keeps them true."""

    def __init__(self, view: SessionView, doors: SessionDoors) -> None:
        self._view, self._doors = view, doors
        self._overview = doors.overview()
        self.question = QuestionPresenter(view, self._close_picks)
        self._actor = Actor(
            doors.perform,
            self.question,
            view,
            self._local,
            doors.colleagues,
            liftable(doors.protocol),
        )
        self.entry = EntryPresenter(
            view, Reader(doors.protocol, doors.zone), doors.perform, self._now
        )
        self.alerts = AlertsPresenter(view, self.question, doors.perform, doors.colleagues)
        self.ratings = RatingsPresenter(view, doors.perform)
        self.pump = PumpPresenter(self._actor)
        self.giving = GivingPresenter(self._actor, doors.protocol, doors.zone, self._now)
        self.account = AccountPresenter(view, self._actor)
        self.leaving = LeavingPresenter(self._actor)
        self.holding = HoldingPresenter(self._actor, view.type_on)
        self.mending = MendingPresenter(self._actor)
        self.amending = AmendingPresenter(self._actor, self._now, doors.zone)
        self.asking = EventQuestions(self._actor, self._amend, self._now, doors.zone)
        line = LineAtHand(lambda: self.entry.at_hand, self.entry.begin)
        self.events = EventsPresenter(view, doors.protocol, doors.colleagues, line, self.asking)
        self._now_panel, self._due = NowPresenter(view), DuePresenter(view)
        self.sheet = SheetPresenter(view)
        self._panels = (
            *(self.entry, self.alerts, self.ratings, self.pump, self.giving),
            *(self.account, self.leaving, self.mending, self.holding, self.amending, self.events),
        )
        self.notices, self._nudge = Notices(view.show_notice), ""
        self._kept = KeptNotice(self.notices, self.entry)
        view.show_quick(doors.protocol.effects[:QUICK_EFFECTS])
        self._show_all(self._now())

    @property
    def overview(self) -> SessionOverview:
        """Return the session as last seen."""
        return self._overview

    def on_entries(self) -> None:
        """Something was written here: look again, and what was refused before is over."""
        self.look_again()
        self._view.show_problem("")

    def look_again(self) -> None:
        """Something was written elsewhere: look again; a refusal that is being read stays."""
        self._overview = self._doors.overview()
        self._show_all(self._now())

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: move the clocks, and look again where time changed something."""
        own = self._overview.own(now)
        if abs(own - self._overview.seen_at) >= _STALE or self._crossed(own):
            self._overview = self._doors.overview()
            self._show_all(self._overview.own(now))
        else:
            self._show_clocks(own)

    def tell_interrupted(self, interruption: Interruption) -> None:
        """Say when nobody could see the screen, and what fell due meanwhile."""
        self.notices.tell(interruption.told_of(self._overview))

    def give_back(self, line: KeptLine) -> None:
        """Put half-typed lines back into the entry line; nothing of them is stored yet."""
        self.entry.give_back(line.lines)
        self.tell_kept(line.since)

    def tell_kept(self, since: dt.datetime) -> None:
        """Say that what stands in the entry line is from before."""
        self._kept.tell(clock(self._overview.local, self._overview.own(since)))

    def set_elsewhere(self, others: tuple[Elsewhere, ...], said: str = "") -> None:
        """Show what the other chairs need; what is overdue there stands in the banner.

        Args:
            others: The most pressing first.
            said: What the foot of the window says: no chair is named twice.
        """
        told = bool(others) and said.startswith(f"{others[0].chair}:")
        nudge = others[0].nudge if others and not told else ""
        if nudge != self._nudge:
            self._nudge = nudge
            self._show_banner()
        self._view.show_elsewhere(others)

    def command(self, key: str) -> None:
        """Do what a button says, by its key."""
        name, _, rest = key.partition(":")
        if key in _ASKED_BY_KEY and (self.question.is_open or self.events.is_open):
            return  # nothing that is half-typed is lost for it
        simple: dict[str, Callable[[], None]] = {
            "start": self.pump.start,
            "pause": self.pump.pause,
            "resume": self.pump.resume,
            "resume-rate": self.pump.resume_at,
            "rate": self.pump.change_rate,
            "stop": self.pump.stop,
            "finish": self._finish,
            "give": self.giving.give,
            "account": self._open_account,
            "close-account": self.account.close,
            "waste": self.account.waste,
            "keep": self.account.keep,
            "ready": self.leaving.check_readiness,
            "discharge": self.leaving.discharge,
            "cancel": self.leaving.cancel,
            "hold": self.holding.decide,
            "wait": self.holding.wait,
            "sign": self._doors.sign,
            "seen": self.notices.seen,
            "measure": lambda: None,  # the entry line gets the focus, as after every press
        }
        about: dict[str, Callable[[str], None]] = {
            "dose": self._view.go_to_dose,
            "miss": self.mending.miss,
            "acknowledge": self.alerts.acknowledge,
            "rate-scale": self._rate,
            "amend": self._amend,
            "event": lambda word: self.asking.note(NoteEvent(text=word)),
            "events": self.events.open,
            "begin": self.entry.begin,
            "explain": self._explain,
            "resolve": self.asking.resolve,
            "over": self.asking.over,
            "event-more": self.asking.more,
            "serious": self.asking.serious,
        }
        if name in simple:
            simple[name]()
        elif name in about:
            about[name](rest)

    def _close_picks(self) -> None:
        self.events.close()

    def _open_account(self) -> None:
        self._close_picks()
        self.account.open()

    def _rate(self, scale: str) -> None:
        self._close_picks()
        self.ratings.open(scale)

    def _finish(self) -> None:
        by_pump = self._doors.protocol.way is Way.PUMP
        (self.pump.finish if by_pump else self.giving.end_short)()

    def _amend(self, uid: str) -> None:
        readings = {row.uid for row in self._overview.readings}
        (self.entry if uid in readings else self.amending).amend(uid)

    def _explain(self, rest: str) -> None:
        code, _, about = rest.partition(":")
        gap = next((g for g in self._overview.gaps if g.code == code and g.about == about), None)
        if gap is not None:
            self.mending.explain(code, about, gap_words(gap))

    def _now(self) -> dt.datetime:
        return self._overview.own(self._doors.now())

    def _local(self, instant: dt.datetime) -> dt.datetime:
        return self._overview.local(instant)

    def _crossed(self, now: dt.datetime) -> bool:
        """Tell whether an instant lies between the last look and now that changes a state."""
        seen = self._overview.seen_at
        marks = [at for s in self._overview.slots for at in (s.opens, s.closes, s.due)]
        marks += [self._overview.device_opens_at, self._overview.planned_end]
        marks += [condition.opens_at for condition in self._overview.door]
        return any(at is not None and seen < at <= now for at in marks)

    def _show_all(self, now: dt.datetime) -> None:
        overview = self._overview
        self.question.set_local(overview.local)
        for panel in self._panels:
            panel.refresh(overview)
        self.sheet.refresh(overview)
        self._view.allow_typing(allowed=overview.phase is not Phase.CANCELLED)
        self._show_banner()
        self._view.show_chart(chart_page(overview), overview.local)
        self._show_clocks(now)

    def _show_clocks(self, now: dt.datetime) -> None:
        self._now_panel.refresh(self._overview, now)
        self._due.refresh(self._overview, now)

    def _show_banner(self) -> None:
        overview, banner = self._overview, self._view.banner
        banner.set_patient(
            overview.patient.name, facts(overview), allergies(overview), chair_words(overview.chair)
        )
        banner.set_drug(overview.drug, drug_words(overview), dose_words(overview), self._nudge)
        banner.set_check(lasting_chip(overview))
