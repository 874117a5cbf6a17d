"""A clinic's first day at the real window: first start, one infusion, a verified PDF.

Only the clock is made up: the window, the encrypted record and the report are the real ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.store import Store
from monitor.people import Role
from tests.e2e.computer import PASSPHRASE, PASSWORDS, PEOPLE, Computer, infusing
from tests.e2e.hands import Hands
from tests.fakes.clock import FakeClock
from ui import theme
from ui.preferences import PreferencesFile
from ui.program import Program
from ui.window import Window

APART = "a passphrase that is kept apart"

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)", extend=True)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "record", FakeClock())


Begin = Callable[[], Hands]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, computer: Computer) -> Iterator[Begin]:
    """Start the program on that computer, a second time too; it is closed at the end."""
    theme.wear(qapp)
    windows: list[Window] = []
    programs: list[Program] = []

    PreferencesFile().change(lock_minutes=0)  # the clock is set forward between two keys

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


def test_that_a_first_day_ends_with_a_report_that_is_genuine(
    start: Begin, computer: Computer, tmp_path: Path
) -> None:
    hands = start()
    set_up(hands, computer)
    log_in(hands, "nk")
    add_patient(hands)
    open_session(hands)
    work_out_the_dose(hands, computer)
    treat(hands, computer)
    sign(hands, computer)
    file = export(hands, tmp_path)
    verify(hands, file)


def set_up(hands: Hands, computer: Computer) -> None:
    """Go through the first start; a field that is wrong is said, and what was typed stays."""
    hands.wait_for("Your clinic")
    hands.fill("Name of the clinic", "Riverside <b>Clinic</b>")
    hands.fill("Chairs", "0")
    hands.press("Continue")
    assert hands.sees("a number from 1 to 24")
    hands.fill("Chairs", "2")
    hands.press("Continue")
    hands.wait_for("The record")
    hands.fill("Passphrase", "short")
    hands.press("Continue")
    assert hands.sees("at least 15 characters")
    hands.fill("Passphrase", PASSPHRASE)
    hands.fill("Passphrase again", PASSPHRASE)
    hands.press("Continue")
    assert not Store.exists(computer.place)
    introduce_people(hands)
    prove_the_recovery_key(hands)
    for title in ("IV ketamine, 40 minutes", "IV ketamine push"):
        hands.wait_for(title)
        hands.fill("Password of Dana Silva", PASSWORDS["ds"])
        hands.press("Approve")
    hands.wait_for("IM ketamine")
    hands.press("Leave it for later")
    hands.press("Leave all 7 for later")


def prove_the_recovery_key(hands: Hands) -> None:
    """Type the last group of the recovery key, with a slip of the hand first."""
    hands.wait_for("The recovery key")
    for typed in ("QQQQQ", hands.groups()[-1]):
        hands.fill("Last group of the sheet", typed)
        hands.press("Continue")
        if typed == "QQQQQ":
            hands.wait_for("Group 13 of the recovery key is mistyped")


def introduce_people(hands: Hands) -> None:
    """Name the first administrator, nurse and prescriber."""
    for user, name, role in PEOPLE:
        hands.wait_for(f"The first {role.value}")
        hands.fill("Name", name)
        hands.fill("User name", user)
        hands.fill("Password", PASSWORDS[user])
        hands.fill("Password again", PASSWORDS[user])
        hands.press("Continue")
        if role is Role.ADMINISTRATOR:
            choose_the_authoritys_passphrase(hands)


def choose_the_authoritys_passphrase(hands: Hands) -> None:
    """Choose it, with the record's own first."""
    hands.wait_for("The signing authority")
    for typed in (PASSPHRASE, APART):
        hands.fill("Passphrase of the authority", typed)
        hands.fill("Passphrase again", typed)
        hands.press("Continue")
        if typed == PASSPHRASE:
            assert hands.sees("the authority needs another one")


def log_in(hands: Hands, user: str) -> None:
    """Log in, with a wrong password first."""
    hands.wait_for("Riverside <b>Clinic</b>")
    for password in ("a wrong password", PASSWORDS[user]):
        hands.wait_for("Log in")
        hands.fill("User name", user)
        hands.fill("Password", password)
        hands.press("Log in")
        if password != PASSWORDS[user]:
            hands.wait_for("do not fit together")
    hands.wait_for("wall screen")


