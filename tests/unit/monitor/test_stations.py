"""A computer that signs checkpoints is named in the ledger, once."""

from __future__ import annotations

import dataclasses

from monitor.clinic import PROGRAM, ProgramRuns
from monitor.desk import ACCESS
from monitor.entries import Entry, ProgramStarted, StationNamed
from tests.fakes.visit import Visit

KEY = "ab" * 32


def started(visit: Visit, key: str) -> list[Entry]:
    """Start the program on a computer with this key; return what that wrote."""
    before = len(visit.store.entries)
    ProgramRuns(dataclasses.replace(visit.world, station_key=key)).started("1.0")
    return visit.store.entries[before:]


def test_that_a_computer_is_named_at_its_first_start_and_never_again() -> None:
    visit = Visit()
    first = started(visit, KEY)
    assert [entry.what for entry in first] == [ProgramStarted("1.0"), StationNamed(KEY)]
    assert {(entry.stream, entry.by) for entry in first} == {(ACCESS, PROGRAM)}
    assert [entry.what for entry in started(visit, KEY)] == [ProgramStarted("1.0")]


def test_that_each_computer_is_named() -> None:
    visit = Visit()
    started(visit, KEY)
    assert started(visit, "cd" * 32)[-1].what == StationNamed("cd" * 32)


def test_that_a_computer_that_signs_nothing_is_not_named() -> None:
    assert [entry.what for entry in started(Visit(), "")] == [ProgramStarted("1.0")]
