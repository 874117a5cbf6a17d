"""What another version of the REMS form changes, in plain words, for whoever approves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from monitor.rems_changes import AnswersAhead, Aspect, FormChange, form_changes
from monitor.rems_form import RULES, RemsForm, Sure


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change.

    Attributes:
        kind: "added", "gone", "changed" or "same".
    """

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class ApprovalFace:
    """What a version would change, before it is approved.

    Attributes:
        answers: What becomes of answers on sheets that are not filed yet.
        asks_anew: Whether some answers will be asked for anew, or no more.
    """

    title: str
    lines: tuple[ChangeLine, ...]
    answers: tuple[str, ...]
    asks_anew: bool


_SURE = {
    Sure.SEEN.value: "seen on that form",
    Sure.BELIEVED.value: "not seen on a form",
    Sure.CHECKED.value: "checked against your form",
}
_ANSWER = {"text": "by words", "yes-no": "by yes or no"}
_REQUIRED = {"true": "must have a value now", "false": "may stay empty now"}
_JUDGED = {"true": "are put before a person to judge now", "false": "mean yes by themselves now"}
_OF_ALL = {
    Aspect.MINUTES: "Monitoring takes at least {after} min; before, {before} min.",
    Aspect.BP: "The second blood pressure is due {after} min after a device; before, {before}.",
    Aspect.TITLE: "The title is “{after}”; before, “{before}”.",
    Aspect.DATED: "The form is dated “{after}”; before, “{before}”.",
    Aspect.NOTE: "The note says “{after}”; before, “{before}”.",
    Aspect.ORDER: "The fields stand in another order.",
}
_OF_ONE = {
    Aspect.GONE: "{about} is gone; it stood under {before}.",
    Aspect.ADDED: "{about} is new, under {after}.",
    Aspect.LABEL: "{about} is called “{after}” now.",
    Aspect.SECTION: "{about} stands under {after}; before, under {before}.",
    Aspect.REQUIRED: "{about} {after}.",
    Aspect.ANSWER: "{about} is answered {after}; before, {before}.",
    Aspect.FILL: "{about} is filled otherwise: {after}; before: {before}.",
    Aspect.SOURCE: "The source of {about} is “{after}”; before, “{before}”.",
    Aspect.BOUNDS: "A value speaks for {about} beyond: {after}; before: {before}.",
    Aspect.JUDGED: "Values that speak for {about} {after}.",
    Aspect.WORDS: "Words that tell {about}: {after}; before: {before}.",
}
_EFFECTS = {"respiratory": "respiratory depression"}
_WORDS = {
    Aspect.ANSWER: _ANSWER,
    Aspect.FILL: dict(RULES),
    Aspect.REQUIRED: _REQUIRED,
    Aspect.JUDGED: _JUDGED,
}
_REMARKS = "Nothing but the id of the text, or its remarks."
_SIGNS = {"spo2": "SpO₂", "resp": "Resp"}
_KINDS = {Aspect.GONE: "gone", Aspect.ADDED: "added"}


def approval_face(before: RemsForm, after: RemsForm, ahead: AnswersAhead) -> ApprovalFace:
    """Return what is shown before a version is approved.

    Args:
        before: The version that holds.
        after: The one that is to hold.
        ahead: What becomes of answers.
    """
    changes = form_changes(before, after)
    single = [c for c in changes if c.aspect is not Aspect.SURE]
    sure = [c for c in changes if c.aspect is Aspect.SURE]
    lines = (*map(_line, single), *_looked_at(sure))
    same = before.hash == after.hash
    nothing = (
        "Nothing: it holds already, as a draft that nobody has approved." if same else _REMARKS
    )
    named = f"Approving {after.id}" if same else f"What changes from {before.id} to {after.id}"
    return ApprovalFace(
        title=named,
        lines=lines or (ChangeLine("same", nothing),),
        answers=_answers(ahead),
        asks_anew=bool(ahead.anew or ahead.gone),
    )


def _line(change: FormChange) -> ChangeLine:
    words = _WORDS.get(change.aspect, {})
    template = _OF_ONE[change.aspect] if change.about else _OF_ALL[change.aspect]
    said = template.format(
        about=f"field {_named_as(change)}" if change.number else _named_as(change),
        before=_signs(words.get(change.before, change.before), change.aspect).rstrip("."),
        after=_signs(words.get(change.after, change.after), change.aspect).rstrip("."),
    )
    return ChangeLine(_KINDS.get(change.aspect, "changed"), said[:1].upper() + said[1:])


def _signs(words: str, aspect: Aspect) -> str:
    """Return bounds with the signs as they are written everywhere."""
    if aspect is not Aspect.BOUNDS:
        return words
    return " ".join(_SIGNS.get(word, word) for word in words.split())


def _named_as(change: FormChange) -> str:
    """Return a field with its number on the sheet, or the effect."""
    if change.number:
        return f"{change.number} “{change.about}”"
    return _EFFECTS.get(change.about, change.about)


def _looked_at(changes: Iterable[FormChange]) -> Iterable[ChangeLine]:
    """Return one line for all fields that were looked at alike."""
    alike: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        alike.setdefault((change.before, change.after), []).append(_named_as(change))
    for (before, after), labels in alike.items():
        said = f"{_fields(len(labels))} {_SURE[after]} now; before, {_SURE[before]}"
        yield ChangeLine("changed", f"{said}: {', '.join(labels)}.")


def _answers(ahead: AnswersAhead) -> tuple[str, ...]:
    if not ahead.sheets:
        return ("No sheet that is not filed yet has an answer by a person; none is lost.",)
    sheets = "1 sheet that is" if ahead.sheets == 1 else f"{ahead.sheets} sheets that are"
    said = [f"On {sheets} not filed yet, {_count(ahead.stay, 'answer')} by a person will stay."]
    if ahead.anew:
        said.append(f"Asked anew, as the field asks something else: {_named(ahead.anew)}.")
    if ahead.gone:
        said.append(f"Asked no more: {_named(ahead.gone)}.")
    if ahead.again:
        said.append(f"{_count(ahead.again, 'answer')} to an earlier version will stand again.")
    if ahead.anew or ahead.gone:
        said.append(
            "These answers stay in the record, and stand again once the same is asked again."
        )
    return tuple(said)


def _named(labels: Collection[str]) -> str:
    """Return labels, each with how many answers it is about."""
    return ", ".join(f"“{label}” ({n} ×)" for label, n in Counter(labels).items())


def _fields(count: int) -> str:
    return "1 field is" if count == 1 else f"{count} fields are"


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
