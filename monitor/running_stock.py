"""Walks the lines of the register in order of time, and keeps the running stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from monitor.entries import Inventory
from monitor.register import (
    ALL,
    INVENTORY_YEARS,
    NO_VISIT,
    Asked,
    LotStock,
    RegisterRow,
    RegisterView,
    Replaced,
    StockItem,
    Visit,
    lot_key,
    vial_id,
)
from monitor.stock_lines import FULL, Change, StockLine
from monitor.units import plain

Lot = tuple[str, str]
"""Product and lot, as compared."""

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A line as it stands, with those whose place it took."""

    line: StockLine
    earlier: tuple[StockLine, ...]


@dataclass(slots=True)
class _Held:
    """What there is of one lot at some instant."""

    lot: str
    expiry: str
    vouched: bool = False
    name: str = ""
    mg_each: Decimal | None = None
    mg: Decimal = _NOTHING
    containers: Decimal | None = _NOTHING


@dataclass(slots=True)
class _Cupboard:
    """All lots at some instant.

    Attributes:
        began: When the register did; what happened before changes no stock.
        products: What all lots of each product come to.
    """

    began: dt.datetime | None
    lots: dict[Lot, _Held] = field(default_factory=dict)
    products: dict[str, Decimal] = field(default_factory=dict)

    def take(self, line: StockLine, name: str) -> _Held:
        """Let a line change the stock; returns what there is of its lot then."""
        place = line.product, lot_key(line.lot)
        held = self.lots.setdefault(place, _Held(line.lot, line.expiry))
        if line.expiry and not (line.session_id and held.vouched):
            held.expiry, held.vouched = line.expiry, not line.session_id
        held.name = name or held.name
        held.mg_each = line.mg_each or held.mg_each
        if self.began is None or line.at < self.began:
            return held
        before = held.mg
        held.containers = _containers(held, line)
        held.mg = _amount(held, line)
        total = self.products.get(line.product, _NOTHING)
        self.products[line.product] = total + held.mg - before
        return held

    def seen(self, today: dt.date) -> tuple[LotStock, ...]:
        """Return every lot, by product, expiry and lot."""
        made = (
            LotStock(
                product=product,
                name=held.name,
                lot=held.lot,
                expiry=held.expiry,
                stock_mg=None if self.began is None else held.mg,
                containers=None if self.began is None else held.containers,
                mg_each=held.mg_each,
                expired=is_past(held.expiry, today),
                vouched=held.vouched,
            )
            for (product, _), held in self.lots.items()
            if product
        )
        return tuple(sorted(made, key=lambda lot: (lot.product, lot.expiry, lot.lot)))


def _amount(held: _Held, line: StockLine) -> Decimal:
    if line.change is Change.COUNTED:
        return line.mg
    if line.change.brings:
        return held.mg + line.mg
    return held.mg - line.mg if line.change.takes else held.mg


def _containers(held: _Held, line: StockLine) -> Decimal | None:
    """Return how many whole ones there are after a line; asked before its mg are."""
    if line.change is Change.COUNTED:
        return line.containers
    if held.containers is None or line.change is Change.WASTED or not line.mg:
        return held.containers
    if line.containers is not None:
        there = held.containers + (line.containers if line.change.brings else -line.containers)
        return there if there >= 0 else None  # one that was opened before went as a whole one
    if held.mg_each is not None and held.mg - held.containers * held.mg_each >= line.mg:
        return held.containers  # it came from one that had been opened before
    return None


def last_day(expiry: str) -> dt.date:
    """Return the last day on which a lot may be used; a month's is its last.

    Raises:
        ValueError: If it is no date as the record writes one.

    Example:
        >>> last_day("2027-02"), last_day("2027-08-15")
        (datetime.date(2027, 2, 28), datetime.date(2027, 8, 15))
    """
    if len(expiry) == len("2027-08"):
        first = dt.date.fromisoformat(f"{expiry}-01")
        return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return dt.date.fromisoformat(expiry)


def is_past(expiry: str, today: dt.date) -> bool:
    """Tell whether a lot's date has gone by; one that says nothing has not."""
    try:
        return last_day(expiry) < today
    except (ValueError, OverflowError):
        return False


