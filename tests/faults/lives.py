"""A rehearsal played by processes that are killed, one after the other, at any instant."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from db.codec import decode
from monitor.entries import Entry
from tests.e2e.chairside import ROOT
from tests.faults.player import SHOWN
from tests.faults.visit import KETAMINE
from ui.console.outputs import Results
from ui.console.plan import Ending, Plan, Report, read_report
from ui.console.rehearsing import PLAY_PART

PROGRAM = (sys.executable, str(ROOT / "tests" / "faults" / "player.py"), PLAY_PART)


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly a life goes by: what a random instant has to be drawn from.

    Attributes:
        entries: A life is killed after at most so many entries.
        beginning: Seconds that a process takes until its first entry, or more.
        between: Seconds between two entries, or more.
    """

    entries: int
    beginning: float
    between: float


CONSOLE = Pace(entries=30, beginning=1.0, between=0.04)
WINDOW = Pace(entries=10, beginning=3.0, between=0.4)


class Lives:
    """One record and all the processes that held it.

    Attributes:
        shown: Every entry that any of them showed, in order.
    """

    def __init__(self, folder: Path, *, window: bool) -> None:
        """Begin anew in a folder that is not there yet."""
        self.shown: list[Entry] = []
        self._results = Results(folder)
        self._results.begin(KETAMINE.read_bytes())
        self._plan = Plan(folder=folder, window=window)
        self._pace = WINDOW if window else CONSOLE

    @property
    def record(self) -> Path:
        """Return where the record lies."""
        return self._results.store

    def live(self, chance: random.Random) -> bool:
        """Let a process play on and kill it; tell whether it is worth another life.

        It is not where the rehearsal came to its end, or had no session yet.
        """
        patience = chance.randint(0, self._pace.entries)
        with self._started() as process:
            if patience:
                ended = self._listen(process, patience)
                time.sleep(chance.uniform(0, self._pace.between))
            else:
                ended = False
                time.sleep(chance.uniform(0, self._pace.beginning))
            process.kill()
            ended = self._listen(process) or ended
        self._plan = self._plan.after_crash()
        return not ended and bool(self._plan.memory.session_id)

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        )
        assert process.stdin is not None
        process.stdin.write(self._plan.dump().encode())
        process.stdin.close()
        return process

    def _listen(self, process: subprocess.Popen[bytes], entries: int = -1) -> bool:
        """Take down what a process says, up to so many entries; tell whether it came to its end."""
        assert process.stdout is not None
        while entries and (line := process.stdout.readline()).endswith(b"\n"):
            if line.startswith(SHOWN):
                self.shown.append(decode(line.removeprefix(SHOWN).rstrip()))
                entries -= 1
                continue
            said = read_report(line.decode())
            if isinstance(said, Ending):
                assert not said.problem, said.problem
                return True
            self._took(said)
        return False

    def _took(self, report: Report) -> None:
        self._plan = self._plan.after(report)
