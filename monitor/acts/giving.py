"""Giving a dose by hand: pushed, injected, swallowed, sprayed or inserted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.accounting import Batch, part_of, standing_batch
from monitor.acts.act import Act, Scene
from monitor.acts.before_the_dose import check_first_drug, not_set_up
from monitor.acts.labels import amount, at_most
from monitor.acts.ordering import not_of_this_way
from monitor.entries import Calculated, DoseGiven, Draft, SingleCalculated
from monitor.errors import Code, InputError, RefusedError
from monitor.protocols.protocol import InfusionDose, Way
from monitor.session import Session
from monitor.units import half_up

LONGEST_MINUTES = Decimal(60)
"""What is given by hand takes no longer (a typing guard of this project)."""

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveDose(Act):
    """Give the dose that was worked out, or with a reason a part of it.

    Attributes:
        dose_mg: What was given; all that is left of what was prepared where None.
        minutes: How long a push took; as worked out where None. Faster or slower than the
            protocol has it wants a reason.
        site: Where, in the protocol's words.
    """

    dose_mg: Decimal | None = None
    minutes: Decimal | None = None
    site: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write what was given, once order, dose, check and baseline are there."""
        session = scene.session
        by_hand = session.way in (Way.PUSH, Way.SINGLE)
        if not by_hand or session.dose_ended_at is not None:
            raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
        batch = standing_batch(session)
        if session.order is None or batch is None:
            raise not_set_up(self, scene)
        if session.portions:
            self._check_order(scene)
        else:
            check_first_drug(self, scene)
        mg = self._mg(scene, batch)
        minutes = self._minutes(scene, mg / batch.prepared_mg)
        return (self.draft(scene, DoseGiven(mg, minutes, check_site(session, self.site))),)

    def _check_order(self, scene: Scene) -> None:
        last = scene.session.portions[-1].at
        if self.when(scene) < last:
            raise RefusedError(Code.TOO_EARLY, after=scene.overview.local(last))

    def _mg(self, scene: Scene, batch: Batch) -> Decimal:
        given = sum((kept.what.mg for kept in scene.session.portions), _NONE)
        left = batch.prepared_mg - batch.wasted_mg - given
        if left <= 0:
            raise RefusedError(Code.NOTHING_OPEN, what="mixture")
        if self.dose_mg is None:
            return left
        mg = amount(self.dose_mg, "dose_mg")
        at_most(mg, left, "portion_mg", "mg")
        worked = batch.worked.what
        if isinstance(worked, SingleCalculated) and worked.piece_mg:
            part = worked.piece_mg * (worked.part or 1)
            if not part_of(mg, part):
                raise InputError(Code.OUT_OF_RANGE, "dose_mg", step=part)
        if mg < left:
            self.need_reason("part")
        return mg

    def _minutes(self, scene: Scene, share: Decimal) -> Decimal | None:
        worked = scene.session.worked
        made = worked.what if worked else None
        pushed = made.minutes if isinstance(made, Calculated) else None
        if self.minutes is None:
            return pushed if pushed is None or share == 1 else half_up(pushed * share, 2)
        check_pushed(scene.session, self.minutes)
        minutes = amount(self.minutes, "minutes")
        if minutes > LONGEST_MINUTES:
            raise InputError(Code.OUT_OF_RANGE, "minutes", most=LONGEST_MINUTES)
        dose = scene.session.protocol.dose
        if isinstance(dose, InfusionDose) and not self.reason.strip():
            least, most = (half_up(m * share, 2) for m in (dose.minutes_least, dose.minutes_most))
            if not least <= minutes <= most:
                raise InputError(
                    Code.OUT_OF_RANGE, "minutes", typed=minutes, least=least, most=most
                )
        return minutes


def check_pushed(session: Session, minutes: Decimal) -> None:
    """Refuse minutes of what is not pushed into a vein.

    Raises:
        InputError: `out-of-range`.
    """
    if session.way is not Way.PUSH:
        raise not_of_this_way("minutes", minutes)


def check_site(session: Session, site: str) -> str:
    """Return where it was given; a place that the protocol does not name is refused.

    Raises:
        InputError: `out-of-range`.
    """
    site, single = site.strip(), session.single
    if site and single and single.sites and site not in single.sites:
        raise InputError(Code.OUT_OF_RANGE, "site", allowed=single.sites)
    return site
