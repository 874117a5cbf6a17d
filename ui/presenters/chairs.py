"""The chairs board: who sits where, how far they are, what falls due next; overdue first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.likeness import Lookalikes
from monitor.overview import LocalTime, SessionOverview
from monitor.reminders import has_moved_on
from ui.presenters.ahead import AheadFace, ahead
from ui.presenters.chair_card import CardFace, card, free_card, unread_card
from ui.presenters.chair_numbers import ChairNumbers
from ui.presenters.chair_order import FREE, UNREAD, place
from ui.presenters.chairs_today import NO_DAY, DayFace, LeftToday, Today, earlier_in
from ui.presenters.next_due import next_due
from ui.presenters.words import chair_sign, chair_words


@dataclass(frozen=True, slots=True)
class BoardFace:
    """The whole board.

    Attributes:
        left: Who has left today, the last one first.
    """

    note: str
    overdue_first: bool
    cards: tuple[CardFace, ...]
    ahead: AheadFace
    left: tuple[LeftToday, ...] = ()


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

    def go_to_shield(self) -> None:
        """Ask the window for what the shield knows: a session cannot be read."""
        ...


class ChairsPresenter:
    """Keeps the board true from one second to the next.

    Args:
        view: The board.
        overviews: Returns the open sessions as they stand now.
        chairs: Returns the clinic's chairs, in their order.
        now: Returns the present instant.
        local: The clinic's time, for a board without a session.
        today: All sessions of the day, those that were closed among them.

    Attributes:
        on_board: Called with each board that is shown, for whoever shows it in another way.
    """

    def __init__(
        self,
        view: ChairsView,
        *,
        overviews: Callable[[], Sequence[SessionOverview]],
        chairs: Callable[[], Sequence[str]],
        now: Callable[[], dt.datetime],
        local: LocalTime,
        today: Today | None = None,
    ) -> None:
        self._view, self._overviews, self._chairs, self._now = view, overviews, chairs, now
        self._own_local, self._today = local, today or Today()
        self._open: tuple[SessionOverview, ...] = ()
        self._seats, self._looked = seated((), ()), now()
        self.on_board: Callable[[BoardFace], None] = lambda _: None
        self._overdue_first = True
        self._numbers = ChairNumbers()
        self.on_entries()

    def on_entries(self) -> None:
        """Something was written: look again."""
        self._look(self._now())

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: move the clocks, and look again where time changed something."""
        other_day = self._local.present(now).date() != self._local.present(self._looked).date()
        if other_day or any(has_moved_on(each, each.own(now)) for each in self._open):
            self._look(now)
        else:
            self._show(now)

    def toggle_order(self) -> None:
        """Show overdue chairs first, or the chairs in their own order."""
        self._overdue_first = not self._overdue_first
        self._show(self._now())

    @property
    def typed(self) -> str:
        """Return the digits that wait for another one; empty where none do."""
        return self._numbers.waiting

    def press_digit(self, digit: str) -> None:
        """Open the chair of that number, once no second digit can follow."""
        chair = self._numbers.press(digit, self._seats.places)
        if chair:
            self.choose(chair)

    def settle(self) -> None:
        """Open the chair whose number was typed: no further digit came."""
        chair = self._numbers.settle(self._seats.places)
        if chair:
            self.choose(chair)

    def forget_digits(self) -> None:
        """Whoever typed a number has left the board before it was whole."""
        self._numbers.forget()

    def choose(self, chair: str) -> None:
        """Open the session in a chair, or start one where it is free."""
        found = next((o for o in self._open if o.chair == chair), None)
        if found is not None:
            self._view.go_to_session(found.session_id)
        elif chair in self._seats.unread:
            self._view.go_to_shield()
        else:
            self._view.go_to_start(chair)

    def start(self, chair: str = "") -> None:
        """Start a session in a chair; where it is none or not free, in the first free one."""
        seats = self._seats
        taken = {*seats.sessions, *seats.unread}
        free = [each for each in seats.places if each not in taken]
        wanted = chair if chair in free else ""
        self._view.go_to_start(wanted or (free[0] if free else ""))

    def elsewhere(self, but: str) -> tuple[Elsewhere, ...]:
        """Return what falls due in the other chairs, the most pressing first.

        Of what is overdue, what has been so for longest.

        Args:
            but: The session that is on the screen already.
        """
        self._open, now = tuple(self._overviews()), self._now()
        others = [each for each in self._open if each.session_id != but]
        others.sort(key=lambda each: place(each, now)[1])
        found = [
            Elsewhere(chair_words(o.chair), o.drug, due.state, due.short)
            for o in others
            if (due := next_due(o, o.own(now))) is not None
        ]
        return tuple(sorted(found, key=lambda each: _PRESSING.index(each.state)))

    @property
    def _local(self) -> LocalTime:
        return self._open[0].local if self._open else self._own_local

    def _look(self, now: dt.datetime) -> None:
        self._open = tuple(self._overviews())
        day = self._today.face(now, {each.session_id for each in self._open})
        self._seats, self._looked = seated(self._open, self._chairs(), day), now
        self._show(now)

    def _show(self, now: dt.datetime) -> None:
        face = board(self._seats, now, self._local, overdue_first=self._overdue_first)
        self._view.show_board(face)
        self.on_board(face)


