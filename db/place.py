"""Where the clinic's own record lies on this computer: chosen once, remembered in one line."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from db.durable import replace_file

NAME = "Chairside"


def default_place() -> Path:
    """Return where a record lies unless another folder was chosen."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "record"


def remembered_place() -> Path:
    """Return the folder that was chosen on this computer, else the default."""
    try:
        chosen = _memory().read_text(encoding="utf-8").strip()
    except OSError:
        return default_place()
    return Path(chosen) if chosen else default_place()


def remember_place(folder: Path) -> None:
    """Find the record in *folder* from now on."""
    _memory().parent.mkdir(parents=True, exist_ok=True)
    replace_file(_memory(), f"{folder.resolve()}\n".encode())


def _memory() -> Path:
    return Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "place.txt"
