"""The computer's clock is set in the middle of an infusion: told, asked, and nothing moves."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.chairside import OWN, Chairside, Results
from tests.unit.reports.reading_back import text

SCRIPT = OWN / "clock-set.toml"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("clock")
    (folder / "home").mkdir()
    return Chairside(folder / "home").rehearse(SCRIPT, folder / "out")


def entries(results: Results, kind: str) -> list[dict[str, Any]]:
    return [entry for entry in results.record["entries"] if entry["kind"] == kind]


def test_that_grid_door_and_elapsed_time_are_unmoved(told: Results) -> None:
    summary = told.summary
    assert {slot["state"] for slot in summary["slots"]} == {"on time"}
    assert [(slot["due"], slot["minutes"]) for slot in summary["slots"]][1:] == [
        ("22:10", 0),
        ("22:20", 0),
        ("22:30", 0),
        ("10:40", 0),
        ("10:55", 0),
        ("11:10", 0),
        ("11:25", 0),
        ("11:40", 0),
    ]
    assert summary["clocks"]["infusion_minutes"] == "40"
    assert summary["clocks"]["minutes_since_end"] == 61
    assert summary["dose"]["given_mg"] == "35"
    assert summary["extra"] == ["22:31", "10:35"]  # each by the clock as it went then
    assert summary["gaps"] == []
    assert len(summary["signed"]) == 2


def test_that_both_jumps_and_the_answer_are_entries_of_the_session(told: Results) -> None:
    disturbed = entries(told, "clock disturbed")
    assert [(entry["kept"], entry["shown"]) for entry in disturbed] == [
        ("2026-03-02T21:15:00Z", "2026-03-02T08:15:00Z"),
        ("2026-03-02T21:25:00Z", "2026-03-02T09:25:00Z"),
    ]
    assert {entry["by"]["user"] for entry in disturbed} == {"chairside"}
    (confirmed,) = entries(told, "clock confirmed")
    assert (confirmed["kept"], confirmed["chosen"], confirmed["by"]["user"]) == (
        "2026-03-02T21:32:00Z",
        "2026-03-02T09:32:00Z",
        "nk",
    )


def test_that_recorded_instants_differ_as_the_boot_time_does_but_for_the_answer(
    told: Results,
) -> None:
    moments = [(entry["recorded_at"], int(entry["mono"])) for entry in told.record["entries"]]
    before = [seconds(at) - mono / 10**9 for at, mono in moments[:13]]
    after = [seconds(at) - mono / 10**9 for at, mono in moments[13:]]
    assert len(set(before)) == len(set(after)) == 1
    assert before[0] - after[0] == 12 * 3600


def seconds(instant: str) -> int:
    hours, minutes, rest = instant.partition("T")[2].rstrip("Z").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def test_that_paper_and_table_tell_it_in_the_order_in_which_it_was(told: Results) -> None:
    with (told.folder / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["note"] for row in rows if row["closed"] == "clock"] == [
        "Computer's clock jumped to 09:15, 13 h behind; the record's did not",
        "Computer's clock jumped to 10:25, 12 h behind; the record's did not",
        "Record's clock was set from 22:32 to 10:32",
    ]
    report = text(told.report.read_bytes())
    assert "Record's clock was set from 22:32 to 10:32 (NK)." in report
    assert "2 disturbances of the clock" in report


def test_that_the_window_leaves_the_same(chairside: Chairside, tmp_path: Path) -> None:
    until_answered, _, _ = SCRIPT.read_text(encoding="utf-8").partition('\n[[act]]\nat = "22:40"')
    script = tmp_path / "set.toml"
    script.write_text(until_answered, encoding="utf-8")
    told = chairside.rehearse(script, tmp_path / "told")
    said = chairside("rehearse", script, "--out", tmp_path / "shown", "--window")
    assert said.status == 0, said.err
    shown = Results(tmp_path / "shown" / "set")
    for name in ("record.json", "summary.json", "sheet.csv", "report.pdf"):
        assert (shown.folder / name).read_bytes() == (told.folder / name).read_bytes(), name


def test_that_a_kill_between_jump_and_answer_changes_nothing(
    told: Results, chairside: Chairside, tmp_path: Path
) -> None:
    crash = '[[act]]\ndo = "crash"\n\n[[act]]\nat = "22:30"'
    script = SCRIPT.read_text(encoding="utf-8").replace('[[act]]\nat = "22:30"', crash)
    (tmp_path / SCRIPT.name).write_text(script, encoding="utf-8")
    killed = chairside.rehearse(tmp_path / SCRIPT.name, tmp_path / "out")
    assert killed.summary["slots"] == told.summary["slots"]
    assert killed.summary["clocks"] == told.summary["clocks"]
    assert [entry["recorded_at"] for entry in killed.record["entries"]] == [
        entry["recorded_at"] for entry in told.record["entries"]
    ]


def test_that_a_session_across_midnight_goes_on(chairside: Chairside, tmp_path: Path) -> None:
    results = chairside.rehearse(OWN / "across-midnight.toml", tmp_path)
    assert {slot["state"] for slot in results.summary["slots"]} == {"on time"}
    assert results.summary["clocks"]["infusion_minutes"] == "40"
    assert results.summary["clocks"]["minutes_since_end"] == 61
    assert entries(results, "clock disturbed") == []
    report = text(results.report.read_bytes())
    assert "Discharged home 03-03 01:21" in report
