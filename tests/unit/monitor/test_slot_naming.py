"""Naming a slot: which can be named, what wants a reason, and what an empty line never does."""

from __future__ import annotations

import pytest

from monitor.acts import Amend, Start, TypeLine
from monitor.errors import Code, InputError, RefusedError
from monitor.schedule import SlotState
from monitor.vitals import Sign
from tests.fakes.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit().started().at("10:10").line("128/82 76 98 16").at("10:20")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("99", Code.NOT_UNDERSTOOD),
        ("10", Code.SLOT_CLOSED),
        ("baseline", Code.SLOT_CLOSED),
        ("30", Code.REASON_MISSING),
    ],
)
def test_that_a_slot_is_named_only_where_a_reading_can_close_it(
    visit: Visit, name: str, code: Code
) -> None:
    with visit.refused(code):
        visit.line(f"130/84 78 98 16 slot {name}")


@pytest.mark.parametrize("name", ["99", "10"])
def test_that_a_slot_that_cannot_be_named_is_refused_before_anything_is_asked(
    visit: Visit, name: str
) -> None:
    with visit.refused(Code.NOT_UNDERSTOOD if name == "99" else Code.SLOT_CLOSED):
        visit.line(f"260/150 78 60 16 slot {name}")


def test_that_everything_unusual_in_a_line_is_asked_about_at_once(visit: Visit) -> None:
    with pytest.raises(InputError) as caught:
        visit.line("260/150 20 60 2")
    assert caught.value.facts["asked"] == (Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.RESP)


def test_that_no_reading_after_the_start_is_named_the_baseline() -> None:
    visit = Visit().ordered().weighed().calculated().checked().at("10:00")
    visit.do(Start(reason="cuff broken"))
    with pytest.raises(RefusedError) as caught:
        visit.at("10:05").line("130/84 78 98 16 slot baseline", reason="late")
    assert (caught.value.code, caught.value.facts["what"]) == (Code.WRONG_PHASE, "baseline")


def test_that_a_named_slot_is_early_or_late_with_its_reason(visit: Visit) -> None:
    visit.line("130/84 78 98 16 slot 30", reason="leaves the room")
    assert (visit.slot("30").state, visit.slot("30").minutes) == (SlotState.EARLY, -10)
    visit.at("10:26").line("130/84 78 98 16 slot 20", reason="with chair 3")
    assert (visit.slot("20").state, visit.slot("20").minutes) == (SlotState.LATE, 6)


def test_that_an_amendment_cannot_name_a_slot_that_another_reading_closed(visit: Visit) -> None:
    visit.line("130/84 78 98 16")
    uid = visit.row("10:20").uid
    for name, code in (("10", Code.SLOT_CLOSED), ("99", Code.NOT_UNDERSTOOD)):
        with visit.refused(code):
            visit.do(Amend(entry=uid, text=f"130/84 78 98 16 slot {name}", reason="slip"))
    visit.do(Amend(entry=uid, text="131/84 78 98 16 slot 20", reason="slip"))
    assert visit.slot("20").reading == uid


@pytest.mark.parametrize("text", ["", "  ", "-", "- - - -", "@10:20", "slot 20", "left", "?"])
def test_that_an_empty_save_is_refused_and_moves_no_clock(visit: Visit, text: str) -> None:
    before = visit.overview
    with pytest.raises(InputError) as caught:
        visit.do(TypeLine(text=text, reason="whatever", confirm=True))
    assert caught.value.code is Code.EMPTY
    after = visit.overview
    assert (after.slots, after.clocks, after.readings) == (
        before.slots,
        before.clocks,
        before.readings,
    )
