"""`chairside register`: what it shows, what it writes, and what it puts on record."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from typer.testing import Result

from monitor.entries import Exported, Inventory
from monitor.register import RegisterView
from monitor.stock_keeping import CountStock, DestroyStock, Proof, ReceiveStock
from monitor.stock_reading import NewCount, NewMove
from tests.fakes.terminal import CLINIC, typed_at
from tests.fakes.visit import PASSWORDS, Visit
from ui.console import register
from ui.console.problems import ConsoleError
from ui.console.stage import Stage

DELIVERY = NewMove(
    product="ketamine-50-10", lot="A1", expiry="2027-08", containers="5", document="DN 4711"
)


class FakeStage:
    """Implements `ui.console.stage.Stage`, as far as the register needs it."""

    def __init__(self) -> None:
        self.visit = Visit()
        self.world = self.visit.world
        self.closed = False
        self.papers = self
        self.drawn: list[RegisterView] = []

    def register_csv(self, view: RegisterView) -> bytes:
        self.drawn.append(view)
        return b"table"

    def register_pdf(self, view: RegisterView) -> bytes:
        self.drawn.append(view)
        return b"%PDF-"

    def close(self) -> None:
        self.closed = True


class Desk:
    """A terminal, and the record that is opened there."""

    def __init__(self) -> None:
        self.stage = FakeStage()
        self.visit = self.stage.visit

    def __call__(self, *arguments: str) -> Result:
        return typed_at(register.register, ["register", *arguments], open_store=self._open)

    def _open(self, folder: Path, _ask: Callable[[], str]) -> Stage:
        assert folder == CLINIC
        return cast("Stage", self.stage)

    def received(self, **changed: str) -> None:
        typed = dataclasses.replace(DELIVERY, **changed)
        ReceiveStock(self.visit.world)(self.visit.nurse, typed)

    def exports(self) -> list[Exported]:
        with self.visit.world.transaction() as tx:
            said = [entry.what for entry in tx.stream("access")]
        return [what for what in said if isinstance(what, Exported)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_an_empty_register_says_what_to_do(desk: Desk) -> None:
    said = desk()
    assert said.exit_code == 0
    assert "has not begun: count the opening inventory" in said.output
    assert "No rows." in said.output
    assert desk.stage.closed


def test_that_it_shows_the_stock_and_the_rows(desk: Desk) -> None:
    desk.received()
    typed = NewMove(product="ketamine-50-10", lot="A1", containers="1", reason="broken")
    proof = Proof("ds", PASSWORDS["ds"])
    DestroyStock(desk.visit.world)(desk.visit.nurse, typed, proof)
    said = desk().output
    assert "ketamine 50 mg/mL, 10 mL vial, lot A1, 2027-08: 2000 mg, 4 unopened" in said
    assert "received +2500 mg" in said
    assert "destroyed -500 mg" in said
    assert "lot then 2000 mg" in said
    assert desk.exports() == []


def test_that_it_says_when_the_next_inventory_is_due(desk: Desk) -> None:
    count = NewCount(product="ketamine-50-10", lot="A1", expiry="2026-03", containers="0")
    CountStock(desk.visit.world)(desk.visit.nurse, Inventory.OPENING, [count])
    said = desk().output
    assert "There is nothing in stock." in said
    assert "the next one is due by 2028-03-02." in said


def test_that_only_the_newest_rows_are_shown(desk: Desk) -> None:
    for number in range(25):
        desk.received(lot=f"L{number}", containers="1")
    said = desk().output
    assert "25 rows, the newest 20:" in said
    assert said.count("received +500 mg") == 20


def test_that_the_files_are_private_and_noted_with_their_hash(desk: Desk, tmp_path: Path) -> None:
    desk.received()
    table, paper = tmp_path / "r.csv", tmp_path / "r.pdf"
    said = desk("--csv", str(table), "--pdf", str(paper))
    assert said.exit_code == 0
    assert (table.read_bytes(), paper.read_bytes()) == (b"table", b"%PDF-")
    assert {path.stat().st_mode & 0o777 for path in (table, paper)} == {0o600}
    assert [(each.form, each.sha256) for each in desk.exports()] == [
        ("register csv", hashlib.sha256(b"table").hexdigest()),
        ("register pdf", hashlib.sha256(b"%PDF-").hexdigest()),
    ]


def test_that_product_and_days_reach_the_files(desk: Desk, tmp_path: Path) -> None:
    desk.received()
    days = ("--from", "2026-03-01", "--to", "2026-03-02", "--product", "ketamine-50-10")
    assert desk("--csv", str(tmp_path / "r.csv"), *days).exit_code == 0
    (view,) = desk.stage.drawn
    assert (view.product, str(view.first), str(view.last)) == (
        *("ketamine-50-10", "2026-03-01"),
        "2026-03-02",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "02.03.2026"), "--from 02.03.2026 is no date; write it as 2026-03-02."),
        (("--to", "20260302"), "--to 20260302 is no date"),
        (("--to", "２０２６-03-02"), "is no date"),
        (("--from", "2026-02-30"), "is no date"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "--from is after --to"),
        (("--product", "aspirin"), "There is no product aspirin; there are ketamine-10"),
        (("--csv", "/nowhere/at/all.csv"), "/nowhere/at/all.csv cannot be written: no such file"),
    ],
)
def test_that_what_cannot_be_done_is_one_sentence(
    desk: Desk, arguments: tuple[str, ...], words: str
) -> None:
    problem = desk(*arguments).exception
    assert isinstance(problem, ConsoleError)
    assert words in str(problem)
