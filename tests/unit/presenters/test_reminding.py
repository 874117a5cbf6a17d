"""Reminders: each stage of each thing once, over hours, sleeps and every chair at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, strategies as st

from monitor.acts import Acknowledge, TypeLine
from monitor.errors import Code, MonitorError, StorageError
from monitor.overview import AlertView, SessionOverview, SlotView
from monitor.protocols.protocol import Anchor
from monitor.schedule import SlotState
from tests.fakes import open_sessions
from tests.fakes.overview_parts import LIMITS, at
from tests.fakes.visit import Visit
from ui.presenters.reminding import (
    Announcement,
    PressingFace,
    RemindingDoors,
    RemindingPresenter,
)

MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)


class FakeRemindingView:
    """Implements `RemindingView`; remembers everything."""

    def __init__(self) -> None:
        self.messages: list[Announcement] = []
        self.pressing = PressingFace()

    def announce(self, message: Announcement) -> None:
        self.messages.append(message)

    def show_pressing(self, face: PressingFace) -> None:
        self.pressing = face


class Ward:
    """The chairs, a clock that is told the time, and what was said."""

    def __init__(
        self,
        look: Callable[[], Sequence[SessionOverview]],
        *,
        lead: int = 2,
        since: dt.datetime | None = None,
    ) -> None:
        self.view, self.unread = FakeRemindingView(), list[str]()
        self.trouble: MonitorError | None = None
        self._look, self._known = look, tuple[SessionOverview, ...]()
        doors = RemindingDoors(
            look=self._seen,
            known=lambda: self._known,
            unread=lambda: self.unread,
            lead=lambda: lead * MINUTE,
        )
        self.presenter = RemindingPresenter(self.view, doors, since)

    def _seen(self) -> Sequence[SessionOverview]:
        if self.trouble is not None:
            raise self.trouble
        self._known = tuple(self._look())
        return self._known

    def at(self, now: dt.datetime | str) -> list[str]:
        """Look once; return what was said at that."""
        before = len(self.view.messages)
        self.presenter.look(at(now) if isinstance(now, str) else now)
        return [message.words for message in self.view.messages[before:]]

    def through(self, start: str, end: str, step: dt.timedelta = SECOND) -> list[tuple[str, str]]:
        """Look every second, or less often; return what was said, and when."""
        now, said = at(start), list[tuple[str, str]]()
        while now <= at(end):
            local = now + dt.timedelta(hours=1)
            said += [(f"{local:%H:%M:%S}", words) for words in self.at(now)]
            now += step
        return said


def seated(overview: SessionOverview, chair: str, **changes: object) -> SessionOverview:
    placed = dataclasses.replace(overview, chair=chair, session_id=f"session-{chair}")
    return dataclasses.replace(placed, **changes)  # type: ignore[arg-type]


def slot(name: str, due: str) -> SlotView:
    """A slot with three minutes around it, as it stood before its window."""
    return open_sessions.waiting(name, due, Anchor.START, at("09:00"))


INFUSING = open_sessions.infusing()


def infusing(chair: str, *slots: SlotView) -> SessionOverview:
    return seated(INFUSING, chair, slots=slots, seen_at=at("10:00"))


def waiting_for_20() -> Ward:
    seen = (infusing("2", slot("20", "10:20")),)
    return Ward(lambda: seen)


def test_that_a_slot_is_said_when_due_when_overdue_and_every_five_minutes_after() -> None:
    ward = waiting_for_20()
    assert ward.through("10:00:00", "10:34:00") == [
        ("10:17:00", "Chair 2: Vitals 20 now, till 10:23."),
        ("10:23:01", "Chair 2: Vitals 20 overdue 3 min."),
        ("10:28:00", "Chair 2: Vitals 20 overdue 8 min."),
        ("10:33:00", "Chair 2: Vitals 20 overdue 13 min."),
    ]


def test_that_nothing_is_said_while_nothing_is_due_and_nothing_presses() -> None:
    ward = waiting_for_20()
    assert ward.through("10:00:00", "10:16:59") == []
    assert ward.view.pressing == PressingFace()


@pytest.mark.parametrize(("lead", "said"), [(0, []), (3, ["Chair 3: Device 3 in 3 min."])])
def test_that_a_device_is_said_before_its_time_as_early_as_was_chosen(
    lead: int, said: list[str]
) -> None:
    overview = seated(open_sessions.devices(), "3", slots=(), device_opens_at=at("10:10"))
    ward = Ward(lambda: (overview,), lead=lead)
    assert ward.at("10:06:59") == []
    assert ward.at("10:07:00") == said
    assert ward.at("10:09:59") == []
    assert ward.at("10:10:00") == ["Chair 3: Device 3 now."]
    assert ward.at("10:14:59") == []
    assert ward.at("10:15:00") == ["Chair 3: Device 3 due since 10:10, 5 min."]
    assert ward.at("10:19:59") == []
    assert ward.at("10:20:00") == ["Chair 3: Device 3 due since 10:10, 10 min."]


def test_that_several_chairs_are_one_message_the_most_pressing_first() -> None:
    device = seated(open_sessions.devices(), "3", slots=(), device_opens_at=at("10:24"))
    ward = Ward(lambda: (device, infusing("2", slot("20", "10:20"), slot("30", "10:27"))))
    assert ward.at("10:24:00") == [
        "Chair 2: Vitals 20 overdue 4 min; Vitals 30 now, till 10:30. Chair 3: Device 3 now."
    ]
    assert ward.view.messages[0].session_id == "session-2"


def test_that_more_chairs_than_a_message_holds_are_counted() -> None:
    ward = Ward(lambda: [infusing(str(n), slot("20", "10:20")) for n in range(1, 25)])
    (words,) = ward.at("10:20")
    assert words.startswith("Chair 1: Vitals 20 now, till 10:23. Chair 2:")
    assert words.endswith("And 18 more chairs.")
    assert len(ward.view.messages[0].about) == 24


def test_that_what_fell_due_during_a_sleep_is_said_in_one_message_with_since_when() -> None:
    slots = slot("20", "10:20"), slot("30", "10:30"), slot("50", "10:50")
    ward = Ward(lambda: (infusing("2", *slots),))
    ward.at("10:14")
    assert ward.at("10:39") == ["Chair 2: 2 readings overdue, longest 19 min."]
    assert ward.view.messages[0].title == "From 10:14 to 10:39 nobody could be reminded"
    assert ward.at("10:39:01") == []


def test_that_a_start_says_what_fell_due_since_the_program_was_closed() -> None:
    ward = Ward(lambda: (infusing("2", slot("20", "10:20")),), since=at("22:50", day=1))
    ward.at("10:25")
    title = ward.view.messages[0].title
    assert title == "From 1 March 22:50 to 10:25 nobody could be reminded"


def test_that_a_reading_silences_its_slot_and_a_shift_of_its_time_says_it_anew() -> None:
    due, shifted = slot("20", "10:20"), slot("20", "10:32")
    closed = dataclasses.replace(due, state=SlotState.ON_TIME)
    now: list[SlotView] = [due]
    ward = Ward(lambda: (infusing("2", *now),))
    assert ward.at("10:18") == ["Chair 2: Vitals 20 now, till 10:23."]
    now[:] = [closed]
    assert ward.through("10:18:01", "10:21:00", 10 * SECOND) == []
    now[:] = [due]  # the reading was amended into one that closes nothing
    assert ward.at("10:21:01") == ["Chair 2: Vitals 20 now, till 10:23."]
    now[:] = [closed]
    assert ward.through("10:21:02", "10:28:00", 10 * SECOND) == []
    now[:] = [shifted]  # the start was amended: it is to be taken later after all
    assert ward.at("10:28:30") == []
    assert ward.at("10:29:00") == ["Chair 2: Vitals 20 now, till 10:35."]
    now[:] = [slot("20", "10:33")]
    assert ward.at("10:30:00") == []  # it stands where it stood


def alert(state: str = "open") -> AlertView:
    raised = at("10:11")
    return AlertView(
        *("A1", "alert-1", LIMITS[0], at("10:05"), "182/108", "reading-10:10", state), raised=raised
    )


def test_that_an_alert_without_an_answer_is_said_after_two_minutes_and_then_every_five() -> None:
    state = ["open"]
    ward = Ward(lambda: (seated(infusing("2"), "2", alerts=(alert(state[0]),)),))
    assert ward.through("10:11:00", "10:18:00") == [  # it was raised at 10:11
        ("10:13:00", "Chair 2: Alert open 2 min."),
        ("10:18:00", "Chair 2: Alert open 7 min."),
    ]
    assert ward.view.pressing.words == "Chair 2: Alert open 7 min"
    assert (ward.view.pressing.state, ward.view.pressing.alerts) == ("alert", 1)
    state[0] = "acknowledged"
    assert ward.through("10:18:01", "10:24:00") == []
    assert ward.view.pressing == PressingFace()


def test_that_what_presses_is_counted_by_chair_and_told_in_one_line() -> None:
    others = [infusing(str(n), slot("20", "10:20"), slot("25", "10:20")) for n in (2, 4)]
    ward = Ward(lambda: (*others, seated(infusing("5"), "5", alerts=(alert(),))))
    ward.at("10:26")
    face = ward.view.pressing
    assert (face.overdue, face.session_id, face.state) == (2, "session-5", "alert")
    assert face.words == "Chair 5: Alert open 15 min, 2 more chairs"
    assert face.lines[1] == "Chair 2: Vitals 20 overdue 6 min"


def test_that_what_is_coming_and_due_stands_there_too_after_what_presses_more() -> None:
    device = seated(open_sessions.devices(), "3", slots=(), device_opens_at=at("10:24"))
    ward = Ward(lambda: (device, infusing("2", slot("20", "10:20"))))
    seen: list[tuple[int, str, str]] = []
    for now in ("10:16:59", "10:17:00", "10:22:00", "10:23:01", "10:24:00"):
        ward.at(now)
        face = ward.view.pressing
        seen.append((face.overdue, face.state, face.words))
    assert seen == [
        (0, "", ""),
        (0, "due", "Chair 2: Vitals 20 now, till 10:23"),
        (0, "due", "Chair 2: Vitals 20 now, till 10:23, 1 more chair"),
        (1, "overdue", "Chair 2: Vitals 20 overdue 3 min, 1 more chair"),
        (1, "overdue", "Chair 2: Vitals 20 overdue 4 min, 1 more chair"),
    ]
    assert ward.view.pressing.lines[-1] == "Chair 3: Device 3 now"
    alone = Ward(lambda: (device,))
    alone.at("10:22:00")
    face = alone.view.pressing
    assert (face.state, face.words) == ("later", "Chair 3: Device 3 in 2 min")


def test_that_what_has_no_time_is_never_said() -> None:
    whole = open_sessions.pre_dose()
    baseline = dataclasses.replace(
        whole.slots[0], due=None, opens=None, closes=None, state=SlotState.DUE
    )
    ward = Ward(lambda: (seated(whole, "2", slots=(baseline,)),))
    assert ward.through("09:55:00", "10:05:00") == []


def test_that_a_session_that_cannot_be_read_hides_no_other_and_is_said_once() -> None:
    ward = waiting_for_20()
    ward.unread.append("3")
    ward.at("10:20")
    assert ward.view.messages[0].lines == (
        "Chair 2: Vitals 20 now, till 10:23.",
        "Chair 3: its session cannot be read, so nothing is reminded of there.",
    )
    assert ward.at("10:20:01") == []
    assert ward.view.pressing.words == "Chair 2: Vitals 20 now, till 10:23, 1 more chair"
    assert ward.view.pressing.lines[-1] == "Chair 3 cannot be read"
    assert ward.view.pressing.unread == 1


def test_that_reminders_go_on_by_what_was_seen_when_the_record_cannot_be_read() -> None:
    ward = waiting_for_20()
    ward.at("10:10")
    ward.trouble = StorageError(Code.DISK_FULL)
    said = ward.through("10:10:01", "10:23:01")
    assert said == [
        ("10:11:01", "The record cannot be read; reminders go by what was last seen of it."),
        ("10:17:00", "Chair 2: Vitals 20 now, till 10:23."),
        ("10:23:01", "Chair 2: Vitals 20 overdue 3 min."),
    ]
    ward.trouble = None
    assert ward.at("10:23:02") == []


def test_that_no_patient_is_named() -> None:
    ward = waiting_for_20()
    ward.at("10:30")
    said = f"{ward.view.messages} {ward.view.pressing}"
    patient = open_sessions.infusing().patient
    for word in (patient.family, patient.given, patient.number, str(patient.born.year)):
        assert word not in said


# --- a whole visit ------------------------------------------------------------------------


def test_that_a_visit_over_hours_is_reminded_of_as_its_record_goes_on() -> None:
    visit = Visit().started("10:00")
    ward = Ward(lambda: (visit.overview,))
    said: list[tuple[str, str]] = []
    lines = {"10:10": "124/78 70 98 14 s5 d2", "10:31": "190/112 88 97 16 s5 d3"}
    for minute in range(55):
        clock = f"10:{minute:02}"
        visit.at(clock)
        if clock in lines:
            visit.do(TypeLine(text=lines[clock], confirm=True))
        if clock == "10:40":
            for each in visit.overview.alerts:
                visit.do(Acknowledge(alert=each.uid, action="repeated", told=""))
        said += [(clock, words) for words in ward.at(clock)]
    assert ("10:07", "Chair 2: Vitals 10 now, till 10:13.") in said
    assert not any("Vitals 10 overdue" in words for _, words in said)
    overdue = "Vitals 20 overdue", "readings overdue"
    late = [clock for clock, words in said if any(each in words for each in overdue)]
    assert late == ["10:24", "10:28", "10:33", "10:38", "10:43", "10:48", "10:53"]
    alerts = [(clock, words) for clock, words in said if "alert" in words.casefold()]
    assert [clock for clock, _ in alerts] == ["10:33", "10:38"]
    assert ("10:47", "Chair 2: Vitals 50 now, till 10:53.") in said  # the infusion goes on


# --- exactly once, whatever the ticks -----------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Planned:
    """A slot in seconds from ten o'clock; closed never, or at that second."""

    name: str
    due: int
    around: int
    closed: int | None

    def view(self, second: int) -> SlotView:
        now, due = at("10:00") + second * SECOND, at("10:00") + self.due * SECOND
        opens, closes = due - self.around * SECOND, due + self.around * SECOND
        state = SlotState.LATER if now < opens else SlotState.DUE
        state = SlotState.OVERDUE if now > closes else state
        if self.closed is not None and self.closed <= second:
            state = SlotState.LATE
        return SlotView(self.name, Anchor.START, due, opens, closes, state, None, None, None, None)

    def stage(self, second: int, lead: int) -> str:
        """Where it stands, by plain arithmetic; empty where there is nothing to say."""
        if self.closed is not None and self.closed <= second:
            return ""
        late = second - self.due - self.around
        if late > 0:
            return f"overdue {late // 300}"
        if late >= -2 * self.around:
            return "due"
        return "coming" if lead and self.due - second <= lead else ""