def add_patient(hands: Hands) -> None:
    """Add a patient whose name looks like markup; a birth date to come is refused."""
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.press("New patient")
    hands.fill("Family name", "<b>Nowak</b> & Θ")
    hands.fill("Given name", "Anna")
    hands.fill("Birth date", "2084-03-12")
    hands.press("Female")
    hands.fill("Record number", "100234")
    hands.press("None known")
    hands.press("Add the patient")
    hands.wait_for("is in the future")
    hands.fill("Birth date", "1984-03-12")
    hands.press("Add the patient")
    hands.wait_for("<b>Nowak</b> & Θ, Anna")


def open_session(hands: Hands) -> None:
    """Start a session from the chairs, without the mouse until a card has to be chosen."""
    hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.key(Qt.Key.Key_N)
    hands.fill("Find a patient", "nowak")
    hands.enter()
    hands.press("Chair 2")
    hands.press("IV ketamine, 40 minutes")
    hands.press("Start the session")
    hands.wait_for("Prescriber's password")


def work_out_the_dose(hands: Hands, computer: Computer) -> None:
    """Go from the order to the dose: 70 kg, 35 mg over 40 min."""
    computer.clock.set("09:48")
    order(hands)
    weigh(hands)
    hands.press("Dose by body weight: Actual")
    hands.press("Product: 50 mg/mL")
    hands.fill("Volume mL", "50")
    hands.press("Replaces diluent")
    for line in ("70 kg × 0.5 mg/kg", "35 mg ÷ 50 mg/mL", "50 mL × 60 ÷ 40 min", "75 mL/h"):
        hands.wait_for(line)
    hands.press("Record the dose")
    check(hands)
    prepare(hands)
    hands.wait_for("Before the dose")


def check(hands: Hands) -> None:
    """Have the prescriber enter the figures blind; what differs is said, and entered again."""
    for rate, said in (("57", "The rates differ"), ("75", "Both have the same figures")):
        hands.wait_for("The first values are covered")
        hands.key(Qt.Key.Key_Home)  # the one other person who can check
        hands.fill("Their password", PASSWORDS["ds"])
        hands.fill("Weight kg", "70")
        hands.fill("Strength mg/mL", "50")
        hands.fill("Final volume mL", "50")
        hands.press("Replaces")
        hands.fill("Drawn mL", "0.7")
        hands.fill("Rate mL/h", rate)
        hands.press("Compare")
        hands.wait_for(said)
        hands.press("Dana Silva enters again" if rate == "57" else "Go on")


def prepare(hands: Hands) -> None:
    """Draw the dose up from one vial; a date gone by is refused."""
    hands.fill("Lot", "K2201")
    hands.fill("Expires", "2025-08")
    hands.press("One vial holds: 10 mL")
    hands.fill("Vials opened vials", "1")
    hands.fill("Drawn mL", "0.7")
    hands.wait_for("9.3 mL (465 mg) stays in the vial")
    hands.press("Record this lot")
    hands.wait_for("expired on 2025-08")
    hands.fill("Expires", "2027-08")
    hands.press("Record this lot")


def order(hands: Hands) -> None:
    """Take the order; nobody orders without the prescriber's own password."""
    hands.press("Written")
    hands.fill("Dose per kg mg/kg", "0.5")
    hands.fill("Over min", "40")
    hands.fill("Prescriber's password", PASSWORDS["nk"])
    hands.press("Record the order")
    hands.wait_for("That is not Dana Silva's password; type it again.")
    hands.fill("Prescriber's password", PASSWORDS["ds"])
    hands.press("Record the order")


def weigh(hands: Hands) -> None:
    """Weigh the patient; a thousands mark is refused, a decimal comma is read back."""
    hands.wait_for("Weight today")
    hands.fill("Weight kg", "1,205")
    hands.fill("Height cm", "168")
    hands.press("Measured")
    hands.press("Record the weight")
    hands.wait_for("no thousands mark")
    hands.fill("Weight kg", "70,0")
    hands.press("Record the weight")
    hands.wait_for("70 kg (154.3 lb)")


