"""Presenters and the console decide and answer where Qt is not installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.house import ROOT, python_files

BLOCK = "import sys; sys.modules.update(dict.fromkeys(['PySide6', 'pyqtgraph', 'qtawesome']))\n"


@pytest.mark.parametrize("package", ["ui/presenters", "ui/console"])
def test_that_a_package_imports_without_qt(package: str) -> None:
    modules = [name[:-3].replace("/", ".") for name in python_files(package)]
    script = BLOCK + "\n".join(f"import {module.removesuffix('.__init__')}" for module in modules)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert modules
    assert done.returncode == 0, done.stderr


def test_that_the_block_holds() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCK + "import PySide6.QtCore"],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert "ModuleNotFoundError" in done.stderr
