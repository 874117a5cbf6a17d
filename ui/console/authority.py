"""`chairside authority`: hands out the certificate of the clinic's signing authority."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.certifying import Certificates
from monitor.errors import Code, RefusedError
from ui.console.handed_out import hand_out
from ui.console.options import PassphraseOption, StoreOption
from ui.console.passphrases import Passphrase
from ui.console.stage import Hooks
from ui.presenters.certificate_faces import grouped

OutOption = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="The file to write, such as authority.pem.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("authority")(authority)


def authority(
    context: typer.Context,
    out: OutOption,
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Write the certificate of the clinic's signing authority to a file.

    It is public: whoever verifies reports without the record needs it, and compares its
    fingerprint, which is printed here and on every report, with the clinic.
    """
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    stage = hooks.open_store(store or hooks.clinic_store(), Passphrase(passphrase_file))
    try:
        found = Certificates(stage.world).authority()
        zone = stage.world.zone
    finally:
        stage.close()
    if found is None:
        raise RefusedError(Code.NO_AUTHORITY)
    hand_out(out, found.certificate.encode("ascii"))
    since = f"{found.founded_at.astimezone(zone):%Y-%m-%d}"
    typer.echo(f"The certificate of the signing authority, made on {since}, was written to {out}.")
    typer.echo("Its fingerprint, to be compared with the clinic by another way than the file:")
    groups = grouped(found.fingerprint)
    for place in range(0, len(groups), len(groups) // 2):
        typer.echo("  " + " ".join(groups[place : place + len(groups) // 2]))
