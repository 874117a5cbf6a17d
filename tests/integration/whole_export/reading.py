"""Reads an export as somebody does who has nothing of ours: sums, chain, names, modes."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import subprocess
from pathlib import Path
from typing import Any


def sums_hold(folder: Path) -> bool:
    """Whether the system's own tool finds every listed file unchanged."""
    told = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    return subprocess.run(told, cwd=folder, check=False, capture_output=True).returncode == 0


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file by its path within the folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def listed(folder: Path) -> set[str]:
    """The paths that the folder's list names."""
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    return {line.split("  ", 1)[1] for line in lines}


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Whether each thing is a folder, and who may do what with it."""
    every = (folder, *folder.rglob("*"))
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in every}


def ledger(folder: Path) -> list[dict[str, Any]]:
    """The lines of the ledger."""
    text = (folder / "ledger.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def by_the_readme(folder: Path, begins: str = "import hashlib, json") -> str:
    """What a program says that the README tells to run; it fails where something does not hold.

    Args:
        folder: Of the export.
        begins: Which of the programs.
    """
    text = (folder / "README.txt").read_text("utf-8")
    found = re.search(rf"\n  {begins}\n(?:  .*\n)+", text)
    assert found
    program = "\n".join(line[2:] for line in found[0].splitlines())
    told = ["python3", "-c", program]
    done = subprocess.run(told, cwd=folder, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def halves(folder: Path) -> list[str]:
    """What stands there and is not whole: hidden things, sessions that are not as their list."""
    if not folder.exists():
        return []
    found = [path.name for path in folder.rglob(".*")]
    for session in (folder / "sessions").glob("S-*"):
        there = {path.name for path in session.iterdir()}
        if not sums_hold(session) or listed(session) | {"SHA256SUMS"} != there:
            found.append(session.name)
    return found


def digest(content: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(content).hexdigest()
