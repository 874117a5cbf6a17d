"""Rating scales: their items, their sums, and no sum where an answer is missing."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from monitor import scales
from monitor.errors import Code, InputError, NotFoundError

ANSWERS = st.none() | st.integers(0, 4)


def test_that_cadss_6_has_its_six_items_and_no_bands() -> None:
    scale = scales.get("cadss-6")
    assert [item.number for item in scale.items] == [1, 2, 6, 7, 15, 22]
    assert {(item.least, item.most) for item in scale.items} == {(0, 4)}
    assert scale.most == 24
    assert scale.bands == ()
    assert "No validated bands" in scale.note


def test_that_cadss_6_ships_numbers_and_no_wording() -> None:
    labels = [item.label for item in scales.get("cadss-6").items]
    assert labels == [f"CADSS item {n}" for n in (1, 2, 6, 7, 15, 22)]


def test_that_moaa_s_says_what_each_value_stands_for() -> None:
    (item,) = scales.get("moaa-s").items
    assert [answer for answer, _ in item.anchors] == [0, 1, 2, 3, 4, 5]
    bands = [scales.score(scales.get("moaa-s"), [n]).band for n in range(6)]
    assert bands == ["no response", *["below alert"] * 4, "alert"]


@pytest.mark.parametrize("thing", ["dissociation", "anxiety", "nausea", "pain"])
def test_that_there_is_a_numeric_rating_of_each(thing: str) -> None:
    scale = scales.get(f"nrs-{thing}")
    assert (len(scale.items), scale.most) == (1, 10)
    assert scales.score(scale, [0]) == scales.Score(0, 1)


@given(st.lists(ANSWERS, min_size=6, max_size=6))
def test_that_a_total_needs_every_answer_and_is_their_sum(answers: list[int | None]) -> None:
    score = scales.score(scales.get("cadss-6"), answers)
    given_ones = [answer for answer in answers if answer is not None]
    assert score.answered == len(given_ones)
    assert score.total == (sum(given_ones) if len(given_ones) == 6 else None)
    assert score.band == ""


@pytest.mark.parametrize("answers", [[0] * 5, [0] * 7, [], [5, 0, 0, 0, 0, 0], [-1, *[0] * 5]])
def test_that_answers_which_the_scale_does_not_have_are_refused(answers: list[int]) -> None:
    with pytest.raises(InputError) as caught:
        scales.score(scales.get("cadss-6"), answers)
    assert (caught.value.code, caught.value.field) == (Code.OUT_OF_RANGE, "answers")


def test_that_an_unknown_scale_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        scales.get("madrs")


def test_that_a_clinic_can_supply_the_wording() -> None:
    wording = """
    title = "CADSS-6 (licensed)"
    [[item]]
    number = 15
    label = "Words of the clinic"
    anchors = { 0 = "not at all", 4 = "extremely" }
    """
    scale = scales.with_wording(scales.get("cadss-6"), wording)
    assert scale.title == "CADSS-6 (licensed)"
    assert [item.label for item in scale.items][4] == "Words of the clinic"
    assert scale.items[4].anchors == ((0, "not at all"), (4, "extremely"))
    assert [item.number for item in scale.items] == [1, 2, 6, 7, 15, 22]
    assert scale.items[0] == scales.get("cadss-6").items[0]


@pytest.mark.parametrize(
    "wording",
    ["no toml", "[[item]]\nnumber = 3", "[[item]]\nnumber = 1\nlabel = 2", "item = 'x'"],
)
def test_that_a_wording_which_does_not_fit_is_refused(wording: str) -> None:
    with pytest.raises(InputError) as caught:
        scales.with_wording(scales.get("cadss-6"), wording)
    assert caught.value.code is Code.NOT_UNDERSTOOD


def test_that_every_scale_is_listed_under_its_id() -> None:
    assert all(scale.id == name for name, scale in scales.SCALES.items())
    assert {"cadss-6", "moaa-s"} <= set(scales.SCALES)
