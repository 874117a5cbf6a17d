"""The sub-commands that look into a record: `verify`, `export`, `check`."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.clinic import Lists
from monitor.desk import ExportReport
from monitor.ledger import Finding
from monitor.people import Author, Role
from monitor.session import session_code
from monitor.verifying import Verdict, VerifyReport, without_store
from ui.console.problems import ConsoleError, why
from ui.console.stage import Hooks, Stage
from ui.console.verdicts import verdict_sentence
from ui.files import write_whole
from ui.record import Checked, Progress

BESIDE = "store"
"""The folder beside a file in which its record may lie."""

LIMIT = (
    "A tail that was cut off, or a record that was put back as a whole, is seen only by comparing "
    "the entries and the last hash with those noted elsewhere: in a summary, a backup, on paper."
)


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
    """

    hooks: Hooks
    store: Path | None
    passphrase: Callable[[], str]

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
        return Verified(file, verdict, verdict_sentence(verdict, folder))

    def export(self, session: str, out: Path) -> str:
        """Write a session's report to a file; return what was done.

        Args:
            session: Its identity, or its short name on paper.
            out: The file; one of that name is replaced.
        """
        with self._opened(self._folder()) as stage:
            session_id = _session_id(stage, session)
            content = ExportReport(stage.world)(session_id, _at_the_command_line(stage))
        try:
            write_whole(out, content)
        except OSError as error:
            raise ConsoleError(f"{out} cannot be written: {why(error)}.") from None
        return f"{session_code(session_id)} was written to {out}."

    def check(self, progress: Progress) -> Checked:
        """Hold the whole record against itself."""
        with self._opened(self._folder()) as stage:
            return stage.check(progress)

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


def _at_the_command_line(stage: Stage) -> Author:
    """Return who hands a report out here: whoever the computer says it is.

    Nobody logs in at the command line: who can open the record may look at it.
    """
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "unknown"
    return Author(
        f"os:{user}", Role.AUDITOR, f"{user} at the command line of {stage.world.station}"
    )


def finding_words(finding: Finding) -> str:
    """Return one disagreement in words."""
    place = f"entry {finding.seq}" if finding.seq else "the record"
    return f"{place}: {finding.code.value}{f' ({finding.about})' if finding.about else ''}"
