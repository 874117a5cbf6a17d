"""Writes a file whole or not at all: what was there before stays until the new one is safe."""

from __future__ import annotations

import os
from pathlib import Path

PROOF = ".proof.json"


def proof_beside(path: Path) -> Path:
    """Return where the proof of an exported file lies: beside it, under its name."""
    return path.with_name(f"{path.name}{PROOF}")


_BINARY = getattr(os, "O_BINARY", 0)  # elsewhere a file has no other kind

PRIVATE = 0o600
"""The mode of a file that only its owner may read."""


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write temporary file, fsync, rename, fsync of the folder.

    Args:
        path: Where to; what is there is replaced.
        content: All of it.
        mode: Who may read it, as far as the system's own mask allows.

    Raises:
        OSError: As the system says it; then nothing has changed at *path*.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        draft.unlink(missing_ok=True)  # one that was left behind may be read by others
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
