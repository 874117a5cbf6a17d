"""What a protocol's drug comes in, read from its text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from monitor.protocols.keys import Table, malformed, member, once, only_these, tables, text
from monitor.protocols.protocol import Form, Product
from monitor.protocols.sourced import Sourced, if_there


def products(table: Table, sourced: Sourced) -> tuple[Product, ...]:
    """Return the products that a protocol's text names; none where it names none."""
    if "products" not in table:
        return ()
    made = tuple(_product(part, sourced) for part in tables(table, "products"))
    once("products.id", [product.id for product in made])
    return made


def from_strengths(drug: str, strengths: Iterable[Decimal]) -> tuple[Product, ...]:
    """Return the solutions of a text that names strengths only, as the first versions did."""
    return tuple(
        Product(f"{drug}-{value}", f"{drug} {value} mg/mL", Form.SOLUTION, value)
        for value in strengths
    )


def _product(table: Table, sourced: Sourced) -> Product:
    product_id, name = text(table, "id"), text(table, "name")
    form = member(table, "form", Form)
    read = _solution if form is Form.SOLUTION else _piece
    made = read(table, sourced, Product(product_id, name, form))
    only_these(table, {"id", "name", "form"})
    return made


def _solution(table: Table, sourced: Sourced, bare: Product) -> Product:
    strength = sourced.exact(table, "strength", f"{bare.name}: strength")
    vials = if_there(sourced.series, table, "vials_ml", f"{bare.name}: a vial holds")
    parts = if_there(
        sourced.exact, table, "dilute_parts", f"{bare.name}: into a final volume of at least"
    )
    if parts is not None and parts <= 1:
        raise malformed(f"dilute_parts = {parts}")
    return Product(
        bare.id, bare.name, bare.form, strength, vials_ml=vials or (), dilute_parts=parts
    )


def _piece(table: Table, sourced: Sourced, bare: Product) -> Product:
    holds = sourced.exact(table, "piece_mg", f"{bare.name}: one holds")
    part = if_there(sourced.exact, table, "part", f"{bare.name}: given in parts of")
    if part is not None and (part > 1 or bare.form is Form.DEVICE):
        raise malformed(f"part = {part}")
    return Product(bare.id, bare.name, bare.form, piece_mg=holds, part=part or Decimal(1))
