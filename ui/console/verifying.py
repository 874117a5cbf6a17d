"""`chairside verify` and `chairside verifier`: is this file genuine, here and elsewhere?"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from monitor.certificates import CERTIFICATES, authority
from monitor.clock import SystemClock
from monitor.errors import MonitorError
from monitor.judging import doubted, without_store
from monitor.ledger import Finding
from monitor.sealed_file import CertificateFacts
from monitor.verdict import Standing, Verdict
from monitor.verifying import NoteVerified, VerifyReport
from ui.brought_files import Brought, UnreadError, brought, list_beside
from ui.console.alone import NAME, speak_utf8
from ui.console.handed_out import hand_out
from ui.console.options import PassphraseOption
from ui.console.passphrases import Passphrase
from ui.console.problems import ConsoleError
from ui.console.stage import Hooks, Stage
from ui.console.trusted import ReadCertificate, held_against, trusted_certificate
from ui.console.who import at_the_command_line
from ui.wording import sentence
from ui.wording.verdicts import (
    doubtful_sentence,
    reason_lines,
    verdict_json,
    verdict_sentence,
    worst,
)

BESIDE = "store"
"""The folder beside a file in which its record may lie."""

RUNNABLE = 0o777
"""The mode of the verifier: whoever may read it may run it."""

MORE = " To know more, name the record with --store, or the clinic's certificate with --ca."

FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE", help="Reports, as PDF.")]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Where the record lies; if not given, a folder “store” beside the file, else the "
        "clinic's own.",
    ),
]
CertificateOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--ca",
        metavar="FILE",
        help="The clinic's certificate (authority.pem). Without --store no record is asked then.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print a list of objects.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where it goes.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("verify")(verify)
    app.command("verifier")(verifier)


def verify(
    context: typer.Context,
    files: FilesArgument,
    *,
    store: StoreOption = None,
    ca: CertificateOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell whether reports are genuine and unchanged, and why.

    They are held against a record where there is one, else against the clinic's certificate
    where it is named; with neither, only what is broken can be told. Exit status: 0 genuine,
    1 not, 2 cannot tell; for several files the worst, 1 before 2.
    """
    speak_utf8()
    answers, hooks = list[Answer](), _hooks(context)
    known = _known(store, ca, hooks.read_certificate)
    with contextlib.closing(Desk(hooks, known, passphrase_file)) as desk:
        for file in files:
            answers.append(desk.answer(file))
            if not as_json:
                typer.echo(answers[-1].in_words(named=len(files) > 1))
    if as_json:
        blocks = [each.block for each in answers]
        typer.echo(json.dumps(blocks, ensure_ascii=False, indent=2))
    raise typer.Exit(worst([each.status for each in answers]))


def verifier(context: typer.Context, out: OutOption = Path(NAME)) -> None:
    """Write the lone verifier: one file that verifies reports where only Python is installed."""
    content = _hooks(context).lone_verifier()
    if out.is_dir():
        raise ConsoleError(f"{out} is a folder; name a file in it, such as {out / NAME}.")
    hand_out(out, content, RUNNABLE)
    typer.echo(f"Written to {out}; it needs Python 3.11 or newer, and nothing else.")
    typer.echo(f"Run it:  python3 {out.name} --ca authority.pem FILE…")
    typer.echo("The certificate is written by:  chairside authority --out authority.pem")
    typer.echo(f"SHA-256: {hashlib.sha256(content).hexdigest()}")


def _hooks(context: typer.Context) -> Hooks:
    hooks = context.find_object(Hooks)
    assert hooks is not None  # noqa: S101 - `run` hands them over
    return hooks


@dataclass(frozen=True, slots=True)
class Known:
    """What the auditor named beside the files.

    Attributes:
        store: Where the record lies, if that was said.
        certificates: The clinic's, that were named.
    """

    store: Path | None = None
    certificates: tuple[CertificateFacts, ...] = ()

    @property
    def trusted(self) -> tuple[str, ...]:
        """Return the fingerprints of the certificates."""
        return tuple(each.fingerprint for each in self.certificates)


def _known(store: Path | None, certificates: Sequence[Path] | None, read: ReadCertificate) -> Known:
    try:
        found = (trusted_certificate(each, read) for each in certificates or ())
        return Known(store, tuple(found))
    except UnreadError as problem:
        raise ConsoleError(str(problem), problem.status) from None


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said of one file.

    Attributes:
        sentence: In one sentence.
        lines: Why, one thing a line.
        block: The same for a program.
    """

    file: Path
    sentence: str
    lines: tuple[str, ...]
    block: dict[str, object]

    @property
    def status(self) -> int:
        """Return the exit status that this file alone would lead to."""
        return int(str(self.block["status"]))

    def in_words(self, *, named: bool) -> str:
        """Return it as it is printed.

        Args:
            named: Whether the file's name stands before it: there are others.
        """
        head = f"{self.file}: {self.sentence}" if named else self.sentence
        return "\n".join((head, *(f"  {line}" for line in self.lines)))


@dataclass(frozen=True, slots=True)
class AtHand:
    """A record that files are held against.

    Attributes:
        stage: The record, opened; None where that failed.
        findings: What has happened to it.
        trouble: Why it cannot be asked; empty where it can.
    """

    stage: Stage | None = None
    findings: Sequence[Finding] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one file came to.

    Attributes:
        record: Where the record lies that it was held against; None where none was.
    """

    verdict: Verdict
    sentence: str
    record: Path | None = None


