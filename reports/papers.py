"""Makes the papers and tables of the record; implements `monitor.papers.Papers`.

What is slow to import (reportlab, pypdfium2) is imported with the first file that needs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from monitor.access_list import AccessList
from monitor.clock import OtherZone
from monitor.key_slots import RecoveryKey
from monitor.lateness import Lateness
from monitor.overview import SessionOverview
from monitor.people import Clinic
from monitor.ports import KeptReport
from monitor.register import RegisterView
from monitor.rems_worksheet import Worksheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Fixed(Generic[T]):
    """Returns always the same; unlike a function made on the spot it can be sent elsewhere."""

    value: T

    def __call__(self) -> T:
        return self.value


class ReportPapers:
    """Makes files of read-models, with the clinic's name on them.

    Args:
        clinic: Returns whose papers they are.
        head: Returns the hash of the ledger's last line, in hex.
        zone: The clinic's.
        schemas: Returns the schemas of the record's documents, by the name of the file.
    """

    def __init__(
        self,
        clinic: Callable[[], Clinic | None],
        head: Callable[[], str],
        zone: dt.tzinfo,
        schemas: Callable[[], dict[str, bytes]] = dict,
    ) -> None:
        self._clinic, self._head, self._zone, self._schemas = clinic, head, zone, schemas

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

    def access_csv(self, listed: AccessList) -> bytes:
        """Return who looked, what left and what was refused as a table."""
        from reports.whole_tables import access_csv

        return access_csv(listed)

    def access_pdf(self, listed: AccessList) -> bytes:
        """Draw who looked, what left and what was refused."""
        from reports.pdf.access_sheet import render

        return render(listed, *self._names(), self._head())

    def lateness_csv(self, seen: Lateness) -> bytes:
        """Return measured against entered as a table, one row for each entry."""
        from reports.lateness import lateness_csv

        return lateness_csv(seen)

    def lateness_pdf(self, seen: Lateness) -> bytes:
        """Draw how late entries were made, by whom, how often."""
        from reports.pdf.lateness_sheet import render

        return render(seen, *self._names(), self._head())

    def fhir(self, overview: SessionOverview, record: bytes, report: KeptReport | None) -> bytes:
        """Return a session as HL7 FHIR R4 bundle."""
        from reports.fhir import bundle

        return bundle(overview, record, report)

    def tables(
        self, overviews: Sequence[SessionOverview], *, head: bool = True
    ) -> dict[str, bytes]:
        """Return sessions as tables, by the name of the file."""
        from reports.whole_tables import tables

        return tables(overviews, head=head)

    def formats(self) -> dict[str, bytes]:
        """Return what says how the files are to be read: dictionary and JSON Schema."""
        from reports.whole_tables import dictionary

        return {"dictionary.csv": dictionary(), **self._schemas()}

    def rems_pdf(self, sheet: Worksheet) -> bytes:
        """Draw the REMS worksheet of a treatment, on US Letter: the programme is American."""
        from reports.pdf.rems_sheet import render

        return render(sheet)

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF of ours has."""
        from reports.pages import page_count

        return page_count(pdf)

    def apart(self) -> ReportPapers:
        """Return what makes the same papers in another process, as things stand now."""
        zone = self._zone.zone if isinstance(self._zone, OtherZone) else self._zone
        return type(self)(_Fixed(self._clinic()), _Fixed(self._head()), zone)

    def _names(self) -> tuple[str, str]:
        clinic = self._clinic()
        return ("", "") if clinic is None else (clinic.name, clinic.address)
