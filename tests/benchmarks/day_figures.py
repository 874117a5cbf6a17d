"""A clinic's day in the real window: what an entry costs, what was missed, when it did not answer.

    python -m tests.benchmarks.day_figures DOCUMENT [--hours 8] [--chairs 24] [--seed 1]

What an entry costs from Enter to the painted sheet, and what the day came to. It writes its
tables into the document, and says to the terminal what took how long. Without a screen
it draws where nobody looks (QT_QPA_PLATFORM=offscreen).
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.benchmarks.day_in_the_window import BEAT_MS, DayWindow
from tests.benchmarks.entry_cost import write
from ui import theme


def of(seconds: Sequence[float], share: float) -> float:
    """Return what a share of them stays below, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def screen_table(chairs: int, day: DayWindow) -> Iterator[str]:
    """Give what an entry costs until it can be seen."""
    times = day.times
    against = statistics.median(times.bare) * 1000
    yield f"| {len(times.painted)} sets, {chairs} chairs | ratio | median ms | 99 % ms | worst ms |"
    yield "|---|---|---|---|---|"
    for name, seconds in (
        ("bare durable insert", times.bare),
        ("from Enter to durable", times.durable),
        ("from Enter to the painted sheet", times.painted),
    ):
        median = of(seconds, 0.5)
        yield (
            f"| {name} | **{median / against:.1f}** | {median:.2f} | {of(seconds, 0.99):.1f} | "
            f"{max(seconds) * 1000:.1f} |"
        )


def day_table(chairs: int, hours: float, day: DayWindow, seconds: float) -> Iterator[str]:
    """Give what a day came to."""
    tally, times = day.day.tally, day.times
    yield f"| {chairs} chairs, {hours:g} hours in {seconds / 60:.0f} minutes | |"
    yield "|---|---|"
    done = sum(tally.entered.values())
    typed = len(times.bare)
    yield f"| visits; things done; sets typed | {tally.entered['open']}; {done:,}; {typed:,} |"
    yield f"| slots held against the second reading | {tally.compared:,} |"
    yield f"| wrong due times, states or minutes | {len(tally.wrong)} |"
    yield f"| reminders that had to come | {len(tally.expected):,} |"
    yield f"| missed reminders | {len(tally.missed)} |"
    yield f"| reminders of what was not so | {len(tally.invented)} |"
    slots = ", ".join(f"{count} {state}" for state, count in tally.states.most_common())
    yield f"| how the slots of those who left had ended | {slots} |"
    yield from _memory_rows(day)
    long = [name for name, _ in sorted(times.worst.items(), key=lambda each: -each[1])[:3]]
    worst = f"{max(times.gaps) * 1000:.0f} ms ({', '.join(long)})"
    yield f"| longest time the window did not answer | {worst} |"
    beats = f"{of(times.gaps, 0.5):.0f} ms, {of(times.gaps, 0.99):.0f} ms"
    yield f"| median and 99 % of a heart that beats every {BEAT_MS} ms | {beats} |"


def _memory_rows(day: DayWindow) -> Iterator[str]:
    """Give what was resident, and how it grew once every kind of screen had been seen."""
    weighed = day.times.memory
    start, first, last = weighed[0], weighed[1], weighed[-1]
    grew = (last[1] - first[1]) / max((last[0] - first[0]) / 60, 0.01)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = f"{start[1]:.0f}, {first[1]:.0f}, {last[1]:.0f}, {peak:.0f} MB"
    yield f"| memory at the start, after the first hour, at the end, at most | {told} |"
    if last[0] - first[0] >= 60:  # else there is no hour to tell of
        yield f"| growth after the first hour | {grew:.1f} MB an hour |"


def lived(chairs: int, hours: float, seed: int) -> tuple[DayWindow, float]:
    """Live through a day; returns it, and the seconds that it took."""
    with tempfile.TemporaryDirectory(prefix="chairside-day-") as name:
        begin = time.perf_counter()
        day = DayWindow(Path(name), chairs=chairs, hours=hours, seed=seed)
        day.live()
        return day, time.perf_counter() - begin


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("document", type=Path, nargs="?")
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--chairs", type=int, nargs="*", default=[24])
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def say(text: str) -> None:
    """Say something to the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run() -> None:
    """Measure as the command line says."""
    told = arguments()
    app = QApplication(sys.argv[:1])
    theme.wear(app)
    lines: list[str] = []
    for chairs in told.chairs:
        day, seconds = lived(chairs, told.hours, told.seed)
        made = [*screen_table(chairs, day), "", *day_table(chairs, told.hours, day, seconds), ""]
        say("\n".join(made))
        for name, took in sorted(day.times.steps.items(), key=lambda each: -sum(each[1])):
            say(
                f"{name}: {len(took)} in {sum(took):.1f} s, median {of(took, 0.5):.1f}, "
                f"99 % {of(took, 0.99):.1f}, worst {max(took) * 1000:.0f} ms"
            )
        say(f"refused: {dict(day.day.tally.refused)}")
        say("\n".join(day.day.tally.wrong[:3]))
        lines += made
    if told.document is not None:
        write(told.document, lines[:-1], "make day")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="chairside-home-") as home:
        os.environ.update(XDG_CONFIG_HOME=home, XDG_STATE_HOME=home, XDG_DATA_HOME=home)
        run()
