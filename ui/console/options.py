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
CsvOption = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write it as a table to this file.")
]
PdfOption = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as PDF to this file.")
]
FirstOption = Annotated[
    str, typer.Option("--from", metavar="DATE", help="The first day, such as 2026-03-02.")
]
LastOption = Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, included.")]
