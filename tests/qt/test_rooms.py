"""The rooms of patients, start and dose, worked by keys alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from monitor.units import parse_number
from tests.fakes.rooms import dose_doors, patients_doors, registered, start_doors
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.dose_setup import DoseSetUpPresenter
from ui.presenters.patients import PatientsPresenter
from ui.presenters.start_session import StartSessionPresenter
from ui.screens.dose.room import DoseRoom
from ui.screens.patients.room import PatientsRoom
from ui.screens.starting.room import StartSessionRoom

ODD = "<b>x</b> & Θ"
ROOM_WIDTH, ROOM_HEIGHT = 1200, 688


def shown(qtbot: QtBot, room: QWidget) -> None:
    qtbot.addWidget(room)
    room.resize(ROOM_WIDTH, ROOM_HEIGHT)
    with qtbot.waitActive(room):
        room.show()
        room.activateWindow()


def keys(words: str) -> None:
    """Type into whatever has the focus, then Enter."""
    focus = _focused()
    QTest.keyClicks(focus, words)
    QTest.keyClick(focus, Qt.Key.Key_Return)


def press(key: Qt.Key) -> None:
    QTest.keyClick(_focused(), key)


def _focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def dose_room(
    qtbot: QtBot, protocol: str = "iv-ketamine-40"
) -> tuple[Visit, DoseRoom, DoseSetUpPresenter]:
    visit, room = Visit(protocol), DoseRoom()
    presenter = DoseSetUpPresenter(room, dose_doors(visit))
    room.wire(presenter)
    shown(qtbot, room)
    presenter.begin()
    return visit, room, presenter


def patients_room(qtbot: QtBot) -> tuple[Visit, PatientsRoom, PatientsPresenter]:
    visit, room = Visit(), PatientsRoom()
    registered(visit, ODD, "Żółć", "100402")
    presenter = PatientsPresenter(room, patients_doors(visit))
    room.wire(presenter)
    presenter.refresh()
    shown(qtbot, room)
    return visit, room, presenter


def start_room(qtbot: QtBot) -> tuple[Visit, StartSessionRoom, StartSessionPresenter]:
    visit, room = Visit(), StartSessionRoom()
    registered(visit, "Reyes", "Mateo", "100412")
    presenter = StartSessionPresenter(room, start_doors(visit))
    room.wire(presenter)
    shown(qtbot, room)
    presenter.begin()
    return visit, room, presenter


@pytest.fixture(params=["dose", "patients", "form", "starting"])
def any_room(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    made: QWidget
    if request.param == "dose":
        made = dose_room(qtbot)[1]
    elif request.param == "starting":
        made = start_room(qtbot)[1]
    else:
        _, made, presenter = patients_room(qtbot)
        if request.param == "form":
            presenter.new()
    return made


def test_that_order_weight_and_dose_are_entered_by_keys(qtbot: QtBot) -> None:
    visit, _, presenter = dose_room(qtbot)
    press(Qt.Key.Key_Return)  # the one prescriber is chosen already
    press(Qt.Key.Key_Return)  # written
    press(Qt.Key.Key_Return)  # by weight
    keys("0.5")
    keys("40")
    press(Qt.Key.Key_Return)  # for this visit
    keys(PASSWORDS["ds"])
    assert presenter.here == "weight"
    press(Qt.Key.Key_Return)  # kg
    keys("70")
    keys("165")
    for _ in ("measured", "by who is logged in", "just now"):
        press(Qt.Key.Key_Return)
    assert presenter.here == "dose"
    press(Qt.Key.Key_Return)  # actual
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)  # 50 mg/mL
    press(Qt.Key.Key_Return)  # the smallest syringe
    keys("50")
    press(Qt.Key.Key_Return)  # replaces
    dose = visit.overview.dose
    assert (dose.strength_mg_per_ml, dose.rate_ml_h) == (Decimal(50), Decimal(75))
    assert presenter.here == "check"


def test_that_check_and_preparation_are_entered_by_keys(qtbot: QtBot) -> None:
    visit, room, presenter = dose_room(qtbot)
    visit.ordered().weighed().calculated()
    presenter.begin()
    left: list[bool] = []
    room.done.connect(lambda: left.append(True))
    press(Qt.Key.Key_Down)  # the one person who can check
    press(Qt.Key.Key_Return)
    for words in (PASSWORDS["ds"], "70", "50", "50"):
        keys(words)
    press(Qt.Key.Key_Return)  # replaces
    keys("0.7")
    keys("75")
    assert visit.overview.dose.verified_by == "ds"
    press(Qt.Key.Key_Return)  # go on
    assert presenter.here == "prepare"
    keys("K2201")
    keys("2027-08")
    press(Qt.Key.Key_Return)  # 10 mL
    keys("1")
    keys("0.7")
    assert [made.lot for made in visit.overview.dose.preparations] == ["K2201"]
    assert left == [True]


def test_that_an_unusual_weight_is_asked_about_and_enter_is_the_safe_answer(qtbot: QtBot) -> None:
    visit, room, presenter = dose_room(qtbot)
    visit.ordered().weighed("70")
    presenter.go("weight")
    room.type("weight", "154")
    room.choose("how", "measured")
    presenter.submit()
    assert room.unusual.isVisible()
    press(Qt.Key.Key_Return)
    assert not room.unusual.isVisible()
    weight = visit.overview.weight
    assert weight is not None
    assert weight.kg == 70


def test_that_an_unusual_weight_can_be_kept(qtbot: QtBot) -> None:
    visit, room, presenter = dose_room(qtbot)
    visit.ordered().weighed("70")
    presenter.go("weight")
    room.type("weight", "154")
    room.choose("how", "measured")
    presenter.submit()
    yes = named(room, "Yes, 154 kg (339.5 lb) is right")
    yes.click()
    weight = visit.overview.weight
    assert weight is not None
    assert weight.kg == 154


def test_that_a_quick_pick_fills_the_volume(qtbot: QtBot) -> None:
    visit, room, presenter = dose_room(qtbot)
    visit.ordered().weighed()
    presenter.begin()
    room.choose("strength", "50")
    named(room, "Volume: 100 mL").click()
    room.choose("volume_mode", "replaces")
    presenter.submit()
    assert visit.overview.dose.final_volume_ml == parse_number("100", "volume_ml")


def test_that_a_refusal_goes_to_its_field_and_keeps_what_was_typed(qtbot: QtBot) -> None:
    visit, room, presenter = dose_room(qtbot)
    visit.ordered()
    presenter.begin()
    room.type("weight", "1,205")
    presenter.submit()
    line = _focused()
    assert isinstance(line, QLineEdit)
    assert line.text() == "1,205"
    assert any("“1,205” was not understood" in words for words in visible_words(room))


def test_that_escape_goes_back_and_records_nothing(qtbot: QtBot) -> None:
    visit, room, _ = dose_room(qtbot)
    room.type("per_kg_mg", "0.5")
    with qtbot.waitSignal(room.done):
        press(Qt.Key.Key_Escape)
    assert visit.overview.order is None


def test_that_a_patient_is_added_by_keys(qtbot: QtBot) -> None:
    visit, room, presenter = patients_room(qtbot)
    presenter.new()
    for words in ("Reyes", "Mateo", "1990-07-02"):
        keys(words)
    press(Qt.Key.Key_Return)  # female, the first
    keys("100412")
    keys("penicillin")
    with visit.world.transaction() as tx:
        (patient,) = tx.patients("Reyes")
    assert (patient.number, patient.allergies) == ("100412", ("penicillin",))
    assert not room.form.isVisible()


def test_that_a_name_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    _, room, presenter = patients_room(qtbot)
    presenter.search("Θ")
    presenter.choose_first()
    assert f"{ODD}, Żółć" in visible_words(room)
    labels = [each for each in room.findChildren(QLabel) if each.text()]
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in labels)


def test_that_a_search_is_typed_and_the_first_is_taken(qtbot: QtBot) -> None:
    _, room, _ = patients_room(qtbot)
    keys("nowak")
    assert room.page.accessibleName() == "Nowak, Anna"


def test_that_arrows_walk_through_the_list(qtbot: QtBot) -> None:
    _, room, _ = patients_room(qtbot)
    press(Qt.Key.Key_Down)
    assert room.page.accessibleName().startswith("<b>x</b>")
    press(Qt.Key.Key_Down)
    assert room.page.accessibleName() == "Nowak, Anna"


def test_that_a_session_is_opened_from_its_patient(qtbot: QtBot) -> None:
    visit, room, _ = patients_room(qtbot)
    keys("nowak")
    opened: list[str] = []
    room.open_requested.connect(opened.append)
    named(room, "Open the session of 2026-03-02 09:48, In progress").click()
    assert opened == [visit.session_id]


def test_that_a_like_name_is_asked_about_on_the_screen(qtbot: QtBot) -> None:
    _, room, presenter = patients_room(qtbot)
    presenter.new()
    for key, words in (("family", "Nowak"), ("given", "Ana"), ("born", "1984-03-12")):
        room.type(key, words)
    room.choose("sex", "female")
    room.type("number", "7")
    room.type("allergies", "none known")
    presenter.submit()
    assert room.likeness.isVisible()
    press(Qt.Key.Key_Space)  # "Yes, this one" has the focus
    assert room.page.accessibleName() == "Nowak, Anna"


def test_that_a_session_is_started_by_keys(qtbot: QtBot) -> None:
    visit, room, _ = start_room(qtbot)
    started: list[str] = []
    room.started.connect(started.append)
    keys("reyes")
    press(Qt.Key.Key_Return)  # chair 1: chair 2 is taken
    press(Qt.Key.Key_Return)  # the one approved protocol
    press(Qt.Key.Key_Return)  # start
    assert len(started) == 1
    with visit.world.transaction() as tx:
        assert [h.chair for h in tx.sessions(status="open")] == ["2", "1"]


def test_that_escape_leaves_the_start(qtbot: QtBot) -> None:
    _, room, _ = start_room(qtbot)
    with qtbot.waitSignal(room.left):
        press(Qt.Key.Key_Escape)


def test_that_every_control_has_a_name(any_room: QWidget) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QListWidget)
    controls = [each for kind in kinds for each in any_room.findChildren(kind) if each.isVisible()]
    assert controls
    assert [each for each in controls if not each.accessibleName()] == []


def test_that_nothing_is_entered_in_a_spin_box(any_room: QWidget) -> None:
    assert any_room.findChildren(QAbstractSpinBox) == []


def test_that_a_room_fits_the_smallest_window(any_room: QWidget) -> None:
    assert (any_room.width(), any_room.height()) == (ROOM_WIDTH, ROOM_HEIGHT)
    least = any_room.minimumSizeHint()
    assert least.width() <= ROOM_WIDTH
    assert least.height() <= ROOM_HEIGHT


def named(room: QWidget, name: str) -> QAbstractButton:
    """Return the visible button of that name."""
    QApplication.processEvents()
    return next(
        each
        for each in room.findChildren(QAbstractButton)
        if each.accessibleName() == name and each.isVisible()
    )


def visible_words(room: QWidget) -> list[str]:
    """Return what the labels say."""
    QApplication.processEvents()
    return [each.text() for each in room.findChildren(QLabel) if each.isVisible()]
