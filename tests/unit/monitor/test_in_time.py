"""What is done has its place in time: after opening and order, between its neighbours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import Amend, Finish, GiveDose, Pause, Prepare, Resume, Start, TakeOrder
from monitor.entries import Entry, Given
from monitor.errors import Code, MonitorError
from monitor.phases import Phase
from tests.fakes.by_hand import infusion, injection
from tests.fakes.visit import DEVICE, EXPIRY, LOT, Visit
from ui.wording import sentence


def move(visit: Visit, entry: Entry, hhmm: str) -> None:
    visit.do(Amend(entry=entry.uid, changes={"at": visit.instant(hhmm)}, reason="misread"))


def refusal(visit: Visit, entry: Entry, hhmm: str) -> str:
    with pytest.raises(MonitorError) as caught:
        move(visit, entry, hhmm)
    return sentence(caught.value)


def steps() -> tuple[Visit, list[Entry]]:
    """Return an infusion that was paused at 10:10, resumed at 10:15 and finished at 10:45."""
    visit = infusion()
    made = [visit.do(Start())[0]]
    for at, act in (("10:10", Pause()), ("10:15", Resume()), ("10:45", Finish())):
        made += visit.at(at).do(act)
    return visit.at("10:50"), made


def test_that_a_finish_amended_to_before_the_start_opens_no_door() -> None:
    visit, (_, _, _, finish) = steps()
    assert refusal(visit, finish, "09:00").startswith("This cannot have been before 09:48")
    assert refusal(visit, finish, "10:12").startswith("This cannot have been before 10:15")
    assert visit.overview.phase is Phase.RECOVERY
    move(visit, finish, "10:40")
    assert visit.overview.ended_at == visit.instant("10:40")


def test_that_a_step_of_the_pump_stays_between_its_neighbours() -> None:
    visit, (start, pause, resume, _) = steps()
    between = "What came before this was at 10:00 and what came after it at 10:15"
    assert refusal(visit, pause, "10:16").startswith(between)
    assert refusal(visit, pause, "09:59").startswith(between)
    assert refusal(visit, start, "10:11").startswith("What came after this was at 10:10")
    assert refusal(visit, resume, "10:46").count("10:45") == 1
    move(visit, pause, "10:14")
    move(visit, start, "10:05")
    assert visit.overview.started_at == visit.instant("10:05")


def test_that_devices_and_portions_keep_their_order() -> None:
    nasal = Visit("esketamine").started("10:00")
    (second,) = nasal.at("10:05").do(DEVICE)
    nasal.at("10:10").do(DEVICE)
    assert "10:00" in refusal(nasal, second, "09:59")
    assert "10:10" in refusal(nasal.at("10:20"), second, "10:11")
    visit = injection()
    visit.do(GiveDose(dose_mg=Decimal(15), reason="in two places"))
    (last,) = visit.at("10:03").do(GiveDose())
    assert "10:00" in refusal(visit, last, "09:59")


def test_that_the_first_drug_is_moved_to_before_neither_order_nor_opening() -> None:
    visit = Visit().at("09:52").ordered().weighed().calculated().checked()
    (start,) = visit.at("10:00").do(Start(reason="no cuff"))
    assert refusal(visit, start, "09:50").startswith("This cannot have been before 09:52")
    move(visit, start, "09:52")


def test_that_a_time_that_is_none_is_not_understood() -> None:
    visit, (start, *_) = steps()
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.do(Amend(entry=start.uid, changes={"at": "10:01"}, reason="misread"))


def test_that_nothing_is_given_before_it_was_ordered() -> None:
    visit = Visit().at("09:52").ordered().weighed().calculated().checked().at("10:00")
    with visit.refused(Code.TOO_EARLY):
        visit.do(Start(at=visit.instant("09:50"), reason="late entry"))
    visit.do(Start(at=visit.instant("09:52"), reason="late entry"))
    nasal = Visit("esketamine").at("09:52").ordered().at("10:00")
    with nasal.refused(Code.TOO_EARLY):
        nasal.do(replace(DEVICE, at=nasal.instant("09:51"), reason="late entry"))


def test_that_nothing_was_done_before_the_session_was_opened() -> None:
    visit = Visit().ordered().weighed().calculated()
    draw = Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.7"))
    long_ago = visit.clock.now() - dt.timedelta(days=60)
    with visit.refused(Code.TOO_EARLY):
        visit.do(replace(draw, at=long_ago))
    other = Visit("im-ketamine")
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5"), at=other.instant("09:47"))
    with other.refused(Code.TOO_EARLY):
        other.do(order, other.prescriber)


def test_that_an_expired_lot_is_past_its_date_whatever_time_is_given() -> None:
    nasal = Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0")
    last_day = replace(DEVICE, expiry="2026-03-02", at=nasal.clock.now(), reason="late")
    nasal.clock.advance(days=1)
    with nasal.refused(Code.EXPIRED):
        nasal.do(last_day)
    nasal.do(replace(last_day, expiry="2026-03-03"))
