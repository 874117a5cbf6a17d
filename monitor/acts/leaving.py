"""The end of a visit: readiness, discharge, or no drug at all."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.acts.act import Act, Scene
from monitor.entries import Cancelled, Discharged, Draft, Leaving, ReadinessChecked
from monitor.errors import Code, InputError, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReadiness(Act):
    """Tick the readiness checklist: (item, met)."""

    items: tuple[tuple[str, bool], ...]

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the checklist as ticked."""
        if not self.items:
            raise InputError(Code.EMPTY, "items")
        if scene.session.started_at is None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        return (self.draft(scene, ReadinessChecked(self.items)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge(Act):
    """The patient leaves.

    Home is only through the open door; a transfer or a departure against advice is
    recorded as what it is, and never blocked.

    Attributes:
        escort: Who goes with the patient.
    """

    how: Leaving
    escort: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write that the patient left, and how."""
        if scene.session.started_at is None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        overview = scene.overview
        if self.how is Leaving.HOME and not overview.door_open:
            missing = tuple(c.code for c in overview.door if not c.met)
            opens = next((c.opens_at for c in overview.door if c.opens_at and not c.met), None)
            raise RefusedError(
                Code.DOOR_CLOSED,
                missing=missing,
                after=overview.local(opens) if opens else None,
            )
        return (self.draft(scene, Discharged(self.how, self.escort.strip())),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Act):
    """End the session without a drug."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the cancellation, with its reason."""
        if scene.session.started_at is not None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        self.need_reason("cancel")
        return (self.draft(scene, Cancelled()),)
