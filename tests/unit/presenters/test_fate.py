"""The read-back names the slot that the record then has: always the same, whatever is typed."""

from __future__ import annotations

import random

import pytest

from monitor.overview import ReadingView
from monitor.protocols.protocol import Anchor
from monitor.schedule import SlotState
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.presenters.words import signed, slot_name

LINES = ("128/82 76 98 16", "128/82 76 98 16 s5 d2", "128/82", "s5 d3", "128/82 76 98 -")


def goes(row: ReadingView, *, baseline: bool) -> str:
    """Return in the read-back's words how a stored reading stands in the record."""
    if not row.slot:
        return "extra reading"
    if baseline:
        return "before the start: baseline"
    minutes = row.minutes or 0
    if row.state is SlotState.ON_TIME:
        return f"closes {slot_name(row.slot)}" + (f", {signed(minutes)} min" if minutes else "")
    assert row.state is not None
    return f"closes {slot_name(row.slot)}, {abs(minutes)} min {row.state.value}"


@pytest.mark.parametrize("protocol", ["iv-ketamine-40", "esketamine"])
@pytest.mark.parametrize("seed", [0, 5])
def test_that_what_the_read_back_says_is_what_the_record_then_says(
    protocol: str, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - which lines are tried
    seat = Seat(Visit(protocol).started(baseline="122/76 72 98 16 s5 d0"))
    minute = 0
    for _ in range(10):
        minute += chance.randint(1, 9)
        seat.visit.at(f"{10 + minute // 60}:{minute % 60:02}")
        back = chance.randint(0, 12)
        line = chance.choice(LINES) + (f" -{back}m" if chance.random() < 0.5 else "")
        seat.presenter.on_entries()
        seat.presenter.entry.typed(line)
        said = seat.view.read
        known = {row.uid for row in seat.visit.overview.readings}
        seat.presenter.entry.submit()
        if seat.view.why is not None:
            assert said.enter == "asks why"
            seat.presenter.entry.give_reason("")
        (row,) = [row for row in seat.visit.overview.readings if row.uid not in known]
        anchors = {slot.name: slot.anchor for slot in seat.visit.overview.slots}
        baseline = anchors.get(row.slot) is Anchor.BASELINE
        assert said.goes == goes(row, baseline=baseline), (minute, line)
