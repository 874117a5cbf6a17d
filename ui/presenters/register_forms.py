"""The forms of the cupboard: what each asks, and what is read out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.entries import Inventory
from monitor.errors import InputError, MonitorError
from monitor.people import Account, Author
from monitor.register import LotStock, RegisterView, StockItem, lot_key
from monitor.stock_keeping import WITNESSES, Proof
from monitor.stock_reading import NewCount, NewMove, amounts, item_of
from ui.presenters.form import FormFace, FormField, Option, Shape
from ui.presenters.register_faces import mg, products_of

RECEIVE, COUNT, RETURN, DESTROY, LOSE = "receive", "count", "return", "destroy", "lose"
"""What can be done with the cupboard."""

MORE = "more"
"""One more lot that the register does not know yet."""

ALONE = "alone"
"""Nobody counts along."""

Values = Mapping[str, str]

_TITLES = {
    RECEIVE: ("Receive a delivery", "Put it into the register"),
    RETURN: ("Return stock", "Take it out of the register"),
    DESTROY: ("Destroy stock", "Both have seen it destroyed"),
    LOSE: ("Lost or broken", "Take it out of the register"),
    COUNT: ("Count the cupboard", "Let the register go on from here"),
}
_EXPIRY = FormField("expiry", "Expiry", hint="2027-08 or 2027-08-31")
_PASSWORD = FormField("password", "Password of the second person", Shape.DOTS)


def options_of(view: RegisterView) -> tuple[Option, ...]:
    """Return what can be received and counted."""
    return tuple(Option(*named) for named in products_of(view))


def takeable(view: RegisterView) -> tuple[LotStock, ...]:
    """Return the lots that something can be taken of."""
    return tuple(lot for lot in view.lots if lot.stock_mg is not None and lot.stock_mg > 0)


@dataclass(frozen=True, slots=True)
class Known:
    """The lots that a form is about, in an order that stays while it is filled in.

    Attributes:
        view: The register as it stood last.
        lots: Each in its place for as long as the form is open, whatever is left of it.
        more: So many lines of a count are of lots that the register does not know.
    """

    view: RegisterView
    lots: tuple[LotStock, ...]
    more: int = 0

    @property
    def lines(self) -> tuple[Found, ...]:
        """Return the lines of a count: each lot, then so many that are new."""
        known = tuple(Found(f"lot {n}", lot) for n, lot in enumerate(self.lots, 1))
        return (*known, *(Found(f"new {n}", None) for n in range(1, self.more + 1)))

    def chosen(self, place: str) -> LotStock | None:
        """Return the lot that was chosen."""
        return self.lots[int(place)] if place.isdecimal() and int(place) < len(self.lots) else None

    def with_one_more(self) -> Known:
        """Return it with one more line for a lot that the register does not know."""
        return replace(self, more=self.more + 1)

    def renewed(self, view: RegisterView, *, others: bool) -> Known:
        """Return the same lots as they stand now.

        Args:
            view: The register.
            others: Whether lots of which something can be taken now come after them.
        """
        now = {_name(lot): lot for lot in view.lots}
        lots = tuple(now.get(_name(lot), lot) for lot in self.lots)
        names = {_name(lot) for lot in lots}
        new = tuple(lot for lot in takeable(view) if _name(lot) not in names) if others else ()
        return replace(self, view=view, lots=(*lots, *new))


def known_for(kind: str, view: RegisterView) -> Known:
    """Return the lots that a form of this kind is about when it is opened."""
    if kind == COUNT:
        return Known(view, view.in_stock, more=0 if view.in_stock else 1)
    return Known(view, takeable(view))


def _name(lot: LotStock) -> tuple[str, str]:
    return lot.product, lot_key(lot.lot)


def lots_of(known: Known) -> tuple[Option, ...]:
    """Return the lots to choose from."""
    return tuple(Option(str(n), lot_words(lot)) for n, lot in enumerate(known.lots))


def lot_words(lot: LotStock) -> str:
    """Name a lot in a list: "A1 · ketamine 50 mg/mL, 10 mL"; a list is not wide."""
    return f"{lot.lot} · {lot.name.removesuffix(' vial')}"


# --- one lot --------------------------------------------------------------------------------


def move_face(kind: str, known: Known, people: Sequence[Option]) -> FormFace:
    """Return the empty form of stock that comes or goes."""
    title, submit = _TITLES[kind]
    return FormFace(title, tuple(_move_fields(kind, known, people)), submit)


def _move_fields(kind: str, known: Known, people: Sequence[Option]) -> Iterator[FormField]:
    if kind == RECEIVE:
        items = options_of(known.view)
        yield FormField("product", "Product", Shape.LIST, hint="Choose one", options=items)
        yield FormField("lot", "Lot", hint="as printed")
        yield _EXPIRY
        yield FormField("containers", "How many unopened", unit="whole")
        yield FormField("document", "Delivery note", hint="its number")
        return
    yield FormField("lot", "Lot", Shape.LIST, hint="Choose one", options=lots_of(known))
    yield FormField("containers", "How many unopened", unit="whole")
    yield FormField("opened_ml", "From opened vials", unit="mL")
    yield FormField("document", "Form or note", hint="its number, where there is one")
    yield FormField("reason", "Reason", hint="it stands in the register")
    if kind == DESTROY:
        options = tuple(people)
        yield FormField("witness", "Who saw it", Shape.LIST, hint="Choose one", options=options)
        yield _PASSWORD


def moved(kind: str, known: Known, values: Values) -> NewMove:
    """Return what was typed into the form of stock that comes or goes."""
    if kind == RECEIVE:
        product, lot = values.get("product", ""), values.get("lot", "")
    else:
        chosen = known.chosen(values.get("lot", ""))
        product, lot = ("", "") if chosen is None else (chosen.product, chosen.lot)
    return NewMove(
        product=product,
        lot=lot,
        containers=values.get("containers", ""),
        expiry=values.get("expiry", ""),
        opened_ml=values.get("opened_ml", ""),
        document=values.get("document", ""),
        reason=values.get("reason", ""),
    )


def proof_of(values: Values) -> Proof | None:
    """Return the second person and their password; None where nobody was chosen."""
    witness = values.get("witness", "")
    return None if witness in ("", ALONE) else Proof(witness, values.get("password", ""))


def people_of(accounts: Sequence[Account], author: Author) -> tuple[Option, ...]:
    """Return who may see it with *author*: whoever else works here and may."""
    return tuple(
        Option(each.user, each.name)
        for each in accounts
        if each.active and each.role in WITNESSES and each.user != author.user
    )


def worth(view: RegisterView, typed: NewMove | NewCount) -> str:
    """Say what typed figures come to: "= 5,000 mg"; empty while they say nothing yet."""
    try:
        _, found = amounts(item_of(view, typed.product), typed.containers, typed.opened_ml)
    except MonitorError:
        return ""
    return f"= {mg(found)} mg"


# --- counting -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a count: the keys of its fields, and the lot where the register knows it."""

    place: str
    lot: LotStock | None

    def key(self, field: str) -> str:
        """Return the key of one of its fields."""
        return f"{field} {self.place}"


