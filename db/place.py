"""Where the clinic's own record and its backups lie on this computer: each chosen once.

Each choice is remembered in a file of one line.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import platformdirs

from db.durable import replace_file
from db.failures import folder_error
from monitor.errors import StorageError

NAME = "Chairside"

_RECORD, _BACKUPS = "place.txt", "backups.txt"


def default_place() -> Path:
    """Return where a record lies unless another folder was chosen."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "record"


def remembered_place() -> Path:
    """Return the folder that was chosen on this computer, else the default."""
    return _remembered(_RECORD) or default_place()


def place_is_remembered() -> bool:
    """Tell whether a record was made or restored on this computer, wherever it is now."""
    return _remembered(_RECORD) is not None


def remember_place(folder: Path) -> None:
    """Find the record in *folder* from now on.

    Raises:
        StorageError: If that cannot be written down on this computer.
    """
    _remember(_RECORD, folder)


def prove_memory() -> None:
    """Make sure that a folder can be remembered, before a record is made in it.

    Raises:
        StorageError: If nothing can be written down on this computer.
    """
    home = _file(_RECORD).parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b"chairside")
            probe.flush()
    except OSError as error:
        raise _not_kept(error) from error


def default_backups_place() -> Path:
    """Return where backups lie unless another folder was chosen."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "backups"


def backups_place() -> Path:
    """Return the folder that was chosen for backups on this computer, else the default."""
    return _remembered(_BACKUPS) or default_backups_place()


def remember_backups_place(folder: Path) -> None:
    """Let backups lie in *folder* from now on.

    Raises:
        StorageError: If that cannot be written down on this computer.
    """
    _remember(_BACKUPS, folder)


def _remembered(memory: str) -> Path | None:
    try:
        chosen = _file(memory).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return Path(chosen) if chosen else None


def _remember(memory: str, folder: Path) -> None:
    try:
        _file(memory).parent.mkdir(parents=True, exist_ok=True)
        replace_file(_file(memory), f"{folder.resolve()}\n".encode())
    except OSError as error:
        raise _not_kept(error) from error


def _not_kept(error: OSError) -> StorageError:
    """Return the error that says that this computer cannot remember a folder."""
    return folder_error(error, "memory", path=_file(_RECORD).parent)


def _file(memory: str) -> Path:
    return Path(platformdirs.user_config_dir(NAME, appauthor=False)) / memory
