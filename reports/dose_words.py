"""What stands on paper for the dose chain: order, second check, override, handling, balances."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.dose_view import (
    CheckView,
    DoseView,
    OrderView,
    PreparationView,
    VialView,
    WasteView,
    WeightView,
)
from monitor.entries import Given, Validity, VolumeMode, WasteOf
from monitor.overview import SessionOverview
from monitor.protocols.protocol import SecondPerson, Way
from monitor.units import BodyWeight, plain
from reports.wording import NOT_RECORDED, amount, number, plural

MODES = {
    VolumeMode.REPLACES: "drug replaces diluent",
    VolumeMode.ADDED: "drug added to diluent",
}

FIGURES = {
    "weight_kg": "Weight",
    "strength_mg_per_ml": "Strength",
    "volume_ml": "Volume",
    "volume_mode": "Mode",
    "drawn_ml": "Drawn",
    "rate_ml_h": "Rate",
    "dose_mg": "Dose",
    "pieces": "Pieces",
    "devices": "Devices",
}
"""What a figure of the second check is called."""

_WASTE_OF = {
    WasteOf.MIXTURE: "what was made ready",
    WasteOf.VIAL: "rest of the vial",
    WasteOf.DEVICE: "nasal device",
}

_PUMP_ASSUMES = (
    "Given is computed from the pump’s rate, its running time and the concentration: it assumes "
    "an even mixture and counts no line volume."
)
_HAND_ASSUMES = "Given is what staff entered for each portion."
_DEVICE_ASSUMES = "Given is the number of devices used times what one device holds."


# --- order and weight -----------------------------------------------------------------------


def ordered(order: OrderView) -> str:
    """Say what was ordered: "0.5 mg/kg over 40 min"."""
    parts = []
    if order.per_kg_mg is not None:
        parts.append(f"{number(order.per_kg_mg)} mg/kg")
    if order.dose_mg is not None:
        parts.append(amount(order.dose_mg, "mg"))
    if order.minutes is not None:
        parts.append(f"over {amount(order.minutes, 'min')}")
    return " ".join(parts) or NOT_RECORDED


def order_facts(order: OrderView) -> Iterator[tuple[str, str]]:
    """Yield (label, words) of what else there is to say of an order."""
    if order.how is Given.VERBAL:
        taker = order.taken_by.name if order.taken_by else NOT_RECORDED
        read = "read back" if order.read_back else f"read-back {NOT_RECORDED}"
        yield "Taken by", f"{taker}, {read}"
    if order.of_course:
        again = f" by {order.used_by.name}" if order.used_by else ""
        yield "Course", f"the course’s order, used again{again}"
    if order.validity is Validity.COURSE:
        until = order.valid_until.isoformat() if order.valid_until else NOT_RECORDED
        yield "Holds", f"for the course, until {until}"
    if order.japanese_ancestry is not None:
        yield "Ancestry", f"Japanese: {'yes' if order.japanese_ancestry else 'no'}"
    if order.reason:
        yield "Reason", order.reason


def weight_words(weight: WeightView) -> str:
    """Write a weight in both units, "70 kg (154.3 lb)"."""
    pounds = BodyWeight(weight.kg).pounds
    return f"{amount(weight.kg, 'kg')} ({number(pounds, 1)} lb)"


_CONFIRMED = {
    "change": "the change since last time",
    "bmi": "the BMI",
    "old": "the age of the measurement",
}


def confirmed_words(weight: WeightView) -> str:
    """Say what was asked about a weight and confirmed; empty where nothing was."""
    return ", ".join(_CONFIRMED.get(code, code) for code in weight.confirmed)


# --- second check and override --------------------------------------------------------------


def verdict(check: CheckView) -> str:
    """Say whether a check agrees: "✓ all 6 same", "▲ drawn differs"."""
    apart = [FIGURES.get(f.name, f.name).lower() for f in check.figures if not f.same]
    if apart:
        return f"▲ {', '.join(apart)} {'differs' if len(apart) == 1 else 'differ'}"
    few = {0: "✓ same", 1: "✓ same", 2: "✓ both same"}
    return few.get(len(check.figures), f"✓ all {len(check.figures)} same")


def check_words(overview: SessionOverview) -> str:
    """Say in one line how the second check of the dose stands."""
    check = overview.dose.check
    if check is not None:
        said = "figures agree" if check.same else "figures differ"
        late = "" if check.in_time else ", entered after the dose was begun"
        return f"{said}, {check.by.name}{late}"
    if overview.dose.checks:
        return "none of the dose as it stands"
    if overview.second_person is SecondPerson.NONE:
        return f"{NOT_RECORDED}, not asked by the protocol"
    return NOT_RECORDED


# --- preparation ----------------------------------------------------------------------------


def vial_words(made: PreparationView) -> str:
    """Say what was opened: "1 vial of 10 mL, 500 mg"."""
    parts = []
    if made.vials is not None and made.vial_ml is not None:
        parts.append(f"{plural(made.vials, 'vial')} of {amount(made.vial_ml, 'mL')}")
    if made.opened_mg is not None:
        parts.append(amount(made.opened_mg, "mg"))
    return ", ".join(parts) or NOT_RECORDED


def taken_words(made: PreparationView) -> str:
    """Say how much was drawn up or counted out: "0.7 mL", "2 pieces"."""
    if made.pieces is not None:
        return pieces_words(made.pieces)
    return amount(made.drawn_ml, "mL")


def pieces_words(count: Decimal) -> str:
    """Write "1 piece", "2.5 pieces"."""
    return f"{number(count)} {'piece' if count == 1 else 'pieces'}"


def waste_words(waste: WasteView) -> str:
    """Say what was thrown away, or kept."""
    if waste.kept:
        return "rest of the vial, kept"
    return _WASTE_OF[waste.of]


def waste_measured(waste: WasteView) -> str:
    """Say what was measured or counted."""
    if waste.ml is not None:
        return amount(waste.ml, "mL")
    if waste.count is None:
        return NOT_RECORDED
    if waste.of is WasteOf.DEVICE:
        return plural(int(waste.count), "device")
    return pieces_words(waste.count)


# --- balances -------------------------------------------------------------------------------


def mixture_sum(dose: DoseView) -> str:
    """Write the balance of what was made ready, as on paper; what nobody recorded stands so."""
    given, wasted = amount(dose.given_mg, "mg"), amount(dose.wasted_mg, "mg")
    prepared = amount(dose.prepared_mg, "mg")
    return f"{prepared} prepared − {given} given − {wasted} wasted"


def mixture_balances(dose: DoseView) -> bool:
    """Tell whether no more is unaccounted for than one graduation."""
    rest = dose.unaccounted_mg
    return rest is not None and abs(rest) <= (dose.tolerance_mg or Decimal(0))


def mixture_verdict(dose: DoseView) -> str:
    """Say whether the balance closes, and to how much it can be measured."""
    if dose.unaccounted_mg is None:
        return ""
    to = ""
    if dose.tolerance_mg:
        to = f" one graduation, {amount(dose.tolerance_mg, 'mg')}"
    if mixture_balances(dose):
        return f"✓ balances{f' to{to}' if to else ''}"
    return f"○ more than{to}" if to else "○ does not balance"


def vial_sum(vial: VialView) -> str:
    """Write the balance of what was opened of a lot, as on paper."""
    return (
        f"{amount(vial.opened_mg, 'mg')} opened − {amount(vial.drawn_mg, 'mg')} drawn"
        f" − {amount(vial.wasted_mg, 'mg')} wasted − {amount(vial.kept_mg, 'mg')} kept"
    )


def vial_verdict(vial: VialView) -> str:
    """Say whether a vial balances, and how much is open where it does not."""
    if not vial.open_mg:
        return "✓ balances to 0.01 mL" if vial.open_ml is not None else "✓ balances"
    return "○ open" if vial.open_ml is None else f"○ open, {amount(vial.open_ml, 'mL')}"


def given_assumes(overview: SessionOverview) -> str:
    """Say what the amount given rests on, and what the pump's own display said beside it."""
    if overview.way is Way.DEVICES:
        return _DEVICE_ASSUMES
    if overview.way is not Way.PUMP:
        return _HAND_ASSUMES
    pump = overview.dose.pump_ml
    said = NOT_RECORDED if pump is None else f"{plain(pump)} mL"
    return f"{_PUMP_ASSUMES} The pump’s own figure: {said}."


def explanation(overview: SessionOverview, code: str, about: str = "") -> str:
    """Return how a gap was explained; empty where there is none, or nobody explained it."""
    found = (g for g in overview.gaps if (g.code, g.about) == (code, about))
    return next((g.explanation for g in found if g.explained), "")
