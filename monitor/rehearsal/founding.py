"""Founds the clinic in which rehearsals are played."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.clinic import (
    ApproveProtocol,
    FoundClinic,
    NewAccount,
    NewPatient,
    RegisterPatient,
)
from monitor.desk import World
from monitor.people import Author, Patient
from monitor.rehearsal.making_up import password
from monitor.rehearsal.script import Script

CHAIRS = ("1", "2", "3", "4", "5", "6")
"""What a rehearsal's clinic has, besides the chairs that the files name."""


def found(world: World, scripts: Sequence[Script], author: Callable[[str], Author]) -> None:
    """Found the clinic with everyone in it, approve the protocols, register the patients.

    Args:
        world: Nothing is in it yet.
        scripts: One or several that go together (`monitor.rehearsal.day`).
        author: Returns a person, logged in.

    Raises:
        MonitorError: If one of them is refused; then the rehearsal cannot begin.
    """
    staff = {person.user: person for script in scripts for person in script.staff}
    people = [
        NewAccount(
            user=person.user,
            name=person.name,
            role=person.role,
            credential=person.credential,
            password=password(scripts[0].hash, person.user),
        )
        for person in staff.values()
    ]
    chairs = tuple(dict.fromkeys((*CHAIRS, *(script.chair for script in scripts))))
    authority = password(scripts[0].hash, "authority")
    FoundClinic(world)(scripts[0].clinic, "", chairs, people, authority)
    approved, registered = set[str](), set[str]()
    for script in scripts:
        prescriber = author(script.prescriber.user)
        if script.protocol not in approved:
            ApproveProtocol(world)(prescriber, script.draft, rehearsal=True)
        if script.patient.number not in registered:
            RegisterPatient(world)(prescriber, _wanted(script.patient))
        approved.add(script.protocol)
        registered.add(script.patient.number)


def _wanted(patient: Patient) -> NewPatient:
    return NewPatient(
        family=patient.family,
        given=patient.given,
        born=patient.born.isoformat(),
        sex=patient.sex,
        number=patient.number,
        allergies=patient.allergies,
    )
