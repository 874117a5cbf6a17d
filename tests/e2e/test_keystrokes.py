"""What things cost in keys: counted in the real window, and what the document says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.keystrokes import DEEDS, Bedside
from tests.e2e.signing_keys import DESK_DEEDS, do
from tests.qt.real_windows import RealClinic, RealWindow, real_clinic
from tests.qt.signing_office import Office
from ui import theme

DOCUMENT = Path(__file__).parents[2] / "docs" / "keystrokes.md"
BEGIN, END = "<!-- written by make keystrokes -->\n", "<!-- end -->\n"


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def _table() -> str:
    head = "| what | keys | keystrokes | pointer trips |\n|---|---|---:|---:|\n"
    return head + "".join(f"{deed.row}\n" for deed in (*DEEDS, *DESK_DEEDS))


def test_that_everything_at_the_chair_costs_the_keys_that_are_claimed(
    qapp: QApplication, qtbot: QtBot, clinic: RealClinic
) -> None:
    theme.wear(qapp)
    record = clinic.record()
    bedside = Bedside(clinic, record)
    window = RealWindow(qtbot, clinic, record).go_to_session()
    for deed in DEEDS:
        assert bedside.do(deed, window) == deed.claim, deed.name
        assert deed.holds(bedside.overview), f"{deed.name}:\n{window.said()}"
    window.close()


def test_that_signing_costs_the_keys_that_are_claimed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    theme.wear(qapp)
    folder = tmp_path / "reports"
    folder.mkdir()
    office = Office(qtbot, tmp_path)
    office.window.keeper.preferences.change(report_folder=str(folder))
    office.sit("nk")
    for deed in DESK_DEEDS:
        assert do(office.sit(deed.who), deed) == deed.claim, deed.name
        assert deed.holds(office), f"{deed.name}:\n{office.window.said()}"
        if deed is DESK_DEEDS[0]:
            office.explain_all()
    office.close()


def test_that_sign_and_export_cost_at_most_four_keys_and_the_password() -> None:
    assert DESK_DEEDS[-1].claim <= 4
    assert "e" in DESK_DEEDS[-1].keys


def test_that_one_full_set_costs_sixteen_keys_and_no_pointer() -> None:
    assert DEEDS[0].claim == 16
    assert "".join(DEEDS[0].keys) == "128/82 76 98 16⏎"


def test_that_the_document_says_what_was_counted() -> None:
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if os.environ.get("CHAIRSIDE_KEYSTROKES") == "write":
        DOCUMENT.write_text(f"{before}{BEGIN}{_table()}{END}{after}", "utf-8")
    assert _table() in DOCUMENT.read_text("utf-8"), "make keystrokes writes it anew"
