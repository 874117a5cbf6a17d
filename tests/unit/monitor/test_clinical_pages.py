"""What `docs/clinical` says is what the program does, and what its docstrings show holds."""

from __future__ import annotations

import doctest
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from monitor import body_weight, delivery, dosing, protocols, units
from monitor.accounting import Mixture, tolerance
from monitor.acts import Finish
from monitor.dosing import DoseInputs, work_out
from monitor.entries import VolumeMode
from monitor.protocols.protocol import Protocol
from monitor.units import BodyWeight, Strength, Volume, WeightedDose
from monitor.working import working
from tests.fakes.visit import Visit
from tests.vectors import cases

PAGES = Path(__file__).parents[3] / "docs" / "clinical"


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    """Return the rows of a page's tables, heads left out."""
    lines = [line for line in page(name).splitlines() if line.startswith("|")]
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = {n for n, row in enumerate(split) if set("".join(row)) == {"-"}}
    return [row for n, row in enumerate(split) if n not in rules and n + 1 not in rules]


@pytest.mark.parametrize("module", [units, dosing, delivery, body_weight])
def test_that_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("draft", protocols.shipped(), ids=lambda draft: draft.id)
def test_that_the_drafts_page_shows_every_number_with_its_source(draft: Protocol) -> None:
    _, _, part = page("protocol-drafts").partition(f"## {draft.title}, version {draft.version}\n")
    shown = [line for line in part.partition("\n## ")[0].splitlines() if line.startswith("|")]
    wanted = [f"| {f.name} | {f.value} | {f.source} |" for f in draft.figures]
    assert shown[2:] == wanted
    assert draft.label in part


def test_that_the_drafts_page_names_the_drafts_that_are_shipped_and_no_others() -> None:
    said = page("protocol-drafts")
    heads = [line.removeprefix("## ") for line in said.splitlines() if line.startswith("## ")]
    drafts = protocols.shipped()
    assert heads == [f"{draft.title}, version {draft.version}" for draft in drafts]
    listed = [row for row in rows("protocol-drafts") if row[0].startswith("`")]
    assert [(name, version, second) for name, version, _, second, _ in listed] == [
        (f"`{d.id}`", str(d.version), d.second_person.value) for d in drafts
    ]
    for row, draft in zip(listed, drafts, strict=True):
        outside = getattr(draft.dose, "outside_with_reason", False)
        extra = getattr(draft.dose, "reason_doses_mg", ())
        assert ("with a prescriber's reason" in row[4]) == bool(outside or extra)


@pytest.mark.parametrize(
    ("name", "vectors"),
    [
        ("dose-chain", "dose"),
        ("body-weight", "weight_basis"),
        ("delivery", "delivery"),
        ("esketamine", "esketamine"),
    ],
)
def test_that_a_page_shows_each_worked_example(name: str, vectors: str) -> None:
    shown = rows(name)
    examples = cases(vectors)
    assert len(shown) == len(examples)
    for cells, case in zip(shown, examples, strict=True):
        left_out = {"concentration_mg_per_ml", "time_is_up"}
        expect = [str(v) for key, v in case["expect"].items() if key not in left_out]
        assert [value for value in expect if value not in cells] == []


def test_that_the_calculation_on_paper_is_what_the_program_prints() -> None:
    inputs = DoseInputs(
        weight=BodyWeight(Decimal("62.5")),
        per_kg=WeightedDose(Decimal("0.5")),
        minutes=Decimal(40),
        strength=Strength(Decimal(50)),
        volume=Volume(Decimal(100)),
        mode=VolumeMode.ADDED,
    )
    shown = [line[4:] for line in page("dose-chain").splitlines() if line.startswith("    ")]
    assert shown == [line.text for line in working(work_out(inputs))]


@pytest.mark.parametrize("line", rows("accounting"), ids=lambda line: line[0])
def test_that_the_accounts_examples_add_up(line: list[str]) -> None:
    prepared, given, wasted_ml, wasted, unaccounted = map(Decimal, line[1:6])
    concentration = Decimal(35) / 50
    assert wasted == wasted_ml * concentration
    slack = tolerance(wasted_ml or (prepared - given) / concentration, concentration)
    mixture = Mixture(prepared, given, wasted, slack)
    assert mixture.unaccounted_mg == unaccounted
    assert mixture.balances == (line[6] == "no")


DOOR = [row for row in rows("alerts-and-door") if row[-1].startswith(("yes", "no: "))]
CALLED = {"SpO₂": "spo2", "BP": "bp", "HR": "heart_rate"}


def test_that_the_doors_examples_are_there() -> None:
    assert len(DOOR) == 12


@pytest.mark.parametrize(("base", "after", "beside", "verdict"), DOOR)
def test_that_the_doors_examples_hold(base: str, after: str, beside: str, verdict: str) -> None:
    visit = Visit().started("10:00", f"122/76 72 98 16 {typed(base)}")
    visit.at("10:40").do(Finish())
    bp, hr, spo2, resp = (figure(after, sign) for sign in ("BP", "HR", "SpO₂", "Resp"))
    visit.at("11:45").line(f"{bp} {hr} {spo2} {resp} {typed(after)}")
    if not beside.startswith("not gone through"):
        but = "gait" if beside.startswith("5 of 6") else ""
        visit.ready("Jan Nowak" if beside.endswith("named") else "", but=but)
    unmet = [condition for condition in visit.overview.door if not condition.met]
    shut = [c.limit.sign.value if c.limit else c.code for c in unmet]
    said = [] if verdict == "yes" else verdict.removeprefix("no: ").split(", ")
    assert shut == [CALLED.get(each, each) for each in said]


def figure(said: str, sign: str) -> str:
    part = next(p for p in said.split(", ") if p.startswith(sign))
    return next(word for word in part.split() if word[0].isdigit())


def typed(said: str) -> str:
    """Return MOAA/S and dissociation as the entry line takes them."""
    tokens = [f"s{figure(said, 'MOAA/S')}"]
    if "dissociation not taken" not in said:
        tokens.append(f"d{figure(said, 'dissociation')}")
    return " ".join(tokens)


def test_that_the_index_leads_to_every_page() -> None:
    others = {file.name for file in PAGES.glob("*.md")} - {"README.md"}
    assert {name for name in others if f"]({name})" not in page("README")} == set()
    assert len(others) == 10
