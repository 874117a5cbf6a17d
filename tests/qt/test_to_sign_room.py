"""The worklist on real widgets, with a real worker beside the window."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from monitor.acts import NoteEvent
from monitor.overview import GapView, SessionOverview
from tests.fakes.signing_desk import Desk
from tests.fakes.visit import PASSWORDS
from ui.presenters.to_sign import ToSignPresenter
from ui.presenters.to_sign_doors import Shown
from ui.presenters.to_sign_faces import APPROVED, RECORDED, DoneFace
from ui.screens.to_sign.room import ToSignRoom
from ui.screens.to_sign.waiting import WaitingCard
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

    def __init__(self, qtbot: QtBot, *, gaps: tuple[str, ...] = (), pages: int = 3) -> None:
        self.desk, self.tasks = Desk(), Tasks()
        self.room = ToSignRoom(self.tasks)
        qtbot.addWidget(self.room)
        self.desk.run = self.tasks.run
        made = self.desk.doors()

        def overview(session_id: str) -> SessionOverview:
            found = tuple(GapView("slot-overdue", name, True, False) for name in gaps)  # noqa: FBT003
            shown = made.list.overview(session_id)
            return dataclasses.replace(shown, gaps=found) if found else shown

        def report(session_id: str, version: int) -> Shown:
            seen = self.desk.draw(session_id, version)
            return Shown(paper(pages), seen.digest, seen.entries)

        doors = dataclasses.replace(
            made,
            list=dataclasses.replace(made.list, overview=overview),
            report=report,
            sign=lambda wanted, _: made.sign(wanted, lambda _: None),  # told on another thread
            add=lambda wanted, _: made.add(wanted, lambda _: None),
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

    @property
    def pages(self) -> Pages:
        """Return the pages of the report."""
        found = self.room.findChild(Pages)
        assert found is not None
        return found

    def button(self, words: str) -> QPushButton:
        """Return the button that says so."""
        found = (b for b in self.room.findChildren(QPushButton) if b.isVisible())
        return next(b for b in found if b.text() == words)

    def sit(self, user: str) -> Seat:
        """Let that person sit down and read the report to its end."""
        people = {"nk": self.desk.visit.nurse, "ds": self.desk.visit.prescriber}
        self.desk.author = people[user]
        self.presenter.refresh()
        self.settle()
        self.pages.go_to_end()
        return self

    def sign(self, user: str, password: str = "") -> None:
        """Let that person sit down, read and sign, as what is waited for."""
        self.sit(user)
        meaning = RECORDED if user == "nk" else APPROVED
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


def test_that_the_password_opens_once_the_last_page_was_in_sight(qtbot: QtBot, seat: Seat) -> None:
    seat.settle()
    assert "page 1 of 3" in seat.said()
    assert "not read to its end yet" in seat.said()
    assert not seat.password().isEnabled()
    press(qtbot, Qt.Key.Key_PageDown)
    assert "page 2 of 3" in seat.said() or "page 1 of 3" in seat.said()
    assert not seat.password().isEnabled()
    press(qtbot, Qt.Key.Key_End)
    assert "page 3 of 3" in seat.said()
    assert "read to its end" in seat.said()
    assert seat.password().isEnabled()


def test_that_what_is_no_pdf_is_said_in_the_place_of_the_pages(seat: Seat) -> None:
    seat.settle()
    seat.room.show_report(b"no report", "", "some state")
    seat.settle()
    assert "cannot be shown" in seat.said()
    assert "page 1" not in seat.said()


def test_that_an_older_drawing_never_takes_the_place_of_a_newer_one(seat: Seat) -> None:
    seat.room.show_report(paper(2))
    seat.room.show_report(None, "Drawing the report …")
    seat.settle()
    assert "page 1 of" not in seat.said()


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
    seat.desk.folder = tmp_path / "missing"
    seat.presenter.export()
    seat.settle()
    assert "choose another one" in seat.said()
    seat.desk.folder = tmp_path
    seat.presenter.export()
    seat.settle()
    assert "and verified" in seat.said()
    assert "choose another one" not in seat.said()


def test_that_a_wrong_password_is_emptied_and_asked_again(seat: Seat) -> None:
    seat.sit("nk").password().setText("wrong password")
    seat.sign("nk", "wrong password")
    assert seat.password().text() == ""
    assert focused() is seat.password()


def test_that_a_password_does_not_wait_in_a_room_that_was_left(seat: Seat) -> None:
    seat.sit("nk").password().setText(PASSWORDS["nk"])
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
        assert focused().accessibleName() == f"Go to it: Vitals {name} overdue"
        assert not focused().visibleRegion().isEmpty()
    confirm = next(b for b in seat.room.findChildren(QPushButton) if b.text() == "Sign the record")
    low = confirm.mapTo(seat.room, confirm.rect().bottomLeft())
    assert low.y() < seat.room.height()
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Space)
    assert isinstance(focused(), QLineEdit)
    press(qtbot, Qt.Key.Key_G)  # a letter like any other there
    press(qtbot, Qt.Key.Key_Escape)
    assert focused().accessibleName() == f"Go to it: Vitals {SLOTS[0]} overdue"  # nothing was said
    press(qtbot, Qt.Key.Key_X)
    again = focused()
    assert isinstance(again, QLineEdit)
    assert again.text() == "g"
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
    why = "Nowak, Anna: The preparation was not recorded"
    assert seat.desk.went_to == [(seat.desk.visit.session_id, "dose:prepare", why)]
    seat.room.hide()
    seat.room.show()
    back = seat.room.focusWidget()
    assert back is not None
    assert back.accessibleName() == "Go to it: The preparation was not recorded"


def test_that_the_arrows_keep_the_focus_in_the_list(qtbot: QtBot, seat: Seat) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(qtbot, key)
        assert isinstance(focused(), WaitingCard)
    seat.sit("nk").password().setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert isinstance(focused(), WaitingCard)


def test_that_enter_reads_on_and_then_asks_for_the_password(qtbot: QtBot, seat: Seat) -> None:
    seat.settle()
    presses = 0
    while isinstance(focused(), WaitingCard):
        press(qtbot, Qt.Key.Key_Return)
        presses += 1
        assert presses < 20
    assert focused() is seat.password()
    qtbot.keyClicks(seat.password(), PASSWORDS["nk"])
    press(qtbot, Qt.Key.Key_Return)
    seat.settle()
    assert [s.by.user for s in seat.desk.visit.overview.signatures] == ["nk"]
    assert "Signed: Nowak, Anna, 11:50. It cannot be undone." in seat.said()
    assert isinstance(focused(), WaitingCard)


def test_that_a_report_that_fits_on_the_screen_is_read_once_it_is_there(qtbot: QtBot) -> None:
    seat = Seat(qtbot, pages=1)
    seat.room.resize(1200, 1600)
    seat.settle()
    qtbot.waitUntil(seat.password().isEnabled)
    seat.tasks.close()


def test_that_a_change_closes_the_password_and_empties_it(seat: Seat) -> None:
    seat.sit("nk").password().setText(PASSWORDS["nk"])
    seat.desk.visit.do(NoteEvent(text="a late note"))
    seat.presenter.refresh()
    assert seat.password().text() == ""
    assert not seat.password().isEnabled()
    seat.settle()
    assert not seat.password().isEnabled()  # the new drawing has not been read
    assert "page 1 of 3" in seat.said()


def test_that_a_signature_that_came_too_late_leads_to_the_beginning_of_the_new_report(
    qtbot: QtBot, seat: Seat
) -> None:
    seat.room.show_done(DoneFace("another", "Co-signed: Somebody Else", export=True))
    seat.sit("nk").password().setFocus()
    qtbot.keyClicks(seat.password(), PASSWORDS["nk"])
    seat.desk.visit.do(NoteEvent(text="a late note"))  # and nobody told this window
    press(qtbot, Qt.Key.Key_Return)
    seat.settle()
    assert "Somebody wrote in this session meanwhile" in seat.said()
    assert focused() is seat.pages
    assert "page 1 of 3" in seat.said()
    assert "not read to its end yet" in seat.said()
    assert not seat.password().isEnabled()
    for _ in range(20):
        press(qtbot, Qt.Key.Key_Return)
    assert focused() is seat.password()


def test_that_end_counts_though_the_report_is_still_being_drawn(qtbot: QtBot, seat: Seat) -> None:
    press(qtbot, Qt.Key.Key_End)
    seat.settle()
    qtbot.waitUntil(seat.password().isEnabled)
    assert "page 3 of 3" in seat.said()
    seat.desk.visit.do(NoteEvent(text="a late note"))
    seat.presenter.refresh()
    seat.settle()
    assert not seat.password().isEnabled()  # it counted once


def test_that_nothing_of_a_voided_card_hands_the_focus_to_another_patients_report(
    seat: Seat,
) -> None:
    seat.sit("nk").password().setFocus()
    seat.room.show_sign(None)
    assert focused() is seat.pages


def test_that_nothing_can_be_pressed_while_it_is_being_signed(seat: Seat) -> None:
    seat.sit("nk").password().setText(PASSWORDS["nk"])
    confirm = seat.button("Sign the record")
    confirm.setFocus()
    confirm.click()
    assert "Checking the password" in seat.said()
    assert not confirm.isEnabled()
    assert seat.password().isReadOnly()
    assert focused() is seat.password()
    seat.presenter.sign(PASSWORDS["nk"], RECORDED)
    seat.settle()
    assert len(seat.desk.visit.overview.signatures) == 1


def test_that_a_finished_report_is_exported_and_added_to_by_keyboard(
    qtbot: QtBot, seat: Seat, tmp_path: Path
) -> None:
    seat.desk.folder = tmp_path
    seat.sign("nk")
    seat.sign("ds")
    press(qtbot, Qt.Key.Key_E)
    seat.settle()
    assert len(list(tmp_path.iterdir())) == 2
    press(qtbot, Qt.Key.Key_End)  # the drawing with the signatures has not been read yet
    press(qtbot, Qt.Key.Key_A)
    words = focused()
    assert isinstance(words, QPlainTextEdit)
    qtbot.keyClicks(words, "Slept well, e.g. no headache.")  # letters, and no keys of the room
    press(qtbot, Qt.Key.Key_Escape)
    assert not words.isVisible()
    press(qtbot, Qt.Key.Key_A)
    assert words.toPlainText() == "Slept well, e.g. no headache."
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(focused(), PASSWORDS["ds"])
    press(qtbot, Qt.Key.Key_Return)
    seat.settle()
    assert seat.desk.visit.overview.version == 2
    assert "Version 2, the newest" in seat.said()
    seat.button("Show").click()
    seat.settle()
    assert "Show the newest version first" in seat.said()


def test_that_pages_are_drawn_and_what_is_none_has_no_page(qapp: QObject) -> None:
    assert qapp is not None
    assert len(draw_pages(paper(2))) == 2
    assert draw_pages(b"%PDF-") == ()
