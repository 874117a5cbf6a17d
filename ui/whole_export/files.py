"""Files and folders of an export: for their owner alone, and safe before anything names them."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ui.files import PRIVATE

OWN_FOLDER = 0o700
"""The mode of a folder that only its owner may look into."""

PART = ".part"
SUMS = "SHA256SUMS"
"""The list of a folder's files, as `sha256sum -c` reads it."""

_BINARY = getattr(os, "O_BINARY", 0)  # elsewhere a file has no other kind
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as lists name it.

    Attributes:
        path: Within the folder that the list lies in, "/" between its parts.
        sha256: In hex.
    """

    path: str
    size: int
    sha256: str

    def inside(self, folder: str) -> Listed:
        """Return it as the folder around its own names it."""
        return Listed(f"{folder}/{self.path}", self.size, self.sha256)


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may look into; one that is there stays as it is."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=OWN_FOLDER)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Give a new file of its owner's alone; at the end its content lasts."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE)
    with os.fdopen(opened, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def put(folder: Path, name: str, content: bytes) -> Listed:
    """Write a new file into a folder that nobody looks into yet."""
    with new_file(folder / name) as file:
        file.write(content)
    return Listed(name, len(content), hashlib.sha256(content).hexdigest())


def swap_in(source: Path, target: Path) -> None:
    """Give what is finished its name, and make that last."""
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's own entries last, where folders can be opened."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sums(files: Iterable[Listed]) -> bytes:
    """Return the list of these files, by path."""
    ordered = sorted(files, key=lambda each: each.path)
    return "".join(f"{each.sha256}  {each.path}\n" for each in ordered).encode("utf-8")


def listed_in(folder: Path) -> tuple[Listed, ...] | None:
    """Return a folder's files if they are those of its own list, whole and no others; else None.

    Its list is the last of them.
    """
    try:
        content = (folder / SUMS).read_bytes()
        said = [line.split("  ", 1) for line in content.decode("utf-8").splitlines()]
        found = [_seen(folder, name) for _, name in said]
        there = {path.name for path in folder.iterdir()}
    except (OSError, ValueError):
        return None
    if [each.sha256 for each in found] != [digest for digest, _ in said]:
        return None
    if there != {each.path for each in found} | {SUMS}:
        return None
    return (*found, Listed(SUMS, len(content), hashlib.sha256(content).hexdigest()))


def _seen(folder: Path, name: str) -> Listed:
    if "/" in name or name in ("", ".", ".."):
        raise ValueError("a list names the files of its own folder")
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Listed(name, size, digest.hexdigest())
