"""`chairside keys` at the command line, with the real record and no display."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from db.locks import keyring_slot, wrapping
from db.store import Store
from monitor.clinic import CLINIC
from monitor.entries import KeyChange, KeysChanged
from monitor.people import Role
from reports.pages import page_count
from tests.e2e.chairside import Chairside, Said
from tests.fakes.keyring import MemoryKeyring

PHRASE, NEW = "four quiet rooms by the river", "three loud halls on the hill"


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of this computer."""
    made = MemoryKeyring()
    monkeypatch.setattr(keyring_slot, "of_the_system", lambda: made)
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    return made


class Console:
    """A command line beside a locked record."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.folder = home / "record"
        self._chairside = Chairside(home)
        Store.create(self.folder, PHRASE).close()

    def __call__(self, *words: str | Path, **environment: str) -> Said:
        said = {"CHAIRSIDE_PASSPHRASE": PHRASE, "CHAIRSIDE_NEW_PASSPHRASE": "", **environment}
        return self._chairside("keys", *words, "--store", self.folder, **said)

    def changes(self, typed: str) -> list[tuple[KeyChange, str]]:
        """What the record says of its keys; who did it is asserted."""
        store = Store.open(self.folder, typed)
        with store.transaction() as tx:
            entries = [e for e in tx.stream(CLINIC) if isinstance(e.what, KeysChanged)]
        store.close()
        authors = {(entry.by.user, entry.by.role) for entry in entries}
        assert authors <= {(f"os:{getpass.getuser()}", Role.ADMINISTRATOR)}
        return [(e.what.change, e.what.slot) for e in entries if isinstance(e.what, KeysChanged)]


@pytest.fixture
def keys(tmp_path: Path, ring: MemoryKeyring) -> Console:
    assert not ring.kept
    return Console(tmp_path / "home")


def shown(said: Said) -> str:
    """The recovery key that was printed."""
    lines = [line for line in said.out.splitlines() if line.startswith("  ")]
    return " ".join(" ".join(lines).split())


def test_that_the_ways_to_open_are_listed(keys: Console) -> None:
    said = keys("list")
    assert said.status == 0
    assert said.out.splitlines() == [
        "Passphrase, from the first",
        "There is no recovery key on paper: make one with chairside keys recovery.",
    ]


def test_that_a_printed_recovery_key_opens_the_record(keys: Console) -> None:
    said = keys("recovery")
    assert said.status == 0
    key = shown(said)
    assert len(key.split()) == 13
    assert keys("list", CHAIRSIDE_PASSPHRASE=key).status == 0
    assert keys.changes(key) == [(KeyChange.RECOVERY, "recovery")]


def test_that_a_sheet_is_written_in_place_of_showing_the_key(keys: Console, tmp_path: Path) -> None:
    said = keys("recovery", "--out", tmp_path / "sheet.pdf")
    assert said.status == 0
    assert shown(said) == ""
    assert page_count((tmp_path / "sheet.pdf").read_bytes()) == 1


@pytest.mark.parametrize("command", ["recovery", "replace"])
def test_that_no_key_is_changed_where_its_sheet_has_no_place(
    keys: Console, tmp_path: Path, command: str
) -> None:
    for out in (tmp_path / "nowhere" / "sheet.pdf", tmp_path):
        said = keys(command, "--out", out, CHAIRSIDE_NEW_PASSPHRASE=NEW)
        assert (said.status, said.out) == (2, "")
        assert said.err.startswith(f"{out} cannot be written: ")
        assert said.err.endswith("; no key was changed.\n")
    assert keys("list").status == 0
    assert keys.changes(PHRASE) == []


def test_that_a_key_is_shown_where_its_sheet_cannot_be_written(
    keys: Console, tmp_path: Path
) -> None:
    said = keys("recovery", "--out", tmp_path / f"{'x' * 250}.pdf")
    assert said.status == 2
    assert "cannot be written" in said.err
    assert "WRITE IT DOWN NOW" in said.out
    assert keys("list", CHAIRSIDE_PASSPHRASE=shown(said)).status == 0


def test_that_a_key_that_nobody_proved_is_not_said_to_be_missing(keys: Console) -> None:
    assert keys("recovery").status == 0
    listed = keys("list").out
    assert "There is no recovery key" not in listed
    assert "Nobody typed the last group of the recovery key" in listed
    replaced = keys("replace", CHAIRSIDE_NEW_PASSPHRASE=NEW).out
    assert "older sheet" not in replaced
    assert "Nobody typed its last group; make sure that it is on paper." in replaced


def test_that_the_passphrase_is_changed(keys: Console) -> None:
    assert keys("passphrase", CHAIRSIDE_NEW_PASSPHRASE=NEW).status == 0
    refused = keys("list")
    assert (refused.status, refused.out) == (2, "")
    assert keys.changes(NEW) == [(KeyChange.PASSPHRASE, "passphrase")]


def test_that_the_new_passphrase_may_stand_in_a_file(keys: Console, tmp_path: Path) -> None:
    (tmp_path / "new").write_text(f"{NEW}\n", encoding="utf-8")
    assert keys("passphrase", "--new-passphrase-file", tmp_path / "new").status == 0
    assert keys("list", CHAIRSIDE_PASSPHRASE=NEW).status == 0


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "There is no new passphrase"),
        ("short", "take one of 15 to 1024 characters"),
        (PHRASE, "That is the passphrase already"),
    ],
)
def test_that_a_passphrase_that_will_not_do_changes_nothing(
    keys: Console, new: str, said: str
) -> None:
    told = keys("passphrase", CHAIRSIDE_NEW_PASSPHRASE=new)
    assert told.status == 2
    assert len(told.err.splitlines()) == 1
    assert said in told.err
    assert keys.changes(PHRASE) == []


def test_that_the_keyring_is_switched_on_and_off(keys: Console, ring: MemoryKeyring) -> None:
    assert keys("keyring", "on").status == 0
    assert keys("list", CHAIRSIDE_PASSPHRASE="").status == 0
    ring.locked = True
    assert keys("list", CHAIRSIDE_PASSPHRASE="").status == 2
    assert keys("list").status == 0
    ring.locked = False
    assert keys("keyring", "off").status == 0
    assert keys("list", CHAIRSIDE_PASSPHRASE="").status == 2
    assert keys.changes(PHRASE) == [
        (KeyChange.KEYRING_ADDED, "keyring"),
        (KeyChange.SLOT_REMOVED, "keyring"),
    ]


def test_that_a_computer_without_a_keyring_says_so(keys: Console, ring: MemoryKeyring) -> None:
    ring.locked = True
    said = keys("keyring", "on")
    assert said.status == 2
    assert said.err.startswith("This computer has no keyring that is open")


def test_that_keys_are_replaced(keys: Console, ring: MemoryKeyring) -> None:
    assert keys("keyring", "on").status == 0
    ring.locked = True
    said = keys("replace", CHAIRSIDE_NEW_PASSPHRASE=NEW)
    assert said.status == 0
    assert "opens it no more; switch it on there again." in said.out
    assert "Backups and copies made before still open with the old passphrase" in said.out
    assert keys("list").status == 2
    for secret in (NEW, shown(said)):
        assert keys.changes(secret)[-1] == (KeyChange.KEYS_REPLACED, "")


def test_that_keys_in_use_elsewhere_are_not_replaced(
    keys: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.WAIT_SECONDS", 0.1)
    other = Store.open(keys.folder, PHRASE)
    with other.transaction():
        pass
    said = keys("replace", CHAIRSIDE_NEW_PASSPHRASE=NEW)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("The record is open in another window or program")
    other.close()
    assert keys("list").status == 0
