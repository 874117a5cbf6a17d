"""What a rehearsal's people type at the tray: the dose set-up's steps, filled in to be seen."""

from __future__ import annotations

from collections.abc import Callable

from monitor.overview import SessionOverview
from monitor.protocols.protocol import Form, Way
from monitor.rehearsal.script import ScriptAct
from monitor.units import plain
from ui.presenters.form import TICKED
from ui.session_rooms import SessionRooms

Answers = dict[str, str]
"""What stands in each field of a step, by the form's own names."""

FIGURES = (
    "weight_kg",
    "strength_mg_per_ml",
    "volume_ml",
    "volume_mode",
    "drawn_ml",
    "rate_ml_h",
    "dose_mg",
    "pieces",
    "devices",
)
"""What a second person enters."""


def _order(act: ScriptAct, _: SessionOverview) -> Answers:
    verbal = act.text("how") == "verbal"
    return {
        "prescriber": act.text("prescriber") or act.by,
        "how": act.text("how"),
        "by": "mg" if act.text("dose_mg") else "kg",
        "japanese_ancestry": _yes_or_no(act, "japanese_ancestry"),
        "validity": act.text("validity"),
        "taken_by": act.text("taken_by"),
        "read_back": TICKED if verbal and act.fields.get("read_back", True) else "",
    } | _typed(act, "per_kg_mg", "dose_mg", "minutes", "reason", "valid_until")


def _weigh(act: ScriptAct, _: SessionOverview) -> Answers:
    pounds = act.text("weight_lb")
    return {
        "unit": "lb" if pounds else "kg",
        "weight": pounds or act.text("weight_kg"),
    } | _typed(act, "height_cm", "how", "by_whom", "measured_at")


def _calculate(act: ScriptAct, overview: SessionOverview) -> Answers:
    product, strength = act.text("product"), act.text("strength_mg_per_ml")
    for each in overview.products:
        if product == each.id and each.strength is not None:
            strength = plain(each.strength)
        elif not product and each.form is Form.SOLUTION and strength == f"{each.strength}":
            product = each.id
    return {
        "basis": act.text("basis") or "actual",
        "product": product,
        "strength": strength,
    } | _typed(act, "volume_ml", "volume_mode", "basis_reason", "syringe_ml", "minutes")


def _verify(act: ScriptAct, _: SessionOverview) -> Answers:
    return {"checker": act.by} | _typed(act, *FIGURES)


def _prepare(act: ScriptAct, _: SessionOverview) -> Answers:
    return _typed(act, "lot", "expiry", "vial_ml", "vials", "drawn_ml", "pieces", "reason")


STEPS: dict[str, tuple[str, Callable[[ScriptAct, SessionOverview], Answers]]] = {
    "order": ("order", _order),
    "weigh": ("weight", _weigh),
    "calculate": ("dose", _calculate),
    "verify": ("check", _verify),
    "prepare": ("prepare", _prepare),
}
"""For each act at the tray: its step, and what is typed and chosen there."""

SHOWN_AT_THE_TRAY = frozenset({*STEPS, "course_order", "override"})


def is_at_the_tray(act: ScriptAct, overview: SessionOverview) -> bool:
    """Tell whether an act belongs to the dose set-up, which ends with the first drug."""
    if overview.started_at is not None or overview.closed_at is not None:
        return False
    if overview.way is Way.DEVICES:
        return act.do in ("order", "course_order", "verify")
    return act.do in SHOWN_AT_THE_TRAY


def fill_in(rooms: SessionRooms, act: ScriptAct) -> bool:
    """Type and choose what an act is about to record; tell whether its step has anything."""
    if act.do not in STEPS:
        return False
    step, answers = STEPS[act.do]
    rooms.dose.go(step)
    for key, words in answers(act, rooms.session.overview).items():
        if words:
            rooms.dose_room.form.answer(key, words)
    return True


def show_both(rooms: SessionRooms) -> None:
    """Show both people's figures side by side, where a second person has just entered theirs."""
    rooms.dose.go("check")


def _typed(act: ScriptAct, *names: str) -> Answers:
    return {name: act.text(name) for name in names}


def _yes_or_no(act: ScriptAct, name: str) -> str:
    if name not in act.fields:
        return ""
    return "yes" if act.flag(name) else "no"
