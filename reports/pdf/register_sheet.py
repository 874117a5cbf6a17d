"""The controlled-drug register on paper: the stock, then each product's rows, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from reportlab.platypus import CondPageBreak, Flowable, Table
from typing_extensions import override

from monitor.clock import whose_times
from monitor.people import Author
from monitor.register import LotStock, RegisterRow, RegisterView
from monitor.stock_lines import Change
from reports.pdf import look
from reports.pdf.drawn import Drawn, rule
from reports.pdf.look import Types
from reports.pdf.page import Sheet, build
from reports.pdf.parts import Column, Heading, gap, section, table
from reports.pdf.pen import Pen
from reports.register import CARRIED, SHORT, before, other_date, what
from reports.wording import Initials, number, person, plural, shortened

_KIND = "Controlled-drug register"
_DRUGS = "Ketamine and esketamine"
_DIGITS = 12  # of the record's last hash, in every footer
_START = 90.0  # points: a heading, a table head and some rows
_FACT = 118.0  # points that a fact at the right of the head takes
_WORDS = {Change.WASTED: "wasted of it", Change.DEVICE: "given", Change.DEVICE_WASTED: "wasted"}

_STOCK = (
    Column("Product", 176, strong=True),
    Column("Lot", 86),
    Column("Expiry", 62),
    Column("Unopened", 50, right=True),
    Column("In opened, mg", 52, right=True),
    Column("Stock, mg", 50, right=True, strong=True),
    Column("", 52),
)
_WHY = Column("For, and why", 158)
_NAME_SIGNS = 32  # of a product's name in the head of a column
_ROWS = (
    Column("When", 62, strong=True),
    Column("Lot", 58),
    Column("What", 62),
    _WHY,
    Column("In, mg", 38, right=True),
    Column("Out, mg", 38, right=True),
    Column("Lot, mg", 40, right=True, strong=True),
    Column("Product, mg", 42, right=True),
    Column("By", 30),
)


def render(view: RegisterView, clinic: str, address: str, head: str, paper: str = "a4") -> bytes:
    """Return the register as PDF; the same view gives the same bytes.

    Args:
        view: The register, or the part of it that was asked for.
        clinic: Its name.
        address: Its address.
        head: The hash of the record's last line when it was made, in hex.
        paper: "a4" or "letter".
    """
    pen = Pen()
    return build(_sheet(view, clinic, head, paper), pen, story(view, clinic, address, pen))


def story(view: RegisterView, clinic: str, address: str, pen: Pen) -> list[Flowable]:
    """Return the register's content, ready to be set."""
    staff = Initials(_staff(view.rows), pen.prints)
    made: list[Flowable] = [_Head(pen, view, clinic, address), gap(1), *_stock(view, pen)]
    for product in _products(view):
        made += _product(view, product, pen, staff)
    loose = [row for row in view.rows if not row.product]
    if loose:
        body = table(pen, _ROWS, [_row(view, row, staff) for row in loose])
        made += section(pen, "Of no lot", "", body)
    if not view.rows:
        made += section(pen, "Rows", _days(view), None)
    return [*made, gap(2), *_notes(pen, staff, whose_times(view.local(view.at)))]


def _sheet(view: RegisterView, clinic: str, head: str, paper: str) -> Sheet:
    at = view.local(view.at)
    return Sheet(
        paper=paper,
        kind=_KIND,
        accent=look.INK,
        who=clinic,
        ids=f"{_KIND}, as it stood on {at:%Y-%m-%d} at {at:%H:%M}",
        session=f"Register · {_days(view)}",
        digest=head[:_DIGITS],
        draft=False,
        notice="",
    )


class _Head(Drawn):
    """Clinic, what this is, which days and product, and when the next inventory is due."""

    def __init__(self, pen: Pen, view: RegisterView, clinic: str, address: str) -> None:
        self.pen, self.view, self.clinic, self.address = pen, view, clinic, address
        super().__init__(look.MEASURE, 58)

    @override
    def draw(self) -> None:
        """Draw it."""
        c, put, top = self.canv, self.pen.put, self.height
        beside = self.width - self.pen.width(_DRUGS, Types.BODY_STRONG) - 12
        used = put(c, (0, top - 8), self.clinic, Types.BODY_STRONG, room=beside)
        room = beside - used - 6
        if room > 0:
            put(c, (used + 6, top - 8), self.address, Types.LABEL, room=room)
        soft = Types.BODY_STRONG.inked(look.SOFT)
        put(c, (self.width, top - 8), _DRUGS, soft, "right")
        rule(c, 0, top - 14, self.width, ink=look.INK, width=0.9)
        facts = _facts(self.view)
        free = self.width - _FACT * len(facts) - 12
        self.pen.put_whole(c, (0, top - 36), _KIND, Types.TITLE, free)
        self.pen.put_whole(c, (0, top - 50), self._which(), Types.BODY, free)
        for place, (label, value) in enumerate(reversed(facts)):
            x = self.width - _FACT * place
            put(c, (x, top - 28), label, Types.LABEL, "right")
            put(c, (x, top - 40), value, Types.BODY_STRONG, "right", _FACT - 12)

    def _which(self) -> str:
        names = {lot.product: lot.name for lot in self.view.lots}
        product = self.view.product
        which = names.get(product, product) if product else "every product"
        return f"{which} · {_days(self.view)}"


def _facts(view: RegisterView) -> tuple[tuple[str, str], ...]:
    made = view.inventory_at
    due = "no inventory yet" if view.inventory_due is None else view.inventory_due.isoformat()
    overdue = "▲ overdue, " if view.inventory_overdue else ""
    return (
        ("Last inventory", "none" if made is None else f"{view.local(made):%Y-%m-%d %H:%M}"),
        ("Next inventory by", f"{overdue}{due}"),
    )


