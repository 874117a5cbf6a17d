"""Treatment protocols: data that a clinic approves, and their loader."""

from __future__ import annotations

from monitor.protocols.loading import parse, shipped

__all__ = ["parse", "shipped"]
