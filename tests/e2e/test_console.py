"""The command line: what it answers, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.chairside import OWN, Chairside, Results

COMMANDS = [
    "rehearse",
    "demo",
    "dose",
    "verify",
    "verifier",
    "export",
    "fhir",
    "check",
    "backup",
    "restore",
    "version",
]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A short rehearsal that a test may spoil."""
    text = (OWN / "killed.toml").read_text(encoding="utf-8")
    file = tmp_path / "short.toml"
    file.write_text(text[: text.index('[[act]]\nat = "10:00"')], encoding="utf-8")
    return file


def spoil(script: Path, old: str, new: str) -> Path:
    text = script.read_text(encoding="utf-8")
    assert old in text
    script.write_text(text.replace(old, new), encoding="utf-8")
    return script


def test_that_help_names_every_command(chairside: Chairside) -> None:
    said = chairside("--help")
    assert said.status == 0
    assert all(command in said.out for command in COMMANDS)
    assert "play-part" not in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_that_every_command_has_help(command: str, chairside: Chairside) -> None:
    said = chairside(command, "--help")
    assert said.status == 0
    assert "Usage: chairside " + command in said.out


def test_that_wrong_usage_is_told_apart(chairside: Chairside) -> None:
    assert chairside("rehearse").status == 2
    assert chairside("dance").status == 2
    assert chairside("verify").status == 2


def test_that_without_a_display_there_is_one_sentence(chairside: Chairside) -> None:
    said = chairside.alone()
    assert said.status == 2
    assert len(said.err.splitlines()) == 1
    assert "display" in said.err
    assert said.out == ""


def test_that_the_version_is_said(chairside: Chairside) -> None:
    said = chairside.alone("version").out
    assert said.startswith("chairside ")
    assert chairside("--version").out == said


def test_that_an_unknown_field_names_its_line_and_writes_nothing(
    script: Path, chairside: Chairside, tmp_path: Path
) -> None:
    spoil(script, 'height_cm = "168"', 'hight_cm = "168"')
    line = script.read_text(encoding="utf-8").splitlines().index('hight_cm = "168"') + 1
    said = chairside("rehearse", script, "--out", tmp_path / "out")
    assert said.status == 2
    assert said.err.startswith(f"short.toml, line {line}: ")
    assert not (tmp_path / "out").exists()


def test_that_a_script_that_is_not_there_is_one_sentence(
    chairside: Chairside, tmp_path: Path
) -> None:
    said = chairside("rehearse", tmp_path / "none.toml", "--out", tmp_path / "out")
    assert said.status == 2
    assert len(said.err.splitlines()) == 1


def test_that_a_patient_born_in_the_future_cannot_be_rehearsed(
    script: Path, chairside: Chairside, tmp_path: Path
) -> None:
    said = chairside("rehearse", spoil(script, "1984", "2084"), "--out", tmp_path / "out")
    assert said.status == 2
    assert len(said.err.splitlines()) == 1


def test_that_an_act_that_does_not_end_as_expected_is_named(
    script: Path, chairside: Chairside, tmp_path: Path
) -> None:
    spoil(script, 'weight_kg = "70"', 'weight_kg = "1,205"')
    said = chairside("rehearse", script, "--out", tmp_path / "out")
    assert said.status == 1
    (weigh, calculate, verify, prepare) = said.err.splitlines()
    assert "Act 2 (weigh" in weigh
    assert "refused:not-understood" in weigh
    assert "Act 3 (calculate" in calculate
    assert "Act 4 (verify" in verify
    assert "Act 5 (prepare" in prepare
    assert (tmp_path / "out" / "short" / "summary.json").exists()


