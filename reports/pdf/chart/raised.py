"""The flag of an alert, at the reading that raised it."""

from __future__ import annotations

from monitor.chart_page import AlertMark
from reports.pdf import look
from reports.pdf.chart.ground import Ground

_SIZE, _ASIDE = 3.2, 4.4


def raised(g: Ground, alert: AlertMark, y: float) -> None:
    """Draw it left of the mark: open is filled, acknowledged hollow, withdrawn struck through."""
    x = g.x(alert.at) - _ASIDE - _SIZE / 2
    foot = y - _SIZE / 2
    g.c.setLineWidth(0.8)
    g.c.setStrokeColor(look.SOFT if alert.state == "withdrawn" else look.ALERT)
    g.c.setFillColor(look.ALERT if alert.state == "open" else look.PAPER)
    g.c.rect(x, foot, _SIZE, _SIZE, stroke=1, fill=1)
    g.taken.append((x - 1, foot - 1, x + _SIZE + 1, foot + _SIZE + 1))
    if alert.state == "withdrawn":
        g.c.line(x - 1, foot - 1, x + _SIZE + 1, foot + _SIZE + 1)
