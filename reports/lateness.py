"""Measured against entered as a table for spreadsheets: one row for each entry."""

from __future__ import annotations

import csv
import io

from monitor.lateness import Kind, Lag, Lateness
from reports.tables import harmless, slot_name
from reports.wording import person

HEAD = (
    "session",
    "what was entered",
    "which",
    "measured (local time)",
    "entered (local time)",
    "minutes between",
    "entered after the session was closed",
    "amended later",
    "by",
    "user",
    "role",
)


def lateness_csv(seen: Lateness) -> bytes:
    """Return the list as CSV in UTF-8, every cell quoted, the latest entries first.

    Times are local, ISO 8601 with their offset. A text that a spreadsheet would run as a
    formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in _row(lag)] for lag in seen.lags)
    return out.getvalue().encode("utf-8")


def _row(lag: Lag) -> list[object]:
    return [
        lag.session_code,
        lag.kind.value,
        slot_name(lag.what) if lag.kind is Kind.READING else lag.what,
        lag.local_measured.isoformat(timespec="seconds"),
        lag.local_entered.isoformat(timespec="seconds"),
        lag.minutes,
        "yes" if lag.after_end else "no",
        "yes" if lag.amended else "no",
        person(lag.by),
        lag.by.user,
        lag.by.role.value,
    ]
