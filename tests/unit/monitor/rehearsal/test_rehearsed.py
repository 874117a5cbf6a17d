"""Every rehearsal of ours ends as its file expects, and tells the dose as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.entries import Checked
from monitor.errors import MonitorError
from monitor.phases import Phase
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script
from monitor.rehearsal.summary import Played, summarise
from tests.unit.monitor.rehearsal.playing import Playing
from ui.wording import sentence

ROOT = Path(__file__).parents[4]
OWN = ROOT / "tests" / "data" / "rehearsals"
SHIPPED = ROOT / "ui" / "console" / "rehearsals"
BAD = "bad-input-dose"


def script_of(name: str) -> Script:
    """Return a rehearsal of ours, wherever it lies."""
    folder = SHIPPED if (SHIPPED / f"{name}.toml").exists() else OWN
    file = folder / f"{name}.toml"
    return read_script(file.read_bytes(), file.name)


def played(name: str) -> Playing:
    """Play a rehearsal that must end as its file expects."""
    playing = Playing(script_of(name))
    for outcome, act in zip(playing.all(), playing.player.script.acts, strict=True):
        met = act.expect.met_by(recorded=outcome.recorded, code=outcome.code)
        why = sentence(outcome.error) if outcome.error else ""
        assert met, f"line {act.line}: {outcome.code or 'recorded'} ({why})"
    return playing


NAMES = sorted(file.stem for file in (*OWN.glob("*.toml"), *SHIPPED.glob("*.toml")))


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("route-")])
def test_that_each_act_ends_as_the_file_expects(name: str) -> None:
    played(name)


# verified by, prepared, given, wasted, unaccounted (mg)
ROUTES = {
    "route-iv-infusion": ("mb", "35", "35", "0", "0"),
    "route-iv-push": ("mb", "14", "14", "0", "0"),
    "route-im": ("mb", "35", "35", "0", "0"),
    "route-sc": ("mb", "7", "7", "0", "0"),
    "route-oral": ("mb", "37.5", "37.5", "0", "0"),
    "route-sublingual": ("mb", "100", "50", "50", "0"),
    "route-nasal": ("mb", "50", "50", "0", "0"),
    "route-rectal": ("mb", "50", "50", "0", "0"),
    "route-esketamine-us": ("mb", None, "56", "28", None),
    "route-esketamine-eu": ("mb", None, "28", None, None),
}
FIGURES = ("verified_by", "prepared_mg", "given_mg", "wasted_mg", "unaccounted_mg")


def test_that_there_is_a_rehearsal_for_every_route() -> None:
    assert {name for name in NAMES if name.startswith("route-")} == set(ROUTES)
    assert len({script_of(name).protocol for name in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_that_a_route_goes_from_the_order_to_the_co_signature(name: str) -> None:
    overview = played(name).overview
    dose = summarise(Played([], 0, ""), overview)["dose"]
    assert isinstance(dose, dict)
    assert tuple(dose[figure] for figure in FIGURES) == ROUTES[name]
    assert overview.status == "co-signed"
    assert [gap for gap in overview.gaps if not gap.explained] == []
    assert all(vial.open_mg == 0 for vial in overview.dose.vials)


def test_that_a_check_that_differed_is_kept_beside_the_one_that_agreed() -> None:
    made = summarise(Played([], 0, ""), played("check-mended").overview)
    assert made["checks"] == [
        {"by": "mb", "at": "09:46", "differs": ["weight_kg", "drawn_ml"], "stands": False},
        {"by": "mb", "at": "09:56", "differs": [], "stands": True},
    ]


def test_that_an_override_is_told_with_its_reason_and_leaves_a_gap() -> None:
    overview = played("emergency-override").overview
    made = summarise(Played([], 0, ""), overview)
    assert made["overrides"] == [
        {
            "what": "check-missing",
            "by": "ds",
            "at": "09:51",
            "reason": "suicidal, alone with one nurse; cannot wait",
        }
    ]
    codes = {(gap.code, gap.about) for gap in overview.gaps}
    assert {("override", "check-missing"), ("check-missing", "")} <= codes
    assert overview.status == "co-signed"


def test_that_a_verbal_order_names_both_people() -> None:
    order = played("verbal-order").overview.order
    assert order is not None
    assert order.by.user == "ds"
    assert order.taken_by is not None
    assert order.taken_by.user == "nk"
    assert order.read_back
    assert str(order.valid_until) == "2026-03-30"


def test_that_bad_input_leaves_no_trace_but_the_figures_that_differ() -> None:
    playing = Playing(script_of(BAD))
    acts = playing.player.script.acts
    for act in acts:
        before = [e for e in playing.store.entries if e.stream.startswith("session/")]
        outcome = playing.player.step()
        after = [e for e in playing.store.entries if e.stream.startswith("session/")]
        if outcome.error is None or outcome.number == 1:
            continue
        left = after[len(before) :]
        if act.do == "verify" and outcome.code == "differs":
            assert [type(entry.what) for entry in left] == [Checked]
        else:
            assert left == [], f"line {act.line}"
        assert one_sentence(outcome.error), f"line {act.line}"
    assert len(acts) > 250
    assert playing.overview.phase is Phase.CLOSED


def one_sentence(error: MonitorError) -> bool:
    said = sentence(error)
    return said.endswith(".") and ". " not in said and "{" not in said
