"""`chairside check`: the record held against itself, and against what is remembered of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.ledger import Break, Finding, Head, Remembered, Where, told
from ui.console.options import PassphraseOption, StoreOption
from ui.console.passphrases import Passphrase
from ui.console.problems import ConsoleError, why
from ui.console.progress import bar
from ui.console.records import Records
from ui.console.stage import CheckedWhole, Hooks
from ui.wording.findings import ADVICE, bound_words, finding_words, unsealed_words

BACKUP = "backup.json"
"""What the manifest of a backup is called; all else is the proof of an exported file."""

AgainstOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--against",
        metavar="FILE",
        help="The proof of an exported file, or a backup's backup.json; may be given repeatedly.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check")(check)


def check(
    context: typer.Context,
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
    against: AgainstOption = None,
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Say how many rows of each table were compared.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object.")] = False,
) -> None:
    """Hold the whole record against itself, and against what is remembered of it outside.

    Every entry is held against the one before it, the tables against the entries that they
    follow from, the last entry against what this computer, the backups and the named files
    remember. Exit status: 0 where it is intact, 1 where it is not, 2 where it cannot be opened.
    """
    heads = [head_in(file) for file in against or ()]
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    records = Records(hooks, store, Passphrase(passphrase_file))
    with bar("Checking") as told:
        seen, zone = records.check(told, heads)
    if as_json:
        typer.echo(json.dumps(block(seen, zone), ensure_ascii=False, indent=2))
    else:
        for finding in seen.findings:
            typer.echo(finding_words(finding, zone), err=True)
        for line in summary(seen, zone, rebuild=rebuild):
            typer.echo(line)
    raise typer.Exit(1 if seen.findings else 0)


def summary(seen: CheckedWhole, zone: dt.tzinfo, *, rebuild: bool) -> Sequence[str]:
    """Return what is said of a check after its findings, a line each.

    Args:
        seen: What it saw.
        zone: The clinic's time zone.
        rebuild: Say how many rows of each table were compared, too.
    """
    count = len(seen.findings)
    state = f"does not agree with itself ({count} finding{'s' if count > 1 else ''})"
    rows = ", ".join(f"{table} {count}" for table, count in seen.compared)
    tables = f"Every table equals the one made anew from the entries, row by row: {rows}."
    if any(each.code is Break.PROJECTION for each in seen.findings):
        tables = f"The tables were compared with those made anew from the entries: {rows}."
    lines = (
        f"The record {state if count else 'is intact'}: {seen.entries} entries.",
        ADVICE if count else "",
        (tables if rows else "The tables could not be compared.") if rebuild else "",
        f"Last hash: {seen.head.hash}",
        f"Checkpoints: {seen.checkpoints}",
        unsealed_words(seen.unsealed),
        bound_words(seen.bound, seen.head, zone),
    )
    return [line for line in lines if line]


def block(seen: CheckedWhole, zone: dt.tzinfo) -> dict[str, Any]:
    """Return a check as plain values."""
    bound = seen.bound
    return {
        "sound": not seen.findings,
        "entries": seen.entries,
        "head": _head(seen.head),
        "checkpoints": seen.checkpoints,
        "unsealed": seen.unsealed,
        "compared": dict(seen.compared),
        "findings": [_finding(finding, zone) for finding in seen.findings],
        "bound": None
        if bound is None
        else {"head": _head(bound.head), "where": bound.where.value, "at": bound.at.isoformat()},
        "bound_sentence": bound_words(bound, seen.head, zone),
    }


def head_in(file: Path) -> Remembered:
    """Return the head that a file remembers.

    Args:
        file: The proof of an exported file, or a backup's manifest.

    Raises:
        ConsoleError: If it cannot be read, or remembers none.
    """
    try:
        where = Where.BACKUP if file.name == BACKUP else Where.SIDECAR
        return _said(json.loads(file.read_bytes()), where)
    except OSError as error:
        raise ConsoleError(f"{file} cannot be read: {why(error)}.") from None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise ConsoleError(
            f"{file} remembers no last entry of a record; name the proof of an exported file "
            f"(….proof.json), or the {BACKUP} of a backup."
        ) from None


def _said(said: Any, where: Where) -> Remembered:  # noqa: ANN401 - whatever JSON can hold
    """Return the head that is remembered.

    Raises:
        ValueError: If it is none; and whatever else a wrong form leads to.
    """
    at, head = dt.datetime.fromisoformat(said["at"]), said["head"]
    at = at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
    return told(head["seq"], head["hash"], at, where)


def _head(head: Head) -> dict[str, object]:
    return {"seq": head.seq, "hash": head.hash}


def _finding(finding: Finding, zone: dt.tzinfo) -> dict[str, object]:
    return {
        "kind": finding.code.value,
        "entry": finding.seq or None,
        "last": finding.last or None,
        "about": finding.about,
        "count": finding.count,
        "sentence": finding_words(finding, zone),
    }
