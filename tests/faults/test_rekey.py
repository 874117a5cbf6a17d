"""Keys that are being replaced when the process dies: the record opens, and all of it is there."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.locks import slots, wrapping
from db.locks.locksmith import Locksmith
from db.store import Store
from monitor.entries import Entry, EventNoted
from monitor.errors import Code, StorageError
from monitor.ledger import Head
from tests.architecture.house import ROOT
from tests.faults import vfs
from tests.faults.conftest import Tally
from tests.faults.failing import FAULTS, Failing
from tests.faults.rekeyer import AT
from tests.faults.settings import LARGE, LONG
from tests.integration.db.scribe import Scribe

PHRASE = "a passphrase of the clinic"
KILLS = 100 if LARGE else 6
ENTRIES = 120
STEPS = 8
"""Keep the old file, write both, encrypt, write the new, drop the old: before and after each."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Head]:
    """A record with some entries, closed, and its head."""
    folder = tmp_path_factory.mktemp("rekey") / "record"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
        store = Store.create(folder, PHRASE)
    with store.transaction() as tx:
        tx.append(written()[0])
    head = store.head()
    store.close()
    return folder, head


def note(number: int) -> EventNoted:
    return EventNoted(f"{number} " + "x" * 500)


@pytest.fixture
def folder(made: tuple[Path, Head], tmp_path: Path) -> Path:
    """A copy of it, free to be spoiled."""
    return Path(shutil.copytree(made[0], tmp_path / "record"))


def replacing(folder: Path, *step: str) -> subprocess.Popen[str]:
    """Start the other process."""
    words = ["-m", "tests.faults.rekeyer", str(folder), PHRASE, *step]
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, encoding="ascii"
    )


def insist_on_all_of_it(folder: Path, head: Head) -> None:
    """Open what was left behind, and hold it against the record as it was."""
    after = Store.open(folder, PHRASE)
    try:
        assert after.head() == head
        report = after.check()
        assert report.is_sound, report.findings
        file = slots.read(folder)
        assert not file.is_changing
        assert len(file.slots) <= 2
        assert not (folder / slots.BEFORE_NAME).exists()
        with after.transaction() as tx:
            tx.append([written()[1]])
        assert after.check().is_sound
    finally:
        after.close()
    Store.open(folder, PHRASE).close()


def written() -> tuple[list[Entry], Entry]:
    """What the record holds, and what comes next."""
    scribe = Scribe()
    held = [*scribe.founding(), *(scribe.entry("access", note(n)) for n in range(ENTRIES))]
    return held, scribe.entry("access", note(ENTRIES))


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_that_a_change_of_keys_survives_a_death_at_each_step(
    folder: Path, made: tuple[Path, Head], step: int
) -> None:
    with replacing(folder, str(step)) as process:
        assert process.stdout is not None
        assert process.stdout.read().splitlines() == ["open"]
    assert process.returncode < 0
    insist_on_all_of_it(folder, made[1])


@pytest.mark.timeout(LONG if LARGE else 300)
def test_that_a_change_of_keys_survives_a_death_at_any_instant(
    folder: Path, made: tuple[Path, Head], tally: Tally
) -> None:
    chance = random.Random(11)  # noqa: S311 - when to kill, not a secret
    for _ in range(KILLS):
        with replacing(folder) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0, 0.12))
            process.kill()
        left = Path(shutil.copytree(folder, folder.with_name("left"), dirs_exist_ok=False))
        insist_on_all_of_it(left, made[1])
        shutil.rmtree(left)
    tally("kills while keys were being replaced", {"opened, whole": KILLS})


@pytest.mark.parametrize("nth", [1, 150])
def test_that_a_disk_that_fills_is_not_taken_for_somebody_in_the_record(
    folder: Path, made: tuple[Path, Head], nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    failing = Failing(folder, FAULTS["full until room is made"])
    with vfs.watched(failing), contextlib.closing(Store.open(folder, PHRASE)) as store:
        failing.fail_at(nth)
        try:
            Locksmith(store, "here").replace_keys(PHRASE, PHRASE, AT)
        except StorageError as error:
            assert error.code is not Code.BUSY  # noqa: PT017 - it may well come about
        failing.mend()
        assert failing.fired
        assert store.check().is_sound  # the program goes on
    insist_on_all_of_it(folder, made[1])
