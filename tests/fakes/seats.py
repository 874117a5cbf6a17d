"""A visit with somebody at its screen: what is done goes through the presenter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.acts import Act
from monitor.clinic import Lists
from monitor.entries import Entry
from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from monitor.two_people import EmergencyOverride, WitnessedWaste
from tests.fakes.clock import WARSAW
from tests.fakes.views_session import FakeSessionView
from tests.fakes.visit import Visit
from ui.presenters.acting import Colleagues
from ui.presenters.question import Done
from ui.presenters.session import SessionDoors, SessionPresenter, SessionView


@dataclass
class Seat:
    """A nurse before the screen of a visit.

    Attributes:
        looks: How often the session was fetched.
        went_to_sign: How often the worklist was asked for.
    """

    visit: Visit
    view: FakeSessionView = field(default_factory=FakeSessionView)
    looks: int = 0
    went_to_sign: int = 0

    def __post_init__(self) -> None:
        self.presenter = SessionPresenter(self.view, self.doors())

    def doors(self) -> SessionDoors:
        """Return the way from a screen to this visit."""
        visit = self.visit
        with visit.store.transaction() as tx:
            protocol = tx.session(visit.session_id).protocol
        return SessionDoors(
            overview=self._look,
            perform=self._perform,
            sign=self._go_to_sign,
            now=visit.clock.now,
            zone=WARSAW,
            protocol=protocol,
            colleagues=Colleagues(
                accounts=Lists(visit.world).accounts,
                me=lambda: visit.nurse,
                override=lambda user, password, act, done: self._later(
                    lambda: EmergencyOverride(visit.world)(visit.session_id, user, password, act),
                    done,
                ),
                waste=lambda act, user, password, done: self._later(
                    lambda: WitnessedWaste(visit.world)(
                        visit.session_id, visit.nurse, act, user, password
                    ),
                    done,
                ),
            ),
        )

    def wired(self, view: SessionView) -> SessionPresenter:
        """Return a presenter for another view, a real screen."""
        self.presenter = SessionPresenter(view, self.doors())
        return self.presenter

    def type(self, text: str) -> None:
        """Type a line and press Enter."""
        self.presenter.entry.typed(text)
        self.presenter.entry.submit()

    def answer(self, **answers: str) -> None:
        """Fill in the open question and press its button."""
        asked = self.view.question
        assert asked is not None, "nothing is being asked"
        empty = {ask.key: "" for ask in asked.asks}
        self.presenter.question.submit(empty | answers)

    def _look(self) -> SessionOverview:
        self.looks += 1
        return self.visit.overview

    def _perform(self, act: Act) -> tuple[Entry, ...]:
        entries = self.visit.do(act)
        self.presenter.on_entries()
        return entries

    def _go_to_sign(self) -> None:
        self.went_to_sign += 1

    def _later(self, work: Callable[[], object], done: Done) -> None:
        """Do what the window does beside itself."""
        try:
            work()
        except MonitorError as error:
            done(error)
        else:
            self.presenter.on_entries()
            done(None)
