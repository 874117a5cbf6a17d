"""A session that is handed out as FHIR bundle: what leaves, and what is written about it."""

from __future__ import annotations

import hashlib

import pytest

from monitor.entries import Exported
from monitor.errors import NotFoundError
from monitor.fhir_export import ExportFhir
from monitor.people import Clinic
from reports.papers import ReportPapers
from tests.fakes.clock import WARSAW
from tests.fakes.fhir_sessions import read, resources
from tests.fakes.signing_desk import closed_visit
from tests.fakes.visit import Visit

PAPERS = ReportPapers(lambda: Clinic("c1", "Riverside Clinic"), lambda: "", WARSAW)


def exported(visit: Visit) -> list[Exported]:
    """Return what the record says about files that left."""
    return [e.what for e in visit.store.entries if isinstance(e.what, Exported)]


@pytest.fixture
def visit() -> Visit:
    return closed_visit()


def test_that_a_bundle_that_leaves_is_an_entry_with_its_hash_and_where_to(visit: Visit) -> None:
    content = ExportFhir(visit.world, PAPERS)(visit.session_id, visit.nurse, "/exports/a.json")
    sha256 = hashlib.sha256(content).hexdigest()
    assert exported(visit) == [Exported(visit.session_id, "fhir", sha256, "/exports/a.json")]
    assert visit.store.entries[-1].by == visit.nurse


def test_that_only_a_finished_report_is_in_it(visit: Visit) -> None:
    export = ExportFhir(visit.world, PAPERS)
    before = read(export(visit.session_id, visit.nurse, "a"))
    visit.at("11:58").signed().at("12:31").co_signed()
    after = read(export(visit.session_id, visit.nurse, "b"))
    kinds = [len(resources(made, "DocumentReference")) for made in (before, after)]
    assert kinds == [1, 2]


def test_that_it_says_the_same_on_another_day(visit: Visit) -> None:
    export = ExportFhir(visit.world, PAPERS)
    today = export(visit.session_id, visit.nurse, "a")
    visit.clock.advance(seconds=100_000)
    assert export(visit.session_id, visit.nurse, "b") == today


def test_that_a_session_that_is_not_there_leaves_nothing_behind(visit: Visit) -> None:
    with pytest.raises(NotFoundError):
        ExportFhir(visit.world, PAPERS)("none", visit.nurse, "a")
    assert exported(visit) == []
