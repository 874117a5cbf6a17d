"""The process that plays a rehearsal and holds its store; at a `crash` it really is killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from monitor.desk import World
from monitor.errors import MonitorError
from monitor.people import Author
from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.company import Company
from monitor.rehearsal.day import day_of
from monitor.rehearsal.making_up import ScriptSalts, ScriptUids
from monitor.rehearsal.player import Outcome
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script, ScriptAct
from monitor.rehearsal.typed import seconds
from monitor.signing import ExportReport
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
        self._results = tuple(map(Results, plan.folders))
        self._day = day_of([_script(folder) for folder in plan.folders])
        self._listeners = Listeners()
        self._clock = ScriptClock(
            self._started_at(), self._day.zone, self._day.seed, self._jumped()
        )
        self._uids = ScriptUids(self._day.seed, self._clock, plan.memory.part)
        self._uids.at_act(plan.played)
        self._stage = self._open()
        self._company = Company(
            self._day,
            self._world,
            self._clock,
            self._uids,
            hands=self,
            memories=plan.memories,
        )

    @property
    def _world(self) -> World:
        return self._stage.world

    def play(self) -> None:
        """Play to the end, and write the results."""
        try:
            if not self._plan.played:
                self._company.prepare()
            if self._plan.window:
                self._play_in_window()
            else:
                self._play_here()
            self._write(range(len(self._results)))
        finally:
            self._stage.close()

    def step(self) -> Outcome:
        """Play the next act and make its outcome known."""
        outcome = self._company.step()
        self._tell(outcome)
        return outcome

    def export(self, session_id: str, author: Author) -> None:
        """Write the outputs of one file's session as they stand."""
        report = ExportReport(self._world)(session_id, author)
        self._write_one(self._company.place, report)

    def crash(self, outcome: Outcome) -> None:
        """Make the outcome known, and be killed: nothing is closed, nothing tidied up."""
        self._tell(outcome)
        os.kill(os.getpid(), signal.SIGKILL)

    def _play_here(self) -> None:
        while act := self._company.upcoming():
            if self._plan.speed:
                gap = (act.at - self._clock.real).total_seconds()
                time.sleep(max(0.0, gap) / float(self._plan.speed))
            self.step()

    def _play_in_window(self) -> None:
        play = WindowPlay(
            stage=self._stage,
            company=self._company,
            clock=self._clock,
            listeners=self._listeners,
            speed=self._plan.speed,
            folders=[results.pictures() for results in self._results],
            step=self.step,
        )
        self._hooks.play_in_window(play)

    def _tell(self, outcome: Outcome) -> None:
        words = sentence(outcome.error, self._local) if outcome.error else ""
        place = self._company.place
        report = Report(outcome, self._company.player.memory, words, place)
        self._plan = self._plan.after(report)
        print(report.dump(), file=self._reports, flush=True)

    def _write(self, places: Sequence[int]) -> None:
        """Write the results of these files: all are handed out before any tells of the record."""
        reports = [self._handed_out(place) for place in places]
        for place, report in zip(places, reports, strict=True):
            self._write_one(place, report)

    def _handed_out(self, place: int) -> bytes:
        """Return a session's report, handed out by whoever acted last; empty without a session."""
        player = self._company.players[place]
        done = player.script.acts[: len(self._plan.outcomes[place])]
        names = [act.by for act in done if act.by]
        author = player.author(names[-1] if names else player.script.prescriber.user)
        if not player.session_id:
            return b""
        return ExportReport(self._world)(player.session_id, author)

    def _write_one(self, place: int, report: bytes) -> None:
        player = self._company.players[place]
        self._results[place].write(
            self._stage,
            player.script,
            outcomes=self._plan.outcomes[place],
            session_id=player.session_id,
            report=report,
        )

    def _started_at(self) -> dt.datetime:
        """Return the instant at which the process before this one was killed."""
        ends = [outcome.at + _asleep(outcome, act) for outcome, act in self._done()]
        return max(ends, default=self._day.begins)

    def _jumped(self) -> dt.timedelta:
        """Return by how much the wall clock was set before the process was killed."""
        done = self._done()
        jumps = (act for outcome, act in done if act.do == "clock_jump" and outcome.recorded)
        return dt.timedelta(seconds=sum(seconds(act) for act in jumps))

    def _done(self) -> Iterator[tuple[Outcome, ScriptAct]]:
        """Yield the acts that are behind us, and how they ended."""
        for outcomes, script in zip(self._plan.outcomes, self._day.scripts, strict=True):
            yield from zip(outcomes, script.acts, strict=False)

    def _local(self, instant: dt.datetime) -> dt.datetime:
        return instant.astimezone(self._day.zone)

    def _open(self) -> Stage:
        return self._hooks.open_practice(
            PracticeOrder(
                folder=self._results[0].store,
                clock=self._clock,
                zone=self._day.zone,
                new_uid=self._uids,
                station=STATION,
                salt=ScriptSalts(self._day.seed, self._plan.memory.part),
                publish=self._listeners,
            )
        )


def _asleep(outcome: Outcome, act: ScriptAct) -> dt.timedelta:
    """Return for how long the computer slept in an act."""
    slept = act.do == "suspend" and outcome.recorded
    return dt.timedelta(seconds=seconds(act) if slept else 0)


def _script(folder: Path) -> Script:
    return read_script((folder / SCRIPT).read_bytes(), f"{folder.name}.toml")
