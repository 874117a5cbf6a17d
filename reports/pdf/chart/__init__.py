"""The session on one time axis, like an anaesthesia record: vector, readable without colour."""

from __future__ import annotations

from reports.pdf.chart.session_chart import SessionChart

__all__ = ["SessionChart"]
