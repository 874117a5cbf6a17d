"""The program's look, worn once for all widget tests."""

from __future__ import annotations

import pytest
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
