"""The worked examples hold where people meet them: played as rehearsals, an act at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from monitor.rehearsal.summary import Played, summarise
from monitor.units import plain
from tests.unit.monitor.rehearsal.playing import Playing
from tests.unit.monitor.rehearsal.scripts import HEAD, script_of
from tests.vectors import cases

AT = 'at = "09:{minute:02}"\nby = "{by}"\ndo = "{do}"\n'


def act(minute: int, by: str, do: str, **fields: str) -> str:
    lines = [f'{name} = "{value}"' for name, value in fields.items()]
    return AT.format(minute=minute, by=by, do=do) + "\n".join(lines)


def later(hhmm: str, by: str, do: str, **fields: str) -> str:
    return act(0, by, do, **fields).replace("09:00", hhmm)


def dose_of(playing: Playing) -> dict[str, Any]:
    """Play to the end, each act recorded, and return the summary's dose."""
    assert set(playing.codes()) == {"recorded"}
    made = summarise(Played([], 0, ""), playing.overview)["dose"]
    assert isinstance(made, dict)
    return made


def by_weight(case: dict[str, Any]) -> list[str]:
    """Return the acts that order, weigh and work out a case."""
    tray = {name: case[name] for name in ("strength_mg_per_ml", "volume_ml", "volume_mode")}
    order = {"per_kg_mg": case["per_kg_mg"], "minutes": case["minutes"], "how": "written"}
    return [
        act(40, "ds", "order", **order, reason="as tolerated last time"),
        act(41, "nk", "weigh", weight_kg=case["weight_kg"], how="measured"),
        *too_much(case),
        act(42, "nk", "calculate", **tray),
    ]


def too_much(case: dict[str, Any]) -> list[str]:
    """Return the prescriber's override where a case is above the cap; its order names no mg."""
    above = Decimal(case["weight_kg"]) * Decimal(case["per_kg_mg"]) > 100
    act_of = act(41, "ds", "override", what="too-much", reason="as tolerated last time")
    return [act_of] if above else []


@pytest.mark.parametrize("case", cases("dose"), ids=lambda c: " ".join(list(c.values())[:4]))
def test_that_a_dose_is_worked_out_and_checked_as_in_the_example(case: dict[str, Any]) -> None:
    want = case["expect"]
    push = Decimal(case["minutes"]) < 40
    figures = {
        "weight_kg": case["weight_kg"],
        "strength_mg_per_ml": case["strength_mg_per_ml"],
        "volume_ml": want["final_volume_ml"],
        "volume_mode": case["volume_mode"],
        "drawn_ml": want["drawn_ml"],
        "rate_ml_h": want["rate_ml_h"],
    }
    head = HEAD.replace("iv-ketamine-40", "iv-push-ed" if push else "iv-ketamine-40")
    playing = Playing(script_of(*by_weight(case), act(43, "ds", "verify", **figures), head=head))
    made, dose = dose_of(playing), playing.overview.dose
    for name in ("calculated_mg", "drawn_ml", "prepared_mg"):
        assert made[name] == want[name], name
    assert made["rate_ml_h"] == (None if push else want["rate_ml_h"])  # no pump runs at a push
    assert made["verified_by"] == "ds"
    assert plain(dose.syringe_ml or Decimal(0)) == want["syringe_ml"]
    assert plain(dose.deviation_percent or Decimal(0), 2) == want["deviation_percent"]
    assert plain(dose.final_volume_ml or Decimal(0)) == want["final_volume_ml"]
    assert plain(dose.concentration_mg_per_ml or Decimal(0), 4) == want["concentration_mg_per_ml"]
    if push:
        return
    assert plain(dose.runs_minutes or Decimal(0), 2) == want["runs_minutes"]
    cross = f"{want['mg_per_min']} mg/min = {want['mcg_per_kg_min']} mcg/kg/min"
    assert any(cross in line.text for line in dose.working)


@pytest.mark.parametrize("basis", ["actual", "ideal", "adjusted"])
@pytest.mark.parametrize("case", cases("weight_basis"), ids=lambda c: c["height_cm"])
def test_that_a_dose_follows_the_body_weight_that_was_chosen(
    case: dict[str, Any], basis: str
) -> None:
    acts = [
        act(40, "ds", "order", per_kg_mg="0.5", minutes="40", how="written"),
        act(
            41,
            "nk",
            "weigh",
            weight_kg=case["weight_kg"],
            height_cm=case["height_cm"],
            how="measured",
        ),
        act(
            42,
            "nk",
            "calculate",
            strength_mg_per_ml="50",
            volume_ml="50",
            volume_mode="replaces",
            basis=basis,
            basis_reason="as the clinic does",
        ),
    ]
    head = HEAD.replace('sex = "female"', f'sex = "{case["sex"]}"')
    playing = Playing(script_of(*acts, head=head))
    want = case["expect"].get(f"mg_{basis}")
    if want is None:
        assert playing.codes() == ["recorded", "recorded", "basis-undefined"]
        return
    made = dose_of(playing)
    assert (made["basis"], made["calculated_mg"]) == (basis, want)
    weight = playing.overview.weight
    assert weight is not None
    assert plain(weight.bmi or Decimal(0), 1) == plain(Decimal(case["expect"]["bmi"]))


def pump(case: dict[str, Any]) -> list[str]:
    """Return what is done at the pump in a case: from 10:00, to the last segment's end."""
    acts, segments = [], case["segments"]
    for place, segment in enumerate(segments):
        start, end = (f"10:{int(segment[key]):02}" for key in ("from", "to"))
        rate = {"rate_ml_h": segment["rate_ml_h"]}
        acts.append(later(start, "nk", "resume" if place else "start", **rate))
        last = place == len(segments) - 1
        acts.append(later(end, "nk", "stop" if last else "pause", reason="as in the example"))
    return acts


@pytest.mark.parametrize("case", cases("delivery"), ids=lambda c: c["name"])
def test_that_the_pump_has_given_what_the_example_says(case: dict[str, Any]) -> None:
    set_up = {
        "weight_kg": "70",
        "per_kg_mg": "0.5",
        "minutes": "40",
        "strength_mg_per_ml": "50",
        "volume_ml": case["volume_ml"],
        "volume_mode": "replaces",
    }
    check = {name: set_up[name] for name in ("weight_kg", "strength_mg_per_ml", "volume_ml")}
    figures = check | {"volume_mode": "replaces", "drawn_ml": "0.7", "rate_ml_h": "75"}
    acts = [
        *by_weight(set_up),
        act(43, "ds", "verify", **figures),
        act(44, "nk", "prepare", lot="K2311A", expiry="2027-08", drawn_ml="0.7"),
        act(50, "nk", "line", text="122/76 72 98 16 s5 d0"),
        *pump(case),
    ]
    playing = Playing(script_of(*acts))
    made = dose_of(playing)
    assert made["prepared_mg"] == case["prepared_mg"]
    assert made["given_mg"] == case["expect"]["given_mg"]
    assert made["unaccounted_mg"] == case["expect"]["remaining_mg"]
    assert plain(playing.overview.dose.left_mg or Decimal(0)) == case["expect"]["remaining_mg"]
