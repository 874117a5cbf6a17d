"""Passwords without the cost of a real verifier."""

from __future__ import annotations


class PlainPasswords:
    """Implements `monitor.ports.Passwords`; for tests only."""

    def make(self, password: str) -> str:
        return f"plain:{password}"

    def matches(self, verifier: str, password: str) -> bool:
        return verifier == f"plain:{password}"
