"""`chairside fhir`: one session as an HL7 FHIR R4 bundle, to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.fhir_export import ExportFhir
from monitor.sealed_file import session_code
from ui.console.options import PassphraseOption, StoreOption
from ui.console.passphrases import Passphrase
from ui.console.problems import ConsoleError, why
from ui.console.records import Records, session_named
from ui.console.stage import Hooks
from ui.console.who import at_the_command_line
from ui.files import PRIVATE, write_whole


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("fhir")(fhir)


def fhir(
    context: typer.Context,
    session: Annotated[str, typer.Argument(help='Its short name "S-…", or its identity.')],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The JSON file to write.")],
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Write a session as FHIR R4 bundle to a file; that it was handed out is put on record."""
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise ConsoleError(f"{out} cannot be written; give a file in a folder that is there.")
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    records = Records(hooks, store, Passphrase(passphrase_file))
    with records.opened() as stage:
        session_id = session_named(stage, session)
        author = at_the_command_line(stage.world.station)
        content = ExportFhir(stage.world, stage.papers)(session_id, author, str(out.absolute()))
    try:
        write_whole(out, content, PRIVATE)
    except OSError as error:
        raise ConsoleError(f"{out} cannot be written: {why(error)}.") from None
    typer.echo(f"{session_code(session_id)} was written to {out} as FHIR R4 bundle.")
