"""`chairside keys`: the ways to open the record, seen and changed.

Nobody logs in at the command line: who has a secret that opens the record may change how it
opens, as an administrator may in the window. That it was done here stands in the entry.
"""

from __future__ import annotations

import contextlib
import enum
import errno
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from monitor.errors import MonitorError
from monitor.key_changes import ChangeKeys
from monitor.key_slots import KeySlot, RecoveryKey, SlotKind, needs_recovery_key
from monitor.people import Author
from ui.console.options import PassphraseOption, StoreOption
from ui.console.passphrases import NewPassphrase, Passphrase
from ui.console.problems import ConsoleError, why
from ui.console.stage import Hooks, Stage
from ui.console.who import keeper_at_the_command_line
from ui.files import PRIVATE, write_whole
from ui.wording import sentence

IN_A_ROW = 5

NO_SHEET = "There is no recovery key on paper: make one with chairside keys recovery."
KEEP_IT = "Keep it on paper, locked up, away from this computer; it is not shown again."
NOT_SEEN = (
    "Nobody typed the last group of the recovery key: if its sheet is not at hand, make another one"
    " with chairside keys recovery, and type its last group when it is asked for."
)
NOT_PROVEN = "Nobody typed its last group, so that an older sheet that was proven holds as well."
NOT_PROVEN_ALONE = "Nobody typed its last group; make sure that it is on paper."
WRITE_IT_DOWN = (
    "This is the recovery key that holds from now on. WRITE IT DOWN NOW: it stands nowhere else"
    " and is not shown again."
)
ASK_LAST = "Its last group, as it stands on paper (Enter: not now)"
OLD_BACKUPS = (
    "Backups and copies made before still open with the old passphrase and sheet:"
    " destroy them once there are newer backups."
)
PROVEN = "The sheet is at hand. Recovery keys made before it open nothing any more."

NewPassphraseOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A file whose first line is the new passphrase."),
]
SheetOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="Write the sheet as a PDF to be printed, and show no key."
    ),
]

