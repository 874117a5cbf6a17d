"""Everything that a person can do to a session's record, one frozen type each."""

from __future__ import annotations

from monitor.acts.act import Act, Scene, check_allowed
from monitor.acts.amending import Amend
from monitor.acts.calculating import Calculate
from monitor.acts.checking import CheckDose, Override
from monitor.acts.dosing import ChangeRate, Finish, GiveDevice, Pause, Resume, Start, Stop
from monitor.acts.events import MarkSerious, NoteEvent, ResolveEvent
from monitor.acts.giving import GiveDose
from monitor.acts.leaving import Cancel, CheckReadiness, Discharge
from monitor.acts.observing import (
    Acknowledge,
    MissSlot,
    Score,
    TypeLine,
)
from monitor.acts.ordering import TakeOrder, UseCourseOrder
from monitor.acts.preparing import Prepare
from monitor.acts.signing import AddAddendum, CoSign, Explain, Sign
from monitor.acts.wasting import KeepRemainder, Waste
from monitor.acts.weighing import Weigh

__all__ = [
    "Acknowledge",
    "Act",
    "AddAddendum",
    "Amend",
    "Calculate",
    "Cancel",
    "ChangeRate",
    "CheckDose",
    "CheckReadiness",
    "CoSign",
    "Discharge",
    "Explain",
    "Finish",
    "GiveDevice",
    "GiveDose",
    "KeepRemainder",
    "MarkSerious",
    "MissSlot",
    "NoteEvent",
    "Override",
    "Pause",
    "Prepare",
    "ResolveEvent",
    "Resume",
    "Scene",
    "Score",
    "Sign",
    "Start",
    "Stop",
    "TakeOrder",
    "TypeLine",
    "UseCourseOrder",
    "Waste",
    "Weigh",
    "check_allowed",
]
