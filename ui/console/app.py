"""The command line: `chairside` and its sub-commands. It never reaches Qt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from monitor.errors import Code, MonitorError
from monitor.rehearsal.script import ScriptError
from ui.console import (
    access,
    authority,
    backups,
    checking,
    dose,
    exporting,
    fhir,
    keys,
    part,
    playing,
    rebuilding,
    register,
    rehearsing,
    verifying,
)
from ui.console.problems import CANNOT_TELL, ConsoleError
from ui.console.stage import Hooks
from ui.wording import sentence

NAME = "chairside"

app = typer.Typer(
    name=NAME,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results go.")]


def run(hooks: Hooks, arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for, and return the exit status."""
    command = typer.main.get_command(app)
    try:
        command(args=arguments, prog_name=NAME, obj=hooks)
    except SystemExit as ended:
        return _status(ended.code)
    except ConsoleError as problem:
        return _complain(str(problem), problem.status)
    except ScriptError as error:
        return _complain(error.sentence)
    except MonitorError as error:
        return _complain(sentence(error))
    return 0


def _status(code: object) -> int:
    if code is None:
        return 0
    return code if isinstance(code, int) else 1


def _complain(words: str, status: int = CANNOT_TELL) -> int:
    typer.echo(words, err=True)
    return status


def _say_version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - the library's
    if asked:
        version(context)
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", help="Say which version this is.", callback=_say_version)
]


@app.callback(invoke_without_command=True)
def window(context: typer.Context, *, _version: VersionOption = False) -> None:
    """Record ketamine and esketamine treatment sessions beside the chair.

    Without a sub-command the program opens its window.
    """
    if context.invoked_subcommand is not None:
        return
    if not playing.has_display(os.environ):
        raise ConsoleError(sentence(MonitorError(Code.NO_DISPLAY)))
    raise typer.Exit(_hooks(context).open_window())


@app.command()
def rehearse(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="The rehearsals.")],
    out: OutOption,
    *,
    window: Annotated[bool, typer.Option("--window", help="Play it in the real window.")] = False,
    speed: Annotated[
        float | None, typer.Option(metavar="N", min=0.01, help="Times real time.")
    ] = None,
) -> None:
    """Play a rehearsal: what people did and when, from a text file.

    Several files are played together: one clinic, one record, one clock. The results go to
    DIR/<name of the file>, the record to that of the first. Exit status: 0 when each act
    ended as its file expects, 1 when one did not, 2 for a file that cannot be read, or that
    does not go with the others.
    """
    pace = None if speed is None else Decimal(str(speed))
    program = _hooks(context).program
    raise typer.Exit(playing.rehearse(program, files, out, window=window, speed=pace))


@app.command()
def demo(context: typer.Context, out: OutOption = Path("demo")) -> None:
    """Play the two rehearsals that come with the program, in the real window.

    Without a display the window is drawn unseen; its pictures are among the results.
    """
    raise typer.Exit(playing.demonstrate(_hooks(context).program, out))


dose.register(app)
backups.register(app)
keys.register(app)
authority.register(app)
register.register(app)
access.register(app)
rebuilding.register(app)


verifying.register(app)


exporting.register(app)
fhir.register(app)
checking.register(app)


@app.command()
def version(context: typer.Context) -> None:
    """Say which version this is."""
    typer.echo(f"{NAME} {_hooks(context).version}")


@app.command(rehearsing.PLAY_PART, hidden=True)
def play_part(context: typer.Context) -> None:
    """Play a rehearsal for the process that started this one."""
    raise typer.Exit(part.play_part(_hooks(context)))


def _hooks(context: typer.Context) -> Hooks:
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    return hooks