keys = typer.Typer(
    help="See and change the ways to open the record.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Switch(enum.StrEnum):
    """Whether the keyring opens the record."""

    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    """Add the group to the program."""
    app.add_typer(keys, name="keys")


@dataclass(slots=True)
class _Once:
    """Asks for the passphrase at most once."""

    ask: Passphrase
    _said: str | None = field(default=None, repr=False)

    def __call__(self) -> str:
        """Return what was said."""
        if self._said is None:
            self._said = self.ask()
        return self._said


@dataclass(frozen=True, slots=True)
class _Open:
    """A record that was opened in order to change its keys."""

    stage: Stage
    secret: _Once

    @property
    def change(self) -> ChangeKeys:
        return ChangeKeys(self.stage.world, self.stage.locksmith)

    @property
    def author(self) -> Author:
        return keeper_at_the_command_line(self.stage.world.station)


@keys.command("list")
def list_slots(
    context: typer.Context, store: StoreOption = None, passphrase_file: PassphraseOption = None
) -> None:
    """Say which ways there are to open the record."""
    with _opened(context, store, passphrase_file) as record:
        zone = record.stage.world.zone
        slots = record.stage.locksmith.slots()
        for slot in slots:
            day = f"since {slot.made.astimezone(zone):%Y-%m-%d}" if slot.made else "from the first"
            typer.echo(f"{_name(slot)}, {day}")
        if needs_recovery_key(slots):
            made = any(slot.kind is SlotKind.RECOVERY for slot in slots)
            typer.echo(NOT_SEEN if made else NO_SHEET)


@keys.command()
def passphrase(
    context: typer.Context,
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
    new_passphrase_file: NewPassphraseOption = None,
) -> None:
    """Let a new passphrase open the record, and the old one no more."""
    with _opened(context, store, passphrase_file) as record:
        new = NewPassphrase(new_passphrase_file)()
        record.change.passphrase(record.author, record.secret(), new)
    typer.echo("The new passphrase opens the record from now on; the old one does not.")


@keys.command()
def recovery(
    context: typer.Context,
    store: StoreOption = None,
    out: SheetOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Make a recovery key, to be kept on paper.

    At a terminal its last group is asked for, to show that it was written down or printed;
    recovery keys made before it stop then.
    """
    with _opened(context, store, passphrase_file) as record:
        _insist_on_place(out)
        key = record.change.recovery_key(record.author)
        _hand_out(record, key, out, NOT_PROVEN)


@keys.command()
def keyring(
    context: typer.Context,
    switch: Annotated[Switch, typer.Argument(help="on or off")],
    store: StoreOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Let this computer's own keyring open the record, or none any more."""
    with _opened(context, store, passphrase_file) as record:
        record.change.keyring(record.author, on=switch is Switch.ON)
    if switch is Switch.ON:
        typer.echo("On this computer the record opens by itself from now on.")
    else:
        typer.echo("No keyring opens the record any more.")


@keys.command()
def replace(
    context: typer.Context,
    store: StoreOption = None,
    out: SheetOption = None,
    passphrase_file: PassphraseOption = None,
    new_passphrase_file: NewPassphraseOption = None,
) -> None:
    """Give the record new keys, after the old ones may have come into other hands.

    The record is encrypted anew, with a new passphrase and a new recovery key. Nobody else may
    have it open. Backups and copies that were made before still open with the old secrets; the
    copy that an update left beside the record is removed.
    """
    with _opened(context, store, passphrase_file) as record:
        _insist_on_place(out)
        new = NewPassphrase(new_passphrase_file)()
        made = record.change.replace(record.author, record.secret(), new)
        typer.echo("The record has new keys. The old recovery key opens nothing any more.")
        for slot in made.dropped:
            typer.echo(f"{_name(slot)} opens it no more; switch it on there again.")
        typer.echo(OLD_BACKUPS)
        _hand_out(record, made.recovery, out, NOT_PROVEN_ALONE)


def _insist_on_place(out: Path | None) -> None:
    """Refuse a file that cannot be written, while nothing is changed yet."""
    if out is None:
        return
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        with tempfile.TemporaryFile(dir=out.absolute().parent):
            pass
    except OSError as error:
        raise ConsoleError(f"{out} cannot be written: {why(error)}; no key was changed.") from None


def _hand_out(record: _Open, key: RecoveryKey, out: Path | None, unproven: str) -> None:
    """Show the key, or write its sheet; ask for its last group where somebody sits.

    Args:
        record: Whose key.
        key: The one that was made.
        out: Where its sheet goes; None shows it.
        unproven: What is said where nobody types the last group.
    """
    if out is None:
        for place in range(0, len(key.groups), IN_A_ROW):
            typer.echo("  " + "  ".join(key.groups[place : place + IN_A_ROW]))
    else:
        try:
            write_whole(out, record.stage.papers.recovery_sheet(key), PRIVATE)
        except OSError as error:
            typer.echo("  " + "  ".join(key.groups))  # it opens the record: it must not be lost
            typer.echo(WRITE_IT_DOWN)
            raise ConsoleError(f"{out} cannot be written: {why(error)}.") from None
        typer.echo(f"The sheet was written to {out}: print it, then delete the file.")
    typer.echo(f"This is the recovery key of the record {key.store}. {KEEP_IT}")
    if not sys.stdin.isatty():
        typer.echo(unproven)
        return
    while typed := typer.prompt(ASK_LAST, default="", show_default=False).strip():
        try:
            record.change.prove(record.author, key, typed)
        except MonitorError as error:
            typer.echo(sentence(error), err=True)
            continue
        typer.echo(PROVEN)
        return
    typer.echo(unproven)


def _name(slot: KeySlot) -> str:
    match slot.kind:
        case SlotKind.PASSPHRASE:
            return "Passphrase"
        case SlotKind.RECOVERY:
            return "Recovery key" if slot.proven else "Recovery key, not yet seen to be on paper"
        case SlotKind.KEYRING:
            return f"Keyring of {slot.computer or 'a computer'}"
        case SlotKind.PRACTICE:
            return "Practice: it opens for everyone"


@contextlib.contextmanager
def _opened(
    context: typer.Context, store: Path | None, passphrase_file: Path | None
) -> Iterator[_Open]:
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    secret = _Once(Passphrase(passphrase_file))
    stage = hooks.open_store(store or hooks.clinic_store(), secret)
    try:
        yield _Open(stage, secret)
    finally:
        stage.close()
