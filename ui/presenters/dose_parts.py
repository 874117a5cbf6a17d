"""What the steps of the dose set-up share: their doors, their view, what has been typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from monitor.acts import Act, CheckDose, Override
from monitor.dose_view import OrderView
from monitor.entries import Entry
from monitor.errors import Code, InputError, MonitorError
from monitor.overview import SessionOverview
from monitor.people import Account, Author, Role
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from monitor.units import BodyWeight, plain
from ui.presenters.dose_compare import CheckFace
from ui.presenters.dose_working import Knowns, WorkingFace, figure_so_far, typed_figure
from ui.presenters.form import FormFace, FormView, Option
from ui.presenters.gate import Run
from ui.presenters.session import BannerView
from ui.wording import sentence

ONE_MOMENT = "One moment …"
Written = Callable[[], None]
"""Called once a step is in the record."""


class LetThroughDoor(Protocol):
    """Does an act that a prescriber lets through: both are in the record, or neither is."""

    def __call__(
        self, user: str, password: str, override: Override, *, author: Author, act: Act
    ) -> object:
        """Write both, or raise what refuses either of them."""
        ...


@dataclass(frozen=True, slots=True)
class DoseDoors:
    """Everything that the dose set-up of one session needs of the world.

    Attributes:
        overview: Returns the session as it stands now.
        perform: Does an act as somebody; returns what was written.
        accounts: Returns everyone who has an account.
        prove: Returns who it is by (user, password), or raises `wrong-password`.
        author: Returns who is logged in.
        protocol: The one the session was opened under.
        check: Writes a second person's figures by (user, password, figures); raises `differs`
            once they are kept, where they are not the same.
        let_through: Writes an act together with the override that lets it through.
        course_order: Returns the course's order that stands from an earlier visit, None where
            there is none.
        run: Does slow work (passwords) beside the window.
        now: Returns the present instant.
        zone: The clinic's time zone, for times that are typed.
    """

    overview: Callable[[], SessionOverview]
    perform: Callable[[Author, Act], tuple[Entry, ...]]
    accounts: Callable[[], tuple[Account, ...]]
    prove: Callable[[str, str], Author]
    author: Callable[[], Author]
    protocol: TreatmentProtocol
    check: Callable[[str, str, CheckDose], object]
    let_through: LetThroughDoor
    course_order: Callable[[], OrderView | None]
    run: Run
    now: Callable[[], dt.datetime]
    zone: dt.tzinfo


@dataclass(frozen=True, slots=True)
class StepFace:
    """One step on the bar.

    Attributes:
        state: "done", "here" or "later".
        reachable: Whether a press leads there.
    """

    key: str
    name: str
    state: str
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """What is in the record already.

    Attributes:
        key: The step that enters it anew; empty where that is not possible.
        again: The words on that button.
        tone: "good", "alert" where a person must look, "text_2" where nothing is there to see.
    """

    name: str
    value: str
    facts: tuple[str, ...] = ()
    key: str = ""
    again: str = ""
    tone: str = "good"


@dataclass(frozen=True, slots=True)
class Unusual:
    """A value that is asked about, the old one beside the new one.

    Attributes:
        said: Why it is asked about.
        sides: (name, value, more) of the old and the new; the new one alone where none is old.
        right: The words of the answer that keeps it.
    """

    said: str
    sides: tuple[tuple[str, str, str], ...]
    right: str


class DoseView(FormView, Protocol):
    """What the presenter asks of the room."""

    @property
    def banner(self) -> BannerView:
        """Return the patient banner."""
        ...

    def show_steps(self, steps: tuple[StepFace, ...], protocol: str) -> None:
        """Show where one is, and under which protocol."""
        ...

    def show_working(self, face: WorkingFace) -> None:
        """Show the paper."""
        ...

    def show_recorded(self, rows: tuple[RecordedRow, ...]) -> None:
        """Show what is in the record."""
        ...

    def show_check(self, face: CheckFace | None) -> None:
        """Show both people's figures side by side in the form's stead; None shows the form."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile. Empty ends it."""
        ...

    def ask_unusual(self, unusual: Unusual | None) -> None:
        """Ask about a value; None asks no more."""
        ...

    def leave(self) -> None:
        """Go back to the session."""
        ...


