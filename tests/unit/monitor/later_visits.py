"""Other patients, other protocols and later visits, in the clinic of a visit."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from monitor.clinic import ApproveProtocol, NewPatient, RegisterPatient
from monitor.desk import OpenSession
from monitor.people import Sex
from monitor.protocols.loading import parse, shipped
from monitor.protocols.protocol import Protocol
from tests.fakes.visit import Visit

_CHAIRS = itertools.count(10)
_NUMBERS = itertools.count(200)


def approve(visit: Visit, protocol: str, change: Callable[[str], str] = str) -> Protocol:
    """Have a shipped draft approved, with changes to its text."""
    draft = next(p for p in shipped() if p.id == protocol)
    approved = parse(change(draft.content))
    ApproveProtocol(visit.world)(visit.prescriber, approved)
    return approved


def come_again(visit: Visit, days: int = 7, protocol: str = "") -> Visit:
    """Let the same patient come another day, in another chair."""
    opened = visit.session.opened
    visit.clock.advance(days=days)
    visit.at("09:48")
    visit.session_id = OpenSession(visit.world)(
        visit.nurse,
        patient_id=opened.patient.id,
        protocol_id=protocol or opened.protocol,
        chair=str(next(_CHAIRS)),
        confirm=True,
    )
    return visit


def another(visit: Visit, born: str, sex: Sex = Sex.FEMALE) -> Visit:
    """Let another patient come, born on that day."""
    wanted = NewPatient(family="Lis", given="Ewa", born=born, sex=sex, number=str(next(_NUMBERS)))
    patient = RegisterPatient(visit.world)(visit.nurse, wanted)
    visit.session_id = OpenSession(visit.world)(
        visit.nurse,
        patient_id=patient.id,
        protocol_id=visit.session.opened.protocol,
        chair=str(next(_CHAIRS)),
        confirm=True,
    )
    return visit
