"""The controlled-drug register as the room shows it: rows, stock, the next inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.people import Author
from monitor.register import NO_VISIT, Asked, LotStock, RegisterRow, RegisterView
from monitor.stock_keeping import KEEPERS
from monitor.units import plain
from ui.presenters.words import NOTHING

HEADS = ("When", "What happened", "Product and lot", "In, out mg", "Lot mg", "Product mg")
"""Over the columns of the register."""
NUMBERS = frozenset({3, 4, 5})
"""The columns of figures."""

_MINUS = "\N{MINUS SIGN}"
EMPTY = (
    "The register is empty. Count what is in the cupboard now (Count…, opening inventory), or "
    "receive the first delivery; what sessions take out then comes by itself."
)
EMPTY_TO_READ = "The register is empty: nothing was counted or received yet."
NOTHING_FOUND = "Nothing was written in these days, or of this product."


@dataclass(frozen=True, slots=True)
class TwoLines:
    """One cell: a word or figure, and a quieter one under it.

    Attributes:
        tone: Of the lower line.
    """

    upper: str
    lower: str = ""
    tone: str = "text_2"


@dataclass(frozen=True, slots=True)
class RowFace:
    """One row of the register.

    Attributes:
        product, day: What it is picked out by, the day in the clinic's time.
        detail: What the cells have no room for: shown of the row that is chosen.
        said: The whole row, for a screen reader.
    """

    uid: str
    product: str
    day: dt.date
    cells: tuple[TwoLines, ...]
    detail: str
    said: str


@dataclass(frozen=True, slots=True)
class LotFace:
    """What there is of one lot.

    Attributes:
        worry: "expired" or "more taken out than the register had"; empty where all is well.
    """

    name: str
    lot: str
    amount: str
    pieces: str
    worry: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFace:
    """All that the room shows.

    Attributes:
        note: Beside the title.
        products: (id, name) to choose from; the first is all.
        inventory: When the last one was made, and until when the next is to be.
        inventory_tone: Amber where it is overdue.
        may_write: Whether who is here may do more than read.
        may_take: Whether there is a lot that something can be taken of.
        nothing: What stands in the place of rows where there are none.
    """

    note: str
    rows: tuple[RowFace, ...]
    lots: tuple[LotFace, ...]
    products: tuple[tuple[str, str], ...]
    chosen: str
    inventory: str
    inventory_tone: str
    may_write: bool
    may_take: bool
    nothing: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The whole register, and its rows as the table shows them, the newest first."""

    view: RegisterView
    rows: tuple[RowFace, ...]


def drawn(view: RegisterView, before: Drawn | None = None) -> Drawn:
    """Return the whole register with its rows drawn: work of seconds in a long one.

    Args:
        view: All of it.
        before: As it was drawn the last time; a row that is as it was is not drawn again.
    """
    there = dict(zip(before.view.rows, reversed(before.rows), strict=True)) if before else {}
    made = [there.get(row) or row_face(view, row) for row in view.rows]
    return Drawn(view, tuple(reversed(made)))


def register_face(whole: Drawn, asked: Asked, author: Author) -> RegisterFace:
    """Return the room's face: of the register the part that is asked for.

    Args:
        whole: All of it.
        asked: Which part is wanted.
        author: Who is here.
    """
    view, may_write = whole.view, author.role in KEEPERS
    begun = view.began is not None or bool(view.rows)
    nothing = NOTHING_FOUND if begun else EMPTY if may_write else EMPTY_TO_READ
    words, tone = inventory_words(view)
    rows = tuple(row for row in whole.rows if _is_asked(row, asked))
    return RegisterFace(
        note="controlled drugs, by product and lot" if may_write else "read-only",
        rows=rows,
        lots=tuple(lot_face(e) for e in view.in_stock if asked.product in ("", e.product)),
        products=(("", "All products"), *products_of(view)),
        chosen=asked.product,
        inventory=words,
        inventory_tone=tone,
        may_write=may_write,
        may_take=any(lot.stock_mg and lot.stock_mg > 0 for lot in view.lots),
        nothing="" if rows else nothing,
    )


def _is_asked(row: RowFace, asked: Asked) -> bool:
    within = (asked.first or row.day) <= row.day <= (asked.last or row.day)
    return within and asked.product in ("", row.product)


