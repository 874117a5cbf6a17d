"""The program's look, worn once for all widget tests."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui import theme

_OFFSCREEN = "This plugin does not support (propagateSizeHints|raise)"


@pytest.fixture(scope="session", autouse=True)
def _worn(qapp: QApplication) -> None:
    """Dress the application as the program dresses it."""
    theme.wear(qapp)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Qt say that the screen that is none knows of no sizes and no order; nothing else."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN, extend=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """End the windows of a test with it: Qt keeps them till an event loop runs, and styles them."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
