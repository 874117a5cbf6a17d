"""A clinic's day in the real window, on a real record, at high speed; and what it took."""

from __future__ import annotations

import datetime as dt
import gc
import itertools
import os
import secrets
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

import main
from db.certification import PracticeCertification
from db.engine import open_engine
from db.locks.slots import PRACTICE_SECRET
from db.store import Store
from db.witness.station import Station
from monitor.desk import World
from monitor.overview import SessionOverview
from monitor.rehearsal.clockwork import ScriptClock
from reports.press import ReportPress
from tests.benchmarks.day import NURSE, OPENING, Day, found_clinic
from tests.benchmarks.entry_cost import bare_insert, timed
from tests.fakes.clock import WARSAW
from tests.fakes.passwords import PlainPasswords
from tests.second_opinion.grid_both import instant
from ui.console.stage import Listeners
from ui.house import House
from ui.keeper import Keeper
from ui.models.sheet import SheetModel
from ui.presenters.reminding import Announcement
from ui.reminding import Reminding
from ui.tasks import Tasks
from ui.ticker import Ticker
from ui.widgets.sheet import SheetTable
from ui.window import Window

BEAT_MS = 10
PATIENCE = 400
"""So many turns of the events may pass until an entry is painted; then it was refused."""


@dataclass(slots=True)
class Times:
    """How long things took, in seconds.

    Attributes:
        bare: A durable insert of one row, in turns with the entries.
        durable: From Enter until the entry was committed.
        painted: From Enter until the sheet had been painted with it.
        steps: Each step of the day, by what was being done.
        gaps: Between two beats of the heart.
        worst: The longest gap by what was being done.
        memory: (minute of the day, resident megabytes after collecting what is not used).
    """

    bare: list[float] = field(default_factory=list)
    durable: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    gaps: list[float] = field(default_factory=list)
    worst: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    memory: list[tuple[float, float]] = field(default_factory=list)


class Recording(Reminding):
    """The program's own reminders; what they announce is noted as well."""

    day: Day

    @override
    def announce(self, message: Announcement) -> None:
        self.day.heard(message.about)
        super().announce(message)


class Heart(QObject):
    """Beats as often as it is let, and notes for how long it was not."""

    def __init__(self, day: Day, times: Times) -> None:
        super().__init__()
        self._day, self._times = day, times
        self._last, self._did = time.perf_counter(), "nothing"
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap, self._last = now - self._last, now
        self._times.gaps.append(gap)
        for did in {self._did, self._day.doing}:
            self._times.worst[did] = max(self._times.worst[did], gap)
        self._did = self._day.doing


class Painted(QObject):
    """Notes that a sheet was painted with other rows than before."""

    def __init__(self, sheet: SheetTable) -> None:
        super().__init__()
        self._sheet, self.is_new = sheet, False
        self._before = self._rows()
        sheet.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._rows() != self._before:
            self.is_new = True
        return False

    def _rows(self) -> object:
        model = self._sheet.model()
        assert isinstance(model, SheetModel)
        return model.rows


