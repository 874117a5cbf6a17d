"""Makes the files of the session report, and reads those that come back.

Implements `monitor.ports.Press`. What is slow to import (reportlab, pikepdf, pyHanko) is
imported with the first file that needs it.
"""

from __future__ import annotations

from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from monitor.sealed_file import CertificateFacts, FileFacts


class ReportPress:
    """Draws, archives, seals and reads."""

    def warm(self) -> None:
        """Import what the first sealed file would wait for."""
        from reports.pdf.session_report import render
        from reports.sealing.archive import archived
        from reports.sealing.seal import sealed

        _ = render, archived, sealed

    def draw(self, overview: SessionOverview) -> bytes:
        """Return the report as PDF; the same overview gives the same bytes."""
        from reports.pdf.session_report import render

        return render(overview)

    def archive(self, overview: SessionOverview, record: bytes) -> bytes:
        """Return the report as PDF/A-3b with the record attached; the same gives the same."""
        from reports.sealing.archive import archived

        return archived(self.draw(overview), overview, record)

    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        """Return `archive`'s file signed by its last signer, with the stamp in its box."""
        from reports.pdf.session_report import drawing
        from reports.sealing.archive import archived
        from reports.sealing.seal import sealed

        drawn = drawing(overview)
        if drawn.seal is None:
            raise ValueError("a draft is not sealed")
        return sealed(archived(drawn.content, overview, record), overview, drawn.seal, key)

    def read(self, content: bytes) -> FileFacts:
        """Return what can be seen in a file, of whatever kind; it never raises."""
        from reports.reading import read

        return read(content)

    @staticmethod
    def read_certificate(pem: str) -> CertificateFacts | None:
        """Return what an authority's certificate says; None where it is none; it never raises."""
        from reports.reading.certificates import authority_facts

        return authority_facts(pem)
