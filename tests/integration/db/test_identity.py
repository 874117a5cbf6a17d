"""A name put right, in the real record and in the fake: what follows, and what is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.certification import PracticeCertification
from db.store import Store
from monitor.clinic import Lists, NewPatient
from monitor.desk import OpenSession
from monitor.entries import Leaving
from monitor.identity import MendPatient, ShowChanges
from monitor.people import Sex
from monitor.signing import DraftReport
from reports.press import ReportPress
from tests.fakes.visit import Visit
from tests.integration.db.scribe import practice_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    assert made.check().findings == ()  # whatever a test wrote, the projections follow it
    made.close()


@pytest.fixture(params=["real", "fake"])
def visit(request: pytest.FixtureRequest) -> Visit:
    if request.param == "fake":
        return Visit()
    store: Store = request.getfixturevalue("store")
    return Visit(transaction=store.transaction)


def mend(visit: Visit, family: str = "Nowak-Lis") -> None:
    wanted = NewPatient(
        family=family, given="Anna", born="1984-03-12", sex=Sex.FEMALE, number="100234"
    )
    patient_id = visit.overview.patient.id
    MendPatient(visit.world)(visit.nurse, patient_id, wanted, "name changed")


def left(visit: Visit) -> Visit:
    """Let the patient be taken to another hospital."""
    return visit.started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell")


def test_that_every_list_names_a_session_as_its_own_record_does(visit: Visit) -> None:
    left(visit).signed()
    again = OpenSession(visit.world)(
        visit.nurse,
        patient_id=visit.overview.patient.id,
        protocol_id="iv-ketamine-40",
        chair="1",
        confirm=True,
    )
    visit.at("10:20")
    mend(visit)
    headers = {h.session_id: h for h in Lists(visit.world).sessions()}
    assert headers[visit.session_id].patient.family == "Nowak"
    assert headers[again].patient.family == "Nowak-Lis"
    assert headers[again].opened_at == visit.instant("10:05")
    assert [h.patient.family for h in Lists(visit.world).sessions("open")] == ["Nowak-Lis"]
    assert [h.patient.family for h in Lists(visit.world).sessions("signed")] == ["Nowak"]


def test_that_the_new_name_is_found_and_the_change_is_told(visit: Visit) -> None:
    mend(visit)
    (found,) = Lists(visit.world).patients("nowak-lis")
    assert found.id == visit.overview.patient.id
    (change,) = ShowChanges(visit.world)(found.id)
    assert (change.was.family, change.now.family) == ("Nowak", "Nowak-Lis")
    assert change.reason == "name changed"


def test_that_a_patient_is_still_found_by_what_was_known_before(visit: Visit) -> None:
    mend(visit, "Wrona")
    mend(visit, "Zając")
    lists = Lists(visit.world)
    assert [p.family for p in lists.patients("nowak")] == ["Zając"]
    assert [p.family for p in lists.patients("anna wrona")] == ["Zając"]
    assert lists.patients("nowak-lis") == ()


def test_that_a_session_that_was_mended_is_signed_over_both_names(visit: Visit) -> None:
    visit.started()
    mend(visit)
    visit.at("10:05").left(Leaving.TRANSFERRED, "felt unwell")
    visit.signed().co_signed()
    seen = visit.overview
    assert (seen.status, seen.patient.family) == ("co-signed", "Nowak-Lis")
    assert [a.old for a in seen.amendments] == ["Nowak, Anna"]
    assert all(signature.holds for signature in seen.signatures)


def test_that_the_report_of_a_signed_session_is_the_same_to_the_last_byte(store: Store) -> None:
    keys = PracticeCertification()
    visit = Visit(transaction=store.transaction, certification=keys, press=ReportPress())
    left(visit).signed()
    shown = DraftReport(visit.world)(visit.session_id)
    mend(visit)
    assert DraftReport(visit.world)(visit.session_id) == shown
    visit.co_signed()
    kept = DraftReport(visit.world)(visit.session_id)
    mend(visit, "Lis")
    assert DraftReport(visit.world)(visit.session_id) == kept


def test_that_the_sessions_own_document_is_of_the_newest_name(store: Store) -> None:
    visit = Visit(transaction=store.transaction)
    mend(visit)
    document = store.record_json(visit.session_id).decode()
    assert document.index('"family": "Nowak-Lis"') < document.index('"entries"')
    assert document.count('"family": "Nowak"') == 1
