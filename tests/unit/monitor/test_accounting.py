"""The balances: nothing that was taken from the cupboard is lost on paper."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from monitor import delivery
from monitor.accounting import Mixture, Vial, graduation, part_of, tolerance, whole_pieces
from monitor.acts import ChangeRate, Finish, Pause, Resume, Start, Stop, Waste
from monitor.delivery import Segment
from monitor.entries import WasteOf
from monitor.errors import InputError
from monitor.units import FlowRate, Mass, Volume
from tests.fakes.visit import Visit
from tests.unit.monitor.amounts import written
from tests.vectors import cases

TEN = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

milligrams = st.decimals(0, 500, places=4)
volumes = st.decimals(Decimal("0.01"), 50, places=2)


@given(milligrams, milligrams, milligrams)
def test_that_prepared_is_always_given_and_wasted_and_unaccounted(
    prepared: Decimal, given_mg: Decimal, wasted: Decimal
) -> None:
    balance = Mixture(prepared, given_mg, wasted)
    assert balance.given_mg + balance.wasted_mg + balance.unaccounted_mg == prepared
    assert balance.given_mg + balance.left_mg == prepared
    assert balance.balances is (balance.unaccounted_mg == 0)


@given(volumes, volumes, volumes, volumes)
def test_that_a_vial_is_always_what_was_drawn_wasted_kept_and_is_open(
    opened: Decimal, drawn: Decimal, wasted: Decimal, kept: Decimal
) -> None:
    fifty = Decimal(50)
    amounts = [ml * fifty for ml in (opened, drawn, wasted, kept)]
    vial = Vial("ketamine-50", "A", fifty, *amounts)
    assert vial.drawn_mg + vial.wasted_mg + vial.kept_mg + vial.rest_mg == vial.opened_mg
    apart = opened - drawn - wasted - kept
    assert vial.open_ml == (apart if abs(apart) > Decimal("0.01") else 0)


@pytest.mark.parametrize(
    ("volume", "mark"),
    [("0.7", "0.01"), ("1", "0.01"), ("1.01", "0.1"), ("4", "0.2"), ("15", "1"), ("250", "1")],
)
def test_that_a_graduation_is_that_of_the_smallest_syringe(volume: str, mark: str) -> None:
    assert graduation(Decimal(volume)) == Decimal(mark)


def test_that_a_tolerance_is_a_graduation_of_the_mixture_or_the_pumps_rounding() -> None:
    mixture = Decimal("0.7")
    assert tolerance(Decimal(15), mixture) == Decimal("0.7")
    assert tolerance(Decimal("0.02"), mixture) == Decimal("0.007")
    assert tolerance(Decimal("0.02"), mixture, Decimal("0.03")) == Decimal("0.021")


def test_that_a_half_tablet_comes_out_of_a_whole_one() -> None:
    assert whole_pieces(Decimal("1.5")) == 2
    assert part_of(Decimal("1.5"), Decimal("0.5"))
    assert not part_of(Decimal("1.25"), Decimal("0.5"))


steps = st.lists(
    st.tuples(st.integers(1, 3600), st.decimals(0, 75, places=1)), min_size=1, max_size=8
)


@given(steps, volumes, st.decimals(Decimal("0.1"), 200, places=2))
def test_that_given_and_left_are_prepared_for_any_sequence_short_of_overrun(
    course: list[tuple[int, Decimal]], volume: Decimal, prepared: Decimal
) -> None:
    segments, at = [], TEN
    for seconds, rate in course:
        end = at + dt.timedelta(seconds=seconds)
        segments.append(Segment(at, end, FlowRate(rate)))
        at = end
    mixed, whole = Volume(volume), Mass(prepared)
    made = delivery.given(segments, mixed, whole, at)
    apart = [delivery.given([each], mixed, whole, at).mg for each in segments]
    left = whole - made
    assert made.mg + left.mg == prepared
    if delivery.infused(segments, at).ml <= volume:
        assert abs(sum(apart) + left.mg - prepared) < Decimal("1e-20")


def at_minute(visit: Visit, minute: str) -> Visit:
    return visit.at(f"{10 + int(minute) // 60}:{int(minute) % 60:02}")


@pytest.mark.parametrize("case", cases("delivery"), ids=lambda c: c["name"])
def test_that_the_worked_examples_of_delivery_hold_through_the_acts(case: dict[str, Any]) -> None:
    visit = Visit().ordered().weighed().calculated().checked().prepared()
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    assert visit.overview.dose.prepared_mg == Decimal(case["prepared_mg"])
    assert visit.overview.dose.final_volume_ml == Decimal(case["volume_ml"])
    before = None
    for part in case["segments"]:
        rate = Decimal(part["rate_ml_h"])
        if before is None:
            at_minute(visit, part["from"]).do(Start(rate_ml_h=rate))
        elif before == part["from"]:
            at_minute(visit, part["from"]).do(ChangeRate(rate_ml_h=rate))
        else:
            at_minute(visit, before).do(Pause())
            at_minute(visit, part["from"]).do(Resume(rate_ml_h=rate))
        before = part["to"]
    ran_out = Decimal(case["expect"]["remaining_mg"]) == 0
    at_minute(visit, before or "0").do(Finish() if ran_out else Stop(reason="blood pressure"))
    dose = visit.at("11:30").overview.dose
    assert dose.given_mg == Decimal(case["expect"]["given_mg"])
    assert dose.left_mg == Decimal(case["expect"]["remaining_mg"])
    assert dose.unaccounted_mg == Decimal(case["expect"]["remaining_mg"])


courses = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(["75", "37.5", "50.1", ""])), max_size=4
)


@settings(max_examples=20, deadline=None)
@given(courses, st.integers(0, 100))
def test_that_the_figures_of_a_session_always_add_up(
    course: list[tuple[int, str]], share: int
) -> None:
    visit = Visit().ordered().weighed().calculated().checked().prepared()
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    minute, paused = 0, False
    for length, rate in course:
        minute += length
        visit.at(f"10:{minute:02}")
        if rate:
            value = Decimal(rate)
            visit.do(Resume(rate_ml_h=value) if paused else ChangeRate(rate_ml_h=value))
        elif not paused:
            visit.do(Pause())
        paused = not rate
    visit.at("10:39").do(Stop(reason="nausea"))
    left = visit.overview.dose.left_mg or Decimal(0)
    ml = (left / Decimal("0.7") * share / 100).quantize(Decimal("0.1"))
    if ml:
        visit.do(Waste(of=WasteOf.MIXTURE, ml=ml, witness=visit.prescriber))
    dose = visit.overview.dose
    amounts = (dose.given_mg, dose.wasted_mg, dose.unaccounted_mg)
    assert sum(amount for amount in amounts if amount is not None) == dose.prepared_mg
    assert (dose.given_mg or 0) + (dose.left_mg or 0) == dose.prepared_mg


def test_that_a_vial_of_pieces_balances_exactly() -> None:
    vial = Vial("t", "A", None, Decimal(50), Decimal(25), Decimal(0), Decimal(0))
    assert written(vial.open_mg, vial.open_ml) == ["25", "-"]


def test_that_an_error_of_handling_is_an_input_error_with_its_field() -> None:
    visit = Visit().ordered().weighed().calculated()
    with pytest.raises(InputError) as caught:
        visit.prepared(vial_ml="7", vials=1)
    assert caught.value.field == "vial_ml"


def test_that_waste_may_be_what_the_pump_s_own_display_leaves() -> None:
    visit = Visit().started().at("10:23")
    visit.do(Stop(reason="nausea", pump_ml=Decimal("2.7")))
    with pytest.raises(InputError) as caught:
        visit.do(Waste(of=WasteOf.MIXTURE, ml=Decimal(49), witness=visit.prescriber))
    assert caught.value.facts["most"] == Decimal("47.30")
    visit.do(Waste(of=WasteOf.MIXTURE, ml=Decimal("47.3"), witness=visit.prescriber))
    dose = visit.overview.dose
    assert (dose.wasted_mg, dose.unaccounted_mg) == (Decimal("33.11"), Decimal("-18.235"))
    assert "unaccounted" in [gap.code for gap in visit.overview.gaps]
