"""Opening the record and logging in, without a window."""

from __future__ import annotations

import pytest

from monitor.errors import Code, RefusedError, StorageError
from monitor.people import Author, Role
from tests.fakes.views_gate import FakeGate, at_once
from ui.presenters.log_in import LogInPresenter, UnlockPresenter

NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")


def open_record(passphrase: str) -> str:
    if passphrase != "right":  # noqa: S105 - a made-up one
        raise StorageError(Code.WRONG_KEY)
    return "record"


def log_in(user: str, password: str) -> Author:
    if (user, password) != ("nk", "right"):
        raise RefusedError(Code.WRONG_PASSWORD)
    return NURSE


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate()


def test_that_only_the_right_passphrase_opens_the_record(gate: FakeGate) -> None:
    opened: list[str] = []
    presenter = UnlockPresenter(gate, open_record, at_once, opened.append)
    presenter.begin()
    for typed in ({"passphrase": ""}, {"passphrase": "wrong"}):
        presenter.submit(typed)
        assert (opened, bool(gate.problem[1]), gate.busy) == ([], True, "")
    presenter.submit({"passphrase": "right"})
    assert opened == ["record"]


def test_that_a_wrong_password_is_said_and_nobody_comes_in(gate: FakeGate) -> None:
    came: list[Author] = []
    presenter = LogInPresenter(gate, "Riverside Clinic", log_in, at_once, then=came.append)
    presenter.begin()
    assert gate.title == "Riverside Clinic"
    for typed in ({"user": "", "password": "right"}, {"user": "nk", "password": "wrong"}):
        presenter.submit(typed)
        assert (came, bool(gate.problem[1])) == ([], True)
    presenter.submit({"user": "nk", "password": "right"})
    assert came == [NURSE]


def test_that_what_nobody_foresaw_is_not_swallowed(gate: FakeGate) -> None:
    def broken(_: str) -> str:
        raise ZeroDivisionError

    opened: list[str] = []
    presenter = UnlockPresenter(gate, broken, at_once, opened.append)
    with pytest.raises(ZeroDivisionError):
        presenter.submit({"passphrase": "right"})
