"""The files that somebody drops: folders are looked through for the PDFs in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST = 5_000
"""So many files are taken at once; a folder with more was hardly meant."""

SUFFIX = ".pdf"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was dropped, as files.

    Attributes:
        files: Each once, folders in the order of their names.
        unread: Folders that gave nothing, each with the reason as a sentence.
        said: What was taken and what was left; empty where that was all of it.
    """

    files: tuple[Path, ...]
    unread: tuple[tuple[Path, str], ...] = ()
    said: str = ""


def gathered(paths: Sequence[Path]) -> Gathered:
    """Return the files that are to be looked at; slow where a folder is large.

    Args:
        paths: As they were dropped: files, and folders whose PDFs are meant.
    """
    files, unread = list[Path](), list[tuple[Path, str]]()
    inside = folders = 0
    for path in paths:
        if not _is_folder(path):
            files.append(path)
            continue
        found = _Folder(path)
        files += found.pdfs
        inside += len(found.pdfs)
        folders += 1
        if said := found.trouble:
            unread.append((path, said))
    each = tuple(dict.fromkeys(files))
    told = [_taken(folders, inside)] if folders else []
    if twice := len(files) - len(each):
        told.append(f"{_files(twice)} dropped twice, and looked at once.")
    return Gathered(each, tuple(unread), " ".join(told))


class _Folder:
    """The PDFs in a folder and in those below it, by name; links to other folders are left."""

    def __init__(self, path: Path) -> None:
        self._locked = 0
        self.pdfs = list[Path]()
        for pdf in self._walk(path):
            if len(self.pdfs) == MOST:
                self.pdfs, self._more = [], True
                break
            self.pdfs.append(pdf)
        else:
            self._more = False

    @property
    def trouble(self) -> str:
        """Return why it gave nothing, or less than all, in a sentence; empty for no trouble."""
        if self._more:
            return f"This folder holds more than {MOST} PDFs: drop a part of them at a time."
        if self._locked:
            what = "A folder in it" if self.pdfs else "This folder"
            return f"{what} may not be looked into: ask whoever owns it."
        return "" if self.pdfs else "There is no PDF in this folder."

    def _walk(self, path: Path) -> Iterator[Path]:
        for folder, below, names in os.walk(path, onerror=self._refused):
            below.sort()
            for name in sorted(names):
                if name.lower().endswith(SUFFIX):
                    yield Path(folder, name)

    def _refused(self, _: OSError) -> None:
        self._locked += 1


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # looking at it will say why


def _taken(folders: int, inside: int) -> str:
    where = "The folder" if folders == 1 else f"The {folders} folders"
    verb = "holds" if folders == 1 else "hold"
    return f"{where} {verb} {'1 PDF' if inside == 1 else f'{inside} PDFs'}."


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count} files were"
