"""What another version of the form changes, and what becomes of answers that were given."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.desk import World
from monitor.entries import RemsFiled
from monitor.ports import Transaction
from monitor.rems import REMS_DRUG, rems_stream
from monitor.rems_form import EffectRule, RemsField, RemsForm
from monitor.rems_looking import answers_to, form_in_force


class Aspect(enum.StrEnum):
    """What of a form version is another."""

    ADDED = "added"
    GONE = "gone"
    LABEL = "label"
    SECTION = "section"
    REQUIRED = "required"
    ANSWER = "answer"
    FILL = "fill"
    SURE = "sure"
    SOURCE = "source"
    ORDER = "order"
    MINUTES = "minutes"
    BP = "bp"
    BOUNDS = "bounds"
    JUDGED = "judged"
    WORDS = "words"
    TITLE = "title"
    DATED = "dated"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FormChange:
    """One thing that is another in the new version.

    Attributes:
        about: The field's label as it was (as it is, of an added one), or the effect; empty of
            the whole form.
        before, after: As the texts have it.
        number: Of the field, as the sheet shows it; 0 of what is no field.
    """

    aspect: Aspect
    about: str
    before: str
    after: str
    number: int = 0


_OF_A_FIELD = (
    (Aspect.LABEL, "label"),
    (Aspect.SECTION, "section"),
    (Aspect.REQUIRED, "required"),
    (Aspect.ANSWER, "answer"),
    (Aspect.FILL, "fill"),
    (Aspect.SURE, "sure"),
    (Aspect.SOURCE, "source"),
)
_OF_THE_FORM = (
    (Aspect.MINUTES, "minutes_least"),
    (Aspect.BP, "bp_minutes"),
    (Aspect.TITLE, "title"),
    (Aspect.DATED, "dated"),
    (Aspect.NOTE, "note"),
)


def form_changes(before: RemsForm, after: RemsForm) -> tuple[FormChange, ...]:
    """Return what the new version changes: fields gone, added, changed; then the form itself."""
    was = {field.id: (number, field) for number, field in enumerate(before.fields, 1)}
    now = {field.id: (number, field) for number, field in enumerate(after.fields, 1)}
    gone = (
        FormChange(Aspect.GONE, field.label, field.section, "", number)
        for key, (number, field) in was.items()
        if key not in now
    )
    added = (
        FormChange(Aspect.ADDED, field.label, "", field.section, number)
        for key, (number, field) in now.items()
        if key not in was
    )
    fields = (
        change
        for key, (number, field) in was.items()
        if key in now
        for change in _of_a_field(number, field, now[key][1])
    )
    moved = [key for key in was if key in now] != [key for key in now if key in was]
    order = (FormChange(Aspect.ORDER, "", "", ""),) if moved else ()
    return (*gone, *added, *fields, *order, *_of_the_form(before, after))


@dataclass(frozen=True, slots=True)
class AnswersAhead:
    """What becomes of the answers on sheets that are not filed yet, once a version holds.

    Attributes:
        sheets: How many such sheets have answers.
        stay: How many answers stay.
        anew: Labels of the fields that are asked anew, each as often as it was answered.
        gone: Labels of the fields that are asked no more, likewise.
        again: How many answers, given under an earlier version, hold again.
    """

    sheets: int = 0
    stay: int = 0
    anew: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    again: int = 0


@dataclass(frozen=True, slots=True)
class ForeseeForm:
    """Tell what becomes of answers, should a version hold."""

    world: World

    def __call__(self, form: RemsForm) -> AnswersAhead:
        """Return it; sheets that were filed keep their version and are not counted."""
        with self.world.looking() as tx:
            now = form_in_force(tx).form
            pairs = list(_answers(tx, now, form))
        lost = [key for was, will in pairs for key in was if key not in will]
        labels = {field.id: field.label for field in now.fields}
        return AnswersAhead(
            sheets=len(pairs),
            stay=sum(key in will for was, will in pairs for key in was),
            anew=tuple(labels[key] for key in lost if form.field(key)),
            gone=tuple(labels[key] for key in lost if not form.field(key)),
            again=sum(key not in was for was, will in pairs for key in will),
        )


def _answers(
    tx: Transaction, now: RemsForm, form: RemsForm
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield, for each sheet not filed, which fields have answers now and which will have."""
    for header in tx.sessions():
        entries = tx.stream(rems_stream(header.session_id)) if header.drug == REMS_DRUG else ()
        if not entries or any(isinstance(entry.what, RemsFiled) for entry in entries):
            continue
        was, will = (frozenset(answers_to(tx, entries, each)) for each in (now, form))
        if was or will:
            yield was, will


def _of_a_field(number: int, old: RemsField, new: RemsField) -> Iterator[FormChange]:
    for aspect, name in _OF_A_FIELD:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FormChange(aspect, old.label, _written(before), _written(after), number)


def _of_the_form(old: RemsForm, new: RemsForm) -> Iterator[FormChange]:
    for effect, was in old.effects.items():
        then = _of_an_effect(was)
        for aspect, after in _of_an_effect(new.effects[effect]).items():
            if after != then[aspect]:
                yield FormChange(aspect, effect, then[aspect], after)
    for aspect, name in _OF_THE_FORM:
        before, after = str(getattr(old, name)), str(getattr(new, name))
        if before != after:
            yield FormChange(aspect, "", before, after)


def _of_an_effect(rule: EffectRule) -> dict[Aspect, str]:
    bounds = (
        " ".join(filter(None, (sign, _bound("least", low), _bound("most", high))))
        for sign, low, high in rule.bounds
    )
    return {
        Aspect.BOUNDS: ", ".join(bounds),
        Aspect.JUDGED: _written(rule.judged),
        Aspect.WORDS: ", ".join(rule.words),
        Aspect.SOURCE: rule.source,
    }


def _bound(word: str, value: int | None) -> str:
    return "" if value is None else f"{word} {value}"


def _written(value: object) -> str:
    """Return a value as the text of a version has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
