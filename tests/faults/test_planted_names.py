"""After a day's work no file holds a patient's name, except what was exported on purpose."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.place import default_place
from tests.e2e.chairside import SHIPPED, Chairside
from tests.e2e.computer import PASSWORDS, Computer
from tests.e2e.hands import Hands
from tests.e2e.test_first_day import export, log_in, set_up, treat, work_out_the_dose
from tests.fakes.clock import FakeClock
from tests.faults.planted import Planted, betrayals
from ui import guard, theme
from ui.preferences import PreferencesFile
from ui.program import Program
from ui.window import Window

PLANTED = Planted()

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a program may leave something, and where a person takes exports.

    Attributes:
        outside: What was exported on purpose goes here.
    """

    home: Path
    temporary: Path
    outside: Path

    def betrayals(self) -> list[str]:
        """Say which files that the program left hold a planted word."""
        return list(betrayals(PLANTED, self.home, self.temporary))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home, and an empty folder for temporary files."""
    made = Home(*(tmp_path / name for name in ("home", "temporary", "outside")))
    for folder in (made.home, made.temporary, made.outside):
        folder.mkdir()
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(made.home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(made.temporary))
    monkeypatch.setenv("TMPDIR", str(made.temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return made


@dataclass(frozen=True, slots=True)
class Day:
    """A program that has begun in that home, and whoever sits at its window."""

    hands: Hands
    window: Window
    computer: Computer


@pytest.fixture
def day(
    home: Home, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Day]:
    """The first day, as far as the nurse's log-in; the program logs as it always does."""
    assert home.home.exists()
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    theme.wear(qapp)
    window = Window()
    qtbot.addWidget(window)
    window.show()
    guard.keep_log(guard.log_folder())
    guard.install(lambda _: None)
    PreferencesFile().change(lock_minutes=0)  # the clock is set forward between two keys
    computer = Computer(default_place(), FakeClock())
    Program(window, computer.records()).begin()
    hands = Hands(qtbot, window)
    set_up(hands, computer)
    log_in(hands, "nk")
    yield Day(hands, window, computer)
    window.close()
    for handler in tuple(guard.LOG.handlers):
        if isinstance(handler, logging.FileHandler):
            guard.LOG.removeHandler(handler)
            handler.close()


def test_that_a_first_day_leaves_no_name_in_any_file(day: Day, home: Home) -> None:
    hands, computer = day.hands, day.computer
    add_patient(hands)
    open_session(hands)
    work_out_the_dose(hands, computer)
    hands.type_line(f"? {PLANTED.note}")
    treat(hands, computer)
    sign(hands, computer)
    sys.excepthook(ValueError, ValueError(PLANTED.family), None)  # the log tells of a fault
    file = export(hands, home.outside)
    assert home.betrayals() == []  # while the program runs
    day.window.close()
    assert home.betrayals() == []
    assert file.exists()
    seen = {path.name for path in home.home.rglob("*")}
    assert {"record.db", "keyslots.json", "chairside.log"} <= seen  # the search had what to search


def add_patient(hands: Hands) -> None:
    """Add the patient whose name is looked for."""
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.press("New patient")
    hands.fill("Family name", PLANTED.family)
    hands.fill("Given name", PLANTED.given)
    hands.fill("Birth date", PLANTED.born)
    hands.press("Female")
    hands.fill("Record number", PLANTED.number)
    hands.fill("Allergies", "none known")
    hands.press("Add the patient")
    hands.wait_for(f"{PLANTED.family}, {PLANTED.given}")


def open_session(hands: Hands) -> None:
    """Start a session, finding the patient by name."""
    hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.key(Qt.Key.Key_N)
    hands.fill("Find a patient", PLANTED.family)
    hands.enter()
    hands.press("Chair 2")
    hands.press("IV ketamine, 40 minutes")
    hands.press("Start the session")
    hands.wait_for("Prescriber's password")


def read_to_the_end(hands: Hands) -> None:
    """Read the report to its last page: before that nothing can be signed."""
    hands.wait_for("not read to its end yet")
    hands.key(Qt.Key.Key_End)
    hands.wait_for("read to its end")
    hands.wait_until(lambda: not hands.sees("not read to its end yet"))


def sign(hands: Hands, computer: Computer) -> None:
    """Sign at the chair as the nurse, co-sign at the desk as the prescriber."""
    computer.clock.set("11:50")
    hands.press("Sign the record…")
    read_to_the_end(hands)
    hands.fill("Your password", PASSWORDS["nk"])
    hands.press("Sign the record")
    hands.wait_for("It cannot be undone")
    hands.log_out()
    log_in(hands, "ds")
    hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    hands.wait_for(f"{PLANTED.family}, {PLANTED.given}")
    read_to_the_end(hands)
    hands.press("Reviewed and approved")
    hands.fill("Your password", PASSWORDS["ds"])
    hands.press("Sign the record")
    hands.wait_for("Export the PDF")


def test_that_a_rehearsal_at_the_console_leaves_a_name_only_in_what_it_hands_out(
    home: Home,
) -> None:
    text = SHIPPED.joinpath("ketamine-70kg.toml").read_text(encoding="utf-8")
    for old, new in (
        ('"Nowak"', f'"{PLANTED.family}"'),
        ('"Anna"', f'"{PLANTED.given}"'),
        ('"100234"', f'"{PLANTED.number}"'),
        ("1984-03-12", PLANTED.born),
        ('"nausea mild"', f'"nausea {PLANTED.note}"'),
    ):
        assert old in text
        text = text.replace(old, new)
    script = home.outside / "visit.toml"
    script.write_text(text, encoding="utf-8")
    said = Chairside(home.home).alone("rehearse", script, "--out", home.outside / "out")
    assert said.status == 0, said.err
    assert home.betrayals() == []
    results = home.outside / "out" / "visit"
    assert list(betrayals(PLANTED, results / "store")) == []
    found = [said.split(" holds ") for said in betrayals(PLANTED, results)]
    handed_out = {Path(path).name for path, _ in found}
    played, came_of_it = {"rehearsal.toml"}, {"record.json", "summary.json", "fhir.json"}
    assert handed_out == played | came_of_it
    of_summary = {word for path, word in found if path.endswith("summary.json")}
    assert of_summary == {repr(PLANTED.note), "'Ottokar'"}  # the words of an event, no identity


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "percent", "name", "escaped"])
def test_that_the_search_finds_a_name_however_it_is_written(code: str, home: Home) -> None:
    words = f"log of {PLANTED.family.upper()}, today"
    path = home.home / "deep" / "down" / "some.log"
    path.parent.mkdir(parents=True)
    if code == "percent":
        path.write_text(urllib.parse.quote(words), encoding="ascii")
    elif code == "escaped":
        path.write_text(ascii(words), encoding="ascii")
    elif code == "name":
        path.with_name(f"{PLANTED.family}.pdf").touch()
    else:
        path.write_bytes(b"x" + words.encode(code))
    (found,) = home.betrayals()
    assert PLANTED.family in found
