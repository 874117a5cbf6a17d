"""The second check: what another person entered blind, beside what it is held against.

Also what a prescriber let go through although a rule refused it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

from monitor.dose_view import CheckedFigure, CheckView, OverrideView
from monitor.entries import (
    Calculated,
    Checked,
    DeviceGiven,
    Discharged,
    DoseGiven,
    Fact,
    Leaving,
    Ordered,
    Overridden,
    SingleCalculated,
    Started,
    VolumeMode,
)
from monitor.errors import Code, RefusedError
from monitor.people import Author
from monitor.pre_dose import before_first_drug, decided_about
from monitor.protocols.protocol import Protocol as TreatmentProtocol, SecondPerson, Way
from monitor.session import Kept, Session
from monitor.units import plain

Figure = Decimal | VolumeMode
"""One figure of a check, as a person reads it off: a number, or a word."""

UNITS = {
    "weight_kg": " kg",
    "strength_mg_per_ml": " mg/mL",
    "volume_ml": " mL",
    "volume_mode": "",
    "drawn_ml": " mL",
    "rate_ml_h": " mL/h",
    "dose_mg": " mg",
    "pieces": "",
    "devices": "",
}
"""Every figure that a check can hold, in the order in which it is shown, with its unit."""

_AT_THE_PUMP = (
    "weight_kg",
    "strength_mg_per_ml",
    "volume_ml",
    "volume_mode",
    "drawn_ml",
    "rate_ml_h",
)

_FIRST_DRUG: tuple[type[Fact], ...] = (Started, DoseGiven, DeviceGiven)
_FOLLOWED_BY: dict[str, tuple[type[Fact], ...]] = {
    Code.TOO_MUCH: (Calculated, SingleCalculated),
    Code.TOO_EARLY: (DeviceGiven,),
    Code.DOOR_CLOSED: (Discharged,),
}
"""What an override is for, and used up by; anything else is for the first drug."""


class HasSession(Protocol):
    """Anything that holds a session, as the scene of an act does."""

    @property
    def session(self) -> Session:
        """Return the session."""
        ...


def subject(session: Session) -> Kept[Fact] | None:
    """Return what a second person checks: the dose as worked out, or an order of devices."""
    kept = session.order if session.way is Way.DEVICES else session.worked
    return None if kept is None else Kept(kept.first, kept.entry, kept.what, kept.earlier)


def figures(of: Fact, device_mg: Decimal | None = None) -> dict[str, Figure]:
    """Return all of the first person's figures that a second person can enter, in their order.

    Args:
        of: What is checked: a calculation, or an order of devices.
        device_mg: What one device holds, where the dose is given by device.
    """
    found: dict[str, Figure | None] = {}
    if isinstance(of, Calculated):
        found = {
            "weight_kg": of.weight_kg,
            "strength_mg_per_ml": of.strength_mg_per_ml,
            "volume_ml": of.final_volume_ml,
            "volume_mode": of.volume_mode,
            "drawn_ml": of.drawn_ml,
            "rate_ml_h": of.rate_ml_h,
            "dose_mg": of.calculated_mg,
        }
    elif isinstance(of, SingleCalculated):
        found = {
            "weight_kg": of.weight_kg,
            "strength_mg_per_ml": of.strength_mg_per_ml,
            "drawn_ml": of.drawn_ml,
            "dose_mg": of.calculated_mg,
            "pieces": of.pieces,
        }
    elif isinstance(of, Ordered) and device_mg is not None and of.dose_mg is not None:
        found = {"dose_mg": of.dose_mg, "devices": of.dose_mg / device_mg}
    return {name: value for name, value in found.items() if value is not None}


def first_figures(session: Session, of: Fact) -> dict[str, Figure]:
    """Return the first person's figures in a session."""
    return figures(of, session.by_device.device_mg if session.by_device else None)


def asked(session: Session) -> tuple[str, ...]:
    """Return the names of the figures that a second person must enter now, in their order."""
    of = subject(session)
    return () if of is None else _asked(session, of.what)


def _asked(session: Session, of: Fact) -> tuple[str, ...]:
    """Return the figures that this way of giving rests on; others may be entered as well."""
    if isinstance(of, Ordered):
        return ("devices",)
    if isinstance(of, Calculated):
        return _AT_THE_PUMP if session.way is Way.PUMP else _AT_THE_PUMP[:-1]
    if isinstance(of, SingleCalculated) and of.pieces is not None:
        return ("dose_mg", "pieces")
    by_weight = isinstance(of, SingleCalculated) and of.per_kg_mg is not None
    return (*(("weight_kg",) if by_weight else ()), "strength_mg_per_ml", "drawn_ml")


