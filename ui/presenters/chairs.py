"""The chairs board: who sits where, how far they are, what falls due next; overdue first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.likeness import Lookalikes
from monitor.overview import LocalTime, SessionOverview, SlotView
from monitor.phases import Phase
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Sign
from ui.presenters.ahead import AheadFace, ahead
from ui.presenters.due import device_row, rest_row, waiting_slots
from ui.presenters.rings import RingFace, ring
from ui.presenters.words import (
    MINUTE,
    PHASE_NAMES,
    SIGN_NAMES,
    chair_sign,
    chair_words,
    change,
    clock,
    countdown,
    dose_words,
    drug_words,
    facts,
    late_by,
    measured,
    number,
    slot_name,
)

_SHOWN = (Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.DISSOCIATION)


@dataclass(frozen=True, slots=True)
class LastValue:
    """The newest value of a sign, and how it differs from the baseline."""

    name: str
    value: str
    change: str


@dataclass(frozen=True, slots=True)
class NextDue:
    """What falls due next in a chair.

    Attributes:
        state: "overdue", "due", "later" or "ready".
    """

    state: str
    words: str
    left: str

    @property
    def short(self) -> str:
        """Return it in one breath: "Vitals 20 overdue 4 min", "Device 2 of 2 in 1:48"."""
        if self.state == "ready":
            return self.words
        name = self.words.partition(" due ")[0].partition(" from ")[0]
        return f"{name} {self.left[:1].lower()}{self.left[1:]}"


@dataclass(frozen=True, slots=True)
class TrendFace:
    """Pressures over time, for a card that has the room.

    Attributes:
        points: (minutes from the first reading, systolic, diastolic).
    """

    base: int | None
    points: tuple[tuple[float, int, int], ...]


@dataclass(frozen=True, slots=True)
class CardFace:
    """One chair.

    Attributes:
        session_id: Empty for a chair that is free.
        like: In which chair somebody sits who is easily taken for this patient.
    """

    chair: str
    sign: str
    name: str
    session_id: str = ""
    patient: str = ""
    facts: str = ""
    family: str = ""
    drug: str = ""
    dose: str = ""
    phase: str = ""
    ring: RingFace | None = None
    values: tuple[LastValue, ...] = ()
    due: NextDue | None = None
    alerts: str = ""
    trend: TrendFace | None = None
    like: str = ""


@dataclass(frozen=True, slots=True)
class BoardFace:
    """The whole board."""

    note: str
    overdue_first: bool
    cards: tuple[CardFace, ...]
    ahead: AheadFace


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What falls due next in another chair, for a session's screen.

    Attributes:
        state: "overdue", "due", "later" or "ready".
    """

    chair: str
    family: str
    state: str
    words: str

    @property
    def nudge(self) -> str:
        """Return the few words for the banner; empty where nothing is overdue."""
        late = self.words.partition(" overdue ")[2]
        return f"{self.chair} overdue {late}" if late else ""


_PRESSING = ("overdue", "due", "ready", "later")


class ChairsView(Protocol):
    """What the presenter asks of the board."""

    def show_board(self, face: BoardFace) -> None:
        """Show this; called every second, so only what changed is drawn."""
        ...

    def go_to_session(self, session_id: str) -> None:
        """Ask the window for a session's screen."""
        ...

    def go_to_start(self, chair: str) -> None:
        """Ask the window to start a session in a chair; empty where any will do."""
        ...


