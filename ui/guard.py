"""The last guard: what nobody foresaw is logged without patient data, and the window stays.

An exception's message can hold what somebody typed, so it never reaches the log: only the
kind of the exception and the places in our own code that it came through.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

from monitor.errors import MonitorError
from ui.wording import sentence

LOG = logging.getLogger("chairside")

SAID = (
    "Something in the program went wrong. Every entry that was shown as stored is safe. You can "
    "go on; if this happens again, close the program and open it anew, and tell whoever looks "
    "after it. The log names the place and holds no patient data."
)


UNFORESEEN = (
    "Something in the program went wrong, and it is tried again; tell whoever looks after it. "
    "The log names the place and holds no patient data."
)
"""What is said of work beside the window that ended so."""


def log_folder() -> Path:
    """Return where the log lies: the platform's own place."""
    return Path(platformdirs.user_log_dir("Chairside", appauthor=False))


def keep_log(folder: Path) -> None:
    """Log into a folder, at most half a megabyte."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "chairside.log", maxBytes=256 * 1024, backupCount=1, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)


def install(tell: Callable[[str], None]) -> None:
    """Meet every exception that nobody caught.

    Args:
        tell: Shows a sentence to the person at the window.
    """

    def meet(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        LOG.error("%s at %s", kind.__name__, where(trace))
        tell(SAID)

    sys.excepthook = meet


def met(error: BaseException) -> str:
    """Return what is said of work that did not come to its end.

    What nobody foresaw is logged, as if nobody had caught it.
    """
    if isinstance(error, MonitorError):
        return sentence(error)
    LOG.error("%s at %s", type(error).__name__, where(error.__traceback__))
    return UNFORESEEN


def where(trace: TracebackType | None) -> str:
    """Return the places that an exception came through, without any value."""
    frames = traceback.extract_tb(trace)
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
