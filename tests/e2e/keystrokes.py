"""What is done at the chair, key by key, in the real window; every key and every click counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main
from monitor.acts import Start, Weigh
from monitor.desk import Perform, ShowSession
from monitor.entries import Weighing
from monitor.overview import SessionOverview
from monitor.schedule import SlotState
from tests.e2e.computer import CALCULATION, CHECK, ORDER
from tests.qt.real_windows import BASELINE, NURSE, PRESCRIBER, RealClinic, RealWindow

NAMED = {
    "⏎": Qt.Key.Key_Return,
    "⇥": Qt.Key.Key_Tab,
    "⇧⇥": Qt.Key.Key_Backtab,
    "↑": Qt.Key.Key_Up,
    "F2": Qt.Key.Key_F2,
    "F3": Qt.Key.Key_F3,
    "F6": Qt.Key.Key_F6,
    "F8": Qt.Key.Key_F8,
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done at the chair.

    Attributes:
        name: What it is called in the table.
        at: The local time at which it is done.
        keys: Words that are typed, and keys by name.
        claim: How many keys it is said to cost; no pointer at all.
        holds: Tells whether the record then says what was meant.
        first: What is typed before, which does not count: it brings about what is answered.
    """

    name: str
    at: str
    keys: tuple[str, ...]
    claim: int
    holds: Callable[[SessionOverview], bool]
    first: tuple[str, ...] = ()

    @property
    def row(self) -> str:
        """Return its row of the table."""
        typed = " ".join(f"`{part}`" for part in self.keys)
        return f"| {self.name} | {typed} | **{self.claim}** | 0 |"


@dataclass
class Fingers:
    """A hand at the keyboard; there is none at a pointer.

    Attributes:
        count: Key events that were sent.
    """

    count: int = 0

    def press(self, parts: Sequence[str]) -> None:
        """Send real key events to whatever has the focus."""
        for part in parts:
            focus = QApplication.focusWidget()
            assert focus is not None, f"nothing takes {part!r}"
            if part in NAMED:
                QTest.keyClick(focus, NAMED[part])
            else:
                QTest.keyClicks(focus, part)
            self.count += 1 if part in NAMED else len(part)
            QApplication.processEvents()


class Bedside:
    """An infusion that runs since 10:00 in a real window, the entry line in hand."""

    def __init__(self, clinic: RealClinic, record: main.OpenRecord) -> None:
        self._clinic, self._record = clinic, record
        for time, by, act in (
            ("09:50", PRESCRIBER, ORDER),
            ("09:51", NURSE, Weigh(kg=Decimal(70), how=Weighing.MEASURED)),
            ("09:52", NURSE, CALCULATION),
            ("09:53", PRESCRIBER, CHECK),
        ):
            clinic.clock.set(time)
            Perform(record.world)(clinic.session_id, by, act)
        clinic.clock.set("09:55")
        clinic.line(record, BASELINE)
        clinic.clock.set("10:00")
        Perform(record.world)(clinic.session_id, NURSE, Start())

    def do(self, deed: Deed, window: RealWindow) -> int:
        """Do it by key events; returns how many it took."""
        self._clinic.clock.set(deed.at)
        window.ticker.tick()
        Fingers().press(deed.first)
        window.ticker.tick()
        fingers = Fingers()
        fingers.press(deed.keys)
        return fingers.count

    @property
    def overview(self) -> SessionOverview:
        """Return the session as the record has it."""
        return ShowSession(self._record.world)(self._clinic.session_id)


def newest(seen: SessionOverview, bp: str, state: SlotState | None = None) -> bool:
    """Tell whether the newest reading has that pressure, and how it closed its slot."""
    row = seen.readings[-1]
    return row.reading.bp is not None and row.reading.bp.text == bp and row.state is state


def _slot(seen: SessionOverview, name: str) -> SlotState:
    return next(slot.state for slot in seen.slots if slot.name == name)


DEEDS = (
    Deed(
        name="A full set",
        at="10:10",
        keys=("128/82 76 98 16", "⏎"),
        claim=16,
        holds=lambda seen: newest(seen, "128/82", SlotState.ON_TIME),
    ),
    Deed(
        name="An amendment of it, with its reason",
        at="10:11",
        keys=("↑", "⏎", "138/82 76 98 16", "⏎", "1", "⏎"),
        claim=20,
        holds=lambda seen: (
            newest(seen, "138/82", SlotState.ON_TIME)
            and seen.amendments[-1].reason == "typing slip"
        ),
    ),
    Deed(
        name="An event, in the line",
        at="10:12",
        keys=("nausea mild", "⏎"),
        claim=12,
        holds=lambda seen: seen.events[-1].text == "nausea mild",
    ),
    Deed(
        name="An event, from the list",
        at="10:13",
        keys=("F6", "diz", "1", "⏎"),
        claim=6,
        holds=lambda seen: seen.events[-1].text == "dizziness mild",
    ),
    Deed(
        name="A full set with sedation and dissociation",
        at="10:20",
        keys=("128/82 76 98 16 s5 d3", "⏎"),
        claim=22,
        holds=lambda seen: seen.readings[-1].reading.dissociation == 3,
    ),
    Deed(
        name="A part of a set that is due, with its reason",
        at="10:30",
        keys=("128/82 76", "⏎", "2", "⏎"),
        claim=12,
        holds=lambda seen: (
            newest(seen, "128/82", SlotState.ON_TIME)
            and seen.readings[-1].note == "asleep, not woken"
        ),
    ),
    Deed(
        name="A late entry",
        at="10:46",
        keys=("130/84 78 98 16 @10:40", "⏎"),
        claim=23,
        holds=lambda seen: (
            newest(seen, "130/84", SlotState.ON_TIME) and seen.readings[-1].minutes == 0
        ),
    ),
    Deed(
        name="An observation that was missed, with its reason",
        at="10:54",
        keys=("F3", "4", "⏎"),
        claim=3,
        holds=lambda seen: _slot(seen, "50") is SlotState.MISSED,
    ),
    Deed(
        name="An alert: what was done, who was told",
        at="10:56",
        first=("182/112 90 97 16", "⏎"),
        keys=("F8", "1", "⏎", "1", "⏎"),
        claim=5,
        holds=lambda seen: (
            (seen.alerts[-1].state, seen.alerts[-1].action, seen.alerts[-1].told)
            == ("acknowledged", "repeated", "Dana Silva")
        ),
    ),
    Deed(
        name="A full set, then a rating of six items (CADSS-6)",
        at="11:00",
        keys=("128/82 76 98 16", "⏎", "⇧⇥", "⇧⇥", "⏎", "221211", "⏎"),
        claim=26,
        holds=lambda seen: (
            newest(seen, "128/82", SlotState.ON_TIME)
            and [(each.total, each.answered) for each in seen.scores] == [(9, 6)]
        ),
    ),
    Deed(
        name="A full set in the labelled fields",
        at="11:10",
        keys=("F2", "132/86", "⇥", "80", "⇥", "97", "⇥", "15", "⏎"),
        claim=17,
        holds=lambda seen: newest(seen, "132/86", SlotState.ON_TIME),
    ),
)
