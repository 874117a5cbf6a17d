"""How the patients left, in the list of those who left today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.departure import WayOut
from monitor.entries import Discharged, Entry, Leaving, Overridden, session_stream
from monitor.errors import Code
from tests.fakes.store import FakeStore
from tests.integration.db.scribe import BEGINNING, Scribe, practice_store
from tests.integration.db.test_check import tamper
from tests.integration.db.test_contract import AnyStore
from tests.integration.db.test_damaged_line import SPOILT


@pytest.fixture(params=["real", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    real = practice_store(tmp_path / "record")
    yield real
    real.close()


def left(store: AnyStore) -> list[WayOut | None]:
    with store.transaction() as tx:
        return [header.left for header in tx.sessions_closed_since(BEGINNING)]


def day(scribe: Scribe) -> Iterator[Entry]:
    """Home by override; put right; home, whatever was overridden besides; cancelled."""
    yield from scribe.founding()
    streams = [session_stream(f"s-{n}") for n in range(1, 5)]
    for n, stream in enumerate(streams, 1):
        yield scribe.opened(f"s-{n}", chair=str(n))
        yield scribe.entry(stream, Overridden((Code.DOOR_CLOSED, Code.TOO_EARLY)[n == 3]))
    gone = [scribe.entry(stream, Discharged(Leaving.HOME)) for stream in streams[:3]]
    yield from gone
    what = Discharged(Leaving.TRANSFERRED)
    yield scribe.entry(streams[1], what, amends=gone[1].uid, reason="the wrong one")
    yield scribe.entry(streams[2], Overridden(Code.DOOR_CLOSED))
    what = Discharged(Leaving.HOME, "Jan Nowak")
    yield scribe.entry(streams[2], what, amends=gone[2].uid, reason="the wrong name")
    yield scribe.closed("s-4", cancelled=True)


def test_that_the_list_of_those_who_left_says_how(store: AnyStore) -> None:
    with store.transaction() as tx:
        tx.append(list(day(Scribe())))
    by_override, transferred, home = (
        WayOut(Leaving.HOME, let_through=True),
        WayOut(Leaving.TRANSFERRED),
        WayOut(Leaving.HOME),
    )
    assert left(store) == [by_override, transferred, home, None]


@pytest.mark.parametrize(
    ("kind", "known"),
    [("discharged", None), ("overridden", None), ("opened", WayOut(Leaving.TRANSFERRED))],
)
def test_that_the_list_goes_on_and_guesses_nothing_where_a_line_cannot_be_read(
    tmp_path: Path, kind: str, known: WayOut | None
) -> None:
    store = practice_store(tmp_path / "record")
    with store.transaction() as tx:
        tx.append(list(day(Scribe())))
    tamper(store, f"{SPOILT}'{kind}'")
    assert left(store) == [None, known, None, None]
    store.close()