def _days(view: RegisterView) -> str:
    if view.first is None and view.last is None:
        return "from its beginning"
    first = "its beginning" if view.first is None else view.first.isoformat()
    return f"from {first} on" if view.last is None else f"from {first} to {view.last.isoformat()}"


def _stock(view: RegisterView, pen: Pen) -> list[Flowable]:
    at = view.local(view.at)
    lots = view.in_stock
    body = table(pen, _STOCK, [_lot(lot) for lot in lots]) if lots else None
    none = "Nothing" if view.began else "The register has not begun: no stock was counted yet"
    return section(pen, "Stock", f"as it stood on {at:%Y-%m-%d} at {at:%H:%M}", body, none=none)


def _lot(lot: LotStock) -> list[object]:
    flags = ("▲ too little" if lot.short else "", "◐ expired" if lot.expired else "")
    return [
        lot.name,
        lot.lot,
        lot.expiry,
        _amount(lot.containers) or "–",
        _amount(lot.loose_mg) or "–",
        _amount(lot.stock_mg),
        " ".join(flag for flag in flags if flag),
    ]


def _products(view: RegisterView) -> tuple[str, ...]:
    named = [row.product for row in view.rows if row.product]
    return tuple(dict.fromkeys(sorted(named)))


def _product(view: RegisterView, product: str, pen: Pen, staff: Initials) -> list[Flowable]:
    rows = [row for row in view.rows if row.product == product]
    carried = [lot for lot in view.carried if lot.product == product and lot.stock_mg]
    cells = [_brought(view, lot) for lot in carried]
    cells += [_row(view, row, staff) for row in rows]
    wash = [place for place, lot in enumerate(carried) if lot.short]
    wash += [place for place, row in enumerate(rows, len(carried)) if row.short]
    body: Table = table(pen, _columns(rows[-1].name), cells, wash=wash)
    total = view.total_mg(product)
    now = "" if total is None else f" · now {number(total)} mg"
    remark = f"{plural(len(rows), 'row')}{now}"
    heading = Heading(pen, rows[-1].name, remark, keep=False)
    return [CondPageBreak(_START), heading, body, gap(1)]


def _columns(name: str) -> tuple[Column, ...]:
    """Return the columns, with the product's name in the head that each page repeats."""
    why = _ROWS.index(_WHY)
    named = replace(_WHY, head=f"{_WHY.head} · {shortened(name, _NAME_SIGNS)}")
    return (*_ROWS[:why], named, *_ROWS[why + 1 :])


def _brought(view: RegisterView, lot: LotStock) -> list[object]:
    first = "" if view.first is None else view.first.isoformat()
    note = f"▲ {SHORT}" if lot.short else ""
    return [first, lot.lot, CARRIED, note, "", "", _amount(lot.stock_mg), "", ""]


def _row(view: RegisterView, row: RegisterRow, staff: Initials) -> list[object]:
    at = view.local(row.at)
    by = staff(row.by) if row.witness is None else f"{staff(row.by)} {staff(row.witness)}"
    return [
        f"{at:%Y-%m-%d %H:%M}",
        row.lot,
        _WORDS.get(row.change, what(row)),
        "\n".join(_why(row)),
        _amount(row.in_mg),
        _amount(row.out_mg),
        _amount(row.stock_mg),
        _amount(row.product_mg),
        by,
    ]


def _why(row: RegisterRow) -> Iterable[str]:
    """Give the lines that say for whom, of what and why."""
    visit = row.visit
    if visit.session_id:
        yield f"{visit.patient}, record {visit.number}, {visit.code}"
    if row.drawn_mg is not None and row.drawn_mg != row.out_mg:
        yield f"{number(row.drawn_mg)} mg drawn for the dose"
    if row.wasted_mg is not None:
        yield f"{number(row.wasted_mg)} mg of what had been taken out"
    yield from (*_found(row), *_date(row))
    if row.witness is not None:
        yield f"Witness: {person(row.witness)}"
    if row.document:
        yield f"Document: {row.document}"
    if row.reason:
        yield f"{'Amended' if row.replaced else 'Reason'}: {row.reason}"
    yield from (f"It said: {said}" for said in before(row))
    if row.short:
        yield f"▲ {SHORT}"


def _date(row: RegisterRow) -> Iterable[str]:
    if row.other_date:
        yield f"Another expiry date: {row.expiry}, {other_date(row)}"


def _found(row: RegisterRow) -> Iterable[str]:
    if row.found_mg is None:
        return
    yield f"Found {number(row.found_mg)} mg"
    if row.difference_mg and row.expected_mg is not None:
        sign = "+" if row.difference_mg > 0 else ""
        yield f"expected {number(row.expected_mg)} mg: {sign}{number(row.difference_mg)} mg"


def _amount(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _staff(rows: Sequence[RegisterRow]) -> list[Author]:
    found: dict[str, Author] = {}
    for row in rows:
        for author in (row.by, row.witness):
            if author is not None:
                found.setdefault(author.user, author)
    return list(found.values())


def _notes(pen: Pen, staff: Initials, times: str) -> list[Flowable]:
    said = (
        "What a session took out is the whole content of what was opened; what was put back comes"
        " in again, and what was wasted of it is told and not taken out twice. Amounts are exact."
    )
    return [
        pen.say("{staff}", "label", staff=staff.line()),
        pen.say("{said}", "label", said=f"{said} {times}"),
    ]
