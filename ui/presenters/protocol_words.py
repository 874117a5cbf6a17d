"""What staff know a protocol by: the dose, how it is given, and when one may leave."""

from __future__ import annotations

from decimal import Decimal

from monitor.protocols.protocol import DeviceDose, Protocol, SingleDose
from monitor.units import plain
from ui.presenters.dose_working import cap_words


def in_short(protocol: Protocol) -> tuple[str, ...]:
    """Return what staff know a protocol by: the dose, and when one may leave."""
    dose, door = protocol.dose, protocol.door
    leaves = f"Leaves {door.minutes} min after the {door.anchor.value} at the earliest"
    if isinstance(dose, DeviceDose):
        *most, last = map(plain, dose.doses_mg)
        doses = " or ".join(filter(None, (", ".join(most), last)))
        rest = f"{dose.wait_minutes} min of rest between devices"
        return (f"{doses} mg, {plain(dose.device_mg)} mg a device", rest, leaves)
    if isinstance(dose, SingleDose):
        return (_single_in_short(dose), "Given in one go", leaves)
    per_kg = _between(dose.per_kg_least, dose.per_kg_most, "mg/kg")
    minutes = _between(dose.minutes_least, dose.minutes_most, "min")
    by_hand = "Pushed by hand over" if dose.by_hand else "Over"
    return (f"{per_kg}, {cap_words(dose.cap_mg)}", f"{by_hand} {minutes}", leaves)


def _single_in_short(dose: SingleDose) -> str:
    made = []
    if dose.per_kg_least is not None and dose.per_kg_most is not None:
        made.append(_between(dose.per_kg_least, dose.per_kg_most, "mg/kg"))
    if dose.mg_least is not None and dose.mg_most is not None:
        made.append(_between(dose.mg_least, dose.mg_most, "mg"))
    words = " or ".join(made)
    return f"{words}, {cap_words(dose.cap_mg)}" if dose.cap_mg is not None else words


def _between(least: Decimal, most: Decimal, unit: str) -> str:
    if least == most:
        return f"{plain(least)} {unit}"
    return f"{plain(least)} to {plain(most)} {unit}"
