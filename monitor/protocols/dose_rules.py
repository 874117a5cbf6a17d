"""How a protocol's dose is ordered, bounded and measured, read from its text."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from monitor.protocols.keys import Table, malformed, once, only_these, text, texts, yes_or_no
from monitor.protocols.protocol import DeviceDose, Form, InfusionDose, Product, SingleDose
from monitor.protocols.sourced import Sourced, if_there, in_order

_FORMS = {
    InfusionDose: {Form.SOLUTION},
    SingleDose: {Form.SOLUTION, Form.PIECE},
    DeviceDose: {Form.DEVICE},
}
_WORDS = {
    InfusionDose: {"kind", "by_hand"},
    SingleDose: {"kind", "sites"},
    DeviceDose: {"kind"},
}
_REFUSED_OR_TAKEN = ("refused", "taken with a prescriber's reason")


class _Weighed(TypedDict):
    """What every dose asks of a patient's weight."""

    bmi_least: Decimal
    bmi_most: Decimal
    weight_change_percent: Decimal
    weight_hours: Decimal | None


def dose(
    table: Table, sourced: Sourced, products: tuple[Product, ...]
) -> InfusionDose | DeviceDose | SingleDose:
    """Return the dose of a protocol's text.

    Args:
        table: What stands under `dose`.
        sourced: Notes each number.
        products: Those that the text names; where it names none, strengths stand in `table`.
    """
    kind = text(table, "kind")
    made: InfusionDose | DeviceDose | SingleDose
    if kind == "infusion":
        made = _infusion(table, sourced, products)
    elif kind == "devices":
        made = _devices(table, sourced)
    elif kind == "single":
        made = _single(table, sourced)
    else:
        raise malformed(f"dose.kind = {kind}")
    only_these(table, _WORDS[type(made)])
    _check_products(made, products)
    return made


def _infusion(table: Table, sourced: Sourced, products: tuple[Product, ...]) -> InfusionDose:
    exact = sourced.exact
    in_order(table, "per_kg_least", "per_kg_usual", "per_kg_most")
    in_order(table, "minutes_least", "minutes_usual", "minutes_most")
    return InfusionDose(
        per_kg_usual=exact(table, "per_kg_usual", "Usual dose"),
        per_kg_least=exact(table, "per_kg_least", "Least dose"),
        per_kg_most=exact(table, "per_kg_most", "Highest dose"),
        minutes_usual=exact(table, "minutes_usual", "Usual length"),
        minutes_least=exact(table, "minutes_least", "Shortest length"),
        minutes_most=exact(table, "minutes_most", "Longest length"),
        outside_with_reason=_outside(table, sourced),
        cap_mg=exact(table, "cap_mg", "Whole dose above which a reason is asked"),
        strengths=(
            tuple(product.strength for product in products if product.strength is not None)
            or sourced.series(table, "strengths", "Product strengths")
        ),
        volumes_ml=sourced.series(table, "volumes_ml", "Volumes"),
        rate_step_ml_h=exact(table, "rate_step_ml_h", "Pump step"),
        deviation_percent=_deviation(table, sourced),
        bmi_reason_above=_basis(table, sourced),
        by_hand=yes_or_no(table, "by_hand") if "by_hand" in table else False,
        **_weighed(table, sourced),
    )


def _single(table: Table, sourced: Sourced) -> SingleDose:
    exact = sourced.exact
    by_weight = any(key.startswith("per_kg_") for key in table)
    in_mg = "mg_least" in table or "mg_most" in table
    if not by_weight and not in_mg:
        raise malformed("mg_least")
    in_order(table, "per_kg_least", "per_kg_usual", "per_kg_most")
    in_order(table, "mg_least", "mg_most")
    return SingleDose(
        per_kg_usual=exact(table, "per_kg_usual", "Usual dose") if by_weight else None,
        per_kg_least=exact(table, "per_kg_least", "Least dose") if by_weight else None,
        per_kg_most=exact(table, "per_kg_most", "Highest dose") if by_weight else None,
        mg_least=exact(table, "mg_least", "Least dose, ordered in mg") if in_mg else None,
        mg_most=exact(table, "mg_most", "Highest dose, ordered in mg") if in_mg else None,
        outside_with_reason=_outside(table, sourced),
        cap_mg=if_there(exact, table, "cap_mg", "Whole dose above which a reason is asked"),
        deviation_percent=_deviation(table, sourced),
        bmi_reason_above=_basis(table, sourced),
        sites=texts(table, "sites") if "sites" in table else (),
        **_weighed(table, sourced),
    )


