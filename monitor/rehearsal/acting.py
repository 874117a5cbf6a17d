"""Turns an act of a script into the act that the program performs.

What was written as text is read here the way a person's typing is read, so that "63,4" is
63.4 and "1,205" is refused; whether the act is right is for `monitor.acts` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from monitor import acts
from monitor.acts import Act
from monitor.entries import Basis, Given, Leaving, VolumeMode, Weighing
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.rehearsal.fields import COMMON, Kind, fields_of
from monitor.rehearsal.script import ScriptAct
from monitor.units import parse_number

Labels = Mapping[str, tuple[str, str]]
"""What was recorded under a label: (what was done, the entry's uid)."""

NOT_ANSWERED = "-"

_SECONDS = re.compile(r"[+-]?[0-9]{1,10}")


def act_of(written: ScriptAct, labels: Labels) -> Act:
    """Return the act to perform.

    Raises:
        RefusedError: `unknown-act`.
        InputError: If a number cannot be read.
        NotFoundError: If a label names an act that was refused.
    """
    make = _MAKERS.get(written.do)
    if make is None:
        raise RefusedError(Code.UNKNOWN_ACT, do=written.do, line=written.line)
    return make(written, labels)


def _number(written: ScriptAct, name: str) -> Decimal | None:
    return parse_number(written.text(name), name) if name in written.fields else None


def _needed(written: ScriptAct, name: str) -> Decimal:
    return parse_number(written.text(name), name)


def jump_of(written: ScriptAct) -> int:
    """Return by how many seconds the wall clock is set; negative for back.

    Raises:
        InputError: `not-understood` for anything but a whole number.
    """
    typed = written.text("seconds")
    if not _SECONDS.fullmatch(typed):
        raise InputError(Code.NOT_UNDERSTOOD, "seconds", token=typed)
    return int(typed)


def _whole(typed: str, name: str) -> int:
    value = parse_number(typed, name)
    if value != int(value):
        raise InputError(Code.NOT_UNDERSTOOD, name, token=typed)
    return int(value)


def _answers(written: ScriptAct) -> tuple[int | None, ...]:
    return tuple(
        None if typed == NOT_ANSWERED else _whole(typed, "answers")
        for typed in written.list("answers")
    )


def _uid(labels: Labels, label: str) -> str:
    if label not in labels:
        raise NotFoundError("entry", name=label)
    return labels[label][1]


def _order(written: ScriptAct, _: Labels) -> Act:
    return acts.TakeOrder(
        how=Given(written.text("how")),
        per_kg_mg=_number(written, "per_kg_mg"),
        minutes=_number(written, "minutes"),
        dose_mg=_number(written, "dose_mg"),
        reason=written.text("reason"),
    )


def _weigh(written: ScriptAct, _: Labels) -> Act:
    return acts.Weigh(
        how=Weighing(written.text("how")),
        kg=_number(written, "weight_kg"),
        lb=_number(written, "weight_lb"),
        height_cm=_number(written, "height_cm"),
        confirm=written.flag("confirm"),
        reason=written.text("reason"),
    )


def _calculate(written: ScriptAct, _: Labels) -> Act:
    return acts.Calculate(
        strength_mg_per_ml=_needed(written, "strength_mg_per_ml"),
        volume_ml=_needed(written, "volume_ml"),
        volume_mode=VolumeMode(written.text("volume_mode")),
        per_kg_mg=_number(written, "per_kg_mg"),
        minutes=_number(written, "minutes"),
        basis=Basis(written.text("basis") or Basis.ACTUAL),
        basis_reason=written.text("basis_reason"),
        rate_step_ml_h=_number(written, "rate_step_ml_h"),
        syringe_ml=_number(written, "syringe_ml"),
        reason=written.text("reason"),
    )


def _start(written: ScriptAct, _: Labels) -> Act:
    return acts.Start(
        rate_ml_h=_number(written, "rate_ml_h"),
        pump_ml=_number(written, "pump_ml"),
        reason=written.text("reason"),
    )


def _pause(written: ScriptAct, _: Labels) -> Act:
    return acts.Pause(pump_ml=_number(written, "pump_ml"), reason=written.text("reason"))


def _resume(written: ScriptAct, _: Labels) -> Act:
    return acts.Resume(
        rate_ml_h=_number(written, "rate_ml_h"),
        pump_ml=_number(written, "pump_ml"),
        reason=written.text("reason"),
    )


def _rate(written: ScriptAct, _: Labels) -> Act:
    return acts.ChangeRate(
        rate_ml_h=_needed(written, "rate_ml_h"),
        pump_ml=_number(written, "pump_ml"),
        reason=written.text("reason"),
    )


def _stop(written: ScriptAct, _: Labels) -> Act:
    return acts.Stop(pump_ml=_number(written, "pump_ml"), reason=written.text("reason"))


def _finish(written: ScriptAct, _: Labels) -> Act:
    return acts.Finish(pump_ml=_number(written, "pump_ml"), reason=written.text("reason"))


def _device(written: ScriptAct, _: Labels) -> Act:
    return acts.GiveDevice(
        lot=written.text("lot"),
        expiry=written.text("expiry"),
        sprays=_whole(written.text("sprays") or "2", "sprays"),
        reason=written.text("reason"),
    )


def _line(written: ScriptAct, _: Labels) -> Act:
    return acts.TypeLine(
        text=written.text("text"), confirm=written.flag("confirm"), reason=written.text("reason")
    )


def _score(written: ScriptAct, _: Labels) -> Act:
    return acts.Score(
        scale=written.text("scale"), answers=_answers(written), reason=written.text("reason")
    )


def _event(written: ScriptAct, labels: Labels) -> Act:
    if written.flag("resolve"):
        return _resolve(written, labels)
    return acts.NoteEvent(text=written.text("text"), reason=written.text("reason"))


def _resolve(written: ScriptAct, labels: Labels) -> Act:
    return acts.ResolveEvent(
        event=_uid(labels, written.text("event")), reason=written.text("reason")
    )


def _acknowledge(written: ScriptAct, _: Labels) -> Act:
    return acts.Acknowledge(
        limit=written.text("alert"),
        action=written.text("action"),
        told=written.text("told"),
        reason=written.text("reason"),
    )


def _missed(written: ScriptAct, _: Labels) -> Act:
    return acts.MissSlot(slot=written.text("slot"), reason=written.text("reason"))


def _explain(written: ScriptAct, _: Labels) -> Act:
    return acts.Explain(
        gap=written.text("gap"), about=written.text("about"), reason=written.text("reason")
    )


def _amend(written: ScriptAct, labels: Labels) -> Act:
    label = written.text("entry")
    entry = _uid(labels, label)
    rules = fields_of("amend", labels[label][0])
    own = {"entry", "text", "confirm", "reason", *COMMON}
    changes = {
        name: _changed(written, name, rules[name].kind)
        for name in written.fields
        if name not in own
    }
    return acts.Amend(
        entry=entry,
        text=written.text("text") if "text" in written.fields else None,
        changes=changes,
        confirm=written.flag("confirm"),
        reason=written.text("reason"),
    )


def _changed(written: ScriptAct, name: str, kind: Kind) -> object:
    """Return a field's new value in the form in which the entry holds it."""
    if kind is Kind.ANSWERS:
        return _answers(written)
    if kind is Kind.ITEMS:
        return written.table(name)
    if name == "sprays":
        return _whole(written.text(name), name)
    return _needed(written, name) if kind is Kind.NUMBER else written.fields[name]


def _ready(written: ScriptAct, _: Labels) -> Act:
    return acts.CheckReadiness(items=written.table("items"), reason=written.text("reason"))


def _discharge(written: ScriptAct, _: Labels) -> Act:
    return acts.Discharge(
        how=Leaving(written.text("how")),
        escort=written.text("escort"),
        reason=written.text("reason"),
    )


def _cancel(written: ScriptAct, _: Labels) -> Act:
    return acts.Cancel(reason=written.text("reason"))


_MAKERS: dict[str, Callable[[ScriptAct, Labels], Act]] = {
    "order": _order,
    "weigh": _weigh,
    "calculate": _calculate,
    "start": _start,
    "pause": _pause,
    "resume": _resume,
    "rate": _rate,
    "stop": _stop,
    "finish": _finish,
    "device": _device,
    "line": _line,
    "score": _score,
    "event": _event,
    "resolve": _resolve,
    "acknowledge": _acknowledge,
    "missed": _missed,
    "explain": _explain,
    "amend": _amend,
    "ready": _ready,
    "discharge": _discharge,
    "cancel": _cancel,
}
"""Signing, exporting, the patient's identity, the crash and the clock are no acts of the chair:
the player does them."""
