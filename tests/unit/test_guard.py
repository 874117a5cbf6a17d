"""The last guard."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import guard

CANARY = "Canary-Kowalska-1984-03-12"


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the person at the window was told; the hook is put back afterwards."""
    before, handlers = sys.excepthook, list(guard.LOG.handlers)
    heard: list[str] = []
    guard.install(heard.append)
    yield heard
    sys.excepthook = before
    for handler in set(guard.LOG.handlers) - set(handlers):
        guard.LOG.removeHandler(handler)
        handler.close()


def break_down(patient: str) -> None:
    """Raise what nobody foresaw, with a patient in its words and in its frame."""
    raise ValueError(f"cannot find {patient}")


def meet() -> None:
    """Let the hook meet it, as an uncaught exception would be met."""
    try:
        break_down(CANARY)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_that_the_log_names_the_place_and_no_patient(told: list[str], tmp_path: Path) -> None:
    guard.keep_log(tmp_path)
    meet()
    logging.shutdown([])
    written = (tmp_path / "chairside.log").read_text(encoding="utf-8")
    assert "ValueError at test_guard.py" in written
    assert "break_down" in written
    assert CANARY not in written
    assert all(CANARY not in said for said in told)


def test_that_the_person_hears_that_what_was_stored_is_safe(told: list[str]) -> None:
    meet()
    assert told == [guard.SAID]
    assert "is safe" in guard.SAID


def test_that_an_interruption_at_the_keyboard_is_no_fault(
    told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
