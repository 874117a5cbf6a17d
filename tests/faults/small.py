"""A file system of a few hundred kilobytes; only a superuser can have one."""

from __future__ import annotations

import contextlib
import ctypes
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """Mount one; where that is not allowed the test is skipped."""
    libc = ctypes.CDLL(None, use_errno=True)
    # Not below pytest's own folder: a killed run would leave it something it cannot remove.
    with tempfile.TemporaryDirectory(prefix="small-disk-", ignore_cleanup_errors=True) as name:
        size = f"size={kilobytes}k".encode()
        if libc.mount(b"tmpfs", name.encode(), b"tmpfs", 0, size) != 0:
            pytest.skip("no small file system could be mounted here")
        try:
            yield Path(name)
        finally:
            assert libc.umount(name.encode()) == 0
