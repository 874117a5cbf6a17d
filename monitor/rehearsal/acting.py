"""Turns an act of a script into the act that the program performs.

What was written as text is read here the way a person's typing is read, so that "63,4" is
63.4 and "1,205" is refused; whether the act is right is for `monitor.acts` to say.
"""

from __future__ import annotations

from collections.abc import Callable

from monitor import acts
from monitor.acts import Act
from monitor.entries import Criterion, Leaving, Severity
from monitor.errors import Code, InputError, RefusedError
from monitor.rehearsal import dose_acts
from monitor.rehearsal.fields import COMMON, Kind, fields_of
from monitor.rehearsal.script import ScriptAct
from monitor.rehearsal.typed import Around, moment, needed, whole

NOT_ANSWERED = "-"

WHOLE = frozenset({"sprays", "vials"})
"""Numbers that an entry holds as whole ones."""


def act_of(written: ScriptAct, around: Around) -> Act:
    """Return the act to perform.

    Raises:
        RefusedError: `unknown-act`.
        InputError: If a number cannot be read.
        NotFoundError: If a label names an act that was refused.
    """
    make = _MAKERS.get(written.do)
    if make is None:
        raise RefusedError(Code.UNKNOWN_ACT, do=written.do, line=written.line)
    return make(written, around)


def _answers(written: ScriptAct) -> tuple[int | None, ...]:
    return tuple(
        None if typed == NOT_ANSWERED else whole(typed, "answers")
        for typed in written.list("answers")
    )


def _line(written: ScriptAct, _: Around) -> Act:
    return acts.TypeLine(
        text=written.text("text"), confirm=written.flag("confirm"), reason=written.text("reason")
    )


def _score(written: ScriptAct, _: Around) -> Act:
    return acts.Score(
        scale=written.text("scale"), answers=_answers(written), reason=written.text("reason")
    )


def _event(written: ScriptAct, around: Around) -> Act:
    if written.flag("resolve"):
        return _resolve(written, around)
    severity = written.text("severity")
    return acts.NoteEvent(
        at=moment(written, "since", around.zone),
        text=written.text("text"),
        severity=Severity(severity) if severity else None,
        reason=written.text("reason"),
    )


def _resolve(written: ScriptAct, around: Around) -> Act:
    return acts.ResolveEvent(
        at=moment(written, "over_at", around.zone),
        event=around.uid(written.text("event")),
        reason=written.text("reason"),
    )


def _serious(written: ScriptAct, around: Around) -> Act:
    return acts.MarkSerious(
        event=around.uid(written.text("event")),
        criteria=tuple(_criterion(each) for each in written.list("criteria")),
        description=written.text("description"),
        treated=written.text("treated"),
        reason=written.text("reason"),
    )


def _criterion(typed: str) -> Criterion:
    known = tuple(each.value for each in Criterion)
    if typed not in known:
        raise InputError(Code.OUT_OF_RANGE, "criteria", allowed=known)
    return Criterion(typed)


def _acknowledge(written: ScriptAct, _: Around) -> Act:
    return acts.Acknowledge(
        limit=written.text("alert"),
        action=written.text("action"),
        told=written.text("told"),
        reason=written.text("reason"),
    )


def _missed(written: ScriptAct, _: Around) -> Act:
    return acts.MissSlot(slot=written.text("slot"), reason=written.text("reason"))


def _explain(written: ScriptAct, _: Around) -> Act:
    return acts.Explain(
        gap=written.text("gap"), about=written.text("about"), reason=written.text("reason")
    )


def _amend(written: ScriptAct, around: Around) -> Act:
    label = written.text("entry")
    entry = around.uid(label)
    rules = fields_of("amend", around.labels[label][0])
    own = {"entry", "text", "confirm", "reason", *COMMON}
    named = [name for name in written.fields if name not in own]
    changes = {
        _AMENDED.get(name, name): moment(written, name, around.zone)
        if name in _AMENDED
        else _changed(written, name, rules[name].kind)
        for name in named
    }
    return acts.Amend(
        entry=entry,
        text=written.text("text") if "text" in written.fields else None,
        changes=changes,
        confirm=written.flag("confirm"),
        reason=written.text("reason"),
    )


_AMENDED = {"since": "at", "over_at": "at"}
"""Times that an amendment moves."""


def _changed(written: ScriptAct, name: str, kind: Kind) -> object:
    """Return a field's new value in the form in which the entry holds it."""
    if kind is Kind.ANSWERS:
        return _answers(written)
    if kind is Kind.ITEMS:
        return written.table(name)
    if name in WHOLE:
        return whole(written.text(name), name)
    return needed(written, name) if kind is Kind.NUMBER else written.fields[name]


def _ready(written: ScriptAct, _: Around) -> Act:
    return acts.CheckReadiness(
        items=written.table("items"), escort=written.text("escort"), reason=written.text("reason")
    )


def _discharge(written: ScriptAct, _: Around) -> Act:
    return acts.Discharge(
        how=Leaving(written.text("how")),
        escort=written.text("escort"),
        reason=written.text("reason"),
    )


def _cancel(written: ScriptAct, _: Around) -> Act:
    return acts.Cancel(reason=written.text("reason"))


_MAKERS: dict[str, Callable[[ScriptAct, Around], Act]] = {
    **dose_acts.MAKERS,
    "line": _line,
    "score": _score,
    "event": _event,
    "resolve": _resolve,
    "serious": _serious,
    "acknowledge": _acknowledge,
    "missed": _missed,
    "explain": _explain,
    "amend": _amend,
    "ready": _ready,
    "discharge": _discharge,
    "cancel": _cancel,
}
"""Signing, addenda, exporting, the patient's identity, the crash and the clock are no acts of the
chair, and what needs a password of that moment is a use-case: the player does them."""
