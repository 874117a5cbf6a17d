"""Who works at the command line: whoever the computer says it is."""

from __future__ import annotations

import getpass

from monitor.people import Author, Role


def at_the_command_line(station: str) -> Author:
    """Return who does something here; nobody logs in, who can open the record may.

    Args:
        station: The computer's name.
    """
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "unknown"
    return Author(f"os:{user}", Role.AUDITOR, f"{user} at the command line of {station}")
