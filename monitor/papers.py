"""The papers and tables that are made of the record; `reports` makes them, by shape alone.

The sealed session report is not among them: `monitor.ports.Press` makes that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from monitor.access_list import AccessList
from monitor.key_slots import RecoveryKey
from monitor.lateness import Lateness
from monitor.overview import SessionOverview
from monitor.ports import KeptReport
from monitor.register import RegisterView
from monitor.rems_worksheet import Worksheet


class Papers(Protocol):
    """Makes files of read-models; the same read-model gives the same bytes."""

    def recovery_sheet(self, key: RecoveryKey) -> bytes:
        """Draw the sheet of a recovery key, to be printed."""
        ...

    def register_csv(self, view: RegisterView) -> bytes:
        """Return the controlled-drug register as a table."""
        ...

    def register_pdf(self, view: RegisterView) -> bytes:
        """Draw the controlled-drug register."""
        ...

    def sheet_csv(self, overview: SessionOverview) -> bytes:
        """Return a session's sheet as a table."""
        ...

    def access_csv(self, listed: AccessList) -> bytes:
        """Return who looked, what left and what was refused as a table."""
        ...

    def access_pdf(self, listed: AccessList) -> bytes:
        """Draw who looked, what left and what was refused."""
        ...

    def lateness_csv(self, seen: Lateness) -> bytes:
        """Return measured against entered as a table, one row for each entry."""
        ...

    def lateness_pdf(self, seen: Lateness) -> bytes:
        """Draw how late entries were made, by whom, how often."""
        ...

    def fhir(self, overview: SessionOverview, record: bytes, report: KeptReport | None) -> bytes:
        """Return a session as HL7 FHIR R4 bundle.

        Args:
            overview: The session.
            record: Its whole record as one document.
            report: Its newest sealed report; None where there is none.
        """
        ...

    def tables(
        self, overviews: Sequence[SessionOverview], *, head: bool = True
    ) -> dict[str, bytes]:
        """Return sessions as tables, by the name of the file.

        Args:
            overviews: In the order of the rows.
            head: Whether the names of the columns come first; several calls' rows can be put
                one after another, where only the first has them.
        """
        ...

    def formats(self) -> dict[str, bytes]:
        """Return what says how the files are to be read, by the name of the file."""
        ...

    def rems_pdf(self, sheet: Worksheet) -> bytes:
        """Draw the REMS worksheet of a treatment."""
        ...

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF of ours has."""
        ...

    def apart(self) -> Papers:
        """Return what makes the same papers in another process; no record goes with it.

        The clinic's name and the ledger's head in them are those of now.
        """
        ...