def test_that_results_are_replaced_and_other_things_are_not(
    script: Path, chairside: Chairside, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert chairside("rehearse", script, "--out", out).status == 0
    assert chairside("rehearse", script, "--out", out).status == 0
    (out / "short" / "thesis.doc").write_text("years of work", encoding="utf-8")
    said = chairside("rehearse", script, "--out", out)
    assert said.status == 2
    assert len(said.err.splitlines()) == 1
    assert (out / "short" / "thesis.doc").read_text(encoding="utf-8") == "years of work"
    assert (out / "short" / "record.json").exists()


def test_that_a_genuine_report_is_verified_by_the_store_beside_it(
    ketamine: Results, chairside: Chairside
) -> None:
    said = chairside("verify", ketamine.report)
    assert said.status == 0, said.err
    assert "Genuine and unchanged" in said.out
    assert "Nina Kowal" in said.out


def test_that_one_changed_byte_is_found(
    ketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.pdf"
    content = bytearray(ketamine.report.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    said = chairside("verify", changed, "--store", ketamine.folder / "store", "--json")
    assert said.status == 1
    (told,) = json.loads(said.out)
    assert told["standing"] == "changed"


def test_that_the_worst_of_several_files_counts(
    ketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    no_pdf, unknown = tmp_path / "letter.pdf", tmp_path / "other.pdf"
    no_pdf.write_text("Dear doctor", encoding="utf-8")
    unknown.write_bytes(ketamine.report.read_bytes())
    assert chairside("verify", no_pdf).status == 1
    assert chairside("verify", unknown).status == 2
    assert chairside("verify", ketamine.report, unknown).status == 2
    assert chairside("verify", ketamine.report, unknown, no_pdf).status == 1


def test_that_a_draft_is_said_to_be_one(transferred: Results, chairside: Chairside) -> None:
    said = chairside("verify", transferred.report)
    assert "draft" in said.out


def test_that_a_sound_record_is_found_sound(ketamine: Results, chairside: Chairside) -> None:
    said = chairside("check", "--store", ketamine.folder / "store")
    assert said.status == 0, said.err
    assert ketamine.summary["ledger"]["head"] in said.out


def test_that_a_record_that_is_not_there_cannot_be_checked(
    chairside: Chairside, tmp_path: Path
) -> None:
    said = chairside("check", "--store", tmp_path / "nowhere")
    assert said.status == 2
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


def test_that_a_report_is_exported_and_stays_genuine(
    esketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    session = esketamine.record["session"]
    store = esketamine.folder / "store"
    said = chairside("export", session, "--store", store, "--out", tmp_path / "copy.pdf")
    assert said.status == 0, said.err
    assert (tmp_path / "copy.pdf").read_bytes() == esketamine.report.read_bytes()
    assert chairside("verify", tmp_path / "copy.pdf", "--store", store).status == 0


def test_that_a_session_leaves_as_the_same_fhir_bundle_whoever_asks(
    esketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    out, store = tmp_path / "session.json", esketamine.folder / "store"
    said = chairside("fhir", esketamine.record["session"], "--store", store, "--out", out)
    assert said.status == 0, said.err
    assert out.read_bytes() == (esketamine.folder / "fhir.json").read_bytes()


def test_that_no_bundle_leaves_for_a_place_that_cannot_be_written(
    esketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    words = ("fhir", esketamine.record["session"], "--store", esketamine.folder / "store", "--out")
    for out in (tmp_path, tmp_path / "none" / "session.json"):
        said = chairside(*words, out)
        assert (said.status, len(said.err.splitlines())) == (2, 1)
    assert {path.name for path in tmp_path.iterdir()} <= {"home"}


def test_that_a_session_that_is_not_there_is_not_exported(
    esketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    store, out = esketamine.folder / "store", tmp_path / "copy.pdf"
    said = chairside("export", "S-00000000", "--store", store, "--out", out)
    assert said.status == 2
    assert len(said.err.splitlines()) == 1
    assert not out.exists()


def test_that_a_folder_is_not_replaced_by_a_report(
    esketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    store, session = esketamine.folder / "store", esketamine.record["session"]
    said = chairside("export", session, "--store", store, "--out", target)
    assert said.status == 2
    assert len(said.err.splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "home"}


def test_that_a_rehearsal_without_a_session_still_tells_what_happened(
    script: Path, chairside: Chairside, tmp_path: Path
) -> None:
    text = script.read_text(encoding="utf-8")
    acts = '[[act]]\nat = "10:00"\ndo = "dance"\nexpect = "refused:unknown-act"\n'
    script.write_text(text[: text.index("[[act]]")] + acts, encoding="utf-8")
    assert chairside("rehearse", script, "--out", tmp_path).status == 0
    summary = Results(tmp_path / "short").summary
    assert summary["acts"][0]["code"] == "unknown-act"
    assert summary["pdf"] is None
