"""The n-th write, sync or opening fails, in every act of a visit: nothing shown is lost.

Each act is played from the record as it stood before it, with one call failing: the first,
then the second, and so on to the last. The person is told one sentence, and tries again.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.entries import Entry
from monitor.errors import Code, MonitorError, StorageError
from monitor.rehearsal.player import Memory
from tests.faults import vfs
from tests.faults.conftest import Tally
from tests.faults.failing import FAULTS, Failing, copy_record
from tests.faults.settings import LARGE, LONG, pragmas
from tests.faults.verdict import Verdict, judge
from tests.faults.vfs import Call
from tests.faults.visit import KETAMINE, Visit, script_of
from ui.wording import sentence

SAMPLE = 3
"""Of how many calls each fault is tried, unless it is tried of all of them."""

SCRIPT = script_of(KETAMINE)
GOES_ON = 2
"""How many acts are played after the one that failed."""

MANY_CHECKPOINTS = "wal_autocheckpoint=20"
TOLD = frozenset({Code.DISK_FULL, Code.STORAGE, Code.NO_RECORD, Code.READ_ONLY})

pytestmark = pytest.mark.timeout(LONG)


@dataclass(frozen=True, slots=True)
class Station:
    """The record before an act.

    Attributes:
        folder: A copy of it, as a process that dies there leaves it.
        shown: What had appeared by then.
        opening: How many calls there are to the disk when it is opened.
        act: How many in the act.
    """

    folder: Path
    memory: Memory
    shown: tuple[Entry, ...]
    opening: Counter[Call]
    act: Counter[Call]


@dataclass(frozen=True, slots=True)
class Line:
    """All stations of a visit, and what the session held when it had passed each."""

    stations: tuple[Station, ...]
    lengths: tuple[int, ...]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """A visit on a disk that never fails."""
    place = tmp_path_factory.mktemp("stations")
    folder = place / "record"
    shown: list[Entry] = []
    stations: list[Station] = []
    lengths: list[int] = []
    with pragmas(MANY_CHECKPOINTS):
        visit = Visit(folder, SCRIPT, shown.append)
        visit.prepare()
        while not visit.is_over:
            copy = place / f"before-{len(stations)}"
            copy_record(folder, copy)
            counted = counts(copy, place / "counting", visit.memory)
            stations.append(Station(copy, visit.memory, tuple(shown), *counted))
            lengths.append(session_length(shown))
            visit.step()
        visit.close()
    return Line(tuple(stations), (*lengths, session_length(shown)))


def counts(record: Path, folder: Path, memory: Memory) -> tuple[Counter[Call], Counter[Call]]:
    """Count the calls to the disk in the opening of a record, and in its next act."""
    copy_record(record, folder)
    counting = Failing(folder)
    with vfs.watched(counting):
        visit = Visit(folder, SCRIPT, lambda _: None, memory)
        opening = Counter(counting.calls)
        visit.step()
        act = counting.calls - opening
        visit.close()
    return opening, act


def session_length(shown: list[Entry]) -> int:
    """Return how many entries a list holds that belong to the session."""
    return sum(entry.stream.startswith("session/") for entry in shown)


class Trial:
    """One call fails, somebody tries again, the visit goes on."""

    def __init__(self, station: Station, fault: str, folder: Path) -> None:
        """Stand at a station; where there is no record yet, it is to be made."""
        self._is_new = not station.folder.exists()
        if not self._is_new:
            copy_record(station.folder, folder)
        self.shown = list(station.shown)
        self.told: list[MonitorError] = []
        self.killed = Verdict.WHOLE
        self._station, self._folder = station, folder
        self._left, self._shown_when_torn = folder.with_name("left"), 0
        shutil.rmtree(self._left, ignore_errors=True)
        self._lasting = FAULTS[fault].lasting
        self._failing = Failing(folder, FAULTS[fault])

    def in_an_act(self, nth: int) -> Verdict:
        """Let the n-th call of the act fail; return what the record is worth at the end."""
        with pragmas(MANY_CHECKPOINTS), vfs.watched(self._failing):
            visit = self._visit()
            self._failing.fail_at(nth, on_torn=self._die)
            self._until_it_is_done(visit)
            self._go_on(visit)
        return self._judged()

    def at_the_opening(self, nth: int) -> Verdict:
        """Let the n-th call of the opening fail; return what the record is worth at the end."""
        with pragmas(MANY_CHECKPOINTS), vfs.watched(self._failing):
            self._failing.fail_at(nth, on_torn=self._die)
            try:
                visit = self._visit()
            except MonitorError as error:
                self.told.append(error)
                self._failing.mend()
                visit = self._visit()
            self._failing.mend()
            if self._is_new:
                visit.prepare()
            visit.step()
            self._go_on(visit)
        return self._judged()

    def _visit(self) -> Visit:
        return Visit(self._folder, SCRIPT, self.shown.append, self._station.memory)

    def _until_it_is_done(self, visit: Visit) -> None:
        """Try, and try again once the disk is mended."""
        for is_mended in (False, *[False] * self._lasting, True):
            if is_mended:
                self._failing.mend()
            error = visit.step().error
            if not isinstance(error, StorageError):
                break
            self.told.append(error)
        else:
            raise AssertionError(f"still {self.told[-1]!r} when the disk was mended")
        self._failing.mend()

    def _go_on(self, visit: Visit) -> None:
        for _ in range(GOES_ON):
            if not visit.is_over:
                assert visit.step().recorded
        visit.close()

    def _die(self) -> None:
        """Copy what would be left if the process were killed in the middle of this write."""
        copy_record(self._folder, self._left)
        self._shown_when_torn = len(self.shown)

    def _judged(self) -> Verdict:
        if self._left.exists():
            self.killed = judge(self._left, self.shown[: self._shown_when_torn])
        return judge(self._folder, self.shown, exactly=True)


def sample(line: Line, fault: str, part: str) -> Iterator[tuple[int, Station, int]]:
    """Give the calls that are to fail: the act's place, its station, and the how manieth."""
    every = [
        (place, station, nth)
        for place, station in enumerate(line.stations)
        for nth in range(1, getattr(station, part)[FAULTS[fault].call] + 1)
    ]
    step = 1 if LARGE else max(1, len(every) // SAMPLE)
    return iter(every[len(fault) % step :: step])


@pytest.mark.parametrize("fault", [name for name in FAULTS if FAULTS[name].call is not Call.OPEN])
def test_that_an_act_that_the_disk_refused_is_done_at_the_next_try(
    fault: str, line: Line, tmp_path: Path, tally: Tally
) -> None:
    ended: Counter[str] = Counter()
    for place, station, nth in sample(line, fault, "act"):
        trial = Trial(station, fault, tmp_path / "record")
        verdict = trial.in_an_act(nth)
        where = f"{fault}: call {nth} of act {place + 1}"
        check(trial, verdict, where)
        expected = line.lengths[min(place + 1 + GOES_ON, len(line.stations))]
        assert session_length(trial.shown) == expected, where
        ended["refused, then done" if trial.told else "done all the same"] += 1
    tally(f"{fault}, in an act", ended)


@pytest.mark.parametrize("fault", FAULTS)
def test_that_a_record_that_could_not_be_opened_opens_at_the_next_try(
    fault: str, line: Line, tmp_path: Path, tally: Tally
) -> None:
    ended: Counter[str] = Counter()
    for place, station, nth in sample(line, fault, "opening"):
        trial = Trial(station, fault, tmp_path / "record")
        verdict = trial.at_the_opening(nth)
        check(trial, verdict, f"{fault}: call {nth} of the opening before act {place + 1}")
        ended["refused, then opened" if trial.told else "opened all the same"] += 1
    if ended:  # most openings write nothing
        tally(f"{fault}, at an opening", ended)


@pytest.mark.parametrize("fault", FAULTS)
def test_that_a_record_that_could_not_be_made_is_made_at_the_next_try(
    fault: str, tmp_path: Path, tally: Tally
) -> None:
    counting = Failing(tmp_path / "counted")
    with vfs.watched(counting):
        Visit(tmp_path / "counted", SCRIPT, lambda _: None).close()
    calls = counting.calls[FAULTS[fault].call]
    step = 1 if LARGE else max(1, calls // SAMPLE)
    ended: Counter[str] = Counter()
    for nth in range(1, calls + 1, step):
        folder = tmp_path / str(nth)
        trial = Trial(Station(folder, Memory(), (), Counter(), Counter()), fault, folder)
        verdict = trial.at_the_opening(nth)
        check(trial, verdict, f"{fault}: call {nth} of the making")
        ended["refused, then made" if trial.told else "made all the same"] += 1
    tally(f"{fault}, at the making", ended)


def check(trial: Trial, verdict: Verdict, where: str) -> None:
    """Nothing is lost, and each refusal reached the person as a sentence that names no file."""
    assert verdict is Verdict.WHOLE, f"{where}: {verdict}"
    assert trial.killed in (Verdict.WHOLE, Verdict.NOT_BEGUN), f"{where}: {trial.killed} if killed"
    for error in trial.told:
        words = sentence(error)
        assert error.code in TOLD, f"{where}: {error.code}"
        assert words.endswith("."), f"{where}: {words}"
        assert "/" not in words, f"{where}: {words}"
