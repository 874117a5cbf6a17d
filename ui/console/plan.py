"""What passes between the process that plays a rehearsal and the one that watches it.

The watcher writes a `Plan` on the player's standard input; the player answers with a line of
JSON an act. A player that is killed is followed by another, whose plan says how far it got.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from monitor.rehearsal.player import Memory, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a playing process is to do.

    Attributes:
        folder: The results', with the script in it, and the record of all that is played.
        beside: The same of the rehearsals that are played with it, without a record.
        memories: How far the process before it got with each file; none at the beginning.
        outcomes: How each file's acts ended so far; none at the beginning.
        speed: Times real time; None is as fast as it goes.
    """

    folder: Path
    beside: tuple[Path, ...] = ()
    memories: tuple[Memory, ...] = ()
    outcomes: tuple[tuple[Outcome, ...], ...] = ()
    speed: Decimal | None = None
    window: bool = False

    def __post_init__(self) -> None:
        """Let nothing have been played of any file where nothing else is said."""
        count = len(self.folders)
        object.__setattr__(self, "memories", self.memories or (Memory(),) * count)
        object.__setattr__(self, "outcomes", self.outcomes or ((),) * count)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return every file's folder of results."""
        return (self.folder, *self.beside)

    @property
    def memory(self) -> Memory:
        """Return how far the first file got."""
        return self.memories[0]

    @property
    def played(self) -> int:
        """Return how many acts are behind us."""
        return sum(map(len, self.outcomes))

    def after(self, report: Report) -> Plan:
        """Return the plan as it stands after one more act."""
        memories, outcomes = list(self.memories), list(self.outcomes)
        memories[report.place] = report.memory
        outcomes[report.place] = (*outcomes[report.place], report.outcome)
        return replace(self, memories=tuple(memories), outcomes=tuple(outcomes))

    def after_crash(self) -> Plan:
        """Return the plan for the process that takes a killed one's place."""
        memories = (replace(memory, part=memory.part + 1) for memory in self.memories)
        return replace(self, memories=tuple(memories))

    def dump(self) -> str:
        """Return it as JSON."""
        return json.dumps(
            {
                "folder": str(self.folder),
                "beside": [str(folder) for folder in self.beside],
                "memories": [_memory(memory) for memory in self.memories],
                "outcomes": [[_outcome(each) for each in played] for played in self.outcomes],
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
            beside=tuple(Path(folder) for folder in said["beside"]),
            memories=tuple(_read_memory(each) for each in said["memories"]),
            outcomes=tuple(tuple(map(_read_outcome, played)) for played in said["outcomes"]),
            speed=None if said["speed"] is None else Decimal(said["speed"]),
            window=bool(said["window"]),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a playing process says after an act.

    Attributes:
        sentence: Why the act was refused, in words; empty where it was recorded.
        place: Which of the files that are played together the act stands in, from 0.
    """

    outcome: Outcome
    memory: Memory
    sentence: str = ""
    place: int = 0

    def dump(self) -> str:
        """Return it as one line of JSON."""
        said = {
            "outcome": _outcome(self.outcome),
            "memory": _memory(self.memory),
            "sentence": self.sentence,
            "place": self.place,
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
    outcome, memory = _read_outcome(said["outcome"]), _read_memory(said["memory"])
    return Report(outcome, memory, said["sentence"], said["place"])


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
