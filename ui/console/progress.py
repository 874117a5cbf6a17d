"""How far something has got, at a terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import Progress

from ui.record import Progress as Told


@contextlib.contextmanager
def bar(name: str) -> Iterator[Told]:
    """Show a bar from the first time it is told something; elsewhere than at a terminal, nothing.

    Until then the terminal is free for questions.
    """
    console = Console(stderr=True)
    progress = Progress(console=console, transient=True)
    task = progress.add_task(name, total=None)
    shown = False

    def told(done: int, of: int) -> None:
        nonlocal shown
        if console.is_terminal and not shown:
            progress.start()
            shown = True
        progress.update(task, completed=done, total=of)

    try:
        yield told
    finally:
        if shown:
            progress.stop()
