"""What the database complains of, in the program's own codes."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from monitor.errors import Code, StorageError

_CODES = {
    "SQLITE_FULL": Code.DISK_FULL,
    "SQLITE_BUSY": Code.BUSY,
    "SQLITE_LOCKED": Code.BUSY,
    "SQLITE_NOTADB": Code.WRONG_KEY,
    "SQLITE_CANTOPEN": Code.NO_RECORD,
}


def storage_error(error: SQLAlchemyError) -> StorageError:
    """Return the error that says the same to the rest of the program."""
    name = _engine_name(error)
    return StorageError(_CODES.get("_".join(name.split("_")[:2]), Code.STORAGE), cause=name)


def file_error(error: OSError) -> StorageError:
    """Return the error that says the same of a file beside the database."""
    code = Code.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Code.STORAGE
    return StorageError(code, cause=errno.errorcode.get(error.errno or 0, ""))


def _engine_name(error: SQLAlchemyError) -> str:
    """Return the database's own name for it, "SQLITE_FULL" or so; empty where it has none."""
    if not isinstance(error, DBAPIError):
        return ""
    return str(getattr(error.orig, "sqlite_errorname", ""))
