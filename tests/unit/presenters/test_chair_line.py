"""One chair in one line: alerts and readings counted, the longest named, no numbers of ours."""

from __future__ import annotations

from monitor.reminders import Awaited, Reminder
from monitor.schedule import SlotState
from tests.fakes.overview_parts import LOCAL, at
from ui.presenters.chair_line import chair_line


def waiting(what: Awaited, name: str, due: str, state: SlotState = SlotState.DUE) -> Reminder:
    return Reminder("s-8", "8", "ketamine", what, name, state, at(due))


LATE = [
    waiting(Awaited.SLOT, name, due, SlotState.OVERDUE)
    for name, due in (("10", "10:10"), ("20", "10:20"), ("30", "10:30"))
]
ALERTS = [waiting(Awaited.ALERT, f"A{n}", f"10:1{n}") for n in range(1, 5)]


def test_that_alerts_and_readings_of_a_chair_are_counted_and_the_longest_is_named() -> None:
    said = {
        chair_line(each, at("11:03"), LOCAL).said
        for each in ([*LATE, *ALERTS], [LATE[0], ALERTS[0]], LATE, ALERTS, LATE[:1], ALERTS[:1])
    }
    assert said == {
        "4 alerts open, 3 readings overdue, longest 53 min",
        "1 alert open, Vitals 10 overdue, longest 53 min",
        "3 readings overdue, longest 53 min",
        "4 alerts open, longest 52 min",
        "Vitals 10 overdue 53 min",
        "Alert open 52 min",
    }


def test_that_the_longest_wait_of_a_chair_is_that_of_an_alert_where_it_is_older() -> None:
    old = waiting(Awaited.ALERT, "A1", "09:30")
    line = chair_line([LATE[2], old], at("10:35"), LOCAL)
    assert line.said == "1 alert open, Vitals 30 overdue, longest 1 h 05"
