"""The controlled-drug register as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from monitor.register import LotStock, RegisterRow, RegisterView
from monitor.units import plain
from reports.tables import Cell, harmless
from reports.wording import person

HEAD = (
    "when (local time)",
    "what",
    "product",
    "lot",
    "expiry",
    "in (mg)",
    "out (mg)",
    "containers",
    "drawn for the dose (mg)",
    "wasted of what was taken out (mg)",
    "found (mg)",
    "expected (mg)",
    "difference (mg)",
    "stock of the lot (mg)",
    "containers of the lot",
    "stock of the product (mg)",
    "patient",
    "record number",
    "session",
    "by",
    "witness",
    "document",
    "reason",
    "before it was amended",
    "flag",
)

CARRIED = "carried forward"
SHORT = "more taken out than the register had"


def register_csv(view: RegisterView) -> bytes:
    """Return the register as CSV in UTF-8, every cell quoted, oldest row first.

    Where days were asked for, the first rows are what each lot came to before them. A text that
    a spreadsheet would run as a formula gets an apostrophe in front; amounts stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([_cell(cell) for cell in _carried(view, lot)] for lot in view.carried)
    writer.writerows([_cell(cell) for cell in _row(view, row)] for row in view.rows)
    return out.getvalue().encode("utf-8")


def _cell(cell: object) -> Cell:
    """Return a cell that no spreadsheet takes for a formula; an amount is a number."""
    return plain(cell) if isinstance(cell, Decimal) else harmless(cell)


def _carried(view: RegisterView, lot: LotStock) -> list[object]:
    first = "" if view.first is None else view.first.isoformat()
    said = {
        "when (local time)": first,
        "what": CARRIED,
        "product": lot.name,
        "lot": lot.lot,
        "expiry": lot.expiry,
        "stock of the lot (mg)": lot.stock_mg,
        "containers of the lot": lot.containers,
        "flag": SHORT if lot.short else "",
    }
    return [said.get(name) for name in HEAD]


def _row(view: RegisterView, row: RegisterRow) -> list[object]:
    return [
        view.local(row.at).isoformat(timespec="seconds"),
        what(row),
        row.name,
        row.lot,
        row.expiry,
        row.in_mg,
        row.out_mg,
        row.containers,
        row.drawn_mg,
        row.wasted_mg,
        row.found_mg,
        row.expected_mg,
        row.difference_mg,
        row.stock_mg,
        row.stock_containers,
        row.product_mg,
        row.visit.patient,
        row.visit.number,
        row.visit.code,
        person(row.by),
        person(row.witness) if row.witness else "",
        row.document,
        row.reason,
        "; ".join(before(row)),
        "; ".join(filter(None, (SHORT if row.short else "", other_date(row)))),
    ]


def other_date(row: RegisterRow) -> str:
    """Say that a lot was received or counted with another date; empty where it was not."""
    return f"received with {row.other_date}" if row.other_date else ""


def what(row: RegisterRow) -> str:
    """Say what happened: "taken out", "counted, biennial inventory"."""
    if not row.inventory:
        return row.change.value
    kind = "spot check" if row.inventory == "spot" else f"{row.inventory} inventory"
    return f"{row.change.value}, {kind}"


def before(row: RegisterRow) -> list[str]:
    """Say what a row held before each amendment: "lot A1, 2027-08, 500 mg"."""
    return [
        ", ".join(part for part in (f"lot {old.lot}", old.expiry, f"{plain(old.mg)} mg") if part)
        for old in row.replaced
    ]
