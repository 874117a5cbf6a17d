"""The record as tables for spreadsheets: sessions, readings, slots, events and ratings."""

from __future__ import annotations

from reports.whole_tables.writing import dictionary, tables

__all__ = ["dictionary", "tables"]