def _devices(table: Table, sourced: Sourced) -> DeviceDose:
    whole = sourced.whole
    device = sourced.exact(table, "device_mg", "One device")
    doses = sourced.series(table, "doses_mg", "Doses")
    reason = if_there(sourced.series, table, "reason_doses_mg", "Doses with a prescriber's reason")
    low = if_there(sourced.exact, table, "low_start_mg", "First dose of whoever starts low")
    years = if_there(whole, table, "low_start_years", "Starts low from the age of")
    ancestry = _ancestry(table, sourced)
    _check_devices(device, (*doses, *(reason or ())))
    if (low is None) != (years is None and not ancestry) or low not in (None, *doses):
        raise malformed(f"low_start_mg = {low}")
    return DeviceDose(
        device_mg=device,
        doses_mg=doses,
        reason_doses_mg=reason or (),
        low_start_mg=low,
        low_start_years=years,
        low_start_ancestry=ancestry,
        step_mg=if_there(
            sourced.exact, table, "step_mg", "From one dose to the next without a reason"
        ),
        wait_minutes=whole(table, "wait_minutes", "Rest between devices"),
        sprays=whole(table, "sprays", "Sprays in a device"),
        **_weighed(table, sourced),
    )


def _weighed(table: Table, sourced: Sourced) -> _Weighed:
    in_order(table, "bmi_least", "bmi_most")
    return {
        "bmi_least": sourced.exact(table, "bmi_least", "BMI asked about below"),
        "bmi_most": sourced.exact(table, "bmi_most", "BMI asked about above"),
        "weight_change_percent": sourced.exact(
            table, "weight_change_percent", "Change of weight asked about above"
        ),
        "weight_hours": if_there(
            sourced.exact, table, "weight_hours", "Weight asked about when measured longer ago than"
        ),
    }


def _deviation(table: Table, sourced: Sourced) -> Decimal:
    name = "Prepared differs from calculated: flagged above"
    return sourced.exact(table, "deviation_percent", name)


def _basis(table: Table, sourced: Sourced) -> Decimal:
    name = "Choice of body weight wants a reason above a BMI of"
    return sourced.exact(table, "bmi_reason_above", name)


def _outside(table: Table, sourced: Sourced) -> bool:
    if "outside_with_reason" not in table:
        return False
    name = "An order outside these bounds is"
    return sourced.yes(table, "outside_with_reason", name, _REFUSED_OR_TAKEN)


def _ancestry(table: Table, sourced: Sourced) -> bool:
    if "low_start_ancestry" not in table:
        return False
    name = "Starts low with Japanese ancestry; it is asked"
    return sourced.yes(table, "low_start_ancestry", name, ("no", "yes"))


def _check_devices(device: Decimal, doses: tuple[Decimal, ...]) -> None:
    """Refuse a dose that no whole devices make up, and one that stands twice."""
    once("doses_mg", [str(amount) for amount in doses])
    for amount in doses:
        if amount % device:
            raise malformed(f"doses_mg = {amount}: no whole devices of {device} mg")


def _check_products(
    made: InfusionDose | DeviceDose | SingleDose, products: tuple[Product, ...]
) -> None:
    """Refuse products that this way of giving cannot use."""
    if isinstance(made, SingleDose) and not products:
        raise malformed("products")
    for product in products:
        if product.form not in _FORMS[type(made)]:
            raise malformed(f"products.form = {product.form.value}")
        if isinstance(made, SingleDose) and product.dilute_parts is not None:
            raise malformed("dilute_parts")  # there is no final volume to hold it to
        if isinstance(made, DeviceDose) and product.piece_mg != made.device_mg:
            raise malformed(f"piece_mg = {product.piece_mg}")
