"""The sheet as a table for spreadsheets: one row for each reading and each one not made."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

from monitor.clock_words import happened
from monitor.overview import SessionOverview
from monitor.vitals import BloodPressure, Reading, Sign
from reports.sheet_rows import SheetRow, sheet_rows
from reports.wording import SIGN_WORDS, person

_LEADS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")

_UNSEEN = (
    " \t\r\n\v\f\0\u00a0\u200b\u2028\u3000\ufeff"  # nothing that a cell begins with for the eye
)

Cell = str | int
Value = Callable[[Reading], object]

_SIGNS: tuple[tuple[str, Value], ...] = (
    ("systolic (mmHg)", lambda r: r.bp.systolic if r.bp else None),
    ("diastolic (mmHg)", lambda r: r.bp.diastolic if r.bp else None),
    ("MAP, calculated (mmHg)", lambda r: r.bp.mean if r.bp else None),
    ("heart rate (/min)", lambda r: r.heart_rate),
    ("SpO2 (%)", lambda r: r.spo2),
    ("Resp (/min)", lambda r: r.resp),
    ("MOAA/S (0 to 5)", lambda r: r.sedation),
    ("dissociation (0 to 10)", lambda r: r.dissociation),
    ("anxiety (0 to 10)", lambda r: r.anxiety),
    ("nausea (0 to 10)", lambda r: r.nausea),
    ("pain (0 to 10)", lambda r: r.pain),
    ("temperature (°C)", lambda r: r.temperature),
    ("oxygen (L/min)", lambda r: r.oxygen),
    ("FiO2 (%)", lambda r: r.fio2),
    ("EtCO2 (mmHg)", lambda r: r.etco2),
    ("side", lambda r: r.side),
    ("position", lambda r: r.position),
    ("cuff", lambda r: r.cuff),
)

HEAD = (
    "slot",
    "due (local time)",
    "measured (local time)",
    "entered (local time)",
    "closed",
    "off due time (min)",
    *(name for name, _ in _SIGNS),
    "not taken",
    "replaced by amendment",
    "alerts",
    "by",
    "note",
    "slot's reason",
)


def sheet_csv(overview: SessionOverview) -> bytes:
    """Return the sheet as CSV in UTF-8, every cell quoted.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay
    numbers. Times are local, ISO 8601 with their offset.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(
        [harmless(cell) for cell in _row(overview, row)] for row in sheet_rows(overview)
    )
    return out.getvalue().encode("utf-8")


def harmless(cell: object) -> Cell:
    """Return a cell that no spreadsheet takes for a formula.

    Example:
        >>> harmless("=1+1"), harmless(-2), harmless(None)
        ("'=1+1", -2, '')
    """
    if isinstance(cell, int):
        return cell
    text = "" if cell is None else str(cell)
    leads = text[:1], text.lstrip(_UNSEEN)[:1]
    return f"'{text}" if any(char and char in _LEADS_A_FORMULA for char in leads) else text


def slot_name(name: str) -> str:
    """Return a planned observation's name for a table: "end+15" of "+15", 15 min after the end.

    So nothing of it looks like a formula, and it needs no apostrophe.
    """
    return f"end{name}" if name.startswith("+") else name


def _row(overview: SessionOverview, row: SheetRow) -> list[object]:
    view, slot = row.reading, row.slot
    reading = view.reading if view else Reading()
    return [
        slot_name(slot.name) if slot else "",
        _time(overview, slot.due if slot else None),
        _time(overview, view.measured if view else None),
        _time(overview, view.entered if view else row.clock.at if row.clock else None),
        "clock" if row.clock else row.state.value if row.state else "extra reading",
        slot.minutes if slot else None,
        *(value(reading) for _, value in _SIGNS),
        ", ".join(SIGN_WORDS[sign] for sign in view.not_taken) if view else "",
        "; ".join(_words(old, reading) for old in view.replaced) if view else "",
        ", ".join(view.alerts) if view else "",
        _by(row),
        view.note if view else happened(row.clock) if row.clock else "",
        slot.reason if slot else "",
    ]


def _by(row: SheetRow) -> str:
    by = row.reading.by if row.reading else row.clock.by if row.clock else None
    return person(by) if by else ""


def _time(overview: SessionOverview, instant: dt.datetime | None) -> str:
    return "" if instant is None else overview.local(instant).isoformat(timespec="seconds")


def _words(old: Reading, new: Reading) -> str:
    """Say what a replaced reading held that the new one does not: "BP 165/95, HR 78"."""
    apart = [sign for sign in Sign if old.value(sign) != new.value(sign)]
    return ", ".join(f"{SIGN_WORDS[sign]} {_shown(old, sign)}" for sign in apart)


def _shown(reading: Reading, sign: Sign) -> str:
    value = reading.value(sign)
    if isinstance(value, BloodPressure):
        return value.text
    return "not taken" if value is None else str(value)
