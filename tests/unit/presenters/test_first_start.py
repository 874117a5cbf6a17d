"""The first start, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import protocols
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Role
from monitor.protocols.protocol import Protocol
from tests.fakes.views_gate import FakeGate, at_once
from ui.presenters.first_start import Beginning, FirstStartPresenter

LONG = "a long enough password"
CLINIC = {"clinic": "Riverside Clinic", "address": "Main Street 1", "chairs": "6"}
RECORD = {"folder": "/records/here", "passphrase": LONG, "passphrase_again": LONG}


def person(user: str, password: str = LONG, again: str | None = None) -> dict[str, str]:
    return {
        "name": f"Name of {user}",
        "credential": "RN",
        "user": user,
        "password": password,
        "password_again": password if again is None else again,
    }


class FakeWorld:
    """Implements `FirstStartDoors`; the record is a name."""

    def __init__(self) -> None:
        self.folder = Path("/records/default")
        self.protocols = protocols.shipped()
        self.made: list[Beginning] = []
        self.approved: list[tuple[str, str]] = []

    def check_folder(self, folder: Path) -> None:
        if "taken" in str(folder):
            raise InputError(Code.RECORD_EXISTS, "folder")

    def check_password(self, password: str) -> None:
        if len(password) < 15:
            raise InputError(Code.WEAK_PASSWORD, "password", least=15, most=1024)

    def found(self, beginning: Beginning) -> str:
        self.made.append(beginning)
        return "record"

    def approve(self, record: str, user: str, password: str, protocol: Protocol) -> None:
        assert record == "record"
        if password != LONG:
            raise RefusedError(Code.WRONG_PASSWORD)
        self.approved.append((user, protocol.id))


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate()


@pytest.fixture
def world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def presenter(gate: FakeGate, world: FakeWorld, done: list[str]) -> FirstStartPresenter[str]:
    made = FirstStartPresenter(gate, world, at_once, done.append)
    made.begin()
    return made


def fill_until_protocols(presenter: FirstStartPresenter[str]) -> None:
    for answers in (CLINIC, RECORD, person("ada"), person("nina"), person("dana")):
        presenter.submit(answers)


def test_that_nothing_is_stored_before_everything_was_asked(
    presenter: FirstStartPresenter[str], world: FakeWorld
) -> None:
    for answers in (CLINIC, RECORD, person("ada"), person("nina")):
        presenter.submit(answers)
        assert world.made == []
    presenter.submit(person("dana"))
    (beginning,) = world.made
    assert beginning.chairs == ("1", "2", "3", "4", "5", "6")
    assert beginning.folder == Path("/records/here")
    assert [p.role for p in beginning.people] == [Role.ADMINISTRATOR, Role.NURSE, Role.PRESCRIBER]


def test_that_the_default_folder_is_offered(
    presenter: FirstStartPresenter[str], gate: FakeGate
) -> None:
    presenter.submit(CLINIC)
    assert gate.typed == {"folder": "/records/default"}


def test_that_the_prescriber_approves_each_draft_with_a_password(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld, done: list[str]
) -> None:
    fill_until_protocols(presenter)
    presenter.submit({"password": "not the right one"})
    assert (world.approved, gate.problem[1] != "") == ([], True)
    presenter.submit({"password": LONG})
    assert done == []
    presenter.submit({"password": LONG})
    assert [name for _, name in world.approved] == [p.id for p in world.protocols]
    assert done == ["record"]


def test_that_a_draft_can_be_left_for_later(
    presenter: FirstStartPresenter[str], world: FakeWorld, done: list[str]
) -> None:
    fill_until_protocols(presenter)
    presenter.skip()
    presenter.submit({"password": LONG})
    assert [name for _, name in world.approved] == ["esketamine"]
    assert done == ["record"]


@pytest.mark.parametrize(
    ("before", "answers", "field"),
    [
        ((), {**CLINIC, "clinic": " "}, "clinic"),
        ((), {**CLINIC, "chairs": ""}, "chairs"),
        ((), {**CLINIC, "chairs": "0"}, "chairs"),
        ((), {**CLINIC, "chairs": "６"}, "chairs"),
        ((), {**CLINIC, "chairs": "25"}, "chairs"),
        ((CLINIC,), {**RECORD, "folder": ""}, "folder"),
        ((CLINIC,), {**RECORD, "folder": "/taken"}, "folder"),
        ((CLINIC,), {**RECORD, "passphrase": "short"}, "passphrase"),
        ((CLINIC,), {**RECORD, "passphrase_again": "other"}, "passphrase_again"),
        ((CLINIC, RECORD), person("ada", "short"), "password"),
        ((CLINIC, RECORD), person("ada", LONG, "other"), "password_again"),
        ((CLINIC, RECORD), {**person("ada"), "name": ""}, "name"),
        ((CLINIC, RECORD, person("ada")), person("ADA"), "user"),
    ],
)
def test_that_what_is_wrong_is_said_at_its_field_and_the_step_stays(
    presenter: FirstStartPresenter[str],
    gate: FakeGate,
    before: tuple[dict[str, str], ...],
    answers: dict[str, str],
    field: str,
) -> None:
    for earlier in before:
        presenter.submit(earlier)
    step = presenter.step
    presenter.submit(answers)
    assert gate.problem[0] == field
    assert gate.problem[1].endswith(".")
    assert presenter.step is step


def test_that_going_back_keeps_what_was_typed_but_no_secret(
    presenter: FirstStartPresenter[str], gate: FakeGate
) -> None:
    presenter.submit(CLINIC)
    presenter.submit(RECORD)
    presenter.back()
    assert gate.title == "The record"
    assert gate.typed == {"folder": "/records/here"}
    presenter.back()
    assert gate.typed == CLINIC
    presenter.back()
    assert gate.title == "Your clinic"
