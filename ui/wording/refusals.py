"""One clear sentence for everything that can be refused: what is wrong and what to do.

A sentence is chosen by the error's code, then by which of its facts are there: the first
variant whose facts are all known is taken, and the last one needs none. So a fact that is
absent never breaks a sentence, and a new fact only makes it more exact.
"""

from __future__ import annotations

import datetime as dt
import enum
import string
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from monitor.errors import Code, MonitorError
from monitor.units import BodyWeight, plain
from ui.wording.fields import CAUSES, CONDITIONS, FIELDS, FIRST, GAPS, HINTS, REASONS, THINGS
from ui.wording.sentences import BY_FIELD, SENTENCES

Local = Callable[[dt.datetime], dt.datetime]

_LONGEST = 60  # of what was typed, no more is repeated in a sentence
_IN_THE_LINE = ("", "line", "text")
_FORMATTER = string.Formatter()
_WORDS: Mapping[str, Mapping[str, str]] = {
    "field": FIELDS,
    "fixed": FIELDS,
    "asked": FIELDS,
    "hint": HINTS,
    "what": THINGS,
    "missing": CONDITIONS,
    "gaps": GAPS,
    "why": REASONS,
    "cause": CAUSES,
    "differs": FIELDS,
    "also": FIRST,
}
"""Facts that are codes of ours, and the words for them."""


def sentence(error: MonitorError, local: Local | None = None) -> str:
    """Say in one sentence what is wrong and what to do.

    Args:
        error: What was refused, and why.
        local: Turns an instant into the clinic's time; without it, instants are taken to be
            in that time already.

    Example:
        >>> from monitor.errors import InputError
        >>> sentence(InputError(Code.NOT_UNDERSTOOD, token="9o"))
        '“9o” was not understood; put it right and enter the line again.'
    """
    facts = _worded(_completed(error.facts), local)
    key = str(error.facts.get("field") or error.facts.get("what") or "")
    variants = (*BY_FIELD.get((error.code, key), ()), *SENTENCES[error.code])
    said = next(v for v in variants if _named(v) <= facts.keys()).format_map(facts)
    if "also" in facts:
        said = f"{said.removesuffix('.')}; also missing: {facts['also']}."
    return said[:1].upper() + said[1:]


def plainest(code: Code) -> str:
    """Return the sentence of a code of which nothing more is known."""
    return SENTENCES[code][-1]


def _named(template: str) -> set[str]:
    return {name for _, name, _, _ in _FORMATTER.parse(template) if name}


def _completed(facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts with what follows from them, and without what would mislead."""
    made = dict(facts)
    if made.get("field", "") not in _IN_THE_LINE and "token" in made:
        made["typed"] = made.pop("token")
    if "change" not in _several(made.get("asked", "change")):
        made.pop("before_kg", None)  # not the change of weight is asked about
    before = made.get("before_kg")
    if isinstance(before, Decimal):
        made["before_lb"] = BodyWeight(before).pounds
    return made


def _worded(facts: Mapping[str, object], local: Local | None) -> dict[str, str]:
    worded = {
        name: ", ".join(filter(None, (_word(name, item, local) for item in _several(value))))
        for name, value in facts.items()
    }
    return {name: word for name, word in worded.items() if word}


def _several(value: object) -> Iterable[object]:
    return value if isinstance(value, tuple | list | set | frozenset) else (value,)


def _word(name: str, value: object, local: Local | None) -> str:
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, dt.datetime):
        return f"{local(value) if local else value:%H:%M}"
    if isinstance(value, Decimal):
        return plain(value)
    text = _clean(str(value.value if isinstance(value, enum.Enum) else value))
    return _our_word(_WORDS[name], text) if name in _WORDS else text


def _our_word(words: Mapping[str, str], code: str) -> str:
    """Return the words for a code; one of several words has its `about` after the first."""
    first, _, about = code.partition(" ")
    known = words.get(code) or words.get(first)
    return known.replace("{about}", about) if known else code.replace("_", " ")


def _clean(text: str) -> str:
    """Return text as it can be shown in a line: no control characters, not endless."""
    shown = "".join(ch if ch.isprintable() else f"[U+{ord(ch):04X}]" for ch in text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
