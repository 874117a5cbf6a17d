"""Order, weight and arithmetic on page 1, and what was given when."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from monitor.dose_view import DeviceView, DoseView, PortionView, SegmentView, WeightView
from monitor.protocols.protocol import Way
from reports import dose_words, summary
from reports.pdf import look
from reports.pdf.parts import Column, Command, gap, section, table
from reports.pdf.setting import Setting
from reports.wording import DASH, NOT_RECORDED, amount, lasted, number

_LEFT = (Column("Step", 48), Column("As on paper", 212), Column("Result", 56, right=True))
_BETWEEN = Column("", 10)
_RIGHT = (Column("Weight and preparation", 52), Column("", 150))


def dose(s: Setting) -> list[Flowable]:
    """Return order and dose; the order stands before everything worked out from it."""
    left, right = list(_worked_out(s)), list(_prepared(s))
    tall = max(len(left), len(right))
    rows = [
        (*(left[n] if n < len(left) else ("", "", "")), "",
         *(right[n] if n < len(right) else ("", "")))
        for n in range(tall)
    ]  # fmt: skip
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
    made = section(s.pen, "Order and dose", _remark(s), body)
    if s.overview.devices:
        made += [gap(1), _devices(s)]
    return made


def _remark(s: Setting) -> str:
    worked, checked = s.overview.dose, f"second check: {dose_words.check_words(s.overview)}"
    if worked.by is None or worked.at is None:
        return checked
    return f"worked out by {s.initials(worked.by)} {s.times.clock(worked.at)} · {checked}"


def _unruled(first: int, last: int, rows: int, tall: int) -> list[Command]:
    """Return what takes the rules from the empty end of the shorter side."""
    if rows == tall:
        return []
    return [("LINEBELOW", (first, rows + 1), (last, -1), 1, look.PAPER)]


def _worked_out(s: Setting) -> Iterator[tuple[str, str, str]]:
    overview = s.overview
    yield from _order(s)
    for line in overview.dose.working:
        yield line.name, line.sum, line.result
    if overview.dose.reason:
        yield "Above cap", f"reason: {overview.dose.reason}", ""
    if overview.start_reason:
        yield "Start", f"reason: {overview.start_reason}", ""


def _order(s: Setting) -> Iterator[tuple[str, str, str]]:
    order = s.overview.order
    if order is None:
        yield "Order", NOT_RECORDED, ""
        return
    said = f"{dose_words.ordered(order)}; {order.how.value}, {order.by.name}"
    mg = s.overview.dose.ordered_mg
    result = "" if mg is None else amount(mg, "mg")
    yield "Order", f"{said}, {s.times.clock(order.at)}", result
    for label, words in dose_words.order_facts(order):
        yield label, words, ""


def _prepared(s: Setting) -> Iterator[tuple[str, str]]:
    overview = s.overview
    if overview.weight is not None:
        yield from _weight(s, overview.weight)
    else:
        yield "Weight", NOT_RECORDED
    if overview.dose.basis:
        reason = f": {overview.dose.basis_reason}" if overview.dose.basis_reason else ""
        yield "Basis", f"{overview.dose.basis.value} weight{reason}"
    if not summary.by_device(overview):
        yield from _drawn(overview.dose)
    elif overview.devices or overview.devices_ordered:
        yield "Devices", f"{len(overview.devices)} of {overview.devices_ordered} given"
        yield "Sprays", str(sum(device.sprays for device in overview.devices))
    else:
        yield "Devices", "none given"


def _weight(s: Setting, weight: WeightView) -> Iterator[tuple[str, str]]:
    by_whom = f" by {weight.by_whom}," if weight.by_whom else ""
    how = f"{weight.how.value}{by_whom} {s.times.clock(weight.at)} {s.initials(weight.by)}"
    yield "Weight", f"{dose_words.weight_words(weight)}, {how}"
    confirmed = dose_words.confirmed_words(weight)
    if confirmed:
        yield "Confirmed", confirmed
    if weight.height_cm is not None:
        bmi = "" if weight.bmi is None else f", BMI {number(weight.bmi, 1)}"
        yield "Height", amount(weight.height_cm, "cm") + bmi


def _drawn(worked: DoseView) -> Iterator[tuple[str, str]]:
    if worked.product_name:
        yield "Product", worked.product_name
    yield "Lot, expiry", _lots(worked)
    if worked.pieces is not None:
        yield "Counted", dose_words.pieces_words(worked.pieces)
    else:
        drawn = amount(worked.drawn_ml, "mL")
        if worked.drawn_ml is not None and worked.syringe_ml is not None:
            drawn += f" in {amount(worked.syringe_ml, 'mL')} syringe"
        yield "Drawn", drawn
    if worked.final_volume_ml is not None:
        mode = f", {dose_words.MODES[worked.volume_mode]}" if worked.volume_mode else ""
        yield "Final", amount(worked.final_volume_ml, "mL") + mode
    if worked.deviation_percent is not None:
        more = ", beyond the protocol’s limit" if worked.flagged else " from calculated"
        yield "Deviation", f"{amount(worked.deviation_percent, '%')}{more}"


def _lots(worked: DoseView) -> str:
    found = (f"{made.lot}, {made.expiry}" for made in worked.preparations)
    return "; ".join(dict.fromkeys(found)) or NOT_RECORDED


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
        rest = lasted(device.at - before.at)
        if device.minutes_early:
            rest += f", {device.minutes_early} min early"
    return (
        str(device.number),
        s.times.clock(device.at),
        rest,
        lasted(device.at - s.overview.devices[0].at),
        amount(device.mg, "mg"),
        str(device.sprays),
        device.lot or NOT_RECORDED,
        device.expiry or NOT_RECORDED,
        s.initials(device.by),
        device.reason,
    )


# -- delivery --------------------------------------------------------------------------------

_SEGMENTS = (
    Column("From", 40, strong=True),
    Column("To", 40, strong=True),
    Column("Ran", 44, right=True),
    Column("Rate", 60, right=True),
    Column("Given", 70, right=True),
    Column("Reason", 274),
)

_PORTIONS = (
    Column("No.", 26),
    Column("Given at", 44, strong=True),
    Column("Amount", 56, right=True),
    Column("Took", 48, right=True),
    Column("Where", 110),
    Column("By", 26),
    Column("Reason", 218),
)


def delivery(s: Setting) -> list[Flowable]:
    """Return what was given when; devices stand with the dose."""
    if summary.by_device(s.overview):
        return []
    by_hand = s.overview.way is not Way.PUMP
    title = "Doses given by hand" if by_hand else "Infusion"
    if summary.was_cancelled(s.overview):
        return section(s.pen, title, "", None, none="No drug was given")
    if by_hand:
        given = [_portion(s, n, each) for n, each in enumerate(s.overview.dose.portions, 1)]
        return section(s.pen, title, "", table(s.pen, _PORTIONS, given) if given else None)
    rows = [_segment(s, segment) for segment in s.overview.segments]
    remark = "given is computed from rate, running time and concentration"
    return section(s.pen, title, remark, table(s.pen, _SEGMENTS, rows) if rows else None)


def _portion(s: Setting, number_: int, portion: PortionView) -> tuple[str, ...]:
    return (
        str(number_),
        s.times.clock(portion.at),
        amount(portion.mg, "mg"),
        DASH if portion.minutes is None else amount(portion.minutes, "min"),
        portion.site or DASH,
        s.initials(portion.by),
        portion.reason,
    )


def _segment(s: Setting, segment: SegmentView) -> tuple[str, ...]:
    end = segment.end or s.overview.ended_at
    running = "paused" if end is None and not segment.rate_ml_h else "runs"
    return (
        s.times.clock(segment.start),
        running if end is None else s.times.clock(end),
        lasted((end or s.overview.seen_at) - segment.start),
        amount(segment.rate_ml_h, "mL/h") if segment.rate_ml_h else "paused",
        amount(segment.given_mg, "mg"),
        segment.reason,
    )
