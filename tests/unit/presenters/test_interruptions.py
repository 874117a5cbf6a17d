"""What is said of a time in which nobody could see the screen."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.fakes import open_sessions
from tests.fakes.clock import WARSAW
from tests.fakes.overview_parts import at
from tests.fakes.visit import Visit
from ui.presenters.interruptions import How, Interruption, Notices, due_in_all


def local(instant: dt.datetime) -> dt.datetime:
    return instant.astimezone(WARSAW)


def instant(day: int, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=WARSAW).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("how", "since", "said"),
    [
        (How.CLOSED, (2, 10, 14), "The program was closed 10:14–10:22."),
        (How.SLEPT, (2, 10, 14), "The computer slept 10:14–10:22."),
        (How.CLOSED, (2, 10, 22), "The program was closed at 10:22, for less than a minute."),
        (How.CLOSED, (1, 18, 5), "The program was closed from 18:05 on 1 March to 10:22."),
        (
            How.ENDED,
            (2, 10, 14),
            (
                "The program ended without being closed, after 10:14; every entry it had shown is "
                "here, what was half typed is gone. It began again at 10:22."
            ),
        ),
    ],
)
def test_that_each_interruption_is_a_sentence(
    how: How, since: tuple[int, int, int], said: str
) -> None:
    assert Interruption(how, instant(*since), instant(2, 10, 22)).words(local) == said


def test_that_each_session_is_told_what_fell_due_in_it() -> None:
    visit = Visit().started("10:00")
    visit.at("10:39")
    slept = Interruption(How.SLEPT, visit.instant("10:14"), visit.instant("10:39"))
    assert slept.told_of(visit.overview) == (
        "The computer slept 10:14–10:39. Fell due meanwhile: Vitals 20, Vitals 30."
    )
    visit.line("128/82 76 98 16 s5 d3 @10:20")
    assert slept.told_of(visit.overview).endswith("Fell due meanwhile: Vitals 30.")


def test_that_the_chairs_are_told_of_together_a_device_too() -> None:
    chairs = (
        open_sessions.infusing(),
        dataclasses.replace(open_sessions.devices(), chair="3"),
        open_sessions.ready(),
    )
    slept = Interruption(How.SLEPT, at("10:09"), at("10:24"))
    assert due_in_all(chairs, slept) == "Fell due meanwhile: Chair 2 Vitals 20; Chair 3 Device 3."
    assert due_in_all(chairs[2:], slept) == "Nothing fell due meanwhile."


def test_that_a_notice_stands_until_it_was_seen_and_does_not_come_again() -> None:
    shown: list[str] = []
    notices = Notices(shown.append)
    notices.tell("one")
    notices.tell("two")
    notices.tell("one")
    assert shown[-1] == "one\ntwo"
    notices.seen()
    assert shown[-1] == ""
    notices.tell("three")
    assert shown[-1] == "three"
