"""What may go wrong while a file is read of which nothing is known."""

from __future__ import annotations

import struct
import zlib

from pypdf.errors import DependencyError, DeprecationError, PyPdfError

TROUBLE: tuple[type[Exception], ...] = (
    PyPdfError,
    DependencyError,
    DeprecationError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,  # RecursionError and NotImplementedError among them
    StopIteration,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""Whatever a parser raises on bytes that somebody made up: the file is broken, and no more."""