@dataclass(slots=True)
class Desk:
    """Answers for files; a record is opened, and looked through, once for all of them."""

    hooks: Hooks
    known: Known
    passphrase_file: Path | None = None
    _records: dict[Path, AtHand] = field(default_factory=dict)

    def answer(self, file: Path) -> Answer:
        """Return what can be said of a file, also where nothing can."""
        try:
            found = self._found(brought(file, self.hooks.read), file)
        except UnreadError as problem:
            said = {"file": str(file), "standing": Standing.CANNOT_TELL.value}
            told = said | {"status": problem.status, "sentence": str(problem)}
            return Answer(file, str(problem), (), told)
        block = verdict_json(found.verdict, str(file), found.sentence)
        block["record"] = None if found.record is None else str(found.record)
        lines = (self._asked(found), *(each.line for each in reason_lines(found.verdict)))
        return Answer(file, found.sentence, lines, block)

    def close(self) -> None:
        """Give the records back."""
        for each in self._records.values():
            if each.stage is not None:
                each.stage.close()

    def _found(self, seen: Brought, file: Path) -> Found:
        alone = without_store(seen.facts, self.known.trusted, SystemClock().now())
        folder = self._folder_for(file)
        if folder is None or alone.standing is Standing.NOT_A_PDF:
            told = alone.standing is not Standing.CANNOT_TELL or self.known.trusted
            return Found(alone, verdict_sentence(alone) + ("" if told else MORE))
        at_hand = self._at_hand(folder)
        if at_hand.stage is None:
            return _without_the_record(alone, folder, at_hand.trouble)
        try:
            listed = list_beside(file, seen.facts.sha256)
            verify = VerifyReport(at_hand.stage.world)
            verdict = verify.of(seen.facts, seen.content, listed=listed)
        except MonitorError as error:
            return _without_the_record(alone, folder, sentence(error))
        return self._believed(verdict, alone, folder, at_hand)

    def _believed(self, verdict: Verdict, alone: Verdict, folder: Path, at_hand: AtHand) -> Found:
        """Return what a record says of a file, as far as it is worth anything."""
        why = self._whose(folder, at_hand)
        if at_hand.findings or why:
            answered = doubted(verdict, alone, why)
            if answered is alone:
                return Found(alone, verdict_sentence(alone))
            if at_hand.findings:
                said = doubtful_sentence(verdict, folder, at_hand.findings)
            else:
                said = verdict_sentence(answered, folder)
            return Found(answered, said, folder)
        said = verdict_sentence(verdict, folder) + self._noted(folder, verdict)
        return Found(verdict, said, folder)

    def _whose(self, folder: Path, at_hand: AtHand) -> str:
        """Return why a record is not known to be the clinic's; empty where nothing is wrong.

        One that nobody named may come from whoever made the file: it is believed if it is for
        practice, which is said, or if its authority is that of the clinic's own record.
        """
        own = _authority(at_hand)
        if self.known.trusted:
            return "" if own in self.known.trusted else "certificate"
        stage = at_hand.stage
        named = self.known.store is not None or _is_same(folder, self.hooks.clinic_store())
        if named or stage is None or stage.world.practice:
            return ""
        return "" if own and own == self._clinics_authority() else "beside"

    def _clinics_authority(self) -> str:
        folder = self.hooks.clinic_store()
        return _authority(self._at_hand(folder)) if _is_folder(folder) else ""

    def _at_hand(self, folder: Path) -> AtHand:
        if folder not in self._records:
            self._records[folder] = self._opened(folder)
        return self._records[folder]

    def _opened(self, folder: Path) -> AtHand:
        try:
            stage = self.hooks.open_store(folder, Passphrase(self.passphrase_file))
        except MonitorError as error:
            return AtHand(trouble=sentence(error))
        except ConsoleError as problem:
            return AtHand(trouble=str(problem))
        try:
            return AtHand(stage, stage.check(lambda _done, _of: None).findings)
        except MonitorError as error:
            stage.close()
            return AtHand(trouble=sentence(error))

    def _folder_for(self, file: Path) -> Path | None:
        """Return where the record lies that a file is held against; None for none.

        Whoever names the clinic's certificate, and no record, wants to hear what that alone
        tells: a folder beside the file may come from whoever made the file.
        """
        if self.known.store is not None or self.known.trusted:
            return self.known.store
        beside = file.absolute().parent / BESIDE
        clinics = self.hooks.clinic_store()
        return next((folder for folder in (beside, clinics) if _is_folder(folder)), None)

    def _asked(self, found: Found) -> str:
        """Say what the file was held against."""
        if found.record is not None:
            return f"i Held against the record at {found.record}."
        return held_against(self.known.certificates)

    def _noted(self, folder: Path, verdict: Verdict) -> str:
        """Put on the clinic's own record that it was asked; copies and others stay as they are."""
        stage = self._records[folder].stage
        if stage is None or not _is_same(folder, self.hooks.clinic_store()):
            return ""
        try:
            NoteVerified(stage.world)(verdict, at_the_command_line(stage.world.station))
        except MonitorError as error:
            return f" (The record did not take a note of the question: {sentence(error)})"
        return ""


def _is_folder(path: Path) -> bool:
    """Tell whether there is a folder; one that may not be looked into is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_same(folder: Path, other: Path) -> bool:
    return folder.absolute() == other.absolute()


def _authority(at_hand: AtHand) -> str:
    """Return the fingerprint of a record's authority; empty where nobody can tell."""
    if at_hand.stage is None:
        return ""
    try:
        with at_hand.stage.world.looking() as tx:
            founded = authority(tx.stream(CERTIFICATES))
    except MonitorError:
        return ""
    return founded.fingerprint if founded else ""


def _without_the_record(verdict: Verdict, folder: Path, trouble: str) -> Found:
    said = f"{verdict_sentence(verdict)} The record at {folder} could not be asked. {trouble}"
    return Found(verdict, said)
