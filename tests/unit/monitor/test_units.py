"""Amounts, and numbers as people type them."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitor.errors import Code, InputError
from monitor.units import BodyWeight, Mass, parse_number, plain


@pytest.mark.parametrize(
    ("typed", "value"), [("70", "70"), ("63,4", "63.4"), (" 58.7 ", "58.7"), ("0,125", "0.125")]
)
def test_that_a_number_is_read_with_either_decimal_mark(typed: str, value: str) -> None:
    assert parse_number(typed, "weight_kg") == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        "1,205",
        "1.205",
        "7o",
        "+70",
        "-70",
        "1e2",
        "NaN",
        "１２０",
        "1_20",
        "70 kg",
        "1.2.3",
        ".5",
        "1,2.3",
    ],
)
def test_that_a_number_that_could_be_misread_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_number(typed, "weight_kg")
    assert caught.value.code is Code.NOT_UNDERSTOOD


@given(st.text())
def test_that_nothing_typed_breaks_the_reader(typed: str) -> None:
    with contextlib.suppress(InputError):
        assert parse_number(typed, "weight_kg").is_finite()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_that_a_printed_amount_is_the_amount_without_ornament(value: Decimal) -> None:
    shown = plain(value)
    assert Decimal(shown) == value
    assert "E" not in shown
    assert shown != "-0"
    assert "." not in shown or not shown.endswith(("0", "."))


def test_that_pounds_become_kilograms_by_definition() -> None:
    assert BodyWeight.from_pounds(Decimal(154)) == BodyWeight(Decimal("69.9"))
    assert BodyWeight(Decimal(154)).pounds == Decimal("339.5")


def test_that_a_mass_is_exact_from_text() -> None:
    assert Mass("0.1") + Mass("0.2") == Mass("0.3")  # type: ignore[arg-type] # as typed at a prompt
