"""An infusion through the hour that comes twice: no due time moves, no clock runs backwards."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.chairside import OWN, Chairside


def test_that_nothing_moves_when_the_clocks_go_back(chairside: Chairside, tmp_path: Path) -> None:
    results = chairside.rehearse(OWN / "clocks-go-back.toml", tmp_path / "out")
    summary = results.summary
    assert {slot["state"] for slot in summary["slots"]} == {"on time"}
    assert [slot["due"] for slot in summary["slots"]][1:6] == [
        "02:50",
        "02:00",
        "02:10",
        "02:20",
        "02:35",
    ]
    assert (results.slot("30")["measured"], results.slot("30")["entered"]) == ("02:10", "02:11")
    assert summary["clocks"]["infusion_minutes"] == "40"
    assert summary["clocks"]["minutes_since_end"] == 61
    assert summary["dose"]["given_mg"] == "35"
    assert summary["gaps"] == summary["extra"] == []
    assert len(summary["signed"]) == 2
