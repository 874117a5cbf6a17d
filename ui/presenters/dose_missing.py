"""What of the dose chain is not in the record yet, and the ways to what was left out."""

from __future__ import annotations

from decimal import Decimal

from monitor.overview import SessionOverview
from monitor.protocols.protocol import Way
from ui.presenters.now_faces import Command

_NONE = Decimal(0)
_CHECK = Command("dose:check", "Second check…", "quiet", "users")
_PREPARE = Command("dose:prepare", "Record the preparation…", "quiet", "flask")


def left_out(overview: SessionOverview) -> tuple[Command, ...]:
    """Return the ways to what was missing at the first drug and can still be recorded.

    There is none to what is explained, or entered by now, even where the gap stays: it says how
    it was at the first drug.
    """
    open_gaps = {gap.code for gap in overview.gaps if not gap.explained}
    made = []
    if "check-missing" in open_gaps and _can_check(overview):
        made.append(_CHECK)
    if "not-prepared" in open_gaps and _can_prepare(overview):
        made.append(_PREPARE)
    return tuple(made)


def to_prepare(overview: SessionOverview) -> tuple[Decimal, Decimal]:
    """Return (what was worked out to be taken, what has been taken of it), in mL or pieces."""
    dose = overview.dose
    whole = dose.pieces if dose.pieces is not None else dose.drawn_ml
    taken = ((p.pieces if p.drawn_ml is None else p.drawn_ml) or _NONE for p in dose.preparations)
    return whole or _NONE, sum(taken, _NONE)


def is_prepared(overview: SessionOverview) -> bool:
    """Tell whether all that was worked out has been taken."""
    whole, taken = to_prepare(overview)
    return 0 < whole <= taken


def _can_check(overview: SessionOverview) -> bool:
    """Tell whether another person's figures are still taken: until the dose has ended."""
    over = overview.ended_at is not None or overview.closed_at is not None
    check = overview.dose.check
    return not over and (check is None or not check.same)


def _can_prepare(overview: SessionOverview) -> bool:
    """Tell whether a lot is still taken: until the patient leaves, up to what was worked out."""
    by_device, closed = overview.way is Way.DEVICES, overview.closed_at is not None
    return not by_device and not closed and not is_prepared(overview)
