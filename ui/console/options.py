"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Where the record lies; the clinic's own if not given."
    ),
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A file whose first line is the record's passphrase."),
]
