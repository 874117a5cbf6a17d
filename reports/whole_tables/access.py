"""The table of who looked, what left and what was refused: of no session, but of the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from monitor.access_list import AccessList, AccessRow
from monitor.access_words import what_words
from reports.tables import Cell, harmless
from reports.whole_tables.column import NEVER


@dataclass(frozen=True, slots=True)
class AccessColumn:
    """One column, as `reports.whole_tables.column.Column` of a session's."""

    name: str
    meaning: str
    value: Callable[[AccessList, AccessRow], object]
    empty: str = NEVER
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AccessTable:
    """The table, and what the data dictionary says of it."""

    file: str
    row: str
    columns: tuple[AccessColumn, ...]

    def cells(self, listed: AccessList) -> list[list[Cell]]:
        """Return the rows, ready to be written: instants local, texts harmless."""
        return [
            [harmless(column.value(listed, row)) for column in self.columns] for row in listed.rows
        ]


def _when(listed: AccessList, row: AccessRow) -> str:
    return row.at.astimezone(listed.zone).isoformat(timespec="seconds")


ACCESS = AccessTable(
    "access.csv",
    "one thing that somebody did with the record: looked, handed out, verified, was refused",
    (
        AccessColumn("at", "When, local time.", _when),
        AccessColumn("name", "Who, by name at that time.", lambda _, row: row.by.name),
        AccessColumn("user", "The user name; os: is the command line.", lambda _, row: row.by.user),
        AccessColumn("role", "The role at that time.", lambda _, row: row.by.role.value),
        AccessColumn("station", "At which computer.", lambda _, row: row.station),
        AccessColumn(
            "kind",
            "exported, verified, refused, looked or present (logged in or out, locked).",
            lambda _, row: row.happened.value,
        ),
        AccessColumn(
            "what",
            "Form of the file, answer, what was asked for or looked at, how somebody came or went.",
            lambda _, row: row.what,
        ),
        AccessColumn("in_words", "The same as a person reads it.", lambda _, row: what_words(row)),
        AccessColumn(
            "session",
            "The session's short name, as in sessions.csv.",
            lambda _, row: row.session_code,
            "about no session",
        ),
        AccessColumn(
            "record_number",
            "The patient's number.",
            lambda _, row: row.record_number,
            "no look at a patient's page",
        ),
        AccessColumn(
            "report_version",
            "Of the kept report.",
            lambda _, row: row.version or "",
            "about no kept report",
        ),
        AccessColumn(
            "report_status",
            "signed or draft, of that report.",
            lambda _, row: row.status,
            "about no kept report",
        ),
        AccessColumn(
            "asked",
            "What was asked for: criteria, a seed, days.",
            lambda _, row: row.asked,
            "no question",
        ),
        AccessColumn("refused_because", "Why, as a code.", lambda _, row: row.code, "not refused"),
        AccessColumn(
            "to", "Where a file went: its path, or the printer.", lambda _, row: row.to, "not said"
        ),
        AccessColumn("sha256", "Of the file, in hex.", lambda _, row: row.sha256, "about no file"),
    ),
)
