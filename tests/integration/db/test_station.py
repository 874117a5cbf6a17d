"""This computer's key, and the checkpoints that it makes."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest

from db.engine import GUARDS
from db.store import Store
from db.witness import checkpoints
from db.witness.station import FILE_NAME, Station, verified
from monitor.clock import Moment
from monitor.entries import Entry, LoggedIn
from monitor.errors import Code, StorageError
from monitor.ledger import Checkpoint
from tests.integration.db.scribe import BEGINNING, Scribe, practice_store

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def station(state: Path) -> Station:
    return Station.here(state)


@pytest.fixture
def store(tmp_path: Path, station: Station) -> Iterator[Store]:
    made = practice_store(tmp_path / "record", station=station)
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def made(store: Store) -> tuple[Checkpoint, ...]:
    with store._engine.begin() as sql:
        return checkpoints.all_of(sql)


def at(entry: Entry, minutes: float) -> Entry:
    """The entry as if it had been written so many minutes after the beginning."""
    now = BEGINNING + dt.timedelta(minutes=minutes)
    return replace(entry, at=now, moment=Moment(now, 60, "boot-1", 0))


def test_that_a_computers_key_is_made_once(state: Path, station: Station) -> None:
    assert Station.here(state).key == station.key
    assert len(bytes.fromhex(station.key)) == 32


def test_that_two_computers_have_different_keys(tmp_path: Path, station: Station) -> None:
    assert Station.here(tmp_path / "other").key != station.key


def test_that_only_its_owner_may_read_the_key(state: Path, station: Station) -> None:
    assert stat.S_IMODE((state / FILE_NAME).stat().st_mode) == 0o600
    assert station.key not in (state / FILE_NAME).read_text("ascii")
    assert [path.name for path in state.iterdir()] == [FILE_NAME]


def test_that_the_key_lies_in_the_computers_own_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    station = Station.here()
    assert station.folder == Path(platformdirs.user_state_dir("Chairside", appauthor=False))
    assert (station.folder / FILE_NAME).is_file()


def test_that_of_programs_that_begin_at_once_all_have_one_key(state: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = {station.key for station in pool.map(lambda _: Station.here(state), range(24))}
    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"00", b"no key at all", b"\xff" * 40])
def test_that_a_file_without_a_key_is_set_aside(
    state: Path, station: Station, content: bytes
) -> None:
    (state / FILE_NAME).write_bytes(content)
    again = Station.here(state)
    assert again.key != station.key
    assert Station.here(state).key == again.key
    assert (state / f"{FILE_NAME}.unreadable").read_bytes() == content


def test_that_a_key_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        Station.here(tmp_path / "file" / "state")
    assert caught.value.code is Code.STORAGE


def test_that_a_checkpoint_is_the_stations_own(station: Station) -> None:
    assert verified(station.sign(7, "ab" * 32, NOON))


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 8},
        {"hash": "ac" * 32},
        {"hash": "é"},
        {"at": NOON + dt.timedelta(microseconds=1)},
        {"key": "ab" * 32},
        {"key": "ab"},
        {"key": "no key"},
        {"signature": "ab" * 64},
        {"signature": ""},
        {"signature": "no signature"},
    ],
)
def test_that_no_part_of_a_checkpoint_can_be_changed(
    station: Station, change: dict[str, object]
) -> None:
    checkpoint = replace(station.sign(7, "ab" * 32, NOON), **change)  # type: ignore[arg-type]
    assert not verified(checkpoint)


def test_that_an_instant_is_the_same_in_every_zone(station: Station) -> None:
    checkpoint = station.sign(7, "ab" * 32, NOON)
    there = NOON.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert verified(replace(checkpoint, at=there))


def test_that_a_station_makes_no_checkpoint_before_the_ledger_names_it(store: Store) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened(), scribe.closed())
    assert made(store) == ()


def test_that_the_entry_that_names_a_station_has_the_first_checkpoint(
    store: Store, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    (checkpoint,) = made(store)
    assert (checkpoint.seq, checkpoint.hash) == (store.head().seq, store.head().hash)
    assert checkpoint.key == station.key
    assert verified(checkpoint)
    assert store.newest_checkpoint() == checkpoint


def test_that_a_session_s_end_and_each_signature_have_one(store: Store, station: Station) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    steps = [
        scribe.opened(),
        scribe.measured(),
        scribe.closed(),
        scribe.signed("d"),
        scribe.signed("d", second=True),
        scribe.added("more"),
        scribe.opened("s-2"),
        scribe.closed("s-2", cancelled=True),
    ]
    found = []
    for step in steps:
        before = len(made(store))
        write(store, at(step, 7))
        found.append(step.kind if len(made(store)) > before else "")
    assert [kind for kind in found if kind] == ["discharged", "signed", "co-signed", "cancelled"]
    assert all(verified(checkpoint) for checkpoint in made(store))


@pytest.mark.parametrize(("minutes", "sealed"), [(14.9, 1), (15, 2), (60, 2), (-14.9, 1), (-20, 2)])
def test_that_a_quarter_of_an_hour_of_writing_has_one(
    store: Store, station: Station, minutes: float, sealed: int
) -> None:
    scribe = Scribe()
    write(store, at(scribe.named(station), 0))
    write(store, at(scribe.entry("access", LoggedIn("nk")), minutes))
    assert len(made(store)) == sealed
    assert made(store)[-1].at == BEGINNING + dt.timedelta(minutes=minutes if sealed > 1 else 0)


def test_that_a_checkpoint_stands_at_the_last_line_of_its_commit(
    store: Store, station: Station
) -> None:
    scribe = Scribe()
    write(store, scribe.named(station))
    write(store, *scribe.founding(), scribe.opened(), scribe.closed(), scribe.noted("after"))
    assert made(store)[-1].seq == store.head().seq == 9
    assert made(store)[-1].hash == store.head().hash


def test_that_nothing_written_is_nothing_sealed(store: Store, station: Station) -> None:
    scribe = Scribe()
    entries = [*scribe.founding(), scribe.named(station)]
    write(store, *entries)
    with store.transaction() as tx:
        tx.append(entries)  # they stand there already
    assert len(made(store)) == 1


@pytest.mark.parametrize("how", ["ABORT, 'no'", "FAIL, 'no'", "IGNORE"])
def test_that_a_checkpoint_that_is_refused_costs_no_entry(
    store: Store, station: Station, how: str
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    before = made(store)
    tampered(
        store, f"CREATE TRIGGER none BEFORE INSERT ON checkpoints BEGIN SELECT raise({how}); END"
    )
    write(store, scribe.opened(), scribe.closed())
    assert made(store) == before
    assert store.head().seq == before[-1].seq + 2


def test_that_entries_are_not_lost_unsaid_with_a_refused_checkpoint(
    store: Store, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    before = store.head()
    tampered(
        store,
        "CREATE TRIGGER none BEFORE INSERT ON checkpoints"
        " BEGIN SELECT raise(ROLLBACK, 'all of it'); END",
    )
    with pytest.raises(StorageError):
        write(store, scribe.opened(), scribe.closed())
    assert store.head() == before


def tampered(store: Store, statement: str | tuple[str, tuple[object, ...]]) -> None:
    """Do what needs the key of the database, the guards out of the way meanwhile."""
    with store._engine.begin() as sql:
        for name in GUARDS:
            sql.exec_driver_sql(f"DROP TRIGGER {name}")
        sql.exec_driver_sql(*((statement,) if isinstance(statement, str) else statement))
        for guard in GUARDS.values():
            sql.exec_driver_sql(guard)


INVENTED = (
    "INSERT INTO checkpoints (seq, hash, at, key_id, signature)"
    " VALUES (9000000000, 'x', '2026-03-02 08:00:00.000000', 'y', 'z')"
)


@pytest.mark.parametrize("done", ["DELETE FROM ledger WHERE seq > 8", INVENTED])
def test_that_writing_goes_on_where_checkpoints_reach_beyond_the_ledger(
    store: Store, station: Station, done: str
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    for turn in range(6):
        write(store, at(scribe.entry(f"account/{turn}", LoggedIn("nk")), 20 * turn))
    before = made(store)
    tampered(store, done)
    later = Scribe(uids="later")
    for turn, step in enumerate([later.opened("s-9"), later.noted("on", "s-9")]):
        write(store, at(step, 120 + 20 * turn))
    write(store, at(later.closed("s-9"), 161))
    assert store.head().seq > 10
    assert [each for each in made(store) if each.seq <= before[-1].seq] == list(before)
    assert not store.check().is_sound


def test_that_checkpoints_go_on_once_the_ledger_has_outgrown_the_lost_ones(
    store: Store, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    write(store, at(scribe.entry("account/x", LoggedIn("nk")), 60))
    tampered(store, "DELETE FROM ledger WHERE seq > 6")
    later = Scribe(uids="later")
    steps = [later.opened("s-9"), later.closed("s-9"), later.signed("d", "s-9")]
    found = []
    for step in steps:
        write(store, at(step, 61))
        found.append(made(store)[-1].seq)
    assert found == [7, 8, 9]


@pytest.mark.parametrize("value", ["yesterday", 5, b"\xff", ""])
def test_that_a_checkpoint_that_cannot_be_read_stops_nobody(
    store: Store, station: Station, value: object
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    tampered(store, ("UPDATE checkpoints SET at = ?", (value,)))
    assert store.newest_checkpoint() is None
    write(store, scribe.opened())
    newest = store.newest_checkpoint()
    assert newest is not None
    assert newest.seq == store.head().seq
    assert verified(newest)


def test_that_a_guest_signs_nothing(tmp_path: Path, store: Store, station: Station) -> None:
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.named(station))
    assert store.station_key == station.key
    store.close()
    guest = Store.open(tmp_path / "record", station=station.visiting())
    assert guest.station_key == ""
    write(guest, scribe.opened(), scribe.closed())
    assert len(made(guest)) == 1
    guest.close()


def test_that_a_record_for_practice_has_no_station(tmp_path: Path) -> None:
    store = practice_store(tmp_path / "practice")
    scribe = Scribe()
    write(store, *scribe.founding(), scribe.opened(), scribe.closed())
    assert store.station_key == ""
    assert store.newest_checkpoint() is None
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="links are always at hand there")
def test_that_a_disk_without_links_has_a_key_all_the_same(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    station = Station.here(state)
    assert Station.here(state).key == station.key
    assert [path.name for path in state.iterdir()] == [FILE_NAME]
