"""Who vouches for the session, who changed or checked what, and the documents it stands in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.ports import KeptReport
from monitor.signature_view import AddendumView, SignatureView
from reports.fhir.codes import AGENT, OPERATION, OURS, SHA256, SIGNATURE
from reports.fhir.elements import Element, coding, concept, extension, identifier, made
from reports.fhir.frame import Frame, reference

_AUTHOR = coding(SIGNATURE, "1.2.840.10065.1.12.1.1", "Author's Signature")
_REVIEW = coding(SIGNATURE, "1.2.840.10065.1.12.1.13", "Review Signature")
_ADDENDUM = coding(SIGNATURE, "1.2.840.10065.1.12.1.15", "Addendum Signature")

Said = Mapping[str, Any]
"""An entry as it stands in the session's record."""


# --- documents -------------------------------------------------------------------------------


def documents(frame: Frame, record: bytes, report: KeptReport | None) -> Iterator[Element]:
    """Give the session's record, by its hash, and the sealed report, whole, where there is one."""
    code, signed = frame.overview.code, frame.overview.status == "co-signed"
    yield frame.resource(
        "DocumentReference",
        frame.name("record"),
        identifier=[identifier(SHA256, hashlib.sha256(record).hexdigest())],
        status="current",
        docStatus="final" if signed else "preliminary",
        type=concept(coding(OURS + "document", "record"), text="Record of the session"),
        subject=frame.patient,
        content=[made(attachment=_attachment(record, "application/json", f"{code}.json"))],
        context=made(encounter=[frame.visit]),
    )
    if report is None:
        return
    sealed = _attachment(report.content, "application/pdf", f"{code}.pdf")
    sealed["data"] = base64.b64encode(report.content).decode("ascii")
    yield frame.resource(
        "DocumentReference",
        frame.name("report", str(report.version)),
        identifier=[identifier(SHA256, report.sha256)],
        status="current",
        docStatus="final" if report.version == 1 else "amended",
        type=concept(coding(OURS + "document", "report"), text="Sealed report of the session"),
        subject=frame.patient,
        date=frame.when(report.kept_at),
        custodian=frame.clinic,
        description=f"Version {report.version}",
        content=[made(attachment=sealed)],
        context=made(encounter=[frame.visit]),
    )


def _attachment(content: bytes, kind: str, title: str) -> Element:
    """Return what an attachment is; FHIR's own hash is SHA-1, beside the SHA-256 elsewhere."""
    sha1 = hashlib.sha1(content, usedforsecurity=False).digest()
    return made(
        contentType=kind,
        size=len(content),
        hash=base64.b64encode(sha1).decode("ascii"),
        title=title,
    )


# --- signatures ------------------------------------------------------------------------------


def signatures(
    frame: Frame, entries: Sequence[Said], report: KeptReport | None
) -> Iterator[Element]:
    """Give each signature that holds; one that an amendment has voided stands in the record.

    Args:
        frame: The session.
        entries: Of the session's record: the signatures' own bytes stand there.
        report: The sealed report, where there is one.
    """
    left = [entry for entry in entries if "signature" in entry]
    targets = [frame.visit]
    if report:
        targets.append(reference(frame.name("report", str(report.version))))
    for place, each in enumerate(frame.overview.signatures):
        data = _taken(left, each)
        if each.holds:
            kind = _REVIEW if each.co_signature else _AUTHOR
            yield _signature(frame, f"signature {place}", each, (kind, data), targets)
    for place, added in enumerate(frame.overview.addenda):
        data = _taken(left, added)
        about = [reference(frame.name("addendum", str(place))), *targets]
        yield _signature(frame, f"addendum signature {place}", added, (_ADDENDUM, data), about)


def _taken(left: list[Said], each: SignatureView | AddendumView) -> str:
    """Return the signature's bytes in base64, each once; empty from before people had keys."""
    for entry in left:
        same = (entry["by"]["user"], entry["digest"], entry["certificate"])
        if same == (each.by.user, each.digest, each.certificate):
            left.remove(entry)
            return str(entry["signature"])
    return ""


def _signature(
    frame: Frame,
    name: str,
    each: SignatureView | AddendumView,
    what: tuple[Element, str],
    targets: Sequence[Element],
) -> Element:
    kind, data = what
    who, when = frame.person(each.by), frame.when(each.at)
    return frame.resource(
        "Provenance",
        frame.name(name),
        extension=[
            extension(OURS + "session-digest", valueString=each.digest),
            extension(OURS + "certificate-sha-256", valueString=each.certificate),
        ],
        target=targets,
        occurredDateTime=when,
        recorded=when,
        activity=concept(text=each.meaning),
        agent=[made(type=concept(coding(AGENT, "attester", "Attester")), who=who)],
        entity=[made(role="source", what=reference(frame.name("record")))],
        signature=[
            made(
                type=[kind],
                when=when,
                who=who,
                targetFormat="application/json" if data else None,
                sigFormat="application/octet-stream" if data else None,
                data=data,
            )
        ],
    )


# --- changes and checks ----------------------------------------------------------------------


def changes(frame: Frame) -> Iterator[Element]:
    """Give each amendment with what it said before, each second check, each override."""
    for amended in frame.overview.amendments:
        yield frame.resource(
            "Provenance",
            frame.name("amendment", amended.number),
            extension=[
                extension(OURS + "about", valueString=amended.about),
                extension(OURS + "was", valueString=amended.old),
                extension(OURS + "now", valueString=amended.new),
            ],
            target=[frame.visit],
            recorded=frame.when(amended.at),
            reason=[concept(text=amended.reason)],
            activity=concept(coding(OPERATION, "UPDATE", "revise"), text="amendment"),
            agent=[
                made(type=concept(coding(AGENT, "author", "Author")), who=frame.person(amended.by))
            ],
        )
    yield from _checks(frame)
    yield from _overrides(frame)


def _checks(frame: Frame) -> Iterator[Element]:
    for place, check in enumerate(frame.overview.dose.checks):
        verifier = concept(coding(AGENT, "verifier", "Verifier"))
        yield frame.resource(
            "Provenance",
            frame.name("check", str(place)),
            extension=[extension(OURS + "same-figures", valueBoolean=check.same)],
            target=[frame.treatment],
            recorded=frame.when(check.at),
            activity=concept(text="second check of the dose"),
            agent=[
                made(type=verifier, who=frame.person(check.by)),
                made(type=concept(coding(AGENT, "author")), who=frame.person(check.first_by)),
            ],
        )


def _overrides(frame: Frame) -> Iterator[Element]:
    for place, each in enumerate(frame.overview.overrides):
        yield frame.resource(
            "Provenance",
            frame.name("override", str(place)),
            target=[frame.treatment],
            recorded=frame.when(each.at),
            reason=[concept(text=each.reason)],
            activity=concept(coding(OURS + "override", each.what), text="override"),
            agent=[made(type=concept(coding(AGENT, "author")), who=frame.person(each.by))],
        )
