"""Several files in one rehearsal: one record, one clock, a folder of results for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.chairside import Chairside, Results, Said
from tests.unit.monitor.rehearsal.scripts import HEAD, ORDER, text_of

OTHER = (
    HEAD.replace('chair = "2"', 'chair = "3"').replace("Anna", "Ewa").replace("100234", "100412")
)
KILLED = 'at = "09:46"\ndo = "crash"'
SLEEP = 'at = "09:55"\ndo = "suspend"\nseconds = 1500'
SICK = 'at = "10:01"\nby = "nk"\ndo = "event"\ntext = "nausea mild"\nlabel = "nausea"'
RATED = 'at = "10:02"\nby = "nk"\ndo = "score"\nscale = "cadss-6"\nanswers = [2, 2, 1, 2, 1, 1]'
FILES = ("record.json", "summary.json", "sheet.csv", "report.pdf", "fhir.json")


def line(hhmm: str, text: str) -> str:
    return f'at = "{hhmm}"\nby = "nk"\ndo = "line"\ntext = "{text}"'


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two short visits; the computer is killed in one of them, and sleeps in the other."""
    folder = tmp_path_factory.mktemp("scripts")
    first, second = folder / "anna.toml", folder / "ewa.toml"
    first.write_text(text_of(ORDER, KILLED, line("09:49", "128/82 76 98 16")), encoding="utf-8")
    acts = line("09:47", "118/72 70 98 15"), SLEEP, line("10:00", "120/74 71 98 15"), SICK, RATED
    second.write_text(text_of(*acts, head=OTHER), encoding="utf-8")
    return first, second


@pytest.fixture(scope="module")
def told(scripts: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """The results' folder, and what the program said."""
    folder = tmp_path_factory.mktemp("together")
    return folder, Chairside(folder)("rehearse", *scripts, "--out", folder / "out")


def test_that_each_file_has_its_results_and_the_record_is_there_once(
    told: tuple[Path, Said],
) -> None:
    folder, said = told
    assert said.status == 0, said.err
    first, second = folder / "out" / "anna", folder / "out" / "ewa"
    assert {path.name for path in second.iterdir()} == {*FILES, "rehearsal.toml"}
    assert {path.name for path in first.iterdir()} == {*FILES, "rehearsal.toml", "store"}
    assert f"The record of all: {first / 'store'}" in said.out
    assert said.out.count("each ended as expected") == 2


def test_that_the_one_record_is_sound_and_vouches_for_both_reports(
    told: tuple[Path, Said],
) -> None:
    folder, _ = told
    here, store = Chairside(folder), folder / "out" / "anna" / "store"
    checked = here("check", "--store", store)
    assert checked.status == 0, checked.err
    for name in ("anna", "ewa"):
        results = Results(folder / "out" / name)
        assert results.summary["ledger"]["head"] in checked.out
        said = here("verify", results.report, "--store", store, "--json")
        assert json.loads(said.out)[0]["standing"] == "draft"


def test_that_kill_and_sleep_are_everybody_s(told: tuple[Path, Said]) -> None:
    folder, _ = told
    for name in ("anna", "ewa"):
        entries = Results(folder / "out" / name).record["entries"]
        slept = [entry for entry in entries if entry["kind"] == "clock disturbed"]
        assert [(entry["shown"], entry["kept"]) for entry in slept] == [
            ("2026-03-02T08:55:00Z", "2026-03-02T09:20:00Z")
        ]
    acts = Results(folder / "out" / "ewa").summary["acts"]
    assert acts[-1]["at"] == "10:20", "it was to be 10:00, and the computer slept"


def test_that_the_window_plays_them_in_turn_and_leaves_the_same(
    told: tuple[Path, Said], scripts: tuple[Path, Path], chairside: Chairside, tmp_path: Path
) -> None:
    folder, _ = told
    said = chairside("rehearse", *scripts, "--out", tmp_path, "--window")
    assert said.status == 0, said.err
    for name in ("anna", "ewa"):
        shown, plain = tmp_path / name, folder / "out" / name
        for file in FILES:
            assert (shown / file).read_bytes() == (plain / file).read_bytes(), file
    pictures = {path.name for path in (tmp_path / "ewa" / "screens").iterdir()}
    assert {"01-line.png", "02-suspend.png", "03-line.png"} <= pictures
    assert "01-order.png" in {path.name for path in (tmp_path / "anna" / "screens").iterdir()}


def test_that_files_that_do_not_go_together_write_nothing(
    scripts: tuple[Path, Path], chairside: Chairside, tmp_path: Path
) -> None:
    first, second = scripts
    other = tmp_path / "other.toml"
    changed = second.read_text(encoding="utf-8").replace("Nina Kowal", "Nina Kowalska")
    other.write_text(changed, encoding="utf-8")
    for wrong in (other, first):
        said = chairside("rehearse", first, wrong, "--out", tmp_path / "out")
        assert said.status == 2
        assert len(said.err.splitlines()) == 1
        assert said.err.startswith(f"{wrong.name}: ")
        assert not (tmp_path / "out").exists()


def test_that_an_act_that_ends_otherwise_is_told_with_its_file(
    chairside: Chairside, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.write_text(text_of(ORDER), encoding="utf-8")
    second.write_text(text_of(line("09:50", "12/82"), head=OTHER), encoding="utf-8")
    said = chairside("rehearse", first, second, "--out", tmp_path / "out")
    assert said.status == 1
    (told,) = said.err.splitlines()
    assert told.startswith("second.toml: Act 1 (line")
    assert "1 of 1 acts did not end as expected" in said.out
