"""A set typed with the start's own minute once the dose has begun: asked, never preferred."""

from __future__ import annotations

import pytest

from monitor.acts import Amend, Start, TypeLine
from monitor.errors import Code, InputError
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.wording import sentence

LATER = "150/90 90 97 18 s4 d2 @10:00"


def begun(baseline: str = "122/76 72 98 16 s5 d0") -> Visit:
    """Return a visit whose drug was started at 10:00."""
    visit = Visit().ordered().weighed().calculated().checked()
    if baseline:
        visit.at("09:55").line(baseline)
    visit.at("10:00").do(Start(reason="" if baseline else "cuff broken"))
    return visit


def the_baseline(visit: Visit) -> str:
    row = visit.overview.reference
    return f"{row.measured:%H:%M} {row.slot}" if row else ""


def test_that_a_set_of_the_start_s_own_minute_replaces_no_baseline() -> None:
    visit = begun()
    before = the_baseline(visit)
    visit.at("10:02").line(LATER)
    assert the_baseline(visit) == before == "08:55 baseline"
    assert visit.overview.readings[-1].slot == ""
    assert visit.slot("baseline").reading == visit.overview.readings[0].uid


def test_that_a_set_before_the_start_s_minute_still_is_the_newest_though_typed_late() -> None:
    visit = begun()
    visit.at("10:02").line("130/80 74 98 16 s5 d0 @09:59")
    assert the_baseline(visit) == "08:59 baseline"


def test_that_one_typed_before_the_start_in_its_minute_is_the_baseline() -> None:
    visit = Visit().ordered().weighed().calculated().checked()
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").line("128/80 74 98 16 s5 d0")
    visit.do(Start())
    assert the_baseline(visit) == "09:00 baseline"


def test_that_without_a_baseline_it_is_asked_once_whether_it_was_before_the_drug() -> None:
    visit = begun("")
    visit.at("10:02")
    before = len(visit.store.entries)
    with pytest.raises(InputError) as caught:
        visit.do(TypeLine(text=LATER))
    assert (caught.value.code, len(visit.store.entries)) == (Code.IMPLAUSIBLE, before)
    assert sentence(caught.value).startswith("10:00 is the minute of the start; confirm it")
    visit.line(LATER, confirm=True)
    assert the_baseline(visit) == "09:00 baseline"


def test_that_one_of_another_minute_and_a_part_of_a_set_are_not_asked_about() -> None:
    visit = begun("")
    visit.at("10:02").line("150/90 90 97 18 @10:01").line("150/90 @10:00")
    assert the_baseline(visit) == ""


def test_that_a_set_of_before_the_start_takes_the_place_of_a_confirmed_one() -> None:
    visit = begun("")
    visit.at("10:02").line(LATER, confirm=True)
    visit.line("122/76 72 98 16 s5 d0 @09:58")
    assert the_baseline(visit) == "08:58 baseline"
    assert visit.slot("baseline").measured == visit.instant("09:58")


def test_that_an_amended_time_in_the_start_s_minute_replaces_no_baseline() -> None:
    visit = begun()
    visit.at("10:05").line("150/90 90 97 18 s4 d2")
    uid = visit.row("10:05").uid
    visit.do(Amend(entry=uid, text=LATER, reason="clock misread"))
    assert the_baseline(visit) == "08:55 baseline"


def test_that_the_read_back_says_that_the_baseline_stays() -> None:
    seat = Seat(begun().at("10:02"))
    seat.presenter.on_entries()
    seat.presenter.entry.typed(LATER)
    assert seat.view.read.goes == "extra reading"
    assert "The dose began at 10:00: the baseline stays that of 09:55." in seat.view.read.said


@pytest.mark.parametrize("bp", ["150/90", "260/90"])
def test_that_the_line_asks_once_and_enter_again_confirms(bp: str) -> None:
    seat = Seat(begun("").at("10:02"))
    seat.presenter.on_entries()
    seat.presenter.entry.typed(LATER.replace("150/90", bp))
    assert seat.view.read.goes == "before the start: baseline"
    assert seat.view.read.enter == "asks once more"
    seat.presenter.entry.submit()
    assert seat.view.read.said.endswith(
        "10:00 is the minute of the start; this becomes the baseline: is it right?"
    )
    assert ("unusual" in seat.view.read.said) is (bp == "260/90")
    assert seat.visit.overview.readings == ()
    seat.presenter.entry.submit()
    assert the_baseline(seat.visit) == "09:00 baseline"