def differing(first: Mapping[str, Figure], second: Mapping[str, Figure], of: Fact) -> list[str]:
    """Return the names of the figures that are not the same; numbers are compared as numbers."""
    return [
        name
        for name, value in first.items()
        if name in second and second[name] not in _accepted(name, value, of)
    ]


def _accepted(name: str, value: Figure, of: Fact) -> tuple[Figure, ...]:
    """Return what counts as the same: drug that is added leaves two ways to say the volume."""
    if name == "volume_ml" and isinstance(of, Calculated):
        return (value, of.volume_ml)
    return (value,)


def entered(checked: object) -> dict[str, Figure]:
    """Return the figures that a check (the act or the entry) holds."""
    found = {name: getattr(checked, name) for name in UNITS}
    return {
        name: Decimal(value) if isinstance(value, int) else value
        for name, value in found.items()
        if value is not None
    }


def checks(session: Session) -> tuple[CheckView, ...]:
    """Return every check that was made, oldest first, each beside what it was held against."""
    now, first = subject(session), session.first_drug
    made: list[CheckView] = []
    apart: set[str] = set()  # the doses of which a check has differed so far
    for kept in session.all(Checked):
        of = session.find(kept.what.of)
        if of is not None:
            made.append(
                CheckView(
                    by=kept.first.by,
                    at=kept.at,
                    first_by=of.first.by,
                    figures=_side_by_side(session, of.what, kept.what),
                    stands=now is not None and now.uid == of.uid,
                    in_time=first is None or kept.first.n < first.first.n,
                    after_comparing=of.uid in apart,
                )
            )
            apart |= {of.uid} if kept.what.differs else set()
    return tuple(made)


def _side_by_side(session: Session, of: Fact, checked: Checked) -> tuple[CheckedFigure, ...]:
    first, second = first_figures(session, of), entered(checked)
    shown = []
    for name in UNITS:
        mine, other = first.get(name), second.get(name)
        if other is None:
            continue
        if mine is not None and other in _accepted(name, mine, of):
            mine = other  # a volume that was said in the other way is shown as it was said
        same = name not in checked.differs
        shown.append(CheckedFigure(name, _worded(name, mine), _worded(name, other), same))
    return tuple(shown)


def _worded(name: str, value: Figure | None) -> str | None:
    if value is None:
        return None
    return value.value if isinstance(value, VolumeMode) else f"{plain(value)}{UNITS[name]}"


def newest_check(session: Session) -> Kept[Checked] | None:
    """Return the newest check of the dose as it stands, whatever it found.

    Once drug was given, that is the newest that was written before it: what somebody enters
    during the dose neither makes nor undoes the check that it was begun with.
    """
    now, first = subject(session), session.first_drug
    of_it = [kept for kept in session.all(Checked) if now and kept.what.of == now.uid]
    in_time = [kept for kept in of_it if first is None or kept.first.n < first.first.n]
    return in_time[-1] if in_time else None


def verified(session: Session) -> Kept[Checked] | None:
    """Return the newest check of the dose as it stands, if it is another person's and agrees.

    Another's than who worked the dose out, which the act sees to, and than who gave a device.
    """
    check = newest_check(session)
    if check is None or check.what.differs or check.first.by.user in givers(session):
        return None
    return check


def givers(session: Session) -> frozenset[str]:
    """Return the users who gave devices: none of them is the second person."""
    return frozenset(kept.first.by.user for kept in session.devices)


def need_check(scene: HasSession, first_person: Author | None = None) -> None:
    """Refuse the first drug where the protocol wants a second person and none has agreed.

    Where the protocol only asks for a check, none is needed; one by whoever gives the drug is
    refused all the same, since it would be told as a second person's.

    Args:
        scene: Where the drug is about to be given.
        first_person: Who gives it, where that is the one who must not have checked it.

    Raises:
        RefusedError: `check-missing`, with what `differs`, or the `name` of who did both.
    """
    session = scene.session
    wanted = session.protocol.second_person
    check = newest_check(session)
    if first_person:
        need_another(session, first_person)
    if wanted is not SecondPerson.REQUIRED or in_force(session, Code.CHECK_MISSING) is not None:
        return
    if check is None:
        raise RefusedError(Code.CHECK_MISSING)
    if check.what.differs:
        raise RefusedError(Code.CHECK_MISSING, differs=check.what.differs)


