"""Names of scripts that join or part their letters by a sign that nobody sees."""

from __future__ import annotations

import pytest

from monitor.acts.free_text import plain_text
from monitor.errors import InputError


@pytest.mark.parametrize(
    "name",
    ["علی\u200cرضا", "क्\u200dष", "ශ්\u200dරී", "\U0001f469\u200d\u2695\ufe0f"],
)
def test_that_a_joiner_between_two_letters_of_its_script_is_kept_as_typed(name: str) -> None:
    assert plain_text(name, "escort") == name


@pytest.mark.parametrize("name", ["Jan\u200dNowak", "علی\u200c", "\u200dعلی", "ع\u200d\u200dل"])
def test_that_a_joiner_that_joins_nothing_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        plain_text(name, "escort")
    assert str(caught.value.facts["unshown"]).startswith("U+200")
