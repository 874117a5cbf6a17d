"""How and why a patient left, as the record now says."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.entries import Discharged, Leaving
from monitor.session import Session


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a patient left.

    Attributes:
        let_through: Whether that was home by a prescriber's override of the closed door.
    """

    how: Leaving
    let_through: bool = False


def left_reason(session: Session) -> str:
    """Return the reason of the entry since which the record says how the patient left.

    That is the discharge's own, or an amendment's that changed how; one that put only the time or
    the escort right gives none.
    """
    left = session.discharged
    if left is None:
        return ""
    reason = ""
    how = None
    for entry in (*left.earlier, left.entry):
        if isinstance(entry.what, Discharged) and entry.what.how is not how:
            how, reason = entry.what.how, entry.reason
    return reason
