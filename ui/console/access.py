"""`chairside access`: who looked at what, on the terminal, as a table and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from monitor.access_list import AccessList, AccessRow, AskedAccess, Happened
from monitor.access_register import ShowAccess
from monitor.access_words import KINDS, what_words, why
from monitor.clinic import Lists
from monitor.clock import whose_times
from monitor.handed_out import NoteHandedOut
from monitor.looks import NoteLook
from monitor.sealed_file import session_code
from ui.console.days import day_given
from ui.console.options import (
    CsvOption,
    FirstOption,
    LastOption,
    PassphraseOption,
    PdfOption,
    StoreOption,
)
from ui.console.passphrases import Passphrase
from ui.console.problems import ConsoleError, why as why_not
from ui.console.records import Records, session_named
from ui.console.stage import Hooks, Stage
from ui.console.who import at_the_command_line
from ui.files import PRIVATE, write_whole

NEWEST = 20
"""So many rows at most are shown on the terminal; the files have all."""

NOTHING = "Nothing in the list fits all of that; widen the days, or leave an option out."

PersonOption = Annotated[str, typer.Option(metavar="USER", help="One person, by user name.")]
KindOption = Annotated[
    Happened | None, typer.Option(help="One kind; present is logged in or out, and locked.")
]
SessionOption = Annotated[
    str, typer.Option(metavar="SESSION", help='One session, by its short name "S-…".')
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("access")(show)


def show(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    csv: CsvOption = None,
    pdf: PdfOption = None,
    first: FirstOption = "",
    last: LastOption = "",
    person: PersonOption = "",
    kind: KindOption = None,
    session: SessionOption = "",
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Show who looked at what, what left and where to, what was verified or refused.

    That the list was looked at, and that a file of it was written, is put on record. Patients are
    named by their record number alone.
    """
    days = day_given(first, "--from"), day_given(last, "--to")
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    with Records(hooks, store, Passphrase(passphrase_file)).opened() as stage:
        code = session_code(session_named(stage, session)) if session else ""
        asked = AskedAccess(*days, kind, person.strip(), code)
        rows = ShowAccess(stage.world)(asked)
        if not rows:
            _insist_on_known(stage, asked.user)
        listed = AccessList(rows, _in_words(asked), stage.world.zone)
        author = at_the_command_line(stage.world.station)
        NoteLook(stage.world)(author, "access", asked=listed.asked)
        for line in _lines(listed):
            typer.echo(line)
        for path, form in ((csv, "csv"), (pdf, "pdf")):
            if path is not None:
                _write(stage, path, form, listed)


def _insist_on_known(stage: Stage, user: str) -> None:
    """Refuse a person of whom nobody has heard: an empty list would say that they did nothing."""
    known = [account.user for account in Lists(stage.world).accounts()]
    if user and user not in known:
        raise ConsoleError(f"There is no person {user}; there are {', '.join(known)}.")


def _write(stage: Stage, path: Path, form: str, listed: AccessList) -> None:
    papers = stage.papers
    content = papers.access_csv(listed) if form == "csv" else papers.access_pdf(listed)
    author = at_the_command_line(stage.world.station)
    NoteHandedOut(stage.world)(author, f"access {form}", content, str(path.absolute()))
    try:
        write_whole(path, content, PRIVATE)
    except OSError as error:
        raise ConsoleError(f"{path} cannot be written: {why_not(error)}.") from None
    typer.echo(f"Written to {path}.")


def _in_words(asked: AskedAccess) -> str:
    days = f"{asked.first or 'the beginning'} to {asked.last or 'today'}"
    parts = (
        days if asked.first or asked.last else "all days",
        KINDS[asked.kind] if asked.kind else "",
        asked.user,
        asked.session,
    )
    return ", ".join(filter(None, parts))


def _lines(listed: AccessList) -> Iterator[str]:
    rows, shown = listed.rows, listed.rows[:NEWEST]
    if not rows:
        yield NOTHING
    elif len(shown) < len(rows):
        yield f"{len(rows)} rows, the newest {len(shown)}:"
    else:
        yield "1 row:" if len(rows) == 1 else f"{len(rows)} rows:"
    for row in shown:
        yield "  ".join(filter(None, _parts(row, listed.zone)))
    if shown:
        yield whose_times(shown[0].at.astimezone(listed.zone))


def _parts(row: AccessRow, zone: dt.tzinfo) -> Iterable[str]:
    at = row.at.astimezone(zone)
    who = f"{row.by.name}, {row.by.role.value}"
    return f"{at:%Y-%m-%d %H:%M}", who, what_words(row), row.session_code, why(row)
