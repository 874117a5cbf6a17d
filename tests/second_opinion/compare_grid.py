"""Ask both implementations of the due grid about the same random courses.

    python -m tests.second_opinion.compare_grid --cases N --seed S [--processes P]

The first ten disagreements are shown in full; the last line has the total. It ends with 1 where
there is any. The same seed asks the same questions, however many processes there are.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.second_opinion.compare import SHOWN, chunks
from tests.second_opinion.grid_both import GridDisagreement, compared, grid_by_the_rules
from tests.second_opinion.grid_cases import grid_questions


@dataclass(frozen=True, slots=True)
class GridOutcome:
    """What came of some courses.

    Attributes:
        disagreements: The first ones; `differ` counts them all.
        slots: How many slots were in each state, over all courses; "extra" counts readings.
    """

    asked: int
    differ: int
    disagreements: tuple[GridDisagreement, ...]
    slots: Counter[str]


def ask(seed: str, count: int) -> GridOutcome:
    """Ask one seed's questions."""
    found, states = [], Counter[str]()
    for question in grid_questions(seed, count):
        told, extra = grid_by_the_rules(question)
        states.update(each.state for each in told.values())
        states["extra"] += len(extra)
        if (one := compared(question, (told, extra))) is not None:
            found.append(one)
    return GridOutcome(count, len(found), tuple(found[:SHOWN]), states)


def together(outcomes: Iterable[GridOutcome]) -> GridOutcome:
    """Return the outcomes as one."""
    made = list(outcomes)
    return GridOutcome(
        sum(one.asked for one in made),
        sum(one.differ for one in made),
        tuple(found for one in made for found in one.disagreements),
        sum((one.slots for one in made), Counter()),
    )


def ask_all(seed: int, count: int, processes: int) -> GridOutcome:
    """Ask all the questions, in so many processes."""
    parts = list(chunks(seed, count))
    if processes == 1:
        return together(ask(*part) for part in parts)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return together(pool.starmap(ask, parts, chunksize=1))


def main() -> int:
    """Compare as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    told = parser.parse_args()
    began = time.perf_counter()
    outcome = ask_all(told.seed, told.cases, told.processes)
    seconds = time.perf_counter() - began
    sys.stdout.writelines(f"{found.text}\n\n" for found in outcome.disagreements[:SHOWN])
    states = ", ".join(f"{count} {state}" for state, count in outcome.slots.most_common())
    sys.stdout.write(
        f"{outcome.asked} courses, {outcome.differ} disagreements ({states}), {seconds:.0f} s\n"
    )
    return 1 if outcome.differ else 0


if __name__ == "__main__":
    sys.exit(main())
