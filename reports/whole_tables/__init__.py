"""The record as tables for spreadsheets: sessions, readings, slots, events, ratings; and looks."""

from __future__ import annotations

from reports.whole_tables.writing import access_csv, dictionary, tables

__all__ = ["access_csv", "dictionary", "tables"]
