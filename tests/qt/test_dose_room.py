"""The dose set-up's room: the blind second check, the comparison, and what is asked meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from monitor.desk import ShowSession
from tests.fakes.rooms import dose_doors, run_at_once
from tests.fakes.visit import PASSWORDS, Visit
from tests.qt.real_windows import PRESCRIBER, RealClinic, RealWindow, real_clinic
from tests.vectors import cases
from ui.presenters.dose_parts import RecordedRow
from ui.presenters.dose_setup import DoseSetUpPresenter
from ui.screens.dose.aside import Recorded
from ui.screens.dose.room import DoseRoom

T = TypeVar("T")
ROOM = (1200, 688)
"""What the window leaves to a room at 1280×720."""


class Slow:
    """Answers only when it is told to."""

    def __init__(self) -> None:
        self.answer: Callable[[], None] = lambda: None

    def __call__(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        self.answer = lambda: run_at_once(work, then)


class At:
    """A dose room that is seen, over a visit whose dose is worked out: 35 mg."""

    def __init__(self, qtbot: QtBot, *, slow: Slow | None = None, worked_out: bool = True) -> None:
        self.visit, self.room = Visit(), DoseRoom()
        if worked_out:
            self.visit.ordered().weighed("71.3").calculated()
        doors = dose_doors(self.visit)
        doors = dataclasses.replace(doors, run=slow) if slow else doors
        self.presenter = DoseSetUpPresenter(self.room, doors)
        self.room.wire(self.presenter)
        qtbot.addWidget(self.room)
        self.room.resize(*ROOM)
        with qtbot.waitActive(self.room):
            self.room.show()
            self.room.activateWindow()
        self.presenter.begin()

    def check(self, **others: str) -> At:
        """Enter the right figures as the prescriber, but for the *others*."""
        figures = {
            "checker": "ds",
            "password": PASSWORDS["ds"],
            "weight_kg": "71.3",
            "strength_mg_per_ml": "50",
            "volume_ml": "50",
            "volume_mode": "replaces",
            "drawn_ml": "0.71",
            "rate_ml_h": "75",
        } | others
        for key, words in figures.items():
            self.room.form.answer(key, words)
        self.presenter.submit()
        QApplication.processEvents()
        return self

    def words(self) -> str:
        """Return everything that can be read in the room."""
        QApplication.processEvents()
        labels = [each.text() for each in self.room.findChildren(QLabel) if each.isVisible()]
        lines = [each.text() for each in self.room.findChildren(QLineEdit) if each.isVisible()]
        spoken = [
            f"{each.accessibleName()} {each.accessibleDescription()} {each.toolTip()}"
            for each in self.room.findChildren(QWidget)
            if each.isVisible()
        ]
        pressed = [b.text() for b in self.room.findChildren(QAbstractButton) if b.isVisible()]
        return " | ".join((*labels, *lines, *spoken, *pressed))

    def step(self, name: str) -> list[QAbstractButton]:
        """Return the button of a step on the bar, none where it cannot be pressed."""
        settle()
        bar = self.room.steps.findChildren(QAbstractButton)
        return [each for each in bar if each.accessibleName().startswith(name)]


FIRST = ("71.3", "35.65", "35.5", "0.71", "75 mL/h", "157.2")
"""What the first person found."""


def settle() -> None:
    """Let what is thrown away be gone, as in a program that runs."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def test_that_no_first_value_can_be_read_or_heard_during_the_check(qtbot: QtBot) -> None:
    at = At(qtbot)
    assert at.presenter.here == "check"
    said = at.words()
    for figure in FIRST:
        assert figure not in said, figure
    assert "The first values are covered" in said


def test_that_the_way_to_an_override_uncovers_no_first_value(qtbot: QtBot) -> None:
    at = At(qtbot)
    assert at.step("Dose")
    emergency = next(
        each
        for each in at.room.form.findChildren(QAbstractButton)
        if each.text() == "Emergency override…"
    )
    emergency.click()
    assert at.presenter.here == "override"
    said = at.words()
    for figure in FIRST:
        assert figure not in said, figure
    assert "The first values are covered" in said
    assert not at.step("Dose")


def test_that_no_step_is_a_press_away_once_somebody_enters_figures(qtbot: QtBot) -> None:
    at = At(qtbot)
    at.room.form.answer("weight_kg", "7")
    assert not at.step("Dose")
    assert not at.step("Weight")


def test_that_no_password_stays_in_a_field(qtbot: QtBot) -> None:
    slow = Slow()
    at = At(qtbot, slow=slow).check()
    secret = PASSWORDS["ds"]
    assert secret not in [each.text() for each in at.room.findChildren(QLineEdit)]
    slow.answer()
    settle()
    assert at.room.comparison.isVisible()
    assert [each.text() for each in at.room.findChildren(QLineEdit) if each.text()] == []


def test_that_the_comparison_leaves_nothing_behind_when_somebody_enters_again(
    qtbot: QtBot,
) -> None:
    at = At(qtbot).check(rate_ml_h="57")
    at.presenter.other("again")
    settle()
    hidden = at.room.comparison
    assert hidden.accessibleDescription() == ""
    assert [each.text() for each in hidden.findChildren(QLabel) if "75" in each.text()] == []


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def test_that_logging_out_while_a_password_is_looked_at_is_no_trouble(
    qtbot: QtBot, clinic: RealClinic
) -> None:
    window = RealWindow(qtbot, clinic, clinic.record())
    window.house.go_to_dose(clinic.session_id)
    rooms = window.house.sessions[clinic.session_id]
    password = f"a long password of {PRESCRIBER.user}"
    answers = {"how": "written", "per_kg_mg": "0.5", "minutes": "40", "password": password}
    for key, words in ({"prescriber": PRESCRIBER.user} | answers).items():
        rooms.dose_room.form.answer(key, words)
    rooms.dose.submit()
    window.house.sessions.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    show = ShowSession(window.record.world)
    window.wait_until(lambda: show(clinic.session_id).order is not None)
    window.close()
    QApplication.processEvents()


