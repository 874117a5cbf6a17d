"""What was done to a record is found, and called by its right name, whatever chance chooses."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.checking import CheckReport
from db.locks import slots
from db.store import FILE_NAME, Store
from db.witness.station import Station
from monitor.entries import Entry, LoggedIn, StationNamed
from monitor.errors import Code, StorageError
from monitor.ledger import Break
from tests.faults import mutations
from tests.faults.conftest import Tally
from tests.faults.forging import Level, Mutate, Record, opened_for
from tests.faults.settings import LARGE
from tests.faults.visit import KETAMINE, Visit, script_of
from tests.integration.db.scribe import Scribe

A, B, C = Level.DATABASE_KEY, Level.HASHES, Level.EVERY_KEY

GONE = frozenset({Break.CUT, Break.ROLLED_BACK})
"""An end that was cut off without a trace looks like an older copy, and the other way round."""

LINES: Mapping[Mutate, frozenset[Break]] = {
    mutations.value: frozenset({Break.VALUE}),
    mutations.author: frozenset({Break.AUTHOR}),
    mutations.time: frozenset({Break.AUTHOR}),
    mutations.deleted: frozenset({Break.DELETED}),
    mutations.swapped: frozenset({Break.SWAPPED}),
    mutations.inserted: frozenset({Break.INSERTED}),
    mutations.session_removed: frozenset({Break.SESSION_REMOVED}),
    mutations.cut: GONE,
    mutations.moved_stream: frozenset({Break.MOVED}),
}
"""What is done to the lines, at every level."""

BY_KEY_ALONE: Mapping[Mutate, frozenset[Break]] = {
    **LINES,
    mutations.bodies_exchanged: frozenset({Break.SWAPPED}),
    mutations.label: frozenset({Break.LABEL}),
    mutations.proof: frozenset({Break.PROOF}),
    mutations.projection: frozenset({Break.PROJECTION}),
    mutations.trigger: frozenset({Break.TRIGGER}),
    mutations.checkpoint: frozenset({Break.CHECKPOINT}),
    mutations.kept_file: frozenset({Break.KEPT_FILE}),
}
"""What can be done with the key of the database alone, and how it must be called."""

REWRITTEN = frozenset({Break.REWRITTEN})

FOLLOWING = frozenset({Break.PROJECTION, Break.RECHAINED, Break.KEPT_FILE})
"""What may be said besides, since it follows from the rest."""

SHORT = 4
"""An auditor reads a short list: so many findings at most come of one mutation."""

TIMES = 12 if LARGE else 1
"""How often each mutation is made at each level."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record to be spoiled.

    Attributes:
        remembered: The last line that this station remembers.
        older: Copies of it from before, by their last line.
    """

    folder: Path
    station: Station
    remembered: int
    older: tuple[Path, ...]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A whole rehearsed session between two others; a few last lines nobody remembers."""
    folder = tmp_path_factory.mktemp("record")
    station = Station.here(folder / "state")
    older = tuple(folder / f"older-{n}" for n in range(3))
    record, scribe = folder / "record", Scribe(uids="v")
    played(record, station, scribe, older)
    with remembering(record, station) as store:
        write(store, scribe.closed("s-1"), scribe.noted("goes on", "s-2"))
        write(store, scribe.entry("access", LoggedIn("nk")))
        remembered = store.head().seq
    with contextlib.closing(Store.open(record)) as store:
        write(store, *(scribe.entry("access", LoggedIn("nk")) for _ in range(2)))
    return Made(record, station, remembered, older)


def played(record: Path, station: Station, scribe: Scribe, older: tuple[Path, ...]) -> None:
    """Play a rehearsal while other sessions go on, and take copies on the way."""
    visit = Visit(record, script_of(KETAMINE), lambda _: None)
    visit.prepare()
    with remembering(record, station) as store:
        write(store, scribe.entry("access", StationNamed(station.key)))
        write(store, scribe.opened("s-1", chair="2"), scribe.measured("s-1"))
    for place, copy in enumerate(older):
        copied(record, copy)
        for _ in range(6):
            assert visit.step().error is None
        with remembering(record, station) as store:
            write(store, scribe.noted(f"still here {place}", "s-1"))
    with remembering(record, station) as store:
        write(store, scribe.opened("s-2", chair="3"))
    while not visit.is_over:
        assert visit.step().error is None
    visit.close()


@contextlib.contextmanager
def remembering(folder: Path, station: Station) -> Iterator[Store]:
    """Open a record on the computer that remembers its head."""
    with contextlib.closing(Store.open(folder, station=station)) as store:
        yield store


def write(store: Store, *entries: Entry) -> None:
    """Write entries, each the next of its stream."""
    for entry in entries:
        with store.transaction() as tx:
            tx.append([dataclasses.replace(entry, n=tx.length(entry.stream) + 1)])


def copied(folder: Path, copy: Path) -> None:
    """Copy a record as it stands, with its keys."""
    copy.mkdir()
    with contextlib.closing(Store.open(folder)) as store:
        store.copy_into(copy / FILE_NAME)
    shutil.copy(folder / slots.FILE_NAME, copy)


