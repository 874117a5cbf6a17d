"""Two people: the second one's blind figures, and a prescriber who lets something go through."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from monitor import second_check
from monitor.acts.act import Act, Scene
from monitor.entries import Checked, Draft, Overridden, VolumeMode
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Role
from monitor.pre_dose import is_to_decide
from monitor.protocols.protocol import Way
from monitor.second_check import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDose(Act):
    """A second person enters the figures from order, label and pump, without seeing the first.

    What the protocol's way of giving does not have stays None. Figures that differ are an entry
    too; `monitor.two_people.SecondCheck` then says so.

    Attributes:
        dose_mg: The dose in mg, where it was not worked out from a volume.
        devices: How many lie ready.
    """

    weight_kg: Decimal | None = None
    strength_mg_per_ml: Decimal | None = None
    volume_ml: Decimal | None = None
    volume_mode: VolumeMode | None = None
    drawn_ml: Decimal | None = None
    rate_ml_h: Decimal | None = None
    dose_mg: Decimal | None = None
    pieces: Decimal | None = None
    devices: int | None = None

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the figures, and which of them are not the first person's."""
        session, by_device = scene.session, scene.session.way is Way.DEVICES
        _check_now(self)
        if session.dose_ended_at is not None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        of = second_check.subject(session)
        if session.order is None:
            raise RefusedError(Code.ORDER_MISSING)
        if of is None:
            raise RefusedError(Code.DOSE_MISSING)
        first_people = second_check.givers(session) if by_device else {of.first.by.user}
        if scene.author.user in first_people:
            raise RefusedError(Code.SAME_PERSON)
        first, second = second_check.first_figures(session, of.what), second_check.entered(self)
        _check_entered(second, first.keys(), second_check.asked(session))
        differs = tuple(second_check.differing(first, second, of.what))
        names = (field.name for field in dataclasses.fields(Checked))
        made = Checked(
            **{name: getattr(self, name) for name in names if name in second_check.UNITS},
            of=of.uid,
            differs=differs,
        )
        return (self.draft(scene, made),)


def _check_now(act: Act) -> None:
    """Refuse another time than now: what two people do counts from when it is written.

    Raises:
        RefusedError: `not-allowed`.
    """
    if act.at is not None:
        raise RefusedError(Code.NOT_ALLOWED, what="at")


def _check_entered(
    second: Mapping[str, Figure], known: AbstractSet[str], asked: Sequence[str]
) -> None:
    """Refuse a check that leaves a figure out, holds one too many, or one that cannot be.

    Raises:
        InputError: `empty` or `out-of-range`, with the field.
    """
    for name in asked:
        if name not in second:
            raise InputError(Code.EMPTY, name)
    for name, value in second.items():
        if name not in known:
            raise InputError(Code.OUT_OF_RANGE, name, typed=value, hint="not-checked")
        if isinstance(value, Decimal) and not (value.is_finite() and value > 0):
            raise InputError(Code.OUT_OF_RANGE, name, typed=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Act):
    """A prescriber lets the next act go through although a rule of the protocol refuses it.

    Attributes:
        what: The code that refused it.
    """

    allowed: ClassVar[frozenset[Role]] = frozenset({Role.PRESCRIBER})

    what: str

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the override, with the prescriber's reason."""
        session = scene.session
        _check_now(self)
        if self.what not in second_check.liftable(session.protocol):
            raise RefusedError(Code.NOT_ALLOWED, rule=self.what)
        at_the_door = self.what == Code.DOOR_CLOSED
        if (session.dose_ended_at is not None) is not at_the_door:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        if self.what == Code.CHECK_MISSING and second_check.subject(session) is None:
            raise RefusedError(Code.DOSE_MISSING)
        self._check_there_is_one(scene)
        self.need_reason("override")
        return (self.draft(scene, Overridden(self.what)),)

    def _check_there_is_one(self, scene: Scene) -> None:
        """Refuse to lift what nothing is held by: no pressure, an open door, or lifted already."""
        session, overview, now = scene.session, scene.overview, scene.now
        if self.what == Code.DOOR_CLOSED:
            nothing = overview.door_open
            again = all(each.met or each.lifted for each in overview.door)
        else:
            held = self.what == Code.PRE_DOSE_HOLD
            nothing = held and not is_to_decide(session, now, overview.local(now).date())
            again = second_check.in_force(session, self.what) is not None
        if nothing:
            raise RefusedError(Code.NOTHING_OPEN)
        if again:
            raise RefusedError(Code.UNCHANGED)
