"""The entry line under any text: refused, or read as what stands there and nothing else."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, strategies as st

from monitor.entry_line import (
    ParsedEvent,
    ParsedReading,
    parse_line,
    understood_so_far,
    write_line,
)
from monitor.errors import Code, InputError
from monitor.vitals import Reading, Sign
from tests.unit.monitor.test_entry_line import READINGS

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2026, 3, 2, 10, 23, 30, tzinfo=WARSAW).astimezone(dt.UTC)
EFFECTS = ("nausea", "dizziness")
DRUGS = ("ondansetron",)
REFUSED = {Code.EMPTY, Code.NOT_UNDERSTOOD, Code.OUT_OF_RANGE, Code.FUTURE}
LETTERS = {
    "s": "sedation",
    "d": "dissociation",
    "a": "anxiety",
    "n": "nausea",
    "p": "pain",
    "fio": "fio2",
    "co": "etco2",
    "t": "temperature",
}

PLACES = (("128/82", "-", "40/11"), ("76", "-", "0"), ("98", "-", "100"), ("16", "-", "0"))
TOKENS = (
    *(
        ("s5", "S0"),
        ("d3", "D10"),
        ("a2",),
        ("n0",),
        ("p2",),
        ("t36.8", "T25"),
        ("2l", "RA", "0,5L"),
    ),
    *(("fio21",), ("co35",), ("@10:20", "-3m"), ("slot 40",), ("left",), ("cuff large",)),
    *(("o2",), ("nausea",), ("?",)),
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of the grammar; seldom with a word that has no business there."""
    first = [draw(st.sampled_from(each)) for each in PLACES[: draw(st.integers(0, 4))]]
    kinds = draw(st.lists(st.sampled_from(TOKENS), max_size=4, unique=True))
    return " ".join([*first, *(draw(st.sampled_from(kind)) for kind in kinds)])


STRANGE = st.characters() | st.sampled_from("0123456789/-@: \t\n\u00a0\u2028\u0660\uff11\u017f")


def parse(text: str) -> ParsedReading | ParsedEvent:
    return parse_line(text, now=NOW, zone=WARSAW, effects=EFFECTS, drugs=DRUGS)


def one(word: str) -> dict[str, str]:
    """Read one word that carries its letter."""
    if word == "ra":
        return {"oxygen": "0"}
    if word[0].isdigit() and word.endswith("l"):
        return {"oxygen": word[:-1]}
    for letter, sign in LETTERS.items():
        if word.startswith(letter) and word[len(letter) :][:1].isdigit():
            return {sign: word[len(letter) :]}
    return {}


def by_hand(text: str) -> dict[str, str]:
    """Read a line's signs once more, by nothing but its words; no rules, no bounds."""
    said: dict[str, str] = {}
    words = re.findall(r"[^ \t\r\n]+", text)
    while words and len(said) < 4 and set(words[0]) <= set("0123456789/-"):
        said[("bp", "heart_rate", "spo2", "resp")[len(said)]] = words.pop(0)
    while words:
        word = words.pop(0).lower()
        if word in ("slot", "cuff"):
            words.pop(0)
        else:
            said |= one(word)
    return {sign: value for sign, value in said.items() if value != "-"}


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A line of the grammar, or one like it, with a few characters put in, taken out or changed."""
    text = draw(lines())
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        skip = draw(st.integers(0, 2))
        text = text[:place] + draw(st.just("") | STRANGE) + text[place + skip :]
    return text


@given(st.text(STRANGE, max_size=40) | mutated())
def test_that_any_text_is_read_or_refused_by_an_input_error_alone(text: str) -> None:
    problem = understood_so_far(text, now=NOW, zone=WARSAW, effects=EFFECTS, drugs=DRUGS).problem
    if problem is None:
        parsed = parse(text)
        assert isinstance(parsed, ParsedEvent) or not parsed.reading.is_empty()
    else:
        assert problem.code in REFUSED
        with pytest.raises(InputError):
            parse(text)


@example("128/82\u00a076")
@given(mutated())
def test_that_what_is_stored_is_what_was_read_back_and_what_stands_in_the_line(text: str) -> None:
    so_far = understood_so_far(text, now=NOW, zone=WARSAW, effects=EFFECTS, drugs=DRUGS)
    if so_far.problem is not None:
        with pytest.raises(InputError):
            parse(text)
        return
    parsed = parse(text)
    assert parsed == so_far.parsed
    if isinstance(parsed, ParsedReading):
        found = {
            sign.value: Decimal(str(value)) if sign is not Sign.BP else parsed.reading.bp
            for sign in parsed.reading.taken()
            if (value := parsed.reading.value(sign)) is not None
        }
        typed = {
            sign: Decimal(value.replace(",", ".")) if sign != "bp" else parsed.reading.bp
            for sign, value in by_hand(text).items()
        }
        assert found == typed
        if parsed.reading.bp is not None:
            systolic, diastolic = by_hand(text)["bp"].split("/")
            assert (parsed.reading.bp.systolic, parsed.reading.bp.diastolic) == (
                int(systolic),
                int(diastolic),
            )


@given(READINGS.filter(lambda made: not made.is_empty()), st.randoms())
def test_that_case_order_and_blanks_of_a_written_line_change_nothing(
    made: Reading, chance: random.Random
) -> None:
    line = write_line(made, slot="+15", at="10:20")
    words = line.replace("slot ", "slot_").replace("cuff ", "cuff_").split()
    first = [word for word in words if set(word) <= set("0123456789/-")]
    rest = [word for word in words if word not in first]
    chance.shuffle(rest)
    again = "  ".join([*first, *rest]).replace("_", " \t").upper()
    parsed = parse(again)
    assert isinstance(parsed, ParsedReading)
    assert (parsed.reading, parsed.slot) == (made, "+15")


@pytest.mark.parametrize(
    "char", ["\x1c", "\x85", "\x00", "\x1b", "\x7f", "\u00a0", "\u2003", "\u2028", "\u3000"]
)
def test_that_no_other_character_is_a_blank(char: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(f"128/82{char}76")
    token = f"U+{ord(char):04X}"
    assert caught.value.facts == {"field": "line", "token": token, "hint": "characters"}
    typing = understood_so_far(f"128/82{char}", now=NOW, zone=WARSAW)
    assert typing.problem is not None
    assert typing.problem.facts == caught.value.facts


def test_that_a_letter_that_only_looks_like_one_is_none() -> None:
    with pytest.raises(InputError) as caught:
        parse("128/82 cuff thic\N{KELVIN SIGN}")
    assert caught.value.facts["hint"] == "characters"


def test_that_words_of_an_event_or_a_note_may_stand_apart_by_any_blank() -> None:
    for text in ("nausea mild,\u00a0brief", "? said:\u00a0fine"):
        assert isinstance(parse(text), ParsedEvent)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("128/82 - d3 s5", (Sign.BP, Sign.HEART_RATE, Sign.DISSOCIATION, Sign.SEDATION)),
        ("ra t36.8", (Sign.OXYGEN, Sign.TEMPERATURE)),
    ],
)
def test_that_the_order_of_typing_is_kept(text: str, order: tuple[Sign, ...]) -> None:
    parsed = parse(text)
    assert isinstance(parsed, ParsedReading)
    assert parsed.order == order
