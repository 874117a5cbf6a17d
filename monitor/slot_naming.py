"""Whether a reading may close the slot that a person names, and when that wants a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from monitor.errors import Code, InputError, RefusedError
from monitor.protocols.protocol import Anchor
from monitor.slots import CLOSED, Slot
from monitor.vitals import Reading


def find_slot(slots: Sequence[Slot], name: str) -> Slot:
    """Return the slot of that name.

    Raises:
        InputError: `not-understood` where there is none now, with those that there are.
    """
    slot = next((slot for slot in slots if slot.name == name), None)
    if slot is None:
        raise InputError(
            Code.NOT_UNDERSTOOD, "slot", token=name, allowed=tuple(slot.name for slot in slots)
        )
    return slot


def named_slot(slots: Sequence[Slot], name: str, at: dt.datetime, *, instead_of: str = "") -> Slot:
    """Return the slot that a reading measured at *at* is to close, as it stands.

    Args:
        slots: The grid as it stands.
        name: As typed, in lower case.
        at: When the reading was measured.
        instead_of: The uid of the reading whose place this one takes; empty for none.

    Raises:
        InputError: `not-understood` where there is no such slot now.
        RefusedError: `slot-closed` where another reading has closed it, or `wrong-phase` where
            a reading after the start would be the baseline.
    """
    slot = find_slot(slots, name)
    if slot.state in CLOSED and slot.reading != instead_of:
        raise RefusedError(Code.SLOT_CLOSED, slot=slot.name)
    if slot.anchor is Anchor.BASELINE and slot.due is not None and at > slot.due:
        raise RefusedError(Code.WRONG_PHASE, what=slot.anchor.value)
    return slot


def wants_reason(slot: Slot, reading: Reading, at: dt.datetime) -> bool:
    """Tell whether closing it by name wants a reason: outside its window, or for lacking signs."""
    early = slot.opens is not None and at < slot.opens
    late = slot.closes is not None and at > slot.closes
    return early or late or bool(reading.lacks(slot.required))
