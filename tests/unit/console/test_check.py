"""`chairside check`: what it asks of the program, what it says, and its exit status."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from typer.testing import Result

from monitor.ledger import Break, Finding, Head, Remembered, Where
from tests.fakes.terminal import CLINIC, typed_at
from tests.fakes.visit import Visit
from ui.console import checking
from ui.console.problems import ConsoleError
from ui.console.stage import CheckedWhole, Stage
from ui.record import Progress
from ui.wording.findings import ADVICE, UNBOUND

HEAD = Head(41, "ab" * 32)
SEEN = Remembered(Head(40, "cd" * 32), dt.datetime(2026, 3, 2, 9, 48, tzinfo=dt.UTC), Where.STATION)
WORDS_OF_THE_BOUND = (
    "Up to entry 40 nothing can change unseen: this computer remembers it (2026-03-02 10:48)."
    " Someone who holds every key could write the entry after it anew, unseen."
)
VALUE = Finding(9, Break.VALUE, stream="session/s-1", kind="reading")


@dataclass
class FakeSeen:
    """Implements `CheckedWhole`."""

    findings: Sequence[Finding] = ()
    bound: Remembered | None = None
    unsealed: int = 0
    entries: int = 41
    head: Head = HEAD
    checkpoints: int = 7
    checked_from: int = 1
    compared: Sequence[tuple[str, int]] = (("patients", 2), ("sessions", 3))


class FakeStage:
    """Implements `ui.console.stage.Stage`, as far as a check needs it."""

    def __init__(self) -> None:
        self.world = Visit().world
        self.seen = FakeSeen()
        self.against: Sequence[Remembered] = ()

    def check(self, _: Progress, *, against: Sequence[Remembered] = ()) -> CheckedWhole:
        self.against = against
        return self.seen

    def close(self) -> None:
        """Nothing is kept open."""


class Desk:
    """A terminal, and the record that is checked there."""

    def __init__(self) -> None:
        self.stage = FakeStage()
        self.opened: list[Path] = []

    def __call__(self, *arguments: str) -> Result:
        return typed_at(checking.register, ["check", *arguments], open_store=self._open)

    def _open(self, folder: Path, _ask: Callable[[], str]) -> Stage:
        self.opened.append(folder)
        return cast("Stage", self.stage)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_a_sound_record_is_said_to_be_intact(desk: Desk) -> None:
    desk.stage.seen.bound = SEEN
    said = desk()
    assert (said.exit_code, desk.opened) == (0, [CLINIC])
    assert said.output.splitlines() == [
        "The record is intact: 41 entries.",
        f"Last hash: {HEAD.hash}",
        "Checkpoints: 7",
        WORDS_OF_THE_BOUND,
    ]


def test_that_each_finding_is_a_sentence_and_the_status_tells(desk: Desk) -> None:
    desk.stage.seen.findings = [VALUE, Finding(9, Break.RECHAINED, last=41)]
    said = desk("--store", "/other")
    assert (said.exit_code, desk.opened) == (1, [Path("/other")])
    assert said.stderr.startswith("Entry 9 (reading, S-")
    assert len(said.stderr.splitlines()) == 2
    assert said.stdout.startswith("The record does not agree with itself (2 findings): 41 entries.")
    assert ADVICE in said.stdout
    assert UNBOUND in said.stdout


def test_that_a_rebuild_says_how_much_was_compared(desk: Desk) -> None:
    assert "Every table equals" in desk("--rebuild").stdout
    assert "patients 2, sessions 3" in desk("--rebuild").stdout
    desk.stage.seen.findings = [Finding(0, Break.PROJECTION, "sessions/s-1")]
    assert "Every table equals" not in desk("--rebuild").stdout
    desk.stage.seen.compared = ()
    assert "could not be compared" in desk("--rebuild").stdout


def test_that_entries_from_before_the_seals_are_told(desk: Desk) -> None:
    desk.stage.seen.unsealed = 12
    assert "Entries 1 to 12" in desk().stdout


def test_that_it_can_be_read_by_a_program(desk: Desk) -> None:
    desk.stage.seen.bound = SEEN
    desk.stage.seen.findings = [VALUE]
    said = desk("--json")
    block = json.loads(said.stdout)
    assert (said.exit_code, said.stderr) == (1, "")
    assert (block["sound"], block["entries"], block["head"]["hash"]) == (False, 41, HEAD.hash)
    assert block["findings"][0]["kind"] == "value"
    assert block["findings"][0]["entry"] == 9
    assert block["bound"]["where"] == "station"
    assert block["compared"] == {"patients": 2, "sessions": 3}


def proof(
    folder: Path, other: dict[str, object] | None = None, name: str = "report.proof.json"
) -> Path:
    """A file that remembers a head."""
    said = {"head": {"seq": 40, "hash": "CD" * 32}, "at": "2026-03-02T09:48:00+00:00"}
    (folder / name).write_text(json.dumps(said | (other or {})), encoding="utf-8")
    return folder / name


NAIVE: dict[str, object] = {"at": "2026-03-02T09:48:00"}


def test_that_the_record_is_held_against_named_files(desk: Desk, tmp_path: Path) -> None:
    files = (proof(tmp_path), proof(tmp_path, NAIVE, "backup.json"))
    assert desk("--against", str(files[0]), "--against", str(files[1])).exit_code == 0
    first, second = desk.stage.against
    assert (first.head, first.at, first.where) == (SEEN.head, SEEN.at, Where.SIDECAR)
    assert (second.head, second.at, second.where) == (SEEN.head, SEEN.at, Where.BACKUP)


@pytest.mark.parametrize(
    "other",
    [
        {"head": {"seq": 0, "hash": "cd" * 32}},
        {"head": {"seq": "40", "hash": "cd" * 32}},
        {"head": {"seq": 2**63, "hash": "cd" * 32}},
        {"head": {"seq": True, "hash": "cd" * 32}},
        {"head": {"seq": float("inf"), "hash": "cd" * 32}},
        {"head": {"seq": 40, "hash": "cd " * 32}},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"head": {"seq": 40, "hash": "cd"}},
        {"head": {"seq": 40, "hash": 7}},
        {"head": None},
        {"at": "yesterday"},
        {"at": None},
    ],
)
def test_that_a_file_without_a_head_is_refused(tmp_path: Path, other: dict[str, object]) -> None:
    with pytest.raises(ConsoleError, match="remembers no last entry"):
        checking.head_in(proof(tmp_path, other))


def test_that_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConsoleError, match="cannot be read"):
        checking.head_in(tmp_path / "nowhere.json")
    (tmp_path / "text").write_text("text", encoding="ascii")
    with pytest.raises(ConsoleError, match="remembers no last entry"):
        checking.head_in(tmp_path / "text")
