"""What the columns of the controlled-drug register's table mean: for the data dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEVER = "never"
_NOT_SAID = "not said, or not that kind of row"


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column, as `reports.register` writes it."""

    name: str
    meaning: str
    unit: str = ""
    empty: str = _NOT_SAID


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The table, and what the data dictionary says of it."""

    file: str
    row: str
    columns: Sequence[RegisterColumn]


_BEFORE_IT_BEGAN = "before the register began"

REGISTER = RegisterTable(
    "register.csv",
    "one thing that happened to one lot, or what a lot came to before the days that were asked for",
    (
        RegisterColumn(
            "when (local time)", "When, with the offset; the day alone of what is carried forward."
        ),
        RegisterColumn("what", "received, taken out, lost, counted and so on.", "", NEVER),
        RegisterColumn("product", "Which product, in words."),
        RegisterColumn("lot", "Its lot number."),
        RegisterColumn("expiry", "Until when it may be used."),
        RegisterColumn("in (mg)", "What came in.", "mg"),
        RegisterColumn("out (mg)", "What went out.", "mg"),
        RegisterColumn("containers", "How many whole ones that was."),
        RegisterColumn("drawn for the dose (mg)", "Of what was taken out, drawn up.", "mg"),
        RegisterColumn("wasted of what was taken out (mg)", "Of it, thrown away.", "mg"),
        RegisterColumn("found (mg)", "Of a count: what was there.", "mg"),
        RegisterColumn("expected (mg)", "Of a count: what the register said.", "mg"),
        RegisterColumn("difference (mg)", "Found less expected.", "mg"),
        RegisterColumn("stock of the lot (mg)", "Of the lot afterwards.", "mg", _BEFORE_IT_BEGAN),
        RegisterColumn("containers of the lot", "Whole ones of it afterwards."),
        RegisterColumn(
            "stock of the product (mg)", "Of all its lots afterwards.", "mg", _BEFORE_IT_BEGAN
        ),
        RegisterColumn("patient", "Whom it was for.", "", "not of a session"),
        RegisterColumn("record number", "The patient's number.", "", "not of a session"),
        RegisterColumn("session", "As in sessions.csv.", "", "not of a session"),
        RegisterColumn("by", "Who wrote it."),
        RegisterColumn("witness", "Who saw it.", "", "none was asked"),
        RegisterColumn("document", "Number of the delivery note or the form."),
        RegisterColumn("reason", "Why, as typed."),
        RegisterColumn("before it was amended", "What the row said before.", "", "not amended"),
        RegisterColumn("flag", "What does not agree: more taken out than there was, another date."),
    ),
)
