"""Makes the papers and tables of the record; implements `monitor.papers.Papers`.

What is slow to import (reportlab, pypdfium2) is imported with the first file that needs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from monitor.key_slots import RecoveryKey
from monitor.overview import SessionOverview
from monitor.people import Clinic
from monitor.register import RegisterView


class ReportPapers:
    """Makes files of read-models, with the clinic's name on them.

    Args:
        clinic: Returns whose papers they are.
        head: Returns the hash of the ledger's last line, in hex.
        zone: The clinic's.
    """

    def __init__(
        self, clinic: Callable[[], Clinic | None], head: Callable[[], str], zone: dt.tzinfo
    ) -> None:
        self._clinic, self._head, self._zone = clinic, head, zone

    def recovery_sheet(self, key: RecoveryKey) -> bytes:
        """Draw the sheet of a recovery key, to be printed."""
        from reports.pdf.recovery_sheet import RecoverySheet, render

        day = key.made.astimezone(self._zone).date()
        return render(RecoverySheet(self._names()[0], key.groups, key.store, day))

    def register_csv(self, view: RegisterView) -> bytes:
        """Return the controlled-drug register as a table."""
        from reports.register import register_csv

        return register_csv(view)

    def register_pdf(self, view: RegisterView) -> bytes:
        """Draw the controlled-drug register."""
        from reports.pdf.register_sheet import render

        return render(view, *self._names(), self._head())

    def sheet_csv(self, overview: SessionOverview) -> bytes:
        """Return a session's sheet as a table."""
        from reports.tables import sheet_csv

        return sheet_csv(overview)

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF of ours has."""
        from reports.pages import page_count

        return page_count(pdf)

    def _names(self) -> tuple[str, str]:
        clinic = self._clinic()
        return ("", "") if clinic is None else (clinic.name, clinic.address)
