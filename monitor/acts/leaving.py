"""The end of a visit: readiness, discharge, or no drug at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.acts.act import Act, Scene, not_before
from monitor.acts.free_text import plain_text
from monitor.entries import Cancelled, Discharged, Draft, Leaving, Overridden, ReadinessChecked
from monitor.errors import Code, InputError, RefusedError
from monitor.overview import ConditionView
from monitor.readiness import checked_escort, door, lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReadiness(Act):
    """Tick the readiness checklist: (item, met).

    Attributes:
        escort: Who goes along; empty where nobody is named yet.
    """

    items: tuple[tuple[str, bool], ...]
    escort: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the checklist as ticked, once the dose has ended."""
        if not self.items:
            raise InputError(Code.EMPTY, "items")
        known = dict(scene.session.protocol.checklist)
        for item, _ in self.items:
            if item not in known:
                allowed = tuple(known)
                raise InputError(Code.OUT_OF_RANGE, "items", typed=item, allowed=allowed)
        ended = scene.session.dose_ended_at
        if ended is None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        not_before(scene, self.when(scene), ended)
        return (self.draft(scene, ReadinessChecked(self.items, someone(self.escort))),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge(Act):
    """The patient leaves.

    Home is only through the open door, or by a prescriber's override of it; a transfer or a
    departure against advice is recorded as what it is, and never blocked.

    Attributes:
        escort: Who goes with the patient, or where a transfer goes. Going home, whoever the
            checklist named where nobody is named now.
    """

    how: Leaving
    escort: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write that the patient left, and how."""
        session, at = scene.session, self.when(scene)
        if session.started_at is None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        after_all(scene, at)
        escort = someone(self.escort)
        if self.how is Leaving.HOME:
            escort = escort or checked_escort(session, at)
            check_door(scene, door(session, at, escort))
        return (self.draft(scene, Discharged(self.how, escort)),)


def someone(name: object) -> str:
    """Return who goes along, or where to, without blanks around it; empty for nobody.

    Raises:
        InputError: `not-understood` for what is no text on one line, or that marks turn around.
    """
    if not isinstance(name, str) or "\n" in name.strip():
        raise InputError(Code.NOT_UNDERSTOOD, "escort", token=ascii(name)[:40])
    return plain_text(name, "escort") if name.strip() else ""


def after_all(scene: Scene, at: dt.datetime) -> None:
    """Refuse a departure before the newest reading or the last step of the dose.

    Raises:
        RefusedError: `too-early`, with the time after which it must have been.
    """
    session = scene.session
    last = (session.pump_steps, session.devices, session.portions, session.readings)
    not_before(scene, at, max(kept[-1].at for kept in last if kept))


def check_door(scene: Scene, conditions: tuple[ConditionView, ...]) -> None:
    """Refuse the way home while anything that the door waits for is missing.

    Raises:
        RefusedError: `door-closed`, with the codes of what is missing and when its time is up,
            unless a prescriber has overridden that very thing; the cause is `other-override` where
            it was something else.
    """
    unmet = [each for each in conditions if not each.met and not each.lifted]
    if not unmet:
        return
    opens = next((each.opens_at for each in unmet if each.opens_at), None)
    lifted = any(kept.what.what == Code.DOOR_CLOSED for kept in scene.session.all(Overridden))
    raise RefusedError(
        Code.DOOR_CLOSED,
        missing=tuple(lacking(each) for each in unmet),
        after=scene.overview.local(opens) if opens else None,
        **({"cause": "other-override"} if lifted else {}),
    )


def put_right(scene: Scene, new: Discharged, at: dt.datetime) -> Discharged:
    """Return how a patient left after all; home only where the door stood open, or was overridden.

    Who went along is not where a transfer went, so one never stands for the other.

    Raises:
        InputError: `out-of-range` for another way to leave, `not-understood` for no name.
        RefusedError: `door-closed`.
    """
    how, escort = _way_of_leaving(new.how), someone(new.escort)
    old = next(kept.what for kept in scene.session.all(Discharged))
    if how is old.how:
        return Discharged(how, escort)
    if Leaving.TRANSFERRED in (old.how, how) and new.escort == old.escort:
        escort = ""
    if how is Leaving.HOME:
        escort = escort or checked_escort(scene.session, at)
        check_door(scene, door(scene.session, at, escort))
    return Discharged(how, escort)


def _way_of_leaving(how: str) -> Leaving:
    try:
        return Leaving(how)
    except ValueError:
        known = tuple(each.value for each in Leaving)
        raise InputError(Code.OUT_OF_RANGE, "how", typed=how, allowed=known) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Act):
    """End the session without a drug."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the cancellation, with its reason."""
        if scene.session.started_at is not None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        self.need_reason("cancel")
        return (self.draft(scene, Cancelled()),)
