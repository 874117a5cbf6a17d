"""Makes the session's read-model: the one place where a record becomes something to show."""

from __future__ import annotations

from monitor.overseeing.oversee import oversee

__all__ = ["oversee"]
