"""`chairside rebuild`: draws a report again from its session's record alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.console.problems import ConsoleError, why
from ui.console.stage import Hooks
from ui.files import PRIVATE, write_whole

SAME, OTHER = 0, 1
"""Exit statuses: what was rebuilt is, and is not, what the file was before its signature."""

RecordArgument = Annotated[
    Path, typer.Argument(metavar="RECORD", help="A session's record.json.", show_default=False)
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Where the report goes, as PDF.")
]
AgainstOption = Annotated[
    Path | None, typer.Option("--against", metavar="FILE", help="A report to hold it against.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("rebuild")(rebuild)


def rebuild(
    context: typer.Context,
    record: RecordArgument,
    *,
    out: OutOption = None,
    against: AgainstOption = None,
) -> None:
    """Draw a session's report again from its record alone; no store is asked.

    With --against: exit status 0 if that file was the very same bytes before its signature, 1 if
    it was not. This proves that the pages say what the record says; that the record itself is
    genuine is for `verify`.
    """
    if out is None and against is None:
        raise ConsoleError("Say with --out where the report goes, or --against which file it is.")
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    made = hooks.rebuild(_read(record))
    if out is not None:
        _write(out, made)
    if against is not None:
        raise typer.Exit(_held_against(made, _read(against), against))


def _held_against(made: bytes, file: bytes, name: Path) -> int:
    if file.startswith(made):
        typer.echo(
            f"{name} was these very bytes before its signature: its pages are those of this record."
        )
        return SAME
    typer.echo(
        f"{name} differs from what this record gives: it is of another session, of another "
        "version, or was made by another version of the program."
    )
    return OTHER


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConsoleError(f"{path} cannot be read: {why(error)}.") from None


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content, PRIVATE)
    except OSError as error:
        raise ConsoleError(f"{path} cannot be written: {why(error)}.") from None
    typer.echo(f"Written to {path}; it names the patient: keep it where the record's papers are.")
