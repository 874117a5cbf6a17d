"""What is done to the computer's clock is written once, asked once, and moves nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from monitor.acts import Finish, Sign
from monitor.clock_keeping import WatchClock
from monitor.desk import OpenSession
from monitor.entries import ClockConfirmed, ClockDisturbed, ClockTrouble
from monitor.errors import Code, MonitorError
from monitor.schedule import SlotState
from monitor.steady_clock import SteadyClock
from tests.fakes.computer import AUDITOR, VisitAtComputer

FULL = "122/76 72 98 16 s5 d0"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def visit() -> VisitAtComputer:
    visit = VisitAtComputer()
    visit.started("10:00")
    return visit


def clock_facts(visit: VisitAtComputer) -> list[ClockDisturbed | ClockConfirmed]:
    return [
        entry.what
        for entry in visit.store.entries
        if isinstance(entry.what, ClockDisturbed | ClockConfirmed)
    ]


def test_that_an_even_clock_leaves_no_trace(visit: VisitAtComputer) -> None:
    visit.at("10:10")
    before = len(visit.store.entries)
    seen = visit.watch()
    assert (seen.noted, seen.question, seen.uneasy) == ((), None, False)
    assert len(visit.store.entries) == before


def test_that_a_jump_is_written_once_and_asked_until_it_is_answered(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:15")
    visit.computer.jumps(hours=-13)
    visit.watch()
    visit.watch()
    question = visit.watch().question
    assert question is not None
    assert question.trouble is ClockTrouble.JUMPED
    assert question.kept - question.shown == 13 * HOUR
    assert visit.told() == ["jumped"]
    disturbed = visit.store.entries[-1]
    assert disturbed.by.user == "chairside"
    assert disturbed.recorded_at == visit.computer.real


def test_that_a_second_jump_is_a_second_entry_under_the_same_question(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:15").computer.jumps(hours=-13)
    visit.watch()
    visit.at("10:20").computer.jumps(hours=1)
    question = visit.watch().question
    assert question is not None
    assert question.kept - question.shown == 12 * HOUR
    assert visit.told() == ["jumped", "jumped"]


def test_that_a_clock_that_is_put_back_asks_nothing_any_more(visit: VisitAtComputer) -> None:
    visit.at("10:15").computer.jumps(hours=-13)
    assert visit.watch().uneasy
    visit.at("10:16").computer.jumps(hours=13)
    seen = visit.watch()
    assert (seen.question, seen.uneasy) == (None, False)
    assert [
        what.shown - what.kept for what in clock_facts(visit) if isinstance(what, ClockDisturbed)
    ] == [
        -13 * HOUR,
        0 * HOUR,
    ]


def test_that_keeping_the_record_s_time_is_an_entry_and_sets_nothing(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:15").computer.jumps(hours=-13)
    visit.watch()
    visit.at("10:16").answer.keep(visit.nurse)
    assert clock_facts(visit)[-1] == ClockConfirmed(visit.computer.real, visit.computer.real)
    assert visit.store.entries[-1].by == visit.nurse
    seen = visit.watch()
    assert (seen.question, seen.uneasy) == (None, True)
    visit.open()  # and after the program was opened again
    assert visit.watch().question is None
    assert visit.told() == ["jumped", "confirmed"]


def test_that_taking_the_computer_s_time_sets_the_clock_and_moves_no_grid(
    visit: VisitAtComputer,
) -> None:
    due = {slot.name: slot.due for slot in visit.overview.slots}
    visit.at("10:10").line(FULL)
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    assert visit.steady.now() == visit.computer.real + HOUR
    seen = visit.watch()
    assert (seen.question, seen.uneasy) == (None, False)
    visit.at("10:20").line(FULL)
    assert visit.store.entries[-1].recorded_at == visit.computer.real + HOUR
    assert {slot.name: slot.due for slot in visit.overview.slots} == due
    assert visit.slot("20").state is SlotState.ON_TIME
    assert visit.slot("20").minutes == 0
    assert [visit.shows(name) for name in ("10", "20", "30")] == ["10:10", "11:20", "11:30"]


@pytest.mark.parametrize("hours", [1, -12, -24 * 400])
def test_that_an_infusion_through_a_set_clock_gives_what_ran(
    visit: VisitAtComputer, hours: int
) -> None:
    visit.at("10:15").computer.jumps(hours=hours)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    visit.at("10:40").line(FULL)
    visit.do(Finish())
    visit.at("11:41").line(FULL).ready("Jan Nowak")
    overview = visit.overview
    assert overview.clocks.infusion_minutes == 40
    assert overview.clocks.minutes_since_end == 61
    assert str(overview.dose.given_mg) == "35"
    assert overview.door_open
    visit.left()


def test_that_both_times_stand_under_the_hours_that_the_clock_showed(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:10").line(FULL)
    visit.at("10:15").computer.jumps(hours=-12)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    visit.at("10:20").line(FULL)
    local = visit.overview.local
    assert [f"{local(row.measured):%d %H:%M}" for row in visit.overview.readings] == [
        "02 09:55",
        "02 10:10",
        "01 22:20",
    ]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("@11:18", "10:18"),  # as the clock shows it now
        ("@10:12", "10:12"),  # as the clock showed it then
        ("@11:05", "10:05"),  # never shown: read on the clock as it goes now
        ("-15m", "10:10"),
    ],
)
def test_that_a_typed_time_is_the_last_at_which_the_clock_showed_it(
    visit: VisitAtComputer, typed: str, means: str
) -> None:
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    visit.at("10:25").line(f"{FULL} {typed}")
    assert visit.row(means).measured == visit.instant(means)
    assert visit.store.entries[-1].at == visit.instant(means) + HOUR


def test_that_a_time_that_is_yet_to_come_stays_refused(visit: VisitAtComputer) -> None:
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    with visit.refused(Code.FUTURE):
        visit.at("10:20").line(f"{FULL} @11:30")


@pytest.mark.parametrize("answer", ["keep", "take_computers"])
def test_that_only_a_clinician_says_which_time_is_right(
    visit: VisitAtComputer, answer: str
) -> None:
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    with visit.refused(Code.NOT_ALLOWED):
        getattr(visit.answer, answer)(AUDITOR)
    assert visit.steady.now() == visit.computer.real


def test_that_an_answer_that_was_not_stored_sets_no_clock(visit: VisitAtComputer) -> None:
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.store.fails = Code.DISK_FULL
    with pytest.raises(MonitorError):
        visit.answer.take_computers(visit.nurse)
    assert visit.steady.now() == visit.computer.real
    assert visit.watch().question is not None


def test_that_what_could_not_be_written_is_written_at_the_next_look(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:15").computer.sleeps(minutes=7)
    visit.store.fails = Code.DISK_FULL
    with pytest.raises(MonitorError):
        visit.watch()
    assert visit.told() == []
    assert [what.trouble for what in visit.watch().noted] == [ClockTrouble.SLEPT]


def test_that_a_sleep_is_told_and_asks_nothing(visit: VisitAtComputer) -> None:
    visit.at("10:20").watch()
    visit.computer.sleeps(minutes=22)
    seen = visit.watch()
    assert seen.question is None
    assert seen.noted == (
        ClockDisturbed(ClockTrouble.SLEPT, visit.instant("10:42"), visit.instant("10:20")),
    )
    assert visit.watch().noted == ()
    assert visit.slot("20").state is SlotState.OVERDUE


def test_that_two_windows_write_one_sleep_and_one_jump(visit: VisitAtComputer) -> None:
    other = WatchClock(visit.world, SteadyClock(visit.computer, visit.last_moment()))
    visit.at("10:20").computer.sleeps(minutes=22)
    visit.computer.jumps(hours=2)
    visit.watch()
    visit.watch()
    visit.computer.goes_on(seconds=1)
    other()
    assert other().question is not None
    assert visit.told() == ["slept", "jumped"]


def test_that_the_other_window_follows_an_answer(visit: VisitAtComputer) -> None:
    theirs = SteadyClock(visit.computer, visit.last_moment())
    visit.at("10:20").computer.jumps(hours=2)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    WatchClock(visit.world, theirs)()
    assert theirs.now() == visit.computer.real + 2 * HOUR
    assert visit.told() == ["jumped", "confirmed"]


def test_that_a_new_time_zone_is_told_under_its_own_offset(visit: VisitAtComputer) -> None:
    visit.at("10:20").computer.moves_to("America/New_York")
    assert [what.trouble for what in visit.watch().noted] == [ClockTrouble.ZONE_CHANGED]
    event = visit.overview.clock_events[0]
    assert (event.offset_before, f"{event.kept:%H:%M %z}") == (60, "04:20 -0500")
    visit.at("10:25").line(f"{FULL} @04:24")
    assert visit.row("10:24").measured == visit.instant("10:24")


def test_that_a_zone_that_shows_the_same_time_is_nothing_to_tell(visit: VisitAtComputer) -> None:
    visit.at("10:20").computer.moves_to("Europe/Berlin")
    visit.watch()
    assert visit.told() == []


def test_that_a_restart_is_asked_once(visit: VisitAtComputer) -> None:
    visit.at("10:05").line(FULL)
    visit.at("10:12").computer.is_started_anew()
    visit.open()
    question = visit.watch().question
    assert question is not None
    assert (question.trouble, question.agree) == (ClockTrouble.RESTARTED, True)
    assert question.last == visit.instant("10:05")
    visit.answer.keep(visit.nurse)
    assert visit.watch().question is None
    visit.open()
    assert visit.watch().question is None
    assert visit.told() == ["restarted", "confirmed"]


def test_that_the_time_said_after_a_restart_puts_what_came_before_it_right(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:12").computer.is_started_anew(hours=3)
    visit.open()
    visit.watch()
    visit.line(FULL)  # before anybody has looked at the strip
    assert f"{visit.overview.local(visit.overview.readings[-1].measured):%H:%M}" == "13:12"
    visit.at("10:14").answer.set_to(visit.nurse, visit.instant("10:14"))
    visit.at("10:20").line(FULL)
    rows = visit.overview.readings
    assert [row.measured for row in rows[1:]] == [visit.instant("10:12"), visit.instant("10:20")]
    assert [row.state for row in rows[1:]] == [SlotState.ON_TIME] * 2
    assert f"{visit.overview.local(rows[1].measured):%H:%M}" == "13:12"
    assert visit.steady.now() == visit.computer.real


def test_that_a_flat_battery_cannot_take_time_back(visit: VisitAtComputer) -> None:
    visit.at("10:05").line(FULL)
    visit.at("10:12").computer.is_started_anew(days=-9000)
    visit.open()
    question = visit.watch().question
    assert question is not None
    assert (question.trouble, question.agree) == (ClockTrouble.RESTARTED, False)
    assert question.kept == visit.instant("10:05")
    assert visit.overview.clocks.infusion_minutes == 5
    visit.answer.set_to(visit.nurse, visit.instant("10:12"))
    assert visit.overview.clocks.infusion_minutes == 12


def test_that_a_clock_said_to_be_right_before_the_last_entry_takes_no_minute_away(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:12").line(FULL)
    visit.computer.is_started_anew(days=-1)
    visit.open()
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    visit.at("10:20")
    assert visit.overview.clocks.infusion_minutes == 20


def test_that_every_open_session_is_told_and_answered(visit: VisitAtComputer) -> None:
    visit.at("10:15").computer.jumps(hours=-13)
    visit.watch()
    patient = visit.overview.patient.id
    other = OpenSession(visit.world)(
        visit.nurse, patient_id=patient, protocol_id="iv-ketamine-40", chair="1", confirm=True
    )
    visit.at("10:16").computer.jumps(hours=1)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    streams = [entry.stream for entry in visit.store.entries if "clock" in entry.kind]
    both = [f"session/{visit.session_id}", f"session/{other}"]
    assert sorted(streams) == sorted([both[0], *both, *both])
    assert visit.watch().uneasy is False


def test_that_without_an_open_session_the_clock_goes_by_the_computer_s_again(
    visit: VisitAtComputer,
) -> None:
    visit.at("10:40").line(FULL)
    visit.do(Finish())
    visit.at("11:41").line(FULL)
    visit.left()
    visit.at("11:45").computer.jumps(hours=1)
    seen = visit.watch()
    assert (seen.noted, seen.question, seen.uneasy) == ((), None, False)
    written = visit.store.entries[-1]
    assert written.stream == "access"
    assert written.what == ClockDisturbed(
        ClockTrouble.JUMPED, visit.computer.real, visit.computer.wall()
    )
    assert written.recorded_at == visit.steady.now() == visit.computer.wall()
    assert visit.watch() == seen
    assert visit.told() == []
    visit.open()
    assert visit.steady.now() == visit.computer.wall()


def test_that_who_only_answered_for_the_clock_cannot_sign_the_visit(
    visit: VisitAtComputer,
) -> None:
    other = replace(visit.nurse, user="th", name="Tom Hart")
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.answer.keep(other)
    assert "Tom Hart" in [person.name for person in visit.overview.staff]
    assert "Chairside" not in [person.name for person in visit.overview.staff]
    visit.at("10:40").line(FULL)
    visit.do(Finish())
    visit.at("11:41").line(FULL)
    visit.left()
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(Sign(meaning="recorded by", seen=visit.overview.digest), other)
