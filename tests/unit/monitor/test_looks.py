"""Who looked at what."""

from __future__ import annotations

import dataclasses
from contextlib import AbstractContextManager

import pytest

from monitor.desk import ACCESS
from monitor.entries import Entry, Looked
from monitor.errors import Code, StorageError
from monitor.looks import NoteLook
from monitor.ports import Transaction
from tests.fakes.visit import Visit


def looks(visit: Visit) -> list[Entry]:
    with visit.world.looking() as tx:
        return [entry for entry in tx.stream(ACCESS) if isinstance(entry.what, Looked)]


def test_that_a_look_says_who_when_and_at_what() -> None:
    visit = Visit().at("10:15")
    assert NoteLook(visit.world)(visit.nurse, "session", session=visit.session_id)
    (entry,) = looks(visit)
    assert (entry.by, entry.at) == (visit.nurse, visit.instant("10:15"))
    assert entry.what == Looked("session", session=visit.session_id)


def test_that_the_same_look_is_written_once_an_hour() -> None:
    visit = Visit().at("10:00")
    note = NoteLook(visit.world)
    times = ("10:00", "10:05", "10:59", "11:00", "11:59", "12:00")
    written = []
    for hhmm in times:
        visit.at(hhmm)
        written.append(note(visit.nurse, "patient", patient="p-1"))
    assert written == [True, False, False, True, False, True]
    assert [entry.at for entry in looks(visit)] == [
        visit.instant(hhmm) for hhmm in ("10:00", "11:00", "12:00")
    ]


def test_that_another_person_thing_or_question_is_another_look() -> None:
    visit = Visit()
    note = NoteLook(visit.world)
    assert note(visit.nurse, "search", asked="chair 2")
    assert note(visit.nurse, "search", asked="chair 3")
    assert note(visit.prescriber, "search", asked="chair 2")
    assert note(visit.nurse, "session", session="s-1")
    assert note(visit.nurse, "report", session="s-1")
    assert not note(visit.nurse, "report", session="s-1")
    assert len(looks(visit)) == 5


def test_that_a_clock_set_back_hides_no_look() -> None:
    visit = Visit().at("12:00")
    note = NoteLook(visit.world)
    assert note(visit.nurse, "report", session="s-1")
    visit.at("10:00")
    assert note(visit.nurse, "report", session="s-1")


def test_that_a_look_that_could_not_be_written_is_written_with_the_next() -> None:
    visit = Visit()
    full = dataclasses.replace(visit.world, transaction=_full_disk)
    note = NoteLook(full)
    with pytest.raises(StorageError):
        note(visit.nurse, "report", session="s-1")
    object.__setattr__(full, "transaction", visit.store.transaction)  # room was made
    assert note(visit.nurse, "report", session="s-1")


def _full_disk() -> AbstractContextManager[Transaction]:
    raise StorageError(Code.DISK_FULL)
