"""The entry line: all of its grammar, and what it refuses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from monitor.entries import EventKind
from monitor.entry_line import (
    ParsedEvent,
    ParsedReading,
    parse_line,
    understood_so_far,
    write_line,
)
from monitor.errors import Code, InputError
from monitor.vitals import BloodPressure, Reading, Sign

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2026, 3, 2, 10, 23, 30, tzinfo=WARSAW).astimezone(dt.UTC)
EFFECTS = ("nausea", "dizziness", "blurred vision")
DRUGS = ("ondansetron", "labetalol")


def parse(text: str, now: dt.datetime = NOW, zone: dt.tzinfo = WARSAW) -> object:
    return parse_line(text, now=now, zone=zone, effects=EFFECTS, drugs=DRUGS)


def reading(text: str) -> Reading:
    parsed = parse(text)
    assert isinstance(parsed, ParsedReading)
    return parsed.reading


def refusal(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value


def local(clock: str, day: int = 2) -> dt.datetime:
    hour, minute = clock.split(":")
    return dt.datetime(2026, 3, day, int(hour), int(minute), tzinfo=WARSAW).astimezone(dt.UTC)


# --- readings -----------------------------------------------------------------


def test_that_four_numbers_are_pressure_heart_rate_saturation_and_breaths() -> None:
    assert reading("128/82 76 98 16") == Reading(BloodPressure(128, 82), 76, 98, 16)


def test_that_trailing_numbers_may_be_left_out() -> None:
    assert reading("128/82") == Reading(BloodPressure(128, 82))
    assert reading("128/82 76") == Reading(BloodPressure(128, 82), 76)


def test_that_a_dash_says_not_taken_which_leaving_out_does_not() -> None:
    parsed = parse("128/82 - 98")
    assert isinstance(parsed, ParsedReading)
    assert parsed.reading == Reading(BloodPressure(128, 82), None, 98)
    assert parsed.not_taken == (Sign.HEART_RATE,)
    assert parsed.implausible == ()


@pytest.mark.parametrize(
    ("token", "sign", "value"),
    [
        ("s5", Sign.SEDATION, 5),
        ("s0", Sign.SEDATION, 0),
        ("d10", Sign.DISSOCIATION, 10),
        ("a2", Sign.ANXIETY, 2),
        ("n0", Sign.NAUSEA, 0),
        ("p2", Sign.PAIN, 2),
        ("t36.8", Sign.TEMPERATURE, Decimal("36.8")),
        ("t36,8", Sign.TEMPERATURE, Decimal("36.8")),
        ("2l", Sign.OXYGEN, Decimal(2)),
        ("0,5l", Sign.OXYGEN, Decimal("0.5")),
        ("ra", Sign.OXYGEN, Decimal(0)),
        ("fio21", Sign.FIO2, 21),
        ("co35", Sign.ETCO2, 35),
    ],
)
def test_that_each_token_is_one_sign_in_any_case(
    token: str, sign: Sign, value: int | Decimal
) -> None:
    assert reading(token).value(sign) == value
    assert reading(token.upper()) == reading(token)


def test_that_tokens_come_in_any_order() -> None:
    assert reading("128/82 76 d3 s5") == reading("128/82 76 s5 d3")


def test_that_arm_position_and_cuff_are_kept() -> None:
    found = reading("128/82 LEFT sitting cuff Large")
    assert (found.side, found.position, found.cuff) == ("left", "sitting", "large")


def test_that_a_slot_is_named_in_any_case() -> None:
    for text, name in (("slot 40", "40"), ("SLOT Baseline", "baseline"), ("slot +15", "+15")):
        parsed = parse(f"128/82 {text}")
        assert isinstance(parsed, ParsedReading)
        assert parsed.slot == name


# --- refusals -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "   ", "-", "- - - -", "@10:20", "slot 40", "left", "cuff xl"]
)
def test_that_a_line_without_any_value_is_empty(text: str) -> None:
    assert refusal(text).code is Code.EMPTY


@pytest.mark.parametrize(
    ("text", "token", "hint"),
    [
        ("9o", "9o", ""),
        ("128/82 76 98 16 s5 x9", "x9", ""),
        ("o2", "o2", "oxygen"),
        ("128/82 76 O2", "O2", "oxygen"),
        ("128,82 76", "128,82", "bp-slash"),
        ("128-82", "128-82", "bp-slash"),
        ("spo2 98", "spo2", "no-names"),
        ("bp:128/82", "bp:128/82", "no-names"),
        ("HR76", "HR76", "no-names"),
        ("s5 s4", "s4", "twice"),
        ("2l ra", "ra", "twice"),
        ("128/82 @10:20 -3m", "-3m", "twice"),
        ("128/82 left right", "right", "twice"),
        ("128/82 slot 10 slot 20", "slot", "twice"),
        ("128/82 130/80", "130/80", "twice"),
        ("76 98", "76", "bp-first"),
        ("s5 128/82", "128/82", "positions-first"),
        ("128/82 s5 -", "-", "positions-first"),
        ("128/82 76 98 16 5", "5", "too-many"),
        ("128/82 slot", "slot", "slot-name"),
        ("128/82 slot @10:20", "slot @10:20", "slot-name"),
        ("128/82 cuff s5", "cuff s5", "cuff-word"),
        ("128/82 cuff " + "x" * 21, "cuff " + "x" * 21, "cuff-word"),
        ("1288/82", "1288/82", ""),
        ("128/", "128/", ""),
        ("\uff11\uff12\uff18/82", "\uff11\uff12\uff18/82", ""),
        ("128/82 \u017f5", "\u017f5", ""),
        ("t36.800", "t36.800", ""),
        ("-m", "-m", ""),
        ("sick", "sick", ""),
    ],
)
def test_that_what_is_not_understood_is_named(text: str, token: str, hint: str) -> None:
    error = refusal(text)
    assert (error.code, error.facts["token"]) == (Code.NOT_UNDERSTOOD, token)
    assert error.facts.get("hint", "") == hint


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("12/82", "bp"),
        ("128/820", "bp"),
        ("39/20", "bp"),
        ("301/90", "bp"),
        ("80/10", "bp"),
        ("82/82", "bp"),
        ("- 301", "heart_rate"),
        ("- - 101", "spo2"),
        ("- - - 301", "resp"),
        ("s6", "sedation"),
        ("d11", "dissociation"),
        ("a11", "anxiety"),
        ("n11", "nausea"),
        ("p11", "pain"),
        ("t3.6", "temperature"),
        ("t368", "temperature"),
        ("61l", "oxygen"),
        ("fio20", "fio2"),
        ("fio101", "fio2"),
        ("co151", "etco2"),
        ("128/82 @24:00", "time"),
        ("128/82 @10:60", "time"),
        ("128/82 -721m", "minutes_ago"),
    ],
)
def test_that_the_impossible_is_refused(text: str, field: str) -> None:
    error = refusal(text)
    assert (error.code, error.field) == (Code.OUT_OF_RANGE, field)


def test_that_the_bounds_themselves_are_possible() -> None:
    for text in ("40/11", "300/299", "- 0", "- 300", "- - 0", "- - 100", "- - - 300"):
        assert not reading(text).is_empty()


def test_that_zero_is_a_value_and_is_asked_about() -> None:
    parsed = parse("- 0 0 0")
    assert isinstance(parsed, ParsedReading)
    assert parsed.reading.heart_rate == 0
    assert parsed.implausible == (Sign.HEART_RATE, Sign.SPO2, Sign.RESP)


def test_that_the_first_problem_of_several_is_told() -> None:
    assert refusal("12/82 s9 x").field == "bp"


@pytest.mark.parametrize("text", ["128/82\x00", "128/82 \x7f", "? \ud800", "nausea \x1b[2J"])
def test_that_what_no_file_can_hold_is_refused(text: str) -> None:
    assert refusal(text).facts["hint"] == "characters"


# --- when ---------------------------------------------------------------------


def measured(text: str, now: dt.datetime = NOW, zone: dt.tzinfo = WARSAW) -> dt.datetime | None:
    parsed = parse(text, now, zone)
    assert isinstance(parsed, ParsedReading)
    return parsed.measured_at


def test_that_a_reading_is_of_now_unless_said_otherwise() -> None:
    assert measured("128/82") is None
    assert measured("128/82 -3m") == NOW - dt.timedelta(minutes=3)
    assert measured("128/82 @10:20") == local("10:20")
    assert measured("128/82 @10:23") == local("10:23")
    assert measured("128/82 @9:05") == local("09:05")


def test_that_a_time_means_the_nearest_past_one_even_across_midnight() -> None:
    assert measured("128/82 @23:50", local("00:10", 3)) == local("23:50", 2)


def test_that_a_time_that_is_not_past_is_refused() -> None:
    assert refusal("128/82 @10:24").code is Code.FUTURE
    assert refusal("128/82 @22:23").code is Code.FUTURE  # yesterday's is over 12 hours ago
    assert measured("128/82 @22:24") == local("22:24", 1)


def test_that_in_a_repeated_hour_the_later_one_is_meant_unless_it_is_to_come() -> None:
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)  # 02:30 summer time, comes again
    second = first + dt.timedelta(hours=1)
    assert measured("128/82 @02:30", first + dt.timedelta(minutes=50)) == first
    assert measured("128/82 @02:30", second) == second
    assert measured("128/82 @02:30", second + dt.timedelta(hours=3)) == second


def test_that_a_time_which_clocks_never_showed_is_refused() -> None:
    after = dt.datetime(2026, 3, 29, 3, 0, tzinfo=dt.UTC)  # 02:30 was left out that night
    with pytest.raises(InputError) as caught:
        measured("128/82 @02:30", after)
    assert caught.value.code is Code.FUTURE


# --- events and notes ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("nausea mild", ParsedEvent("nausea mild", EventKind.EFFECT)),
        ("  Nausea", ParsedEvent("Nausea", EventKind.EFFECT)),
        ("blurred vision, left", ParsedEvent("blurred vision, left", EventKind.EFFECT)),
        ("told Dr Łęcka", ParsedEvent("told Dr Łęcka", EventKind.TOLD)),
        ("ONDANSETRON 4 mg iv", ParsedEvent("ONDANSETRON 4 mg iv", EventKind.DRUG)),
        ("? calls home", ParsedEvent("calls home", EventKind.NOTE)),
        ("?128/82 by hand", ParsedEvent("128/82 by hand", EventKind.NOTE)),
        ("? back @23:00", ParsedEvent("back @23:00", EventKind.NOTE)),
        ("dizziness @10:20", ParsedEvent("dizziness", EventKind.EFFECT, local("10:20"))),
    ],
)
def test_that_events_and_notes_are_told_apart(text: str, event: ParsedEvent) -> None:
    assert parse(text) == event


def test_that_only_a_whole_word_begins_an_event() -> None:
    assert refusal("nauseated").code is Code.NOT_UNDERSTOOD
    assert refusal("blurred").code is Code.NOT_UNDERSTOOD


def test_that_an_event_in_the_future_is_refused() -> None:
    assert refusal("dizziness @10:50").code is Code.FUTURE


@pytest.mark.parametrize(("text", "field"), [("?", "note"), ("? ", "note"), ("told", "told")])
def test_that_an_empty_note_or_nobody_told_is_refused(text: str, field: str) -> None:
    error = refusal(text)
    assert (error.code, error.field) == (Code.EMPTY, field)


# --- while it is being typed --------------------------------------------------


def test_that_what_is_understood_so_far_is_read_back() -> None:
    so_far = understood_so_far("128/82 7", now=NOW, zone=WARSAW)
    assert so_far.parsed == ParsedReading(
        Reading(BloodPressure(128, 82), 7), implausible=(Sign.HEART_RATE,)
    )
    assert so_far.problem is None


@pytest.mark.parametrize("text", ["", "-", "128", "12/8", "128/82 s", "128/82 @10:", "nau", "?"])
def test_that_an_unfinished_word_is_not_yet_a_fault(text: str) -> None:
    so_far = understood_so_far(text, now=NOW, zone=WARSAW, effects=EFFECTS)
    assert so_far.problem is not None
    assert so_far.unfinished


def test_that_a_finished_word_at_fault_is_one_and_the_rest_is_read() -> None:
    so_far = understood_so_far("128/82 9o 98 ", now=NOW, zone=WARSAW)
    assert not so_far.unfinished
    assert isinstance(so_far.parsed, ParsedReading)
    assert so_far.parsed.reading.bp == BloodPressure(128, 82)


def test_that_an_event_is_read_back_as_well() -> None:
    so_far = understood_so_far("nausea mi", now=NOW, zone=WARSAW, effects=EFFECTS)
    assert so_far.parsed == ParsedEvent("nausea mi", EventKind.EFFECT)


# --- any text at all ----------------------------------------------------------

WORDS = ["128/82", "12/82", "76", "-", "-3m", "@10:20", "s5", "d3", "t36,8", "2l", "ra", "slot"]
WORDS += ["40", "cuff", "x", "?", "told", "@", "o2", "left", "nausea"]
ANYTHING = st.text(max_size=60) | st.lists(
    st.sampled_from(WORDS),
    max_size=8,
).map(" ".join)


@given(ANYTHING)
def test_that_any_text_is_read_or_refused_and_read_back_without_fail(text: str) -> None:
    so_far = understood_so_far(text, now=NOW, zone=WARSAW, effects=EFFECTS, drugs=DRUGS)
    if so_far.problem is None:
        assert so_far.parsed == parse(text)
    else:
        assert so_far.problem.code is refusal(text).code


@st.composite
def pressures(draw: st.DrawFn) -> BloodPressure:
    systolic = draw(st.integers(40, 300))
    return BloodPressure(systolic, draw(st.integers(11, systolic - 1)))


def maybe(least: int, most: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(least, most)


READINGS = st.builds(
    Reading,
    bp=st.none() | pressures(),
    heart_rate=maybe(0, 300),
    spo2=maybe(0, 100),
    resp=maybe(0, 300),
    sedation=maybe(0, 5),
    dissociation=maybe(0, 10),
    anxiety=maybe(0, 10),
    nausea=maybe(0, 10),
    pain=maybe(0, 10),
    temperature=st.none() | st.decimals(25, 45, places=1),
    oxygen=st.none() | st.decimals(0, 60, places=1),
    fio2=maybe(21, 100),
    etco2=maybe(0, 150),
    side=st.sampled_from(["", "left", "right"]),
    position=st.sampled_from(["", "lying", "sitting", "standing"]),
    cuff=st.sampled_from(["", "large", "extra-large"]),
)


@given(READINGS.filter(lambda made: not made.is_empty()), st.sampled_from(["", "40", "+15"]))
def test_that_a_reading_written_as_a_line_is_read_as_itself(made: Reading, slot: str) -> None:
    parsed = parse(write_line(made, slot=slot, at="10:20"))
    assert isinstance(parsed, ParsedReading)
    assert (parsed.reading, parsed.slot) == (made, slot)
    assert parsed.measured_at == local("10:20")


def test_that_what_was_not_taken_is_written_as_such() -> None:
    made = Reading(BloodPressure(128, 82), 76)
    line = write_line(made, not_taken=(Sign.RESP,))
    assert line == "128/82 76 - -"
    assert write_line(replace(made, oxygen=Decimal("2.0"))) == "128/82 76 2l"
