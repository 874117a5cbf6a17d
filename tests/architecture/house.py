"""The checkout as the architecture tests see it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("monitor", "db", "ui", "reports")


def kept_files(*places: str) -> list[str]:
    """Paths of what is committed or would be, under these places or everywhere.

    Args:
        places: Folders or files, relative to the checkout.
    """
    git = shutil.which("git")
    assert git, "git is needed to know which files belong to the program"
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *places],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return sorted({name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})


def python_files(*places: str) -> list[str]:
    """Paths of the Python sources among them."""
    return [name for name in kept_files(*places) if name.endswith(".py")]
