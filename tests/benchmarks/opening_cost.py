"""What it costs to open a chair and to confirm a set, in a real window, until all is painted.

    make bench-opening

Processor time of the whole process, so that other work on the machine counts for little. It writes
its table into docs/measurements.md and fails by no figure.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.architecture.house import ROOT
from tests.benchmarks.entry_cost import write
from tests.qt.real_windows import RealClinic, RealWindow
from ui import theme

TIMES = 18
FIRST, AGAIN = "a chair opened for the first time", "opened again"
SET, FIVE = "a set confirmed", "a set with five alerts confirmed"
DOSE = "the dose set-up, made at the first visit"


def _cost(act: Callable[[], object]) -> float:
    """Return the processor milliseconds until something is done, and painted."""
    began = time.process_time()
    act()
    QApplication.processEvents()
    return (time.process_time() - began) * 1000


def _typed(here: RealWindow, text: str) -> float:
    """Return what Enter costs once a line stands there."""
    here.type(text)
    QApplication.processEvents()
    return _cost(here.enter)


def _once(qtbot: QtBot, place: Path) -> dict[str, float]:
    """Open one chair in a fresh window on a fresh record, and enter two sets."""
    clinic = RealClinic(place)
    record = clinic.record()
    clinic.infuse(record)
    clinic.clock.set("10:10")
    here = RealWindow(qtbot, clinic, record)
    here.window.resize(1280, 720)
    QApplication.processEvents()
    made = {FIRST: _cost(here.go_to_session)}
    here.house.go("Chairs")
    QApplication.processEvents()
    made[AGAIN] = _cost(here.go_to_session)
    made[SET] = _typed(here, "128/82 76 98 16 s5 d1")
    clinic.clock.set("10:20")
    made[FIVE] = _typed(here, "182/112 128 88 8 s2 d9")
    made[DOSE] = _cost(lambda: here.house.go_to_dose(clinic.session_id))
    with record.world.looking() as tx:
        assert len(tx.session(clinic.session_id).readings) == 3, "a set was not confirmed"
    here.close()
    clinic.close()
    return made


def test_what_opening_a_chair_costs(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    theme.wear(qapp)
    _once(qtbot, tmp_path / "warm")  # typefaces, icons and modules are read once a day
    costs: dict[str, list[float]] = defaultdict(list)
    for number in range(TIMES):
        for name, cost in _once(qtbot, tmp_path / f"{number}").items():
            costs[name].append(cost)
    table = ["| processor time until everything is painted | median ms | least |", "|---|---|---|"]
    for name, all_of_it in costs.items():
        table.append(f"| {name} | **{statistics.median(all_of_it):.0f}** | {min(all_of_it):.0f} |")
    write(ROOT / "docs" / "measurements.md", table, "make bench-opening")