def checked(made: Made, folder: Path) -> CheckReport:
    """Return what this computer's check sees."""
    with remembering(folder, made.station) as store:
        return store.check()


def chance_of(seed: str) -> random.Random:
    """Return chance that can be had again."""
    return random.Random(seed)  # noqa: S311 - nothing is kept secret by it


def tampered(made: Made, folder: Path, mutate: Mutate, level: Level, seed: str) -> Record:
    """Copy the record and have it changed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.folder, folder)
    record = opened_for(folder, level, chance_of(seed), remembered=made.remembered)
    mutate(record)
    return record


def assert_named(report: CheckReport, wanted: frozenset[Break], what: str) -> None:
    """Insist on the right name, and on nothing beside it but what follows from it."""
    codes = {finding.code for finding in report.findings}
    assert codes & wanted, f"{what}: {report.findings}"
    assert codes <= wanted | FOLLOWING, f"{what}: {report.findings}"
    assert len(report.findings) <= SHORT, f"{what}: {report.findings}"


def test_that_the_record_is_sound_before_anyone_tampers(made: Made, tmp_path: Path) -> None:
    tampered(made, tmp_path / "record", lambda record: record.write(record.rows), B, "")
    report = checked(made, tmp_path / "record")
    assert report.findings == ()
    assert report.bound is not None
    assert report.bound.head.seq == made.remembered < report.head.seq
    assert report.checkpoints > 1


@pytest.mark.parametrize("mutate", BY_KEY_ALONE, ids=lambda mutate: mutate.__name__)
def test_that_the_database_key_alone_leaves_a_trace(
    made: Made, mutate: Mutate, tmp_path: Path, tally: Tally
) -> None:
    for turn in range(TIMES):
        seed = f"A {mutate.__name__} {turn}"
        tampered(made, tmp_path / "record", mutate, A, seed)
        report = checked(made, tmp_path / "record")
        assert_named(report, BY_KEY_ALONE[mutate], seed)
    tally("mutations with the database key", {"found and named": TIMES})


@pytest.mark.parametrize("mutate", LINES, ids=lambda mutate: mutate.__name__)
def test_that_hashes_made_anew_leave_a_trace(
    made: Made, mutate: Mutate, tmp_path: Path, tally: Tally
) -> None:
    for turn in range(TIMES):
        seed = f"B {mutate.__name__} {turn}"
        record = tampered(made, tmp_path / "record", mutate, B, seed)
        report = checked(made, tmp_path / "record")
        vague = frozenset({Break.RECHAINED, Break.DELETED} if "seals" in record.noise else ())
        assert_named(report, LINES[mutate] | vague, seed)
    tally("mutations with hashes made anew", {"found and named": TIMES})


@pytest.mark.parametrize("mutate", LINES, ids=lambda mutate: mutate.__name__)
def test_that_every_key_is_not_enough_before_the_last_remembered_head(
    made: Made, mutate: Mutate, tmp_path: Path, tally: Tally
) -> None:
    for turn in range(TIMES):
        seed = f"C {mutate.__name__} {turn}"
        tampered(made, tmp_path / "record", mutate, C, seed)
        report = checked(made, tmp_path / "record")
        assert_named(report, GONE if mutate is mutations.cut else REWRITTEN, seed)
    tally("mutations with every key", {"found and named": TIMES})


def test_that_after_it_every_key_is_enough_and_the_bound_says_so(
    made: Made, tmp_path: Path
) -> None:
    def at_the_end(record: Record) -> None:
        last = record.rows[-1]
        record.write([*record.rows[:-1], last.saying(last.said | {"user": "other"})])

    tampered(made, tmp_path / "record", at_the_end, C, "")
    report = checked(made, tmp_path / "record")
    assert report.is_sound
    assert report.bound is not None
    assert report.bound.head.seq == made.remembered == report.head.seq - 2


def test_that_an_older_copy_is_found(made: Made, tmp_path: Path, tally: Tally) -> None:
    for older in made.older:
        report = checked(made, shutil.copytree(older, tmp_path / older.name))
        (finding,) = report.findings
        assert (finding.code, finding.last) == (Break.ROLLED_BACK, made.remembered)
    tally("older copies", {"found and named": len(made.older)})


def names_of(made: Made, folder: Path) -> list[Break]:
    """Return what was found; a record that is refused as damaged is named by that, too."""
    try:
        return [finding.code for finding in checked(made, folder).findings]
    except StorageError as error:
        if error.code is not Code.DAMAGED:
            raise
        return [Break.DAMAGE]


def test_that_a_flipped_byte_is_found(made: Made, tmp_path: Path, tally: Tally) -> None:
    chance, times = chance_of("bytes"), 120 if LARGE else 8
    for turn in range(times):
        folder = shutil.copytree(made.folder, tmp_path / str(turn))
        raw = bytearray((folder / FILE_NAME).read_bytes())
        at = turn if turn < times // 8 else chance.randrange(len(raw))
        raw[at] ^= chance.randrange(1, 256)
        (folder / FILE_NAME).write_bytes(raw)
        assert names_of(made, folder) == [Break.DAMAGE], f"byte {at}"
        shutil.rmtree(folder)
    tally("single bytes of the file", {"found and named": times})
