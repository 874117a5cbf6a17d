"""What was entered anew in the dose chain: it no longer counts, and stays to be seen."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from monitor.dose_view import OrderView, ReplacedView
from monitor.entries import Calculated, Entry, Ordered, SingleCalculated, Weighed
from monitor.overseeing.set_up import order_view
from monitor.people import Author
from monitor.protocols.protocol import Way
from monitor.session import Kept, Session
from monitor.units import plain

_MG_PLACES = 3
_Made = Kept[Calculated] | Kept[SingleCalculated]


def replaced(session: Session) -> tuple[ReplacedView, ...]:
    """Return the orders, then the weights, then the calculations that were made anew."""
    return (*_orders(session), *_weights(session), *_doses(session))


def _orders(session: Session) -> Iterator[ReplacedView]:
    for old, new in itertools.pairwise(session.all(Ordered)):
        view = order_view(old)
        by = order_view(new).by
        yield _view("order", _order_words(view), old, new.first, by=view.by, replaced_by=by)


def _order_words(order: OrderView) -> str:
    said = []
    if order.per_kg_mg is not None:
        said.append(f"{plain(order.per_kg_mg)} mg/kg")
    if order.dose_mg is not None:
        said.append(f"{plain(order.dose_mg)} mg")
    if order.minutes is not None:
        said.append(f"over {plain(order.minutes)} min")
    return f"{' '.join(said)}, {order.how.value}"


def _weights(session: Session) -> Iterator[ReplacedView]:
    for old, new in itertools.pairwise(session.all(Weighed)):
        what = old.what
        height = f", {plain(what.height_cm)} cm" if what.height_cm is not None else ""
        yield _view("weight", f"{plain(what.kg)} kg {what.how.value}{height}", old, new.first)


def _doses(session: Session) -> Iterator[ReplacedView]:
    """Yield what was worked out before, and the last one too where it has been undone since."""
    yield from _anew(session, session.all(Calculated))
    yield from _anew(session, session.all(SingleCalculated))


def _anew(session: Session, made: Sequence[_Made]) -> Iterator[ReplacedView]:
    at_the_pump = session.way is Way.PUMP
    for old, new in itertools.pairwise(made):
        yield _view("dose", _dose_words(old.what, at_the_pump=at_the_pump), old, new.first)
    undid = _undid(session, made[-1].entry) if made and session.worked is None else None
    if undid is not None:
        said = _dose_words(made[-1].what, at_the_pump=at_the_pump)
        yield dataclasses.replace(_view("dose", said, made[-1], undid), anew=False)


def _undid(session: Session, made: Entry) -> Entry | None:
    """Return the first order, weight or identity that came after a calculation."""
    kinds = (session.order, session.weight)
    later = [kept.entry for kept in kinds if kept and kept.entry.n > made.n]
    again = [e for e in session.entries if e.n > made.n and e.amends == session.entries[0].uid]
    return min(later or again[-1:], key=lambda entry: entry.n, default=None)


def _dose_words(made: Calculated | SingleCalculated, *, at_the_pump: bool) -> str:
    """Say what was to be made ready: "35 mg: 0.7 mL of 50 mg/mL, in 50 mL, at 75 mL/h"."""
    said = f"{plain(made.prepared_mg, _MG_PLACES)} mg: "
    if isinstance(made, SingleCalculated):
        pieces = f"{plain(made.pieces)} pieces" if made.pieces is not None else ""
        return said + (pieces or _drawn(made))
    pump = f", at {plain(made.rate_ml_h)} mL/h" if at_the_pump else ""
    return f"{said}{_drawn(made)}, in {plain(made.final_volume_ml)} mL{pump}"


def _drawn(made: Calculated | SingleCalculated) -> str:
    if made.drawn_ml is None or made.strength_mg_per_ml is None:
        return "not measured"
    return f"{plain(made.drawn_ml)} mL of {plain(made.strength_mg_per_ml)} mg/mL"


def _view(
    what: str,
    words: str,
    old: Kept[Ordered] | Kept[Weighed] | _Made,
    new: Entry,
    *,
    by: Author | None = None,
    replaced_by: Author | None = None,
) -> ReplacedView:
    return ReplacedView(
        what=what,
        words=words,
        by=by or old.entry.by,
        at=old.at,
        replaced_at=new.recorded_at,
        replaced_by=replaced_by or new.by,
        reason=old.first.reason,
    )
