"""What passes between the process that plays a rehearsal and the one that watches it.

The watcher writes a `Plan` on the player's standard input; the player answers with a line of
JSON an act. A player that is killed is followed by another, whose plan says how far it got.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from monitor.rehearsal.player import Memory, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a playing process is to do.

    Attributes:
        folder: The results', with the script in it.
        memory: How far the process before it got.
        outcomes: How the acts ended so far.
        speed: Times real time; None is as fast as it goes.
    """

    folder: Path
    memory: Memory = field(default_factory=Memory)
    outcomes: tuple[Outcome, ...] = ()
    speed: Decimal | None = None
    window: bool = False

    def after(self, report: Report) -> Plan:
        """Return the plan as it stands after one more act."""
        return replace(self, memory=report.memory, outcomes=(*self.outcomes, report.outcome))

    def after_crash(self) -> Plan:
        """Return the plan for the process that takes a killed one's place."""
        return replace(self, memory=replace(self.memory, part=self.memory.part + 1))

    def dump(self) -> str:
        """Return it as JSON."""
        return json.dumps(
            {
                "folder": str(self.folder),
                "memory": _memory(self.memory),
                "outcomes": [_outcome(outcome) for outcome in self.outcomes],
                "speed": None if self.speed is None else str(self.speed),
                "window": self.window,
            }
        )

    @classmethod
    def load(cls, text: str) -> Plan:
        """Return the plan that a JSON text holds."""
        said = json.loads(text)
        return cls(
            folder=Path(said["folder"]),
            memory=_read_memory(said["memory"]),
            outcomes=tuple(_read_outcome(each) for each in said["outcomes"]),
            speed=None if said["speed"] is None else Decimal(said["speed"]),
            window=bool(said["window"]),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a playing process says after an act.

    Attributes:
        sentence: Why the act was refused, in words; empty where it was recorded.
    """

    outcome: Outcome
    memory: Memory
    sentence: str = ""

    def dump(self) -> str:
        """Return it as one line of JSON."""
        said = {
            "outcome": _outcome(self.outcome),
            "memory": _memory(self.memory),
            "sentence": self.sentence,
        }
        return json.dumps(said)


@dataclass(frozen=True, slots=True)
class Ending:
    """What a playing process says last.

    Attributes:
        problem: Why the rehearsal could not begin, or empty.
    """

    problem: str = ""

    def dump(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps({"ended": True, "problem": self.problem})


def read_report(line: str) -> Report | Ending:
    """Return what a playing process said."""
    said = json.loads(line)
    if "ended" in said:
        return Ending(said["problem"])
    return Report(_read_outcome(said["outcome"]), _read_memory(said["memory"]), said["sentence"])


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "number": outcome.number,
        "do": outcome.do,
        "at": outcome.at.isoformat(),
        "code": outcome.code,
    }


def _read_outcome(said: Mapping[str, Any]) -> Outcome:
    at = dt.datetime.fromisoformat(said["at"])
    return Outcome(int(said["number"]), said["do"], at, said["code"])


def _memory(memory: Memory) -> dict[str, object]:
    return {
        "played": memory.played,
        "part": memory.part,
        "session": memory.session_id,
        "labels": {label: list(kept) for label, kept in memory.labels.items()},
    }


def _read_memory(said: Mapping[str, Any]) -> Memory:
    labels = {label: (do, uid) for label, (do, uid) in said["labels"].items()}
    return Memory(int(said["played"]), int(said["part"]), said["session"], labels)
