"""The worklist on real widgets, with a real worker beside the window."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from monitor.overview import GapView, SessionOverview
from tests.fakes.visit import PASSWORDS
from tests.unit.presenters.test_to_sign import Desk
from ui.presenters.to_sign import ToSignPresenter
from ui.presenters.to_sign_faces import RECORDED
from ui.screens.to_sign.cards import WaitingCard
from ui.screens.to_sign.room import ToSignRoom
from ui.tasks import Tasks
from ui.widgets.pages import Pages, draw_pages

SLOTS = ("10", "20", "30", "40", "+15", "+30", "+45", "+60")


def paper(pages: int) -> bytes:
    """Return a PDF of so many empty pages."""
    kept = io.BytesIO()
    canvas = Canvas(kept)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


class Seat:
    """Somebody before the room."""

    def __init__(self, qtbot: QtBot, *, gaps: tuple[str, ...] = ()) -> None:
        self.desk, self.tasks = Desk(), Tasks()
        self.room = ToSignRoom(self.tasks)
        qtbot.addWidget(self.room)
        seen = self.desk.doors().overview

        def overview(session_id: str) -> SessionOverview:
            made = tuple(GapView("slot-overdue", name, True, False) for name in gaps)  # noqa: FBT003
            shown = seen(session_id)
            return dataclasses.replace(shown, gaps=made) if made else shown

        doors = dataclasses.replace(
            self.desk.doors(),
            run=self.tasks.run,
            overview=overview,
            report=lambda _: paper(3),
        )
        self.presenter = ToSignPresenter(self.room, doors)
        self.room.wire(self.presenter)
        self.room.resize(1200, 632)
        self.room.show()
        self.room.activateWindow()
        self.presenter.refresh()
        qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), WaitingCard))

    def settle(self) -> None:
        """Let the work beside the window end, and what was thrown away go."""
        for _ in range(3):
            self.tasks.wait()
            QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def said(self) -> str:
        """Return the words that can be seen."""
        return "\n".join(w.text() for w in self.room.findChildren(QLabel) if w.isVisible())

    def password(self) -> QLineEdit:
        """Return the field of the password."""
        return next(w for w in self.room.findChildren(QLineEdit) if w.isVisible())

    def sign(self, user: str, password: str = "") -> None:
        """Let that person sit down and sign, as the first thing that can be chosen."""
        people = {"nk": self.desk.visit.nurse, "ds": self.desk.visit.prescriber}
        self.desk.author = people[user]
        self.presenter.refresh()
        meaning = RECORDED if user == "nk" else "reviewed and approved"
        self.presenter.sign(password or PASSWORDS[user], meaning)
        self.settle()


@pytest.fixture
def seat(qtbot: QtBot) -> Iterator[Seat]:
    made = Seat(qtbot)
    yield made
    made.tasks.close()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key wherever the focus is."""
    qtbot.keyClick(focused(), key, modifier or Qt.KeyboardModifier.NoModifier)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_that_the_report_is_shown_with_the_page_that_is_seen(seat: Seat) -> None:
    seat.settle()
    assert "page 1 of 3" in seat.said()
    pages = seat.room.findChild(Pages)
    assert pages is not None
    bar = pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert "page 3 of 3" in seat.said()


def test_that_what_is_no_pdf_is_said_in_the_place_of_the_pages(seat: Seat) -> None:
    seat.settle()
    seat.room.show_report(b"no report")
    seat.settle()
    assert "cannot be shown" in seat.said()
    assert "page 1" not in seat.said()


def test_that_an_older_drawing_never_takes_the_place_of_a_newer_one(seat: Seat) -> None:
    seat.room.show_report(paper(2))
    seat.room.show_report(None, "Drawing the report …")
    seat.settle()
    assert "page" not in seat.said()


def test_that_ctrl_enter_does_nothing_where_nothing_can_be_signed(qtbot: QtBot, seat: Seat) -> None:
    seat.sign("nk")
    assert "a prescriber co-signs" in seat.said()
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    assert len(seat.desk.visit.overview.signatures) == 1


def test_that_a_folder_that_cannot_be_written_is_said_on_the_card(
    seat: Seat, tmp_path: Path
) -> None:
    seat.sign("nk")
    seat.sign("ds")
    seat.presenter.export_to(tmp_path / "missing" / "report.pdf")
    seat.settle()
    assert "choose another folder" in seat.said()
    seat.presenter.export_to(tmp_path / "report.pdf")
    seat.settle()
    assert "Written and verified" in seat.said()
    assert "choose another folder" not in seat.said()


def test_that_a_wrong_password_is_emptied_and_asked_again(seat: Seat) -> None:
    seat.password().setText("wrong password")
    seat.sign("nk", "wrong password")
    assert seat.password().text() == ""
    assert focused() is seat.password()


def test_that_a_password_does_not_wait_in_a_room_that_was_left(seat: Seat) -> None:
    seat.password().setText(PASSWORDS["nk"])
    seat.presenter.refresh()
    assert seat.password().text() == PASSWORDS["nk"]
    seat.room.hide()
    seat.room.show()
    assert seat.password().text() == ""


def test_that_every_gap_is_reached_by_keyboard_and_the_signature_stays_in_sight(
    qtbot: QtBot,
) -> None:
    seat = Seat(qtbot, gaps=SLOTS)
    seat.settle()
    for name in (*SLOTS, SLOTS[0]):
        press(qtbot, Qt.Key.Key_G)
        assert focused().accessibleName() == f"Explain: Vitals {name} overdue"
        assert not focused().visibleRegion().isEmpty()
    confirm = next(b for b in seat.room.findChildren(QPushButton) if b.text() == "Sign the record")
    low = confirm.mapTo(seat.room, confirm.rect().bottomLeft())
    assert low.y() < seat.room.height()
    press(qtbot, Qt.Key.Key_Space)
    assert isinstance(focused(), QLineEdit)
    press(qtbot, Qt.Key.Key_G)  # a letter like any other there
    press(qtbot, Qt.Key.Key_Escape)
    assert isinstance(focused(), WaitingCard)
    seat.tasks.close()


def test_that_a_gap_of_the_dose_is_gone_to_or_explained_by_keyboard(
    qtbot: QtBot, seat: Seat
) -> None:
    press(qtbot, Qt.Key.Key_G)
    assert focused().accessibleName() == "Go to it: The preparation was not recorded"
    press(qtbot, Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Explain: The preparation was not recorded"
    press(qtbot, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Qt.Key.Key_Space)
    assert seat.desk.went_to == [(seat.desk.visit.session_id, "dose:prepare")]


def test_that_the_arrows_keep_the_focus_in_the_list(qtbot: QtBot, seat: Seat) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(qtbot, key)
        assert isinstance(focused(), WaitingCard)
    seat.password().setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert isinstance(focused(), WaitingCard)


def test_that_pages_are_drawn_and_what_is_none_has_no_page(qapp: QObject) -> None:
    assert qapp is not None
    assert len(draw_pages(paper(2))) == 2
    assert draw_pages(b"%PDF-") == ()
