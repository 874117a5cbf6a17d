"""Ratings: unanswered at first, digits move on, no total before the end."""

from __future__ import annotations

import pytest

from tests.fakes.seats import Seat
from tests.fakes.visit import Visit


@pytest.fixture
def seat() -> Seat:
    seat = Seat(Visit().started().at("10:40"))
    seat.presenter.command("rate-scale:cadss-6")
    return seat


def test_that_items_start_unanswered_and_without_a_total(seat: Seat) -> None:
    face = seat.view.rating
    assert face is not None
    assert all(item.answer == "" for item in face.items)
    assert face.count == "0 of 6 answered"
    assert face.total == ""


def test_that_a_digit_answers_and_moves_on(seat: Seat) -> None:
    for digit in (2, 0, 1):
        seat.presenter.ratings.answer(digit)
    face = seat.view.rating
    assert face is not None
    assert [item.answer for item in face.items] == ["2", "0", "1", "", "", ""]
    assert [item.here for item in face.items].index(True) == 3
    assert face.count == "3 of 6 answered"
    assert face.total == ""


def test_that_a_digit_the_item_does_not_have_is_not_taken(seat: Seat) -> None:
    seat.presenter.ratings.answer(7)
    assert seat.view.rating_problem == "It is answered with 0 to 4."
    assert seat.view.rating is not None
    assert seat.view.rating.items[0].answer == ""


def test_that_the_total_appears_with_the_last_answer_and_is_stored(seat: Seat) -> None:
    for digit in (2, 1, 2, 2, 1, 1):
        seat.presenter.ratings.answer(digit)
    assert seat.view.rating is not None
    assert seat.view.rating.total == "9 of 24"
    seat.presenter.ratings.store()
    assert seat.visit.overview.scores[0].total == 9
    assert seat.view.rating is None


def test_that_an_unfinished_rating_is_stored_only_when_that_is_said(seat: Seat) -> None:
    seat.presenter.ratings.answer(2)
    seat.presenter.ratings.store()
    assert seat.view.rating_problem
    assert not seat.visit.overview.scores
    seat.presenter.ratings.store(unfinished=True)
    assert [(s.total, s.answered) for s in seat.visit.overview.scores] == [(None, 1)]


def test_that_nothing_at_all_is_never_stored(seat: Seat) -> None:
    seat.presenter.ratings.store(unfinished=True)
    assert seat.view.rating_problem
    assert not seat.visit.overview.scores


def test_that_an_answer_can_be_taken_back_and_another_item_chosen(seat: Seat) -> None:
    seat.presenter.ratings.answer(2)
    seat.presenter.ratings.clear()
    assert seat.view.rating is not None
    assert seat.view.rating.count == "0 of 6 answered"
    seat.presenter.ratings.move(5)
    seat.presenter.ratings.answer(4)
    assert [item.answer for item in seat.view.rating.items] == ["", "", "", "", "", "4"]


def test_that_giving_up_stores_nothing(seat: Seat) -> None:
    seat.presenter.ratings.answer(2)
    seat.presenter.ratings.cancel()
    assert seat.view.rating is None
    assert not seat.visit.overview.scores
    seat.presenter.ratings.answer(2)
    seat.presenter.ratings.store()
    assert not seat.visit.overview.scores


def test_that_earlier_scores_stand_beside_the_new_one(seat: Seat) -> None:
    for digit in (2, 1, 2, 2, 1, 1):
        seat.presenter.ratings.answer(digit)
    seat.presenter.ratings.store()
    seat.presenter.command("rate-scale:cadss-6")
    assert seat.view.rating is not None
    assert seat.view.rating.earlier == "Earlier: 9 at 10:40"


def test_that_a_scale_without_words_says_where_they_are(seat: Seat) -> None:
    seat.presenter.command("rate-scale:cadss-6")
    assert seat.view.rating is not None
    assert seat.view.rating.note.startswith(
        "Numbers only: the wording is on the clinic's own form."
    )
