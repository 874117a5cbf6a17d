"""The power fails, at any instant of a whole visit: what had been shown is there again."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Tally
from tests.faults.power import cuts
from tests.faults.recording import Recorder, recording
from tests.faults.settings import LARGE, LONG, pragmas
from tests.faults.verdict import Verdict, judge
from tests.faults.visit import KETAMINE, PAUSED, Visit, script_of

STATES = 250 if LARGE else 15
PARTS = 10 if LARGE else 3
"""How many tests the states of one visit are divided among, so that two may run at once."""

VISITS = {
    "as it is": (KETAMINE, ()),
    # The database brings its log home every few entries, and not once in a day.
    "with many checkpoints": (PAUSED, ("wal_autocheckpoint=20",)),
    "without full syncs": (KETAMINE, ("synchronous=NORMAL",)),
}
RECORD, STATE = "record", "state"
"""The folders of the record, and of what the station keeps outside it."""

pytestmark = pytest.mark.timeout(LONG)

Recorded = Callable[[str], Recorder]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Plays each visit once, from the making of the record to the signed report."""
    kept: dict[str, Recorder] = {}

    def record(name: str) -> Recorder:
        if name not in kept:
            file, settings = VISITS[name]
            computer = tmp_path_factory.mktemp("computer")
            with pragmas(*settings), recording(computer) as recorder:
                record, state = computer / RECORD, computer / STATE
                Visit(record, script_of(file), recorder.show, state=state).play()
            kept[name] = recorder
        return kept[name]

    return record


def judged(recorder: Recorder, states: int, seed: int, place: Path) -> Counter[Verdict]:
    """Cut the power so many times and judge what is left."""
    found: Counter[Verdict] = Counter()
    chance = random.Random(seed)  # noqa: S311 - a disk's, no secret
    for shown, files in cuts(recorder.events, states, chance):
        computer = place / "after"
        shutil.rmtree(computer, ignore_errors=True)
        for path, content in files.items():
            left = computer / path.relative_to(recorder.root)
            left.parent.mkdir(parents=True, exist_ok=True)
            left.write_bytes(content)
        found[judge(computer / RECORD, recorder.shown[:shown], state=computer / STATE)] += 1
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("visit", ["as it is", "with many checkpoints"])
def test_that_no_power_cut_takes_what_was_shown(
    visit: str, part: int, recorded: Recorded, tmp_path: Path, tally: Tally
) -> None:
    found = judged(recorded(visit), STATES, part, tmp_path)
    tally(f"power cuts, {visit}", found)
    assert found.keys() <= {Verdict.WHOLE, Verdict.NOT_BEGUN}, found
    assert found[Verdict.WHOLE] > STATES / 2


def test_that_without_full_syncs_power_cuts_would_take_something(
    recorded: Recorded, tmp_path: Path, tally: Tally
) -> None:
    found = judged(recorded("without full syncs"), STATES, 0, tmp_path)
    tally("power cuts, without full syncs (must lose)", found)
    assert found[Verdict.LOST] > 0
    assert found[Verdict.CORRUPT] == found[Verdict.UNOPENABLE] == 0
