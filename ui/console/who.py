"""Who works at the command line: whoever the computer says it is."""

from __future__ import annotations

import getpass

from monitor.people import Author, Role


def at_the_command_line(station: str) -> Author:
    """Return who reads or hands out here; nobody logs in, who can open the record may.

    Args:
        station: The computer's name.
    """
    return _here(station, Role.AUDITOR)


def keeper_at_the_command_line(station: str) -> Author:
    """Return who keeps the record safe here: its backups, the ways to open it.

    Args:
        station: The computer's name.
    """
    return _here(station, Role.ADMINISTRATOR)


def _here(station: str, role: Role) -> Author:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "unknown"
    return Author(f"os:{user}", role, f"{user} at the command line of {station}")
