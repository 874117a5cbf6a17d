"""What must be there before the first drug, by whatever way it is given."""

from __future__ import annotations

import datetime as dt

from monitor.accounting import standing_batch
from monitor.acts.act import Act, Scene, not_before
from monitor.acts.ordering import check_age
from monitor.errors import Code, RefusedError
from monitor.people import Role
from monitor.pre_dose import held_by
from monitor.second_check import in_force


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


def check_first_drug(act: Act, scene: Scene) -> None:
    """Hold the first drug against the age, the order's time, the baseline and what is left.

    Raises:
        RefusedError: `under-age`, `too-early` before the order, `nothing-open` where all that was
            made ready was thrown away, or `baseline-missing`.
    """
    session = scene.session
    check_age(session.protocol, session.opened.patient, scene.overview.local(scene.now).date())
    after_the_order(scene, act.when(scene))
    batch = standing_batch(session)
    if batch and batch.wastes and batch.prepared_mg <= batch.wasted_mg:
        raise RefusedError(Code.NOTHING_OPEN, what="wasted")
    need_baseline(act, scene)
    need_decision(act, scene)


def need_decision(act: Act, scene: Scene) -> None:
    """Insist on a prescriber's decision where the pressure before the dose is above the protocol's.

    A prescriber who gives the drug decides by the act's own reason.

    Raises:
        RefusedError: `pre-dose-hold`, with the pressure and the bounds.
    """
    at = act.when(scene)
    held = held_by(scene.session, at, scene.overview.local(at).date())
    if held is None or in_force(scene.session, Code.PRE_DOSE_HOLD) is not None:
        return
    if scene.author.role is Role.PRESCRIBER and act.reason.strip():
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
