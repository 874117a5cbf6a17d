"""Who was treated, who treated, and where."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.people import Author
from reports.fhir.codes import (
    ALLERGY_STATUS,
    ALLERGY_SURE,
    CLINIC,
    IDENTIFIER_TYPE,
    PATIENT,
    ROLE,
    USER,
)
from reports.fhir.elements import Element, coding, concept, identifier, made, said
from reports.fhir.frame import Frame, reference


def patient(frame: Frame) -> Element:
    """Return the patient, as known when the session was recorded."""
    known = frame.overview.patient
    number = identifier(PATIENT, known.number)
    if number:
        number["type"] = concept(coding(IDENTIFIER_TYPE, "MR", "Medical record number"))
        number["assigner"] = frame.clinic
    name = made(family=known.family, given=[known.given], text=known.name)
    return frame.resource(
        "Patient",
        frame.lasting("patient", known.id),
        identifier=[number],
        name=[made(use="official", **name) if name else {}],
        gender=known.sex.value,
        birthDate=known.born.isoformat(),
        managingOrganization=frame.clinic,
    )


def allergies(frame: Frame) -> Iterator[Element]:
    """Give what the patient told of allergies; nothing where none was told."""
    for place, told in enumerate(frame.overview.patient.allergies):
        if said(told):
            yield frame.resource(
                "AllergyIntolerance",
                frame.name("allergy", str(place)),
                clinicalStatus=concept(coding(ALLERGY_STATUS, "active")),
                verificationStatus=concept(coding(ALLERGY_SURE, "unconfirmed")),
                code=concept(text=told),
                patient=frame.patient,
                encounter=frame.visit,
            )


def clinic(frame: Frame) -> Element:
    """Return the clinic."""
    known = frame.overview.clinic
    return frame.resource(
        "Organization",
        frame.lasting("organization"),
        identifier=[identifier(CLINIC, known.id)],
        name=known.name,
        address=[made(text=known.address)],
    )


def chair(frame: Frame) -> Element:
    """Return the place where the patient was treated."""
    name = said(frame.overview.chair)
    return frame.resource(
        "Location",
        frame.lasting("location", frame.overview.chair),
        status="active",
        mode="instance",
        name=f"Chair {name}".strip(),
        managingOrganization=frame.clinic,
    )


def escort(frame: Frame) -> Iterator[Element]:
    """Give whoever went along when the patient left, where somebody did."""
    if said(frame.overview.escort):
        yield frame.resource(
            "RelatedPerson",
            frame.name("escort"),
            patient=frame.patient,
            relationship=[concept(text="escort")],
            name=[made(text=frame.overview.escort)],
        )


def staff(frame: Frame) -> Iterator[Element]:
    """Give everyone whom a resource made so far has named, with the role they had."""
    for user, author in sorted(frame.people.items()):
        yield _practitioner(frame, user, author)
        yield frame.resource(
            "PractitionerRole",
            frame.lasting("role", user, author.role.value),
            practitioner=reference(frame.lasting("practitioner", user)),
            organization=frame.clinic,
            code=[concept(coding(ROLE, author.role.value), text=author.role.value)],
        )


def _practitioner(frame: Frame, user: str, author: Author) -> Element:
    credential = concept(text=author.credential)
    return frame.resource(
        "Practitioner",
        frame.lasting("practitioner", user),
        identifier=[identifier(USER, user)],
        name=[made(text=author.name)],
        qualification=[made(code=credential)],
    )
