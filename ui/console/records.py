"""The sub-commands that look into a record: `verify`, `export`, `check`."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from monitor.clinic import Lists
from monitor.desk import ExportReport
from monitor.ledger import Finding, Remembered
from monitor.session import session_code
from monitor.verifying import Standing, Verdict, VerifyReport, without_store
from ui.console.problems import ConsoleError, why
from ui.console.stage import CheckedWhole, Hooks, Stage
from ui.console.verdicts import doubtful_sentence, verdict_sentence
from ui.console.who import at_the_command_line
from ui.files import proof_beside, write_whole
from ui.record import Progress

BESIDE = "store"
"""The folder beside a file in which its record may lie."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What can be said of one file."""

    file: Path
    verdict: Verdict
    sentence: str

    @property
    def block(self) -> dict[str, object]:
        """Return it as plain values."""
        verdict = self.verdict
        signers = [
            {"name": name, "role": role, "meaning": meaning, "at": at.isoformat()}
            for name, role, meaning, at in verdict.signers
        ]
        return {
            "file": str(self.file),
            "standing": verdict.standing.value,
            "status": verdict.exit_status,
            "sentence": self.sentence,
            "sha256": verdict.sha256,
            "session": verdict.session_code or None,
            "version": verdict.version,
            "newest_version": verdict.newest_version,
            "signed": signers,
        }


@dataclass(frozen=True, slots=True)
class Records:
    """Opens records for the sub-commands.

    Attributes:
        store: Where the record lies, if that was said.
        passphrase: Asks for its passphrase, where one is needed.
        checked: What was found in the records that files were held against so far.
    """

    hooks: Hooks
    store: Path | None
    passphrase: Callable[[], str]
    checked: dict[Path, Sequence[Finding]] = field(default_factory=dict)

    def verify(self, file: Path) -> Verified:
        """Hold a file against the record that it may come from.

        Raises:
            ConsoleError: If the file cannot be read.
            MonitorError: If the record cannot be opened.
        """
        try:
            content = file.read_bytes()
        except OSError as error:
            raise ConsoleError(f"{file} cannot be read: {why(error)}.") from None
        folder = self._folder_for(file)
        verdict = without_store(content)
        if folder is not None and verdict.exit_status != 1:
            with self._opened(folder) as stage:
                verdict = VerifyReport(stage.world)(content)
                findings = self._doubts(folder, stage)
            if findings:  # what such a record says of a file is worth nothing by itself
                said = doubtful_sentence(verdict, folder, findings)
                return Verified(file, replace(verdict, standing=Standing.CANNOT_TELL), said)
        return Verified(file, verdict, verdict_sentence(verdict, folder))

    def export(self, session: str, out: Path) -> str:
        """Write a session's report to a file, and its proof beside it; return what was done.

        Args:
            session: Its identity, or its short name on paper.
            out: The file; one of that name is replaced.
        """
        with self._opened(self._folder()) as stage:
            session_id = _session_id(stage, session)
            content = ExportReport(stage.world)(
                session_id, at_the_command_line(stage.world.station)
            )
            proof = stage.proof(session_id, content)
        try:
            write_whole(out, content)
            write_whole(proof_beside(out), proof)
        except OSError as error:
            raise ConsoleError(f"{out} cannot be written: {why(error)}.") from None
        return f"{session_code(session_id)} was written to {out}, and its proof beside it."

    def check(
        self, progress: Progress, against: Sequence[Remembered]
    ) -> tuple[CheckedWhole, dt.tzinfo]:
        """Hold the whole record against itself; return what was seen, and the clinic's zone.

        Args:
            progress: Told how far it is.
            against: Heads that files named at the command line remember.
        """
        with self._opened(self._folder()) as stage:
            return stage.check(progress, against=against), stage.world.zone

    def _doubts(self, folder: Path, stage: Stage) -> Sequence[Finding]:
        """Return what has happened to a record, which is looked at once for several files."""
        if folder not in self.checked:
            self.checked[folder] = stage.check(lambda _done, _of: None).findings
        return self.checked[folder]

    def _folder(self) -> Path:
        return self.store or self.hooks.clinic_store()

    def _folder_for(self, file: Path) -> Path | None:
        beside = file.absolute().parent / BESIDE
        if self.store is not None or beside.is_dir():
            return self.store or beside
        clinics = self.hooks.clinic_store()
        return clinics if clinics.is_dir() else None

    @contextlib.contextmanager
    def _opened(self, folder: Path) -> Iterator[Stage]:
        stage = self.hooks.open_store(folder, self.passphrase)
        try:
            yield stage
        finally:
            stage.close()


def _session_id(stage: Stage, wanted: str) -> str:
    """Return the one session that is meant.

    Raises:
        ConsoleError: If there is none, or more than one.
    """
    ids = [header.session_id for header in Lists(stage.world).sessions()]
    found = [each for each in ids if wanted == each or wanted.upper() == session_code(each)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ConsoleError(f"More than one session is called {wanted}; name its whole identity.")
    known = ", ".join(session_code(each) for each in ids[-5:])
    tail = f"the newest are {known}" if known else "the record holds none"
    raise ConsoleError(f"There is no session {wanted}; {tail}.")
