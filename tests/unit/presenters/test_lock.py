"""The locked screen without a window: who may come back, and what is said while nobody is there."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from monitor.clinic import LogIn, UnlockScreen
from monitor.entries import LoggedIn, LogInRefused, ScreenUnlocked
from monitor.errors import Code, StorageError
from monitor.overview import SessionOverview, SlotView
from monitor.people import Author
from tests.fakes import open_sessions
from tests.fakes.clock import WARSAW
from tests.fakes.overview_parts import at
from tests.fakes.overviews import ketamine
from tests.fakes.rooms import run_at_once
from tests.fakes.views_lock import FakeLockPage
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.gate import Run
from ui.presenters.kept_lines import KeptLine, KeptLines
from ui.presenters.lock import LockDoors, LockPresenter, lock_rows


class Desk:
    """A locked screen before a record in memory."""

    def __init__(self, *chairs: SessionOverview, run: Run = run_at_once) -> None:
        self.visit = Visit().at("10:19")
        self.page = FakeLockPage()
        self.let_in: list[Author] = []
        self.chairs: Callable[[], tuple[SessionOverview, ...]] = lambda: chairs
        doors = LockDoors(
            unlock=UnlockScreen(self.visit.world),
            log_in=LogIn(self.visit.world),
            overviews=self._look,
            run=run,
            zone=WARSAW,
        )
        self.presenter = LockPresenter(self.page, doors, self.let_in.append)

    def lock(self, *, idle: int = 0, kept: tuple[str, ...] = ()) -> Desk:
        """Lock it as the nurse."""
        self.presenter.begin(self.visit.nurse, self.visit.clock.now(), idle=idle, kept=kept)
        return self

    def _look(self) -> tuple[SessionOverview, ...]:
        return self.chairs()

    @property
    def written(self) -> list[object]:
        """Return the facts of the record, oldest first."""
        return [entry.what for entry in self.visit.store.entries]


def test_that_the_screen_says_when_and_why_it_was_locked() -> None:
    for idle, why in ((3, "after 3 minutes without a key"), (0, "by Nina Kowal")):
        face = Desk().lock(idle=idle).page.face
        assert face is not None
        assert (face.title, face.why) == ("Locked at 10:19", why)
        assert face.asks == "Password of Nina Kowal"


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ((), ""),
        (("1",), "A half-typed line in chair 1 is kept for Nina Kowal."),
        (
            ("Window seat", "3", "1"),
            "Half-typed lines in chair 1, chair 3 and Window seat are kept for Nina Kowal.",
        ),
    ],
)
def test_that_a_half_typed_line_is_said_to_be_kept(kept: tuple[str, ...], said: str) -> None:
    face = Desk().lock(kept=kept).page.face
    assert face is not None
    assert face.kept == said


def test_that_the_right_password_lets_the_same_person_back_and_is_an_entry() -> None:
    desk = Desk().lock()
    desk.presenter.submit({"password": PASSWORDS["nk"]})
    assert desk.let_in == [desk.visit.nurse]
    assert desk.written[-1] == ScreenUnlocked("nk")
    desk.presenter.submit({"password": PASSWORDS["nk"]})
    assert len(desk.let_in) == 1  # it is open: there is nothing to unlock


def test_that_a_wrong_password_is_refused_in_a_sentence_and_is_an_entry() -> None:
    desk = Desk().lock()
    desk.presenter.submit({"password": "not this one"})
    assert desk.let_in == []
    assert desk.page.problem == ("password", "That is not Nina Kowal's password; type it again.")
    assert desk.page.busy == ""
    assert desk.written[-1] == LogInRefused("nk")


@pytest.mark.parametrize(
    ("other", "typed", "problem"),
    [
        (False, {"password": ""}, ("password", "Type your password.")),
        (True, {"user": " ", "password": "x"}, ("user", "Type your user name.")),
        (True, {"user": "ds", "password": ""}, ("password", "Type your password.")),
    ],
)
def test_that_nothing_typed_is_said_and_is_no_entry(
    other: bool,  # noqa: FBT001 - a parameter
    typed: dict[str, str],
    problem: tuple[str, str],
) -> None:
    desk = Desk().lock()
    before = len(desk.written)
    if other:
        desk.presenter.someone_else()
    desk.presenter.submit(typed)
    assert desk.page.problem == problem
    assert len(desk.written) == before


def test_that_somebody_else_logs_in_by_their_own_name() -> None:
    desk = Desk().lock()
    desk.presenter.someone_else()
    assert desk.page.asks_other
    desk.presenter.submit({"user": "ds", "password": PASSWORDS["nk"]})
    assert desk.let_in == []
    desk.presenter.submit({"user": "DS", "password": PASSWORDS["ds"]})
    assert desk.let_in == [desk.visit.prescriber]
    assert desk.written[-1] == LoggedIn("ds")


def test_that_who_locked_it_may_come_back_as_somebody_else_too() -> None:
    desk = Desk().lock()
    desk.presenter.someone_else()
    desk.presenter.submit({"user": "NK", "password": PASSWORDS["nk"]})
    assert desk.let_in == [desk.visit.nurse]
    assert desk.written[-1] == ScreenUnlocked("nk")


def test_that_one_step_back_asks_for_the_first_password_again() -> None:
    desk = Desk().lock()
    desk.presenter.someone_else()
    desk.presenter.back()
    assert not desk.page.asks_other
    desk.presenter.submit({"user": "ds", "password": PASSWORDS["nk"]})
    assert desk.let_in == [desk.visit.nurse]


def test_that_a_disk_without_room_for_the_entry_keeps_nobody_out() -> None:
    visit = Visit()

    def full() -> str:
        raise StorageError(Code.STORAGE)

    unlock = UnlockScreen(dataclasses.replace(visit.world, new_uid=full))
    before = len(visit.store.entries)
    assert unlock("nk", PASSWORDS["nk"]) == visit.nurse
    assert len(visit.store.entries) == before


def test_that_nothing_can_be_pressed_while_a_password_is_looked_at() -> None:
    waiting: list[Callable[[], None]] = []

    def later(work: Callable[[], Author], then: Callable[[Future[Author]], None]) -> None:
        waiting.append(lambda: run_at_once(work, then))

    desk = Desk(run=later).lock()  # type: ignore[arg-type]  # of this one type
    desk.presenter.submit({"password": PASSWORDS["nk"]})
    desk.presenter.submit({"password": "again"})
    desk.presenter.someone_else()
    assert (len(waiting), desk.page.busy, desk.page.asks_other) == (1, "One moment …", False)
    waiting[0]()
    assert desk.let_in == [desk.visit.nurse]


# --- the chairs go on -----------------------------------------------------------------------------


def named(overview: SessionOverview, chair: str) -> SessionOverview:
    """Return the session in that chair, of a patient whose every word would be found."""
    patient = dataclasses.replace(
        overview.patient, family="Plantagenet", given="Zenobia", number="MRN-4711"
    )
    return dataclasses.replace(overview, patient=patient, chair=chair)


def open_slots(overview: SessionOverview, *names: str) -> tuple[SlotView, ...]:
    """Return these slots of a session alone."""
    return tuple(each for each in overview.slots if each.name in names)


def busy_chairs() -> tuple[SessionOverview, ...]:
    return (
        named(open_sessions.infusing(), "1"),
        named(open_sessions.infusing(overdue=True), "2"),
        named(open_sessions.devices("10:08:12"), "3"),
        named(open_sessions.ready(), "4"),
    )


def test_that_the_chairs_go_on_overdue_first() -> None:
    rows = lock_rows(busy_chairs(), at("10:24:20"))
    assert [(r.chair, r.words, r.left, r.state) for r in rows] == [
        ("Chair 1", "Vitals 20", "overdue 4 min", "overdue"),
        ("Chair 2", "Vitals 20", "overdue 4 min", "overdue"),
        ("Chair 3", "Device 3", "due 14 min", "due"),
    ]


def test_that_each_chair_is_one_line_with_open_alerts_first_and_the_longest_overdue() -> None:
    late = open_sessions.infusing(overdue=True)
    alerts = tuple(
        dataclasses.replace(each, state="open", uid=f"a{n}")
        for n in range(2)
        for each in ketamine().alerts[:1]
    )
    both = dataclasses.replace(late, slots=open_slots(late, "20", "30"), alerts=alerts)
    one = dataclasses.replace(late, slots=open_slots(late, "20"))
    chairs = named(one, "1"), named(both, "8")
    rows = lock_rows(chairs, at("10:33:20"))
    assert [(r.chair, r.words, r.left, r.state) for r in rows] == [
        ("Chair 8", "2 alerts open, 2 readings overdue", "longest 13 min", "alert"),
        ("Chair 1", "Vitals 20", "overdue 13 min", "overdue"),
    ]


def test_that_the_countdown_goes_on_each_second() -> None:
    desk = Desk(named(open_sessions.devices("10:08:12"), "3")).lock()
    desk.presenter.on_tick(at("10:08:12"))
    assert [row.left for row in desk.page.rows] == ["in 1:48"]
    desk.presenter.on_tick(at("10:08:13"))
    assert [row.left for row in desk.page.rows] == ["in 1:47"]


def test_that_no_name_and_no_value_is_shown_while_it_is_locked() -> None:
    desk = Desk(*busy_chairs()).lock(kept=("1",))
    desk.presenter.on_tick(at("10:24:20"))
    for word in ("Plantagenet", "Zenobia", "4711", "142", "16.9", "nausea", "mg"):
        assert word not in desk.page.said


def test_that_a_record_that_cannot_be_read_now_leaves_what_was_seen_last() -> None:
    desk = Desk(named(open_sessions.devices("10:08:12"), "3")).lock()

    def unreadable() -> tuple[SessionOverview, ...]:
        raise StorageError(Code.BUSY)

    desk.chairs = unreadable
    desk.presenter.on_tick(at("10:11"))
    assert [(row.chair, row.left) for row in desk.page.rows] == [("Chair 3", "due 1 min")]


def test_that_a_kept_line_is_given_back_once_and_to_its_owner_alone() -> None:
    kept = KeptLines()
    line = KeptLine(("128/82 76",), dt.datetime(2026, 3, 2, 9, 19, tzinfo=dt.UTC))
    kept.keep("nk", "s-1", line)
    assert kept.give_back("ds", "s-1") is None
    assert kept.give_back("nk", "s-2") is None
    assert kept.give_back("nk", "s-1") == line
    assert kept.give_back("nk", "s-1") is None
