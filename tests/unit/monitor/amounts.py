"""Amounts as a test writes them: plain text, a dash for what is not recorded."""

from __future__ import annotations

from decimal import Decimal

from monitor.units import plain


def written(*amounts: Decimal | None) -> list[str]:
    """Return amounts without trailing zeros."""
    return ["-" if amount is None else plain(amount) for amount in amounts]
