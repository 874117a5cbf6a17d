"""Keeps Python 3.11 alive under PySide6 6.12: importing this module is enough.

PySide6 6.12.0 gives back `None`, `True` and `False` without counting the reference. From Python
3.12 on they are immortal and nothing comes of it. In 3.11 each call of a function without a
result takes one reference of `None` away for good, and after some thousands of calls,
a minute of a chart that is drawn each second, the interpreter ends with "deallocating None". So
they are given here what later versions of Python give them: more references than can be used
up. Measured with `sys.getrefcount(None)`: 6.12.0 loses one a call, 6.11.3 none.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40  # at a million calls a second, enough for twelve days


def keep_constants_alive() -> None:
    """Give Python's constants plenty of references where they are not immortal by themselves."""
    if sys.version_info < (3, 12):
        for constant in (None, True, False, NotImplemented):
            ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY


keep_constants_alive()
