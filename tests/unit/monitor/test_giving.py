"""Pump and devices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import (
    Cancel,
    ChangeRate,
    Finish,
    Override,
    Pause,
    Resume,
    Start,
    Stop,
    Weigh,
)
from monitor.entries import Weighing
from monitor.errors import Code
from monitor.phases import Phase
from tests.fakes.visit import DEVICE, Visit


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def nasal() -> Visit:
    return Visit("esketamine")


def test_that_nothing_starts_without_order_dose_and_baseline(visit: Visit) -> None:
    with visit.refused(Code.ORDER_MISSING):
        visit.do(Start())
    visit.ordered().weighed()
    with visit.refused(Code.DOSE_MISSING):
        visit.do(Start())
    visit.calculated()
    with visit.refused(Code.BASELINE_MISSING):
        visit.do(Start())


def test_that_a_baseline_older_than_half_an_hour_is_none(visit: Visit) -> None:
    visit.ordered().weighed().calculated().checked().at("09:29").line("122/76 72 98 16 s5 d0")
    with visit.refused(Code.BASELINE_MISSING):
        visit.at("10:00").do(Start())
    visit.at("09:59").do(Start())
    assert visit.overview.phase is Phase.INFUSING


def test_that_a_start_without_baseline_keeps_its_reason(visit: Visit) -> None:
    visit.ordered().weighed().calculated().checked().at("10:00")
    visit.do(Start(reason="cuff broken, patient agitated"))
    assert visit.slot("baseline").reason == "cuff broken, patient agitated"


def test_that_a_paused_and_halved_infusion_gives_what_ran(visit: Visit) -> None:
    visit.started("10:00").at("10:18").do(Pause(reason="blood pressure"))
    visit.at("10:23").do(Resume(rate_ml_h=Decimal("37.5")))
    visit.at("10:43").do(Stop(reason="patient's wish"))
    dose = visit.at("10:50").overview.dose
    assert (dose.given_mg, dose.left_mg) == (Decimal("24.5"), Decimal("10.5"))


def test_that_what_is_given_grows_while_it_runs(visit: Visit) -> None:
    visit.started("10:00")
    assert visit.at("10:20").overview.dose.given_mg == Decimal("17.5")
    assert visit.at("10:30").overview.dose.left_mg == Decimal("8.75")


def test_that_an_infusion_left_running_gives_no_more_than_prepared_and_leaves_a_gap(
    visit: Visit,
) -> None:
    visit.started("10:00").at("10:55").do(Finish())
    assert visit.overview.dose.given_mg == 35
    assert "overrun" in visit.gaps()


def test_that_an_infusion_of_planned_length_leaves_no_gap(visit: Visit) -> None:
    visit.started("10:00")
    for minute, dissociation in ((10, 3), (20, 6), (30, 7), (40, 6)):
        visit.at(f"10:{minute}").line(f"126/79 74 98 16 s5 d{dissociation}")
    visit.do(Finish())
    assert visit.gaps() == []


@pytest.mark.parametrize("act", [Pause(), Resume(), ChangeRate(rate_ml_h=Decimal(50)), Finish()])
def test_that_the_pump_cannot_be_touched_before_it_runs(visit: Visit, act: Pause) -> None:
    with visit.refused(Code.WRONG_PHASE):
        visit.do(act)


def test_that_an_infusion_is_stopped_with_a_reason_alone(visit: Visit) -> None:
    visit.started("10:00").at("10:10")
    with visit.refused(Code.REASON_MISSING):
        visit.do(Stop())


def test_that_it_is_resumed_only_when_paused(visit: Visit) -> None:
    visit.started("10:00").at("10:10")
    with visit.refused(Code.WRONG_PHASE):
        visit.do(Resume())


def test_that_nobody_is_weighed_again_once_the_dose_runs(visit: Visit) -> None:
    visit.started("10:00")
    with visit.refused(Code.WRONG_PHASE):
        visit.do(Weigh(kg=Decimal(71), how=Weighing.MEASURED))


def test_that_a_started_session_cannot_be_cancelled(visit: Visit) -> None:
    visit.started("10:00")
    with visit.refused(Code.WRONG_PHASE):
        visit.do(Cancel(reason="changed our minds"))


def test_that_a_future_time_is_refused(visit: Visit) -> None:
    visit.started("10:00").at("10:10")
    with visit.refused(Code.FUTURE):
        visit.do(Pause(at=visit.instant("10:11")))


def test_that_a_device_waits_five_minutes_or_wants_a_reason(nasal: Visit) -> None:
    nasal.started("10:00").at("10:03")
    with nasal.refused(Code.TOO_EARLY):
        nasal.do(DEVICE)
    nasal.do(replace(DEVICE, reason="patient had already begun"))
    assert nasal.overview.devices[1].minutes_early == 2


def test_that_there_are_no_more_devices_than_ordered(nasal: Visit) -> None:
    nasal.started("10:00").at("10:05").do(DEVICE)
    nasal.at("10:10").do(DEVICE)
    with nasal.refused(Code.TOO_MUCH):
        nasal.at("10:15").do(DEVICE)
    assert nasal.overview.phase is Phase.OBSERVATION


def test_that_an_expired_device_is_refused_and_its_month_is_good_to_the_last_day(
    nasal: Visit,
) -> None:
    nasal.ordered().at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")
    with nasal.refused(Code.EXPIRED):
        nasal.do(replace(DEVICE, expiry="2026-02"))
    nasal.do(replace(DEVICE, expiry="2026-03"))


def test_that_a_high_pressure_before_the_first_device_is_a_recorded_decision(
    nasal: Visit,
) -> None:
    nasal.ordered().at("09:55").line("152/88 72 98 16 s5 d0").at("10:00")
    with nasal.refused(Code.PRE_DOSE_HOLD):
        nasal.do(replace(DEVICE, reason="known hypertension, Dr Silva decides to go on"))
    nasal.do(Override(what="pre-dose-hold", reason="known hypertension"), nasal.prescriber)
    nasal.do(DEVICE)
    assert nasal.overview.overrides[0].used


def test_that_140_over_90_is_not_yet_high(nasal: Visit) -> None:
    nasal.ordered().at("09:55").line("140/90 72 98 16 s5 d0").at("10:00").do(DEVICE)
    assert len(nasal.overview.devices) == 1


def test_that_dosing_ended_short_starts_the_doors_clock_at_the_last_device(nasal: Visit) -> None:
    nasal.started("10:00").at("10:20")
    before = nasal.overview.clocks
    assert before.minutes_since_last is None
    with nasal.refused(Code.REASON_MISSING):
        nasal.do(Finish())
    nasal.do(Finish(reason="nausea"))
    assert nasal.overview.clocks.minutes_since_last == 20
    with nasal.refused(Code.WRONG_PHASE):
        nasal.do(DEVICE)
