"""How long it takes to co-sign and to export in the real window, from the key to what it brings.

    make bench-sign

Everything is as in a clinic: passwords and keys are stretched, the file is PDF/A, the seal real. It
writes its table into docs/measurements.md and fails by no figure.
"""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from db.accounts import Argon2Passwords
from db.certification import ClinicCertification
from db.store import Store
from monitor.desk import World
from reports.press import ReportPress
from tests.architecture.house import ROOT
from tests.benchmarks.entry_cost import write
from tests.qt.real_windows import RealClinic
from tests.qt.signing_office import Office
from ui import theme

PATIENCE_MS = 30_000
TIMES = 3


class WholeClinic(RealClinic):
    """A clinic in which nothing is made light."""

    @override
    def _world(self, store: Store) -> World:
        return dataclasses.replace(
            super()._world(store),
            passwords=Argon2Passwords(),
            certification=ClinicCertification(),
            press=ReportPress(),
        )


def _timed(office: Office, key: Qt.Key, so: Callable[[], bool]) -> float:
    """Press a key; return the milliseconds until something is so."""
    began = time.perf_counter()
    office.press(key)
    office.qtbot.waitUntil(so, timeout=PATIENCE_MS)
    return (time.perf_counter() - began) * 1000


def _once(qtbot: QtBot, place: Path) -> tuple[float, float]:
    """Live through a visit up to its file; return what co-signing and exporting took."""
    folder = place / "reports"
    folder.mkdir(parents=True)
    office = Office(qtbot, place, WholeClinic(place / "record"))
    office.window.keeper.preferences.change(report_folder=str(folder))
    office.explain_all()
    office.sign("nk", PATIENCE_MS // 1000)
    office.type_password("ds", PATIENCE_MS // 1000)
    signed = _timed(office, Qt.Key.Key_Return, lambda: office.overview.status == "co-signed")
    office.settle()
    written = _timed(office, Qt.Key.Key_E, lambda: len(office.files(str(folder))) == 2)
    office.settle()
    office.close()
    return signed, written


def test_how_long_it_takes_to_co_sign_and_to_export(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    theme.wear(qapp)
    ReportPress().warm()  # as the room does, beside everything else, when it is entered
    measured = [_once(qtbot, tmp_path / f"{number}") for number in range(TIMES)]
    signed, written = (statistics.median(column) for column in zip(*measured, strict=True))
    table = (
        "| in the window | ms |",
        "|---|---|",
        f"| from Enter after the password to the co-signature and the sealed file | {signed:.0f} |",
        f"| from `E` to the file and its proof on the disk | {written:.0f} |",
        "",
        f"Medians of {TIMES}.",
    )
    write(ROOT / "docs" / "measurements.md", table, "make bench-sign")
