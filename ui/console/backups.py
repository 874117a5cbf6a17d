"""`chairside backup` and `chairside restore`: copies of the record, made and taken back."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from monitor.clock import station_zone
from ui.backups import Backup, RestoreOrder
from ui.console.options import PassphraseOption, StoreOption
from ui.console.passphrases import Passphrase
from ui.console.progress import bar
from ui.console.stage import Hooks, Stage
from ui.console.who import keeper_at_the_command_line
from ui.wording.findings import count_words

MISSING_SINCE = (
    "What was written after that is not in it. A computer that has seen later entries says so on"
    " its shield: a clinician notes it and goes on, an administrator explains it."
)
UNSOUND = (
    "The record in it does not agree with itself ({findings}): chairside check names them. No older"
    " backup was removed."
)
RESTORED_UNSOUND = (
    "It did not agree with itself when the backup was made ({findings}): chairside check names"
    " them, and an older backup may be without."
)
NOT_USED = "The clinic's own record is where it was; restore with --use to go on from here."
HELP_THEN = "A file whose first line is the passphrase that held when the backup was made."


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    context: typer.Context,
    store: StoreOption = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="The folder for it; the usual one if not given."),
    ] = None,
    passphrase_file: PassphraseOption = None,
    *,
    from_now_on: Annotated[
        bool, typer.Option("--from-now-on", help="Let the daily backups lie in that folder too.")
    ] = False,
    only_list: Annotated[
        bool, typer.Option("--list", help="Make none; say which there are.")
    ] = False,
) -> None:
    """Make a whole, checked copy of the record; the program may go on working meanwhile.

    The window makes one by itself each day. Backups are kept for 7 days, then one a week for 8
    weeks, then one a month for 24 months. Put them on another disk than the record's.
    """
    if from_now_on and to is None:
        raise typer.BadParameter("--from-now-on needs --to")
    with _opened(context, store, passphrase_file) as stage:
        if from_now_on and to is not None:
            stage.backups.choose(to)
        folder = None if from_now_on else to
        if only_list:
            _list(stage, folder)
            return
        author = keeper_at_the_command_line(stage.world.station)
        with bar("Checking the copy") as told:
            made = stage.backups.make(author, told, folder=folder)
        typer.echo(f"The backup was made and checked: {made.folder}")
        if made.findings:
            typer.echo(UNSOUND.format(findings=count_words(made.findings)), err=True)
        typer.echo(f"It holds {made.entries} entries. Last hash: {made.head.hash}")


def restore(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup's folder.")],
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="Where its record shall lie; no record yet.")
    ],
    passphrase_file: Annotated[Path | None, typer.Option(metavar="FILE", help=HELP_THEN)] = None,
    *,
    use: Annotated[
        bool, typer.Option("--use", help="Find the clinic's record there from now on.")
    ] = False,
) -> None:
    """Take a backup back, to another place than the record's.

    It is held against its own manifest and its chain before anything takes its place; one that
    is cut short, altered or of another record is refused. One of a record that did not agree
    with itself is restored, and that is said. No record is ever overwritten.
    """
    with bar("Checking the record") as told:
        order = RestoreOrder(
            backup=folder,
            to=to,
            passphrase=Passphrase(passphrase_file),
            author=keeper_at_the_command_line,
            progress=told,
            use=use,
        )
        restored = _hooks(context).restore(order)
    typer.echo(
        f"The record was restored to {to}: {restored.entries} entries, as it was on"
        f" {_local(restored.at)}."
    )
    if restored.findings:
        typer.echo(RESTORED_UNSOUND.format(findings=count_words(restored.findings)), err=True)
    typer.echo(MISSING_SINCE)
    typer.echo("The clinic's record is found there from now on." if use else NOT_USED)


def _list(stage: Stage, folder: Path | None) -> None:
    made = stage.backups.made(folder)
    for each in made:
        typer.echo(_line(each))
    where = folder or stage.backups.folder
    typer.echo(f"{len(made)} of this record in {where}" if made else f"None yet in {where}")


def _line(made: Backup) -> str:
    found = f"  ({count_words(made.findings)})" if made.findings else ""
    return f"{_local(made.at)}  {made.entries:>8} entries  {made.folder.name}{found}"


def _local(at: dt.datetime) -> str:
    return f"{at.astimezone(station_zone()):%Y-%m-%d at %H:%M}"


@contextlib.contextmanager
def _opened(
    context: typer.Context, store: Path | None, passphrase_file: Path | None
) -> Iterator[Stage]:
    hooks = _hooks(context)
    folder = store or hooks.clinic_store()
    stage = hooks.open_store(folder, Passphrase(passphrase_file))
    try:
        yield stage
    finally:
        stage.close()


def _hooks(context: typer.Context) -> Hooks:
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    return hooks
