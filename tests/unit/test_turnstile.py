"""Many go through side by side; who needs the record alone waits, and then everyone else does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from db.turnstile import Turnstile
from monitor.errors import Code, StorageError

SOON = 10  # seconds: a limit against standing still, no measure


@pytest.fixture
def turnstile() -> Turnstile:
    return Turnstile()


def test_that_one_may_pass_while_one_is_passing(turnstile: Turnstile) -> None:
    with turnstile.passing(), turnstile.passing(), ThreadPoolExecutor(1) as pool:

        def pass_through() -> bool:
            with turnstile.passing():
                return True

        assert pool.submit(pass_through).result(SOON)


def test_that_nobody_is_alone_while_somebody_is_inside(turnstile: Turnstile) -> None:
    with turnstile.passing(), pytest.raises(StorageError) as caught, turnstile.alone(0.01):
        pass
    assert caught.value.code is Code.BUSY
    with turnstile.alone(0.01):
        pass


def test_that_who_comes_while_somebody_is_alone_waits(turnstile: Turnstile) -> None:
    seen: list[str] = []
    came = threading.Event()

    def pass_through() -> None:
        came.set()
        with turnstile.passing():
            seen.append("passed")

    with ThreadPoolExecutor(1) as pool:
        with turnstile.alone(SOON):
            passing = pool.submit(pass_through)
            assert came.wait(SOON)
            assert not passing.done()
            seen.append("alone")
        passing.result(SOON)
    assert seen == ["alone", "passed"]


def test_that_who_is_alone_may_pass(turnstile: Turnstile) -> None:
    with turnstile.alone(SOON), turnstile.passing():
        pass


def test_that_it_opens_again_after_an_error(turnstile: Turnstile) -> None:
    with pytest.raises(ZeroDivisionError), turnstile.alone(SOON):
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), turnstile.passing():
        raise ZeroDivisionError
    with turnstile.alone(0.01):
        pass
