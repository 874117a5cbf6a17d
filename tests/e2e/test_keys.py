"""Ways to open the record at the real window: recovery drill, keyring, keys replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.locks import keyring_slot, slots, wrapping
from db.locks.slots import FILE_NAME
from db.store import Store
from tests.e2e.computer import PASSPHRASE, PASSWORDS, Computer
from tests.e2e.hands import Hands
from tests.fakes.clock import FakeClock
from tests.fakes.keyring import MemoryKeyring
from ui import theme
from ui.program import Program
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)

NEW = "the next passphrase of it"
Begin = Callable[[], Hands]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of this computer."""
    made = MemoryKeyring()
    monkeypatch.setattr(keyring_slot, "of_the_system", lambda: made)
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    return made


@pytest.fixture
def computer(tmp_path: Path, ring: MemoryKeyring) -> Computer:
    """A computer with a clinic's record on it."""
    assert not ring.kept
    made = Computer(tmp_path / "record", FakeClock())
    made.found().close()
    return made


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, computer: Computer) -> Iterator[Begin]:
    """Start the program on that computer, a second time too; it is closed at the end."""
    theme.wear(qapp)
    windows: list[Window] = []
    programs: list[Program] = []

    def begin() -> Hands:
        for window in windows:
            window.close()
        window = Window()
        qtbot.addWidget(window)
        window.show()
        program = Program(window, computer.records())
        windows.append(window)
        programs.append(program)
        program.begin()
        return Hands(qtbot, window)

    yield begin
    for window in windows:
        window.close()


def open_with(hands: Hands, typed: str) -> None:
    hands.wait_for("Open the record")
    hands.fill("Passphrase", typed)
    hands.press("Open")


def go_to_keys(hands: Hands) -> None:
    """Log in as the administrator, and go to the section of the keys."""
    hands.wait_for("Riverside <b>Clinic</b>")
    hands.fill("User name", "ada")
    hands.fill("Password", PASSWORDS["ada"])
    hands.press("Log in")
    hands.wait_for("wall screen")
    hands.key(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    for _ in range(3):
        hands.key(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("Ways to open the record")


def make_sheet(hands: Hands, folder: Path) -> list[str]:
    """Make a recovery key, save its sheet and prove it; return its groups."""
    assert hands.sees("There is no recovery key on paper")
    hands.press("Make a recovery key…")
    hands.wait_for("Save the sheet…")
    groups = hands.groups()
    hands.press("Save the sheet…")
    sheet = hands.save_in(folder)
    hands.wait_for("Print it, then delete the file.")
    assert sheet.read_bytes().startswith(b"%PDF")
    hands.fill("Last group of the sheet", groups[-1].lower())
    hands.enter()
    hands.wait_for("Keep it locked up")
    assert not hands.sees("There is no recovery key on paper")
    return groups


def fill_passphrases(hands: Hands, typed: str) -> None:
    """Fill in the form of a new passphrase."""
    for name, words in (
        ("Passphrase, or recovery key", typed),
        ("New passphrase", NEW),
        ("New passphrase again", NEW),
    ):
        hands.fill(name, words)


def test_that_a_forgotten_passphrase_is_overcome_by_the_sheet(
    start: Begin, computer: Computer, tmp_path: Path
) -> None:
    hands = start()
    open_with(hands, PASSPHRASE)
    go_to_keys(hands)
    groups = make_sheet(hands, tmp_path)

    hands = start()
    open_with(hands, " ".join([groups[1], groups[0], *groups[2:]]))
    hands.wait_for("Group 1 of the recovery key is mistyped")
    open_with(hands, " ".join(groups))
    go_to_keys(hands)
    hands.press("Change the passphrase…")
    fill_passphrases(hands, " ".join(groups))
    hands.enter()
    hands.wait_for("The new passphrase opens the record from now on.")
    Store.open(computer.place, NEW).close()


def test_that_the_record_opens_by_itself_where_the_keyring_does(
    start: Begin, computer: Computer, ring: MemoryKeyring
) -> None:
    hands = start()
    open_with(hands, PASSPHRASE)
    go_to_keys(hands)
    hands.press("Open by itself on this computer")
    hands.wait_for("On this computer the record opens by itself from now on.")

    hands = start()
    hands.wait_for("Log in to see the chairs.")

    ring.locked = True
    hands = start()
    hands.wait_for("This computer's keyring did not open the record.")
    open_with(hands, PASSPHRASE)
    hands.wait_for("Log in to see the chairs.")
    assert len(slots.read(computer.place).slots) == 2


def test_that_keys_are_replaced_while_the_window_goes_on(start: Begin) -> None:
    hands = start()
    open_with(hands, PASSPHRASE)
    go_to_keys(hands)
    hands.press("Replace the keys…")
    for typed in ("not the passphrase at all", PASSPHRASE):
        fill_passphrases(hands, typed)
        hands.press("Replace the keys")
        if typed != PASSPHRASE:
            hands.wait_for("does not open this record")
    hands.wait_for("The record has new keys.")
    hands.fill("Last group of the sheet", hands.groups()[-1])
    hands.press("The sheet is at hand")
    hands.wait_for("Keep it locked up")
    hands.log_out()
    hands.wait_for("Log in to see the chairs.")

    hands = start()
    open_with(hands, PASSPHRASE)
    hands.wait_for("does not open this record")
    open_with(hands, NEW)
    hands.wait_for("Log in to see the chairs.")


def test_that_a_record_whose_key_file_is_gone_says_so_and_stays_as_it_is(
    start: Begin, computer: Computer
) -> None:
    (computer.place / FILE_NAME).unlink()
    before = {path.name: path.read_bytes() for path in computer.place.iterdir()}
    hands = start()
    hands.wait_for("The file of the record's keys, keyslots.json, is missing")
    open_with(hands, PASSPHRASE)
    hands.wait_for("nothing was changed; put it back beside the record from a backup")
    assert {path.name: path.read_bytes() for path in computer.place.iterdir()} == before
