"""Events and notes as they are typed: what began, what is over, what was given, who was told.

    event = EFFECT text | EFFECT {end} | DRUG text | "told" text      end: "over" or "resolved",
    note  = "?" text                            among no more than severities, "is", "has", "now"

EFFECT and DRUG are words of the protocol's pick list, in any case. One time, `@hh:mm` or `-Nm`,
may stand after the first word; a note keeps every word as typed. How bad an effect is stands in
its own words: mild, moderate or severe.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.entries.session import EventKind, Severity
from monitor.entry_time import typed_time
from monitor.errors import Code, InputError

NOTE = "?"
TOLD = "told"
OVER = frozenset({"over", "resolved"})

_SEVERITIES = {severity.value: severity for severity in Severity}
_BESIDE_OVER = frozenset({*OVER, *_SEVERITIES, "is", "has", "now"})
"""Words among which an end may stand; with any other it is told as an event."""

_DENIALS = frozenset(
    {"no", "non", "not", "nor", "never", "less", "neither", "without", "cannot", "isnt", "wasnt"}
)
_NOT_THERE = frozenset({"denies", "denied", "denying", "none", "nil", "nothing", "absent", "0"})
"""Words that say of an effect that it was not there; they take back no severity."""

_NOT = ("n't", "n’t")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class ParsedEvent:
    """An event or a note as understood.

    Attributes:
        text: What is kept; of the end of an effect, the word of the pick list that it began with.
        at: When, in UTC, where a time was typed; None is now.
        ends: Whether it says that an effect is over, and begins none.
    """

    text: str
    sort: EventKind
    at: dt.datetime | None = None
    ends: bool = False

    @property
    def severity(self) -> Severity | None:
        """Return how bad a side effect was said to be; None where nobody said."""
        begins = self.sort is EventKind.EFFECT and not self.ends
        return severity_in(self.text) if begins else None

    def calls_over(self, effect: str) -> bool:
        """Tell whether it says that an effect of these words is over.

        "blurred vision, over" says so of "blurred vision"; "rash all over" of no rash, not even
        of another one that is all over.
        """
        if self.ends:
            return begins_with(effect, self.text)
        said, meant = _without_severity(self.text), _without_severity(effect)
        begins_so = bool(meant) and said[: len(meant)] == meant
        return self.sort is EventKind.EFFECT and begins_so and _is_over(said[len(meant) :])

    def is_like(self, effect: str) -> bool:
        """Tell whether it begins an effect, though it speaks of one like that as over."""
        words, first = _words(self.text), _words(effect)[:1]
        begins = self.sort is EventKind.EFFECT and not self.ends
        return begins and words[:1] == first and not OVER.isdisjoint(words)


def severity_in(text: str) -> Severity | None:
    """Return the one severity that a text names as a whole word; None for none, or for several.

    What stands behind a denial is none: better that nobody said than the contrary of what was.

    Example:
        >>> severity_in("Nausea, mild after lunch")
        <Severity.MILD: 'mild'>
        >>> severity_in("dizzy, not so very severe")
    """
    words = itertools.takewhile(lambda word: not _denies(word), _words(text))
    said = {_SEVERITIES[word] for word in words if word in _SEVERITIES}
    return said.pop() if len(said) == 1 else None


def affirms(text: str, word: str) -> bool:
    """Tell whether a text says that something was there, by a word of a pick list.

    So it does where it says that word alone, or how bad it was, and denies and asks nothing.
    What else follows the word may take it back in more ways than a program can know.

    Example:
        >>> affirms("drowsiness", "drowsiness"), affirms("Drowsiness mild, sleeps", "drowsiness")
        (True, True)
        >>> affirms("drowsiness ruled out", "drowsiness")
        False
    """
    said, meant = _words(text), _words(word)
    if said[:1] and said[0] in _SEVERITIES:
        said = [*said[1:], said[0]]
    rest = said[len(meant) :]
    named = bool(meant) and said[: len(meant)] == meant and "?" not in text
    return named and not denies(text) and (not rest or rest[0] in _SEVERITIES)


def denies(text: str) -> bool:
    """Tell whether a text denies anything: then nobody but a person can say what it affirms.

    Example:
        >>> denies("dizziness, no sign of sedation")
        True
        >>> denies("drowsiness, mild")
        False
    """
    return any(_denies(word) or word in _NOT_THERE for word in _words(text))


def parse_event(
    text: str,
    now: dt.datetime,
    zone: dt.tzinfo,
    effects: Sequence[str] = (),
    drugs: Sequence[str] = (),
) -> ParsedEvent | None:
    """Read a line as an event or a note; None where it is neither.

    Args:
        text: As typed, without blanks around it.
        now: The present instant, in the session's own time.
        zone: The clinic's time zone, in which times are typed.
        effects: Words that begin an event.
        drugs: Names that begin an event about a drug.

    Raises:
        InputError: `empty` where nothing follows "?" or "told"; `not-understood` for a second
            time; `out-of-range` or `future` for a time that cannot be meant.
    """
    if text.startswith(NOTE):
        note = text.removeprefix(NOTE).strip()
        if not note:
            raise InputError(Code.EMPTY, "note")
        return ParsedEvent(note, EventKind.NOTE)
    begun = picked(text, effects, drugs)
    if begun is None:
        return None
    word, sort = begun
    said, at = _without_time(text, len(word), now, zone)
    rest = said[len(word) :]
    if sort is EventKind.TOLD and not rest.strip():
        raise InputError(Code.EMPTY, TOLD)
    if sort is EventKind.EFFECT and _is_over(_words(rest)):
        return ParsedEvent(word.casefold(), sort, at, ends=True)
    return ParsedEvent(said, sort, at)


def write_event(event: ParsedEvent, at: str = "") -> str:
    """Write an event as the line that would be read as it.

    Args:
        event: As understood.
        at: When it was, in the clinic's time, "10:20"; empty for now.
    """
    lead = f"{NOTE} " if event.sort is EventKind.NOTE else ""
    over = " over" if event.ends else ""
    return f"{lead}{event.text}{over}{f' @{at}' if at else ''}"


def picked(text: str, effects: Sequence[str], drugs: Sequence[str]) -> tuple[str, EventKind] | None:
    """Return the word of a pick list that a text begins with, as typed, and what it is about."""
    lists = ((drugs, EventKind.DRUG), ((TOLD,), EventKind.TOLD), (effects, EventKind.EFFECT))
    for words, sort in lists:
        found = [word for word in words if begins_with(text, word)]
        if found:
            return text[: max(len(word) for word in found)], sort
    return None


def begins_with(text: str, word: str) -> bool:
    """Tell whether a text begins with the whole word, or words, of a pick list."""
    same = text[: len(word)].casefold() == word.casefold()
    return bool(word) and same and not text[len(word) :][:1].isalnum()


def _words(text: str) -> list[str]:
    """Return the words of a text in one case, without what stands between them."""
    return _WORDS.findall(text.casefold())


def _without_severity(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _SEVERITIES]


def _denies(word: str) -> bool:
    return word in _DENIALS or word.endswith(_NOT)


def _is_over(rest: Sequence[str]) -> bool:
    """Tell whether what follows an effect says that it is over, and nothing else."""
    return not OVER.isdisjoint(rest) and _BESIDE_OVER.issuperset(rest)


def _without_time(
    text: str, start: int, now: dt.datetime, zone: dt.tzinfo
) -> tuple[str, dt.datetime | None]:
    """Take the one time out of an event, wherever it stands behind the first word."""
    at = None
    kept, until = text[:start], start
    for word in _WORD.finditer(text, start):
        meant = typed_time(word[0].lower(), now, zone)
        if meant is None:
            continue
        if at is not None:
            raise InputError(Code.NOT_UNDERSTOOD, "line", token=word[0], hint="twice")
        at = meant
        kept += text[until : word.start()].rstrip()
        until = word.end()
    return (kept + text[until:]).rstrip(), at
