"""What the drug comes in, to pick from by name; the vials' sizes stand with it as facts."""

from __future__ import annotations

import re
from decimal import Decimal

from monitor.dosing import SYRINGES
from monitor.protocols.protocol import Form, InfusionDose, Product, Protocol
from monitor.units import plain
from ui.presenters.form import FormField, Option, Shape

_STRENGTH = re.compile(r"([0-9.,]+ \S+) *(.*)")
_SMALLEST = Option("", "Smallest that holds it")
SYRINGE = FormField(
    "syringe_ml",
    "Syringe",
    Shape.LIST,
    options=(_SMALLEST, *(Option(plain(ml), f"{plain(ml)} mL") for ml in SYRINGES)),
    hint=_SMALLEST.words,
    narrow=True,
)


def solutions(protocol: Protocol) -> tuple[Product, ...]:
    """Return the solutions of a protocol; an early text names only their strengths."""
    found = tuple(p for p in protocol.products if p.form is Form.SOLUTION)
    if found or not isinstance(protocol.dose, InfusionDose):
        return found
    drug = protocol.drug
    return tuple(
        Product(f"{drug}-{plain(mg)}", f"{drug} {plain(mg)} mg/mL", Form.SOLUTION, mg)
        for mg in protocol.dose.strengths
    )


def given_in_one_go(protocol: Protocol) -> tuple[Product, ...]:
    """Return what a single dose can be taken from."""
    return tuple(p for p in protocol.products if p.form is not Form.DEVICE)


def by_strength(protocol: Protocol, strength: Decimal | None) -> Product | None:
    """Return the solution of that strength."""
    return next((p for p in solutions(protocol) if p.strength == strength), None)


def strength_options(protocol: Protocol) -> tuple[Option, ...]:
    """Return the solutions as cards, by their strength."""
    return tuple(
        Option(plain(p.strength), f"{plain(p.strength)} mg/mL", vial_facts(p))
        for p in solutions(protocol)
        if p.strength is not None
    )


def product_options(protocol: Protocol) -> tuple[Option, ...]:
    """Return all that a single dose can be taken from, by name."""
    return tuple(Option(p.id, *_card_words(protocol, p)) for p in given_in_one_go(protocol))


def product_words(product: Product) -> str:
    """Return a product's name with what its vials hold, or how it is divided."""
    if product.vials_ml:
        return f"{product.name}, {_vials(product)}"
    if product.piece_mg is not None and product.part < 1:
        return f"{product.name}, given in parts of {plain(product.part)}"
    return product.name


def vial_facts(product: Product) -> tuple[str, ...]:
    """Return what its vials hold, as a card says it under the name."""
    return ("", _vials(product)) if product.vials_ml else ()


def _vials(product: Product) -> str:
    return f"{', '.join(plain(ml) for ml in product.vials_ml)} mL vials"


def _card_words(protocol: Protocol, product: Product) -> tuple[str, tuple[str, ...]]:
    """Return a product's name in two lines: the strength, then what it is, or its vials."""
    name = product.name
    if name.casefold().startswith(protocol.drug.casefold()):
        name = name[len(protocol.drug) :].strip(" ,") or name
    split = _STRENGTH.fullmatch(name)
    if split is None:
        return name, vial_facts(product)
    strength, what = split[1], split[2]
    return strength, ("", what) if what else vial_facts(product)