_PLANNED = st.builds(
    lambda number, due, around, closed: (number, due, around, closed),
    st.integers(1, 3),
    st.integers(60, 7200),
    st.sampled_from([0, 60, 180, 600]),
    st.none() | st.integers(0, 9000),
)
_STEPS = st.lists(
    st.one_of(st.integers(1, 5), st.integers(20, 90), st.integers(600, 3000)),
    min_size=1,
    max_size=60,
)


@given(
    st.lists(_PLANNED, min_size=1, max_size=8),
    _STEPS,
    st.sampled_from([0, 1, 2, 5]),
)
def test_that_every_stage_that_a_tick_meets_is_said_at_once_and_only_once(
    drawn: list[tuple[int, int, int, int | None]], steps: list[int], lead: int
) -> None:
    chairs: dict[str, list[Planned]] = {}
    for number, (chair, due, around, closed) in enumerate(drawn):
        chairs.setdefault(str(chair), []).append(Planned(f"s{number}x", due, around, closed))
    second = [0]

    def look() -> list[SessionOverview]:
        return [
            infusing(chair, *(each.view(second[0]) for each in planned))
            for chair, planned in chairs.items()
        ]

    ward, met = Ward(look, lead=lead), dict[str, str]()
    for step in steps:
        second[0] += step
        before = len(ward.view.messages)
        ward.presenter.look(at("10:00") + second[0] * SECOND)
        messages = [m for m in ward.view.messages[before:] if m.about]
        assert len(messages) <= 1
        said = [each.name for message in messages for each in message.about if each.name]
        expected = []
        for each in (each for planned in chairs.values() for each in planned):
            stage = each.stage(second[0], lead * 60)
            if stage and stage != met.get(each.name):
                expected.append(each.name)
            met[each.name] = stage
        assert sorted(said) == sorted(expected)
