"""Amending what bears a lot: what was wasted or kept of a lot goes along with its preparation."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal

from monitor.accounting import VIAL_TOLERANCE_ML, Vial, balance, place_of
from monitor.acts.preparing import opened_pieces
from monitor.acts.wasting import check_still_in, opened_of, opened_vial
from monitor.entries import Fact, Prepared, RemainderKept, Wasted, WasteOf
from monitor.errors import Code, InputError
from monitor.session import Kept, Session

Gone = Wasted | RemainderKept

_NONE = Decimal(0)


def bears_a_lot(new: Wasted | RemainderKept) -> bool:
    """Tell whether it is of one lot: a mixture is of none, nor a device before products had ids.

    Raises:
        InputError: `out-of-range` where a mixture would get one.
    """
    if isinstance(new, RemainderKept) or new.of is WasteOf.VIAL:
        return True
    if new.of is WasteOf.MIXTURE and new.lot.strip():
        raise InputError(Code.OUT_OF_RANGE, "lot", typed=new.lot, hint="mixture-lot")
    return new.of is WasteOf.DEVICE and bool(new.product or new.lot.strip())


def moved_along(
    session: Session, kept: Kept[Fact], new: Fact
) -> tuple[Fact, tuple[tuple[Kept[Fact], Fact], ...]]:
    """Return an amended entry, and the wastes that its new lot takes along.

    Raises:
        InputError: `too-much` where more would be gone of a lot than was opened of it.
        RefusedError: `nothing-open` for a lot that this session did not prepare.
    """
    if isinstance(new, Wasted | RemainderKept):
        _check_lot(session, kept.what, new)
        return new, ()
    if not isinstance(new, Prepared) or not isinstance(kept.what, Prepared):
        return new, ()
    others = [k.what for k in session.all(Prepared) if k.uid != kept.uid]
    before, after = place_of(kept.what), place_of(new)
    along: tuple[tuple[Kept[Fact], Fact], ...] = ()
    if before != after:
        new = _opened_anew(session, new)
        if before not in map(place_of, others):
            along = tuple(_renamed(session, kept.what, new.lot))
    moved = {k.uid for k, _ in along}
    stays = [k.what for k in _gone(session) if k.uid not in moved]
    gone = [*stays, *(what for _, what in along if isinstance(what, Wasted | RemainderKept))]
    for place in {before, after}:
        _check_holds(place, [*others, new], gone)
    return new, along


def _check_lot(session: Session, old: Fact, new: Gone) -> None:
    """Hold another lot of a waste against what this session opened of it."""
    if isinstance(new, Wasted) and new.of is not WasteOf.VIAL:
        return
    if not isinstance(old, Wasted | RemainderKept) or place_of(old) == place_of(new):
        return
    vial = opened_vial(session, opened_of(session, new.lot, new.product))
    if vial.strength is not None and new.ml is not None:
        check_still_in(vial, new.ml)
    elif new.mg > vial.rest_mg:
        raise _too_much(vial, vial.opened_mg - vial.rest_mg + new.mg)


def _opened_anew(session: Session, new: Prepared) -> Prepared:
    if new.pieces is None:
        return new
    whole = opened_pieces(session, new.product, new.lot, new.pieces)
    return dataclasses.replace(new, opened_mg=whole * new.mg / new.pieces)


def _gone(session: Session) -> Iterator[Kept[Wasted] | Kept[RemainderKept]]:
    """Give what was thrown away or put back of opened vials."""
    yield from (k for k in session.all(Wasted) if k.what.of is WasteOf.VIAL)
    yield from session.all(RemainderKept)


def _renamed(session: Session, old: Prepared, lot: str) -> Iterator[tuple[Kept[Fact], Fact]]:
    for kept in _gone(session):
        if place_of(kept.what) == place_of(old):
            found = session.find(kept.uid)
            assert found is not None  # noqa: S101 - it stands
            yield found, dataclasses.replace(kept.what, lot=lot)


def _check_holds(place: tuple[str, str], taken: Sequence[Prepared], gone: Sequence[Gone]) -> None:
    """Refuse vials that would hold less than what was drawn, wasted and kept of them."""
    here = [what for what in gone if place_of(what) == place]
    if not here:
        return
    lot = [what for what in taken if place_of(what) == place]
    vial = balance(lot, here)
    if vial is None:
        raise InputError(Code.EMPTY, "vials", lot=here[0].lot)
    if vial.rest_mg < -VIAL_TOLERANCE_ML * (vial.strength or _NONE):
        raise _too_much(vial, vial.opened_mg - vial.rest_mg)


def _too_much(vial: Vial, gone: Decimal) -> InputError:
    return InputError(Code.TOO_MUCH, "vials", lot=vial.lot, gone=gone, opened=vial.opened_mg)
