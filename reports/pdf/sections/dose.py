"""Order, weight, arithmetic, preparation, and what was given when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportlab.platypus import Flowable

from monitor.entries import VolumeMode
from monitor.overview import DeviceView, DoseView, OrderView, SegmentView
from reports import summary
from reports.pdf import look
from reports.pdf.parts import Column, Command, gap, section, table
from reports.pdf.setting import Setting
from reports.wording import DASH, NOT_RECORDED, amount, number

_LEFT = (Column("Step", 48), Column("As on paper", 212), Column("Result", 56, right=True))
_BETWEEN = Column("", 10)
_RIGHT = (Column("Weight and preparation", 52), Column("", 150))

_MODES = {
    VolumeMode.REPLACES: "drug replaces diluent",
    VolumeMode.ADDED: "drug added to diluent",
}


def dose(s: Setting) -> list[Flowable]:
    """Return order and dose; the order stands before everything worked out from it."""
    left, right = list(_worked_out(s)), list(_prepared(s))
    tall = max(len(left), len(right))
    rows = [
        (*(left[n] if n < len(left) else ("", "", "")), "",
         *(right[n] if n < len(right) else ("", "")))
        for n in range(tall)
    ]  # fmt: skip
    checked = s.overview.dose.verified_by
    remark = f"second check: {checked or NOT_RECORDED}"
    body = table(
        s.pen,
        (*_LEFT, _BETWEEN, *_RIGHT),
        rows,
        [
            ("FONT", (2, 1), (2, -1), look.Types.TABLE_STRONG.face, look.Types.TABLE.size),
            ("LINEBELOW", (3, 0), (3, -1), 1, look.PAPER),
            *_unruled(0, 2, len(left), tall),
            *_unruled(4, 5, len(right), tall),
        ],
    )
    made = section(s.pen, "Order and dose", remark, body)
    if s.overview.devices:
        made += [gap(1), _devices(s)]
    return made


def _unruled(first: int, last: int, rows: int, tall: int) -> list[Command]:
    """Return what takes the rules from the empty end of the shorter side."""
    if rows == tall:
        return []
    return [("LINEBELOW", (first, rows + 1), (last, -1), 1, look.PAPER)]


def _worked_out(s: Setting) -> Iterator[tuple[str, str, str]]:
    overview = s.overview
    yield ("Order", *_order(s, overview.order))
    for line in overview.dose.working:
        yield line.name, line.sum, line.result
    if overview.start_reason:
        yield "Start", f"reason: {overview.start_reason}", ""


def _order(s: Setting, order: OrderView | None) -> tuple[str, str]:
    if order is None:
        return NOT_RECORDED, ""
    parts = []
    if order.per_kg_mg is not None:
        parts.append(f"{number(order.per_kg_mg)} mg/kg")
    if order.dose_mg is not None:
        parts.append(amount(order.dose_mg, "mg"))
    if order.minutes is not None:
        parts.append(f"over {amount(order.minutes, 'min')}")
    words = f"{' '.join(parts)}; {order.how.value}, {order.by.name}, {s.times.clock(order.at)}"
    ordered = s.overview.dose.ordered_mg
    return words, "" if ordered is None else amount(ordered, "mg")


def _prepared(s: Setting) -> Iterator[tuple[str, str]]:
    yield from _weight(s)
    overview = s.overview
    if not summary.by_device(overview):
        yield from _mixture(overview.dose, ran=not summary.was_cancelled(overview))
    elif overview.devices or overview.devices_ordered:
        yield "Devices", f"{len(overview.devices)} of {overview.devices_ordered} given"
        yield "Sprays", str(sum(device.sprays for device in overview.devices))
    else:
        yield "Devices", "none given"


def _weight(s: Setting) -> Iterator[tuple[str, str]]:
    weight, dose = s.overview.weight, s.overview.dose
    if weight is None:
        yield "Weight", NOT_RECORDED
        return
    how = f"{weight.how.value} {s.times.clock(weight.at)} {s.initials(weight.by)}"
    yield "Weight", f"{amount(weight.kg, 'kg')}, {how}"
    if weight.height_cm is not None:
        bmi = "" if weight.bmi is None else f", BMI {number(weight.bmi, 1)}"
        yield "Height", amount(weight.height_cm, "cm") + bmi
    if dose.basis:
        reason = f": {dose.basis_reason}" if dose.basis_reason else ""
        yield "Basis", f"{dose.basis.value} weight{reason}"


def _mixture(dose: DoseView, *, ran: bool) -> Iterator[tuple[str, str]]:
    drawn = amount(dose.drawn_ml, "mL")
    if dose.drawn_ml is not None and dose.syringe_ml is not None:
        drawn += f" in {amount(dose.syringe_ml, 'mL')} syringe"
    yield "Drawn", drawn
    mode = f", {_MODES[dose.volume_mode]}" if dose.volume_mode else ""
    yield "Final", amount(dose.final_volume_ml, "mL") + mode
    if dose.deviation_percent is not None:
        yield "Deviation", f"{amount(dose.deviation_percent, '%')} from calculated"
    if ran:
        yield "Pump’s figure", amount(dose.pump_ml, "mL")
    yield "Lot, expiry", NOT_RECORDED


# -- devices ---------------------------------------------------------------------------------

_DEVICES = (
    Column("Device", 34),
    Column("Given", 38, strong=True),
    Column("Rest before", 70),
    Column("Since device 1", 52, right=True),
    Column("Dose", 38, right=True),
    Column("Sprays", 32, right=True),
    Column("Lot", 60),
    Column("Expires", 50),
    Column("By", 26),
    Column("Note", 128),
)


def _devices(s: Setting) -> Flowable:
    devices = s.overview.devices
    before: list[DeviceView | None] = [None, *devices[:-1]]
    rows = [_device(s, was, device) for was, device in zip(before, devices, strict=True)]
    return table(s.pen, _DEVICES, rows)


def _device(s: Setting, before: DeviceView | None, device: DeviceView) -> tuple[str, ...]:
    rest = DASH
    if before:
        rest = _gone(device.at - before.at)
        if device.minutes_early:
            rest += f", {device.minutes_early} min early"
    return (
        str(device.number),
        s.times.clock(device.at),
        rest,
        _gone(device.at - s.overview.devices[0].at),
        amount(device.mg, "mg"),
        str(device.sprays),
        device.lot or NOT_RECORDED,
        device.expiry or NOT_RECORDED,
        s.initials(device.by),
        device.reason,
    )


def _gone(span: dt.timedelta) -> str:
    return f"{span // dt.timedelta(minutes=1)} min"


# -- segments --------------------------------------------------------------------------------

_SEGMENTS = (
    Column("From", 40, strong=True),
    Column("To", 40, strong=True),
    Column("Ran", 44, right=True),
    Column("Rate", 60, right=True),
    Column("Given", 70, right=True),
    Column("Reason", 274),
)


def segments(s: Setting) -> list[Flowable]:
    """Return the stretches of the infusion; devices stand with the dose."""
    if summary.by_device(s.overview):
        return []
    if summary.was_cancelled(s.overview):
        return section(s.pen, "Infusion", "", None, none="No drug was given")
    rows = [_segment(s, segment) for segment in s.overview.segments]
    remark = "given is computed from rate, running time and concentration"
    return section(s.pen, "Infusion", remark, table(s.pen, _SEGMENTS, rows) if rows else None)


def _segment(s: Setting, segment: SegmentView) -> tuple[str, ...]:
    end = segment.end or s.overview.ended_at
    running = "paused" if end is None and not segment.rate_ml_h else "runs"
    return (
        s.times.clock(segment.start),
        running if end is None else s.times.clock(end),
        _gone((end or s.overview.seen_at) - segment.start),
        amount(segment.rate_ml_h, "mL/h") if segment.rate_ml_h else "paused",
        amount(segment.given_mg, "mg"),
        segment.reason,
    )
