"""A question whose answer is being written: it stays until that is done."""

from __future__ import annotations

from monitor.errors import Code, RefusedError
from tests.fakes.views_session import FakeSessionView
from ui.presenters.question import Answers, Ask, Done, Question, QuestionPresenter

WASTE = Question("Waste drug", asks=(Ask("password", "Password", secret=True),))


class Asked:
    """A question that was answered, and is being written."""

    def __init__(self) -> None:
        self.view, self.waiting = FakeSessionView(), list[Done]()
        self.presenter = QuestionPresenter(self.view)
        self.presenter.ask_for_later(WASTE, self._later)
        self.presenter.submit({"password": "a long password"})

    def shown(self) -> Question | None:
        """Return the question that stands in the panel."""
        return self.view.question

    def _later(self, _: Answers, done: Done) -> None:
        self.waiting.append(done)


def test_that_a_question_stays_open_and_says_so_while_its_answer_is_written() -> None:
    asked = Asked()
    asked.presenter.cancel()
    assert asked.shown() is WASTE
    assert asked.view.question_problem.startswith("It is being written already")
    assert asked.view.waiting
    asked.waiting[0](None)
    assert asked.shown() is None
    assert not asked.presenter.is_open


def test_that_what_would_follow_does_not_where_it_was_given_up_meanwhile() -> None:
    asked = Asked()
    assert asked.presenter.is_open
    asked.presenter.cancel()
    still_asking = asked.presenter.is_asking(WASTE)
    assert not still_asking


def test_that_a_refused_answer_can_be_given_anew_and_given_up_at_once() -> None:
    asked = Asked()
    asked.waiting[0](RefusedError(Code.WRONG_PASSWORD))
    assert asked.shown() is WASTE
    assert asked.view.question_field == "password"
    asked.presenter.cancel()
    assert asked.shown() is None


def test_that_an_answer_is_written_once_however_often_enter_is_pressed() -> None:
    asked = Asked()
    asked.presenter.submit({"password": "a long password"})
    assert len(asked.waiting) == 1


def test_that_a_panel_that_is_gone_is_told_nothing_more() -> None:
    asked = Asked()
    asked.presenter.drop()
    asked.waiting[0](None)
    assert asked.shown() is WASTE, "nobody closed it: it is not there any more"


def test_that_a_wrong_password_beside_a_name_says_whose_it_is_not() -> None:
    asked = Asked()
    asked.waiting[0](RefusedError(Code.WRONG_PASSWORD, person="Dana Silva"))
    assert asked.view.question_problem == "That is not Dana Silva's password; type it again."
