"""Events in the entry line, fuzzed: read back as written, and nothing ends in a fault."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given, strategies as st

from monitor.entries import EventKind, Severity
from monitor.entry_event import (
    ParsedEvent,
    begins_with,
    parse_event,
    picked,
    severity_in,
    write_event,
)
from monitor.entry_line import parse_line, understood_so_far
from monitor.errors import InputError

NOW = dt.datetime(2026, 3, 2, 10, 23, tzinfo=dt.UTC)
EFFECTS = ("nausea", "pain", "blurred", "blurred vision", "Übelkeit")
DRUGS = ("ondansetron", "oxygen")
SEVERITIES = [each.value for each in Severity]

_pick = st.sampled_from((*EFFECTS, *DRUGS, "told", "?"))
_time = st.sampled_from(("@10:20", "@9:05", "-3m", "@25:00", "-999m", "@11:59", "@10:2"))
_word = st.text(max_size=12) | st.sampled_from((*SEVERITIES, "over", "resolved", "4", "mg")) | _time
_lines = st.builds(lambda pick, words: " ".join((pick, *words)), _pick, st.lists(_word, max_size=5))


@given(_lines | st.text())
def test_that_no_text_is_a_fault(text: str) -> None:
    with contextlib.suppress(InputError):
        parse_line(text, now=NOW, zone=dt.UTC, effects=EFFECTS, drugs=DRUGS)
    understood_so_far(text, now=NOW, zone=dt.UTC, effects=EFFECTS, drugs=DRUGS)


@given(_lines, st.integers(0, 719))
def test_that_an_event_is_read_back_as_it_is_written(text: str, ago: int) -> None:
    try:
        event = parse_event(text.strip(), NOW, dt.UTC, EFFECTS, DRUGS)
    except InputError:
        return
    if event is None:
        return
    again = parse_event(write_event(event), NOW, dt.UTC, EFFECTS, DRUGS)
    assert again == ParsedEvent(event.text, event.sort, None, event.ends)
    if event.sort is not EventKind.NOTE:
        at = NOW - dt.timedelta(minutes=ago)
        timed = parse_event(write_event(event, f"{at:%H:%M}"), NOW, dt.UTC, EFFECTS, DRUGS)
        assert timed == ParsedEvent(event.text, event.sort, at, event.ends)


@given(st.sampled_from(EFFECTS), st.sampled_from(SEVERITIES), st.booleans())
def test_that_a_severity_and_an_end_are_what_was_picked(
    word: str,
    severity: str,
    over: bool,  # noqa: FBT001 - drawn
) -> None:
    text = f"{word.upper()} {severity}{' over' if over else ''}"
    event = parse_event(text, NOW, dt.UTC, EFFECTS, DRUGS)
    assert event is not None
    assert event.ends is over
    assert event.severity is (None if over else Severity(severity))


@pytest.mark.parametrize(
    ("text", "word", "sort"),
    [
        ("blurred vision left", "blurred vision", EventKind.EFFECT),
        ("Blurred", "Blurred", EventKind.EFFECT),
        ("OXYGEN 2 l", "OXYGEN", EventKind.DRUG),
        ("told", "told", EventKind.TOLD),
    ],
)
def test_that_the_longest_word_of_a_list_begins_an_event(
    text: str, word: str, sort: EventKind
) -> None:
    assert picked(text, EFFECTS, DRUGS) == (word, sort)


@pytest.mark.parametrize("text", ["", "painful", "toldme", "nauseated", "mild nausea"])
def test_that_a_part_of_a_word_begins_nothing(text: str) -> None:
    assert picked(text, EFFECTS, DRUGS) is None
    assert not begins_with(text, "")


@given(st.text())
def test_that_a_severity_is_named_by_its_own_word_alone(text: str) -> None:
    found = severity_in(text)
    assert found is None or found.value in text.casefold()