def count_face(known: Known, people: Sequence[Option]) -> FormFace:
    """Return the empty form of a count; nothing says what the register expects."""
    view = known.view
    title, submit = _TITLES[COUNT]
    kinds = tuple(
        Option(each.value, each.value.capitalize(), offered=_is_open(view, each))
        for each in Inventory
    )
    fields = [FormField("inventory", "Kind of count", Shape.BUTTONS, options=kinds)]
    for line in known.lines:
        fields += _known_fields(view, line) if line.lot else _new_fields(view, line)
    fields += [
        FormField("reason", "Reason", hint="where it is not what the register had"),
        FormField(
            "witness",
            "Counted with",
            Shape.LIST,
            hint="Alone",
            options=(Option(ALONE, "Alone"), *people),
        ),
        _PASSWORD,
    ]
    return FormFace(title, tuple(fields), submit, others=(Option(MORE, "One more lot…"),))


def _is_open(view: RegisterView, inventory: Inventory) -> bool:
    return inventory is not Inventory.OPENING or view.inventory_at is None


def _known_fields(view: RegisterView, line: Found) -> list[FormField]:
    lot = line.lot
    assert lot is not None  # noqa: S101 - asked by the caller
    fields = [
        FormField(line.key("name"), f"Lot {lot.lot}", Shape.WORDS),
        FormField(line.key("containers"), "Unopened", unit="whole"),
    ]
    if _is_vial(view, lot.product):
        fields.append(FormField(line.key("opened_ml"), "In opened vials", unit="mL"))
    if not lot.expiry:
        fields.append(FormField(line.key("expiry"), "Expiry", hint="2027-08"))
    return fields


def _new_fields(view: RegisterView, line: Found) -> list[FormField]:
    options = options_of(view)
    return [
        FormField(
            line.key("product"), "Another lot", Shape.LIST, hint="Choose one", options=options
        ),
        FormField(line.key("lot"), "Its number", hint="as printed"),
        FormField(line.key("expiry"), "Its expiry", hint=_EXPIRY.hint),
        FormField(line.key("containers"), "Unopened", unit="whole"),
        FormField(line.key("opened_ml"), "In opened vials", unit="mL"),
    ]


def _is_vial(view: RegisterView, product: str) -> bool:
    item: StockItem | None = next((each for each in view.items if each.id == product), None)
    return item is not None and item.ml_each is not None


def counted(line: Found, values: Values) -> NewCount | None:
    """Return what was typed of one line of a count; None where nothing was."""
    typed = {
        name: values.get(line.key(name), "").strip()
        for name in ("product", "lot", "expiry", "containers", "opened_ml")
    }
    if not any(typed.values()):
        return None
    if line.lot:
        typed |= {"product": line.lot.product, "lot": line.lot.lot}
        typed["expiry"] = line.lot.expiry or typed["expiry"]
        if typed["opened_ml"] and not typed["containers"]:
            typed["containers"] = "0"
    return NewCount(**typed)


def read_count(known: Known, values: Values) -> tuple[NewCount, ...]:
    """Return what was counted.

    Raises:
        AtLineError: With the key of the field at fault.
    """
    made = []
    for line in known.lines:
        typed = counted(line, values)
        if typed is None:
            continue
        try:
            amounts(item_of(known.view, typed.product), typed.containers, typed.opened_ml)
        except InputError as error:
            raise AtLineError(error, line.key(str(error.facts.get("field", "")))) from error
        made.append(typed)
    return tuple(made)


class AtLineError(Exception):
    """What was typed in one line of a count was refused.

    Attributes:
        error: Why.
        key: Of the field.
    """

    def __init__(self, error: InputError, key: str) -> None:
        super().__init__(error.code.value)
        self.error, self.key = error, key
