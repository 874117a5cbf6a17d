"""Ask both implementations the same random questions, and show where they differ.

    python -m tests.second_opinion.compare --cases N --seed S [--processes P]

The first ten disagreements are shown in full; the last line has the total. It ends with 1 where
there is any. The same seed asks the same questions, however many processes there are.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.second_opinion.both import Answer, by_the_program, by_the_rules
from tests.second_opinion.cases import HOUR, questions
from tests.second_opinion.questions import DeliveryQuestion, Question

CHUNK = 5_000
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question to which the two answer differently.

    Attributes:
        rules, program: What each answered, only where they differ.
    """

    question: Question
    rules: Answer
    program: Answer

    @property
    def figures(self) -> str:
        """Return the names of the figures that differ."""
        return ", ".join(sorted(self.rules | self.program))

    @property
    def text(self) -> str:
        """Return all there is to know of it."""
        return f"{self.question}\n    rules   {self.rules}\n    program {self.program}\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some questions.

    Attributes:
        within_step: How often the rules' text calls an overrun what the program takes for the
            rounding of the rate: see `is_within_step`.
    """

    asked: int
    disagreements: tuple[Disagreement, ...]
    within_step: int

    @property
    def tally(self) -> str:
        """Return how often which figures differ, the most frequent first."""
        found = Counter(one.figures for one in self.disagreements)
        return "; ".join(f"{figures}: {count}" for figures, count in found.most_common())


def compared(question: Question) -> Disagreement | None:
    """Return how the two differ over one question, None where they agree."""
    rules, program = by_the_rules(question), by_the_program(question)
    if rules == program:
        return None
    return Disagreement(
        question,
        {name: told for name, told in rules.items() if program.get(name) != told},
        {name: told for name, told in program.items() if rules.get(name) != told},
    )


def is_within_step(found: Disagreement) -> bool:
    """Tell whether they differ only over an overrun that the pump's step explains.

    The text of the rules knows no tolerance: beyond what was prepared is an overrun. The program
    allows half a step of the pump for as long as it ran, since the rate set was rounded to it.
    It may allow no more than that, and never see an overrun where the text sees none.
    """
    asked = found.question
    if not isinstance(asked, DeliveryQuestion) or found.rules != {"overrun": "True"}:
        return False
    ran, pumped = 0, Fraction(0)
    for stretch in asked.stretches:
        end = asked.at if stretch.end is None else min(stretch.end, asked.at)
        rate, time_of_it = Fraction(stretch.rate_ml_h), max(end - stretch.start, 0)
        ran += time_of_it if rate else 0
        pumped += rate * time_of_it / HOUR
    allowed = Fraction(asked.rate_step_ml_h) / 2 * Fraction(ran, HOUR)
    return pumped - Fraction(asked.volume_ml) <= allowed


def ask(seed: str, count: int) -> Outcome:
    """Ask one seed's questions."""
    found = [one for question in questions(seed, count) if (one := compared(question))]
    told = tuple(one for one in found if not is_within_step(one))
    return Outcome(count, told, len(found) - len(told))


def chunks(seed: int, count: int) -> Iterator[tuple[str, int]]:
    """Cut the questions into parts with seeds of their own."""
    for number, first in enumerate(range(0, count, CHUNK)):
        yield f"{seed}/{number}", min(CHUNK, count - first)


def ask_all(seed: int, count: int, processes: int) -> Outcome:
    """Ask all the questions, in so many processes."""
    parts = list(chunks(seed, count))
    if processes == 1:
        return together(ask(*part) for part in parts)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return together(pool.starmap(ask, parts, chunksize=1))


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcomes as one."""
    made = list(outcomes)
    return Outcome(
        sum(one.asked for one in made),
        tuple(found for one in made for found in one.disagreements),
        sum(one.within_step for one in made),
    )


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
    sys.stdout.writelines(f"{found.text}\n" for found in outcome.disagreements[:SHOWN])
    sys.stdout.write(
        f"{outcome.asked} cases, {len(outcome.disagreements)} disagreements"
        f"{f' ({outcome.tally})' if outcome.tally else ''}, {outcome.within_step} overruns "
        f"within the pump's step, {seconds:.0f} s\n"
    )
    return 1 if outcome.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