def need_another(session: Session, giver: Author) -> None:
    """Refuse a device from the hand that checked the order; no override lifts that.

    Raises:
        RefusedError: `check-missing`, with the `name` of who did both.
    """
    check = newest_check(session)
    asked = session.protocol.second_person is not SecondPerson.NONE
    if asked and check and check.first.by.user == giver.user:
        raise RefusedError(Code.CHECK_MISSING, name=giver.name)


def overrides(session: Session) -> tuple[OverrideView, ...]:
    """Return what prescribers let go through, oldest first."""
    return tuple(
        OverrideView(
            by=kept.first.by,
            at=kept.at,
            what=kept.what.what,
            reason=kept.first.reason,
            used=_is_used(session, kept) and not _has_lapsed(session, kept),
            lapsed=_has_lapsed(session, kept),
            worked_out=_worked_out_by(session, kept.first.by),
            bp=decided_about(session, kept),
        )
        for kept in session.all(Overridden)
    )


def in_force(session: Session, code: str, at: dt.datetime | None = None) -> Kept[Overridden] | None:
    """Return the override of a code whose act has not followed yet.

    Args:
        session: Whose.
        code: The code that had refused it.
        at: When the act that it is for was, where that is not now.
    """
    return next(
        (
            kept
            for kept in reversed(session.all(Overridden))
            if kept.what.what == code
            and not _is_used(session, kept)
            and not _has_lapsed(session, kept, at)
        ),
        None,
    )


def liftable(protocol: TreatmentProtocol) -> frozenset[str]:
    """Return the codes of refusals that a prescriber's reason can lift under a protocol.

    A pressure before the dose is a prescriber's to decide about wherever the protocol names one.
    """
    held = {Code.PRE_DOSE_HOLD.value} if protocol.hold is not None else set()
    return protocol.overridable | held


def _is_used(session: Session, override: Kept[Overridden]) -> bool:
    """Tell whether the act that an override is for has followed."""
    kinds = _FOLLOWED_BY.get(override.what.what, _FIRST_DRUG)
    return any(
        isinstance(kept.what, kinds) and kept.first.n > override.first.n
        for kept in session.standing
    )


def _has_lapsed(
    session: Session, override: Kept[Overridden], at: dt.datetime | None = None
) -> bool:
    """Tell whether what a prescriber decided about is no more, for an act at that time."""
    lapses = _LAPSES.get(override.what.what)
    return lapses is not None and lapses(session, override, at)


def _is_another_dose(session: Session, override: Kept[Overridden], _at: dt.datetime | None) -> bool:
    """Tell whether a missing check was overridden for another dose: it holds for one.

    It ends when the dose is worked out (or ordered) anew, and when a second person has looked
    after all and has other figures.
    """
    of, check, n = subject(session), newest_check(session), override.first.n
    if of is None or of.first.n > n:
        return True
    return check is not None and check.first.n > n and bool(check.what.differs)


def _is_measured_again(
    session: Session, override: Kept[Overridden], at: dt.datetime | None
) -> bool:
    """Tell whether the first drug rests on a pressure that was written after the decision.

    One that was put right since counts as newer; one from before it that came late does not, nor
    does one that was measured after the drug was given.
    """
    newest = before_first_drug(session, at)
    return newest is not None and newest.entry.n > override.first.n


def _has_left_otherwise(
    session: Session, _override: Kept[Overridden], _at: dt.datetime | None
) -> bool:
    """Tell whether the patient left, but not through the door that was overridden."""
    left = session.discharged
    return left is not None and left.what.how is not Leaving.HOME


_LAPSES: Mapping[str, Callable[[Session, Kept[Overridden], dt.datetime | None], bool]] = {
    Code.CHECK_MISSING: _is_another_dose,
    Code.PRE_DOSE_HOLD: _is_measured_again,
    Code.DOOR_CLOSED: _has_left_otherwise,
}


def _worked_out_by(session: Session, who: Author) -> bool:
    """Tell whether a prescriber who overrides has worked the dose out as well."""
    made = session.worked
    return made is not None and made.first.by.user == who.user
