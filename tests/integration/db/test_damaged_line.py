"""One damaged line takes away no more than what it says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from db.store import Store
from monitor.desk import OpenSession
from monitor.errors import Code, IntegrityError, RefusedError
from tests.fakes.visit import Visit
from tests.integration.db.scribe import practice_store
from tests.integration.db.test_addenda import co_signed
from tests.integration.db.test_check import tamper

SPOILT = "UPDATE ledger SET body = CAST('{}' AS BLOB) WHERE kind = "


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    made.close()


@pytest.fixture
def visit(store: Store) -> Visit:
    return co_signed(Visit(transaction=store.transaction))


def test_that_a_kept_report_is_to_be_had_though_the_line_that_tells_of_it_is_spoilt(
    store: Store, visit: Visit
) -> None:
    with store.transaction() as tx:
        (before,) = tx.reports_of(visit.session_id)
    tamper(store, f"{SPOILT}'report kept'")
    with store.transaction() as tx:
        (after,) = tx.reports_of(visit.session_id)
        assert tx.reports_like(before.sha256) == (after,)
    assert (after.content, after.sha256) == (before.content, before.sha256)


def test_that_a_second_visit_can_begin_though_the_first_cannot_be_read(
    store: Store, visit: Visit
) -> None:
    patient = visit.overview.patient.id
    tamper(store, f"{SPOILT}'started'")
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.session(visit.session_id)
    begin = partial(
        OpenSession(visit.world),
        visit.nurse,
        patient_id=patient,
        protocol_id="iv-ketamine-40",
        chair="1",
    )
    with pytest.raises(RefusedError) as asked:
        begin()
    assert asked.value.code is Code.SEEN_TODAY
    assert "given_mg" not in asked.value.facts
    assert begin(confirm=True)
