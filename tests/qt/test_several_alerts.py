"""Several alerts at once in the smallest window: each is named, and nothing to decide is cut."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes.visit import Visit
from tests.qt.screens import screen_of
from ui.presenters.alerts import AlertRow
from ui.screens.session.quick_panel import AlertsPanel

FIVE = "182/112 98 93 9 s3 d9"


def rows(count: int) -> tuple[AlertRow, ...]:
    return tuple(
        AlertRow(f"u{n}", f"A{n}", f"▲ HR 12{n} for 10 min", "over 120 for 5 min, at 10:05")
        for n in range(1, count + 1)
    )


def presses(panel: AlertsPanel) -> list[QPushButton]:
    return [each for each in panel.findChildren(QPushButton) if each.isVisible()]


def test_that_each_of_several_alerts_is_named_in_full_and_can_be_pressed(qtbot: QtBot) -> None:
    panel = AlertsPanel()
    panel.setFixedWidth(272)
    panel.show_alerts(rows(5))
    qtbot.addWidget(panel)
    panel.show()
    made = presses(panel)
    assert [each.accessibleName().split(",")[0] for each in made] == [
        f"Acknowledge alert A{n}" for n in range(1, 6)
    ]
    assert all(each.sizeHint().width() <= each.width() for each in made)
    with qtbot.waitSignal(panel.command) as told:
        made[3].click()
    assert told.args == ["acknowledge:u4"]


def test_that_more_than_can_be_named_are_counted_in_words_that_fit(qtbot: QtBot) -> None:
    panel = AlertsPanel()
    panel.setFixedWidth(272)
    panel.show_alerts(rows(9))
    qtbot.addWidget(panel)
    panel.show()
    assert len(presses(panel)) == 6
    (more,) = [e for e in panel.findChildren(QLabel) if e.text().startswith("and ")]
    assert more.text() == "and 3 more: F8 asks about each in turn"
    assert more.heightForWidth(more.width()) <= more.height()


def test_that_who_was_told_is_in_sight_as_soon_as_an_alert_is_asked_about(qtbot: QtBot) -> None:
    seat, screen = screen_of(Visit().started().at("10:05").line(FIVE), qtbot)
    seat.presenter.command("acknowledge:")
    qtbot.waitUntil(screen.side.question.isVisible)
    asked = screen.side.question
    assert screen.side.alerts.isHidden(), "the question names every one of them"
    told = [e for e in asked.findChildren(QLineEdit) if e.accessibleName() == "Who was told"]
    qtbot.waitUntil(lambda: told[0].visibleRegion().boundingRect().height() == told[0].height())
    seat.presenter.question.cancel()
    qtbot.waitUntil(screen.side.alerts.isVisible)
