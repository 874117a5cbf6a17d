"""A list of who looked at what, with names and words that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt

from monitor.access_list import AccessList, AccessRow, Happened
from monitor.people import Author, Role
from tests.fakes.clock import WARSAW

AT = dt.datetime(2026, 3, 2, 11, 30, tzinfo=dt.UTC)
NINA = Author("nk", Role.NURSE, "Nina Kowal", "RN")
UWE = Author("au", Role.AUDITOR, "=Uwe Auer")
LISTED = AccessList(
    rows=(
        AccessRow(
            "u1",
            AT,
            UWE,
            "desk",
            Happened.EXPORTED,
            "pdf",
            session_code="S-7F3A90C2",
            version=2,
            status="signed",
            sha256="ab" * 32,
            to="/media/audit/report.pdf",
        ),
        AccessRow("u2", AT, NINA, "desk", Happened.LOOKED, "patient", record_number="100234"),
        AccessRow("u3", AT, UWE, "desk", Happened.LOOKED, "search", asked="@SUM(A1)"),
        AccessRow("u4", AT, NINA, "desk", Happened.REFUSED, "co-signed", code="not-signed"),
    ),
    asked="2026-03-01 to today",
    zone=WARSAW,
)
