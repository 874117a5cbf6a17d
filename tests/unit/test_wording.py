"""The sentences: one for every code, whatever is known of the case."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from monitor.errors import Code, InputError, MonitorError, NotFoundError, RefusedError, StorageError
from monitor.vitals import Sign
from ui.wording import plainest, sentence
from ui.wording.sentences import BY_FIELD, SENTENCES

CODES = Path(__file__).parents[2] / "docs" / "codes.md"
NOON = dt.datetime(2026, 3, 2, 11, 10, tzinfo=dt.UTC)


def is_one_sentence(said: str) -> bool:
    """Whether it begins with a capital (or a quote, or a figure), ends once, holds no brace."""
    return bool(re.fullmatch(r"[^a-z{}\s][^{}\n]*[^.][.]", said))


@pytest.mark.parametrize("code", list(Code))
def test_that_every_code_has_a_sentence_that_needs_no_fact(code: Code) -> None:
    assert is_one_sentence(plainest(code))
    assert sentence(MonitorError(code)) == plainest(code)


def test_that_the_document_lists_every_code_with_its_sentence() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (.+) \|$", CODES.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(code.value, plainest(code)) for code in Code]


FACTS = sorted(
    {
        name
        for variants in (*SENTENCES.values(), *BY_FIELD.values())
        for template in variants
        for name in re.findall(r"{(\w+)}", template)
    }
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 400),
    st.decimals(0, 400, places=2),
    st.text(max_size=80),
    st.sampled_from(Sign),
    st.tuples(st.text(max_size=5), st.text(max_size=5)),
    st.just(NOON),
)


@given(st.sampled_from(Code), st.dictionaries(st.sampled_from(FACTS), VALUES))
def test_that_no_fact_and_no_lack_of_one_breaks_a_sentence(
    code: Code, facts: dict[str, object]
) -> None:
    said = sentence(MonitorError(code, **facts))
    assert said
    assert "\n" not in said


def test_that_braces_in_what_was_typed_stay_as_they_are() -> None:
    error = InputError(Code.NOT_UNDERSTOOD, "line", token="{name}")  # noqa: S106 - typed
    assert sentence(error).startswith("“{name}” was not understood")


def test_that_control_characters_and_endless_words_are_not_repeated() -> None:
    said = sentence(InputError(Code.NOT_UNDERSTOOD, "line", token="a\x00" + "b" * 500))
    assert "[U+0000]" in said
    assert len(said) < 150


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            InputError(Code.NOT_UNDERSTOOD, "line", token="o2", hint="oxygen"),  # noqa: S106
            "“o2” was not understood: write 2l for oxygen; SpO₂ is the third number.",
        ),
        (
            InputError(Code.NOT_UNDERSTOOD, "weight_kg", typed="1,205"),
            (
                "“1,205” was not understood as a weight in kg; write it with one decimal mark and"
                " no thousands mark, such as 63.4."
            ),
        ),
        (
            InputError(
                Code.IMPLAUSIBLE,
                "weight_kg",
                kg=Decimal(154),
                lb=Decimal("339.5"),
                before_kg=Decimal(70),
                asked=("change", "bmi"),
            ),
            (
                "154 kg (339.5 lb) is far from last time's 70 kg (154.3 lb);"
                " confirm it if it is right."
            ),
        ),
        (
            InputError(
                Code.IMPLAUSIBLE,
                "weight_kg",
                kg=Decimal(154),
                lb=Decimal("339.5"),
                before_kg=Decimal(150),
                asked=("bmi",),
            ),
            "154 kg (339.5 lb) gives an unusual BMI; confirm weight and height if they are right.",
        ),
        (
            InputError(Code.IMPLAUSIBLE, "heart_rate", asked=(Sign.HEART_RATE, Sign.SPO2)),
            "Heart rate, SpO₂: that is unusual; confirm it if it is right.",
        ),
        (
            InputError(Code.FUTURE, "born", token="2030-01-01"),  # noqa: S106
            "The birth date 2030-01-01 is in the future; check the year.",
        ),
        (
            RefusedError(Code.GAPS_OPEN, gaps=("slot-overdue 30", "overrun")),
            (
                "It cannot be signed yet: slot 30 is overdue, the pump ran past what was prepared;"
                " mend or explain each first."
            ),
        ),
        (
            RefusedError(Code.REASON_MISSING, why="bp 152/94"),
            "A reason is needed for a dose at a blood pressure of 152/94; give one.",
        ),
        (
            NotFoundError("scale", name="madrs"),
            "There is no rating scale “madrs”; check the name.",
        ),
        (
            StorageError(Code.STORAGE, cause="database-too-old"),
            (
                "The record could not be read or written (the database library is too old)"
                " and nothing was stored; check the disk, then try again."
            ),
        ),
    ],
    ids=str,
)
def test_that_what_is_known_of_the_case_is_said(error: MonitorError, said: str) -> None:
    assert sentence(error) == said


def test_that_an_instant_is_said_in_the_clinic_s_time() -> None:
    error = RefusedError(Code.TOO_EARLY, number=2, after=NOON)

    def local(instant: dt.datetime) -> dt.datetime:
        return instant.astimezone(dt.timezone(dt.timedelta(hours=1)))

    assert "from 12:10;" in sentence(error, local)
    assert "from 11:10;" in sentence(error)
