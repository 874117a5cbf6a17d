"""Real windows on a real record: a clinic with one infusion under way, on a disk."""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import main
from db.locks.slots import PRACTICE_SECRET
from db.store import Store
from db.witness.station import Station
from monitor.acts import Start, TypeLine, Weigh
from monitor.clinic import (
    ApproveProtocol,
    FoundClinic,
    NewAccount,
    NewPatient,
    RegisterPatient,
)
from monitor.desk import OpenSession, Perform, World
from monitor.entries import Weighing
from monitor.people import Author, Role, Sex
from monitor.protocols import shipped
from tests.e2e.computer import CALCULATION, CHECK, ORDER
from tests.fakes.certification import PASSPHRASE, PlainCertification
from tests.fakes.clock import WARSAW, FakeClock
from tests.fakes.passwords import PlainPasswords
from tests.fakes.press import PlainPress
from ui.console.stage import Listeners
from ui.house import House
from ui.keeper import Keeper
from ui.models.sheet import SheetModel
from ui.screens.session.entry_strip import EntryStrip
from ui.tasks import Tasks
from ui.ticker import Ticker
from ui.widgets.sheet import SheetTable
from ui.window import Window

NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
PRESCRIBER = Author("ds", Role.PRESCRIBER, "Dana Silva", "MD")
BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Byron")
BASELINE = "122/76 72 98 16 s5 d0"
WAIT_SECONDS = 0.1


class RealClinic:
    """A record for practice, which opens fast; each of its records is a process of its own."""

    def __init__(self, folder: Path, station: Station | None = None) -> None:
        self.folder = folder
        self.station = station
        self.clock = FakeClock()
        self._numbers = itertools.count(1)
        self._given: list[main.OpenRecord] = []
        store = Store.create(folder, PRACTICE_SECRET, practice=True, station=station)
        self.session_id = self._begin(self._world(store))
        store.close()

    def record(self, **changes: object) -> main.OpenRecord:
        """Open the record once more, as another process would.

        Args:
            changes: Fields of the world that are to be others.
        """
        listeners = Listeners()
        store = Store.open(
            self.folder, publish=listeners, wait_seconds=WAIT_SECONDS, station=self.station
        )
        world = dataclasses.replace(self._world(store), **changes)  # type: ignore[arg-type]
        made = main.OpenRecord(store, world, listeners)
        self._given.append(made)
        return made

    def line(self, record: main.OpenRecord, text: str) -> None:
        """Store a line, as a window on that record does."""
        Perform(record.world)(self.session_id, NURSE, TypeLine(text=text))

    def infuse(self, record: main.OpenRecord) -> None:
        """Let the infusion of its session begin at ten o'clock."""
        for at, by, act in (
            ("09:48", PRESCRIBER, ORDER),
            ("09:49", NURSE, Weigh(kg=Decimal(70), how=Weighing.MEASURED)),
            ("09:50", NURSE, CALCULATION),
            ("09:52", PRESCRIBER, CHECK),
            ("09:55", NURSE, TypeLine(text=BASELINE)),
            ("10:00", NURSE, Start()),
        ):
            self.clock.set(at)
            Perform(record.world)(self.session_id, by, act)

    def close(self) -> None:
        """Close every record that was opened."""
        for record in self._given:
            record.close()
        self._given.clear()

    def _world(self, store: Store) -> World:
        return World(
            transaction=store.transaction,
            clock=self.clock,
            station="test",
            zone=WARSAW,
            new_uid=lambda: f"{os.getpid()}-{id(self)}-{next(self._numbers):05}",
            passwords=PlainPasswords(),
            certification=PlainCertification(),
            press=PlainPress(),
            station_key=store.station_key,
            gaps=store.gaps,
            look=store.looking,
        )

    def _begin(self, world: World) -> str:
        people = [
            NewAccount(
                user=who.user,
                name=who.name,
                role=who.role,
                credential=who.credential,
                password=f"a long password of {who.user}",
            )
            for who in (NURSE, PRESCRIBER, BOSS)
        ]
        FoundClinic(world)("Riverside Clinic", "", ("1", "2"), people, PASSPHRASE)
        ApproveProtocol(world)(PRESCRIBER, next(p for p in shipped() if p.id == "iv-ketamine-40"))
        patient = RegisterPatient(world)(
            NURSE,
            NewPatient(
                family="Nowak", given="Anna", born="1984-03-12", sex=Sex.FEMALE, number="100234"
            ),
        )
        return OpenSession(world)(
            NURSE, patient_id=patient.id, protocol_id="iv-ketamine-40", chair="1"
        )


class RealWindow:
    """A window on a record of that clinic, with somebody logged in."""

    def __init__(
        self, qtbot: QtBot, clinic: RealClinic, record: main.OpenRecord, author: Author = NURSE
    ) -> None:
        self._qtbot, self._clinic, self.record = qtbot, clinic, record
        self.window = Window()
        qtbot.addWidget(self.window)
        self.tasks = Tasks(self.window)
        self.ticker = Ticker(clinic.clock, self.window)
        self.keeper = Keeper(record, self.window)
        self.house = House(
            self.window,
            record,
            author,
            tasks=self.tasks,
            ticker=self.ticker,
            keeper=self.keeper,
        )
        self.house.go("Chairs")
        self.window.show()
        self.window.activateWindow()

    def go_to_session(self) -> RealWindow:
        """Go to the session's screen, the entry line in hand."""
        self.window.activateWindow()
        self.house.go_to_session(self._clinic.session_id)
        self._qtbot.waitUntil(self._entry.line.hasFocus)
        return self

    def type(self, text: str) -> None:
        """Type into the entry line."""
        self._qtbot.keyClicks(self._entry.line, text)

    def enter(self) -> None:
        """Press Enter in the entry line."""
        self._qtbot.keyClick(self._entry.line, Qt.Key.Key_Return)
        QApplication.processEvents()

    def press(self, words: str) -> None:
        """Press the button that says so."""
        QApplication.processEvents()
        found = [b for b in self.window.findChildren(QPushButton) if b.isVisible()]
        button = next(b for b in found if b.text() == words)
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    @property
    def line(self) -> str:
        """Return what stands in the entry line."""
        return self._entry.line.text()

    @property
    def shield(self) -> str:
        """Return the shield's sentence."""
        return self.window.foot.shield.said

    def said(self) -> str:
        """Return every word that can be read."""
        QApplication.processEvents()
        labels = self.window.findChildren(QLabel)
        words = [label.text() for label in labels if label.isVisible() and label.text()]
        sheets = [each for each in self.window.findChildren(SheetTable) if each.isVisible()]
        models = [model for sheet in sheets if isinstance(model := sheet.model(), SheetModel)]
        words += [cell.words for model in models for row in model.rows for cell in row.cells]
        return "\n".join(words)

    def wait_for(self, words: str) -> None:
        """Wait until these words can be read."""

        def seen() -> None:
            said = self.said()
            assert words in said, f"no {words!r} in:\n{said}"

        self._qtbot.waitUntil(seen, timeout=8_000)

    def wait_until(self, so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(so, timeout=8_000)

    def close(self) -> None:
        """Close the window as the program does."""
        self.house.be_still()
        self.end_work()

    def end_work(self) -> None:
        """End what is done beside the window; enough where its person has logged out."""
        self.keeper.close()
        self.tasks.close()

    @property
    def _entry(self) -> EntryStrip:
        return self.house.sessions[self._clinic.session_id].screen.entry


def real_clinic(folder: Path) -> Iterator[RealClinic]:
    """Give a clinic, and close its records at the end."""
    made = RealClinic(folder)
    yield made
    made.close()
