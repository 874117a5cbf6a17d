"""Giving the dose: pump and devices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitor.acts.act import Act, Scene
from monitor.entries import (
    DeviceGiven,
    Draft,
    Finished,
    Paused,
    RateChanged,
    Resumed,
    Started,
    Stopped,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.protocols.protocol import DeviceDose
from monitor.session import PumpStep


def _wrong_phase(scene: Scene) -> RefusedError:
    return RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)


def _need_baseline(act: Act, scene: Scene) -> None:
    if scene.session.baseline(act.when(scene)) is None and not act.reason.strip():
        raise RefusedError(Code.BASELINE_MISSING, minutes=scene.session.protocol.baseline.before)


def positive(rate: Decimal) -> Decimal:
    """Return a pump's rate; one at which nothing would run is refused."""
    if rate <= 0:
        raise InputError(Code.OUT_OF_RANGE, "rate_ml_h", least=Decimal("0.1"), unit="mL/h")
    return rate


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpAct(Act):
    """Something done at the pump.

    Attributes:
        pump_ml: The volume infused by the pump's own display, where it was read.
    """

    pump_ml: Decimal | None = None

    def step(self, scene: Scene, what: PumpStep) -> tuple[Draft, ...]:
        """Return the step, in its place in time: never before the one it follows."""
        steps = scene.session.pump_steps
        when = self.when(scene)
        if steps and when < steps[-1].at:
            raise RefusedError(Code.TOO_EARLY, after=scene.overview.local(steps[-1].at))
        return (self.draft(scene, what),)

    def need_running(self, scene: Scene, *, paused: bool | None = None) -> None:
        """Insist that the infusion is on, and (where it matters) that it is paused or is not."""
        session = scene.session
        on = bool(session.pump_steps) and session.ending is None
        if not on or (paused is not None and session.paused is not paused):
            raise _wrong_phase(scene)

    def rate_before(self, scene: Scene) -> Decimal:
        """Return the rate that was last set, in mL/h."""
        for step in reversed(scene.session.pump_steps):
            if isinstance(step.what, Started | Resumed | RateChanged):
                return step.what.rate_ml_h
        raise _wrong_phase(scene)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(PumpAct):
    """Start the infusion.

    Attributes:
        rate_ml_h: What the pump is set to; the rate worked out where None. Another one wants
            a reason.
    """

    rate_ml_h: Decimal | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the start, once order, dose and baseline are there."""
        session = scene.session
        if session.infusion is None or session.pump_steps:
            raise _wrong_phase(scene)
        if session.order is None:
            raise RefusedError(Code.ORDER_MISSING)
        if session.calculation is None:
            raise RefusedError(Code.DOSE_MISSING)
        _need_baseline(self, scene)
        worked = session.calculation.what.rate_ml_h
        if self.rate_ml_h is not None and self.rate_ml_h != worked:
            self.need_reason("rate")
        return self.step(scene, Started(positive(self.rate_ml_h or worked), self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(PumpAct):
    """Pause the infusion."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the pause."""
        self.need_running(scene, paused=False)
        return self.step(scene, Paused(self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(PumpAct):
    """Let the infusion run again, at the rate before unless another is set."""

    rate_ml_h: Decimal | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write that it runs again."""
        self.need_running(scene, paused=True)
        rate = self.rate_before(scene) if self.rate_ml_h is None else self.rate_ml_h
        return self.step(scene, Resumed(positive(rate), self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRate(PumpAct):
    """Set the running pump to another rate."""

    rate_ml_h: Decimal

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the new rate."""
        self.need_running(scene, paused=False)
        return self.step(scene, RateChanged(positive(self.rate_ml_h), self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(PumpAct):
    """Stop the infusion before its end, with the reason."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the stop."""
        self.need_running(scene)
        self.need_reason("stop")
        return self.step(scene, Stopped(self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(PumpAct):
    """The infusion has run to its end; or dosing by device is ended short, with a reason."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the end."""
        session = scene.session
        if session.by_device:
            if not session.devices or session.dose_ended_at is not None:
                raise _wrong_phase(scene)
            self.need_reason("dosing ended short")
        else:
            self.need_running(scene, paused=False)
        return self.step(scene, Finished(self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveDevice(Act):
    """One nasal device was used under observation.

    Attributes:
        expiry: As printed, "2027-08"; a date gone by is refused.
    """

    lot: str = ""
    expiry: str = ""
    sprays: int = 2

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the device; what is early or above the pre-dose limit wants a reason."""
        session = scene.session
        dose = session.by_device
        if dose is None or session.ending is not None:
            raise _wrong_phase(scene)
        if session.order is None:
            raise RefusedError(Code.ORDER_MISSING)
        if len(session.devices) >= session.devices_ordered:
            raise RefusedError(Code.TOO_MUCH, devices=session.devices_ordered)
        self._check_device(scene, dose)
        if session.devices:
            self._check_wait(scene, dose)
        else:
            self._check_before_the_first(scene, dose)
        made = DeviceGiven(
            len(session.devices) + 1, dose.device_mg, self.lot.strip(), self.expiry, self.sprays
        )
        return (self.draft(scene, made),)

    def _check_device(self, scene: Scene, dose: DeviceDose) -> None:
        check_device(scene, dose, self.sprays, self.expiry)
        if self.sprays < dose.sprays:
            self.need_reason("sprays")

    def _check_wait(self, scene: Scene, dose: DeviceDose) -> None:
        opens = scene.session.devices[-1].at + dt.timedelta(minutes=dose.wait_minutes)
        when = self.when(scene)
        if when < scene.session.devices[-1].at:
            raise RefusedError(Code.TOO_EARLY, after=scene.overview.local(opens))
        if when < opens and not self.reason.strip():
            raise RefusedError(
                Code.TOO_EARLY,
                after=scene.overview.local(opens),
                number=len(scene.session.devices) + 1,
            )

    def _check_before_the_first(self, scene: Scene, dose: DeviceDose) -> None:
        _need_baseline(self, scene)
        before = scene.session.baseline(self.when(scene))
        bp = before.what.reading.bp if before else None
        if bp and (
            bp.systolic > dose.hold_above_systolic or bp.diastolic > dose.hold_above_diastolic
        ):
            self.need_reason(f"bp {bp.text}")


def check_device(scene: Scene, dose: DeviceDose, sprays: int, expiry: str) -> None:
    """Refuse what no device can be.

    Raises:
        InputError: `out-of-range` sprays, or `not-understood` for the date.
        RefusedError: `expired`.
    """
    if not 0 <= sprays <= dose.sprays:
        raise InputError(Code.OUT_OF_RANGE, "sprays", least=0, most=dose.sprays, unit="sprays")
    if expiry and _last_day(expiry) < scene.overview.local(scene.now).date():
        raise RefusedError(Code.EXPIRED, expiry=expiry)


def _last_day(expiry: str) -> dt.date:
    """Return the last day on which a device may be used: a month alone means its last day.

    Raises:
        InputError: `not-understood`.
    """
    try:
        if len(expiry) == len("2027-08"):
            first = dt.date.fromisoformat(f"{expiry}-01")
            return (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        return dt.date.fromisoformat(expiry)
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, "expiry", token=expiry) from None