class DayWindow:
    """The window of such a day, with somebody who types; a `Hands`."""

    def __init__(self, place: Path, *, chairs: int, hours: float, seed: int) -> None:
        self._clock = ScriptClock(instant(OPENING), WARSAW, bytes(16))
        self._record = self._open(place)
        self.times = Times()
        found_clinic(self._record.world, chairs)
        self.window = Window()
        self.window.resize(1920, 1080)
        self._tasks = Tasks(self.window)
        self._ticker = Ticker(self._clock, self.window)
        self._keeper = Keeper(self._record, self.window)
        self._reminding = Recording(
            self.window, self._record, self._keeper, self._ticker, author=lambda: NURSE
        )
        self._house = House(
            self.window,
            self._record,
            NURSE,
            tasks=self._tasks,
            ticker=self._ticker,
            keeper=self._keeper,
        )
        self._house.go("Chairs")
        self.window.show()
        self.window.activateWindow()
        self.day = Day(self._record.world, self._clock, self, seed=seed, chairs=chairs, hours=hours)
        self._reminding.day = self.day
        engine = open_engine(place / "bare.db", secrets.token_bytes(32), create=True)
        self._insert = bare_insert(engine)
        self._committed = 0.0
        self._record.listen(self._note_commit)
        self._sets = 0

    def live(self) -> None:
        """Live through the day; each step has a turn of its own among the events."""
        app = QApplication.instance()
        assert app is not None
        heart, turn = Heart(self.day, self.times), QTimer()
        steps, hours = self.day.steps(), itertools.count()
        due = next(hours)

        def step() -> None:
            nonlocal due
            if self.day.now >= OPENING + 60 * due:
                self._weigh()
                due = next(hours)
            begin = time.perf_counter()
            if next(steps, self) is self:
                turn.stop()
                app.quit()
            self.times.steps[self.day.doing].append(time.perf_counter() - begin)

        turn.timeout.connect(step)
        turn.start(0)
        app.exec()
        heart.stop()
        self._weigh()
        self._close()

    # --- hands --------------------------------------------------------------------------------

    def type_line(self, session_id: str, text: str) -> Iterator[None]:
        """Go to the chair, type key by key, press Enter, wait for the sheet; and go back."""
        self.day.doing = "walking"
        self._house.go_to_session(session_id)
        yield
        yield
        screen = self._house.sessions[session_id].screen
        line, sheet = screen.entry.line, screen.findChild(SheetTable)
        assert isinstance(sheet, SheetTable)
        line.clear()
        self.day.doing = "key"
        for letter in text:
            QTest.keyClicks(line, letter)
            yield
        self.times.bare.append(timed(self._insert))
        yield
        yield from self._enter(sheet, line)
        self._sets += 1
        if self._sets % 2:
            self.day.doing = "walking"
            self._house.go("Chairs")
            yield

    def _enter(self, sheet: SheetTable, line: QWidget) -> Iterator[None]:
        self.day.doing = "enter"
        painted = Painted(sheet)
        self._committed, begin = 0.0, time.perf_counter()
        QTest.keyClick(line, Qt.Key.Key_Return)
        for _ in range(PATIENCE):
            yield
            if painted.is_new or not self._committed:
                break
        if painted.is_new and self._committed:
            self.times.painted.append(time.perf_counter() - begin)
            self.times.durable.append(self._committed - begin)
        sheet.viewport().removeEventFilter(painted)

    def tick(self, _now: dt.datetime, /) -> Iterator[None]:
        """Let the program's heart beat once."""
        self._ticker.tick()
        yield

    def seen(self) -> Sequence[SessionOverview]:
        """Return the open sessions, as rooms and reminders see them."""
        return self._keeper.open_sessions.known

    # --- measuring ----------------------------------------------------------------------------

    def _note_commit(self, _: object) -> None:
        self._committed = self._committed or time.perf_counter()

    def _weigh(self) -> None:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        self.times.memory.append((self.day.now - OPENING, megabytes))

    def _open(self, place: Path) -> main.OpenRecord:
        listeners, numbers = Listeners(), itertools.count(1)
        store = Store.create(
            place / "record",
            PRACTICE_SECRET,
            practice=True,
            publish=listeners,
            station=Station.here(place / "state"),
        )
        world = World(
            transaction=store.transaction,
            clock=self._clock,
            station="desk",
            zone=WARSAW,
            new_uid=lambda: f"{next(numbers):08}",
            passwords=PlainPasswords(),
            certification=PracticeCertification(),
            press=ReportPress(),
            station_key=store.station_key,
            gaps=store.gaps,
            look=store.looking,
        )
        return main.OpenRecord(store, world, listeners)

    def _close(self) -> None:
        self._house.be_still()
        self._reminding.close()
        self._keeper.close()
        self._tasks.close()
        self._record.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
