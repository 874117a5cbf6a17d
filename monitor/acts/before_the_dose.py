"""What must be there before the first drug, by whatever way it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from monitor.accounting import standing_batch
from monitor.acts.act import Act, Scene, not_before
from monitor.acts.ordering import check_age
from monitor.errors import Code, RefusedError
from monitor.people import Author
from monitor.pre_dose import held_by
from monitor.protocols.protocol import Way
from monitor.second_check import in_force, need_another, need_check
from monitor.session import Session


def need_baseline(act: Act, scene: Scene) -> None:
    """Insist on a full set of vital signs that is not too old, a reason, or an override.

    Raises:
        RefusedError: `baseline-missing`.
    """
    session = scene.session
    if session.baseline(act.when(scene)) is not None or act.reason.strip():
        return
    if in_force(session, Code.BASELINE_MISSING) is None:
        raise RefusedError(Code.BASELINE_MISSING, minutes=session.protocol.baseline.before)


def check_first_drug(act: Act, scene: Scene, giver: Author | None = None) -> None:
    """Hold the first drug against the age, the order's time, what is left, and what is missing.

    Args:
        act: What would begin the dose.
        scene: Where.
        giver: Whoever gives it, where that is one who must not have checked it.

    Raises:
        RefusedError: `under-age`, `too-early` before the order, `nothing-open` where all that was
            made ready was thrown away, `check-missing` by the one who gives; or by the first that
            is missing, with the codes of all `also` missing.
    """
    session = scene.session
    check_age(session.protocol, session.opened.patient, scene.overview.local(scene.now).date())
    after_the_order(scene, act.when(scene))
    batch = standing_batch(session)
    if batch and batch.wastes and batch.prepared_mg <= batch.wasted_mg:
        raise RefusedError(Code.NOTHING_OPEN, what="wasted")
    if giver is not None:
        need_another(session, giver)
    missing = tuple(_missing(act, scene, giver))
    if missing:
        raise _together(missing)


def not_set_up(act: Act, scene: Scene) -> RefusedError:
    """Return the refusal of a first drug without its order or dose, with all that is missing."""
    return _together(tuple(_missing(act, scene, None)))


def _together(missing: tuple[RefusedError, ...]) -> RefusedError:
    first, *others = missing
    if not others:
        return first
    return RefusedError(first.code, **first.facts, also=tuple(each.code.value for each in others))


def _missing(act: Act, scene: Scene, giver: Author | None) -> Iterator[RefusedError]:
    """Yield what is missing before the first drug, in the order in which it is come by."""
    session = scene.session
    if session.order is None:
        yield RefusedError(Code.ORDER_MISSING)
    if session.way is not Way.DEVICES and session.worked is None:
        yield RefusedError(Code.DOSE_MISSING)
        if session.weight is None and _by_weight(session):
            yield RefusedError(Code.WEIGHT_MISSING)
    checks: tuple[Callable[[], None], ...] = (
        lambda: need_baseline(act, scene),
        lambda: need_decision(act, scene),
        lambda: need_check(scene, giver),
    )
    for check in checks:
        try:
            check()
        except RefusedError as error:
            yield error


def _by_weight(session: Session) -> bool:
    """Tell whether the dose goes by weight, as far as the protocol or the order says."""
    order = session.order
    return session.infusion is not None or bool(order and order.what.per_kg_mg is not None)


def need_decision(act: Act, scene: Scene) -> None:
    """Insist on a prescriber's decision where the pressure before the dose is above the protocol's.

    It is an entry of its own, also where a prescriber gives the drug: a reason of the act says
    something else.

    Raises:
        RefusedError: `pre-dose-hold`, with the pressure and the bounds.
    """
    at = act.when(scene)
    held = held_by(scene.session, at, scene.overview.local(at).date())
    if held is None or in_force(scene.session, Code.PRE_DOSE_HOLD, at) is not None:
        return
    pressure, bounds = held
    raise RefusedError(
        Code.PRE_DOSE_HOLD, bp=pressure.text, systolic=bounds[0], diastolic=bounds[1]
    )


def after_the_order(scene: Scene, at: dt.datetime) -> None:
    """Refuse a first drug before the order that it is given by.

    Raises:
        RefusedError: `too-early`.
    """
    if scene.session.order is not None:
        not_before(scene, at, scene.session.order.at)
