"""Faults of other systems that only a record on a disk could have, each shown not to be ours.

`docs/faults-of-others.md` says which test stands for which fault.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.locks import wrapping
from db.store import Store
from monitor.entries import session_stream
from monitor.errors import Code, MonitorError, StorageError
from monitor.ledger import Break
from monitor.sealed_file import session_code
from tests.architecture.house import ROOT
from tests.fakes.terminal import typed_at
from tests.fakes.visit import Visit
from tests.integration.db.scribe import Scribe, practice_store
from tests.integration.db.test_check import tamper
from tests.integration.whole_export.clinic import Exporter
from tests.integration.whole_export.reading import sums_hold
from tests.unit.monitor.later_visits import come_again
from ui.console import exporting

PHRASE = "a passphrase of the clinic"


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def store(tmp_path: Path, scribe: Scribe) -> Iterator[Store]:
    """A clinic and one session with four sets of vitals."""
    with contextlib.closing(practice_store(tmp_path / "record")) as made:
        with made.transaction() as tx:
            tx.append([*scribe.founding(), scribe.opened()])
            tx.append([scribe.measured() for _ in range(4)])
        yield made


def stream(store: Store, visit: str = "s-1") -> list[str]:
    with store.transaction() as tx:
        return [entry.uid for entry in tx.stream(session_stream(visit))]


def test_that_an_entry_that_was_deleted_is_missed(store: Store) -> None:
    assert store.check().is_sound
    tamper(store, "DELETE FROM ledger WHERE seq = 8")
    found = {finding.code for finding in store.check().findings}
    assert Break.DELETED in found


def test_that_a_wrong_passphrase_leaves_every_file_as_it_was(
    tmp_path: Path, scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    folder = tmp_path / "clinic"
    with contextlib.closing(Store.create(folder, PHRASE)) as made, made.transaction() as tx:
        tx.append(scribe.founding())
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    for wrong in ("", "wrong", PHRASE.upper()):
        with pytest.raises(MonitorError) as caught:
            Store.open(folder, wrong)
        assert caught.value.code is Code.WRONG_KEY
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: after.get(name) for name in before} == before
    with contextlib.closing(Store.open(folder, PHRASE)) as opened:
        assert opened.head().seq == len(scribe.founding())


def test_that_of_two_who_write_the_same_line_one_is_kept_and_the_other_told(
    store: Store, scribe: Scribe
) -> None:
    with contextlib.closing(Store.open(store.folder)) as other:
        here = scribe.measured()
        there = replace(Scribe(uids="other").measured(), n=here.n)
        with store.transaction() as tx:
            tx.append([here])
        with pytest.raises(StorageError) as caught, other.transaction() as tx:
            tx.append([there])
        assert caught.value.code is Code.BUSY
        assert stream(store)[-1] == stream(other)[-1] == here.uid
        again = replace(there, n=here.n + 1)
        with other.transaction() as tx:
            tx.append([again])
    assert stream(store)[-2:] == [here.uid, again.uid]
    assert store.check().is_sound


def test_that_a_visit_whose_program_was_killed_is_there_as_it_was_and_goes_on(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "record"
    words = [sys.executable, "-m", "tests.integration.db.killed", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="ascii") as process:
        assert process.stdout is not None
        kept = process.stdout.readline().split()
        process.kill()
    with contextlib.closing(Store.open(folder)) as next_one:
        assert len(kept) == 5
        assert stream(next_one) == kept
        again = Scribe(uids="again").measured()
        with next_one.transaction() as tx:
            tx.append([replace(again, n=len(kept) + 1)])
        assert stream(next_one) == [*kept, again.uid]
        assert next_one.check().is_sound


def test_that_the_whole_history_leaves_by_one_command_and_each_visit_can_be_read(
    tmp_path: Path,
) -> None:
    folder, out = tmp_path / "record", tmp_path / "out"
    with contextlib.closing(Store.create(folder, "practice", practice=True)) as made:
        visit = Visit(transaction=made.transaction)
        ids = [visit.started("10:00").at("10:10").line("131/82 76 98 16").session_id]
        ids.append(come_again(visit, days=1).line("117/71 64 97 15").session_id)
    exporter = Exporter(folder)
    days = ("--all", "--from", "2026-03-02", "--to", "2026-03-03", "--processes", "1")
    with contextlib.closing(exporter.record):
        said = typed_at(
            exporting.register,
            ["export", *days, "--out", str(out)],
            open_store=lambda _folder, _ask: exporter.record,
        )
        assert said.exit_code == 0, said.output
        assert sums_hold(out)
        for visit_id, systolic in zip(ids, (131, 117), strict=True):
            content = (out / "sessions" / session_code(visit_id) / "record.json").read_bytes()
            record = json.loads(content)
            with exporter.record.world.looking() as tx:
                written = [entry.uid for entry in tx.stream(session_stream(visit_id))]
            assert [each["uid"] for each in record["entries"]] == written
            assert record["patient"]["number"] == "100234"
            assert f'"systolic": {systolic}' in content.decode("utf-8")
            for entry in record["entries"]:
                assert {"at", "by", "kind", "recorded_at", "station"} <= entry.keys()
        readings = (out / "tables" / "readings.csv").read_text("utf-8-sig")
        assert '"131"' in readings
        assert '"117"' in readings
