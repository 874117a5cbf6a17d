"""The papers and tables that are made of the record; `reports` makes them, by shape alone.

The sealed session report is not among them: `monitor.ports.Press` makes that one.
"""

from __future__ import annotations

from typing import Protocol

from monitor.key_slots import RecoveryKey
from monitor.overview import SessionOverview
from monitor.register import RegisterView


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

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF of ours has."""
        ...
