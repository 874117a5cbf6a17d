"""Who may import whom: every contract is seen to fail when somebody breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGES, ROOT

OFFENCES = {
    "Dependencies point inwards": {"db/planted.py": "import reports"},
    "Nothing imports the composition root": {"reports/planted.py": "import main"},
    "Only ui speaks Qt": {"reports/planted.py": "from PySide6.QtGui import QImage"},
    "Presenters and the console run without it all the same": {
        "ui/presenters/planted.py": "from ui.widgets import planted",  # not even indirectly
        "ui/widgets/planted.py": "import pyqtgraph",
    },
    "Only db speaks SQL": {"reports/planted.py": "from sqlalchemy import select"},
    "Only db holds the forms and the keys of what is kept": {"ui/planted.py": "import argon2"},
    "Only reports speaks PDF": {"ui/planted.py": "from reportlab.pdfgen import canvas"},
    "Migrations know nothing of today's program": {
        "db/migrations/versions/planted.py": "import monitor"
    },
    "The domain is layered, and every module has its place": {
        "monitor/scales/planted.py": "import monitor.desk"
    },
}
"""For each contract, by name, what somebody might write in a hurry."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's sources and settings, free to be spoiled."""
    for package in PACKAGES:
        leave_out = shutil.ignore_patterns("__pycache__", "fonts")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(folder: Path) -> set[str]:
    """The names of the contracts that do not hold in this folder."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    verdicts = [line.partition(" BROKEN") for line in done.stdout.splitlines()]
    return {name for name, broken, _ in verdicts if broken}


def test_that_all_contracts_are_kept(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize("contract", OFFENCES)
def test_that_a_contract_fails_when_it_is_broken(contract: str, copy: Path) -> None:
    for name, line in OFFENCES[contract].items():
        (copy / name).write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    assert broken_contracts(copy) == {contract}


def test_that_every_contract_has_its_offence() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(OFFENCES)