def register_view(
    lines: Iterable[StockLine],
    visits: Mapping[str, Visit],
    items: Sequence[StockItem],
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    asked: Asked = ALL,
) -> RegisterView:
    """Return the register, or the part of it that is asked for.

    Args:
        lines: All there are, in the order in which they were written.
        visits: The sessions that lines name, by their identity.
        items: What can be received and counted.
        now: The present instant.
        zone: The clinic's time zone.
        asked: Which part is wanted.
    """
    today = now.astimezone(zone).date()
    standing = _in_order(lines, visits)
    began = next((s.line.at for s in standing if s.line.change in _BEGINNING), None)
    cupboard, names = _Cupboard(began), {item.id: item.name for item in items}
    rows: list[RegisterRow] = []
    carried: tuple[LotStock, ...] | None = None
    for each in standing:
        line, day = each.line, each.line.at.astimezone(zone).date()
        if carried is None and asked.first is not None and day >= asked.first:
            carried = cupboard.seen(asked.first)
        held = cupboard.take(line, names.get(line.product, line.name))
        if asked.product in ("", line.product) and _is_within(day, asked):
            rows.append(_row(each, held, cupboard, visits.get(line.session_id, NO_VISIT)))
    counted = max((s.line.at for s in standing if s.line.inventory in FULL), default=None)
    lots = cupboard.seen(today)
    if asked.first is not None and carried is None:
        carried = lots  # nothing happened since
    return RegisterView(
        rows=tuple(rows),
        lots=_of(lots, asked),
        items=tuple(items),
        began=began,
        inventory_at=counted,
        inventory_due=None if counted is None else _due(counted.astimezone(zone).date()),
        at=now,
        today=today,
        zone=zone,
        carried=_of(carried or (), asked),
        product=asked.product,
        first=asked.first,
        last=asked.last,
    )


_BEGINNING = (Change.RECEIVED, Change.COUNTED)
_OPENING = Inventory.OPENING.value


def _is_within(day: dt.date, asked: Asked) -> bool:
    return (asked.first or day) <= day <= (asked.last or day)


def _of(lots: Iterable[LotStock], asked: Asked) -> tuple[LotStock, ...]:
    return tuple(lot for lot in lots if asked.product in ("", lot.product))


def _due(counted: dt.date) -> dt.date:
    year = counted.year + INVENTORY_YEARS
    leap_day = counted.month == 2 and counted.day == 29  # noqa: PLR2004 - 29 February
    return counted.replace(year=year, day=28) if leap_day else counted.replace(year=year)


def _row(each: _Standing, held: _Held, cupboard: _Cupboard, visit: Visit) -> RegisterRow:
    line = each.line
    counts = cupboard.began is not None and line.at >= cupboard.began and bool(line.product)
    counted = line.change is Change.COUNTED and bool(line.product)
    return RegisterRow(
        uid=line.uid,
        at=line.at,
        by=line.by,
        change=line.change,
        product=line.product,
        name=held.name or line.product,
        lot=line.lot,
        expiry=line.expiry or held.expiry,
        in_mg=line.mg if line.change.brings else None,
        out_mg=line.mg if line.change.takes else None,
        containers=line.containers,
        drawn_mg=line.drawn_mg,
        wasted_mg=line.mg if line.change is Change.WASTED else None,
        found_mg=line.mg if counted else None,
        expected_mg=line.expected_mg if counted and line.inventory != _OPENING else None,
        stock_mg=held.mg if counts else None,
        stock_containers=held.containers if counts else None,
        product_mg=cupboard.products.get(line.product, _NOTHING) if counts else None,
        short=counts and held.mg < 0,
        other_date=held.expiry if line.expiry not in ("", held.expiry) else "",
        inventory=line.inventory,
        visit=visit,
        witness=line.witness,
        document=line.document,
        reason=line.reason,
        replaced=tuple(Replaced(e.by, e.at, e.lot, e.expiry, e.mg) for e in each.earlier),
    )


# --- lines as they stand, each of a stock item ---------------------------------------------


