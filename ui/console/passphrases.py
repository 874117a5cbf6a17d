"""Where the command line has a record's passphrase from: never from its arguments."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from ui.console.problems import ConsoleError, why

VARIABLE = "CHAIRSIDE_PASSPHRASE"


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
            return self._read(self.file)
        said = os.environ.get(VARIABLE)
        if said:
            return said
        if not sys.stdin.isatty():
            raise ConsoleError(
                f"The record is locked: give its passphrase in {VARIABLE}, "
                "name a --passphrase-file, or ask at a terminal."
            )
        return getpass.getpass("Passphrase of the record: ")

    @staticmethod
    def _read(file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8").splitlines()[0]
        except OSError as error:
            raise ConsoleError(f"{file} cannot be read: {why(error)}.") from None
        except (IndexError, UnicodeDecodeError):
            raise ConsoleError(f"The first line of {file} is no passphrase.") from None
