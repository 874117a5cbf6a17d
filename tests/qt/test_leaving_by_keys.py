"""Leaving and holding on the real screen, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.acts import Finish
from monitor.entries import Discharged, Leaving
from monitor.phases import Phase
from tests.fakes import by_hand
from tests.fakes.visit import PASSWORDS, Visit
from tests.qt.screens import screen_of


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def phase(visit: Visit) -> Phase:
    return visit.overview.phase


def keys(qtbot: QtBot, *pressed: Qt.Key | str) -> None:
    """Press keys where the focus is; words are typed."""
    for each in pressed:
        if isinstance(each, str):
            qtbot.keyClicks(focused(), each)
        else:
            qtbot.keyClick(focused(), each)


def test_that_the_checklist_is_ticked_and_the_patient_leaves_by_keys(qtbot: QtBot) -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    seat, screen = screen_of(visit.at("11:40").line("122/76 72 98 16 s5 d0"), qtbot)
    seat.presenter.command("ready")
    keys(qtbot, "1", "3", "4", "5", "6", "2", Qt.Key.Key_Space)
    assert not focused().property("checked"), "the space bar took the second tick away"
    keys(qtbot, "2", "6", "6", Qt.Key.Key_Return)
    assert isinstance(focused(), QLineEdit)
    keys(qtbot, "Jan Nowak 2", Qt.Key.Key_Return)
    assert all(ticked for *_, ticked in visit.overview.checklist)
    assert visit.overview.escort == "Jan Nowak 2", "a digit in a line is a digit"
    assert phase(visit) is Phase.READY
    seat.presenter.command("discharge")
    keys(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert phase(visit) is Phase.CLOSED
    assert not screen.side.question.isVisible()


def test_that_a_reason_is_asked_of_whoever_does_not_go_home_and_kept_of_nobody_else(
    qtbot: QtBot,
) -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    seat, screen = screen_of(visit.at("11:40").line("122/76 72 98 16 s5 d0").ready("J"), qtbot)
    panel = screen.side.question
    seat.presenter.command("discharge")
    QApplication.processEvents()
    lines = [each for each in panel.findChildren(QLineEdit) if each.isVisible()]
    assert [each.accessibleName() for each in lines] == ["Goes with"]
    home, transferred, _ = panel.findChildren(QRadioButton)
    transferred.click()
    (reason,) = [e for e in panel.findChildren(QLineEdit) if e.accessibleName() == "Reason"]
    assert reason.isVisible()
    qtbot.keyClicks(reason, "chest pain")
    assert panel.answers["reason"] == "chest pain"
    home.click()
    assert not reason.isVisible()
    home.setFocus()
    keys(qtbot, Qt.Key.Key_Return, "Jan Nowak", Qt.Key.Key_Return)
    (entry,) = [each for each in visit.store.entries if isinstance(each.what, Discharged)]
    assert (entry.what, entry.reason) == (Discharged(Leaving.HOME, "Jan Nowak"), "")


def test_that_the_question_how_somebody_leaves_fits_into_the_smallest_window(
    qtbot: QtBot,
) -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    seat, screen = screen_of(visit.at("11:12"), qtbot)
    seat.presenter.command("discharge")
    panel = screen.side.question
    panel.findChildren(QRadioButton)[1].click()
    qtbot.waitUntil(lambda: len([e for e in panel.findChildren(QLineEdit) if e.isVisible()]) == 2)
    QApplication.processEvents()
    for line in panel.findChildren(QLineEdit):
        assert line.visibleRegion().boundingRect() == line.rect(), line.accessibleName()


def test_that_every_line_of_the_checklist_is_whole_and_inside_the_panel(qtbot: QtBot) -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    seat, screen = screen_of(visit, qtbot)
    seat.presenter.command("ready")
    QApplication.processEvents()
    panel = screen.side.question
    for line in panel.findChildren(QWidget):
        right = line.mapTo(panel, line.rect().topRight()).x()
        assert not line.isVisible() or right <= panel.width(), line


def test_that_the_held_dose_leads_to_another_pressure_by_one_key(qtbot: QtBot) -> None:
    visit = by_hand.infusion().line("178/112 72 98 16 s5 d0")
    seat, screen = screen_of(visit, qtbot)
    seat.presenter.command("start")
    first = focused()
    assert isinstance(first, QPushButton)
    assert first.text() == "Wait and measure again"
    keys(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(screen.entry.line.hasFocus)
    assert [event.text for event in visit.overview.events] == ["Waits: BP 178/112 before the dose"]
    keys(qtbot, "131/84 70 98 16 s5 d0", Qt.Key.Key_Return)
    seat.presenter.command("start")
    assert visit.overview.phase is Phase.INFUSING


def test_that_the_held_dose_is_decided_about_in_the_panel(qtbot: QtBot) -> None:
    visit = by_hand.infusion().line("178/112 72 98 16 s5 d0")
    seat, _ = screen_of(visit, qtbot)
    seat.presenter.command("hold")
    QApplication.processEvents()
    keys(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keys(qtbot, Qt.Key.Key_Return, PASSWORDS["ds"], Qt.Key.Key_Return)
    keys(qtbot, "long known", Qt.Key.Key_Return)
    (lifted,) = visit.overview.overrides
    assert (lifted.by.user, lifted.reason) == ("ds", "long known")
