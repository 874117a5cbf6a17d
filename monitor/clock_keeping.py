"""The use-cases of the record's clock: what was done to the computer's is written down and asked.

No time in the record moves by itself. While a session is open, every disturbance is an entry in
its stream, once, and a clinician says which clock is right. While none is open there is nothing
to spoil: the clock simply goes by the computer's again, and says so in the access stream.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.clinic import PROGRAM
from monitor.clock import Moment
from monitor.desk import ACCESS, World, raise_alerts, write
from monitor.entries import (
    ClockConfirmed,
    ClockDisturbed,
    ClockTrouble,
    Draft,
    Entry,
    session_stream,
)
from monitor.errors import Code, RefusedError
from monitor.people import CLINICIANS, Author
from monitor.ports import Transaction
from monitor.steady_clock import TOLERANCE, SteadyClock

_NONE = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Question:
    """What nobody has said yet: which time is right.

    Attributes:
        trouble: Jumped or restarted.
        kept: What time it is by the record's clock.
        shown: What the computer's clock shows.
        last: When the record was last written before a restart.
    """

    trouble: ClockTrouble
    kept: dt.datetime
    shown: dt.datetime
    last: dt.datetime

    @property
    def agree(self) -> bool:
        """Tell whether both clocks say the same."""
        return abs(self.shown - self.kept) <= TOLERANCE


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the clocks came to.

    Attributes:
        noted: What has just been written down, once for all sessions.
        question: What a person is to be asked, None where nothing is open.
        uneasy: Whether the two clocks stand apart, answered or not: look again at each tick.
    """

    noted: tuple[ClockDisturbed, ...] = ()
    question: Question | None = None
    uneasy: bool = False


@dataclass(frozen=True, slots=True)
class _Story:
    """What the record of one open session says of the clock.

    Attributes:
        stream: The session's.
        boots: The runs of the computer, or of the program where it cannot tell the computer's,
            that anything was written in.
        apart: By how much the computer's clock was ahead when that was last noted.
        own_apart: The same, as this run noted it since the last answer; None if it did not.
        asked: Which trouble nobody has answered.
        last: When the newest entry was written; of a restart, the newest before it.
        newest: The moment of the newest entry.
        slept_until: When the last noted sleep ended.
        confirmed: The moment of the newest answer, maybe given in another window.
    """

    stream: str
    boots: frozenset[str]
    apart: dt.timedelta
    own_apart: dt.timedelta | None
    asked: ClockTrouble | None
    last: dt.datetime
    newest: Moment
    slept_until: dt.datetime | None
    confirmed: Moment | None

    def knows(self, apart: dt.timedelta) -> bool:
        """Tell whether it is noted that the computer's clock is ahead by so much."""
        said = (self.apart, self.own_apart)
        return any(each is not None and abs(each - apart) <= TOLERANCE for each in said)


@dataclass(frozen=True, slots=True)
class WatchClock:
    """Look at the clocks, and write down what was done to the computer's."""

    world: World
    clock: SteadyClock

    def __call__(self) -> Seen:
        """Return what was seen; it is written already.

        Raises:
            StorageError: If it could not be written; the next look tries again.
        """
        trouble = self.clock.disturbance()
        if trouble is not None and trouble.trouble is ClockTrouble.ZONE_CHANGED:
            self.clock.settle(trouble.trouble)  # first: the entry stands under the new offset
        seen, set_by = Seen(), None
        with self.world.transaction() as tx:
            stories = self._stories(tx)
            for story in stories:
                if story.confirmed is not None:
                    self.clock.follow(story.confirmed)
            if stories:
                seen = self._look(tx, stories, trouble)
            else:
                set_by = self._go_by_the_computer(tx)
        if set_by is not None:
            self.clock.go_on_from(set_by)
        if trouble is not None:
            self.clock.settle(trouble.trouble)
        return seen

    def _stories(self, tx: Transaction) -> list[_Story]:
        streams = [session_stream(header.session_id) for header in tx.sessions(status="open")]
        boot, station = self.clock.boot, self.world.station
        return [_story(stream, tx.stream(stream), boot, station) for stream in streams]

    def _look(
        self, tx: Transaction, stories: Sequence[_Story], trouble: ClockDisturbed | None
    ) -> Seen:
        moment, shown = self.clock.moment(), self.clock.wall()
        noted = [
            what
            for what, where in _to_note(stories, trouble, moment, shown)
            if self._note(tx, where, what, moment)
        ]
        if noted:
            stories = self._stories(tx)
        asked = [story for story in stories if story.asked]
        restarted = [story for story in asked if story.asked is ClockTrouble.RESTARTED]
        question = None
        for story in (restarted or asked)[:1]:
            assert story.asked is not None  # noqa: S101 - that is how it was chosen
            question = Question(story.asked, moment.now, shown, story.last)
        uneasy = question is not None or any(abs(s.apart) > TOLERANCE for s in stories)
        return Seen(tuple(noted), question, uneasy)

    def _note(
        self, tx: Transaction, streams: Sequence[str], what: ClockDisturbed, moment: Moment
    ) -> bool:
        for stream in streams:
            draft = Draft(what, moment.now, self.world.new_uid())
            write(self.world, tx, stream, [draft], author=PROGRAM, moment=moment)
        return bool(streams)

    def _go_by_the_computer(self, tx: Transaction) -> Moment | None:
        """Write that the clock goes by the computer's again; return from which moment on."""
        kept, shown = self.clock.moment(), self.clock.wall()
        if abs(shown - kept.now) <= TOLERANCE:
            return None
        moment = self.clock.moment_if(shown, kept)
        what = ClockDisturbed(ClockTrouble.JUMPED, kept.now, shown)
        draft = Draft(what, shown, self.world.new_uid())
        write(self.world, tx, ACCESS, [draft], author=PROGRAM, moment=moment)
        return moment


