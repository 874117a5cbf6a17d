"""One session handed out as an HL7 FHIR R4 bundle, for another system to read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from monitor.desk import ACCESS, World, overview_of, record_of, write
from monitor.entries import Draft, Exported
from monitor.papers import Papers
from monitor.people import Author

FORM = "fhir"
"""What an `Exported` of it says."""


@dataclass(frozen=True, slots=True)
class ExportFhir:
    """Hand a session out as a bundle; who, when, where to and its hash are an entry.

    Attributes:
        papers: Makes the bundle.
    """

    world: World
    papers: Papers

    def __call__(self, session_id: str, author: Author, to: str) -> bytes:
        """Return the bundle of a session as it stands, with its newest finished report.

        Args:
            session_id: Which session.
            author: Who hands it out.
            to: The file.

        Raises:
            NotFoundError: If there is no such session.
        """
        moment = self.world.clock.moment()
        with self.world.looking() as tx:
            overview = overview_of(self.world, tx, session_id, moment.now)
            record = record_of(tx, overview)
            kept = [each for each in tx.reports_of(session_id) if each.status == "signed"]
        content = self.papers.fhir(overview, record, kept[-1] if kept else None)
        with self.world.transaction() as tx:
            exported = Exported(session_id, FORM, hashlib.sha256(content).hexdigest(), to)
            draft = Draft(exported, moment.now, self.world.new_uid())
            write(self.world, tx, ACCESS, [draft], author=author, moment=moment)
        return content
