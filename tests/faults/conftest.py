"""Adds up what the tests of faults did, and says it at the end: "0 lost" of how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import pytest

_OURS = "tally"

Tally = Callable[[str, Mapping[Any, int]], None]


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Call it with what was tried, and how often it ended how."""

    def note(tried: str, ended: Mapping[Any, int]) -> None:
        record_property(_OURS, [tried, {str(how): times for how, times in ended.items()}])

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the sums over all tests, those of other processes too."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, said in report.user_properties:
                if name == _OURS:
                    sums[str(said[0])].update(said[1])
    if not sums:
        return
    terminalreporter.section("faults")
    for tried in sorted(sums):
        ended = ", ".join(f"{how} {times:,}" for how, times in sorted(sums[tried].items()))
        terminalreporter.write_line(f"{tried}: {sums[tried].total():,} ({ended})")
