"""Opening the record and logging in, without a window."""

from __future__ import annotations

import pytest

from monitor.errors import Code, InputError, RefusedError, StorageError
from monitor.people import Author, Role
from tests.fakes.views_gate import FakeGate, at_once
from ui.presenters.log_in import LogInPresenter, UnlockPresenter

NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")


def open_record(passphrase: str | None) -> str:
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


def test_that_the_keyring_opens_the_record_without_a_question(gate: FakeGate) -> None:
    opened: list[str] = []
    presenter = UnlockPresenter(gate, lambda typed: f"by {typed}", at_once, opened.append)
    presenter.begin(by_keyring=True)
    assert gate.asked_busy == ["Asking this computer's keyring …"]
    assert (opened, gate.busy) == (["by None"], "")


def test_that_a_keyring_that_opens_nothing_leads_to_the_question(gate: FakeGate) -> None:
    opened: list[str] = []
    presenter = UnlockPresenter(gate, open_record, at_once, opened.append)
    presenter.begin(by_keyring=True)
    assert gate.form is not None
    assert gate.form.words.startswith("This computer's keyring did not open the record.")
    assert (gate.problem, gate.busy) == (("", ""), "")
    presenter.submit({"passphrase": "right"})
    assert opened == ["record"]


def test_that_other_troubles_on_the_way_of_the_keyring_are_said(gate: FakeGate) -> None:
    def busy(_: str | None) -> str:
        raise StorageError(Code.BUSY)

    opened: list[str] = []
    UnlockPresenter(gate, busy, at_once, opened.append).begin(by_keyring=True)
    assert (opened, gate.problem[1].startswith("Someone else")) == ([], True)


def test_that_a_mistyped_group_is_named_at_the_field(gate: FakeGate) -> None:
    def mistyped(_: str | None) -> str:
        raise InputError(Code.WRONG_KEY, "recovery", group=4)

    opened: list[str] = []
    presenter = UnlockPresenter(gate, mistyped, at_once, opened.append)
    presenter.begin()
    presenter.submit({"passphrase": "thirteen groups"})
    assert gate.problem[0] == "passphrase"
    assert gate.problem[1].startswith("Group 4 of the recovery key is mistyped")


def test_that_a_record_that_cannot_be_opened_at_all_says_why(gate: FakeGate) -> None:
    opened: list[str] = []
    presenter = UnlockPresenter(gate, open_record, at_once, opened.append)
    presenter.begin()
    presenter.tell(StorageError(Code.DAMAGED, field="keyslots", file="keyslots.json"))
    assert gate.problem[1].startswith("The file of the record's keys, keyslots.json, is missing")


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
    def broken(_: str | None) -> str:
        raise ZeroDivisionError

    opened: list[str] = []
    presenter = UnlockPresenter(gate, broken, at_once, opened.append)
    with pytest.raises(ZeroDivisionError):
        presenter.submit({"passphrase": "right"})
