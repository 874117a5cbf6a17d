"""The daily backup: made when it is due, said when it fails, never in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import pytest

from monitor.errors import Code, StorageError
from monitor.people import Author, Role
from tests.fakes.backups import FakeBackup, FakeBackups, Keeping
from tests.fakes.views_gate import at_once
from ui import guard
from ui.presenters.backing_up import FAILED_BY_ITSELF, STOPPED, BackingDoors, BackingUp

T = TypeVar("T")

NOW = dt.datetime(2026, 3, 2, 9, 48, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ADA = Author("ada", Role.ADMINISTRATOR, "Ada Berg")


class Wall:
    """A clock on the wall."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def keeping(wall: Wall) -> Keeping:
    return Keeping(wall)


@pytest.mark.parametrize(
    ("ages", "made"),
    [
        ([], 1),
        ([DAY - dt.timedelta(minutes=1)], 0),
        ([DAY], 1),
        ([dt.timedelta(), 9 * DAY], 0),
        ([-400 * DAY, 9 * DAY], 1),
        ([-400 * DAY, dt.timedelta(hours=3)], 0),
    ],
    ids=["none yet", "of today", "of yesterday", "the newest counts", "of a wrong clock", "both"],
)
def test_that_one_is_made_each_day(ages: list[dt.timedelta], made: int, keeping: Keeping) -> None:
    keeping.have(ages, NOW)
    keeping.backing.look()
    assert keeping.backups.asked == [("chairside", True)] * made


def test_that_it_is_looked_at_hour_by_hour(keeping: Keeping, wall: Wall) -> None:
    for _ in range(50):
        keeping.backing.look()
        wall.at += dt.timedelta(hours=1)
    assert len(keeping.backups.asked) == 3


def test_that_none_is_made_by_itself_of_a_record_for_practice(wall: Wall) -> None:
    keeping = Keeping(wall, automatic=False)
    keeping.backing.look()
    assert keeping.backups.asked == []
    assert keeping.backing.worry == ""
    keeping.backing.make(ADA)
    assert keeping.backups.asked == [("ada", False)]


def test_that_a_failed_one_is_said_and_tried_again(keeping: Keeping, wall: Wall) -> None:
    keeping.backups.refuses = StorageError(Code.DISK_FULL, what="backup")
    keeping.backing.look()
    assert keeping.backing.standing.problem.startswith(FAILED_BY_ITSELF)
    assert "full" in keeping.backing.standing.problem
    assert keeping.backing.standing.share is None
    keeping.have([DAY], NOW)
    keeping.backing.look()
    assert keeping.backing.worry == "the daily backup failed"
    keeping.backups.refuses = None
    wall.at += dt.timedelta(hours=1)
    keeping.backing.look()
    assert keeping.backing.standing.problem == ""
    assert keeping.backing.worry == ""
    assert len(keeping.backups.kept) == 2


def test_that_a_folder_that_cannot_be_read_is_said_until_it_can(
    keeping: Keeping, caplog: pytest.LogCaptureFixture
) -> None:
    keeping.have([dt.timedelta(hours=2)], NOW)
    for unread, said in (
        (StorageError(Code.STORAGE, what="backups-folder"), "The folder for backups cannot be"),
        (OverflowError("Nowak, Anna"), guard.UNFORESEEN),
    ):
        keeping.backups.unread = unread
        keeping.backing.look()
        assert keeping.backing.standing.problem.startswith(said)
        assert keeping.backing.worry == "the folder for backups cannot be read"
    assert "OverflowError at backups.py" in caplog.text
    assert "Nowak" not in caplog.text
    keeping.backups.unread = None
    keeping.backing.look()
    assert (keeping.backing.standing.problem, keeping.backing.worry) == ("", "")


def test_that_one_that_failed_as_nobody_foresaw_is_said_and_tried_again(
    keeping: Keeping, caplog: pytest.LogCaptureFixture
) -> None:
    keeping.backups.refuses = OverflowError("Nowak, Anna")
    keeping.backing.look()
    assert keeping.backing.standing.problem == f"{FAILED_BY_ITSELF} {guard.UNFORESEEN}"
    assert keeping.backing.standing.share is None
    assert "Nowak" not in caplog.text
    keeping.backups.refuses = None
    keeping.backing.look()
    assert (keeping.backing.standing.problem, len(keeping.backups.kept)) == ("", 1)


def test_that_an_old_one_is_a_worry(keeping: Keeping, wall: Wall) -> None:
    assert keeping.backing.worry == "", "nobody has looked yet"
    keeping.have([dt.timedelta(hours=2)], NOW)
    keeping.backing.look()
    assert keeping.backing.worry == ""
    keeping.backups.refuses = StorageError(Code.READ_ONLY, what="backup")
    wall.at += 3 * DAY
    keeping.backing.look()
    assert keeping.backing.worry == "no backup for two days"
    keeping.backups.kept = []
    keeping.backing.look()
    assert keeping.backing.worry == "no backup yet"


def test_that_one_by_hand_is_said_with_its_progress(keeping: Keeping) -> None:
    shares: list[float | None] = []
    tell = keeping.backing.on_progress

    def seen(done: int, of: int) -> None:
        tell(done, of)
        shares.append(keeping.backing.standing.share)

    keeping.backing.on_progress = seen  # type: ignore[method-assign]
    keeping.backing.make(ADA)
    assert shares == [pytest.approx(200 / 812)]
    assert keeping.backing.standing.done == "Made and checked: 812 entries."
    assert keeping.backing.standing.made == (keeping.backups.kept[0],)


class Later:
    """Does slow work only when it is told to; implements `Run`."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        self._waiting.append(lambda: at_once(work, then))

    def go(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()


class Slow:
    """A `BackingUp` whose work waits."""

    def __init__(self) -> None:
        self.backups, self.later = FakeBackups(lambda: NOW), Later()
        self.backing = BackingUp(
            BackingDoors(
                backups=self.backups,
                now=lambda: NOW,
                run=self.later,
                tell=self._tell,
                changed=lambda: None,
            )
        )

    def _tell(self, done: int, of: int) -> None:
        self.backing.on_progress(done, of)


def test_that_two_are_never_made_at_once() -> None:
    slow = Slow()
    slow.backing.make(ADA)
    slow.backing.make(ADA)
    slow.later.go()
    assert len(slow.backups.asked) == 1


def test_that_one_can_be_stopped() -> None:
    slow = Slow()
    slow.backing.make(ADA)
    slow.backing.cancel()
    slow.later.go()
    assert slow.backups.kept == []
    assert slow.backing.standing.done == STOPPED
    assert slow.backing.standing.problem == ""
    slow.backing.make(ADA)
    slow.later.go()
    assert len(slow.backups.kept) == 1


def test_that_nothing_is_begun_after_the_window_has_closed() -> None:
    slow = Slow()
    slow.backing.make(ADA)
    slow.backing.close()
    slow.later.go()
    slow.backing.look()
    slow.backing.make(ADA)
    slow.later.go()
    assert slow.backups.kept == []
    assert slow.backing.standing.done == ""


def test_that_a_chosen_folder_is_looked_into(keeping: Keeping) -> None:
    keeping.have([DAY / 2], NOW)
    keeping.backing.look()
    before = keeping.backing.standing
    assert before.made == (FakeBackup(NOW - DAY / 2),)
    other = keeping.backups.folder / "elsewhere"
    keeping.backing.choose(other)
    after = keeping.backing.standing
    assert (after.folder, after.made) == (other, ())
