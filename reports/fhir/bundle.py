"""The bundle of a session, put together; the same record gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from monitor.overview import SessionOverview
from monitor.ports import KeptReport
from reports.fhir import asked, drug, happened, measured, persons, visit, vouching
from reports.fhir.codes import SESSION
from reports.fhir.elements import Element, identifier, made, written
from reports.fhir.frame import Frame


def bundle(overview: SessionOverview, record: bytes, report: KeptReport | None) -> bytes:
    """Return a session as a FHIR R4 bundle, in UTF-8, one resource on each line.

    Args:
        overview: The session.
        record: Its whole record as one document, as `monitor.ports.Transaction.record` has it.
        report: Its newest sealed report; None where there is none.
    """
    said: dict[str, Any] = json.loads(record)
    frame = Frame.of(overview)
    resources = list(_resources(frame, said, record, report))
    resources += persons.staff(frame)
    head = made(
        resourceType="Bundle",
        identifier=identifier(SESSION, f"{overview.code} version {overview.version}"),
        type="collection",
        timestamp=_written_last(said),
    )
    opening = written(head)[:-1]
    entries = ",\n".join(
        written({"fullUrl": f"urn:uuid:{each['id']}", "resource": each}) for each in resources
    )
    return f'{opening},"entry":[\n{entries}\n]}}\n'.encode()


def _written_last(said: dict[str, Any]) -> str | None:
    """Return when the last entry was written; the bundle says how things stood then."""
    return max((str(entry["recorded_at"]) for entry in said["entries"]), default=None)


def _resources(
    frame: Frame, said: dict[str, Any], record: bytes, report: KeptReport | None
) -> Iterator[Element]:
    """Give all but the staff, whom these name."""
    yield persons.patient(frame)
    yield from persons.allergies(frame)
    yield persons.clinic(frame)
    yield persons.chair(frame)
    yield from persons.escort(frame)
    yield visit.encounter(frame)
    yield visit.procedure(frame)
    yield from drug.order(frame)
    yield from drug.medications(frame)
    yield from drug.devices(frame)
    yield from drug.administrations(frame)
    yield from asked.body(frame)
    yield from asked.figures(frame)
    yield from measured.readings(frame)
    yield from asked.ratings(frame)
    yield from happened.events(frame)
    yield from happened.alerts(frame)
    yield from happened.addenda(frame)
    yield from vouching.documents(frame, record, report)
    yield from vouching.signatures(frame, said["entries"], report)
    yield from vouching.changes(frame)
