"""`chairside access`: what it shows, what it writes, and what it puts on record."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from typer.testing import Result

from monitor.entries import Entry, Exported, Looked
from monitor.errors import Code, InputError
from monitor.looks import NoteLook
from monitor.people import Clinic
from reports.papers import ReportPapers
from tests.fakes.clock import WARSAW
from tests.fakes.terminal import CLINIC, typed_at
from tests.fakes.visit import Visit
from ui.console import access
from ui.console.access import NEWEST, NOTHING
from ui.console.problems import ConsoleError
from ui.console.stage import Stage


class FakeStage:
    """Implements `ui.console.stage.Stage`, as far as the list needs it."""

    def __init__(self) -> None:
        self.visit = Visit()
        self.world = self.visit.world
        self.papers = ReportPapers(lambda: Clinic("c", "Riverside Clinic"), lambda: "", WARSAW)

    def close(self) -> None:
        pass


class Desk:
    """A terminal, and a record at which a nurse looked."""

    def __init__(self) -> None:
        self.stage = FakeStage()
        self.visit = visit = self.stage.visit
        NoteLook(visit.world)(visit.nurse, "session", session=visit.session_id)

    def __call__(self, *arguments: str) -> Result:
        return typed_at(access.register, ["access", *arguments], open_store=self._open)

    def _open(self, folder: Path, _ask: Callable[[], str]) -> Stage:
        assert folder == CLINIC
        return cast("Stage", self.stage)

    def written(self) -> list[Entry]:
        with self.visit.world.transaction() as tx:
            return list(tx.stream("access"))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_the_newest_rows_are_shown_and_that_they_were_looked_at_is_written(
    desk: Desk,
) -> None:
    lines = desk().stdout.splitlines()
    assert lines[0] == "3 rows:"
    assert lines[1].startswith("2026-03-02 09:48  Nina Kowal, nurse  Looked at a session  S-")
    looked = desk.written()[-1]
    assert looked.what == Looked("access", asked="all days")
    assert looked.by.user.startswith("os:")


def test_that_one_person_kind_and_session_can_be_asked_for(desk: Desk) -> None:
    assert desk("--person", "ds").stdout.splitlines()[0] == "1 row:"
    assert "Logged in" in desk("--person", "nk", "--kind", "present").stdout
    head, row, times = desk("--session", desk.visit.session_id).stdout.splitlines()
    assert (head, "Looked at a session" in row) == ("1 row:", True)
    assert times == "Times are those of this computer's time zone, here UTC+01:00."
    assert desk("--person", "ds", "--kind", "refused").stdout.strip() == NOTHING


def test_that_the_terminal_shows_the_newest_and_the_table_all(desk: Desk, tmp_path: Path) -> None:
    note = NoteLook(desk.visit.world)
    for number in range(NEWEST):
        note(desk.visit.nurse, "search", asked=f"chair {number}")
    out = tmp_path / "access.csv"
    said = desk("--csv", str(out), "--from", "2026-03-02", "--to", "2026-03-02").stdout
    assert said.splitlines()[0] == f"23 rows, the newest {NEWEST}:"
    assert f"Written to {out}." in said
    content = out.read_bytes()
    assert len(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))) == 23
    handed_out = desk.written()[-1].what
    sha256 = hashlib.sha256(content).hexdigest()
    assert handed_out == Exported("", "access csv", sha256, str(out))


def test_that_a_person_of_whom_nobody_has_heard_is_refused_and_others_are_not(desk: Desk) -> None:
    refused = desk("--person", "zz").exception
    assert isinstance(refused, ConsoleError)
    assert str(refused).startswith("There is no person zz; there are ")
    assert {"nk", "ds"} <= set(str(refused).removesuffix(".").replace(",", "").split())
    assert NOTHING in desk("--person", "ds", "--from", "2030-01-01").stdout
    assert not [each for each in desk.written() if "zz" in str(each.what)]


def test_that_days_that_cannot_be_asked_for_are_refused_and_nothing_is_written(desk: Desk) -> None:
    before = len(desk.written())
    wrong = desk("--from", "2.3.2026").exception
    assert isinstance(wrong, ConsoleError)
    assert str(wrong) == "--from 2.3.2026 is no date; write it as 2026-03-02."
    backwards = desk("--from", "2026-03-03", "--to", "2026-03-02").exception
    assert isinstance(backwards, InputError)
    assert backwards.code is Code.OUT_OF_RANGE
    assert len(desk.written()) == before


def test_that_a_file_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    told = desk("--pdf", str(tmp_path / "nowhere" / "access.pdf")).exception
    assert isinstance(told, ConsoleError)
    assert "cannot be written" in str(told)
