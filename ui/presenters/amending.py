"""Amending what is no reading: every field empty, the old words struck through above them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from monitor.acts import Amend
from monitor.entries import EventResolved, Fact, Leaving, Severity
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview, ThingView
from monitor.units import parse_number
from ui.presenters.acting import Actor
from ui.presenters.question import Answers, Ask, Question
from ui.presenters.reasons import AMENDED, numbered, reason_of
from ui.presenters.things import NAMES, can_amend, field_name, fields_of, says
from ui.presenters.typed_at import typed_at
from ui.presenters.words import clock

NOTHING = "-"
"""Typed where a field is to be empty from now on."""

_AMOUNTS = frozenset({"rate_ml_h", "pump_ml", "vial_ml", "minutes"})
_NUMBERS = frozenset({"vials", "sprays"})
_CHOICES: dict[str, type[Leaving | Severity]] = {"how": Leaving, "severity": Severity}
_WHOLE = re.compile(r"[0-9]{1,4}")


class AmendingPresenter:
    """Asks for what changes of an entry, and why; what it said stays in sight and in the record."""

    def __init__(self, actor: Actor, now: Callable[[], dt.datetime], zone: dt.tzinfo) -> None:
        self._actor, self._now, self._zone = actor, now, zone
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know what there is to amend."""
        self._overview = overview

    def amend(self, uid: str) -> None:
        """Ask what is to stand in its place; nothing is filled in beforehand."""
        overview = self._overview
        things = overview.things if overview else ()
        thing = next((t for t in things if t.uid == uid and can_amend(t)), None)
        if thing is None or overview is None:
            return
        question = Question(
            f"Amend: {NAMES.get(thing.kind, thing.kind)}, {clock(overview.local, thing.at)}",
            ("It stays in the record, struck through. What is left empty stays as it was.",),
            (*_asks(thing.what), _AT, _REASON),
            "Amend",
            struck=says(thing.what, thing.reason),
        )
        self._actor.question.ask(question, lambda answers: self._store(thing, answers))

    def _store(self, thing: ThingView, answers: Answers) -> None:
        changes: dict[str, object] = {
            name: _value(name, typed)
            for name in fields_of(thing.what)
            if (typed := answers.get(name, "").strip())
        }
        if answers.get(_NOT_OVER.key):
            changes["event"] = ""
        zone = self._overview.local.timeline.zone(self._zone) if self._overview else self._zone
        at = typed_at(answers["at"], self._now(), zone)
        if at is not None:
            changes["at"] = at
        text = changes.pop("text", None)
        reason = reason_of(answers["reason"], AMENDED)
        words = None if text is None else str(text)
        self._actor.do(Amend(entry=thing.uid, text=words, changes=changes, reason=reason))
        self._actor.view.show_problem("")


_AT = Ask("at", "Time", "hh:mm, or -5m", field="time")
_REASON = Ask("reason", "Reason", "Words, or a digit", picks=numbered(AMENDED))


_NOT_OVER = Ask("not_over", "It is not over after all", tick=True)


def _asks(what: Fact) -> tuple[Ask, ...]:
    """Return what is asked of an entry, besides its time and the reason."""
    if isinstance(what, EventResolved):
        return (_NOT_OVER,)
    return tuple(_ask(name) for name in fields_of(what))


def _ask(name: str) -> Ask:
    if name in _CHOICES:
        choices = [(each.value, each.value.capitalize()) for each in _CHOICES[name]]
        if name == "severity":
            choices.append((NOTHING, "Not said"))
        return Ask(name, field_name(name), choices=tuple(choices))
    hint = "numbers, - for an open item" if name == "answers" else "as it was"
    return Ask(name, field_name(name), hint)


def _value(name: str, typed: str) -> object:
    """Return what was typed for a field, as the entry holds it."""
    if name in _AMOUNTS:
        return None if typed == NOTHING and name != "rate_ml_h" else _amount(typed, name)
    if name in _NUMBERS:
        return _number(typed, name)
    if name in _CHOICES:
        return None if typed == NOTHING else _CHOICES[name](typed)
    if name == "answers":
        return tuple(_answer(word) for word in typed.split())
    return "" if typed == NOTHING else typed


def _amount(typed: str, name: str) -> Decimal:
    return parse_number(typed, name)


def _number(typed: str, name: str) -> int:
    if not _WHOLE.fullmatch(typed):
        raise InputError(Code.NOT_UNDERSTOOD, name, typed=typed)
    return int(typed)


def _answer(word: str) -> int | None:
    return None if word == NOTHING else _number(word, "answers")
