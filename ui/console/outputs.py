"""The folder of results that a rehearsal leaves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from monitor.desk import ShowSession
from monitor.ports import KeptReport
from monitor.rehearsal.player import Outcome
from monitor.rehearsal.script import Script
from monitor.rehearsal.summary import Played, summarise
from monitor.rems import rems_due
from monitor.rems_looking import ShowRems
from ui.console.stage import Stage
from ui.files import write_whole

SCRIPT = "rehearsal.toml"
"""The rehearsal as it was played; by this a folder of results is known again."""

STORE, PICTURES = "store", "screens"
REPORT, RECORD, SHEET, SUMMARY = "report.pdf", "record.json", "sheet.csv", "summary.json"
FHIR, REMS = "fhir.json", "rems.pdf"
_OURS = frozenset({SCRIPT, STORE, PICTURES, REPORT, RECORD, SHEET, FHIR, REMS, SUMMARY})


class NotOursError(Exception):
    """A folder that stands where results should go was not made by a rehearsal."""


@dataclass(frozen=True, slots=True)
class Results:
    """A folder of results."""

    folder: Path

    def begin(self, script: bytes) -> None:
        """Make the folder anew; results of an earlier rehearsal make room.

        Raises:
            NotOursError: If the folder holds anything else; it is not touched.
        """
        if self.folder.exists() and not self._is_ours():
            raise NotOursError(
                f"{self.folder} holds something else than a rehearsal's results, "
                "so nothing was written; choose another folder with --out."
            )
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        write_whole(self.folder / SCRIPT, script)

    def _is_ours(self) -> bool:
        if not self.folder.is_dir():
            return False
        names = {path.name for path in self.folder.iterdir()}
        return not names or (SCRIPT in names and names <= _OURS)

    @property
    def store(self) -> Path:
        """Return where the rehearsal's record lies."""
        return self.folder / STORE

    def pictures(self) -> Path:
        """Return the folder of the screens' pictures, made."""
        folder = self.folder / PICTURES
        folder.mkdir(exist_ok=True)
        return folder

    def write(
        self,
        stage: Stage,
        script: Script,
        *,
        outcomes: Sequence[Outcome],
        session_id: str,
        report: bytes,
    ) -> None:
        """Write everything as it stands now.

        Args:
            stage: The opened record.
            script: What was played.
            outcomes: How the acts ended so far.
            session_id: Empty where no act got as far as opening a session.
            report: As it was handed out; empty where there is no session.
        """
        acts = [(outcome, outcome.at.astimezone(script.zone)) for outcome in outcomes]
        if not session_id:
            head = stage.head()
            self._summary(summarise(Played(acts, head.seq, head.hash), None))
            return
        overview = ShowSession(stage.world)(session_id)
        head = stage.head()
        played = Played(
            acts, head.seq, head.hash, sha256(report).hexdigest(), stage.papers.pages(report)
        )
        write_whole(self.folder / REPORT, report)
        record = stage.record_json(session_id)
        write_whole(self.folder / RECORD, record)
        write_whole(self.folder / SHEET, stage.papers.sheet_csv(overview))
        kept = _sealed(stage, session_id)
        write_whole(self.folder / FHIR, stage.papers.fhir(overview, record, kept))
        if rems_due(overview) is not None:
            sheet = ShowRems(stage.world).sheet(session_id)
            write_whole(self.folder / REMS, stage.papers.rems_pdf(sheet))
        self._summary(summarise(played, overview))

    def _summary(self, summary: dict[str, object]) -> None:
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        write_whole(self.folder / SUMMARY, f"{text}\n".encode())


def _sealed(stage: Stage, session_id: str) -> KeptReport | None:
    with stage.world.looking() as tx:
        kept = tx.report(session_id)
    return kept if kept and kept.status == "signed" else None
