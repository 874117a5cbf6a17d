"""Forged reports, with real bytes, and what is said of each: by us and by others."""
