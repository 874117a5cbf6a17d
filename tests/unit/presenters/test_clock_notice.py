"""What is said of the clock: rows of the sheet, the chairs, and the strip's own decisions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field

import pytest

from monitor.clock_keeping import Question, Seen
from monitor.clock_view import ClockView
from monitor.clock_words import clock_on, happened, span, zone_name
from monitor.entries import ClockTrouble
from monitor.errors import Code, InputError, StorageError
from monitor.people import Author
from tests.fakes.clock import WARSAW
from tests.fakes.computer import START, VisitAtComputer
from ui.presenters.chairs import board, seated
from ui.presenters.clock_notice import (
    KEEP,
    OTHER,
    ClockDoors,
    ClockFace,
    ClockNotice,
    typed_clock,
)
from ui.presenters.sheet import sheet_rows

FULL = "122/76 72 98 16 s5 d0"
TEN = START.astimezone(WARSAW).replace(hour=10)


def told(visit: VisitAtComputer) -> list[tuple[str, str, str]]:
    """Return (taken, slot, words) of the rows that are no reading."""
    rows = [[cell.words for cell in row.cells] for row in sheet_rows(visit.overview)]
    return [(row[0], row[1], row[2]) for row in rows if row[1] in ("clock", "date")]


@pytest.fixture
def visit() -> VisitAtComputer:
    visit = VisitAtComputer()
    visit.started("10:00")
    return visit


def test_that_each_clock_entry_is_a_row_in_plain_words(visit: VisitAtComputer) -> None:
    visit.at("10:15").computer.jumps(hours=-13)
    visit.watch()
    visit.at("10:16").watch()
    visit.answer.take_computers(visit.nurse)
    visit.computer.sleeps(minutes=4)
    visit.watch()
    assert told(visit) == [
        (
            "10:15",
            "clock",
            "Computer's clock jumped to 21:15 on 1 March, 13 h behind; the record's did not",
        ),
        ("21:16", "clock", "Record's clock was set from 10:16 to 21:16 on 1 March"),
        ("21:20", "clock", "Computer slept from 21:16 to 21:20"),
    ]
    said = sheet_rows(visit.overview)[-2].said
    assert "21:16 NK" in said
    assert sheet_rows(visit.overview)[-2].uid == ""


def test_that_a_new_date_and_a_new_offset_are_rows(visit: VisitAtComputer) -> None:
    visit.at("10:20").line(FULL)
    visit.at("00:20").line(FULL)
    visit.computer.real = dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)  # 03:30, summer time
    visit.line(FULL)
    assert told(visit) == [
        ("", "date", "Tue 3 March 2026"),
        ("", "date", "Sun 29 March 2026; UTC+2 from here on, UTC+1 before"),
    ]


def test_that_a_changed_zone_is_told_once(visit: VisitAtComputer) -> None:
    visit.at("10:20").computer.moves_to("Asia/Tokyo")
    visit.watch()
    visit.at("10:30").line(FULL)
    assert told(visit) == [
        ("18:20", "clock", "Computer's time zone was changed from UTC+1 to UTC+9")
    ]


def test_that_the_board_shows_set_times_and_unmoved_minutes(visit: VisitAtComputer) -> None:
    visit.at("10:10").line(FULL)
    visit.at("10:15").computer.jumps(hours=1)
    visit.watch()
    visit.answer.take_computers(visit.nurse)
    overview, now = visit.overview, visit.steady.now()
    face = board(seated([overview], ("1", "2")), now, overview.local, overdue_first=False)
    due = next(card for card in face.cards if card.session_id).due
    assert due is not None
    assert (due.words, due.left) == ("Vitals 20 due 11:20", "in 5:00")
    assert face.ahead.now == "11:15"
    assert [mark.words for mark in face.ahead.marks if mark.share < 0.3] == ["Vitals"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (40, "40 s"),
        (-720, "12 min"),
        (-13 * 3600, "13 h"),
        (3900, "1 h 05"),
        (86400, "1 day"),
        (2 * 86400 + 7200, "2 days 2 h"),
    ],
)
def test_that_a_length_of_time_is_said_shortly(seconds: int, words: str) -> None:
    assert span(dt.timedelta(seconds=seconds)) == words


def test_that_offsets_have_names_and_other_days_their_date() -> None:
    assert [zone_name(minutes) for minutes in (0, 60, -300, 330)] == [
        "UTC",
        "UTC+1",
        "UTC−5",
        "UTC+5:30",
    ]
    assert clock_on(TEN - dt.timedelta(days=900), TEN) == "10:00 on 14 September 2023"


@pytest.mark.parametrize(
    ("kind", "shown", "words"),
    [
        ("confirmed", TEN, "Record's time was confirmed: 10:00 is right"),
        ("restarted", TEN, "Computer was started anew; its clock shows 10:00"),
        ("jumped", TEN, "Computer's clock agrees with the record's again: 10:00"),
    ],
)
def test_that_every_kind_of_event_has_its_words(kind: str, shown: dt.datetime, words: str) -> None:
    assert happened(ClockView("u", START, kind, TEN, shown, 60)) == words


@dataclass
class FakeStrip:
    """Remembers what it was told to show."""

    face: ClockFace | None = None

    def show_clock(self, face: ClockFace | None) -> None:
        self.face = face


def shown(strip: FakeStrip) -> ClockFace | None:
    """Return what the strip shows by now."""
    return strip.face


@dataclass
class FakeDoors:
    """Answers with what a test laid out."""

    question: Question | None = None
    fails: bool = False
    looks: int = 0
    answers: list[tuple[str, dt.datetime | None]] = field(default_factory=list)

    def watch(self) -> Seen:
        self.looks += 1
        if self.fails:
            raise StorageError(Code.DISK_FULL)
        return Seen((), self.question, uneasy=self.question is not None)

    def answered(self, what: str, at: dt.datetime | None = None) -> None:
        if self.fails:
            raise StorageError(Code.DISK_FULL)
        self.answers.append((what, at))
        self.question = None

    def doors(self, author: Author | None) -> ClockDoors:
        return ClockDoors(
            disturbed=lambda: False,
            watch=self.watch,
            keep=lambda _: self.answered("keep"),
            take=lambda _: self.answered("take"),
            set_to=lambda _, at: self.answered("set", at),
            author=lambda: author,
            zone=WARSAW,
        )


RESTARTED = Question(ClockTrouble.RESTARTED, START, START, START - dt.timedelta(minutes=10))


def test_that_a_quiet_clock_is_looked_at_once_and_then_left_alone(visit: VisitAtComputer) -> None:
    doors = FakeDoors()
    notice = ClockNotice(FakeStrip(), doors.doors(visit.nurse))
    notice.on_tick(START)
    assert doors.looks == 1
    doors.question = RESTARTED
    notice.press(KEEP)  # a look that finds something
    notice.on_tick(START)
    assert doors.looks == 2


def test_that_an_answer_that_could_not_be_stored_says_so_and_asks_on(
    visit: VisitAtComputer,
) -> None:
    doors, strip = FakeDoors(RESTARTED), FakeStrip()
    notice = ClockNotice(strip, doors.doors(visit.nurse))
    before = strip.face
    doors.fails = True
    notice.press(KEEP)
    notice.on_tick(START)
    assert strip.face == before
    doors.fails = False
    notice.on_tick(START)
    assert strip.face is not None
    assert strip.face.refused
    notice.press(KEEP)
    assert doors.answers == [("keep", None)]
    assert shown(strip) is None


def test_that_nobody_is_asked_before_the_log_in() -> None:
    strip, doors = FakeStrip(), FakeDoors(RESTARTED)
    notice = ClockNotice(strip, doors.doors(None))
    notice.press(KEEP)
    assert doors.answers == []
    assert strip.face is not None
    assert strip.face.actions == ()


def test_that_a_typed_time_is_the_next_after_the_last_entry(visit: VisitAtComputer) -> None:
    doors, strip = FakeDoors(RESTARTED), FakeStrip()
    notice = ClockNotice(strip, doors.doors(visit.nurse))
    notice.press(OTHER)
    assert strip.face is not None
    assert strip.face.asks_time
    notice.type("8:55")
    assert doors.answers == [("set", START - dt.timedelta(minutes=5))]
    notice.type("8:56")  # nothing is asked any more
    assert len(doors.answers) == 1


@pytest.mark.parametrize(
    ("text", "means"), [("8:50", "02 08:50"), ("0900", "02 09:00"), ("@08:49", "03 08:49")]
)
def test_that_the_time_of_the_last_entry_can_still_be(text: str, means: str) -> None:
    found = typed_clock(text, START - dt.timedelta(minutes=9, seconds=30), WARSAW)
    assert f"{found.astimezone(WARSAW):%d %H:%M}" == means


@pytest.mark.parametrize("text", ["", "noon", "24:00", "10:60", "123456"])
def test_that_what_is_no_time_is_not_understood(text: str) -> None:
    with pytest.raises(InputError) as caught:
        typed_clock(text, START, WARSAW)
    assert caught.value.code is Code.NOT_UNDERSTOOD


def test_that_whoever_comes_in_is_offered_the_answers_at_once(visit: VisitAtComputer) -> None:
    strip, doors = FakeStrip(), FakeDoors(RESTARTED)
    there: list[Author | None] = [None]
    notice = ClockNotice(strip, dataclasses.replace(doors.doors(None), author=lambda: there[0]))
    there[0] = visit.nurse
    notice.on_person()
    assert strip.face is not None
    assert [asks for asks, _ in strip.face.actions] == [KEEP, OTHER]
    there[0] = None
    notice.on_person()
    assert strip.face.actions == ()
