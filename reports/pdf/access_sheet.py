"""Who looked at what on paper: looks, exports, verifications, refusals, log-ins."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from monitor.access_list import AccessList, AccessRow
from monitor.access_words import what_words, why
from monitor.clock import whose_times
from reports.pdf import look
from reports.pdf.list_head import ListHead
from reports.pdf.page import Sheet, build
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.pen import Pen
from reports.wording import person, plural

MOST = 500
"""So many rows at most; the table for spreadsheets has every one."""

_KIND = "Who looked at what"
_DIGITS = 12  # of the record's last hash, in every footer, and of each file's
_ROWS = (
    Column("When", 76, strong=True),
    Column("Who", 118),
    Column("What", 206),
    Column("Session", 62),
    Column("SHA-256", 66),
)
_NOTES = (
    "The same look of one person is listed once an hour. Patients are named by their record number"
    " alone. Of a file the first twelve digits of its hash are shown; the table for spreadsheets"
    " has all of them."
)


def render(listed: AccessList, clinic: str, address: str, head: str, paper: str = "a4") -> bytes:
    """Return the sheet as PDF; the same list gives the same bytes.

    Args:
        listed: What was asked for.
        clinic: Its name.
        address: Its address.
        head: The hash of the record's last line when it was made, in hex.
        paper: "a4" or "letter".
    """
    pen = Pen()
    sheet = Sheet(
        paper=paper,
        kind=_KIND,
        accent=look.INK,
        who=clinic,
        ids=_KIND,
        session=plural(len(listed.rows), "row"),
        digest=head[:_DIGITS],
        draft=False,
        notice="",
    )
    return build(sheet, pen, story(listed, clinic, address, pen))


def story(listed: AccessList, clinic: str, address: str, pen: Pen) -> list[Flowable]:
    """Return the sheet's content, ready to be set."""
    rows = [_row(listed, each) for each in listed.rows[:MOST]]
    remark = "the newest first"
    if len(listed.rows) > MOST:
        remark = f"the newest {MOST:,} of {len(listed.rows):,}; the table has all"
    said = f"{listed.asked} · {plural(len(listed.rows), 'row')}"
    return [
        ListHead(pen, clinic, address, _KIND, said),
        gap(1),
        pen.say("{said}", "label", said=" ".join((_NOTES, *_times(listed)))),
        gap(1),
        *section(pen, "List", remark, table(pen, _ROWS, rows) if rows else None, none="No rows"),
    ]


def _times(listed: AccessList) -> Iterator[str]:
    """Say whose times these are, by the newest."""
    for row in listed.rows[:1]:
        yield whose_times(row.at.astimezone(listed.zone))


def _row(listed: AccessList, row: AccessRow) -> list[object]:
    at = row.at.astimezone(listed.zone)
    report = f"version {row.version}, {row.status}" if row.version else ""
    return [
        f"{at:%Y-%m-%d %H:%M}",
        f"{person(row.by)}\n{row.by.role.value}, {row.station}",
        "\n".join(filter(None, (what_words(row), why(row)))),
        "\n".join(filter(None, (row.session_code, report))),
        row.sha256[:_DIGITS],
    ]