def products_of(view: RegisterView) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of everything that can be counted or was ever in the register."""
    found = {item.id: item.name for item in view.items}
    found |= {lot.product: lot.name for lot in view.lots if lot.product not in found}
    return tuple(found.items())


def inventory_words(view: RegisterView) -> tuple[str, str]:
    """Say when the last inventory was made and until when the next is due, and in which tone."""
    if view.inventory_at is None or view.inventory_due is None:
        return "No inventory was made yet: begin with an opening inventory.", "overdue"
    last = f"{view.local(view.inventory_at):%Y-%m-%d}"
    due = view.inventory_due.isoformat()
    if view.inventory_overdue:
        return f"The inventory was due by {due}; the last was made on {last}.", "overdue"
    return f"Last inventory {last}; the next is due by {due}.", "text_2"


# --- rows -----------------------------------------------------------------------------------


def row_face(view: RegisterView, row: RegisterRow) -> RowFace:
    """Return a row as the table shows it."""
    local = view.local(row.at)
    lot = " · ".join(filter(None, (f"lot {row.lot}" if row.lot else "", row.expiry)))
    facts = " · ".join(_facts(row))
    other = f"Another expiry date than received: {row.other_date}" if row.other_date else ""
    warned = "More taken out than the register had" if row.short else other
    cells = (
        TwoLines(f"{local:%Y-%m-%d}", f"{local:%H:%M} {row.by.initials}".strip()),
        TwoLines(what_words(row), warned or facts, "alert" if warned else "text_2"),
        TwoLines(row.name, lot),
        _moved(row),
        _figure(row.stock_mg, row.stock_containers),
        _figure(row.product_mg),
    )
    detail = " · ".join(filter(None, (what_words(row), row.name, lot, warned, facts)))
    parts = (f"{head} {cell.upper}" for head, cell in zip(HEADS, cells, strict=True) if cell.upper)
    said = ", ".join((*parts, *filter(None, (lot, warned, facts))))
    return RowFace(row.uid, row.product, local.date(), cells, detail, said)


def what_words(row: RegisterRow) -> str:
    """Say what happened: "Taken out", "Biennial inventory"."""
    if not row.inventory:
        return row.change.value.capitalize()
    return "Spot check" if row.inventory == "spot" else f"{row.inventory.capitalize()} inventory"


def _facts(row: RegisterRow) -> Iterator[str]:
    if row.visit != NO_VISIT:
        yield f"{row.visit.code} {row.visit.patient}, {row.visit.number}"
    if row.wasted_mg is not None:
        yield f"{mg(row.wasted_mg)} mg of what had been taken out"
    if row.found_mg is not None:
        yield f"found {mg(row.found_mg)} mg{_expected(row)}"
    if row.document:
        yield row.document
    if row.witness is not None:
        yield f"witness {row.witness.name}"
    if row.reason:
        yield row.reason
    for old in row.replaced:
        yield f"amended, was lot {old.lot}, {mg(old.mg)} mg"


def _expected(row: RegisterRow) -> str:
    if row.expected_mg is None or row.difference_mg is None:
        return ""
    if not row.difference_mg:
        return ", as the register had it"
    sign = "+" if row.difference_mg > 0 else ""
    return f", the register had {mg(row.expected_mg)} mg ({sign}{mg(row.difference_mg)})"


def _moved(row: RegisterRow) -> TwoLines:
    """Return what came or went, with its sign."""
    if row.in_mg is not None:
        return _figure(row.in_mg, row.containers, "+")
    return _figure(None if row.out_mg is None else -row.out_mg, row.containers)


def _figure(value: Decimal | None, containers: Decimal | None = None, sign: str = "") -> TwoLines:
    if value is None:
        return TwoLines("")
    whole = f"{mg(containers)} whole" if containers and containers > 0 else ""
    return TwoLines(f"{sign}{mg(value)}", whole)


def mg(value: Decimal) -> str:
    """Write an amount with a comma from 1,000 on and a true minus."""
    whole, point, part = plain(value).lstrip("-").partition(".")
    return f"{_MINUS if value < 0 else ''}{int(whole):,}{point}{part}"


# --- stock ----------------------------------------------------------------------------------


def lot_face(lot: LotStock) -> LotFace:
    """Return a lot as the stock card shows it."""
    worry = "expired" if lot.expired else ""
    if lot.short:
        worry = "more taken out than the register had"
    return LotFace(
        name=lot.name,
        lot=" · ".join(filter(None, (f"lot {lot.lot}", lot.expiry))),
        amount=NOTHING if lot.stock_mg is None else f"{mg(lot.stock_mg)} mg",
        pieces=pieces_words(lot),
        worry=worry,
    )


def pieces_words(lot: LotStock) -> str:
    """Say how many whole ones there are, and what is in opened ones: "9 whole, 65 mg opened"."""
    if lot.containers is None or lot.short:
        return ""
    loose = f", {mg(lot.loose_mg)} mg opened" if lot.loose_mg else ""
    return f"{mg(lot.containers)} whole{loose}"
