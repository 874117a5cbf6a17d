"""`chairside backup` and `chairside restore`: what they ask of the program, and what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from typer.testing import Result

from monitor.ledger import Head
from tests.fakes.backups import ENTRIES, FakeBackup, FakeBackups
from tests.fakes.terminal import CLINIC, typed_at
from tests.fakes.visit import Visit
from ui.backups import Restored, RestoreOrder
from ui.console import backups
from ui.console.stage import Stage

NOW = dt.datetime(2026, 3, 2, 9, 48, tzinfo=dt.UTC)


class FakeStage:
    """Implements `ui.console.stage.Stage`, as far as backups need it."""

    def __init__(self) -> None:
        self.backups = FakeBackups(lambda: NOW)
        self.world = Visit().world
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Desk:
    """A terminal, and what was asked of the program there."""

    def __init__(self) -> None:
        self.stage = FakeStage()
        self.orders: list[RestoreOrder] = []
        self.findings = 0

    def __call__(self, *arguments: str) -> Result:
        return typed_at(
            backups.register, [*arguments], open_store=self._open, restore=self._restore
        )

    def _open(self, folder: Path, _ask: Callable[[], str]) -> Stage:
        assert folder == CLINIC
        return cast("Stage", self.stage)

    def _restore(self, order: RestoreOrder) -> Restored:
        self.orders.append(order)
        return Restored(NOW, Head(ENTRIES, "ab" * 32), ENTRIES, self.findings)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_a_backup_says_where_it_is_and_what_it_holds(desk: Desk) -> None:
    said = desk("backup")
    assert said.exit_code == 0
    assert str(desk.stage.backups.kept[0].folder) in said.output
    assert f"{ENTRIES} entries" in said.output
    assert "ab" * 32 in said.output
    assert desk.stage.closed


def test_that_whoever_is_at_the_terminal_is_named(desk: Desk) -> None:
    desk("backup")
    ((user, automatic),) = desk.stage.backups.asked
    assert user.startswith("os:")
    assert not automatic


def test_that_a_list_makes_none(desk: Desk) -> None:
    assert "None yet" in desk("backup", "--list").output
    desk.stage.backups.kept = [FakeBackup(NOW), FakeBackup(NOW - dt.timedelta(days=1))]
    said = desk("backup", "--list").output.splitlines()
    assert said[-1] == f"2 of this record in {desk.stage.backups.folder}"
    assert all(f"{ENTRIES} entries" in line for line in said[:-1])
    assert desk.stage.backups.asked == []


def test_that_a_folder_is_remembered_only_where_that_was_said(desk: Desk, tmp_path: Path) -> None:
    usual = desk.stage.backups.folder
    assert desk("backup", "--to", str(tmp_path)).exit_code == 0
    assert desk.stage.backups.folder == usual
    assert desk.stage.backups.kept == []
    assert len(desk.stage.backups.elsewhere) == 1
    assert desk("backup", "--to", str(tmp_path), "--from-now-on").exit_code == 0
    assert desk.stage.backups.folder == tmp_path
    assert desk("backup", "--from-now-on").exit_code == 2


@pytest.mark.parametrize("extra", [(), ("--use",)])
def test_that_restoring_says_what_is_missing_and_where_the_clinics_record_is(
    extra: tuple[str, ...], desk: Desk
) -> None:
    said = desk("restore", "/disk/monday", "--to", "/rescued", *extra)
    assert said.exit_code == 0
    (order,) = desk.orders
    assert (order.backup, order.to) == (Path("/disk/monday"), Path("/rescued"))
    assert order.use is bool(extra)
    assert order.author("front-desk").name.endswith("at the command line of front-desk")
    assert f"{ENTRIES} entries" in said.output
    assert backups.MISSING_SINCE in said.output
    assert (backups.NOT_USED in said.output) is not bool(extra)


def test_that_a_tampered_record_is_said_when_it_is_kept_listed_and_restored(desk: Desk) -> None:
    desk.stage.backups.findings = desk.findings = 2
    said = desk("backup")
    assert said.exit_code == 0
    assert "does not agree with itself (2 findings): chairside check names them" in said.output
    assert "(2 findings)" in desk("backup", "--list").output
    said = desk("restore", "/disk/monday", "--to", "/rescued")
    assert said.exit_code == 0
    assert backups.RESTORED_UNSOUND.format(findings="2 findings") in said.output


def test_that_a_place_must_be_named(desk: Desk) -> None:
    assert desk("restore", "/disk/monday").exit_code == 2
    assert desk.orders == []
