"""Passwords, with real argon2id."""

from __future__ import annotations

from typing import Literal

import pytest
from argon2 import PasswordHasher
from typing_extensions import override

from db.accounts import Argon2Passwords
from monitor.errors import Code, InputError
from monitor.ports import Passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
GOOD = "correct horse battery"


@pytest.fixture
def passwords() -> Passwords:
    return Argon2Passwords(hasher=QUICK)


def test_that_a_password_matches_its_verifier_alone(passwords: Passwords) -> None:
    verifier = passwords.make(GOOD)
    assert passwords.matches(verifier, GOOD)
    assert not passwords.matches(verifier, GOOD + " ")
    assert not passwords.matches(passwords.make("something else here"), GOOD)


def test_that_the_cost_is_the_agreed_one() -> None:
    passwords = Argon2Passwords()
    verifier = passwords.make(GOOD)
    assert verifier.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(verifier, GOOD)


@pytest.mark.parametrize("weak", ["", "x" * 14, "x" * 1025, "long enough but \ud800"])
def test_that_a_password_too_short_too_long_or_no_text_is_refused(
    passwords: Passwords, weak: str
) -> None:
    with pytest.raises(InputError) as caught:
        passwords.make(weak)
    assert caught.value.code is Code.WEAK_PASSWORD
    assert caught.value.facts["least"] == 15


def test_that_the_bounds_themselves_are_taken(passwords: Passwords) -> None:
    for password in ("x" * 15, "x" * 1024):
        assert passwords.matches(passwords.make(password), password)


def test_that_nothing_is_cut_off(passwords: Passwords) -> None:
    verifier = passwords.make("x" * 1024)
    assert not passwords.matches(verifier, "x" * 1023)
    assert not passwords.matches(verifier, "x" * 1025)


def test_that_the_same_name_from_another_keyboard_matches(passwords: Passwords) -> None:
    assert passwords.matches(passwords.make("Zoë Zoë Zoë Zoë"), "Zoe\u0308 " * 3 + "Zoe\u0308")


@pytest.mark.parametrize("verifier", ["", "$argon2id$broken", "plain"])
@pytest.mark.parametrize("password", ["", GOOD, "\ud800", "nobody's password"])
def test_that_nothing_matches_nobody(passwords: Passwords, verifier: str, password: str) -> None:
    assert not passwords.matches(verifier, password)


def test_that_an_unknown_user_costs_a_real_verification() -> None:
    asked: list[object] = []

    class Counting(PasswordHasher):
        @override
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            asked.append(hash)
            return super().verify(hash, password)

    passwords = Argon2Passwords(hasher=Counting(time_cost=1, memory_cost=64, parallelism=1))
    assert not passwords.matches("", GOOD)
    (dummy,) = asked
    assert str(dummy).startswith("$argon2id$")


def test_that_half_a_character_matches_nothing(passwords: Passwords) -> None:
    assert not passwords.matches(QUICK.hash(b""), "\ud800")


def test_that_each_verifier_has_its_own_salt(passwords: Passwords) -> None:
    assert passwords.make(GOOD) != passwords.make(GOOD)


def test_that_two_runs_of_a_rehearsal_give_the_same_verifiers() -> None:
    one, other = Argon2Passwords.for_rehearsal("iv"), Argon2Passwords.for_rehearsal("iv")
    assert one.make("pw") == other.make("pw") != one.make("pv")
    assert Argon2Passwords.for_rehearsal("nasal").make("pw") != one.make("pw")
    assert one.matches(other.make("pw"), "pw")
