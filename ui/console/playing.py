"""The sub-commands that play rehearsals, and what they print."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib.resources import as_file, files
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ui.console.outputs import Results
from ui.console.plan import Report
from ui.console.rehearsing import Request, play, read

DEMONSTRATION = ("ketamine-70kg.toml", "esketamine-84mg.toml")
"""The shipped rehearsals, beside this module in `rehearsals`."""

DEMONSTRATION_SPEED = Decimal(600)
"""Times real time: both together, some five hours, are seen in a minute or so."""

WINDOW_SPEED = Decimal(60)
"""Times real time in a window, unless another is asked for: a minute in a second."""

DRAWN_UNSEEN = {"QT_QPA_PLATFORM": "offscreen"}
_UNSEEN = frozenset({"offscreen", "minimal", "vnc"})


def has_display(surroundings: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown (or drawn unseen, where that was asked for)."""
    if not sys.platform.startswith("linux"):
        return True
    if surroundings.get("QT_QPA_PLATFORM", "").partition(":")[0] in _UNSEEN:
        return True
    return bool(surroundings.get("DISPLAY") or surroundings.get("WAYLAND_DISPLAY"))


def is_seen(surroundings: Mapping[str, str]) -> bool:
    """Tell whether somebody will see the window."""
    drawn_unseen = surroundings.get("QT_QPA_PLATFORM", "").partition(":")[0] in _UNSEEN
    return has_display(surroundings) and not drawn_unseen


def rehearse(
    program: tuple[str, ...],
    files: Sequence[Path],
    out: Path,
    *,
    window: bool,
    speed: Decimal | None,
) -> int:
    """Play rehearsals, at once if they are several; say how it went, return the exit status."""
    if window and speed is None and is_seen(os.environ):
        speed = WINDOW_SPEED
    surroundings = _surroundings() if window else {}
    request = Request(program, tuple(files), out, speed, window=window, surroundings=surroundings)
    return _play(request)


def demonstrate(program: tuple[str, ...], out: Path) -> int:
    """Play the shipped rehearsals in the window, and return the exit status."""
    speed = DEMONSTRATION_SPEED if is_seen(os.environ) else None
    surroundings = _surroundings()
    worst = 0
    for name in DEMONSTRATION:
        with as_file(files("ui.console") / "rehearsals" / name) as file:
            request = Request(program, (file,), out, speed, window=True, surroundings=surroundings)
            worst = max(worst, _play(request))
    return worst


def _surroundings() -> Mapping[str, str]:
    """Return what a process needs to draw the window, and say so where nobody will see it."""
    if has_display(os.environ):
        return {}
    typer.echo("There is no display: the window is drawn unseen.", err=True)
    return DRAWN_UNSEEN


def _play(request: Request) -> int:
    """Play what is asked for, say how it went, and return the exit status."""
    scripts = [read(file)[1] for file in request.files]
    name = " + ".join(file.stem for file in request.files)
    with _progress(name, sum(len(script.acts) for script in scripts)) as advance:
        surprises = play(request, advance)
    for surprise in surprises:
        typer.echo(f"{surprise.file}: {surprise.words}", err=True)
    for file, script in zip(request.files, scripts, strict=True):
        count = len(script.acts)
        others = sum(surprise.file == script.file for surprise in surprises)
        if others:
            ended = f"{others} of {count} acts did not end as expected"
        else:
            ended = f"{count} acts, each ended as expected"
        typer.echo(f"{script.title}: {ended}. Results: {request.out / file.stem}")
    if len(scripts) > 1:
        typer.echo(f"The record of all: {Results(request.out / request.files[0].stem).store}")
    return 1 if surprises else 0


class _Advance:
    """Moves the bar on by an act."""

    def __init__(self, progress: Progress, name: str, acts: int) -> None:
        self._progress = progress
        self._task = progress.add_task(name, total=acts)

    def __call__(self, report: Report) -> None:
        self._progress.update(self._task, advance=1, description=report.outcome.do)


@contextmanager
def _progress(name: str, acts: int) -> Iterator[_Advance]:
    """Show at a terminal how far a rehearsal has got."""
    console = Console(stderr=True)
    columns = (
        TextColumn(name),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        yield _Advance(progress, "", acts)
