"""What this computer was told about reminders, the lock and reports; nothing of the record."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import platformdirs

LEADS, LOCKS = (0, 1, 2, 3, 5), (0, 1, 3, 5, 10, 15, 30)
"""What can be chosen, in minutes: 0 is "not before it is due" and "never by itself"."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What can be chosen for one computer.

    Attributes:
        sound: Whether a reminder is heard.
        lead_minutes: So long before something falls due it is said to be coming.
        lock_minutes: After so long without a key the screen locks by itself.
        report_folder: Where reports are written; empty until somebody has chosen.
    """

    sound: bool = True
    lead_minutes: int = 2
    lock_minutes: int = 10
    report_folder: str = ""

    def __post_init__(self) -> None:
        """Take the usual value for anything that cannot be chosen."""
        if self.sound not in (True, False):  # a file may hold anything
            object.__setattr__(self, "sound", True)
        if self.lead_minutes not in LEADS:
            object.__setattr__(self, "lead_minutes", 2)
        if self.lock_minutes not in LOCKS:
            object.__setattr__(self, "lock_minutes", 10)
        chosen: object = self.report_folder
        if not isinstance(chosen, str):
            object.__setattr__(self, "report_folder", "")


class PreferencesFile:
    """Keeps the choices in a small file of the user's configuration folder."""

    def __init__(self, folder: Path | None = None) -> None:
        place = folder or Path(platformdirs.user_config_dir("Chairside", appauthor=False))
        self._path = place / "preferences.json"
        self._now, self._kept = self._read(), True

    @property
    def now(self) -> Preferences:
        """Return what holds."""
        return self._now

    @property
    def kept(self) -> bool:
        """Tell whether the last choice will still hold at the next start."""
        return self._kept

    def change(self, **changes: object) -> Preferences:
        """Choose something else, and keep it.

        A file that cannot be written keeps nothing beyond this run; nobody is stopped by it.
        """
        self._now = dataclasses.replace(self._now, **changes)  # type: ignore[arg-type] # its own fields
        self._kept = False
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(dataclasses.asdict(self._now)), encoding="utf-8")
            self._kept = True
        return self._now

    def _read(self) -> Preferences:
        try:
            said = dict(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Preferences()  # none yet, or damaged: the usual ones
        names = {field.name for field in dataclasses.fields(Preferences)}
        return Preferences(**{name: said[name] for name in names & said.keys()})