@dataclass(frozen=True, slots=True)
class ConfirmClock:
    """Say which time is right, as a clinician."""

    world: World
    clock: SteadyClock

    def keep(self, author: Author) -> None:
        """Say that the record's clock is right; it goes on as it did."""
        kept = self.clock.moment()
        self._confirm(author, kept, kept.now)

    def take_computers(self, author: Author) -> None:
        """Say that the computer's clock is right; the record's goes on from it."""
        kept = self.clock.moment()
        self._confirm(author, kept, self.clock.wall())

    def set_to(self, author: Author, instant: dt.datetime) -> None:
        """Say which time it is now; the record's clock goes on from it."""
        self._confirm(author, self.clock.moment(), instant)

    def _confirm(self, author: Author, kept: Moment, chosen: dt.datetime) -> None:
        """Write it in every open session, and only then set the clock.

        After a restart the answer moves what was entered since: alerts that stand by it are
        raised with it, not at the next act.

        Raises:
            RefusedError: `not-allowed` for other than clinicians.
        """
        if author.role not in CLINICIANS:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        moment = self.clock.moment_if(chosen, kept)
        what = ClockConfirmed(kept.now, chosen)
        with self.world.transaction() as tx:
            for header in tx.sessions(status="open"):
                stream = session_stream(header.session_id)
                draft = Draft(what, chosen, self.world.new_uid())
                write(self.world, tx, stream, [draft], author=author, moment=moment)
                raise_alerts(self.world, tx, header.session_id, author, moment)
        self.clock.go_on_from(moment)


def _story(stream: str, entries: Sequence[Entry], boot: str, station: str) -> _Story:
    apart, asked, slept_until = _NONE, None, None
    last = entries[0].recorded_at
    for entry in entries:
        match entry.what:
            case ClockConfirmed(kept, chosen):
                apart -= (chosen - kept) if asked else _NONE  # else it was asked elsewhere
                asked = None
            case ClockDisturbed(ClockTrouble.SLEPT, kept, _):
                slept_until = kept
            case ClockDisturbed(ClockTrouble.RESTARTED, kept, shown):
                apart, asked = shown - kept, ClockTrouble.RESTARTED
            case ClockDisturbed(ClockTrouble.JUMPED, kept, shown):
                apart = shown - kept
                asked = asked if asked is ClockTrouble.RESTARTED else _asked(apart)
            case _:
                pass
        if asked is not ClockTrouble.RESTARTED:
            last = entry.recorded_at
    own, boots = _own_apart(entries, boot), frozenset(entry.moment.boot for entry in entries)
    told = (last, entries[-1].moment, slept_until, _confirmed(entries, boot, station))
    return _Story(stream, boots, apart, own, asked, *told)


def _own_apart(entries: Sequence[Entry], boot: str) -> dt.timedelta | None:
    """Return by how much the computer's clock was ahead as one run noted it, since the answer."""
    for entry in reversed(entries):
        match entry.what:
            case ClockConfirmed():
                return None
            case ClockDisturbed(ClockTrouble.RESTARTED | ClockTrouble.JUMPED, kept, shown):
                if entry.moment.boot == boot:
                    return shown - kept
            case _:
                pass
    return None


def _confirmed(entries: Sequence[Entry], boot: str, station: str) -> Moment | None:
    """Return the moment of the newest answer.

    What was written at this computer after anything of this run is of this run, too: where
    the computer's runs cannot be told apart, each window has a name of its own for it.
    """
    answers = [n for n, entry in enumerate(entries) if isinstance(entry.what, ClockConfirmed)]
    if not answers:
        return None
    answer = entries[answers[-1]]
    here = answer.station == station and any(
        entry.moment.boot == boot for entry in entries[: answers[-1]]
    )
    return replace(answer.moment, boot=boot) if here else answer.moment


def _asked(apart: dt.timedelta) -> ClockTrouble | None:
    """Return what is asked of two clocks so far apart: nothing once they agree again."""
    return ClockTrouble.JUMPED if abs(apart) > TOLERANCE else None


def _to_note(
    stories: Sequence[_Story],
    trouble: ClockDisturbed | None,
    moment: Moment,
    shown: dt.datetime,
) -> list[tuple[ClockDisturbed, list[str]]]:
    """Return what is to be written, and in which streams: what stands there already is not."""
    found = []
    restarted = [s.stream for s in stories if moment.boot not in s.boots]
    found.append((ClockDisturbed(ClockTrouble.RESTARTED, moment.now, shown), restarted))
    if trouble is not None and trouble.trouble is ClockTrouble.SLEPT:
        awake = trouble.kept - TOLERANCE
        asleep = [s.stream for s in stories if s.slept_until is None or s.slept_until < awake]
        found.append((trouble, asleep))
    if trouble is not None and trouble.trouble is ClockTrouble.ZONE_CHANGED:
        moved = [s.stream for s in stories if s.newest.offset != moment.offset]
        found.append((trouble, moved))
    apart = shown - moment.now
    known = restarted or any(story.knows(apart) for story in stories)
    jumped = [] if known else [s.stream for s in stories]
    found.append((ClockDisturbed(ClockTrouble.JUMPED, moment.now, shown), jumped))
    return found
