"""Sessions as read-models, made by hand. No person, clinic or lot in here exists."""

from __future__ import annotations

from tests.fakes.esketamine_overview import esketamine
from tests.fakes.extreme_overview import extreme
from tests.fakes.ketamine_overview import draft, ketamine
from tests.fakes.single_overview import injected, swallowed

__all__ = ["draft", "esketamine", "extreme", "injected", "ketamine", "swallowed"]
