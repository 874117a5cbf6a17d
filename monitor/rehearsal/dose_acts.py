"""The dose chain's acts of a script: from the order to what is thrown away."""

from __future__ import annotations

from collections.abc import Callable

from monitor import acts
from monitor.acts import Act
from monitor.entries import Basis, Given, Validity, VolumeMode, WasteOf, Weighing
from monitor.errors import Code, InputError
from monitor.people import CLINICIANS, Author, Role
from monitor.rehearsal.script import ScriptAct
from monitor.rehearsal.typed import (
    Around,
    day,
    moment,
    needed,
    number,
    whole,
    whole_or_none,
    yes_or_no,
)


def _order(written: ScriptAct, around: Around) -> Act:
    verbal = written.text("how") == Given.VERBAL
    read_back = yes_or_no(written, "read_back")
    return acts.TakeOrder(
        how=Given(written.text("how")),
        per_kg_mg=number(written, "per_kg_mg"),
        minutes=number(written, "minutes"),
        dose_mg=number(written, "dose_mg"),
        prescriber=around.person(written.text("prescriber")),
        taken_by=_taken_by(written, around) if verbal else None,
        read_back=verbal if read_back is None else read_back,
        validity=Validity(written.text("validity") or Validity.SESSION),
        valid_until=day(written, "valid_until"),
        japanese_ancestry=yes_or_no(written, "japanese_ancestry"),
        reason=written.text("reason"),
    )


def _taken_by(written: ScriptAct, around: Around) -> Author | None:
    """Return who took a verbal order: who is named, who writes it, or the file's first nurse."""
    if written.text("taken_by"):
        return around.person(written.text("taken_by"))
    writer = around.person(written.by)
    if writer is not None and writer.role is not Role.PRESCRIBER:
        return writer
    others = [p for p in around.staff if p.user != written.by and p.role in CLINICIANS]
    nurses = [person for person in others if person.role is Role.NURSE]
    return next(iter((*nurses, *others)), None)


def _course_order(written: ScriptAct, _: Around) -> Act:
    return acts.UseCourseOrder(reason=written.text("reason"))


def _weigh(written: ScriptAct, around: Around) -> Act:
    return acts.Weigh(
        at=moment(written, "measured_at", around.zone),
        how=Weighing(written.text("how")),
        kg=number(written, "weight_kg"),
        lb=number(written, "weight_lb"),
        height_cm=number(written, "height_cm"),
        confirm=written.flag("confirm"),
        by_whom=written.text("by_whom"),
        reason=written.text("reason"),
    )


def _calculate(written: ScriptAct, _: Around) -> Act:
    mode = written.text("volume_mode")
    return acts.Calculate(
        strength_mg_per_ml=number(written, "strength_mg_per_ml"),
        product=written.text("product"),
        volume_ml=number(written, "volume_ml"),
        volume_mode=VolumeMode(mode) if mode else None,
        per_kg_mg=number(written, "per_kg_mg"),
        minutes=number(written, "minutes"),
        basis=Basis(written.text("basis") or Basis.ACTUAL),
        basis_reason=written.text("basis_reason"),
        rate_step_ml_h=number(written, "rate_step_ml_h"),
        syringe_ml=number(written, "syringe_ml"),
        reason=written.text("reason"),
    )


def check_of(written: ScriptAct) -> acts.CheckDose:
    """Return the figures that a second person entered."""
    mode = written.text("volume_mode")
    return acts.CheckDose(
        weight_kg=number(written, "weight_kg"),
        strength_mg_per_ml=number(written, "strength_mg_per_ml"),
        volume_ml=number(written, "volume_ml"),
        volume_mode=VolumeMode(mode) if mode else None,
        drawn_ml=number(written, "drawn_ml"),
        rate_ml_h=number(written, "rate_ml_h"),
        dose_mg=number(written, "dose_mg"),
        pieces=number(written, "pieces"),
        devices=whole_or_none(written, "devices"),
        reason=written.text("reason"),
    )


def override_of(written: ScriptAct) -> acts.Override:
    """Return what a prescriber lets go through."""
    return acts.Override(what=written.text("what"), reason=written.text("reason"))


def waste_of(written: ScriptAct, around: Around) -> acts.Waste:
    """Return what is thrown away; the witness has still to prove who they are."""
    witness = around.person(written.text("witness"))
    if witness is None:
        raise InputError(Code.EMPTY, "witness")
    return acts.Waste(
        of=WasteOf(written.text("of")),
        witness=witness,
        ml=number(written, "ml"),
        count=number(written, "count"),
        lot=written.text("lot"),
        product=written.text("product"),
        earlier=yes_or_no(written, "earlier"),
        reason=written.text("reason"),
    )


def _keep(written: ScriptAct, _: Around) -> Act:
    return acts.KeepRemainder(
        ml=needed(written, "ml"),
        lot=written.text("lot"),
        product=written.text("product"),
        reason=written.text("reason"),
    )


def _prepare(written: ScriptAct, _: Around) -> Act:
    return acts.Prepare(
        lot=written.text("lot"),
        expiry=written.text("expiry"),
        product=written.text("product"),
        drawn_ml=number(written, "drawn_ml"),
        pieces=number(written, "pieces"),
        vial_ml=number(written, "vial_ml"),
        vials=whole_or_none(written, "vials"),
        reason=written.text("reason"),
    )


def _give(written: ScriptAct, _: Around) -> Act:
    return acts.GiveDose(
        dose_mg=number(written, "dose_mg"),
        minutes=number(written, "minutes"),
        site=written.text("site"),
        reason=written.text("reason"),
    )


def _start(written: ScriptAct, _: Around) -> Act:
    return acts.Start(
        rate_ml_h=number(written, "rate_ml_h"),
        pump_ml=number(written, "pump_ml"),
        reason=written.text("reason"),
    )


def _pause(written: ScriptAct, _: Around) -> Act:
    return acts.Pause(pump_ml=number(written, "pump_ml"), reason=written.text("reason"))


def _resume(written: ScriptAct, _: Around) -> Act:
    return acts.Resume(
        rate_ml_h=number(written, "rate_ml_h"),
        pump_ml=number(written, "pump_ml"),
        reason=written.text("reason"),
    )


def _rate(written: ScriptAct, _: Around) -> Act:
    return acts.ChangeRate(
        rate_ml_h=needed(written, "rate_ml_h"),
        pump_ml=number(written, "pump_ml"),
        reason=written.text("reason"),
    )


def _stop(written: ScriptAct, _: Around) -> Act:
    return acts.Stop(pump_ml=number(written, "pump_ml"), reason=written.text("reason"))


def _finish(written: ScriptAct, _: Around) -> Act:
    return acts.Finish(pump_ml=number(written, "pump_ml"), reason=written.text("reason"))


def _device(written: ScriptAct, _: Around) -> Act:
    return acts.GiveDevice(
        lot=written.text("lot"),
        expiry=written.text("expiry"),
        sprays=whole(written.text("sprays") or "2", "sprays"),
        reason=written.text("reason"),
    )


MAKERS: dict[str, Callable[[ScriptAct, Around], Act]] = {
    "order": _order,
    "course_order": _course_order,
    "weigh": _weigh,
    "calculate": _calculate,
    "prepare": _prepare,
    "start": _start,
    "pause": _pause,
    "resume": _resume,
    "rate": _rate,
    "stop": _stop,
    "finish": _finish,
    "give": _give,
    "device": _device,
    "keep": _keep,
}
"""What one person does alone; `verify`, `override` and `waste` ask for a password."""
