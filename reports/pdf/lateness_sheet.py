"""Measured against entered on paper: how late entries were made, by whom, how often."""

from __future__ import annotations

from itertools import pairwise

from reportlab.platypus import Flowable

from monitor.lateness import BOUNDS, Kind, Lag, Lateness, Tally
from reports.pdf import look
from reports.pdf.list_head import ListHead
from reports.pdf.page import Sheet, build
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.pen import Pen
from reports.wording import Initials, person, plural

LATE = BOUNDS[1]
"""Entries from so many minutes on are listed one by one."""

MOST = 200
"""So many of them at most; the table for spreadsheets has every entry."""

_KIND = "Measured and entered"
_DIGITS = 12  # of the record's last hash, in every footer

_CLASSES = (
    f"Under {BOUNDS[0]} min",
    *(f"{low} to {high - 1} min" for low, high in pairwise(BOUNDS)),
    f"{BOUNDS[-1]} or more",
)
_PEOPLE = (
    Column("Who", 132, strong=True),
    Column("Entries", 40, right=True),
    *(Column(words, 50, right=True) for words in _CLASSES),
    Column("Median", 38, right=True),
    Column("9 in 10", 38, right=True),
    Column("Longest", 40, right=True),
    Column("Amended", 40, right=True),
)
_LATE = (
    Column("Measured", 76, strong=True),
    Column("Entered", 76),
    Column("Minutes", 40, right=True, strong=True),
    Column("Session", 68),
    Column("What", 178),
    Column("", 62),
    Column("By", 28),
)
_NOTES = (
    "Minutes are whole minutes between when something was so and when it was first entered; the"
    " bounds are this program's choice. A late entry is no fault by itself: it is one that was"
    " written from memory or from a note. “9 in 10” is what nine entries in ten did not exceed."
)


def render(seen: Lateness, clinic: str, address: str, head: str, paper: str = "a4") -> bytes:
    """Return the sheet as PDF; the same view gives the same bytes.

    Args:
        seen: What was looked at.
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
        ids=f"{_KIND}, {_days(seen)}",
        session=_many(seen),
        digest=head[:_DIGITS],
        draft=False,
        notice="",
    )
    return build(sheet, pen, story(seen, clinic, address, pen))


def story(seen: Lateness, clinic: str, address: str, pen: Pen) -> list[Flowable]:
    """Return the sheet's content, ready to be set."""
    staff = Initials([each.by for each in seen.people if each.by], pen.prints)
    rows = [_person(each) for each in (*seen.people, seen.all)] if seen.all.entries else []
    people = table(pen, _PEOPLE, rows, wash=[len(rows) - 1]) if rows else None
    late = [lag for lag in seen.lags if lag.minutes >= LATE]
    listed = table(pen, _LATE, [_lag(lag, staff) for lag in late[:MOST]]) if late else None
    remark = f"{LATE} minutes and more, the latest first"
    if len(late) > MOST:
        remark = f"the latest {MOST} of {len(late):,}; the table has all"
    days = _days(seen)
    said = f"{days[:1].upper()}{days[1:]} · {_many(seen)}, in minutes"
    return [
        ListHead(pen, clinic, address, _KIND, said),
        gap(1),
        *section(pen, "People", "whoever was late most often first", people, none="No entries"),
        *section(pen, "Late entries", remark, listed),
        gap(2),
        pen.say("{staff}", "label", staff=staff.line()),
        pen.say("{said}", "label", said=_NOTES),
    ]


def _many(seen: Lateness) -> str:
    entries = plural(seen.all.entries, "entry", "entries")
    return f"{plural(seen.sessions, 'session')} · {entries}"


def _days(seen: Lateness) -> str:
    if seen.first == seen.last:
        return f"on {seen.first.isoformat()}"
    return f"from {seen.first.isoformat()} to {seen.last.isoformat()}"


def _person(found: Tally) -> list[object]:
    longest, ninetieth, median = found.longest, found.ninetieth, found.median
    return [
        person(found.by) if found.by else "Everybody",
        f"{found.entries:,}",
        *(f"{count:,}" if count else "–" for count in found.classes),
        *("–" if value is None else f"{value:,}" for value in (median, ninetieth, longest)),
        f"{found.amended:,}" if found.amended else "–",
    ]


def _lag(lag: Lag, staff: Initials) -> list[object]:
    same_day = lag.local_measured.date() == lag.local_entered.date()
    entered = f"{lag.local_entered:%H:%M}" if same_day else f"{lag.local_entered:%Y-%m-%d %H:%M}"
    slot = f"slot {lag.what}" if lag.what else "extra reading"
    what = f"reading, {slot}" if lag.kind is Kind.READING else f"{lag.kind.value}: {lag.what}"
    flags = ("after closing" if lag.after_end else "", "amended" if lag.amended else "")
    return [
        f"{lag.local_measured:%Y-%m-%d %H:%M}",
        entered,
        f"{lag.minutes:,}",
        lag.session_code,
        what,
        "\n".join(flag for flag in flags if flag),
        staff(lag.by),
    ]
