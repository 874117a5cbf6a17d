"""The clinic and the other clinic, made once for all forgeries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.certification import PracticeCertification
from tests.forgeries.clinic import Clinic, LookAlike, lived
from tests.forgeries.kinds import Scene


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    with lived(tmp_path_factory.mktemp("clinic") / "store", PracticeCertification()) as made:
        yield made


@pytest.fixture(scope="session")
def scene(clinic: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with lived(tmp_path_factory.mktemp("other") / "store", LookAlike()) as other:
        yield Scene(clinic, other)
