"""Holds a record against itself: file, guards, chain, seals, checkpoints, projections, files.

It finds and does not judge: a report is data, `monitor.tampering` tells what was done, and the
words stand elsewhere. What no check can see is said with the report: see `CheckReport.bound`.
"""

from __future__ import annotations

from db.checking.check import Check, CheckReport
from db.checking.guards import guards_missing
from db.checking.reading import Source
from db.checking.walk import Progress

__all__ = ["Check", "CheckReport", "Progress", "Source", "guards_missing"]
