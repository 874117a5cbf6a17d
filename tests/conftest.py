"""What every suite stands on: no screen, an empty home, and how hard hypothesis tries."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings

from db.locks import wrapping
from tests.fakes import stretching

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ["QT_API"] = "pyside6"  # qtawesome asks for any binding otherwise
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each program that is started compiled all anew

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the home of whoever runs the tests out of them: Qt's dialogs remember folders there."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def _no_preferences_left() -> Iterator[None]:
    """Let no test find what another one chose on this computer, where reports go for instance."""
    yield
    folder = Path(platformdirs.user_config_dir("Chairside", appauthor=False))
    (folder / "preferences.json").unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _cheap_keys() -> Iterator[None]:
    """Let a clinic's passphrase cost next to nothing; one test of keys pays what is agreed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "CLINIC", stretching.CHEAP)
        yield


@pytest.fixture(autouse=True)
def _no_worker_left() -> Iterator[None]:
    """Fail a test that leaves a worker beside a window: Python collects no garbage after it."""
    before = _workers()
    yield
    assert _workers() == before, "a `Tasks` was left open"


def pytest_sessionstart() -> None:
    """Sweep no garbage while thousands of tests are collected: they all stay."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let no later sweep go through what stays until the end anyway."""
    gc.freeze()
    gc.enable()


def _workers() -> int:
    tasks = sys.modules.get("ui.tasks")
    return tasks._Sweeper._at_work if tasks else 0