def _in_order(lines: Iterable[StockLine], visits: Mapping[str, Visit]) -> list[_Standing]:
    """Return what stands, in order of time, each line with the stock item that it is of."""
    standing = sorted(_standing(lines), key=lambda each: each.line.at)
    whose = _Whose(standing, visits)
    drawn = _DrawnOf(standing)
    return [replace(each, line=whose.named(drawn.taken(each.line))) for each in standing]


def _standing(lines: Iterable[StockLine]) -> Iterator[_Standing]:
    """Give the lines of each entry that nothing has taken the place of."""
    root: dict[str, str] = {}
    chains: dict[str, dict[str, list[StockLine]]] = {}
    for line in lines:
        name = root.get(line.amends, line.uid) if line.amends else line.uid
        root[line.uid] = name
        chains.setdefault(name, {}).setdefault(line.uid, []).append(line)
    for chain in chains.values():
        *earlier, newest = chain.values()
        for place, line in enumerate(newest):
            yield _Standing(line, tuple(said[place] for said in earlier if place < len(said)))


def _own_lot(line: StockLine) -> tuple[str, Lot]:
    """Return whose lot a session's line is of, before its stock item is known."""
    return line.session_id, (line.product, lot_key(line.lot))


class _DrawnOf:
    """Takes nothing out a second time of what a session has already opened of a lot."""

    def __init__(self, standing: Iterable[_Standing]) -> None:
        self._open: dict[tuple[str, Lot], Decimal] = {}  # opened, and drawn by none of these
        for each in standing:
            line = each.line
            if line.change is Change.TAKEN and line.containers is not None:
                before = self._open.get(_own_lot(line), _NOTHING)
                self._open[_own_lot(line)] = before + line.mg - (line.drawn_mg or _NOTHING)

    def taken(self, line: StockLine) -> StockLine:
        """Return the line with what it takes out of the cupboard; lines come in order of time."""
        left = self._open.get(_own_lot(line), _NOTHING)
        if line.change is not Change.TAKEN or line.containers is not None or left <= 0:
            return line
        out_of = min(left, line.mg)
        self._open[_own_lot(line)] = left - out_of
        return replace(line, mg=line.mg - out_of)


class _Whose:
    """Tells of which stock item a session's lines are, by what was known of their lots."""

    def __init__(self, standing: Iterable[_Standing], visits: Mapping[str, Visit]) -> None:
        self._visits = visits
        self._sizes: dict[Lot, str] = {}  # product (or none) and lot: the item that it is known as
        self._own: dict[tuple[str, Lot], str] = {}  # by session, product and lot: its own size
        self._taken: dict[str, StockLine] = {}  # by session: what it took out last
        for each in standing:
            line = each.line
            if not line.session_id:
                for product in _products(line.product):
                    self._know(product, line.lot, line.product)
            elif line.vial_ml is not None:
                item = vial_id(line.product, line.vial_ml)
                self._know(line.product, line.lot, item)
                self._own[_own_lot(line)] = item

    def _know(self, product: str, lot: str, item: str) -> None:
        for name in (product, ""):
            self._sizes.setdefault((name, lot_key(lot)), item)

    def named(self, line: StockLine) -> StockLine:
        """Return the line with its stock item; lines come in order of time."""
        if not line.session_id:
            return line
        if line.change is Change.WASTED and not line.lot and line.session_id in self._taken:
            taken = self._taken[line.session_id]
            return replace(line, product=taken.product, lot=taken.lot)
        drug = self._visits.get(line.session_id, NO_VISIT).drug
        product = line.product
        if not product and line.mg_each is not None and drug:
            product = f"{drug}-{plain(line.mg_each)}"  # a device, before products had ids
        if line.vial_ml is not None:
            item = vial_id(product, line.vial_ml)
        else:
            known = self._sizes.get((product, lot_key(line.lot)), product)
            item = self._own.get(_own_lot(line), known)
        found = replace(line, product=item)
        if line.change is Change.TAKEN:
            self._taken[line.session_id] = found
        return found


def _products(item: str) -> tuple[str, str]:
    """Return the products that a stock item may be of: itself, or a vial of the one before."""
    return item, item.rpartition("-")[0]
