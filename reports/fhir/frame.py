"""What every resource of a bundle needs: the session, the names of things, and their times."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from monitor.overview import SessionOverview
from monitor.people import Author
from reports.fhir.codes import ACT_REASON
from reports.fhir.elements import Element, coding, made

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:chairside:fhir")

_TEST = coding(ACT_REASON, "HTEST", "test health data")
"""HL7's mark for data of nobody, on every resource of a rehearsal."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The session that a bundle is made of, and the people whom its resources name.

    A name is made from what the record calls the thing, so the same record gives the same
    names; those of patient, staff and clinic are the same in all sessions of the clinic.

    Attributes:
        people: Everyone named so far, by account; the session's staff from the start.
    """

    overview: SessionOverview
    people: dict[str, Author] = field(default_factory=dict)

    @classmethod
    def of(cls, overview: SessionOverview) -> Frame:
        """Return the frame of a session."""
        return cls(overview, {author.user: author for author in overview.staff})

    # --- names --------------------------------------------------------------------------

    def name(self, *parts: str) -> str:
        """Return the name of a thing of this session: a UUID in lower case."""
        return self._named("session", self.overview.session_id, *parts)

    def lasting(self, *parts: str) -> str:
        """Return the name of a thing that is the same in every session of the clinic."""
        return self._named("clinic", self.overview.clinic.id, *parts)

    def _named(self, *parts: str) -> str:
        told = "".join(f"{len(part)}:{part}" for part in parts)
        return str(uuid.uuid5(_NAMES, told.encode("utf-8", "replace").decode()))

    @property
    def patient(self) -> Element:
        """Return a reference to the patient."""
        return reference(self.lasting("patient", self.overview.patient.id))

    @property
    def visit(self) -> Element:
        """Return a reference to the encounter."""
        return reference(self.name("encounter"))

    @property
    def clinic(self) -> Element:
        """Return a reference to the clinic."""
        return reference(self.lasting("organization"))

    @property
    def treatment(self) -> Element:
        """Return a reference to the procedure."""
        return reference(self.name("procedure"))

    def person(self, author: Author | None) -> Element | None:
        """Return a reference to a member of the staff, who is then in the bundle; None of none."""
        if author is None:
            return None
        self.people.setdefault(author.user, author)
        return reference(self.lasting("practitioner", author.user))

    # --- times --------------------------------------------------------------------------

    def when(self, instant: dt.datetime | None) -> str | None:
        """Return what the clock showed, with its offset from UTC; None of none."""
        if instant is None:
            return None
        return self.overview.local(instant).isoformat(timespec="seconds")

    def period(self, start: dt.datetime, end: dt.datetime | None) -> Element:
        """Return a span of time, which lasts as long as it did.

        Where the clock was set back in between, it showed an earlier time at the end than at the
        start. FHIR allows no such span, so its end is then told by the clock of its start.
        """
        if end is None:
            return made(start=self.when(start))
        begun, ended = self.overview.local(start), self.overview.local(end)
        if ended < begun:
            ended = begun + (end - start)
        return made(start=self.when(start), end=ended.isoformat(timespec="seconds"))

    # --- resources ----------------------------------------------------------------------

    def resource(self, kind: str, name: str, /, **parts: object) -> Element:
        """Return a resource.

        Args:
            kind: Its FHIR type.
            name: Its name, as `name` or `lasting` made it.
            parts: What it says; what is empty is left out.
        """
        profile = parts.pop("profile", "")
        meta = made(
            profile=[profile] if profile else [],
            tag=[_TEST] if self.overview.rehearsal else [],
        )
        return made(resourceType=kind, id=name, meta=meta, **parts)


def reference(name: str) -> Element:
    """Return a reference to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{name}"}
