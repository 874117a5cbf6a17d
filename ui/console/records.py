"""The sub-commands that look into a record: `export`, `check`."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.clinic import Lists
from monitor.ledger import Remembered
from monitor.sealed_file import session_code
from monitor.signing import ExportReport
from ui.console.problems import ConsoleError, why
from ui.console.stage import CheckedWhole, Hooks, Stage
from ui.console.who import at_the_command_line
from ui.files import PRIVATE, proof_beside, write_whole
from ui.record import Progress


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

    def export(self, session: str, out: Path) -> str:
        """Write a session's report to a file, and its proof beside it; return what was done.

        Args:
            session: Its identity, or its short name on paper.
            out: The file; one of that name is replaced.
        """
        with self.opened() as stage:
            session_id = session_named(stage, session)
            author = at_the_command_line(stage.world.station)
            content = ExportReport(stage.world)(session_id, author, to=str(out.absolute()))
            proof = stage.proof(session_id, content)
        try:
            write_whole(out, content, PRIVATE)
            write_whole(proof_beside(out), proof, PRIVATE)
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
        with self.opened() as stage:
            return stage.check(progress, against=against), stage.world.zone

    @contextlib.contextmanager
    def opened(self) -> Iterator[Stage]:
        """Open the record that was named, else the clinic's own; close it at the end."""
        stage = self.hooks.open_store(self.store or self.hooks.clinic_store(), self.passphrase)
        try:
            yield stage
        finally:
            stage.close()


def session_named(stage: Stage, wanted: str) -> str:
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
    newest = f"the newest {'are' if len(ids) > 1 else 'is'} {known}"
    tail = newest if known else "the record holds none"
    raise ConsoleError(f"There is no session {wanted}; {tail}.")
