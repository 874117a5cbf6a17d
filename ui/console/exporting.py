"""`chairside export`: a session's report to a file, or everything of some days into a folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from ui.console.days import day_given
from ui.console.options import PassphraseOption, StoreOption
from ui.console.passphrases import Passphrase
from ui.console.problems import ConsoleError
from ui.console.records import Records
from ui.console.stage import Hooks
from ui.console.who import at_the_command_line
from ui.whole_export.driver import CANCELLED, PROCESSES, Order, Step, WholeExport
from ui.whole_export.folder import FolderError
from ui.whole_export.words import outcome_sentence, pace

STOPPED = 1
"""The exit status of an export that was stopped before its end."""

NOT_ALL = 3
"""That of one which is finished but for sessions that cannot be read."""


SessionArgument = Annotated[
    str, typer.Argument(help='Its short name "S-…", or its identity.', show_default=False)
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="PATH", help="The PDF to write; with --all, the folder.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Everything of some days, into a folder.")]
FirstOption = Annotated[
    str, typer.Option("--from", metavar="DATE", help="The first day, such as 2026-03-02.")
]
LastOption = Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, included.")]
ProcessesOption = Annotated[
    int | None,
    typer.Option(
        min=1, max=64, metavar="N", help=f"How many processes work at it; {PROCESSES} otherwise."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("export")(export)


def export(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    out: OutOption,
    session: SessionArgument = "",
    *,
    everything: AllOption = False,
    first: FirstOption = "",
    last: LastOption = "",
    processes: ProcessesOption = None,
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Write a session's report to a file, or with --all everything of some days into a folder.

    That it was handed out is put on record. With --all: sealed reports, records, tables, ledger,
    proofs and a list of hashes. Ctrl-C stops it; what is whole stays, and the same command goes on
    from there, also after a power cut. Exit status of --all: 0 finished, 1 stopped, 2 refused,
    3 finished without the sessions that it names, which cannot be read.
    """
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    records = Records(hooks, store, Passphrase(passphrase_file))
    if not everything:
        _insist_on_one(session, whole=bool(first or last or processes))
        typer.echo(records.export(session, out))
        return
    if session:
        raise ConsoleError("With --all no session is named; leave it out, or leave --all out.")
    days = _day(first, "--from"), _day(last, "--to")
    raise typer.Exit(_export_all(records, days, out, processes or PROCESSES))


def _insist_on_one(session: str, *, whole: bool) -> None:
    if whole:
        raise ConsoleError("--from, --to and --processes go with --all; add it, or leave them out.")
    if not session:
        raise ConsoleError("Name a session, such as S-1A2B3C4D, or export everything with --all.")


def _day(typed: str, option: str) -> dt.date:
    day = day_given(typed, option)
    if day is None:
        raise ConsoleError(f"--all needs {option}; give a day, such as 2026-03-02.")
    return day


def _export_all(records: Records, days: tuple[dt.date, dt.date], out: Path, processes: int) -> int:
    with records.opened() as stage, _stoppable() as stop, _shown() as shown:
        author = at_the_command_line(stage.world.station)
        order = Order(author=author, first=days[0], last=days[1], to=out, processes=processes)
        try:
            outcome = WholeExport(stage, order, shown, stop.is_set).run()
        except FolderError as problem:
            raise ConsoleError(str(problem)) from None
    typer.echo(outcome_sentence(outcome, out))
    for each in outcome.missed:
        typer.echo(f"not exported: {each}", err=True)
    if outcome.missed and outcome.how != CANCELLED:
        return NOT_ALL
    return STOPPED if outcome.how == CANCELLED else 0


@contextlib.contextmanager
def _stoppable() -> Iterator[Event]:
    """Give what Ctrl-C sets, so that nothing is cut short in the midst of a file."""
    stop = Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class _Bar:
    progress: Progress
    task: TaskID
    shown: bool = False

    def __call__(self, step: Step) -> None:
        if self.progress.console.is_terminal and not self.shown:
            self.progress.start()
            self.shown = True
        said = pace(step)
        self.progress.update(self.task, completed=step.done, total=step.of, pace=said)


@contextlib.contextmanager
def _shown() -> Iterator[Callable[[Step], None]]:
    """Show a bar with sessions, pace and time left; elsewhere than at a terminal, nothing."""
    said = TextColumn("{task.fields[pace]}")
    columns = (TextColumn("Exporting"), BarColumn(), MofNCompleteColumn(), said)
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    bar = _Bar(progress, progress.add_task("", total=None, pace=""))
    try:
        yield bar
    finally:
        if bar.shown:
            progress.stop()
