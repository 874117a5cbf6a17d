"""The open sessions are read once for all who look, and again only where it is needed."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.acts import Stop, TypeLine
from monitor.clinic import Lists
from monitor.desk import ACCESS, ShowSession
from monitor.entries import Leaving, session_stream
from monitor.errors import Code, IntegrityError, MonitorError, StorageError
from monitor.overseeing import oversee
from monitor.overview import SessionOverview
from monitor.ports import SessionHeader
from monitor.reminders import has_moved_on, reminders
from tests.fakes.visit import DEVICE, Visit
from ui.open_sessions import AGE, OpenSessions


class Board:
    """A visit in its chair, looked at through the cache."""

    def __init__(self) -> None:
        self.visit = Visit().started("10:00")
        self.reads = 0
        self.trouble: MonitorError | None = None
        self.lists = Lists(self.visit.world)
        self.listings = 0
        self.sessions = OpenSessions(self._list, self._show, self.visit.clock.now)
        self.sessions.look()

    def _list(self) -> tuple[SessionHeader, ...]:
        self.listings += 1
        return self.lists.sessions("open")

    def _show(self, session_id: str) -> SessionOverview:
        self.reads += 1
        if self.trouble is not None:
            raise self.trouble
        return ShowSession(self.visit.world)(session_id)

    def reads_after(self, **time: float) -> int:
        """Let time pass and look; return how often the record was read."""
        before = self.reads
        self.visit.clock.advance(**time)
        self.sessions.look()
        return self.reads - before


def test_that_looking_again_reads_nothing() -> None:
    board = Board()
    assert [board.reads_after(seconds=1) for _ in range(30)] == [0] * 30


def test_that_it_is_looked_up_now_and_then_which_are_open() -> None:
    board = Board()
    for _ in range(10):
        board.reads_after(seconds=1)
    assert board.listings == 2


def test_that_a_session_is_read_when_a_mark_passes_and_else_once_in_a_while() -> None:
    board = Board()
    board.visit.at("10:06")
    board.sessions.look()
    assert board.reads_after(seconds=59) == 0
    assert board.reads_after(seconds=1) == 1  # the window of slot 10 opens
    assert board.reads_after(seconds=1) == 0
    assert board.reads_after(seconds=AGE.total_seconds() + 1) == 1
    assert board.reads_after(seconds=1) == 0


def test_that_only_the_session_that_was_written_in_is_read() -> None:
    board = Board()
    board.visit.at("10:00")
    board.sessions.on_entry(ACCESS)
    board.sessions.on_entry(session_stream("another"))
    assert board.reads_after() == 0
    board.visit.do(TypeLine(text="124/78 70 98 14"))
    board.sessions.on_entry(session_stream(board.visit.session_id))
    assert board.reads_after() == 1
    assert len(board.sessions.known[0].readings) == 2


@pytest.mark.parametrize("stream", ["clinic", "patient/p1"])
def test_that_a_change_of_what_sessions_follow_reads_them_all(stream: str) -> None:
    board = Board()
    board.sessions.on_entry(stream)
    assert board.reads_after() == 1


def test_that_a_closed_session_is_no_longer_there() -> None:
    board = Board()
    board.visit.do(Stop(reason="made up"))
    board.visit.left(Leaving.AGAINST_ADVICE, "made up")
    board.sessions.on_entry(session_stream(board.visit.session_id))
    assert board.sessions.look() == ()
    assert board.sessions.known == ()


def test_that_a_session_that_was_tampered_with_is_told_and_not_read_each_second() -> None:
    board = Board()
    board.trouble = IntegrityError(Code.BROKEN_CHAIN)
    board.sessions.forget()
    assert board.sessions.look() == ()
    assert list(board.sessions.unread) == ["2"]
    assert board.reads_after(seconds=1) == 0
    board.trouble = None
    board.sessions.forget()
    assert len(board.sessions.look()) == 1
    assert not board.sessions.unread


def test_that_a_chair_that_could_not_be_read_is_tried_again_in_a_while() -> None:
    board = Board()
    board.trouble = IntegrityError(Code.BROKEN_CHAIN)
    board.sessions.forget()
    board.sessions.look()
    assert board.reads_after(seconds=AGE.total_seconds() + 1) == 1
    assert list(board.sessions.unread) == ["2"]
    board.trouble = None
    assert board.reads_after(seconds=1) == 0
    assert board.reads_after(seconds=AGE.total_seconds() + 1) == 1
    assert (board.sessions.unread, len(board.sessions.known)) == ((), 1)


def test_that_what_was_seen_stays_while_the_record_cannot_be_read() -> None:
    board = Board()
    board.trouble = StorageError(Code.DISK_FULL)
    board.sessions.forget()
    for _ in range(2):
        with pytest.raises(StorageError):
            board.sessions.look()
    assert [each.chair for each in board.sessions.known] == ["2"]
    board.trouble = None
    board.sessions.look()
    assert board.reads_after(seconds=1) == 0


def test_that_a_slot_by_which_the_series_goes_on_is_seen_the_moment_it_is_there() -> None:
    visit = Visit().started("10:00").at("10:44")
    seen = visit.overview
    assert "50" not in {slot.name for slot in seen.slots}
    opens = visit.instant("10:47")
    assert seen.series_opens == opens
    assert not has_moved_on(seen, opens - dt.timedelta(seconds=1))
    assert has_moved_on(seen, opens)
    visit.at("10:47")
    assert visit.slot("50").opens == opens


@pytest.mark.parametrize(
    ("visit", "measured", "slot", "minutes"),
    [
        (Visit().ordered().weighed().calculated().checked(), "09:55", "baseline", 30),
        (Visit("esketamine").started("10:00"), "12:14", "closing", 15),
    ],
    ids=["baseline", "closing"],
)
def test_that_a_set_that_grows_too_old_is_seen_to_open_its_slot_again(
    visit: Visit, measured: str, slot: str, minutes: int
) -> None:
    if slot == "closing":
        for given in ("10:06", "10:12"):
            visit.at(given).do(DEVICE)
    seen = visit.at(measured).line("122/76 72 98 16 s5 d0").overview
    last = visit.instant(measured) + dt.timedelta(minutes=minutes)
    for now in (last, last + dt.timedelta(seconds=1)):
        fresh = {each.name for each in reminders(oversee(visit.session, now), now)}
        shown = {each.name for each in reminders(seen, now)}
        assert (slot in fresh) is (now > last)
        assert fresh == shown or has_moved_on(seen, now)
    assert has_moved_on(oversee(visit.session, last), last + dt.timedelta(seconds=1))