@dataclass(slots=True)
class Entered:
    """What has been typed and chosen in the form that is shown."""

    values: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "").strip()

    def so_far(self, key: str) -> Decimal | None:
        """Return a figure as far as it can be read."""
        return figure_so_far(self[key])

    def figure(self, key: str, code: str = "") -> Decimal:
        """Return a figure.

        Args:
            key: Of the field.
            code: What the field is called in a refusal; the key where left out.

        Raises:
            InputError: With what is wrong with it.
        """
        return typed_figure(self[key], code or key)


@dataclass(slots=True)
class Desk:
    """What every step works at.

    Attributes:
        overview: The session as last seen.
        busy: Whether slow work is under way.
        closed: Whether the room is gone: what is still under way ends without it.
    """

    view: DoseView
    doors: DoseDoors
    overview: SessionOverview
    busy: bool = False
    closed: bool = False

    def look(self) -> None:
        """Look at the session again."""
        self.overview = self.doors.overview()

    def hand_over(self, entered: Entered, key: str) -> str:
        """Return a password that was typed, and forget it: neither form nor step has it any more.

        Args:
            entered: What the form holds.
            key: The password's field.
        """
        self.view.put(key, "")
        return entered.values.pop(key, "")

    def slow(
        self,
        work: Callable[[], object],
        then: Callable[[], None],
        refused: Callable[[MonitorError], None],
    ) -> None:
        """Do slow work beside the window, and nothing else meanwhile.

        Args:
            work: What is done; a `MonitorError` of it is a refusal.
            then: What follows once it is done.
            refused: What follows where it was refused.
        """
        self.busy = True
        self.view.show_busy(ONE_MOMENT)

        def finished(future: Future[object]) -> None:
            self.busy, error = False, future.exception()
            if error is not None and not isinstance(error, MonitorError):
                raise error
            if self.closed:
                return
            self.view.show_busy("")
            if error is not None:
                refused(error)
            else:
                then()

        self.doors.run(work, finished)

    def people(self, *roles: Role, but: str = "") -> tuple[Option, ...]:
        """Return everyone of these roles who may log in, to choose from.

        Args:
            roles: One or more.
            but: The user who is left out.
        """
        return tuple(
            Option(a.user, f"{a.name}, {a.credential}" if a.credential else a.name)
            for a in self.doors.accounts()
            if a.role in roles and a.active and a.user != but
        )

    def refuse(self, error: MonitorError, keys: dict[str, str] | None = None) -> None:
        """Say why nothing was stored.

        Args:
            error: The refusal.
            keys: The form's key for a field that an error names otherwise.
        """
        name = str(error.facts.get("field") or error.facts.get("why") or "")
        said = str(error.facts.get("choose") or sentence(error, self.overview.local))
        self.view.show_problem((keys or {}).get(name, name), said)


class Step(Protocol):
    """One step of the set-up."""

    def face(self) -> FormFace:
        """Return its empty form."""
        ...

    def begin(self) -> None:
        """Forget what was typed, and show what depends on the record."""
        ...

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        ...

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        ...

    def submit(self, written: Written) -> None:
        """Write it down, and call *written* once it is; a refusal stands beside its field."""
        ...

    def known(self) -> Knowns:
        """Return what is known of the dose, with what has been typed here."""
        ...


def recorded_so_far(overview: SessionOverview) -> Knowns:
    """Return what the record knows of the dose: the order and the weight."""
    order, weight = overview.order, overview.weight
    return Knowns(
        per_kg=order.per_kg_mg if order else None,
        dose_mg=order.dose_mg if order else None,
        minutes=order.minutes if order else None,
        weight=BodyWeight(weight.kg) if weight else None,
        weighed=weight is not None,
    )


def both_units(weight: BodyWeight, typed_lb: Decimal | None = None) -> str:
    """Return a weight in both units: "70 kg (154.3 lb)".

    Args:
        weight: The weight.
        typed_lb: The pounds as they were typed, where they were.
    """
    pounds = weight.pounds if typed_lb is None else typed_lb
    return f"{plain(weight.kg)} kg ({plain(pounds)} lb)"


def need_choice(entered: Entered, key: str, choose: str) -> str:
    """Return what was chosen.

    Args:
        entered: What the form holds.
        key: Of the field.
        choose: The sentence that asks for it.

    Raises:
        InputError: `empty`, where nothing was.
    """
    if not entered[key]:
        raise InputError(Code.EMPTY, key, choose=choose)
    return entered[key]
