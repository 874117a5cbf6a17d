"""Everything that a person can do to a session's record, one frozen type each."""

from __future__ import annotations

from monitor.acts.act import Act, Scene, check_allowed
from monitor.acts.amending import Amend
from monitor.acts.dosing import ChangeRate, Finish, GiveDevice, Pause, Resume, Start, Stop
from monitor.acts.leaving import Cancel, CheckReadiness, Discharge
from monitor.acts.observing import (
    Acknowledge,
    MissSlot,
    NoteEvent,
    ResolveEvent,
    Score,
    TypeLine,
)
from monitor.acts.prescribing import Calculate, TakeOrder, Weigh
from monitor.acts.signing import CoSign, Explain, Sign

__all__ = [
    "Acknowledge",
    "Act",
    "Amend",
    "Calculate",
    "Cancel",
    "ChangeRate",
    "CheckReadiness",
    "CoSign",
    "Discharge",
    "Explain",
    "Finish",
    "GiveDevice",
    "MissSlot",
    "NoteEvent",
    "Pause",
    "ResolveEvent",
    "Resume",
    "Scene",
    "Score",
    "Sign",
    "Start",
    "Stop",
    "TakeOrder",
    "TypeLine",
    "Weigh",
    "check_allowed",
]
