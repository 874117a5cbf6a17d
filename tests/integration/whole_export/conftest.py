"""One record for all tests here, and copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.whole_export.clinic import Copies, make_record


@dataclass(frozen=True, slots=True)
class Made:
    """The record that copies are made of.

    Attributes:
        ids: Its sessions, in the order of their opening.
    """

    folder: Path
    ids: tuple[str, ...]


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A record that nobody opens."""
    folder = tmp_path_factory.mktemp("whole") / "record"
    return Made(folder, make_record(folder))


@pytest.fixture
def copies(made: Made, tmp_path: Path) -> Iterator[Copies]:
    """What gives copies of it."""
    given = Copies(made.folder, tmp_path)
    yield given
    given.close()
