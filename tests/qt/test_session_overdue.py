"""The session screen while something is overdue, missed or next: what is taught, said and kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from monitor.acts import MissSlot
from tests.fakes.visit import Visit
from tests.qt.screens import screen_of
from ui.presenters.before_dose import before
from ui.presenters.door import Need
from ui.presenters.due import due_face
from ui.presenters.sheet import FIRST_FIGURE, sheet_rows
from ui.screens.session.needs import Needs
from ui.screens.session.screen import SessionScreen

SET = "128/82 76 98 16 s5 d3"


def said(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def places(screen: SessionScreen) -> list[int]:
    settle()
    found = [b for b in screen.now_panel.findChildren(QPushButton) if b.text() and b.isVisible()]
    return [button.mapTo(screen, button.rect().topLeft()).y() for button in found]


def test_that_the_first_reading_moves_no_button(qtbot: QtBot) -> None:
    seat, screen = screen_of(Visit().started().at("10:05"), qtbot)
    without = places(screen)
    seat.type(SET)
    assert "Highest" in said(screen.now_panel)
    assert places(screen) == without


def test_that_a_missed_slot_says_why_and_who_entered_it_when() -> None:
    visit = Visit().started().at("10:29")
    visit.do(MissSlot(slot="20", reason="in the bathroom"))
    row = next(r for r in sheet_rows(visit.overview) if "20 missed" in r.said)
    assert row.cells[FIRST_FIGURE].words == "in the bathroom"
    assert row.cells[FIRST_FIGURE].wide
    assert row.cells[-1].words == "10:29 NK"


def test_that_only_keys_that_do_something_are_taught(qtbot: QtBot) -> None:
    seat, screen = screen_of(Visit().started().at("10:05"), qtbot)
    assert not {"F3", "F8"} & dict(screen.hints).keys()
    seat.visit.at("10:29")
    with qtbot.waitSignal(screen.hinted):
        seat.presenter.look_again()
    settle()
    assert "F3" in dict(screen.hints)
    assert "F3" in said(screen.side.due)
    with qtbot.waitSignal(screen.hinted):
        seat.type("182/111 76 98 16 s5 d3")
    assert "F8" in dict(screen.hints)


def test_that_what_else_presses_stays_in_sight_while_a_reason_is_asked(qtbot: QtBot) -> None:
    _, screen = screen_of(Visit().started().at("10:29"), qtbot)
    qtbot.keyClick(screen.entry.line, Qt.Key.Key_F3)
    assert "Also: Vitals 20 overdue, Vitals 30 due now" in said(screen.side.due)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert "Also:" not in said(screen.side.due)


def test_that_the_right_column_fits_with_overdue_and_due(qtbot: QtBot) -> None:
    _, screen = screen_of(Visit().started().at("10:29"), qtbot)
    settle()
    scrolls = screen.side.findChildren(QScrollArea)
    assert [s.verticalScrollBar().maximum() for s in scrolls if s.isVisible()] == [0]


def test_that_times_taken_are_told_from_times_due() -> None:
    visit = Visit().started().at("10:10").line(SET).at("10:22")
    visit.do(MissSlot(slot="20", reason="asleep"))
    face = due_face(visit.overview, visit.clock.now())
    assert [(r.name, r.when) for r in face.closed] == [
        ("Vitals 20", "due 10:20"),
        ("Vitals 10", "taken 10:10"),
        ("Baseline", "taken 09:55"),
    ]


def test_that_the_primary_button_is_what_is_next() -> None:
    visit = Visit().ordered().weighed().calculated()

    def primary() -> list[str]:
        face = before(visit.overview, visit.clock.now())
        return [each.key for each in face.commands if each.kind == "primary"]

    assert primary() == ["dose"]
    visit.checked()
    assert primary() == ["measure"]
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    assert primary() == ["start"]


def test_that_long_evidence_never_cuts_the_name_of_a_step(qtbot: QtBot) -> None:
    needs = Needs()
    qtbot.addWidget(needs)
    needs.set_needs((Need("met", "Second check", "Wilma Mommsen, 09:48"),))
    needs.resize(230, 60)
    needs.show()
    settle()
    name = next(label for label in needs.findChildren(QLabel) if label.text() == "Second check")
    assert name.fontMetrics().horizontalAdvance(name.text()) <= name.width()


def test_that_what_is_no_observation_is_not_given_as_missed(qtbot: QtBot) -> None:
    visit = Visit().started()
    visit.at("10:10").line(SET)
    visit.at("11:10")
    screen = screen_of(visit, qtbot)[1]
    said = [e.accessibleName() for e in screen.side.findChildren(QPushButton) if e.isVisible()]
    found = [name for name in said if name.startswith("Say why")]
    assert found == ["Say why Vitals 20 was missed"]  # the infusion's end is overdue, too
