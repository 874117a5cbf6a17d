"""Which rooms a person can go into: those in which there is something for that role to do or read.

What is refused is refused by the use-cases; a room where all would be is not offered.
"""

from __future__ import annotations

from monitor.people import Role

CHAIRS, PATIENTS, AUDIT = "Chairs", "Patients", "Audit"
READERS = frozenset({"REMS", "Register", AUDIT, "Settings"})
"""The rooms of somebody who writes nothing of a treatment: there is something to read in each."""


def may_enter(role: Role, room: str) -> bool:
    """Tell whether a room is among those of a role, by its name on the rail."""
    return role is not Role.AUDITOR or room in READERS


def room_for(role: Role, wanted: str) -> str:
    """Return the room that is wanted; for one that is not that role's, the one of the log-in."""
    return wanted if may_enter(role, wanted) else home_of(role)


def home_of(role: Role) -> str:
    """Return the room that one comes into after the log-in."""
    return CHAIRS if may_enter(role, CHAIRS) else AUDIT
