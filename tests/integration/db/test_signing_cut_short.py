"""The program is killed after a file was sealed and before anything of it is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typing_extensions import override

from db.store import Store
from monitor.entries import Leaving
from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from monitor.signing import AddToSession
from tests.fakes.press import PlainPress
from tests.fakes.visit import PASSWORDS, Visit
from tests.integration.db.scribe import practice_store


@dataclass
class Sealed(PlainPress):
    """A press that lets something happen once a file is sealed."""

    happens: Callable[[], object]

    @override
    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        made = super().seal(overview, record, key)
        self.happens()
        return made


def co_sign(visit: Visit) -> None:
    visit.at("10:20").co_signed()


def add(visit: Visit) -> None:
    seen = visit.at("10:30").overview.entries
    AddToSession(visit.world)(visit.session_id, "nk", PASSWORDS["nk"], "Slept well.", seen=seen)


def state(visit: Visit) -> tuple[str, int, list[int]]:
    seen = visit.overview
    with visit.world.transaction() as tx:
        return seen.status, seen.entries, [r.version for r in tx.reports_of(visit.session_id)]


@pytest.mark.parametrize(("act", "version"), [(co_sign, 1), (add, 2)])
def test_that_a_kill_between_seal_and_writing_leaves_nothing_half_done(
    tmp_path: Path, act: Callable[[Visit], None], version: int
) -> None:
    store = practice_store(tmp_path / "record")
    visit = Visit(transaction=store.transaction)
    visit.started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell").signed()
    if act is add:
        co_sign(visit)
    before, killed = state(visit), tmp_path / "as the killed program leaves it"
    press = Sealed(lambda: shutil.copytree(tmp_path / "record", killed))
    visit.world = replace(visit.world, press=press)
    act(visit)
    assert state(visit) != before
    store.close()

    again = Store.open(killed)
    visit.world = replace(visit.world, transaction=again.transaction, press=PlainPress())
    assert state(visit) == before
    assert again.check().findings == ()
    act(visit)
    assert state(visit)[2][-1] == version
    assert again.check().findings == ()
    again.close()
