"""kill -9 at any instant, the window's process too: nothing shown is lost, it opens again."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.conftest import Tally
from tests.faults.failing import copy_record
from tests.faults.lives import Lives
from tests.faults.settings import LARGE, LONG
from tests.faults.verdict import Verdict, judge

CONSOLE_KILLS, WINDOW_KILLS = (34, 17) if LARGE else (4, 2)
"""How often in one test."""

PARTS = 10 if LARGE else 1

pytestmark = pytest.mark.timeout(LONG)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(
    ("window", "kills"), [(False, CONSOLE_KILLS), (True, WINDOW_KILLS)], ids=["console", "window"]
)
def test_that_a_killed_program_loses_nothing_it_showed(
    part: int, kills: int, *, window: bool, tmp_path: Path, tally: Tally
) -> None:
    chance = random.Random(f"{part} {window}")  # noqa: S311 - when to kill, not a secret
    found: Counter[Verdict] = Counter()
    goes_on, records = False, 0
    lives = Lives(tmp_path / "0", window=window)
    for kill in range(kills):
        if kill and not goes_on:
            records += 1
            lives = Lives(tmp_path / str(records), window=window)
        goes_on = lives.live(chance)
        copy = tmp_path / "copy"  # the next life has to mend the real one by itself
        if lives.record.exists():
            copy_record(lives.record, copy)
        found[judge(copy, lives.shown)] += 1
    tally("kills, in the window" if window else "kills, without a window", found)
    assert found.keys() <= {Verdict.WHOLE, Verdict.NOT_BEGUN}, found
