"""The order: how much over how long, by whom, for how long; nothing is given without it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from monitor.acts.act import Act, Scene
from monitor.entries import Draft, Given, Ordered, Validity
from monitor.errors import Code, InputError, RefusedError
from monitor.past_doses import course_order, dose_before, newest_order, order_taker
from monitor.people import CLINICIANS, Author, Patient, Role
from monitor.protocols.protocol import DeviceDose, InfusionDose, Protocol, SingleDose
from monitor.session import Session

LEAST_MG = Decimal("0.1")
"""A whole dose below it is taken for a slip of the hand (a typing guard of this project)."""

COURSE_DAYS = 90
"""A course's order holds no longer than this (a project choice, the clinic's to approve)."""


def before_the_dose(scene: Scene) -> None:
    """Refuse what belongs before the first drug once that is given.

    Raises:
        RefusedError: `wrong-phase`.
    """
    if scene.session.started_at is not None:
        raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)


def check_age(protocol: Protocol, patient: Patient, today: dt.date) -> None:
    """Refuse whom a protocol does not treat.

    Raises:
        RefusedError: `under-age`, with the age and the least.
    """
    age, least = patient.age_on(today), protocol.youngest_years
    if least is not None and age < least:
        raise RefusedError(Code.UNDER_AGE, age=age, least=least)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOrder(Act):
    """A prescriber orders: mg/kg over minutes, or mg; a verbal order is written by who took it.

    Attributes:
        per_kg_mg: Milligrams for each kilogram.
        minutes: How long the infusion (or the push) is to run.
        dose_mg: The whole dose, where it is not by weight.
        prescriber: Who ordered, where somebody else performs this.
        taken_by: Who took a verbal order; whoever performs this where None.
        read_back: Whether it was read back to the prescriber.
        valid_until: The last day of a course's order.
        japanese_ancestry: As told, where the protocol asks.
        reason: The prescriber's, where the order is outside the protocol.
    """

    how: Given
    per_kg_mg: Decimal | None = None
    minutes: Decimal | None = None
    dose_mg: Decimal | None = None
    prescriber: Author | None = None
    taken_by: Author | None = None
    read_back: bool = False
    validity: Validity = Validity.SESSION
    valid_until: dt.date | None = None
    japanese_ancestry: bool | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the order, within what the protocol allows."""
        before_the_dose(scene)
        prescriber, taken_by = self._people(scene)
        self._check_validity(_today(scene))
        ordered = Ordered(
            how=self.how,
            per_kg_mg=self.per_kg_mg,
            minutes=self.minutes,
            dose_mg=self.dose_mg,
            prescriber=prescriber,
            taken_by=taken_by,
            read_back=self.read_back and self.how is Given.VERBAL,
            validity=self.validity,
            valid_until=self.valid_until,
            japanese_ancestry=self.japanese_ancestry,
        )
        check_order(scene, ordered, self.reason.strip())
        return (self.draft(scene, ordered),)

    def _people(self, scene: Scene) -> tuple[Author | None, Author | None]:
        """Return (the prescriber, where that is not who writes; who took a verbal order)."""
        author, named = scene.author, self.prescriber
        prescriber = author if named is None or named.user == author.user else named
        if self.how is Given.VERBAL and named is None and author.role is not Role.PRESCRIBER:
            raise InputError(Code.EMPTY, "prescriber")
        if prescriber.role is not Role.PRESCRIBER:
            raise RefusedError(Code.NOT_ALLOWED, role=prescriber.role.value)
        if self.how is Given.WRITTEN:
            if prescriber is not author:
                raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
            return None, None
        taken_by = self._taken_by(author, prescriber)
        if not self.read_back:
            raise InputError(Code.EMPTY, "read_back")
        return (None if prescriber is author else prescriber), taken_by

    def _taken_by(self, author: Author, prescriber: Author) -> Author:
        """Return who took a verbal order: the one who writes it, unless the prescriber does."""
        if prescriber is not author:
            if self.taken_by is not None and self.taken_by.user != author.user:
                raise RefusedError(Code.NOT_ALLOWED, field="taken_by", name=self.taken_by.name)
            return author
        if self.taken_by is None:
            raise InputError(Code.EMPTY, "taken_by")
        if self.taken_by.user == prescriber.user:
            raise RefusedError(Code.SAME_PERSON)
        if self.taken_by.role not in CLINICIANS:
            raise RefusedError(Code.NOT_ALLOWED, role=self.taken_by.role.value)
        return self.taken_by

    def _check_validity(self, today: dt.date) -> None:
        last = self.valid_until
        if self.validity is Validity.SESSION:
            if last is not None:
                raise InputError(
                    Code.DIFFERS, "valid_until", first="an order for this session", second="its end"
                )
            return
        if last is None:
            raise InputError(Code.EMPTY, "valid_until")
        latest = today + dt.timedelta(days=COURSE_DAYS)
        if not today <= last <= latest:
            raise InputError(
                Code.OUT_OF_RANGE, "valid_until", least=today.isoformat(), most=latest.isoformat()
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCourseOrder(Act):
    """Use the course's order that stands from an earlier visit (`monitor.past_doses`)."""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the same order for today, in the name of whoever gave it."""
        before_the_dose(scene)
        session, earlier, today = scene.session, scene.earlier(), _today(scene)
        kept = course_order(session, earlier, today)
        if kept is None:
            raise _no_course_order(scene, earlier)
        old = kept.what
        ordered = Ordered(
            how=old.how,
            per_kg_mg=old.per_kg_mg,
            minutes=old.minutes,
            dose_mg=old.dose_mg,
            prescriber=old.prescriber or kept.entry.by,
            taken_by=order_taker(kept),
            read_back=old.read_back,
            validity=old.validity,
            valid_until=old.valid_until,
            japanese_ancestry=old.japanese_ancestry,
            course_order=kept.uid,
        )
        check_order(scene, ordered, kept.entry.reason)
        return (Draft(ordered, self.when(scene), scene.new_uid(), reason=kept.entry.reason),)


def _no_course_order(scene: Scene, earlier: tuple[Session, ...]) -> RefusedError:
    """Return why no course's order can be used."""
    found = newest_order(scene.session, earlier)
    if found is None or found[1].what.validity is not Validity.COURSE:
        return RefusedError(Code.ORDER_MISSING, what="course")
    visit, kept = found
    if visit.cancelled is not None:
        return RefusedError(Code.ORDER_MISSING, what="course")
    if visit is scene.session:
        return RefusedError(Code.UNCHANGED)
    return RefusedError(Code.ORDER_MISSING, what="course", until=str(kept.what.valid_until))


def _today(scene: Scene) -> dt.date:
    """Return the session's local day."""
    return scene.overview.local(scene.now).date()


# --- within the protocol ------------------------------------------------------------------


def check_order(scene: Scene, order: Ordered, reason: str) -> None:
    """Hold an order against the protocol.

    Args:
        scene: The session as it stands.
        order: What is to be ordered.
        reason: The prescriber's, for what is outside.

    Raises:
        InputError: At the field that is missing or out of the protocol's bounds.
        RefusedError: `under-age`, `differs`, or `reason-missing` for what takes a reason.
    """
    check_age(scene.session.protocol, scene.session.opened.patient, _today(scene))
    dose = scene.session.protocol.dose
    if isinstance(dose, DeviceDose):
        _check_devices(scene, dose, order, reason)
        return
    if order.dose_mg is not None and order.per_kg_mg is not None:
        raise RefusedError(Code.DIFFERS, first="mg/kg", second="mg")
    if isinstance(dose, SingleDose):
        _check_single(dose, order, reason)
    else:
        _check_infusion(dose, order, reason)


def _check_infusion(dose: InfusionDose, order: Ordered, reason: str) -> None:
    if order.dose_mg is None and order.per_kg_mg is None:
        raise InputError(Code.EMPTY, "per_kg_mg")
    lets = dose.outside_with_reason
    if order.minutes is not None:
        check_minutes(dose, order.minutes, reason)
    elif order.per_kg_mg is not None:
        raise InputError(Code.EMPTY, "minutes")
    if order.per_kg_mg is not None:
        bounds = Bounds("per_kg_mg", "mg/kg", dose.per_kg_least, dose.per_kg_most, lets)
        bounds.hold(order.per_kg_mg, reason)
    if order.dose_mg is not None:
        lets = lets or above(order.dose_mg, dose.cap_mg)
        Bounds("dose_mg", "mg", LEAST_MG, dose.cap_mg, lets).hold(order.dose_mg, reason)


def above(mg: Decimal | None, cap_mg: Decimal) -> bool:
    """Tell whether a whole dose that was ordered is above the protocol's cap."""
    return mg is not None and mg.is_finite() and mg > cap_mg


def check_minutes(dose: InfusionDose, minutes: Decimal, reason: str) -> None:
    """Hold a duration against the protocol.

    Raises:
        InputError: `out-of-range`.
    """
    lets = dose.outside_with_reason
    Bounds("minutes", "min", dose.minutes_least, dose.minutes_most, lets).hold(minutes, reason)


def _check_single(dose: SingleDose, order: Ordered, reason: str) -> None:
    if order.minutes is not None:
        raise not_of_this_way("minutes", order.minutes)
    by_weight = dose.per_kg_least is not None and dose.per_kg_most is not None
    lets = dose.outside_with_reason
    if order.per_kg_mg is not None:
        if dose.per_kg_least is None or dose.per_kg_most is None:
            raise _other_unit("per_kg_mg", order.per_kg_mg, "whole-dose")
        bounds = Bounds("per_kg_mg", "mg/kg", dose.per_kg_least, dose.per_kg_most, lets)
        bounds.hold(order.per_kg_mg, reason)
    elif order.dose_mg is not None:
        if dose.mg_least is None or dose.mg_most is None:
            raise _other_unit("dose_mg", order.dose_mg, "by-weight")
        Bounds("dose_mg", "mg", dose.mg_least, dose.mg_most, lets).hold(order.dose_mg, reason)
    else:
        raise InputError(Code.EMPTY, "per_kg_mg" if by_weight else "dose_mg")


def not_of_this_way(field: str, value: object) -> InputError:
    """Return the refusal of a figure that the protocol's way of giving does not have."""
    return InputError(Code.OUT_OF_RANGE, field, ordered=value, hint="not-this-way")


def _other_unit(field: str, value: Decimal, hint: str) -> InputError:
    """Return the refusal of an order by weight, or in mg, where the protocol has none so."""
    return InputError(Code.OUT_OF_RANGE, field, ordered=value, hint=hint)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a protocol wants a figure of an order.

    Attributes:
        with_reason: Whether what is outside is taken with the prescriber's reason.
    """

    field: str
    unit: str
    least: Decimal
    most: Decimal
    with_reason: bool

    def hold(self, value: Decimal, reason: str) -> None:
        """Refuse a figure outside; one that nobody could mean is refused with any reason.

        Raises:
            InputError: `out-of-range`, with the bounds.
        """
        possible = value.is_finite() and value > 0
        if possible and self.least <= value <= self.most:
            return
        if possible and self.with_reason and reason:
            return
        raise InputError(
            Code.OUT_OF_RANGE,
            self.field,
            ordered=value,
            least=self.least,
            most=self.most,
            unit=self.unit,
            hint="prescriber-reason" if possible and self.with_reason else "within",
        )


# --- devices --------------------------------------------------------------------------------


def _check_devices(scene: Scene, dose: DeviceDose, order: Ordered, reason: str) -> None:
    mg = order.dose_mg
    if order.per_kg_mg is not None:
        raise _other_unit("per_kg_mg", order.per_kg_mg, "whole-dose")
    if order.minutes is not None:
        raise not_of_this_way("minutes", order.minutes)
    if mg is None:
        raise InputError(Code.EMPTY, "dose_mg")
    if mg not in (*dose.doses_mg, *dose.reason_doses_mg):
        raise InputError(Code.OUT_OF_RANGE, "dose_mg", allowed=dose.doses_mg, unit="mg")
    if dose.low_start_ancestry and order.japanese_ancestry is None:
        raise InputError(Code.EMPTY, "japanese_ancestry")
    if reason:
        return
    if mg not in dose.doses_mg:
        raise RefusedError(Code.REASON_MISSING, why="dose", mg=mg, usual=dose.doses_mg)
    _check_step(scene, dose, order, mg)


def _check_step(scene: Scene, dose: DeviceDose, order: Ordered, mg: Decimal) -> None:
    """Ask for a reason where a first dose is not the low one, or a later one too far off."""
    if dose.low_start_mg is None and dose.step_mg is None:
        return
    before = dose_before(scene.session, scene.earlier())
    if before is None:
        if dose.low_start_mg not in (None, mg) and _starts_low(scene, dose, order):
            raise RefusedError(
                Code.REASON_MISSING, why="low-start", mg=mg, start_mg=dose.low_start_mg
            )
    elif dose.step_mg is not None and abs(mg - before.mg) > dose.step_mg:
        raise RefusedError(
            Code.REASON_MISSING,
            why="step",
            mg=mg,
            before_mg=before.mg,
            before_at=before.at,
            before_on=before.at.astimezone(scene.zone).date().isoformat(),
            step_mg=dose.step_mg,
        )


def _starts_low(scene: Scene, dose: DeviceDose, order: Ordered) -> bool:
    if dose.low_start_ancestry and order.japanese_ancestry:
        return True
    age = scene.session.opened.patient.age_on(_today(scene))
    return dose.low_start_years is not None and age >= dose.low_start_years
