"""Key slots: who may open a record, and what a spoiled key file says."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from db.locks import slots, wrapping
from db.locks.keys import Keys
from db.locks.wrapping import Stretching
from monitor.errors import Code, IntegrityError, StorageError
from tests.fakes.stretching import AGREED

PHRASE = "correct horse battery staple"


def said(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / slots.FILE_NAME).read_text(encoding="ascii"))
    return found


def spoil(folder: Path, changed: object) -> None:
    (folder / slots.FILE_NAME).write_text(json.dumps(changed), encoding="ascii")


def refusal(folder: Path, passphrase: str | None = PHRASE) -> Code:
    with pytest.raises(StorageError) as caught:
        slots.unlock(folder, passphrase)
    return caught.value.code


def test_that_a_clinics_passphrase_is_stretched_as_agreed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapping, "CLINIC", AGREED)
    made = Keys.make()
    slots.create(tmp_path, made, PHRASE)
    (slot,) = said(tmp_path)["slots"]
    costs = {name: slot["argon2id"][name] for name in ("memory_kib", "passes", "lanes")}
    assert costs == {"memory_kib": 262144, "passes": 4, "lanes": 2}
    assert slots.unlock(tmp_path, PHRASE) == made


def test_that_new_keys_are_random_and_not_each_other() -> None:
    made = [Keys.make(), Keys.make()]
    assert len({key for each in made for key in (each.data, each.ledger)}) == 4
    assert {len(made[0].data), len(made[0].ledger)} == {32}


def test_that_keys_are_never_shown() -> None:
    made = Keys.make()
    assert made.data.hex() not in repr(made)
    assert repr(made.ledger) not in repr(made)


@pytest.mark.parametrize("wrong", ["", "correct horse", PHRASE.upper(), "\ud800", None])
def test_that_another_passphrase_opens_nothing(tmp_path: Path, wrong: str | None) -> None:
    slots.create(tmp_path, Keys.make(), PHRASE)
    assert refusal(tmp_path, wrong) is Code.WRONG_KEY


def test_that_a_passphrase_is_the_same_from_every_keyboard(tmp_path: Path) -> None:
    made = Keys.make()
    slots.create(tmp_path, made, "Zoe\u0308 Zoe\u0308 Zoe\u0308")
    assert slots.unlock(tmp_path, "Zoë Zoë Zoë") == made


def test_that_a_clinics_secret_is_not_in_the_file(tmp_path: Path) -> None:
    slots.create(tmp_path, Keys.make(), PHRASE)
    assert PHRASE not in (tmp_path / slots.FILE_NAME).read_text(encoding="ascii")
    assert not slots.is_practice(tmp_path)


def test_that_a_practice_record_opens_for_everyone(tmp_path: Path) -> None:
    made = Keys.make()
    slots.create(tmp_path, made, slots.PRACTICE_SECRET, practice=True)
    assert slots.is_practice(tmp_path)
    assert slots.unlock(tmp_path, None) == slots.unlock(tmp_path, slots.PRACTICE_SECRET) == made
    assert refusal(tmp_path, "something else") is Code.WRONG_KEY


def test_that_only_its_owner_may_read_the_key_file(tmp_path: Path) -> None:
    slots.create(tmp_path, Keys.make(), "x", practice=True)
    assert stat.S_IMODE((tmp_path / slots.FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [slots.FILE_NAME]


def test_that_without_a_key_file_there_is_no_record(tmp_path: Path) -> None:
    assert refusal(tmp_path) is Code.NO_RECORD
    assert refusal(tmp_path / "nowhere") is Code.NO_RECORD


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"format": 1}', '{"format": "x", "store": "", "slots": []}'],
)
def test_that_a_spoiled_key_file_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / slots.FILE_NAME).write_text(content, encoding="ascii")
    assert refusal(tmp_path) is Code.STORAGE


def test_that_a_later_programs_key_file_is_refused(tmp_path: Path) -> None:
    slots.create(tmp_path, Keys.make(), "x", practice=True)
    spoil(tmp_path, said(tmp_path) | {"format": 3})
    assert refusal(tmp_path) is Code.NEWER_RECORD


@pytest.mark.parametrize("field", ["argon2id", "keys", "id"])
def test_that_a_slot_without_its_parts_is_said(tmp_path: Path, field: str) -> None:
    slots.create(tmp_path, Keys.make(), "x", practice=True)
    found = said(tmp_path)
    del found["slots"][0][field]
    spoil(tmp_path, found)
    assert refusal(tmp_path, "x") is Code.STORAGE


@pytest.mark.parametrize("costs", [{"memory_kib": 0}, {"passes": 0}, {"lanes": -1}, {"salt": "?"}])
def test_that_impossible_costs_are_said(tmp_path: Path, costs: dict[str, object]) -> None:
    slots.create(tmp_path, Keys.make(), "x", practice=True)
    found = said(tmp_path)
    found["slots"][0]["argon2id"] |= costs
    spoil(tmp_path, found)
    assert refusal(tmp_path, "x") is Code.STORAGE


def test_that_a_wrapped_key_stays_where_it_was_put(tmp_path: Path) -> None:
    slots.create(tmp_path, Keys.make(), "x", practice=True)
    for move in ("store", "slot", "use", "version"):
        found = said(tmp_path)
        (slot,) = found["slots"]
        match move:
            case "store":
                found["store"] = "another"
            case "slot":
                slot["id"] = "another"
            case "use":
                slot["keys"][0]["use"], slot["keys"][1]["use"] = "ledger", "data"
            case _:
                slot["keys"][1]["version"] = 2
        (tmp_path / move).mkdir()
        spoil(tmp_path / move, found)
        assert refusal(tmp_path / move, "x") is Code.WRONG_KEY, move


def test_that_each_slot_opens_alone(tmp_path: Path) -> None:
    made = Keys.make()
    for name, secret in (("one", "first"), ("two", "second")):
        (tmp_path / name).mkdir()
        slots.create(tmp_path / name, made, secret, practice=True)
    both, other = said(tmp_path / "one"), said(tmp_path / "two")
    spoil(tmp_path, both | {"slots": [other["slots"][0], *both["slots"]]})
    assert slots.unlock(tmp_path, "first") == made  # the first slot is bound to another store
    assert refusal(tmp_path, "second") is Code.WRONG_KEY


def test_that_a_slot_that_cannot_be_read_stands_in_no_other_slots_way(tmp_path: Path) -> None:
    made = Keys.make()
    slots.create(tmp_path, made, "x", practice=True)
    found = said(tmp_path)
    spoiled = found["slots"][0] | {"id": "other", "argon2id": "gone"}
    spoil(tmp_path, found | {"slots": [spoiled, *found["slots"]]})
    assert slots.unlock(tmp_path, "x") == made
    assert refusal(tmp_path, "y") is Code.STORAGE  # perhaps it was the secret of that one


def test_that_a_key_file_of_the_first_format_opens_as_it_is(tmp_path: Path) -> None:
    made = Keys.make()
    slots.create(tmp_path, made, "x", practice=True)
    spoil(tmp_path, said(tmp_path) | {"format": 1})
    before = (tmp_path / slots.FILE_NAME).read_bytes()
    assert slots.unlock(tmp_path, None) == made
    assert (tmp_path / slots.FILE_NAME).read_bytes() == before


def test_that_old_ledger_keys_are_kept_by_their_versions() -> None:
    first = Keys.make()
    second = first.successor()
    third = second.settled().successor()
    assert third.ledger_version == 3
    held = [third.ledger_key(version) for version in (1, 2, 3)]
    assert held == [first.ledger, second.ledger, third.ledger]
    with pytest.raises(IntegrityError) as caught:
        third.ledger_key(4)
    assert caught.value.code is Code.BROKEN_CHAIN


def test_that_a_slot_holds_every_key_while_one_takes_anothers_place() -> None:
    keys = Keys.make().successor()
    slot = wrapping.wrapped("store", {"kind": "passphrase"}, keys, PHRASE)
    assert wrapping.unwrapped("store", slot, PHRASE) == keys
    done = wrapping.without_data_below(slot, keys.data_version)
    assert wrapping.unwrapped("store", done, PHRASE) == keys.settled()
    assert wrapping.data_versions(slot) == {1, 2}
    assert wrapping.data_versions(done) == {2}


def test_that_nothing_of_a_spoiled_slot_is_taken_for_a_version() -> None:
    for held in (None, [], "x", [1], [{"use": "data"}], [{"use": "data", "version": "1"}]):
        assert wrapping.data_versions({"keys": held}) == set()


def test_that_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "CLINIC", Stretching(memory_kib=2**31, passes=1, lanes=1))
    with pytest.raises(StorageError) as caught:
        wrapping.wrapped("store", {"kind": "passphrase"}, Keys.make(), PHRASE)
    assert (caught.value.code, caught.value.facts["cause"]) == (Code.STORAGE, "memory")
