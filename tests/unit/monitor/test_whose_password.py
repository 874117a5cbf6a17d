"""Whose password it is not: said where somebody was named, never to whoever is not let in."""

from __future__ import annotations

import pytest

from monitor.clinic import LogIn
from monitor.desk import proven
from monitor.errors import Code, InputError, RefusedError
from tests.fakes.visit import Visit
from ui.wording import sentence


def test_that_a_wrong_password_beside_a_name_says_whose_it_is_not() -> None:
    with pytest.raises(RefusedError) as caught:
        proven(Visit().world, "ds", "guessed")
    assert sentence(caught.value) == "That is not Dana Silva's password; type it again."


def test_that_the_log_in_does_not_tell_who_works_here() -> None:
    with pytest.raises(RefusedError) as caught:
        LogIn(Visit().world)("ds", "guessed")
    assert sentence(caught.value).startswith("User name and password do not fit together")


def test_that_the_end_of_an_infusion_is_a_choice_and_no_value() -> None:
    error = InputError(Code.EMPTY, "when", planned="11:31")
    assert sentence(error) == "Choose when it ended: at 11:31, or now."
