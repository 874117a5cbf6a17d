"""Each rehearsal is played once; the tests look at what it left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.chairside import OWN, SHIPPED, Chairside, Results


@pytest.fixture
def chairside(tmp_path: Path) -> Chairside:
    """The program in an empty home."""
    home = tmp_path / "home"
    home.mkdir()
    return Chairside(home)


def _played(script: Path, factory: pytest.TempPathFactory) -> Results:
    folder = factory.mktemp(script.stem)
    (folder / "home").mkdir()
    return Chairside(folder / "home").rehearse(script, folder / "out")


@pytest.fixture(scope="session")
def ketamine(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The uninterrupted infusion."""
    return _played(SHIPPED / "ketamine-70kg.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def esketamine(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """84 mg by device, with a discharge asked for too early."""
    return _played(SHIPPED / "esketamine-84mg.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def addenda(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """56 mg by device, with two addenda the day after the co-signature."""
    return _played(SHIPPED / "esketamine-56mg-addendum.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def paused(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The infusion paused and stopped for blood pressure."""
    return _played(OWN / "paused-for-pressure.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def halved(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The infusion resumed at half the rate."""
    return _played(OWN / "rate-halved.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def transferred(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A patient who was taken away mid-observation."""
    return _played(OWN / "transferred.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A session whose process was killed twice."""
    return _played(OWN / "killed.toml", tmp_path_factory)


@pytest.fixture(scope="session")
def bad_input(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Everything that is to be refused."""
    return _played(OWN / "bad-input.toml", tmp_path_factory)
