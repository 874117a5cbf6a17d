"""Whoever is an auditor looks, verifies and hands out, and writes nothing of a treatment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor import acts
from monitor.acts import Act, Cancel
from monitor.clinic import ApproveProtocol, NewPatient, RegisterPatient, RenameClinic
from monitor.desk import OpenSession, Perform
from monitor.errors import Code, RefusedError
from monitor.people import Author, Clinic, Role, Sex
from monitor.protocols import shipped
from monitor.whole_export import PlanExport
from tests.fakes.visit import Visit

AUDITOR = Author("au", Role.AUDITOR, "Uwe Auer")
ACTS = sorted(
    {each for each in vars(acts).values() if isinstance(each, type) and issubclass(each, Act)}
    - {Act},
    key=lambda act: act.__name__,
)
NEW = NewPatient(family="Lis", given="Ewa", born="1990-01-01", sex=Sex.FEMALE, number="1")


def test_that_there_are_acts_to_be_asked() -> None:
    assert len(ACTS) > 25


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_that_no_act_at_the_chair_is_an_auditors(act: type[Act]) -> None:
    assert Role.AUDITOR not in act.allowed


Try = Callable[[Visit], object]
TRIES: dict[str, Try] = {
    "act": lambda v: Perform(v.world)(v.session_id, AUDITOR, Cancel(reason="tired")),
    "session": lambda v: OpenSession(v.world)(
        AUDITOR, patient_id="p", protocol_id="iv-ketamine-40", chair="1"
    ),
    "patient": lambda v: RegisterPatient(v.world)(AUDITOR, NEW),
    "protocol": lambda v: ApproveProtocol(v.world)(AUDITOR, shipped()[0]),
    "clinic": lambda v: RenameClinic(v.world)(AUDITOR, Clinic("c", "Another")),
}


@pytest.mark.parametrize("what", TRIES)
def test_that_what_an_auditor_tries_to_write_is_refused_and_leaves_nothing(what: str) -> None:
    visit = Visit()
    before = tuple(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        TRIES[what](visit)
    assert caught.value.code is Code.NOT_ALLOWED
    assert tuple(visit.store.entries) == before


def test_that_an_auditor_may_hand_everything_out() -> None:
    visit = Visit()
    day = visit.clock.now().date()
    assert PlanExport(visit.world)(AUDITOR, day, day).sessions
