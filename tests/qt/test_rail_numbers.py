"""The rail: which rooms are on it, and the numbers beside the signs of their places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from monitor.people import Author, Role
from tests.qt.real_windows import RealClinic, RealWindow
from ui.widgets.frame import REMS, Rail
from ui.widgets.pressing import PressingLine

_MARGIN = 2  # pixels around a sign in which nothing of it is drawn


@pytest.mark.parametrize("count", [3, 30])
def test_that_a_number_covers_nothing_of_the_sign(qtbot: QtBot, count: int) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show()
    rail.set_waiting("To sign", count, f"{count} sessions wait")
    place = rail.places["To sign"]
    sign = place._icon.geometry().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    assert place._waiting.isVisible()
    assert not place._waiting.geometry().intersects(sign)
    assert place.rect().contains(place._waiting.geometry())


def test_that_a_room_is_on_the_rail_if_it_is_offered_and_there_is_reason_for_it(
    qtbot: QtBot,
) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rems = REMS[1]
    on_it = [(rems in offered, due) for offered, due in _each(rail, rems) if rail.leads_to(rems)]
    assert on_it == [(True, True)]


def _each(rail: Rail, name: str) -> Iterator[tuple[set[str], bool]]:
    for offered in ({name}, {"Audit"}):
        for due in (True, False):
            rail.set_offered(offered)
            rail.set_shown(name, shown=due)
            assert rail.places[name].isHidden() is not rail.leads_to(name)
            yield offered, due


@pytest.mark.parametrize(
    "name", ["Nina Kowalska", "Bartholomew Featherstone", "Dr. Anna Kowalczyk"]
)
def test_that_the_name_at_the_foot_of_the_rail_is_whole_on_two_lines(
    qtbot: QtBot, name: str
) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_user("NK", name)
    label = rail.person._name
    given, _, family = name.rpartition(" ")
    assert label.text().split("\n") == [given, family]
    assert label.sizeHint().width() <= rail.person.width()
    assert (label.accessibleName(), rail.person.toolTip()) == (name, name)


def test_that_a_double_name_on_the_rail_goes_on_after_its_hyphen(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_user("EK", "Ewa Kowalska-Nowakowska")
    assert rail.person._name.text().split("\n") == ["Ewa", "Kowalska-", "Nowakowska"]


def test_that_a_line_that_leads_nowhere_says_what_it_says_and_no_more(qtbot: QtBot) -> None:
    line = PressingLine()
    qtbot.addWidget(line)
    line.show_words("Chair 2 overdue")
    assert line.accessibleName() == "Chair 2 overdue. Enter goes there."
    line.set_leads(leads=False)
    with qtbot.assertNotEmitted(line.asked):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.accessibleName() == "Chair 2 overdue"
    assert line.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_that_an_auditor_comes_to_no_chair_by_rail_key_or_line(
    qtbot: QtBot, tmp_path: Path
) -> None:
    clinic = RealClinic(tmp_path / "record")
    auditor = Author("au", Role.AUDITOR, "Uwe Auer")
    real = RealWindow(qtbot, clinic, clinic.record(), auditor)  # which asks for the chairs
    window, chosen = real.window, list[str]()
    window.room_chosen.connect(chosen.append)
    real.wait_until(window.isActiveWindow)
    for number in range(1, 8):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    assert chosen == ["Register", "Audit", "Settings"]
    real.house.go("Patients")
    real.house.go_to_session(clinic.session_id)
    assert window.room is real.house.quiet.audit_room
    shown = [name for name, place in window.rail.places.items() if place.isVisible()]
    assert shown == ["Register", "Audit", "Settings"]
    real.close()
    clinic.close()
