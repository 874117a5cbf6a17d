"""Files that a command hands out: what somebody else has put there is never written over."""

from __future__ import annotations

from pathlib import Path

from ui.console.problems import ConsoleError, why
from ui.files import write_whole


def hand_out(out: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a file, unless another one is there under its name.

    Args:
        out: Where it goes; the very same file may be there already.
        content: All of it.
        mode: Who may read it, as far as the system's own mask allows.

    Raises:
        ConsoleError: If something else is there, or it cannot be written.
    """
    try:
        if out.exists() and not (out.is_file() and _is(out, content)):
            raise ConsoleError(
                f"{out} is there already and holds something else, so nothing was written; name "
                "another file with --out."
            )
        write_whole(out, content, mode)
    except OSError as error:
        raise ConsoleError(f"{out} cannot be written: {why(error)}.") from None


def _is(out: Path, content: bytes) -> bool:
    """Tell whether a file holds just that; no more of it is read."""
    with out.open("rb") as file:
        return file.read(len(content) + 1) == content
