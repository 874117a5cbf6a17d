"""Giving, wasting and overriding on the real screen: what is pressed, and what stays in sight."""

from __future__ import annotations

import threading
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from monitor.acts import (
    Calculate,
    Discharge,
    Override,
    Prepare,
    Start,
    Stop,
    TakeOrder,
    TypeLine,
    Weigh,
)
from monitor.desk import Perform, World
from monitor.entries import Given, Leaving, VolumeMode, Weighing
from monitor.phases import Phase
from tests.fakes import by_hand
from tests.fakes.passwords import PlainPasswords
from tests.fakes.visit import DEVICE, PASSWORDS, Visit
from tests.qt.real_windows import NURSE, PRESCRIBER, RealClinic, RealWindow
from tests.qt.screens import screen_of


def press(screen: QWidget, words: str) -> None:
    QApplication.processEvents()
    found = [b for b in screen.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, f"no button says {words!r}"
    found[0].click()
    QApplication.processEvents()


def field(screen: QWidget, name: str) -> QLineEdit:
    return next(
        line
        for line in screen.findChildren(QLineEdit)
        if line.accessibleName() == name and line.isVisible()
    )


def choose(screen: QWidget, name: str) -> None:
    next(b for b in screen.findChildren(QRadioButton) if b.accessibleName() == name).click()


def focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def enter(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def is_seen(screen: QWidget, words: str) -> bool:
    """Tell whether the button that says so is not cut off by anything."""
    QApplication.processEvents()
    found = [b for b in screen.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    return len(found) == 1 and found[0].visibleRegion().boundingRect() == found[0].rect()


def test_that_a_device_is_given_with_both_sprays_and_the_same_lot_is_one_press(
    qtbot: QtBot,
) -> None:
    visit = Visit("esketamine").at("09:50").ordered().checked()
    seat, screen = screen_of(visit.at("09:55").line(by_hand.BASELINE).at("10:00"), qtbot)
    field(screen, "Lot").setText("SYN26A07")
    field(screen, "Expiry").setText("2027-11")
    press(screen, "Device 1 given")
    assert not seat.visit.overview.devices, "no spray is ticked yet"
    for tick in screen.now_panel.findChildren(QCheckBox):
        tick.click()
    press(screen, "Device 1 given")
    assert seat.visit.overview.devices[0].sprays == 2
    assert field(screen, "Lot").text() == "", "nothing is filled in for the next one"
    assert not any(t.isChecked() for t in screen.now_panel.findChildren(QCheckBox))
    press(screen, "Same lot: SYN26A07, 2027-11")
    assert field(screen, "Expiry").text() == "2027-11"
    assert is_seen(screen, "Device 2 given")


def test_that_an_injection_is_given_by_keys_and_presses_alone(qtbot: QtBot) -> None:
    seat, screen = screen_of(by_hand.injection(), qtbot)
    press(screen, "Give…")
    assert is_seen(screen, "Given")
    press(screen, "All of it: 35 mg")
    enter(qtbot)
    assert not any(each.isChecked() for each in screen.findChildren(QRadioButton)), "one Enter each"
    for _ in ("place: the one with the focus", "now", "no reason"):
        enter(qtbot)
    assert seat.visit.overview.dose.portions[0].site == "left deltoid"
    assert seat.visit.overview.phase is Phase.OBSERVATION
    assert screen.entry.line.hasFocus()


def test_that_the_account_comes_back_after_what_was_asked_from_it(qtbot: QtBot) -> None:
    seat, screen = screen_of(by_hand.infusion(), qtbot)
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_F7)
    assert screen.side.account.isVisible()
    press(screen, "Waste…")
    assert is_seen(screen, "Wasted")
    choose(screen, "What is wasted: Vial, lot 23KG104")
    field(screen, "Measured, mL").setText("9.3")
    choose(screen, "Witness: Dana Silva")
    field(screen, "The witness's password").setText("not hers")
    press(screen, "Wasted")
    refused = field(screen, "The witness's password")
    assert refused.property("bad")
    refused.setText(PASSWORDS["ds"])
    press(screen, "Wasted")
    assert seat.visit.overview.dose.vials[0].open_mg == 0
    assert screen.side.account.isVisible()
    qtbot.keyClick(screen.side.account, Qt.Key.Key_Escape)
    assert not screen.side.account.isVisible()
    assert screen.entry.line.hasFocus()


def test_that_the_check_is_offered_before_its_override(qtbot: QtBot) -> None:
    seat, screen = screen_of(by_hand.infusion(checked=False), qtbot)
    press(screen, "Start infusion")
    assert is_seen(screen, "Override and go on")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Second check…"
    with qtbot.waitSignal(screen.dose_requested):
        focus.click()
    assert screen.side.question.isHidden()
    assert seat.visit.overview.started_at is None


@pytest.mark.parametrize("width", [1200, 1840])
def test_that_what_was_left_out_in_an_emergency_is_reached_by_keys(
    qtbot: QtBot, width: int
) -> None:
    visit = Visit().at("09:48").ordered().weighed().calculated()
    visit.do(Override(what="check-missing", reason="laryngospasm"), visit.prescriber)
    visit.at("09:55").line(by_hand.BASELINE).at("10:00").do(Start())
    _, screen = screen_of(visit, qtbot)
    screen.resize(width, 688)
    for words, step in (("Second check…", "check"), ("Record the preparation…", "prepare")):
        assert is_seen(screen, words)
        qtbot.keyClick(screen.entry.line, Qt.Key.Key_F9)
        while (focus := focused()).accessibleName() != words:
            assert screen.now_panel.isAncestorOf(focus), "the keys lead out of the panel"
            qtbot.keyClick(focus, Qt.Key.Key_Tab)
        assert focus.sizeHint().width() <= focus.width(), "its words are cut off"
        with qtbot.waitSignal(screen.dose_requested) as asked:
            qtbot.keyClick(focus, Qt.Key.Key_Space)
        assert asked.args == [step]
        screen.entry.line.setFocus()


def test_that_a_device_and_the_check_left_out_are_both_in_sight(qtbot: QtBot) -> None:
    visit = Visit("esketamine").at("09:50").ordered()
    visit.do(Override(what="check-missing", reason="crisis"), visit.prescriber)
    visit.at("09:55").line(by_hand.BASELINE).at("10:00").do(DEVICE)
    _, screen = screen_of(visit.at("10:02"), qtbot)
    screen.resize(1200, 648)  # a strip over it takes the rest
    assert is_seen(screen, "Device 2 given")
    assert is_seen(screen, "Second check…")


@pytest.mark.parametrize("width", [1200, 1840])
def test_that_open_account_and_question_never_make_the_screen_grow(
    qtbot: QtBot, width: int
) -> None:
    seat, screen = screen_of(by_hand.injection(), qtbot)
    screen.resize(width, 688)
    for key in ("account", "waste", "give"):
        seat.presenter.command(key)
        QApplication.processEvents()
        assert (screen.width(), screen.height()) == (width, 688)
    unnamed = [
        widget
        for widget in screen.side.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and widget.objectName() != "qt_scrollarea_viewport"
    ]
    assert unnamed == []


class WatchedPasswords(PlainPasswords):
    """Remembers on which thread each password was compared."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    @override
    def matches(self, verifier: str, password: str) -> bool:
        self.threads.append(threading.current_thread().name)
        return super().matches(verifier, password)


def worked_out(clinic: RealClinic, world: World) -> None:
    """Have 35 mg over 40 min ordered and worked out, and a baseline taken; nobody checks it."""
    do = partial(Perform(world), clinic.session_id)
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5"), minutes=Decimal(40))
    do(PRESCRIBER, order)
    do(NURSE, Weigh(kg=Decimal(70), how=Weighing.MEASURED))
    replaces = VolumeMode.REPLACES
    do(NURSE, Calculate(product="ketamine-50", volume_ml=Decimal(50), volume_mode=replaces))
    do(NURSE, TypeLine(text=by_hand.BASELINE))


def test_that_override_and_waste_are_proven_beside_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    clinic, watched = RealClinic(tmp_path), WatchedPasswords()
    record = clinic.record(passwords=watched)
    worked_out(clinic, record.world)
    window = RealWindow(qtbot, clinic, record).go_to_session()
    screen = window.house.sessions[clinic.session_id].screen
    window.press("Start infusion")
    choose(screen, "Prescriber: Dana Silva")
    field(screen, "The prescriber's password").setText("a long password of ds")
    field(screen, "Reason").setText("crisis")
    window.press("Override and go on")
    window.wait_for("Infusing")
    clinic.clock.advance(seconds=600)
    Perform(record.world)(clinic.session_id, NURSE, Stop(reason="anxiety"))
    window.wait_for("Recovery")
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_F7)
    window.press("Waste…")
    field(screen, "Measured, mL").setText("37.5")
    choose(screen, "Witness: Dana Silva")
    field(screen, "The witness's password").setText("a long password of ds")
    window.press("Wasted")
    window.wait_for("Everything is accounted for.")
    assert len(watched.threads) == 2
    assert all(name.startswith("beside the window") for name in watched.threads)
    window.close()
    clinic.close()


def test_that_a_gap_before_the_signature_leads_to_its_place_in_the_session(
    qtbot: QtBot, tmp_path: Path
) -> None:
    clinic = RealClinic(tmp_path)
    record = clinic.record()
    do = partial(Perform(record.world), clinic.session_id)
    worked_out(clinic, record.world)
    do(PRESCRIBER, Override(what="check-missing", reason="laryngospasm"))
    do(NURSE, Start())
    window = RealWindow(qtbot, clinic, record).go_to_session()
    window.press("Second check…")
    window.wait_for("first values covered")
    clinic.clock.advance(seconds=600)
    lot = Prepare(lot="K2201", expiry="2027-08", drawn_ml=Decimal("0.7"))
    for act in (lot, Stop(reason="anxiety"), Discharge(how=Leaving.TRANSFERRED, reason="pain")):
        do(NURSE, act)
    screen = window.house.sessions[clinic.session_id].screen
    for gap, place in (
        ("Drug is unaccounted for", "26.25 mg is unaccounted for"),
        ("Given without a second check", "Only to look at"),
    ):
        window.house.quiet.go_to_sign(clinic.session_id)
        QApplication.processEvents()
        named = window.window.findChildren(QPushButton)
        next(b for b in named if b.accessibleName() == f"Go to it: {gap}").click()
        window.wait_for(place)
        assert screen.isVisible() == (gap == "Drug is unaccounted for")
    window.close()
    clinic.close()
