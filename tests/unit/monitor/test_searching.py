"""Sessions found by date, chair, people, protocol, gap and alert."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.acts import Explain
from monitor.desk import OpenSession
from monitor.entries import Leaving
from monitor.errors import Code, InputError
from monitor.searching import ANY, SearchSessions, Wanted
from tests.fakes.visit import Visit

DAY = dt.date(2026, 3, 2)


class Clinic:
    """Two visits on two days in two chairs; in the first an alert and a gap."""

    def __init__(self) -> None:
        self.visit = Visit()
        self.first = self.visit.session_id
        self.visit.started()
        self.visit.at("10:10").line("214/121 76 97 15")
        self.visit.clock.advance(days=1)
        patient = self.visit.overview.patient.id
        self.second = OpenSession(self.visit.world)(
            self.visit.prescriber,
            patient_id=patient,
            protocol_id="iv-ketamine-40",
            chair="1",
            confirm=True,
        )
        self.search = SearchSessions(self.visit.world)

    def found(self, wanted: Wanted) -> list[str]:
        return [seen.session_id for seen in self.search(wanted)]


@pytest.fixture(scope="module")
def clinic() -> Clinic:
    return Clinic()


def test_that_nothing_asked_for_finds_all_the_newest_first(clinic: Clinic) -> None:
    assert clinic.found(Wanted()) == [clinic.second, clinic.first]


@pytest.mark.parametrize(
    ("wanted", "which"),
    [
        (Wanted(last=DAY), "first"),
        (Wanted(first=DAY + dt.timedelta(days=1)), "second"),
        (Wanted(first=DAY, last=DAY), "first"),
        (Wanted(chair="2"), "first"),
        (Wanted(chair="1"), "second"),
        (Wanted(person="kowal nina"), "first"),
        (Wanted(person="ds"), "second"),
        (Wanted(alert=ANY), "first"),
        (Wanted(alert="bp-high"), "first"),
        (Wanted(gap="alert-open"), "first"),
        (Wanted(gap="alert-open", unexplained=True), "first"),
    ],
)
def test_that_each_part_of_the_question_narrows(clinic: Clinic, wanted: Wanted, which: str) -> None:
    assert getattr(clinic, which) in clinic.found(wanted)
    others = {clinic.first, clinic.second} - {getattr(clinic, which)}
    if wanted.person != "ds":  # who ordered in the first
        assert not others & set(clinic.found(wanted))


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(first=DAY - dt.timedelta(days=9), last=DAY - dt.timedelta(days=1)),
        Wanted(chair="9"),
        Wanted(person="Nobody"),
        Wanted(protocol="esketamine-us"),
        Wanted(status="co-signed"),
        Wanted(gap="order-verbal"),
        Wanted(alert="no-such-limit"),
        Wanted(chair="1", alert=ANY),
    ],
)
def test_that_what_is_not_there_is_not_found(clinic: Clinic, wanted: Wanted) -> None:
    assert clinic.found(wanted) == []


def test_that_a_range_that_ends_before_it_begins_is_refused(clinic: Clinic) -> None:
    with pytest.raises(InputError) as caught:
        clinic.search(Wanted(first=DAY, last=DAY - dt.timedelta(days=1)))
    assert (caught.value.code, caught.value.field) == (Code.OUT_OF_RANGE, "last_day")


def test_that_how_far_it_is_is_told_and_can_end_it(clinic: Clinic) -> None:
    told: list[tuple[int, int]] = []
    clinic.search(Wanted(), lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clinic.search(Wanted(), stop)


def test_that_a_session_is_looked_at_again_once_something_was_written() -> None:
    clinic = Clinic()
    assert clinic.found(Wanted(chair="1", alert=ANY)) == []
    clinic.visit.session_id = clinic.second
    clinic.visit.at("09:48").started()
    clinic.visit.at("10:10").line("214/121 76 97 15")
    assert clinic.found(Wanted(chair="1", alert=ANY)) == [clinic.second]


def test_that_a_closed_session_is_looked_at_again_once_something_was_written() -> None:
    visit = Visit().started().at("10:05").left(Leaving.TRANSFERRED)
    search, asked = SearchSessions(visit.world), Wanted(gap="left-unexplained", unexplained=True)
    assert [seen.session_id for seen in search(asked)] == [visit.session_id]
    visit.do(Explain(gap="left-unexplained", about="", reason="felt unwell"))
    assert search(asked) == ()
