"""The drug over time: the infusion as a band, what was given by hand as marks, or devices.

The clocks that run from devices stand under them.

Where no drug was given (band "none"), the lane says so.
"""

from __future__ import annotations

from monitor.chart_page import ClockSpan, DeviceMark, Run, RunKind
from reports.pdf import look, marks
from reports.pdf.chart.ground import Ground
from reports.pdf.look import Types
from reports.wording import amount

BAND = 20.0
_DEVICES, _CLOCK = 30.0, 11.0
_FULL = 15.0  # height of the band at the highest rate
_DROP = 8.0  # height of the mark of a portion
_LETTERS = 6.6  # height of words above a low band
_OUTLINED = {RunKind.PLANNED: "planned", RunKind.RAN_OUT: "ran out, end not recorded"}


def height(g_clocks: int, band: str) -> float:
    """Return how tall the drug's lane is."""
    return BAND if band in ("infusion", "none", "given") else _DEVICES + _CLOCK * g_clocks


def drug(g: Ground, y: float) -> None:
    """Draw the drug's lane."""
    if g.page.band == "none":
        g.name(y + 9, "Drug")
        g.put(g.x(g.page.first) + 5, y + 9, "none given", Types.TINY_STRONG)
    elif g.page.band == "infusion":
        _infusion(g, y)
    elif g.page.band == "given":
        _portions(g, y)
    else:
        _devices(g, y)


def _infusion(g: Ground, y: float) -> None:
    g.name(y + 9, "Infusion")
    g.base(y + 4)
    right = 0.0
    for run in g.page.runs:
        _block(g, run, y + 4)
    for run in g.page.runs:
        right = _words(g, run, y, right)


def _block(g: Ground, run: Run, y: float) -> None:
    x0, x1 = g.x(run.start), g.x(run.end)
    accent = look.drug(g.page.drug)
    if run.kind is RunKind.PAUSE:
        g.blank((x0, y, x1, y + _FULL))
        marks.hatch(g.c, x0, y, x1 - x0, _FULL)
    elif run.kind in _OUTLINED:
        g.c.setStrokeColor(accent)
        g.c.setLineWidth(0.8)
        g.c.setDash(3, 2)
        g.c.rect(x0, y, x1 - x0, _FULL * run.share, stroke=1, fill=0)
        g.c.setDash()
    else:
        g.c.setFillColor(accent)
        g.c.rect(x0, y, x1 - x0, _FULL * run.share, stroke=0, fill=1)


def _words(g: Ground, run: Run, y: float, taken: float) -> float:
    """Set a stretch's words in it, above it where it is low, else behind the last one.

    Returns how far to the right words stand.
    """
    x0, x1, words, how = g.x(run.start), g.x(run.end), _say(run), Types.TINY_STRONG
    room, tall = g.pen.width(words, how), run.share * _FULL
    if room < x1 - x0 - 4:
        x, low = (x0 + x1 - room) / 2, y + 9.4
        if run.kind is RunKind.RUN and tall < _FULL - _LETTERS:
            g.put(x, y + 5.6 + tall, words, how)
        elif run.kind is RunKind.RUN:
            g.put(x, y + 1.8 + tall / 2, words, how.inked(look.PAPER))
        else:
            g.blank((x - 2, low - 1.8, x + room + 2, low + 6.2))
            g.put(x, low, words, how)
        return x + room
    x = max(x1, taken) + 5
    if run is not g.page.runs[-1] or x + room > g.end:
        return max(taken, x1)
    g.blank((x - 2, y + 7.6, x + room + 2, y + 15.6))
    g.put(x, y + 9.4, words, how)
    return x + room


def _say(run: Run) -> str:
    if run.kind is RunKind.PAUSE:
        return "paused"
    rate = amount(run.rate_ml_h, "mL/h")
    if run.kind in _OUTLINED:
        return _OUTLINED[run.kind]
    return f"{rate} · {amount(run.given_mg, 'mg')}"


def _portions(g: Ground, y: float) -> None:
    """Draw each portion that was given by hand where it was given; the words of close ones join."""
    g.name(y + 9, "Given")
    g.base(y + 4)
    accent, groups = look.drug(g.page.drug), list[tuple[float, str]]()
    for portion in g.page.portions:
        x, said = g.x(portion.at), amount(portion.mg, "mg")
        marks.triangle(g.c, (x, y + 4), _DROP, accent, up=False)
        if groups and x < groups[-1][0] + g.pen.width(groups[-1][1], Types.TINY_STRONG) + 2 * _DROP:
            said = f"{groups.pop()[1]} + {said}"
        groups.append((x, said))
    for x, said in groups:
        g.put(x + _DROP, y + 8.4, said, Types.TINY_STRONG)


def _devices(g: Ground, y: float) -> None:
    clocks = g.page.clocks
    base = y + _CLOCK * len(clocks)
    g.name(base + 15, "Devices")
    for device in g.page.devices:
        _device(g, device, base)
    if g.page.devices:
        last, mg = g.page.devices[-1], {device.mg for device in g.page.devices}
        each = f"{amount(last.mg, 'mg')} each" if len(mg) == 1 else ""
        g.put(g.x(last.at) + 10, base + 14, each, Types.TINY_STRONG)
    for n, clock in enumerate(clocks):
        _clock(g, clock, base - 4 - _CLOCK * n)
    if clocks:
        g.name(base - 7, "Clocks")


def _device(g: Ground, device: DeviceMark, y: float) -> None:
    x, accent = g.x(device.at), look.drug(g.page.drug)
    g.c.setFillColor(look.PAPER)
    g.c.setStrokeColor(accent)
    g.c.setLineWidth(1.1)
    g.c.circle(x, y + 16.5, 6.2, stroke=1, fill=1)
    g.put(x, y + 14, str(device.number), Types.LABEL_STRONG.inked(accent), "middle")


def _clock(g: Ground, clock: ClockSpan, y: float) -> None:
    x0, x1, accent = g.x(clock.start), g.x(clock.end), look.drug(g.page.drug)
    g.c.setStrokeColor(accent)
    g.c.setLineWidth(1)
    g.c.line(x0, y, x1, y)
    g.c.line(x0, y - 2.5, x0, y + 2.5)
    g.c.line(x1, y - 2.5, x1, y + 2.5)
    if clock.reached and clock.reached <= g.page.last:
        marks.triangle(g.c, (g.x(clock.reached), y + 0.5), 4, accent, up=False)
    one = len(g.page.clocks) == 1
    since = "the device" if one else f"device {clock.since}"
    words = f"{clock.minutes} min since {since}"
    room = g.pen.width(words, Types.TINY_STRONG) + 8
    middle = max((x0 + x1) / 2, x0 + 4 + room / 2)
    g.blank((middle - room / 2, y - 4, middle + room / 2, y + 4))
    g.put(middle, y - 2.2, words, Types.TINY_STRONG.inked(accent), "middle")
