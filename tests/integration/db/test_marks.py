"""The heads that a station remembers outside the record, and what contradicts them."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from db.store import Store
from db.witness import marks as kept
from db.witness.heads import Heads
from db.witness.marks import Marks
from db.witness.station import Station
from monitor.entries import Entry, HistoryGapExplained, LoggedIn
from monitor.history import GapKind
from monitor.ledger import Head, Where
from tests.integration.db.scribe import Scribe, practice_store

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station.here(tmp_path / "state")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def store(folder: Path, station: Station) -> Iterator[Store]:
    made = practice_store(folder, station=station)
    yield made
    made.close()


def write(store: Store, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def log_of(store: Store, station: Station) -> Path:
    return station.folder / "marks" / f"{store.id}.log"


def head(seq: int) -> Head:
    return Head(seq, f"{seq:064x}")


def said(seq: str, *, made: str = "ab" * 32, at: str = "2026-03-02T12:00:00+00:00") -> bytes:
    return f'{{"seq": {seq}, "hash": "{made}", "at": "{at}"}}'.encode("ascii")


def marks_in(folder: Path, count: int) -> Marks:
    marks = Marks(folder, "r-1")
    for seq in range(1, count + 1):
        marks.note(head(seq), NOON)
    return marks


def test_that_each_commit_that_wrote_leaves_its_head(store: Store, station: Station) -> None:
    scribe = Scribe()
    write(store, *scribe.founding())
    first = store.head()
    with store.transaction() as tx:
        tx.patients()  # a look writes nothing
    write(store, scribe.opened())
    found = [json.loads(line) for line in log_of(store, station).read_bytes().splitlines()]
    assert [(said["seq"], said["hash"]) for said in found] == [
        (5, first.hash),
        (6, store.head().hash),
    ]
    assert [mark.head for mark in store.remembered()] == [first, store.head()]
    assert {mark.where for mark in store.remembered()} == {Where.STATION}
    assert store.gaps() == ()


def test_that_marks_say_nothing_of_a_patient_and_are_their_owners(
    store: Store, station: Station
) -> None:
    write(store, *Scribe().founding())
    log = log_of(store, station)
    assert set(json.loads(log.read_bytes())) == {"seq", "hash", "at"}
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_that_a_record_without_a_station_leaves_no_marks(tmp_path: Path) -> None:
    store = practice_store(tmp_path / "practice")
    write(store, *Scribe().founding())
    assert store.remembered() == ()
    assert store.gaps() == ()
    store.close()


def test_that_what_was_refused_leaves_no_mark(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.append(Scribe().founding())
        raise ZeroDivisionError
    assert store.remembered() == ()


def rolled_back(store: Store, folder: Path, *later: Entry) -> None:
    """Put the record back to how it was before the later entries."""
    store.close()
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    again = Store.open(folder, station=store._station)
    write(again, *later)
    again.close()
    shutil.rmtree(folder)
    copy.rename(folder)


def test_that_a_record_put_back_to_an_older_copy_is_noticed(
    store: Store, folder: Path, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding())
    rolled_back(store, folder, scribe.opened(), scribe.measured())
    again = Store.open(folder, station=station)
    (gap,) = again.gaps()
    assert gap.kind is GapKind.CUT
    assert gap.remembered.head.seq == 7
    assert gap.head == again.head()
    again.close()


def test_that_a_record_that_went_on_from_an_older_copy_is_noticed(
    store: Store, folder: Path, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding())
    rolled_back(store, folder, scribe.opened(), scribe.measured())
    elsewhere = Store.open(folder)  # by another computer, that remembers nothing
    write(elsewhere, *(Scribe(uids="e").entry("history", LoggedIn("x")) for _ in range(1)))
    write(elsewhere, Scribe(uids="f").entry("account/x", LoggedIn("x")))
    elsewhere.close()
    again = Store.open(folder, station=station)
    assert again.head().seq == 7
    assert [gap.kind for gap in again.gaps()] == [GapKind.REWRITTEN]
    again.close()


def test_that_an_explained_gap_is_a_gap_no_more(
    store: Store, folder: Path, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding())
    rolled_back(store, folder, scribe.opened(), scribe.measured())
    again = Store.open(folder, station=station)
    (gap,) = again.gaps()
    lost = gap.remembered
    told = HistoryGapExplained(lost.head.seq, lost.head.hash)
    write(again, Scribe(uids="e").entry("history", told, reason="restored"))
    assert again.gaps() == ()
    assert lost not in again.remembered()
    assert again.remembered()[-1].head == again.head()
    again.close()
    later = Store.open(folder, station=station)
    assert later.gaps() == ()
    later.close()


def test_that_a_guest_sees_a_gap_and_adds_nothing(
    store: Store, folder: Path, station: Station
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding())
    rolled_back(store, folder, scribe.opened())
    before = log_of(store, station).read_bytes()
    guest = Store.open(folder, station=station.visiting())
    assert len(guest.gaps()) == 1
    write(guest, Scribe(uids="e").entry("history", LoggedIn("x")))
    assert log_of(store, station).read_bytes() == before
    guest.close()


def test_that_a_mark_that_cannot_be_written_refuses_nothing_and_comes_later(
    store: Store, station: Station
) -> None:
    (station.folder / "marks").write_bytes(b"in the way")
    scribe = Scribe()
    write(store, *scribe.founding())
    write(store, scribe.opened())
    assert store.head().seq == 6
    (station.folder / "marks").unlink()
    write(store, scribe.measured())
    found = [json.loads(line)["seq"] for line in log_of(store, station).read_bytes().splitlines()]
    assert found == [5, 6, 7]


def test_that_a_mark_the_disk_took_half_of_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = marks_in(tmp_path, 1)
    whole = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, content: whole(file, content[:20]))
        marks.note(head(2), NOON)
    marks.note(head(3), NOON)
    assert [mark.head.seq for mark in Marks(tmp_path, "r-1").remembered()] == [1, 2, 3]


def test_that_a_last_line_that_was_torn_is_passed_over(tmp_path: Path) -> None:
    marks_in(tmp_path, 3)
    log = tmp_path / "marks" / "r-1.log"
    log.write_bytes(log.read_bytes()[:-10])
    again = Marks(tmp_path, "r-1")
    assert [mark.head.seq for mark in again.remembered()] == [1, 2]
    again.note(head(4), NOON)
    assert [mark.head.seq for mark in Marks(tmp_path, "r-1").remembered()] == [1, 2, 4]


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'{"seq": 1, "hash": "xx", "at": "2026-03-02T12:00:00+00:00"}',
        b'{"seq": "a", "hash": "00", "at": "2026-03-02T12:00:00+00:00"}',
        b'{"seq": 1, "hash": "00", "at": "2026-03-02T12:00:00"}',
        said("1e999"),
        said("99999999999999999999"),
        said("9" * 5000),
        said("true"),
        said("1.0"),
        said("0"),
        said("-1"),
        said('"1"'),
        said("1", made="ab" * 31),
        said("1", made="ab " * 32),
        said("1", at="0001-01-01T00:00:00+14:00"),
        said("1", at="2026-03-02T12:00:00"),
        b"[" * 100_000,
    ],
)
def test_that_what_is_no_mark_is_passed_over(tmp_path: Path, line: bytes) -> None:
    marks_in(tmp_path, 1)
    log = tmp_path / "marks" / "r-1.log"
    log.write_bytes(line + b"\n" + log.read_bytes())
    assert [mark.head for mark in Marks(tmp_path, "r-1").remembered()] == [head(1)]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part),
    max_leaves=6,
)
_SAID = st.fixed_dictionaries(
    {},
    optional={
        "seq": _JSON | st.integers(1, 2**64),
        "hash": _JSON | st.just("ab" * 32),
        "at": _JSON | st.datetimes(timezones=st.timezones()).map(dt.datetime.isoformat),
    },
)
_LINES = st.lists(st.binary() | (_JSON | _SAID).map(lambda said: json.dumps(said).encode()))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=_LINES)
def test_that_no_line_in_the_file_keeps_a_record_from_opening(
    store: Store, station: Station, lines: list[bytes]
) -> None:
    log = log_of(store, station)
    log.parent.mkdir(exist_ok=True, parents=True)
    log.write_bytes(b"\n".join(lines))
    heads = Heads(store._connections, Marks.of(station, store.id))
    for gap in heads.gaps:
        assert 0 < gap.remembered.head.seq < 2**63
        assert len(bytes.fromhex(gap.remembered.head.hash)) == 32
        gap.remembered.at.astimezone(ZoneInfo("Pacific/Kiritimati"))  # as the window shows it


def test_that_opening_a_record_forgets_no_gap(
    store: Store, folder: Path, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    scribe = Scribe()
    write(store, *scribe.founding())
    rolled_back(store, folder, *(scribe.entry("account/x", LoggedIn("x")) for _ in range(4)))
    elsewhere = Store.open(folder)  # by another computer, further than the lost lines reached
    other = Scribe(uids="e")
    write(elsewhere, *(other.entry("account/y", LoggedIn("y")) for _ in range(9)))
    elsewhere.close()
    monkeypatch.setattr(kept, "MOST", 1)
    monkeypatch.setattr(kept, "RECENT", 1)
    later = [Store.open(folder, station=station)]
    for turn in range(3):
        write(later[-1], Scribe(uids=f"z{turn}").entry(f"account/z{turn}", LoggedIn("z")))
        later[-1].close()
        later.append(Store.open(folder, station=station))
    assert [gap.remembered.head.seq for gap in later[-1].gaps()] == [9]
    later[-1].close()


def test_that_the_disk_has_a_mark_at_each_checkpoint(
    store: Store, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def seen(file: int) -> None:
        synced.append(Path(f"/proc/self/fd/{file}").readlink().name)
        fsync(file)

    monkeypatch.setattr(os, "fsync", seen)
    scribe = Scribe()
    write(store, *scribe.founding())
    assert synced == []
    write(store, scribe.named(station))
    assert synced == [log_of(store, station).name]


def test_that_two_programs_keep_their_marks_in_one_file(
    store: Store, folder: Path, station: Station
) -> None:
    other = Store.open(folder, station=station)
    scribe = Scribe()
    for turn, entry in enumerate(scribe.founding()):
        write((store, other)[turn % 2], entry)
    other.close()
    later = Store.open(folder, station=station)
    assert [mark.head.seq for mark in later.remembered()] == [1, 2, 3, 4, 5]
    assert later.gaps() == ()
    later.close()
