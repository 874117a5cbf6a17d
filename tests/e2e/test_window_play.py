"""A window plays a rehearsal on the same path as the console, through a crash as well."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.chairside import OWN, ROOT, Results
from tests.e2e.stand_in import LEAVE_AFTER
from ui.console.plan import Report
from ui.console.problems import ConsoleError
from ui.console.rehearsing import Request, play

SCRIPT = OWN / "killed.toml"


def request(out: Path, **surroundings: str) -> Request:
    program = (sys.executable, str(ROOT / "tests" / "e2e" / "stand_in.py"))
    around = {"PYTHONPATH": str(ROOT), **surroundings}
    return Request(program, (SCRIPT,), out, None, window=True, surroundings=around)


Played = tuple[Path, list[Report]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Where it was played to its end, and what was told of each act."""
    told: list[Report] = []
    folder = tmp_path_factory.mktemp("played")
    assert play(request(folder), told.append) == ()
    return folder, told


def test_that_the_window_leaves_the_same_record_as_the_console(
    killed: Results, played: Played
) -> None:
    folder, told = played
    results = Results(folder / "killed")
    assert results.record == killed.record
    assert results.summary == killed.summary
    assert [report.outcome.number for report in told] == list(range(1, len(told) + 1))
    assert len(told) == len(killed.summary["acts"])


def test_that_the_window_hears_of_each_entry_also_after_a_crash(played: Played) -> None:
    pictures = played[0] / "killed" / "screens"
    heard = {file.name: file.read_text(encoding="utf-8") for file in pictures.iterdir()}
    assert heard.keys() == {"heard-0.txt", "heard-1.txt", "heard-2.txt"}
    assert heard["heard-0.txt"].splitlines().count("reading") == 2
    assert heard["heard-2.txt"].splitlines().count("reading") == 1


def test_that_a_window_that_was_closed_early_is_said_and_its_results_are_kept(
    tmp_path: Path,
) -> None:
    with pytest.raises(ConsoleError) as caught:
        play(request(tmp_path, **{LEAVE_AFTER: "3"}), lambda _: None)
    assert caught.value.status == 1
    assert "after act 3" in str(caught.value)
    assert len(Results(tmp_path / "killed").summary["acts"]) == 3
