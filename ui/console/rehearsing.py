"""Has a rehearsal played by a process of its own, and says what came of it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from monitor.rehearsal.day import day_of
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script, ScriptAct
from ui.console.outputs import NotOursError, Results
from ui.console.plan import Ending, Plan, Report, read_report
from ui.console.problems import ConsoleError, why

PLAY_PART = "play-part"
"""The hidden sub-command of the process that plays."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """An act that did not end as its script expects.

    Attributes:
        file: The script's name.
    """

    file: str
    act: ScriptAct
    result: str
    sentence: str

    @property
    def words(self) -> str:
        """Return it as one sentence."""
        tail = f": {self.sentence}" if self.sentence else "."
        expected = self.act.expect.words
        return (
            f"Act {self.act.number} ({self.act.do}, line {self.act.line}) was expected to be "
            f"{expected}, but was {self.result}{tail}"
        )


@dataclass(frozen=True, slots=True)
class Request:
    """A rehearsal to be played, or several at once.

    Attributes:
        program: The command that starts this program again.
        files: The scripts, at least one.
        out: The folder in which each file's folder of results is made.
        speed: Times real time; None is as fast as it goes.
        surroundings: Environment variables of the playing process, besides our own.
    """

    program: tuple[str, ...]
    files: tuple[Path, ...]
    out: Path
    speed: Decimal | None
    window: bool
    surroundings: Mapping[str, str]

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return each file's folder of results; the record of all lies in the first."""
        return tuple(self.out.absolute() / file.stem for file in self.files)


def read(file: Path) -> tuple[bytes, Script]:
    """Return a script's bytes, and what they say.

    Raises:
        ConsoleError: If there is no such file.
        ScriptError: If it cannot be understood.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ConsoleError(f"{file} cannot be read: {why(error)}.") from None
    return content, read_script(content, file.name)


def play(request: Request, played: Callable[[Report], None]) -> tuple[Surprise, ...]:
    """Play rehearsals, at once if they are several; return what did not end as expected.

    Args:
        request: What is to be played.
        played: Told of each act.

    Raises:
        ConsoleError: If it could not be read, begun or brought to its end.
        ScriptError: If a script cannot be understood, or does not go with the others.
    """
    contents, scripts = zip(*map(read, request.files), strict=True)
    day_of(scripts)  # complains before anything is written
    for folder, content in zip(request.folders, contents, strict=True):
        _begin(folder, content)
    surprises: list[Surprise] = []

    def judge(report: Report) -> None:
        script, outcome = scripts[report.place], report.outcome
        act = script.acts[outcome.number - 1]
        if not act.expect.met_by(recorded=outcome.recorded, code=outcome.code):
            result = "recorded" if outcome.recorded else f"refused:{outcome.code}"
            surprises.append(Surprise(script.file, act, result, report.sentence))
        played(report)

    folder, *beside = request.folders
    plan = Plan(folder=folder, beside=tuple(beside), speed=request.speed, window=request.window)
    plan, killed = _one_life(request, plan, judge)
    while killed:
        plan, killed = _one_life(request, plan.after_crash(), judge)
    count = sum(len(script.acts) for script in scripts)
    if plan.played < count:
        raise ConsoleError(f"The rehearsal was left after act {plan.played} of {count}.", 1)
    return tuple(surprises)


def _begin(folder: Path, script: bytes) -> None:
    try:
        Results(folder).begin(script)
    except NotOursError as error:
        raise ConsoleError(str(error)) from None
    except OSError as error:
        raise ConsoleError(f"{folder} cannot be written: {why(error)}.") from None


def _one_life(request: Request, plan: Plan, played: Callable[[Report], None]) -> tuple[Plan, bool]:
    """Start the playing process and listen to it until it ends; tell whether it was killed."""
    last: Report | Ending | None = None
    with _started(request, plan) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        for line in process.stdout:
            last = read_report(line)
            if isinstance(last, Report):
                plan = plan.after(last)
                played(last)
    if isinstance(last, Ending):
        if last.problem:
            raise ConsoleError(f"The rehearsal could not be played: {last.problem}")
        return plan, False
    if last and last.outcome.do == "crash" and process.returncode == -signal.SIGKILL:
        return plan, True
    raise ConsoleError(
        f"The rehearsal broke off after act {plan.played}; its results are partial.", 1
    )


def _started(request: Request, plan: Plan) -> subprocess.Popen[str]:
    process = subprocess.Popen(  # noqa: S603 - our own program, without a shell
        [*request.program, PLAY_PART],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **request.surroundings},
    )
    assert process.stdin is not None  # noqa: S101 - it was asked for
    with contextlib.suppress(BrokenPipeError):  # it ended at once: its silence will tell
        process.stdin.write(plan.dump())
        process.stdin.close()
    return process
