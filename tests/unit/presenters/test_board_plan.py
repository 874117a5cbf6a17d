"""How large the cards of the board are: all are seen at once, none is a tall empty one."""

from __future__ import annotations

from hypothesis import given, strategies as st

from ui.presenters.board_plan import COMPACT, LARGE, MEDIUM, plan

WIDE = (1792, 864)  # what a window of 1920 by 1080 leaves for the cards
SMALL = (1168, 520)  # the same of 1280 by 720


def fits(count: int, width: int, height: int) -> bool:
    made = plan(count, width, height)
    rows = -(-count // made.columns)
    return rows * (made.height + made.size.gap) - made.size.gap <= height


def test_that_two_dozen_chairs_are_seen_at_once_on_a_large_screen() -> None:
    assert all(fits(count, *WIDE) for count in range(1, 25))


def test_that_a_dozen_chairs_are_seen_at_once_in_the_smallest_window() -> None:
    assert all(fits(count, *SMALL) for count in range(1, 13))


def test_that_a_dozen_chairs_are_seen_whole_under_a_notice_strip_too() -> None:
    wide, high = SMALL
    assert fits(12, wide, high - 44)


def test_that_cards_are_as_large_as_their_number_allows() -> None:
    assert [plan(count, *WIDE).size for count in (1, 6, 12, 13, 24)] == [
        LARGE,
        LARGE,
        MEDIUM,
        COMPACT,
        COMPACT,
    ]
    assert [plan(count, *SMALL).size for count in (1, 6, 7, 24)] == [
        MEDIUM,
        MEDIUM,
        COMPACT,
        COMPACT,
    ]


def test_that_cards_come_as_near_as_can_be_to_how_they_were_drawn() -> None:
    assert [plan(count, *WIDE).columns for count in (3, 8, 9, 24)] == [3, 4, 3, 6]


def test_that_six_chairs_stand_as_they_were_drawn() -> None:
    for room in (WIDE, SMALL):
        made = plan(6, *room)
        assert made.columns == 3
        assert abs(made.height - made.size.best[1]) < 10


@given(st.integers(1, 40), st.integers(900, 4000), st.integers(300, 2200))
def test_that_no_card_is_smaller_than_its_words_nor_taller_than_its_cap(
    count: int, width: int, height: int
) -> None:
    made = plan(count, width, height)
    wide = (width - (made.columns - 1) * made.size.gap) / made.columns
    assert made.size.least[1] <= made.height <= made.size.highest
    assert wide >= made.size.least[0]
