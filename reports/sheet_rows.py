"""The rows of the sheet, as paper and table both list them: readings and unmade observations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.clock_view import ClockView
from monitor.clock_words import happened
from monitor.overview import ReadingView, SessionOverview, SlotView
from monitor.schedule import SlotState
from monitor.vitals import Reading, Sign
from reports.wording import SIGN_WORDS

_UNMADE = (SlotState.MISSED, SlotState.OVERDUE, SlotState.DUE)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: a reading with the slot it closed, a slot without one, or the clock.

    Attributes:
        at: When it was measured or happened, else due: the order of the rows.
        clock: What was done to the station's clock; then the row is about nothing else.
    """

    at: dt.datetime
    reading: ReadingView | None
    slot: SlotView | None
    clock: ClockView | None = None

    @property
    def state(self) -> SlotState | None:
        """Return how the slot stands; None for an extra reading."""
        return self.slot.state if self.slot else None


def sheet_rows(overview: SessionOverview) -> tuple[SheetRow, ...]:
    """Return the rows in order of time; slots that are still to come are left out."""
    by_reading = {slot.reading: slot for slot in overview.slots if slot.reading}
    rows = [SheetRow(r.measured, r, by_reading.get(r.uid)) for r in overview.readings]
    rows += [
        SheetRow(slot.due or overview.opened_at, None, slot)
        for slot in overview.slots
        if slot.reading is None and slot.state in _UNMADE
    ]
    rows += [SheetRow(event.at, None, None, event) for event in overview.clock_events]
    return tuple(sorted(rows, key=lambda row: row.at))


_OWN_COLUMN = (Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.RESP, Sign.SEDATION, Sign.DISSOCIATION)
_MORE = {
    Sign.ANXIETY: "anxiety {}",
    Sign.NAUSEA: "nausea {}",
    Sign.PAIN: "pain {}",
    Sign.TEMPERATURE: "{} °C",
    Sign.OXYGEN: "oxygen {} L/min",
    Sign.FIO2: "FiO₂ {} %",
    Sign.ETCO2: "EtCO₂ {} mmHg",
}


def more_signs(reading: Reading) -> str:
    """Say what was measured beyond the sheet's own columns, and in which circumstances."""
    found = []
    for sign in reading.taken():
        if sign in _OWN_COLUMN:
            continue
        value = reading.value(sign)
        room_air = sign is Sign.OXYGEN and value == 0
        found.append("room air" if room_air else _MORE[sign].format(value))
    circumstances = reading.circumstances()
    return ", ".join([*found, circumstances] if circumstances else found)


def remarks(row: SheetRow) -> tuple[str, ...]:
    """Return what there is to note of a row, each thing once: signs, circumstances, reasons."""
    said: list[str] = [happened(row.clock)] if row.clock else []
    if row.reading:
        view = row.reading
        said += [more_signs(view.reading), view.note]
        if view.not_taken:
            said.append(f"not taken: {', '.join(SIGN_WORDS[s] for s in view.not_taken)}")
        if view.confirmed:
            said.append(f"confirmed: {', '.join(SIGN_WORDS[s] for s in view.confirmed)}")
    if row.slot:
        said.append(row.slot.reason)
        if row.slot.was_missed:
            said.append(f"once given as missed: {row.slot.was_missed}")
    kept: list[str] = []
    for text in said:
        if text and not any(text in other for other in kept):
            kept = [other for other in kept if other not in text]
            kept.append(text)
    return tuple(kept)
