"""A name is put right at the real window while an infusion runs; the record after it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.store import Store
from monitor.clinic import Lists
from monitor.signing import DraftReport
from tests.e2e.chairside import OWN, Chairside
from tests.e2e.computer import PASSPHRASE, PASSWORDS, Computer, infusing
from tests.e2e.hands import Hands
from tests.fakes.clock import FakeClock
from tests.unit.reports.reading_back import pages
from ui import theme
from ui.program import Program
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """A computer with a record in which an infusion runs."""
    made = Computer(tmp_path / "record", FakeClock())
    infusing(made)
    made.clock.set("10:12")
    return made


@pytest.fixture
def hands(qapp: QApplication, qtbot: QtBot, computer: Computer) -> Iterator[Hands]:
    """The nurse, logged in at the window."""
    theme.wear(qapp)
    window = Window()
    qtbot.addWidget(window)
    window.show()
    program = Program(window, computer.records())
    program.begin()
    made = Hands(qtbot, window)
    made.wait_for("Open the record")
    made.fill("Passphrase", PASSPHRASE)
    made.press("Open")
    made.wait_for("Log in")
    made.fill("User name", "nk")
    made.fill("Password", PASSWORDS["nk"])
    made.press("Log in")
    made.wait_for("Chairs")
    yield made
    window.close()


def test_that_a_name_put_right_is_on_the_board_the_sheet_and_the_report(
    hands: Hands, computer: Computer
) -> None:
    hands.key(Qt.Key.Key_2, ALT)
    hands.fill("Find a patient", "nowak")
    hands.enter()
    hands.press("Change name, birth date or number…")
    hands.fill("Family name", "Nowak-Lis")
    hands.fill("Birth date", "13.3.1984")
    hands.press("Confirm the change")
    hands.wait_for("was not understood as a birth date")
    hands.fill("Birth date", "1984-03-13")
    hands.press("Reason: Changed name")
    hands.press("Confirm the change")
    hands.wait_for("Reason: name changed")
    assert hands.sees("Nowak-Lis, Anna")
    hands.key(Qt.Key.Key_1, ALT)
    hands.wait_for("Nowak-Lis, Anna")
    hands.key(Qt.Key.Key_1)
    hands.wait_for("1984-03-13")
    assert hands.sees("Nowak-Lis, Anna")
    hands.type_line("128/82 76 98 16 s5 d1")
    assert hands.line() == ""
    look_into_the_record(computer)


def look_into_the_record(computer: Computer) -> None:
    """Find the new name, the old one beside it, and nothing broken."""
    record = computer.records().open(PASSPHRASE)
    (header,) = Lists(record.world).sessions("open")
    said = " ".join(pages(DraftReport(record.world)(header.session_id)))
    assert header.patient.family == "Nowak-Lis"
    assert "Nowak, Anna, born 1984-03-12 → Nowak-Lis, Anna, born 1984-03-13" in said
    record.close()
    store = Store.open(computer.place, PASSPHRASE)
    assert store.check().findings == ()
    store.close()


def test_that_a_rehearsal_changes_a_name_and_a_signed_session_keeps_its_own(
    chairside: Chairside, tmp_path: Path
) -> None:
    results = chairside.rehearse(OWN / "renamed.toml", tmp_path / "out")
    opened = [e for e in results.record["entries"] if e["kind"] == "opened"]
    assert [e["patient"]["family"] for e in opened] == ["Nowak", "Nowak-Lis"]
    assert (opened[1]["amends"], opened[1]["reason"]) == (opened[0]["uid"], "name changed")
    assert results.record["patient"]["family"] == "Nowak-Lis"
    assert [a["result"] for a in results.summary["acts"] if a["do"] == "identity"] == [
        "refused",
        "recorded",
        "recorded",
    ]
    said = " ".join(pages(results.report.read_bytes()))
    assert "Nowak, Anna → Nowak-Lis, Anna" in said
    assert "Lis-Wrona" not in said
