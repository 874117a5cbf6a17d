"""The process that plays a rehearsal and holds its store; at a `crash` it really is killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path
from typing import TextIO

from monitor.desk import World
from monitor.errors import MonitorError
from monitor.people import Author
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.making_up import ScriptSalts, ScriptUids
from monitor.rehearsal.player import Outcome, Player
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script
from monitor.rehearsal.typed import seconds
from ui.console.outputs import SCRIPT, Results
from ui.console.plan import Ending, Plan, Report
from ui.console.problems import why
from ui.console.stage import Hooks, Listeners, PracticeOrder, Stage, WindowPlay
from ui.wording import sentence

STATION = "rehearsal"


def play_part(hooks: Hooks) -> int:
    """Play what standard input asks for, telling standard output; return the exit status."""
    reports = _only_reports()
    plan = Plan.load(sys.stdin.read())
    try:
        _Part(hooks, plan, reports).play()
    except MonitorError as error:
        print(Ending(sentence(error)).dump(), file=reports, flush=True)
        return 2
    except BrokenPipeError:
        return 1  # whoever started this process is gone: nobody listens
    except OSError as error:
        said = f"{error.filename or 'A file'} could not be written: {why(error)}."
        print(Ending(said).dump(), file=reports, flush=True)
        return 2
    print(Ending().dump(), file=reports, flush=True)
    return 0


def _only_reports() -> TextIO:
    """Keep standard output for our reports: whatever else is printed goes to standard error."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return kept


class _Part:
    """One life of the playing process, from its start (or restart) to its end."""

    def __init__(self, hooks: Hooks, plan: Plan, reports: TextIO) -> None:
        self._hooks = hooks
        self._plan = plan
        self._reports = reports
        self._results = Results(plan.folder)
        self._script = _script(plan.folder)
        self._listeners = Listeners()
        self._clock = ScriptClock(
            self._started_at(), self._script.zone, self._script.hash, self._jumped()
        )
        self._uids = ScriptUids(self._script.hash, self._clock, plan.memory.part)
        self._uids.at_act(plan.memory.played)
        self._stage = self._open()
        self._player = Player(
            self._script, self._world, self._clock, self._uids, hands=self, memory=plan.memory
        )

    @property
    def _world(self) -> World:
        return self._stage.world

    def play(self) -> None:
        """Play to the end, and write the results."""
        try:
            if not self._plan.outcomes:
                self._player.prepare()
            if self._plan.window:
                self._play_in_window()
            else:
                self._play_here()
            self._write(self._last_author())
        finally:
            self._stage.close()

    def step(self) -> Outcome:
        """Play the next act and make its outcome known."""
        outcome = self._player.step()
        self._tell(outcome)
        return outcome

    def export(self, session_id: str, author: Author) -> None:
        """Write the outputs as they stand."""
        assert session_id == self._player.session_id  # noqa: S101 - one session a rehearsal
        self._write(author)

    def crash(self, outcome: Outcome) -> None:
        """Make the outcome known, and be killed: nothing is closed, nothing tidied up."""
        self._tell(outcome)
        os.kill(os.getpid(), signal.SIGKILL)

    def _play_here(self) -> None:
        while act := self._player.upcoming():
            if self._plan.speed:
                gap = (act.at - self._clock.real).total_seconds()
                time.sleep(max(0.0, gap) / float(self._plan.speed))
            self.step()

    def _play_in_window(self) -> None:
        play = WindowPlay(
            stage=self._stage,
            player=self._player,
            clock=self._clock,
            listeners=self._listeners,
            speed=self._plan.speed,
            pictures=self._results.pictures(),
            step=self.step,
        )
        self._hooks.play_in_window(play)

    def _tell(self, outcome: Outcome) -> None:
        words = sentence(outcome.error, self._local) if outcome.error else ""
        report = Report(outcome, self._player.memory, words)
        self._plan = self._plan.after(report)
        print(report.dump(), file=self._reports, flush=True)

    def _write(self, author: Author) -> None:
        self._results.write(
            self._stage,
            self._script,
            outcomes=self._plan.outcomes,
            session_id=self._player.session_id,
            author=author,
        )

    def _last_author(self) -> Author:
        """Return who hands the results out: whoever acted last."""
        done = self._script.acts[: len(self._plan.outcomes)]
        names = [act.by for act in done if act.by]
        return self._player.author(names[-1] if names else self._script.prescriber.user)

    def _started_at(self) -> dt.datetime:
        done = self._plan.outcomes
        return done[-1].at if done else self._script.acts[0].at

    def _jumped(self) -> dt.timedelta:
        """Return by how much the wall clock was set before the process was killed."""
        done = zip(self._plan.outcomes, self._script.acts, strict=False)
        jumps = (act for outcome, act in done if act.do == "clock_jump" and outcome.recorded)
        return dt.timedelta(seconds=sum(seconds(act) for act in jumps))

    def _local(self, instant: dt.datetime) -> dt.datetime:
        return instant.astimezone(self._script.zone)

    def _open(self) -> Stage:
        return self._hooks.open_practice(
            PracticeOrder(
                folder=self._results.store,
                clock=self._clock,
                zone=self._script.zone,
                new_uid=self._uids,
                station=STATION,
                salt=ScriptSalts(self._script.hash, self._plan.memory.part),
                publish=self._listeners,
            )
        )


def _script(folder: Path) -> Script:
    return read_script((folder / SCRIPT).read_bytes(), f"{folder.name}.toml")
