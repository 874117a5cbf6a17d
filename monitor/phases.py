"""Where a session stands."""

from __future__ import annotations

import enum


class Phase(enum.StrEnum):
    """The phases of a session, in the order in which they come."""

    SET_UP = "set-up"
    PRE_DOSE = "pre-dose"
    INFUSING = "infusing"
    PAUSED = "paused"
    DEVICES = "devices"
    GIVING = "giving"
    RECOVERY = "recovery"
    OBSERVATION = "observation"
    READY = "ready"
    CLOSED = "closed"
    CANCELLED = "cancelled"
