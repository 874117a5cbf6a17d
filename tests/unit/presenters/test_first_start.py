"""The first start, without a window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor import protocols
from monitor.errors import Code, InputError, MonitorError, RefusedError, StorageError
from monitor.key_slots import RecoveryKey
from monitor.people import Role
from monitor.protocols.protocol import Protocol
from tests.fakes.locksmith import GROUPS
from tests.fakes.views_gate import FakeGate, at_once
from ui.presenters.first_start import Beginning, FirstStartPresenter
from ui.presenters.first_start_forms import Step
from ui.presenters.recovery import RecoveryDoors

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LONG = "a long enough password"
CLINIC = {"clinic": "Riverside Clinic", "address": "Main Street 1", "chairs": "6"}
RECORD = {"folder": "/records/here", "passphrase": LONG, "passphrase_again": LONG}
APART = "another long passphrase"
AUTHORITY = {"authority": APART, "authority_again": APART}


def own(user: str) -> str:
    """Return the password that this person types."""
    return f"a long password of {user}"


def person(user: str, password: str = "", again: str | None = None) -> dict[str, str]:
    password = password or own(user)
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
        self.files: dict[Path, bytes] = {}
        self.proven: list[str] = []
        self.papers: list[tuple[bytes, str]] = []
        self.fails: MonitorError | None = None
        self.approved: list[tuple[str, str]] = []

    def check_folder(self, folder: Path) -> None:
        if "taken" in str(folder):
            raise InputError(Code.RECORD_EXISTS, "folder")

    def check_password(self, password: str) -> None:
        if len(password) < 15:
            raise InputError(Code.WEAK_PASSWORD, "password", least=15, most=1024)

    def hear(self, count: Callable[[int], None]) -> None:
        self.count = count

    def found(self, beginning: Beginning) -> str:
        for keys in range(1, 5):
            self.count(keys)
        self.made.append(beginning)
        return "record"

    def recovery(self, record: str) -> RecoveryDoors:
        assert record == "record"
        return RecoveryDoors(
            make=self._key,
            sheet=lambda key: " ".join(key.groups).encode(),
            prove=self._prove,
            write=self._write,
            note_print=lambda content, printer: self.papers.append((content, printer)),
        )

    def _key(self) -> RecoveryKey:
        failure, self.fails = self.fails, None
        if failure is not None:
            raise failure
        return RecoveryKey("r", GROUPS, "1a2b3c4d", NOW)

    def _prove(self, key: RecoveryKey, typed: str) -> None:
        if typed != key.groups[-1]:
            raise InputError(Code.WRONG_KEY, "recovery", group=13)
        self.proven.append(typed)

    def _write(self, path: Path, content: bytes) -> None:
        if "full" in str(path):
            raise OSError(28, "No space left on device")
        self.files[path] = content

    def approve(self, record: str, user: str, password: str, protocol: Protocol) -> None:
        assert record == "record"
        if password != own("dana"):
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


def fill_until_recovery(presenter: FirstStartPresenter[str]) -> None:
    people = (person("ada"), AUTHORITY, person("nina"), person("dana"))
    for answers in (CLINIC, RECORD, *people):
        presenter.submit(answers)


def fill_until_protocols(presenter: FirstStartPresenter[str]) -> None:
    fill_until_recovery(presenter)
    presenter.submit({"group": GROUPS[-1]})


def test_that_nothing_is_stored_before_everything_was_asked(
    presenter: FirstStartPresenter[str], world: FakeWorld
) -> None:
    for answers in (CLINIC, RECORD, person("ada"), AUTHORITY, person("nina")):
        presenter.submit(answers)
        assert world.made == []
    presenter.submit(person("dana"))
    (beginning,) = world.made
    assert beginning.chairs == ("1", "2", "3", "4", "5", "6")
    assert beginning.folder == Path("/records/here")
    assert (beginning.passphrase, beginning.authority) == (LONG, APART)
    assert [p.role for p in beginning.people] == [Role.ADMINISTRATOR, Role.NURSE, Role.PRESCRIBER]


@pytest.mark.parametrize(
    ("key", "most"),
    [("clinic", 120), ("address", 400), ("name", 120), ("user", 120), ("credential", 40)],
)
def test_that_what_is_too_long_is_said_before_a_record_is_made(
    presenter: FirstStartPresenter[str], gate: FakeGate, key: str, most: int
) -> None:
    steps = [CLINIC] if key in CLINIC else [CLINIC, RECORD, person("ada")]
    for answers in steps[:-1]:
        presenter.submit(answers)
    here = presenter.step
    presenter.submit({**steps[-1], key: "x" * (most + 1)})
    assert presenter.step is here
    assert gate.problem[0] == key
    assert gate.problem[1].endswith(f"takes at most {most} characters; shorten it.")


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
    for _ in world.protocols:
        assert done == []
        presenter.submit({"password": own("dana")})
    assert [name for _, name in world.approved] == [p.id for p in world.protocols]
    assert done == ["record"]


def test_that_the_recovery_key_is_shown_once_the_record_is_made(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld
) -> None:
    fill_until_recovery(presenter)
    assert len(world.made) == 1
    assert (gate.title, gate.groups) == ("The recovery key", GROUPS)
    presenter.back()
    assert gate.title == "The recovery key"


def test_that_its_last_group_is_wanted_before_one_goes_on(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld
) -> None:
    fill_until_recovery(presenter)
    for typed in ("", "  ", GROUPS[0]):
        presenter.submit({"group": typed})
        assert (gate.problem[0], presenter.step) == ("group", Step.RECOVERY)
    presenter.submit({"group": GROUPS[-1]})
    assert (world.proven, presenter.step) == ([GROUPS[-1]], Step.PROTOCOLS)


def test_that_the_sheet_is_saved_where_it_is_wanted(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld
) -> None:
    presenter.save()
    presenter.save_to(Path("/nothing/yet"))
    assert (gate.offered, world.files) == ("", {})
    fill_until_recovery(presenter)
    presenter.save()
    assert gate.offered == "recovery-sheet-1a2b3c4d.pdf"
    presenter.save_to(Path("/full/sheet.pdf"))
    assert gate.saved.startswith("problem: The sheet could not be written there")
    presenter.save_to(Path("/stick/sheet.pdf"))
    assert world.files == {Path("/stick/sheet.pdf"): " ".join(GROUPS).encode()}
    assert gate.saved == "Saved as sheet.pdf. Print it, then delete the file."


def test_that_the_sheet_is_printed_and_no_file_is_left(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld
) -> None:
    presenter.print()
    assert gate.printed == b""
    fill_until_recovery(presenter)
    presenter.print()
    sheet, said = " ".join(GROUPS).encode(), "Handed to the printer Front desk."
    assert world.papers == [(sheet, "Front desk")]
    assert (gate.printed, gate.saved, world.files) == (sheet, said, {})


def test_that_the_recovery_key_can_be_left_for_later(
    presenter: FirstStartPresenter[str], world: FakeWorld
) -> None:
    fill_until_recovery(presenter)
    presenter.skip()
    assert (presenter.step, world.proven) == (Step.PROTOCOLS, [])


def test_that_a_recovery_key_that_could_not_be_made_is_tried_again(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld
) -> None:
    world.fails = StorageError(Code.DISK_FULL)
    fill_until_recovery(presenter)
    assert (gate.groups, gate.problem[1].startswith("The disk is full")) == ((), True)
    presenter.submit(person("dana"))
    assert gate.groups == GROUPS
    assert len(world.made) == 1


def test_that_a_draft_can_be_left_for_later(
    presenter: FirstStartPresenter[str], world: FakeWorld, done: list[str]
) -> None:
    fill_until_protocols(presenter)
    first, second, *_ = world.protocols
    presenter.skip()
    presenter.submit({"password": own("dana")})
    assert [name for _, name in world.approved] == [second.id]
    assert second.id != first.id
    assert done == []


def test_that_all_drafts_that_are_left_can_be_left_for_later(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld, done: list[str]
) -> None:
    presenter.skip_the_rest()
    assert done == []
    fill_until_protocols(presenter)
    presenter.submit({"password": own("dana")})
    assert gate.rest == f"Leave all {len(world.protocols) - 1} for later"
    presenter.skip_the_rest()
    assert [name for _, name in world.approved] == [world.protocols[0].id]
    assert done == ["record"]


def test_that_the_last_draft_is_not_called_all_of_them(
    presenter: FirstStartPresenter[str], gate: FakeGate, world: FakeWorld
) -> None:
    fill_until_protocols(presenter)
    for _ in world.protocols[1:]:
        presenter.skip()
    assert gate.rest == ""


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
        ((CLINIC, RECORD), person("ada", own("ada"), "other"), "password_again"),
        ((CLINIC, RECORD), person("ada", LONG), "password"),
        ((CLINIC, RECORD), {**person("ada"), "name": ""}, "name"),
        ((CLINIC, RECORD, person("ada")), {"authority": "", "authority_again": ""}, "authority"),
        ((CLINIC, RECORD, person("ada")), {**AUTHORITY, "authority": "short"}, "authority"),
        (
            (CLINIC, RECORD, person("ada")),
            {**AUTHORITY, "authority_again": LONG},
            "authority_again",
        ),
        (
            (CLINIC, RECORD, person("ada")),
            {"authority": LONG, "authority_again": LONG},
            "authority",
        ),
        ((CLINIC, RECORD, person("ada"), AUTHORITY), person("ADA"), "user"),
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


def test_that_a_record_passphrase_chosen_anew_is_held_against_the_authority_too(
    presenter: FirstStartPresenter[str], gate: FakeGate
) -> None:
    for answers in (CLINIC, RECORD, person("ada"), AUTHORITY):
        presenter.submit(answers)
    for _ in range(3):
        presenter.back()
    assert presenter.step is Step.RECORD
    presenter.submit({**RECORD, "passphrase": APART, "passphrase_again": APART})
    presenter.submit(person("ada"))
    presenter.submit(AUTHORITY)
    assert gate.problem[0] == "authority"
    assert "another one, kept apart" in gate.problem[1]


def test_that_each_key_is_counted_while_the_record_is_made(
    presenter: FirstStartPresenter[str], gate: FakeGate
) -> None:
    fill_until_recovery(presenter)
    assert gate.progress == [(made, 4) for made in range(5)]
    assert "Making the record: 3 of 4 keys made …" in gate.asked_busy
    assert gate.busy == ""


def test_that_no_secret_is_held_once_the_record_is_made(
    presenter: FirstStartPresenter[str],
) -> None:
    fill_until_recovery(presenter)
    held = repr(vars(presenter))
    assert "Riverside Clinic" in held
    assert LONG not in held
    assert APART not in held


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
