"""Changing one's own password, without a window."""

from __future__ import annotations

import pytest

from monitor.certificates import PersonalCertificate
from monitor.certifying import Certificates, ChangePassword
from monitor.clinic import LogIn
from monitor.errors import RefusedError
from tests.fakes.views_audit import Later
from tests.fakes.views_gate import at_once
from tests.fakes.views_settings import FakeForm
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.gate import Run
from ui.presenters.own_password import OwnPasswordDoors, OwnPasswordPresenter

OLD, NEW = PASSWORDS["nk"], "another long password"


class FakeRoom:
    """Implements `OwnPasswordView`."""

    def __init__(self) -> None:
        self.form = FakeForm()
        self.name = self.words = self.busy = self.done = ""

    def show_person(self, name: str, words: str) -> None:
        self.name, self.words, self.done = name, words, ""

    def show_busy(self, said: str) -> None:
        self.busy = said

    def show_done(self, said: str) -> None:
        self.done = said


class Desk:
    """A nurse in the room."""

    def __init__(self, run: Run = at_once) -> None:
        self.visit, self.room, self.left = Visit(), FakeRoom(), 0
        doors = OwnPasswordDoors(
            author=lambda: self.visit.nurse,
            change=ChangePassword(self.visit.world),
            away=self._leave,
            run=run,
        )
        self.presenter = OwnPasswordPresenter(self.room, doors)
        self.presenter.begin()

    def _leave(self) -> None:
        self.left += 1

    def change(self, old: str = OLD, new: str = NEW, again: str = NEW) -> None:
        for key, words in (("old", old), ("new", new), ("again", again)):
            self.presenter.typed(key, words)
        self.presenter.submit()

    @property
    def certificate(self) -> PersonalCertificate:
        return next(each for each in Certificates(self.visit.world).issued() if each.user == "nk")


def test_that_a_new_password_opens_the_same_key() -> None:
    desk = Desk()
    before = desk.certificate.fingerprint
    desk.change()
    assert desk.room.done.startswith("Your password is changed")
    assert LogIn(desk.visit.world)("nk", NEW) == desk.visit.nurse
    with pytest.raises(RefusedError):
        LogIn(desk.visit.world)("nk", OLD)
    assert desk.certificate.fingerprint == before
    assert desk.room.form.texts == {"old": "", "new": "", "again": ""}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": ""}, "old"),
        ({"new": ""}, "new"),
        ({"again": ""}, "again"),
        ({"old": "guessed"}, "old"),
        ({"new": OLD, "again": OLD}, "new"),
    ],
)
def test_that_each_refusal_stands_at_its_field_and_the_old_one_holds(
    typed: dict[str, str], field: str
) -> None:
    desk = Desk()
    desk.change(**typed)
    key, said = desk.room.form.problem
    assert (key, said[-1:], desk.room.done) == (field, ".", "")
    LogIn(desk.visit.world)("nk", OLD)


def test_that_it_is_worked_on_beside_the_window_and_nothing_is_pressed_meanwhile() -> None:
    later = Later()
    desk = Desk(later)
    desk.change()
    desk.change()
    desk.presenter.leave()
    assert (later.waiting, desk.left) == (1, 0)
    assert desk.room.busy
    later.do_next()
    assert (desk.room.busy, desk.room.done != "") == ("", True)
    desk.presenter.leave()
    assert desk.left == 1


def test_that_leaving_keeps_nothing_of_what_was_typed() -> None:
    desk = Desk()
    desk.presenter.typed("old", OLD)
    desk.presenter.leave()
    assert (desk.left, desk.room.form.texts) == (1, {"old": "", "new": "", "again": ""})
    desk.presenter.submit()
    assert desk.room.form.problem[0] == "old"
