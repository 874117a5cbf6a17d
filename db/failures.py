"""What the database and the disk complain of, in the program's own codes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from db.engine import complaint
from monitor.errors import Code, StorageError

_CODES = {
    errno.ENOSPC: Code.DISK_FULL,
    errno.EDQUOT: Code.DISK_FULL,
    errno.EROFS: Code.READ_ONLY,
    errno.EACCES: Code.READ_ONLY,
    errno.EPERM: Code.READ_ONLY,
}


def storage_error(error: SQLAlchemyError, place: Path | None = None) -> StorageError:
    """Return the error that says the same to the rest of the program.

    Args:
        error: As it was raised.
        place: The database file, where it is known: a database that cannot be opened is there
            all the same if its folder may not be written in.
    """
    code, name = complaint(error)
    if code is Code.NO_RECORD and place is not None and place.exists():
        writable = all(os.access(path, os.W_OK) for path in (place, place.parent))
        code = Code.STORAGE if writable else Code.READ_ONLY
    return StorageError(code, cause=name)


def file_error(error: OSError) -> StorageError:
    """Return the error that says the same of a file beside the database."""
    return StorageError(_CODES.get(error.errno or 0, Code.STORAGE), cause=_name(error))


def folder_error(error: OSError, what: str, **facts: object) -> StorageError:
    """Return the error that says that a folder cannot be looked into or written in.

    Args:
        error: As the system raised it.
        what: Which folder it is, for the words.
        facts: What else the sentence needs.
    """
    return StorageError(Code.STORAGE, cause=_name(error), what=what, **facts)


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "")
