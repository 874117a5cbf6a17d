"""Who watches over the record: when it is checked, on whose time, and what becomes known."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.entries import Entry
from monitor.errors import Code, StorageError
from monitor.history_keeping import NoteHistoryGap
from monitor.ledger import Break, Finding
from tests.fakes.gaps import Rolled
from tests.fakes.records import PATIENCE, FakeRecord
from tests.fakes.views_audit import FakeReport
from tests.qt.real_windows import BASELINE, RealClinic, real_clinic
from ui import guard
from ui.keeper import Keeper
from ui.presenters.watching import Watched
from ui.record import Checked, Progress

BROKEN = FakeReport(findings=[Finding(18, Break.VALUE)])


@pytest.fixture
def record() -> FakeRecord:
    return FakeRecord()


@pytest.fixture
def keeper(record: FakeRecord, qapp: QApplication) -> Iterator[Keeper]:
    assert qapp is not None  # a keeper needs its events
    made = Keeper(record)
    yield made
    record.go_on.set()
    made.close()
    assert record.listeners == []


def test_that_the_newest_lines_are_checked_first_and_then_the_whole_record(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    assert record.asked == [False, True]
    assert threading.get_ident() not in record.threads


def test_that_later_checks_look_at_the_newest_lines_until_a_day_has_passed(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    for hours, whole in ((1, False), (22, False), (2, True), (1, False)):
        record.rolled.visit.clock.advance(hours=hours)
        before = keeper.watched.at
        keeper.check()
        qtbot.waitUntil(lambda before=before: keeper.watched.at != before)  # type: ignore[misc]
        assert record.asked[-1] is whole


def test_that_a_finding_makes_the_next_check_look_at_everything(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.reports = [FakeReport(), BROKEN, FakeReport()]
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.watched.wants_whole)
    record.rolled.visit.clock.advance(hours=1)
    keeper.check()
    qtbot.waitUntil(lambda: not keeper.watched.wants_whole)
    assert record.asked == [False, True, True]


def test_that_progress_is_told_while_a_check_goes_on(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.held = True
    shares: list[float | None] = []
    keeper.changed.connect(lambda watched: shares.append(watched.share))
    keeper.check_everything()
    qtbot.waitUntil(lambda: shares[-1:] == [1 / 3])
    record.go_on.set()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    assert shares[0] == 0.0
    assert shares[-1] is None


def test_that_a_check_of_everything_takes_the_place_of_a_smaller_one(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.held = True
    keeper.begin()
    qtbot.waitUntil(lambda: record.asked == [False])
    keeper.check_everything()
    record.go_on.set()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    assert record.asked == [False, True]


def test_that_a_check_can_be_stopped_and_says_so(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.held = True
    keeper.check_everything()
    qtbot.waitUntil(lambda: record.asked == [True])
    keeper.cancel()
    record.go_on.set()
    qtbot.waitUntil(lambda: keeper.watched.stopped)
    assert (keeper.watched.at, keeper.watched.share) == (None, None)


def test_that_only_one_check_goes_on_at_a_time(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.held = True
    keeper.check_everything()
    keeper.check_everything()
    keeper.check()
    qtbot.waitUntil(lambda: record.asked == [True])
    record.go_on.set()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    assert record.asked == [True]


def test_that_a_check_that_fails_says_why_and_is_tried_again(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.reports = [StorageError(Code.DISK_FULL), FakeReport()]
    keeper.begin()
    qtbot.waitUntil(lambda: bool(keeper.watched.trouble))
    assert keeper.watched.trouble.startswith("The disk is full")
    keeper.look_again()
    qtbot.waitUntil(lambda: keeper.watched.at is not None)
    assert keeper.watched.trouble == ""


def test_that_a_check_that_nobody_foresaw_says_so_is_logged_and_is_tried_again(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    record.reports = [FakeReport(), FakeReport(), OverflowError("Nowak, Anna"), FakeReport()]
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    keeper.check()
    qtbot.waitUntil(lambda: bool(keeper.watched.trouble))
    assert keeper.watched.trouble == guard.UNFORESEEN
    assert "OverflowError at records.py" in caplog.text
    assert "Nowak" not in caplog.text
    keeper.look_again()
    qtbot.waitUntil(lambda: not keeper.watched.trouble)
    assert len(record.asked) == 4


def test_that_a_gap_and_a_filling_disk_become_known_and_a_note_at_once(
    record: FakeRecord, keeper: Keeper, qtbot: QtBot
) -> None:
    record.rolled.gaps = Rolled().gaps
    record.free = 320_000_000
    keeper.begin()
    assert keeper.watched.gap is not None
    assert keeper.watched.gap.noticed_at is None
    assert keeper.watched.free == 320_000_000
    NoteHistoryGap(record.world)(record.rolled.visit.nurse)
    for listener in record.listeners:
        listener(record.rolled.history[-1])
    qtbot.waitUntil(lambda: keeper.watched.gap is not None and bool(keeper.watched.gap.noticed_at))


def test_that_a_record_that_cannot_be_looked_at_says_so_until_it_can(
    record: FakeRecord, keeper: Keeper
) -> None:
    record.rolled.visit.store.fails = Code.BUSY
    keeper.look()
    assert keeper.watched.unread.startswith("Someone else was writing")
    keeper.look()
    assert keeper.watched.unread == ""


def test_that_closing_stops_a_check_that_is_under_way(record: FakeRecord, qtbot: QtBot) -> None:
    keeper = Keeper(record)
    record.held = True
    keeper.begin()
    qtbot.waitUntil(lambda: record.asked == [False])
    threading.Timer(0.05, record.go_on.set).start()
    keeper.close()  # waits for the worker: nothing looks at the record after it
    QApplication.processEvents()
    assert record.asked == [False]


def test_that_a_check_that_ends_while_the_window_closes_begins_no_other(
    record: FakeRecord, qtbot: QtBot
) -> None:
    keeper = Keeper(record)
    record.held = True
    keeper.begin()
    record.go_on.set()
    keeper.wait()  # it is done, and nobody has heard of it yet
    keeper.close()
    with qtbot.captureExceptions() as raised:
        QApplication.processEvents()
    assert (record.asked, raised) == ([False], [])


# --- on a real record ---------------------------------------------------------------------------


class SlowRecord:
    """A real record whose check stands still in the midst of it until an entry was written."""

    def __init__(self, clinic: RealClinic) -> None:
        self._real = clinic.record()
        self.standing, self.written = threading.Event(), threading.Event()
        self.order: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def check(self, progress: Progress, *, whole: bool = True) -> Checked:
        def told(done: int, of: int) -> None:
            progress(done, of)
            if not self.standing.is_set():
                self.standing.set()
                assert self.written.wait(PATIENCE)

        report = self._real.check(told, whole=whole)
        self.order.append("checked")
        return report


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def test_that_an_entry_is_kept_while_a_check_stands_in_the_midst_of_the_record(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    record = SlowRecord(clinic)
    keeper = Keeper(record)  # type: ignore[arg-type] # all but the check is the real one's
    heard: list[Entry] = []
    record._real.listen(heard.append)
    keeper.check_everything()
    assert record.standing.wait(PATIENCE)
    clinic.clock.set("09:55")
    clinic.line(record._real, BASELINE)
    record.order.append("written")
    assert [entry.kind for entry in heard] == ["reading"]
    record.written.set()
    qtbot.waitUntil(lambda: keeper.watched.at is not None, timeout=8_000)
    assert record.order[:2] == ["written", "checked"]
    assert keeper.watched.findings in ((), [])
    keeper.close()


def test_that_what_is_known_is_told_only_when_it_is_new(keeper: Keeper, qtbot: QtBot) -> None:
    told: list[Watched] = []
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.watched.whole_at is not None)
    keeper.changed.connect(told.append)
    keeper.look()
    keeper.tell_unread("")
    assert told == []