def test_that_all_figures_of_the_check_are_in_sight_at_once(qtbot: QtBot) -> None:
    at = At(qtbot)
    QApplication.processEvents()
    rate = at.room.form.findChildren(QLineEdit)[-1]
    bottom = rate.mapTo(at.room.form, QPoint(0, rate.height())).y()
    compare = next(
        b for b in at.room.form.findChildren(QAbstractButton) if b.accessibleName() == "Compare"
    )
    assert bottom < compare.mapTo(at.room.form, QPoint(0, 0)).y()


def test_that_the_comparison_takes_the_forms_place_and_enter_does_what_is_meant(
    qtbot: QtBot,
) -> None:
    at = At(qtbot).check(rate_ml_h="57")
    assert at.room.comparison.isVisible()
    assert not at.room.form.isVisible()
    assert "The rates differ" in at.words()
    assert focused().accessibleName() == "Dana Silva enters again"
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert at.room.form.isVisible()
    assert not at.room.comparison.isVisible()
    assert "57" not in at.words()


def test_that_a_comparison_is_spoken_figure_by_figure(qtbot: QtBot) -> None:
    at = At(qtbot).check(rate_ml_h="57")
    said = at.room.comparison.accessibleDescription()
    assert "Rate: first 75 mL/h, second 57 mL/h, differs" in said
    assert "Weight: first 71.3 kg, second 71.3 kg, same" in said


def test_that_escape_leaves_the_comparison(qtbot: QtBot) -> None:
    at = At(qtbot).check()
    with qtbot.waitSignal(at.room.done):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)


def test_that_every_control_of_check_and_comparison_has_a_name(qtbot: QtBot) -> None:
    at = At(qtbot)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    for _ in range(2):
        seen = [w for kind in kinds for w in at.room.findChildren(kind) if w.isVisible()]
        assert seen
        assert [w for w in seen if not w.accessibleName()] == []
        at.check(drawn_ml="7.1")


def test_that_ctrl_enter_leads_to_the_check(qtbot: QtBot) -> None:
    at = At(qtbot)
    at.presenter.go("order")
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at.presenter.here == "check"


def test_that_nothing_can_be_pressed_while_a_password_is_looked_at(qtbot: QtBot) -> None:
    slow = Slow()
    at = At(qtbot, slow=slow).check()
    assert not at.room.form.isEnabled()
    assert "One moment …" in {b.text() for b in at.room.form.findChildren(QAbstractButton)}
    slow.answer()
    assert at.room.form.isEnabled()
    assert at.room.comparison.isVisible()


def test_that_a_box_is_ticked_by_hand_and_never_by_enter(qtbot: QtBot) -> None:
    at = At(qtbot, worked_out=False)
    for key, words in (("how", "verbal"), ("per_kg_mg", "0.5"), ("minutes", "40")):
        at.room.form.answer(key, words)
    tick = next(
        b
        for b in at.room.form.findChildren(QAbstractButton)
        if b.accessibleName() == "Read back to the prescriber"
    )
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert at.presenter.here == "order"
    QTest.keyClick(tick, Qt.Key.Key_Space)
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert at.presenter.here == "weight"


ADDED = next(case for case in cases("dose") if case["volume_mode"] == "added")


@pytest.mark.parametrize("case", [ADDED], ids=["added"])
def test_that_an_example_holds_in_the_room(qtbot: QtBot, case: dict[str, str]) -> None:
    at = At(qtbot, worked_out=False)
    steps = (
        {"how": "written", "per_kg_mg": case["per_kg_mg"], "minutes": case["minutes"]}
        | {"password": PASSWORDS["ds"]},
        {"weight": case["weight_kg"], "how": "measured"},
        {"strength": case["strength_mg_per_ml"], "volume_ml": case["volume_ml"]}
        | {"volume_mode": case["volume_mode"]},
    )
    for answers in steps:
        for key, words in answers.items():
            at.room.form.answer(key, words)
        if answers is steps[-1]:
            want = cases("dose")[cases("dose").index(case)]["expect"]
            said = at.words()
            for figure in ("calculated_mg", "drawn_ml", "prepared_mg", "rate_ml_h"):
                assert want[figure] in said, figure
        at.presenter.submit()
    assert at.presenter.here == "check"


def test_that_a_long_text_leaves_the_recorded_column_its_buttons(qtbot: QtBot) -> None:
    column, pressed = Recorded(), list[str]()
    qtbot.addWidget(column)
    column.asked.connect(pressed.append)
    column.resize(240, 520)
    long = ("x" * 3000, "so it is " * 300)
    column.show_rows((RecordedRow("Weight", "70 kg", long, "weight", "Weigh anew"),))
    with qtbot.waitExposed(column):
        column.show()
    anew = next(b for b in column.findChildren(QAbstractButton) if b.text() == "Weigh anew")
    corner = anew.mapTo(column, anew.rect().bottomRight())
    assert column.rect().contains(corner)
    anew.click()
    assert pressed == ["weight"]
    whole = [each.accessibleName() for each in column.findChildren(QLabel)]
    assert set(long) <= set(whole)