class ChairsPresenter:
    """Keeps the board true from one second to the next.

    Args:
        view: The board.
        overviews: Returns the open sessions as they stand now.
        chairs: Returns the clinic's chairs, in their order.
        now: Returns the present instant.
        local: The clinic's time, for a board without a session.
    """

    def __init__(
        self,
        view: ChairsView,
        *,
        overviews: Callable[[], Sequence[SessionOverview]],
        chairs: Callable[[], Sequence[str]],
        now: Callable[[], dt.datetime],
        local: LocalTime,
    ) -> None:
        self._view, self._overviews, self._chairs, self._now = view, overviews, chairs, now
        self._own_local = local
        self._open: tuple[SessionOverview, ...] = ()
        self._overdue_first = True
        self.on_entries()

    def on_entries(self) -> None:
        """Something was written: look again."""
        self._open = tuple(self._overviews())
        self._show(self._now())

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: move the clocks, and look again where time changed something."""
        if any(_changed(overview, now) for overview in self._open):
            self._open = tuple(self._overviews())
        self._show(now)

    def toggle_order(self) -> None:
        """Show overdue chairs first, or the chairs in their own order."""
        self._overdue_first = not self._overdue_first
        self._show(self._now())

    def open_place(self, place: int) -> None:
        """Open the chair of that number; where chairs have names, the one in that place."""
        chairs = list(self._chairs())
        if str(place) in chairs:
            self.choose(str(place))
        elif not any(chair.isdigit() for chair in chairs) and 0 < place <= len(chairs):
            self.choose(chairs[place - 1])

    def choose(self, chair: str) -> None:
        """Open the session in a chair, or start one where it is free."""
        found = next((o for o in self._open if o.chair == chair), None)
        if found is not None:
            self._view.go_to_session(found.session_id)
        else:
            self._view.go_to_start(chair)

    def start(self) -> None:
        """Start a session in the first free chair."""
        taken = {overview.chair for overview in self._open}
        free = [chair for chair in self._chairs() if chair not in taken]
        self._view.go_to_start(free[0] if free else "")

    def elsewhere(self, but: str) -> tuple[Elsewhere, ...]:
        """Return what falls due in the other chairs, the most pressing first.

        Args:
            but: The session that is on the screen already.
        """
        now = self._now()
        found = [
            Elsewhere(chair_words(o.chair), o.drug, due.state, due.short)
            for o in self._open
            if o.session_id != but and (due := next_due(o, o.own(now))) is not None
        ]
        return tuple(sorted(found, key=lambda each: _PRESSING.index(each.state)))

    def _show(self, now: dt.datetime) -> None:
        local = self._open[0].local if self._open else self._own_local
        self._view.show_board(
            board(self._open, self._chairs(), now, local, overdue_first=self._overdue_first)
        )


def _changed(overview: SessionOverview, now: dt.datetime) -> bool:
    now = overview.own(now)
    marks = [at for s in overview.slots for at in (s.opens, s.closes)]
    marks += [overview.device_opens_at, overview.planned_end]
    marks += [condition.opens_at for condition in overview.door]
    return any(at is not None and overview.seen_at < at <= now for at in marks)


def board(
    open_sessions: Sequence[SessionOverview],
    chairs: Sequence[str],
    now: dt.datetime,
    local: LocalTime,
    *,
    overdue_first: bool,
) -> BoardFace:
    """Return the whole board."""
    by_chair = {overview.chair: overview for overview in open_sessions}
    places = [*chairs, *(chair for chair in by_chair if chair not in chairs)]
    likes = _like_in_chairs(open_sessions)
    cards = [
        replace(card(by_chair[chair], now), like=likes[chair])
        if chair in by_chair
        else _free(chair)
        for chair in places
    ]
    late = sum(each.due is not None and each.due.state == "overdue" for each in cards)
    if overdue_first:
        cards.sort(key=lambda each: each.due is None or each.due.state != "overdue")
    today = local.present(now)
    note = f"{today:%A} {today.day} {today:%B %Y}"
    note += f" · {len(open_sessions)} of {len(places)} in use"
    note += f" · {late} overdue" if late else ""
    return BoardFace(note, overdue_first, tuple(cards), ahead(open_sessions, now, local))


def _like_in_chairs(open_sessions: Sequence[SessionOverview]) -> dict[str, str]:
    """Return for each chair where somebody sits who is easily taken for its patient."""
    here = Lookalikes(overview.patient for overview in open_sessions)
    seats = {overview.patient.id: chair_words(overview.chair) for overview in open_sessions}
    found: dict[str, str] = {}
    for overview in open_sessions:
        others = [f"{seats[each.id]}: {each.name}" for each in here.of(overview.patient)]
        found[overview.chair] = f"Like {', '.join(others)}" if others else ""
    return found


def _free(chair: str) -> CardFace:
    return CardFace(chair, chair_sign(chair), chair_words(chair))


def card(overview: SessionOverview, now: dt.datetime) -> CardFace:
    """Return one chair in use."""
    now = overview.own(now)
    open_alerts = [a for a in overview.alerts if a.state == "open"]
    several = f"{len(open_alerts)} alerts open" if len(open_alerts) > 1 else "1 alert open"
    return CardFace(
        chair=overview.chair,
        sign=chair_sign(overview.chair),
        name=chair_words(overview.chair),
        session_id=overview.session_id,
        patient=overview.patient.name,
        facts=facts(overview, long=False),
        family=overview.drug,
        drug=drug_words(overview),
        dose=dose_words(overview).split(" / ")[0],
        phase=_phase(overview),
        ring=ring(overview, now),
        values=last_values(overview),
        due=next_due(overview, now),
        alerts=several if open_alerts else "",
        trend=_trend(overview),
    )


def _phase(overview: SessionOverview) -> str:
    if overview.phase is Phase.DEVICES and overview.devices:
        return f"Waiting for device {len(overview.devices) + 1}"
    return PHASE_NAMES[overview.phase]


def last_values(overview: SessionOverview) -> tuple[LastValue, ...]:
    """Return the newest value of each sign that a card shows."""
    base = overview.reference.reading if overview.reference else None
    made = []
    for sign in _SHOWN:
        newest = next(
            (
                r.reading.value(sign)
                for r in reversed(overview.readings)
                if r.reading.value(sign) is not None
            ),
            None,
        )
        if newest is None:
            continue
        direction, words = change(sign, newest, base)
        arrow = {1: "▲ ", -1: "▼ ", 0: ""}[direction]
        compared = sign in (Sign.BP, Sign.HEART_RATE) and base is not None
        value = number(newest) if isinstance(newest, BloodPressure) else measured(sign, newest)
        said = f"{arrow}{words}" if words else "="
        made.append(LastValue(SIGN_NAMES[sign], value, said if compared else ""))
    return tuple(made)


def next_due(overview: SessionOverview, now: dt.datetime) -> NextDue | None:
    """Return the most pressing thing; None where nothing is planned yet."""
    waiting = waiting_slots(overview, now)
    state, slot = waiting[0] if waiting else (None, None)
    if slot is not None and state in (SlotState.OVERDUE, SlotState.DUE):
        return _due_now(slot, overview.local, now, late=state is SlotState.OVERDUE)
    drug = device_row(overview, now) or rest_row(overview)
    if drug:
        words = f"{drug.name} from {drug.when}" if drug.when else drug.name
        return NextDue(drug.state, words, drug.left)
    if overview.phase is Phase.READY:
        return NextDue("ready", "Ready to leave", "all met")
    if slot is not None and slot.due:
        words = f"{slot_name(slot.name)} due {clock(overview.local, slot.due)}"
        return NextDue("later", words, f"in {countdown(slot.due - now)}")
    return None


def _due_now(slot: SlotView, local: LocalTime, now: dt.datetime, *, late: bool) -> NextDue:
    words = slot_name(slot.name) + (f" due {clock(local, slot.due)}" if slot.due else "")
    if late:
        return NextDue(
            "overdue", words, f"Overdue {late_by(now - slot.due)}" if slot.due else "now"
        )
    return NextDue("due", words, f"now, till {clock(local, slot.closes)}" if slot.closes else "now")


def _trend(overview: SessionOverview) -> TrendFace | None:
    rows = [(r.measured, r.reading.bp) for r in overview.readings]
    kept = [(at, bp) for at, bp in rows if bp is not None]
    if not kept:
        return None
    base = overview.reference.reading.bp if overview.reference else None
    start = kept[0][0]
    return TrendFace(
        base.systolic if base else None,
        tuple(((at - start) / MINUTE, bp.systolic, bp.diastolic) for at, bp in kept),
    )
