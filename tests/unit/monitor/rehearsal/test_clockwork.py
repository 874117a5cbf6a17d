"""A script sets the computer's clock; its own times stay real."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.entries import ClockConfirmed, ClockDisturbed, ClockTrouble
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.script import ScriptError
from tests.fakes.clock import WARSAW
from tests.unit.monitor.rehearsal.playing import Playing
from tests.unit.monitor.rehearsal.scripts import NOTE, ORDER, script_of
from ui.wording import sentence

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=WARSAW).astimezone(dt.UTC)
HOUR = dt.timedelta(hours=1)
JUMP = 'at = "09:50"\ndo = "clock_jump"\nseconds = -46800'
ANSWER = 'at = "09:52"\nby = "nk"\ndo = "clock_confirm"\ntime = "{}"'
LATER = 'at = "09:55"\nby = "nk"\ndo = "line"\ntext = "? later"'


def clock_facts(playing: Playing) -> list[tuple[str, str]]:
    return [
        (entry.stream.partition("/")[0], entry.kind)
        for entry in playing.store.entries
        if isinstance(entry.what, ClockDisturbed | ClockConfirmed)
    ]


def test_that_a_jump_is_written_at_once_and_by_nobody() -> None:
    playing = Playing(script_of(ORDER, JUMP, LATER))
    assert playing.codes() == ["recorded"] * 3
    assert clock_facts(playing) == [("session", "clock disturbed")]
    assert playing.clock.now() == playing.clock.real
    assert playing.clock.wall() == playing.clock.real - 13 * HOUR


@pytest.mark.parametrize(("time", "ahead"), [("record", 0), ("computer", -13)])
def test_that_a_person_says_which_time_is_right(time: str, ahead: int) -> None:
    playing = Playing(script_of(ORDER, JUMP, ANSWER.format(time), LATER))
    assert playing.codes() == ["recorded"] * 4
    assert clock_facts(playing) == [
        ("session", "clock disturbed"),
        ("session", "clock confirmed"),
    ]
    assert playing.store.entries[-1].recorded_at == playing.clock.real + ahead * HOUR


def test_that_a_jump_before_the_session_is_followed_without_a_word() -> None:
    playing = Playing(script_of('at = "09:40"\ndo = "clock_jump"\nseconds = "3600"', ORDER))
    playing.all()
    assert clock_facts(playing) == [("access", "clock disturbed")]
    assert playing.store.entries[-1].recorded_at == playing.clock.real + HOUR


def test_that_once_the_patient_has_left_the_clock_goes_by_the_computer_s() -> None:
    cancel = 'at = "09:54"\nby = "nk"\ndo = "cancel"\nreason = "no time"'
    playing = Playing(script_of(ORDER, JUMP, ANSWER.format("record"), cancel))
    assert playing.codes() == ["recorded"] * 4
    assert clock_facts(playing)[-1] == ("access", "clock disturbed")
    assert playing.clock.now() == playing.clock.wall()


@pytest.mark.parametrize("seconds", ['"soon"', '"1.5"', '""'])
def test_that_only_whole_seconds_are_understood(seconds: str) -> None:
    act = f'at = "09:50"\ndo = "clock_jump"\nseconds = {seconds}'
    assert Playing(script_of(ORDER, act)).codes() == ["recorded", "not-understood"]


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        ('at = "09:50"\ndo = "clock_jump"', 'lacks "seconds"'),
        ('at = "09:50"\nby = "nk"\ndo = "clock_confirm"\ntime = "sun"', "record, computer"),
        ('at = "09:50"\ndo = "clock_confirm"\ntime = "record"', 'lacks "by"'),
    ],
)
def test_that_a_slip_in_the_script_is_named(act: str, problem: str) -> None:
    with pytest.raises(ScriptError) as caught:
        script_of(NOTE, act)
    assert problem in caught.value.sentence


def test_that_it_goes_on_where_it_was_killed() -> None:
    first = ScriptClock(NOON, WARSAW, bytes(32))
    first.jump(3600)
    last = first.moment()
    again = ScriptClock(NOON + 2 * HOUR, WARSAW, bytes(32), HOUR)
    again.resume(last)
    assert again.now() == again.real == NOON + 2 * HOUR
    assert again.wall() == NOON + 3 * HOUR


SLEEP = 'at = "09:50"\ndo = "suspend"\nseconds = "1500"'


def test_that_a_sleep_is_written_once_with_both_its_ends() -> None:
    playing = Playing(script_of(ORDER, SLEEP, LATER))
    assert playing.codes() == ["recorded"] * 3
    (slept,) = [e.what for e in playing.store.entries if isinstance(e.what, ClockDisturbed)]
    assert slept.trouble is ClockTrouble.SLEPT
    assert slept.kept - slept.shown == dt.timedelta(minutes=25)
    assert slept.kept == playing.clock.real


def test_that_real_time_and_boot_time_go_on_while_the_computer_sleeps() -> None:
    clock = ScriptClock(NOON, WARSAW, bytes(32))
    before = clock.moment()
    clock.sleep(1500)
    assert clock.now() == clock.real == clock.wall() == NOON + dt.timedelta(minutes=25)
    assert clock.moment().mono - before.mono == 1500 * 10**9


def test_that_what_falls_into_the_sleep_is_done_right_after_it() -> None:
    during = LATER.replace("09:55", "10:00")
    playing = Playing(script_of(ORDER, SLEEP, during))
    assert playing.all()[-1].at == dt.datetime(2026, 3, 2, 9, 15, tzinfo=dt.UTC)
    assert playing.store.entries[-1].recorded_at == playing.clock.real


@pytest.mark.parametrize(
    ("seconds", "code"),
    [("0", "out-of-range"), ("-60", "out-of-range"), ("604801", "out-of-range")]
    + [(f'"{text}"', "not-understood") for text in ("soon", "1.5", "")],
)
def test_that_only_a_time_that_a_computer_can_sleep_is_taken(seconds: str, code: str) -> None:
    act = f'at = "09:50"\ndo = "suspend"\nseconds = {seconds}'
    playing = Playing(script_of(ORDER, act, LATER))
    outcomes = playing.all()
    assert [outcome.code for outcome in outcomes] == ["", code, ""]
    error = outcomes[1].error
    assert error is not None
    said = sentence(error)
    assert said.endswith(".")
    assert "{" not in said


def test_that_real_time_never_goes_back() -> None:
    clock = ScriptClock(NOON, WARSAW, bytes(32))
    clock.move_to(NOON - HOUR)
    assert clock.real == clock.now() == NOON
