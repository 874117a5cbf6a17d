"""Whole sessions, played by the command line against the real store."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from monitor.sealed_file import session_code
from tests.architecture.house import ROOT
from tests.e2e.chairside import OWN, SHIPPED, Chairside, Results


def state(results: Results) -> dict[str, str]:
    return {slot["name"]: slot["state"] for slot in results.summary["slots"]}


def test_that_an_uninterrupted_infusion_is_told_in_full(ketamine: Results) -> None:
    summary = ketamine.summary
    assert summary["dose"] == {
        "ordered_mg": "35",
        "weight_kg": "70",
        "basis": "actual",
        "calculated_mg": "35",
        "drawn_ml": "0.7",
        "prepared_mg": "35",
        "rate_ml_h": "75",
        "given_mg": "35",
        "wasted_mg": "0",
        "unaccounted_mg": "0",
        "verified_by": "ds",
        "devices": None,
    }
    assert set(state(ketamine).values()) == {"on time"}
    assert list(state(ketamine)) == ["baseline", "10", "20", "30", "40", "+15", "+30", "+45", "+60"]
    assert ketamine.slot("20") | {"minutes": -1} == ketamine.slot("20")
    assert summary["scores"] == [{"scale": "cadss-6", "at": "10:44", "total": 9, "complete": True}]
    assert summary["clocks"]["infusion_minutes"] == "40"
    assert summary["clocks"]["minutes_since_end"] == 65
    assert summary["extra"] == summary["alerts"] == summary["gaps"] == []
    assert summary["rems"] is None
    assert [signature["by"] for signature in summary["signed"]] == ["nk", "ds"]
    assert [check["differs"] for check in summary["checks"]] == [[]]
    assert summary["overrides"] == []
    (vial,) = summary["vials"]
    assert (vial["drawn_mg"], vial["kept_mg"], vial["open_mg"]) == ("35", "465", "0")
    assert summary["pdf"]["sealed"] is True
    assert summary["pdf"]["pages"] >= 1


def test_that_the_readme_names_the_session_of_the_demonstration(ketamine: Results) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"S-[0-9A-F]{8}", readme))
    assert named == {session_code(ketamine.record["session"])}


def test_that_the_example_of_the_guide_plays(chairside: Chairside, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "guide" / "rehearsals.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert example
    script = tmp_path / "visit.toml"
    script.write_text(example[1], "utf-8")
    acts = chairside.rehearse(script, tmp_path / "out").summary["acts"]
    assert [act["result"] for act in acts] == ["recorded", "recorded"]


def test_that_the_sheet_is_a_table_of_the_readings(ketamine: Results) -> None:
    with (ketamine.folder / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len([a for a in ketamine.summary["acts"] if a["do"] == "line"])


def test_that_an_infusion_stopped_for_pressure_counts_what_was_given(paused: Results) -> None:
    summary = paused.summary
    figures = ("prepared_mg", "given_mg", "wasted_mg", "unaccounted_mg")
    assert [summary["dose"][name] for name in figures] == ["35", "20.125", "14.7", "0.175"]
    assert summary["clocks"]["infusion_minutes"] == "23"
    assert summary["alerts"] == [
        {"limit": "bp-high", "at": "10:20", "value": "184/108", "state": "acknowledged"},
        {"limit": "bp-high", "at": "10:23", "value": "182/111", "state": "acknowledged"},
    ]
    assert summary["extra"] == ["10:23"]
    assert list(state(paused)) == ["baseline", "10", "20", "30", "+15", "+30", "+45", "+60"]
    assert paused.slot("+15")["due"] == "10:49"
    assert len(summary["signed"]) == 2


def test_that_a_changed_rate_counts_by_its_segments(halved: Results) -> None:
    figures = ("given_mg", "wasted_mg", "unaccounted_mg")
    assert [halved.summary["dose"][name] for name in figures] == ["24.5", "10.5", "0"]
    assert halved.summary["clocks"]["infusion_minutes"] == "38"


def test_that_the_door_stays_shut_112_minutes_after_the_last_device(esketamine: Results) -> None:
    refused = [act for act in esketamine.summary["acts"] if act["result"] == "refused"]
    assert [(act["do"], act["at"], act["code"]) for act in refused] == [
        ("discharge", "12:02", "door-closed")
    ]
    assert esketamine.summary["clocks"] == {
        "minutes_since_first": 138,
        "minutes_since_last": 128,
        "infusion_minutes": None,
        "minutes_since_end": None,
    }
    assert esketamine.summary["rems"] == {
        "minutes": 138,
        "bp": {"before": "126/78", "at_40": "134/83", "closing": "125/78"},
        "due": "2026-03-10",
    }
    assert esketamine.summary["dose"]["devices"] == 3
    assert esketamine.summary["dose"]["verified_by"] == "ds"
    assert esketamine.summary["dose"]["weight_kg"] == "82.5"
    assert len(esketamine.summary["signed"]) == 2


def test_that_a_transfer_is_never_blocked_and_its_gaps_are_told(transferred: Results) -> None:
    assert transferred.summary["acts"][-2]["result"] == "recorded"
    assert {alert["state"] for alert in transferred.summary["alerts"]} == {"acknowledged"}
    assert {"code": "slot-overdue", "about": "60", "explained": False} in transferred.summary[
        "gaps"
    ]
    assert transferred.summary["signed"] == []


def test_that_a_killed_session_goes_on_with_nothing_lost(killed: Results) -> None:
    summary = killed.summary
    assert [act["do"] for act in summary["acts"]].count("crash") == 2
    assert {act["result"] for act in summary["acts"]} == {"recorded"}
    assert [killed.slot(name)["state"] for name in ("baseline", "10", "20", "30")] == [
        "on time"
    ] * 4


def test_that_bad_input_leaves_no_trace(bad_input: Results) -> None:
    recorded = [act["do"] for act in bad_input.summary["acts"] if act["result"] == "recorded"]
    kinds = [entry["kind"] for entry in bad_input.record["entries"]]
    assert recorded == [
        "order",
        "weigh",
        "weigh",
        "calculate",
        "line",
        "verify",
        "start",
        "stop",
        "discharge",
        "explain",
    ]
    written = (
        "ordered, weighed, weighed, calculated, reading, checked, started, stopped, discharged"
    )
    assert ", ".join(kinds) == f"opened, {written}, explained"
    assert bad_input.summary["dose"]["weight_kg"] == "70"


def test_that_a_name_of_markup_stays_as_it_was_typed(bad_input: Results) -> None:
    text = (bad_input.folder / "record.json").read_text(encoding="utf-8")
    assert "<b>x</b> & Θ" in text


def test_that_two_runs_leave_the_same_record(
    killed: Results, chairside: Chairside, tmp_path: Path
) -> None:
    said = chairside.alone("rehearse", OWN / "killed.toml", "--out", tmp_path)  # never a fork
    assert said.status == 0, said.err
    again = Results(tmp_path / "killed")
    for name in ("record.json", "sheet.csv", "fhir.json", "report.pdf", "summary.json"):
        assert (again.folder / name).read_bytes() == (killed.folder / name).read_bytes(), name


def test_that_a_signed_session_is_the_same_in_two_runs(
    ketamine: Results, chairside: Chairside, tmp_path: Path
) -> None:
    again = chairside.rehearse(SHIPPED / "ketamine-70kg.toml", tmp_path / "out")
    assert again.record == ketamine.record
    assert again.summary == ketamine.summary


def test_that_the_dose_chains_bad_input_is_refused_by_the_real_record(
    chairside: Chairside, tmp_path: Path
) -> None:
    summary = chairside.rehearse(OWN / "bad-input-dose.toml", tmp_path / "out").summary
    refused = [act for act in summary["acts"] if act["result"] == "refused"]
    assert len(refused) > 250
    assert "storage" not in {act["code"] for act in refused}
    assert [check["differs"] for check in summary["checks"]][-1] == []
    assert summary["dose"]["verified_by"] == "mb"


def test_that_an_emergency_is_told_in_the_file_and_on_the_report(
    chairside: Chairside, tmp_path: Path
) -> None:
    results = chairside.rehearse(OWN / "emergency-override.toml", tmp_path / "out")
    (override,) = results.summary["overrides"]
    assert (override["what"], override["by"]) == ("check-missing", "ds")
    assert "overridden" in [entry["kind"] for entry in results.record["entries"]]
    assert results.report.stat().st_size > 0


def test_that_a_dose_under_the_tongue_is_accounted_for_to_the_end(
    chairside: Chairside, tmp_path: Path
) -> None:
    results = chairside.rehearse(OWN / "route-sublingual.toml", tmp_path / "out")
    dose = results.summary["dose"]
    figures = ("ordered_mg", "prepared_mg", "given_mg", "wasted_mg", "unaccounted_mg")
    assert [dose[name] for name in figures] == ["100", "100", "50", "50", "0"]
    assert results.summary["gaps"] == []
    assert len(results.summary["signed"]) == 2


def test_that_each_addendum_makes_a_sealed_version_of_the_report(addenda: Results) -> None:
    refused = [act for act in addenda.summary["acts"] if act["result"] == "refused"]
    assert [(act["do"], act["code"]) for act in refused] == [
        ("addendum", "not-co-signed"),
        ("line", "signed"),
    ]
    pdf = addenda.summary["pdf"]
    assert (pdf["version"], pdf["sealed"]) == (3, True)
    assert [signature["by"] for signature in addenda.summary["signed"]] == ["mb", "ds"]
    added = [entry for entry in addenda.record["entries"] if entry["kind"] == "addendum"]
    assert [entry["by"]["user"] for entry in added] == ["mb", "ds"]
    assert {entry["certificate"] for entry in added} == set(addenda.record["certificates"])
