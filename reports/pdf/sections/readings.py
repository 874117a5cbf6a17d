"""The sheet: every reading and every observation that was not made, measured and entered."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable

from monitor.clock_view import ClockView
from monitor.clock_words import happened
from monitor.schedule import SlotState
from monitor.sides import side_of
from monitor.vitals import Reading, Sign
from reports.pdf import marks
from reports.pdf.parts import Column, section, table
from reports.pdf.setting import Setting
from reports.sheet_rows import SheetRow, remarks, sheet_rows
from reports.wording import DASH, closed

_COLUMNS = (
    Column("Slot", 34),
    Column("Due", 34),
    Column("Measured", 38, strong=True),
    Column("Entered", 34),
    Column("BP mmHg", 40, right=True),
    Column("MAP", 24, right=True),
    Column("HR", 23, right=True),
    Column("SpO₂ %", 30, right=True),
    Column("Resp", 25, right=True),
    Column("Sed", 22, right=True),
    Column("Diss", 23, right=True),
    Column("Slot closed", 62),
    Column("By", 23),
    Column("Note", 116),
)
_FIGURES = (4, len(_COLUMNS) - 1)
"""From the first figure to the note: what is said of the clock goes over all of them."""
_ASIDE = (SlotState.LATE, SlotState.MISSED, SlotState.OVERDUE)
_REMARK = (
    "MAP calculated · Sed = MOAA/S 0 to 5 · Diss = dissociation 0 to 10 · +1 = 1 min after due"
)

Show = Callable[[Reading], str]


def _plain(sign: Sign) -> Show:
    def show(reading: Reading) -> str:
        value = reading.value(sign)
        return DASH if value is None else str(value)

    return show


_VALUES: tuple[Show, ...] = (
    lambda reading: reading.bp.text if reading.bp else DASH,
    _plain(Sign.HEART_RATE),
    _plain(Sign.SPO2),
    _plain(Sign.RESP),
    _plain(Sign.SEDATION),
    _plain(Sign.DISSOCIATION),
)


def readings(s: Setting) -> list[Flowable]:
    """Return the table of readings; late, missed and overdue rows lie on the wash."""
    rows = sheet_rows(s.overview)
    if not rows:
        return section(s.pen, "Readings", "", None)
    wash = [n for n, row in enumerate(rows) if row.state in _ASIDE]
    spans = {n: _FIGURES for n, row in enumerate(rows) if row.clock}
    body = table(s.pen, _COLUMNS, [_row(s, row) for row in rows], wash=wash, spans=spans)
    return section(s.pen, "Readings", _REMARK, body, whole=False)


def _row(s: Setting, row: SheetRow) -> tuple[object, ...]:
    return _reading(s, row) if row.clock is None else _clock(s, row.clock)


def _clock(s: Setting, event: ClockView) -> tuple[object, ...]:
    """Return what was done to the station's clock, over all figures."""
    by = f" ({s.initials(event.by)})" if event.by else ""
    said = s.pen.say("{said}", "cell", said=f"{happened(event)}{by}.")
    at = s.times.clock(event.at)
    return ("clock", DASH, DASH, at, said, *("",) * (_FIGURES[1] - _FIGURES[0]))


def _reading(s: Setting, row: SheetRow) -> tuple[object, ...]:
    view, slot, pen = row.reading, row.slot, s.pen
    shape = marks.SIGNS[row.state]
    minutes = slot.minutes if slot else None
    sides = {alert.number: side_of(alert).mark for alert in s.overview.alerts}
    alerts = ", ".join(f"{sides.get(n, '')} {n}" for n in view.alerts) if view else ""
    note = f"{alerts} {'. '.join(remarks(row))}".strip()
    return (
        slot.name if slot else "",
        s.times.clock(slot.due) if slot else DASH,
        s.times.clock(view.measured) if view else DASH,
        s.times.clock(view.entered) if view else DASH,
        _value(s, row, _VALUES[0]),
        _mean(row),
        *(_value(s, row, show) for show in _VALUES[1:]),
        pen.say("{shape} {words}", "cell", shape=shape, words=closed(row.state, minutes)),
        s.initials(view.by) if view else "",
        note,
    )


def _mean(row: SheetRow) -> str:
    bp = row.reading.reading.bp if row.reading else None
    return str(bp.mean) if bp else DASH


def _value(s: Setting, row: SheetRow, show: Show) -> object:
    """Return a value; where amendments changed it, the old ones struck through above it."""
    if row.reading is None:
        return DASH
    now = show(row.reading.reading)
    old = [show(reading) for reading in row.reading.replaced]
    if all(value == now for value in old):
        return now
    struck = "\n".join(dict.fromkeys(value for value in old if value != now))
    return s.pen.say("<strike>{old}</strike><br/><b>{now}</b>", "cell-right", old=struck, now=now)