def treat(hands: Hands, computer: Computer) -> None:
    """Baseline, infusion, readings on the grid, and home; a line that is wrong stays."""
    clock = computer.clock
    clock.set("09:56")
    hands.type_line("12/82")
    assert hands.line() == "12/82"
    hands.type_line("122/76 72 98 16 s5 d0")
    assert hands.line() == ""
    clock.set("10:00")
    hands.press("Start infusion")
    for at in ("10:10", "10:20", "10:30", "10:40"):
        clock.set(at)
        hands.type_line("128/82 76 98 16 s5 d1")
        assert hands.line() == "", hands.said()
    hands.press("Finished…")
    hands.press("Finished")
    for at in ("10:55", "11:10", "11:25", "11:40"):
        clock.set(at)
        hands.type_line("124/78 72 98 16 s5 d0")
        assert hands.line() == "", hands.said()
    clock.set("11:41")
    tick_the_checklist(hands)
    hands.press("Leaves…")
    hands.press("How: Home")
    hands.press("Leaves now")
    hands.wait_for("Before you sign")
    keep_the_rest(hands)


def tick_the_checklist(hands: Hands) -> None:
    """Tick every line, and say who goes along: until then the door is shut."""
    hands.wait_for("Not ready to leave")
    hands.press("Checklist…")
    for digit in "123456":
        hands.key(Qt.Key(ord(digit)))
    hands.fill("Goes with", "Jan Nowak")
    hands.press("Store the checklist")
    hands.wait_for("Ready to leave")


def keep_the_rest(hands: Hands) -> None:
    """Put what is left of the vial back: until it is said where it is, nobody signs."""
    hands.wait_for("The rest of the vial, lot K2201, is open")
    hands.key(Qt.Key.Key_F7)
    hands.press("Keep the rest of the vial…")
    hands.fill("Kept, mL", "9.3")
    hands.press("Keep")
    hands.wait_for("nothing stands in the way")
    hands.key(Qt.Key.Key_Escape)


def read_to_the_end(hands: Hands) -> None:
    """Read the report to its last page: before that nothing can be signed."""
    hands.wait_for("not read to its end yet")
    hands.key(Qt.Key.Key_End)
    hands.wait_for("read to its end")
    hands.wait_until(lambda: not hands.sees("not read to its end yet"))


def sign(hands: Hands, computer: Computer) -> None:
    """Sign as the nurse at the chair, co-sign as the prescriber at the desk."""
    computer.clock.set("11:50")
    hands.press("Sign the record…")
    read_to_the_end(hands)
    hands.fill("Your password", PASSWORDS["nk"])
    hands.press("Sign the record")
    hands.wait_for("It cannot be undone")
    hands.log_out()
    log_in(hands, "ds")
    hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    hands.wait_for("<b>Nowak</b> & Θ, Anna")
    read_to_the_end(hands)
    hands.press("Reviewed and approved")
    hands.fill("Your password", "not this one")
    hands.press("Sign the record")
    hands.wait_for("That is not Dana Silva's password; type it again.")
    hands.press("Reviewed and approved")
    hands.fill("Your password", PASSWORDS["ds"])
    hands.press("Sign the record")
    hands.wait_for("Export the PDF")


def export(hands: Hands, folder: Path) -> Path:
    """Hand the PDF out; no name of a patient is in the file's name."""
    hands.press("Export the PDF")
    file = hands.save_in(folder)
    hands.wait_for("and verified")
    assert file.name.startswith("session-S-")
    assert "nowak" not in file.name.casefold()
    return file


def verify(hands: Hands, file: Path) -> None:
    """Drop the file, and one that was changed by a byte, on the audit desk."""
    changed = file.with_name("changed.pdf")
    changed.write_bytes(file.read_bytes()[:-1] + b"?")
    hands.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    hands.wait_for("Drop PDFs or folders here")
    hands.drop(file, changed)
    hands.wait_for("Genuine and unchanged")
    hands.wait_for("Not genuine")


def test_that_a_session_opens_where_it_was_after_the_program_was_closed(
    start: Begin, computer: Computer
) -> None:
    infusing(computer)
    computer.clock.set("10:22")
    hands = start()
    hands.wait_for("Open the record")
    for passphrase in ("another passphrase", PASSPHRASE):
        hands.fill("Passphrase", passphrase)
        hands.press("Open")
        if passphrase != PASSPHRASE:
            hands.wait_for("does not open this record")
    log_in(hands, "nk")
    hands.key(Qt.Key.Key_1)
    hands.wait_for("The program was closed 10:04–10:22. Fell due meanwhile:")
    assert hands.sees("Vitals 10")
    hands.type_line("128/82 76 98 16 s5 d1")
    assert hands.line() == ""
