"""Giving the dose: pump and devices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitor.acts.act import Act, Scene
from monitor.acts.before_the_dose import check_first_drug, not_set_up
from monitor.acts.labels import amount, expiry_date, lot_number
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
from monitor.protocols.protocol import DeviceDose, Form, Way
from monitor.second_check import in_force, need_another
from monitor.session import PumpStep, Session

PUMP_SHOWS_AT_MOST = 2
"""Times the final volume: a pump that says it gave more is misread (a guard of this project)."""


SLOW = Decimal("0.5")
"""Of the rate worked out: one below wants a reason (a typing guard of this project)."""


def _wrong_phase(scene: Scene) -> RefusedError:
    return RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)


def runnable(session: Session, rate: Decimal) -> Decimal:
    """Return a pump's rate; one at which nothing runs, or that outruns the protocol, is refused.

    The highest is the rate at which the final volume runs in the protocol's shortest time; or
    the one worked out, where a prescriber ordered it faster.

    Raises:
        InputError: `out-of-range`.
    """
    if not rate.is_finite() or rate <= 0:
        raise InputError(Code.OUT_OF_RANGE, "rate_ml_h", least=Decimal("0.1"), unit="mL/h")
    dose, made = session.infusion, session.calculation
    if dose and made:
        what = made.what
        if rate % what.rate_step_ml_h:
            raise InputError(Code.OUT_OF_RANGE, "rate_ml_h", typed=rate, step=what.rate_step_ml_h)
        exact = what.final_volume_ml * 60 / dose.minutes_least
        fastest = exact // what.rate_step_ml_h * what.rate_step_ml_h
        most = max(fastest, what.rate_ml_h)
        if rate > most:
            raise InputError(
                Code.OUT_OF_RANGE, "rate_ml_h", typed=rate, most=most, minutes=dose.minutes_least
            )
    return rate


def pump_display(session: Session, ml: Decimal | None) -> Decimal | None:
    """Return what the pump's display said; what it cannot have said is refused.

    Raises:
        InputError: `out-of-range`.
    """
    if ml is None:
        return None
    amount(ml, "pump_ml", nothing=True)
    made = session.calculation
    most = PUMP_SHOWS_AT_MOST * made.what.final_volume_ml if made else ml
    if ml > most:
        raise InputError(Code.OUT_OF_RANGE, "pump_ml", least=Decimal(0), most=most, unit="mL")
    return ml


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
        pump_display(scene.session, self.pump_ml)
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

    def check_slow(self, scene: Scene, rate: Decimal) -> None:
        """Want a reason for a rate that may be a slip of the decimal point."""
        made = scene.session.calculation
        if made and rate < made.what.rate_ml_h * SLOW:
            self.need_reason("slow-rate")

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
        """Write the start, once order, dose, second check and baseline are there."""
        session = scene.session
        if session.way is not Way.PUMP or session.pump_steps:
            raise _wrong_phase(scene)
        if session.order is None or session.calculation is None:
            raise not_set_up(self, scene)
        check_first_drug(self, scene)
        worked = session.calculation.what.rate_ml_h
        rate = runnable(session, worked if self.rate_ml_h is None else self.rate_ml_h)
        if rate != worked:
            self.need_reason("rate")
        return self.step(scene, Started(rate, self.pump_ml))


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
        before, rate = self.rate_before(scene), self.rate_ml_h
        if rate is not None and runnable(scene.session, rate) < before:
            self.check_slow(scene, rate)
        return self.step(scene, Resumed(before if rate is None else rate, self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRate(PumpAct):
    """Set the running pump to another rate."""

    rate_ml_h: Decimal

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the new rate."""
        self.need_running(scene, paused=False)
        rate = runnable(scene.session, self.rate_ml_h)
        self.check_slow(scene, rate)
        return self.step(scene, RateChanged(rate, self.pump_ml))


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
    """The infusion has run to its end; or a dose in parts is ended short, with a reason."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the end."""
        session = scene.session
        if session.way is not Way.PUMP:
            if session.started_at is None or session.dose_ended_at is not None:
                raise _wrong_phase(scene)
            self.need_reason("dosing ended short")
        else:
            self.need_running(scene, paused=False)
        return self.step(scene, Finished(self.pump_ml))


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveDevice(Act):
    """One nasal device was used under observation.

    Attributes:
        lot, expiry: As printed; needed where the protocol names the device as a product. A date
            gone by is refused.
    """

    lot: str = ""
    expiry: str = ""
    sprays: int = 2

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the device; what is early wants a reason."""
        session = scene.session
        dose = session.by_device
        if dose is None or session.ending is not None:
            raise _wrong_phase(scene)
        if session.order is None:
            raise not_set_up(self, scene)
        if len(session.devices) >= session.devices_ordered:
            raise RefusedError(Code.TOO_MUCH, devices=session.devices_ordered)
        lot, expiry = device_label(scene, self.lot, self.expiry, scene.now)
        check_sprays(dose, self.sprays)
        if self.sprays < dose.sprays:
            self.need_reason("sprays")
        if session.devices:
            self._check_wait(scene, dose)
            need_another(session, scene.author)
        else:
            check_first_drug(self, scene, scene.author)
        number, product = len(session.devices) + 1, device_product(session)
        made = DeviceGiven(number, dose.device_mg, lot, expiry, self.sprays, product)
        return (self.draft(scene, made),)

    def _check_wait(self, scene: Scene, dose: DeviceDose) -> None:
        opens = scene.session.devices[-1].at + dt.timedelta(minutes=dose.wait_minutes)
        when = self.when(scene)
        if when < scene.session.devices[-1].at:
            raise RefusedError(Code.TOO_EARLY, after=scene.overview.local(opens))
        allowed = self.reason.strip() or in_force(scene.session, Code.TOO_EARLY)
        if when < opens and not allowed:
            raise RefusedError(
                Code.TOO_EARLY,
                after=scene.overview.local(opens),
                number=len(scene.session.devices) + 1,
            )


def device_product(session: Session) -> str:
    """Return the id of the protocol's device; empty where it names none."""
    products = (p.id for p in session.protocol.products if p.form is Form.DEVICE)
    return next(products, "")


def device_label(scene: Scene, lot: str, expiry: str, at: dt.datetime) -> tuple[str, str]:
    """Return a device's lot and expiry date as printed.

    Raises:
        InputError: `empty` where the protocol names the device as a product, `not-understood`.
        RefusedError: `expired`.
    """
    asked = bool(device_product(scene.session))
    lot = lot_number(lot) if asked or lot.strip() else ""
    if asked or expiry.strip():
        expiry = expiry_date(expiry, scene.overview.local(at).date(), lot)
    return lot, expiry.strip()


def check_sprays(dose: DeviceDose, sprays: int) -> None:
    """Refuse what no device can give.

    Raises:
        InputError: `out-of-range`.
    """
    if not 1 <= sprays <= dose.sprays:
        raise InputError(Code.OUT_OF_RANGE, "sprays", least=1, most=dose.sprays, unit="sprays")