@dataclass(frozen=True, slots=True)
class Seated:
    """Who sits where: what stays as it is from one second to the next.

    Attributes:
        places: The clinic's chairs in their order, and any other that somebody sits in.
        likes: For each chair, where somebody sits who is easily taken for its patient; and the
            same for a small card.
        unread: The session that cannot be read, of each chair that has one.
    """

    sessions: Mapping[str, SessionOverview]
    places: tuple[str, ...]
    likes: Mapping[str, tuple[str, str]]
    unread: Mapping[str, str]
    left: tuple[LeftToday, ...]


def seated(
    open_sessions: Sequence[SessionOverview], chairs: Sequence[str], day: DayFace = NO_DAY
) -> Seated:
    """Return who sits where."""
    by_chair = {overview.chair: overview for overview in open_sessions}
    unread = {chair: each for chair, each in day.unread.items() if chair not in by_chair}
    others = (chair for chair in (*by_chair, *unread) if chair not in chairs)
    return Seated(by_chair, (*chairs, *others), _like_in_chairs(open_sessions), unread, day.left)


def board(seats: Seated, now: dt.datetime, local: LocalTime, *, overdue_first: bool) -> BoardFace:
    """Return the whole board."""
    places = list(seats.places)
    if overdue_first:
        orders = {chair: place(overview, now) for chair, overview in seats.sessions.items()}
        orders |= dict.fromkeys(seats.unread, UNREAD)
        places.sort(key=lambda chair: orders.get(chair, FREE))
    cards = tuple(_card(seats, chair, now) for chair in places)
    used = len(seats.sessions) + len(seats.unread)
    note = _note(local.present(now), f"{used} of {len(places)} in use", cards)
    ahead_face = ahead(tuple(seats.sessions.values()), now, local)
    return BoardFace(note, overdue_first, cards, ahead_face, seats.left)


def _card(seats: Seated, chair: str, now: dt.datetime) -> CardFace:
    if chair in seats.sessions:
        like, like_short = seats.likes[chair]
        return replace(card(seats.sessions[chair], now), like=like, like_short=like_short)
    if chair in seats.unread:
        return unread_card(chair, seats.unread[chair])
    return free_card(chair, earlier_in(seats.left, chair))


def _note(today: dt.datetime, used: str, cards: Sequence[CardFace]) -> str:
    late = sum(each.due is not None and each.due.state == "overdue" for each in cards)
    parts = [f"{today:%A} {today.day} {today:%B %Y}", used]
    return " · ".join([*parts, f"{late} overdue"] if late else parts)


def _like_in_chairs(open_sessions: Sequence[SessionOverview]) -> dict[str, tuple[str, str]]:
    """Return for each chair where somebody sits who is easily taken for its patient.

    A small card cuts names before they differ: there the birth date comes first.
    """
    here = Lookalikes(overview.patient for overview in open_sessions)
    seats = {overview.patient.id: chair_words(overview.chair) for overview in open_sessions}
    signs = {overview.patient.id: chair_sign(overview.chair) for overview in open_sessions}
    found = dict.fromkeys((overview.chair for overview in open_sessions), ("", ""))
    for overview in open_sessions:
        others = here.of(overview.patient)
        if others:
            full = ", ".join(f"{seats[each.id]}: {each.name}" for each in others)
            short = ", ".join(signs[each.id] for each in others)
            born = overview.patient.born.isoformat()
            found[overview.chair] = (f"Like {full}", f"born {born}, like {short}")
    return found
