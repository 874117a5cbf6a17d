"""Writes files so that after a power cut either the old or the new one is there, whole."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put *content* at *path*: temporary file, fsync, rename, fsync of the folder."""
    draft = path.with_name(f"{path.name}.new")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    move_file(draft, path)


def move_file(source: Path, target: Path) -> None:
    """Rename a finished file into its place, and make the renaming last."""
    source.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make a finished file's content last."""
    opened = os.open(path, os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(folder: Path) -> None:
    """Make the folder's own entries last; a no-op where folders cannot be opened."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
