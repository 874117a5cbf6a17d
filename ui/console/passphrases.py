"""Where the command line has a record's passphrase from: never from its arguments."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from ui.console.problems import ConsoleError, why

VARIABLE = "CHAIRSIDE_PASSPHRASE"
NEW_VARIABLE = "CHAIRSIDE_NEW_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Asks for the passphrase: of the environment, of a file, of whoever sits there.

    Attributes:
        file: Its first line is the passphrase; None where no file was named.
    """

    file: Path | None = None

    def __call__(self) -> str:
        """Return the passphrase.

        Raises:
            ConsoleError: If nobody can say it.
        """
        if self.file is not None:
            return _first_line(self.file)
        said = os.environ.get(VARIABLE)
        if said:
            return said
        if not sys.stdin.isatty():
            raise ConsoleError(
                f"The record is locked: give its passphrase in {VARIABLE}, "
                "name a --passphrase-file, or ask at a terminal."
            )
        return getpass.getpass("Passphrase (or recovery key) of the record: ")


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """Asks for the passphrase that is to open the record from now on; at a terminal, twice.

    Attributes:
        file: Its first line is the passphrase; None where no file was named.
    """

    file: Path | None = None

    def __call__(self) -> str:
        """Return the passphrase.

        Raises:
            ConsoleError: If nobody can say it, or it was not typed twice alike.
        """
        if self.file is not None:
            return _first_line(self.file)
        said = os.environ.get(NEW_VARIABLE)
        if said:
            return said
        if not sys.stdin.isatty():
            raise ConsoleError(
                f"There is no new passphrase: give it in {NEW_VARIABLE}, "
                "name a --new-passphrase-file, or ask at a terminal."
            )
        first = getpass.getpass("New passphrase, at least 15 characters: ")
        if first != getpass.getpass("New passphrase again: "):
            raise ConsoleError("The two passphrases differ; nothing was changed, start again.")
        return first


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").splitlines()[0]
    except OSError as error:
        raise ConsoleError(f"{file} cannot be read: {why(error)}.") from None
    except (IndexError, UnicodeDecodeError):
        raise ConsoleError(f"The first line of {file} is no passphrase.") from None
