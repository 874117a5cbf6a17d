"""Reminders in a real window: behind a dialog, minimised, in every room and before the log-in."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from monitor.people import Author
from tests.qt.real_windows import NURSE, RealClinic, RealWindow, real_clinic
from ui.presenters.reminding import Announcement, PressingFace
from ui.reminding import Reminding
from ui.sound import RATE, TONES, Chime, chime
from ui.status_icon import StatusIcon, status_picture
from ui.widgets.frame import PLACES

_ON_NO_SCREEN = pytest.mark.qt_log_ignore(
    "does not support (propagateSizeHints|raise)",
    "No such signal .*systemTrayWindowChanged",
    extend=True,
)


class Ear:
    """Something that hears: implements `ui.reminding.Heard`."""

    def __init__(self) -> None:
        self.heard = 0

    def play(self) -> None:
        """Count it."""
        self.heard += 1

    def close(self) -> None:
        """Hear no more."""


class Reminded:
    """A window with reminders, over an infusion that began at 10:00."""

    def __init__(self, qtbot: QtBot, clinic: RealClinic) -> None:
        self.qtbot, self.clinic = qtbot, clinic
        self.record = clinic.record()
        clinic.infuse(self.record)
        self.real = RealWindow(qtbot, clinic, self.record)
        self.author: Author | None = NURSE
        self.ear = Ear()
        self.reminding = Reminding(
            self.real.window,
            self.record,
            self.real.keeper,
            self.real.ticker,
            author=lambda: self.author,
        )
        self.reminding.sound = self.ear
        self.asked: list[str] = []
        self.reminding.session_asked.connect(self.asked.append)
        qtbot.waitUntil(self.real.window.isActiveWindow)

    def at(self, hhmm: str) -> None:
        """Let it be that time, and the window beat once."""
        self.clinic.clock.set(hhmm)
        self.real.ticker.tick()
        QApplication.processEvents()

    @property
    def corner(self) -> str:
        """Return what the window at the corner says; empty while it is not there."""
        corner = self.reminding.corner
        return corner.words if corner.isVisible() else ""

    @property
    def foot(self) -> str:
        """Return what presses, as the foot has it; empty where it cannot be seen."""
        line = self.real.window.foot.pressing
        return line.said if line.isVisible() else ""

    def close(self) -> None:
        """Close the window as the program does."""
        self.reminding.close()
        if self.author is not None:
            self.real.close()
        else:
            self.real.end_work()


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


@pytest.fixture
def desk(qtbot: QtBot, clinic: RealClinic) -> Iterator[Reminded]:
    made = Reminded(qtbot, clinic)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("hhmm", "said", "rail"),
    [
        ("10:09", "Chair 1: Vitals 10 now, till 10:13", "Chairs"),
        ("10:14", "Chair 1: Vitals 10 overdue 4 min", "Chairs: 1 overdue"),
    ],
)
def test_that_what_is_due_or_overdue_can_be_seen_in_every_room_and_led_to(
    desk: Reminded, hhmm: str, said: str, rail: str
) -> None:
    desk.at("10:06")
    assert (desk.foot, desk.ear.heard, desk.corner) == ("", 0, "")  # nothing is due
    desk.at(hhmm)
    assert (desk.ear.heard, desk.corner) == (1, "")  # it stands in the room
    for _, name in PLACES:
        desk.real.house.go(name)
        QApplication.processEvents()
        assert desk.foot == said, name
        assert desk.real.window.rail.places["Chairs"].accessibleName() == rail, name
    desk.real.house.go_to_dose(desk.clinic.session_id)
    QApplication.processEvents()
    assert desk.foot == said
    desk.qtbot.keyClick(desk.real.window.foot.pressing, Qt.Key.Key_Return)
    desk.qtbot.keyClick(desk.real.window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert desk.asked == [desk.clinic.session_id] * 2


def test_that_a_reading_ends_it_in_the_same_breath(desk: Reminded) -> None:
    desk.at("10:14")
    desk.clinic.line(desk.record, "124/78 70 98 14 s5 d1")
    QApplication.processEvents()
    assert desk.foot == ""
    assert desk.real.window.rail.places["Chairs"].accessibleName() == "Chairs"


@_ON_NO_SCREEN
def test_that_it_goes_on_behind_a_dialog(desk: Reminded) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "Chairside", "Something.", parent=desk.real.window)
    box.open()
    desk.qtbot.waitUntil(box.isActiveWindow)
    desk.at("10:14")
    assert desk.foot == "Chair 1: Vitals 10 overdue 4 min"
    assert desk.corner == "Chairside Chair 1: Vitals 10 overdue 4 min."
    assert desk.ear.heard == 1
    corner = desk.reminding.corner  # it takes nobody's keyboard, where there is one
    assert corner.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert corner.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    box.close()


@_ON_NO_SCREEN
def test_that_it_reaches_over_a_minimised_window_and_leads_back(desk: Reminded) -> None:
    window = desk.real.window
    window.showMinimized()
    desk.at("10:08")
    assert desk.corner == "Chairside Chair 1: Vitals 10 now, till 10:13."
    desk.reminding.corner.asked.emit()
    desk.qtbot.waitUntil(window.isActiveWindow)
    assert not window.isMinimized()
    assert (desk.corner, desk.asked) == ("", [desk.clinic.session_id])


@_ON_NO_SCREEN
def test_that_it_goes_on_while_nobody_is_logged_in(desk: Reminded) -> None:
    page = QWidget()
    desk.real.house.leave()
    desk.author = None
    desk.real.window.show_gate(page)
    other = desk.clinic.record()
    desk.at("10:08")
    assert desk.corner == "Chairside Chair 1: Vitals 10 now, till 10:13."
    desk.clinic.line(other, "124/78 70 98 14 s5 d1")  # by another process
    desk.at("10:14")
    desk.at("10:19")
    assert desk.corner.endswith("reminded Chair 1: Vitals 20 now, till 10:23.")
    patient = ("Nowak", "Anna", "100234")
    labels = desk.reminding.corner.findChildren(QLabel)
    assert not [word for word in patient if any(word in label.text() for label in labels)]
    desk.real.window.drop_gate(page)


def test_that_no_sound_is_heard_where_none_is_wanted(desk: Reminded) -> None:
    desk.real.keeper.preferences.change(sound=False)
    desk.at("10:08")
    assert desk.ear.heard == 0
    desk.real.keeper.preferences.change(sound=True)
    desk.at("10:14")
    assert desk.ear.heard == 1


@_ON_NO_SCREEN
def test_that_a_tray_has_the_count_and_the_words(desk: Reminded) -> None:
    icon = StatusIcon(desk.real.window)
    assert icon.tool_tip == "Chairside: nothing is overdue"
    desk.reminding.icon = icon
    desk.reminding.show_pressing(PressingFace(2, ("Chair 2: Vitals 20 overdue 4 min",), "s"))
    assert icon.tool_tip == "Chairside\nChair 2: Vitals 20 overdue 4 min"
    desk.real.window.showMinimized()
    desk.reminding.announce(Announcement("Chairside", ("Chair 2: Device 2 now.",), (), "s"))
    assert desk.corner == ""  # the tray has said it
    plain, counted = (status_picture(n).pixmap(64, 64).toImage() for n in (0, 2))
    assert plain != counted


def test_that_the_sound_is_two_soft_tones() -> None:
    with wave.open(BytesIO(chime())) as file:
        seconds = file.getnframes() / file.getframerate()
        assert file.getframerate() == RATE
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    assert seconds == pytest.approx(sum(length for _, length in TONES), abs=0.01)
    assert 4_000 < max(samples) < 9_000
    assert abs(samples[0]) < 100
    assert abs(samples[-1]) < 100


@pytest.mark.parametrize("player", ["no such player", "false", "true"])
def test_that_whatever_can_play_it_nothing_is_left_behind(qtbot: QtBot, player: str) -> None:
    sound = Chime(players=((player,),))
    sound.play()
    folder = sound._file.parent
    assert sound._file.is_file()
    qtbot.waitUntil(lambda: sound._process.state() is QProcess.ProcessState.NotRunning)
    sound.close()
    assert not folder.exists()
