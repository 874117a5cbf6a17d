"""A dose given by hand: pushed, injected, swallowed; its phases, its parts, its clocks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import (
    Act,
    Amend,
    Calculate,
    Discharge,
    Finish,
    GiveDose,
    Override,
    Prepare,
    Start,
    TakeOrder,
    Waste,
)
from monitor.chart_page import PortionMark, chart_page
from monitor.entries import Given, Leaving, VolumeMode, WasteOf
from monitor.errors import Code
from monitor.phases import Phase
from tests.fakes.visit import EXPIRY, LOT, Visit
from tests.unit.monitor.amounts import written

PUSH = Calculate(
    strength_mg_per_ml=Decimal(10), volume_ml=Decimal(10), volume_mode=VolumeMode.REPLACES
)


def pushed() -> Visit:
    """0.2 mg/kg over 2 min for 70 kg: 14 mg in 10 mL, checked; a baseline at 9:55."""
    visit = Visit("iv-push-ed")
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.2"), minutes=Decimal(2))
    visit.do(order, visit.prescriber)
    visit.weighed().do(PUSH)
    return visit.checked().at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")


def injected() -> Visit:
    """0.5 mg/kg for 70 kg into the deltoid: 35 mg of 50 mg/mL, checked; a baseline."""
    visit = Visit("im-ketamine")
    visit.do(TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5")), visit.prescriber)
    visit.weighed().do(Calculate(strength_mg_per_ml=Decimal(50)))
    return visit.checked().at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")


def swallowed() -> Visit:
    """50 mg as two tablets of 25 mg; a baseline."""
    visit = Visit("oral-ketamine")
    visit.do(TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(50)), visit.prescriber)
    visit.do(Calculate(product="ketamine-tablet-25"))
    return visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")


def gaps(visit: Visit) -> list[str]:
    return [f"{gap.code} {gap.about}".strip() for gap in visit.overview.gaps]


@pytest.mark.parametrize("make", [pushed, injected])
def test_that_a_dose_in_one_go_is_given_and_then_observed(make: type[Visit]) -> None:
    visit: Visit = make()
    assert visit.overview.phase is Phase.PRE_DOSE
    visit.prepared().do(GiveDose())
    seen = visit.at("10:30").overview
    dose = seen.dose
    assert seen.phase is Phase.OBSERVATION
    assert dose.given_mg == dose.prepared_mg
    assert written(dose.left_mg, dose.unaccounted_mg) == ["0", "0"]
    assert (seen.segments, dose.rate_ml_h, seen.planned_end) == ((), None, None)
    assert {gap.split()[0] for gap in gaps(visit)} == {"slot-overdue"}


def test_that_a_push_ends_when_it_has_been_given() -> None:
    visit = pushed().prepared()
    visit.do(GiveDose())
    seen = visit.overview
    assert seen.started_at == visit.instant("10:00")
    assert seen.ended_at == visit.instant("10:02")
    assert visit.slot("+15").due == visit.instant("10:17")
    assert seen.clocks.minutes_since_end == 0
    assert visit.at("10:32").overview.clocks.minutes_since_end == 30
    assert visit.overview.clocks.minutes_since_first == 32
    (portion,) = visit.overview.dose.portions
    assert written(portion.mg, portion.minutes) == ["14", "2"]


def test_that_half_of_a_push_takes_half_of_the_time() -> None:
    visit = pushed().prepared()
    visit.do(GiveDose(dose_mg=Decimal(7), reason="to see how it is taken"))
    (portion,) = visit.overview.dose.portions
    assert portion.minutes == 1


def test_that_a_push_faster_than_the_protocol_wants_a_reason() -> None:
    visit = pushed().prepared()
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(GiveDose(minutes=Decimal("0.5")))
    visit.do(GiveDose(minutes=Decimal("0.5"), reason="the syringe slipped"))
    assert visit.overview.dose.portions[0].minutes == Decimal("0.5")


def test_that_nothing_is_given_without_order_dose_baseline_and_check() -> None:
    visit = Visit("im-ketamine")
    for code, step in (
        (
            Code.ORDER_MISSING,
            TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5")),
        ),
        (Code.DOSE_MISSING, None),
    ):
        with visit.refused(code):
            visit.do(GiveDose())
        if step:
            visit.do(step, visit.prescriber)
    visit.weighed().do(Calculate(strength_mg_per_ml=Decimal(50)))
    with visit.refused(Code.BASELINE_MISSING):
        visit.do(GiveDose())
    visit.line("122/76 72 98 16 s5 d0")
    with visit.refused(Code.CHECK_MISSING):
        visit.do(GiveDose())
    visit.checked().do(GiveDose())


def test_that_an_override_lifts_check_and_baseline_and_is_listed_for_ever() -> None:
    visit = Visit("im-ketamine")
    visit.do(TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5")), visit.prescriber)
    visit.weighed().do(Calculate(strength_mg_per_ml=Decimal(50)))
    for code in (Code.BASELINE_MISSING, Code.CHECK_MISSING):
        with visit.refused(code):
            visit.do(GiveDose())
        visit.do(Override(what=code.value, reason="severe agitation"), visit.prescriber)
    visit.prepared().do(GiveDose())
    assert gaps(visit) == [
        "slot-missed baseline",
        "override baseline-missing",
        "override check-missing",
        "check-missing",
    ]
    assert visit.slot("baseline").reason == "severe agitation"
    assert [(o.what, o.used) for o in visit.overview.overrides] == [
        ("baseline-missing", True),
        ("check-missing", True),
    ]
    assert "override baseline-missing" not in visit.gaps()


def test_that_parts_are_given_with_a_reason_until_nothing_is_left() -> None:
    visit = injected().prepared()
    part = GiveDose(dose_mg=Decimal(15), site="left deltoid")
    with visit.refused(Code.REASON_MISSING):
        visit.do(part)
    visit.do(replace(part, reason="in two places"))
    seen = visit.at("10:03").overview
    assert seen.phase is Phase.GIVING
    assert written(seen.dose.given_mg, seen.dose.left_mg) == ["15", "20"]
    assert (seen.ended_at, seen.dose.unaccounted_mg) == (None, None)
    visit.do(GiveDose(site="right deltoid"))
    seen = visit.overview
    assert (seen.phase, seen.ended_at) == (Phase.OBSERVATION, visit.instant("10:03"))
    assert written(*(portion.mg for portion in seen.dose.portions)) == ["15", "20"]
    assert [e.text for e in seen.events] == ["15 mg, left deltoid", "20 mg, right deltoid"]
    with visit.refused(Code.WRONG_PHASE):
        visit.do(GiveDose())


def test_that_a_dose_ended_short_leaves_the_rest_to_be_wasted() -> None:
    visit = injected().prepared()
    with visit.refused(Code.WRONG_PHASE):
        visit.do(Finish(reason="changed our minds"))
    visit.do(GiveDose(dose_mg=Decimal(15), reason="in two places"))
    rest = Waste(of=WasteOf.MIXTURE, ml=Decimal("0.4"), witness=visit.prescriber)
    with visit.refused(Code.WRONG_PHASE):
        visit.do(rest)
    with visit.refused(Code.REASON_MISSING):
        visit.do(Finish())
    visit.at("10:05").do(Finish(reason="vomiting"))
    seen = visit.overview
    assert (seen.ended_at, seen.ended_reason) == (visit.instant("10:00"), "vomiting")
    assert seen.dose.unaccounted_mg == 20
    visit.do(rest)
    assert visit.overview.dose.unaccounted_mg == 0
    assert "unaccounted" not in visit.gaps()


def test_that_tablets_are_prepared_given_and_wasted_by_the_piece() -> None:
    visit = swallowed()
    assert visit.overview.dose.pieces == 2
    visit.prepared()
    (made,) = visit.overview.dose.preparations
    assert written(made.mg, made.pieces, made.opened_mg) == ["50", "2", "50"]
    assert made.name == "ketamine 25 mg tablet"
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(GiveDose(dose_mg=Decimal(30), reason="a bit more"))
    visit.do(GiveDose(dose_mg=Decimal("37.5"), reason="half a tablet was spat out"))
    visit.do(Finish(reason="half a tablet was spat out"))
    assert visit.overview.dose.tolerance_mg == 0
    half = Waste(of=WasteOf.MIXTURE, count=Decimal("0.5"), witness=visit.prescriber)
    with visit.refused(Code.TOO_MUCH):
        visit.do(replace(half, count=Decimal(1)))
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(replace(half, count=Decimal("0.3")))
    with visit.refused(Code.DIFFERS):
        visit.do(replace(half, ml=Decimal(1)))
    visit.do(half)
    dose = visit.overview.dose
    figures = written(dose.given_mg, dose.wasted_mg, dose.unaccounted_mg)
    assert figures == ["37.5", "12.5", "0"]


def test_that_the_other_half_of_a_tablet_is_spoken_for() -> None:
    visit = Visit("oral-ketamine")
    visit.do(
        TakeOrder(how=Given.WRITTEN, dose_mg=Decimal("62.5"), reason="titrated"), visit.prescriber
    )
    visit.do(Calculate(product="ketamine-tablet-25"))
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").prepared().do(GiveDose())
    assert f"vial-open {LOT}" in gaps(visit)
    visit.do(Waste(of=WasteOf.VIAL, count=Decimal("0.5"), witness=visit.prescriber))
    assert f"vial-open {LOT}" not in gaps(visit)
    assert visit.overview.dose.vials[0].wasted_mg == Decimal("12.5")


def test_that_the_patient_leaves_once_the_observation_is_over() -> None:
    visit = swallowed().prepared()
    visit.do(GiveDose())
    for hhmm in ("10:30", "11:00", "11:30", "12:00"):
        visit.at(hhmm).line("124/78 74 98 16 s5 d0")
    visit.ready("Jan Nowak")
    phases = [visit.overview.phase, visit.left().overview.phase]
    assert phases == [Phase.READY, Phase.CLOSED]


def test_that_a_transfer_before_the_end_leaves_the_dose_open() -> None:
    visit = injected().prepared()
    visit.do(GiveDose(dose_mg=Decimal(15), reason="in two places"))
    visit.do(Discharge(how=Leaving.TRANSFERRED, escort="", reason="chest pain"))
    assert "dose-open" in gaps(visit)
    assert "unaccounted" in visit.gaps()


@pytest.mark.parametrize("act", [Start(), Finish(reason="done")])
def test_that_there_is_no_pump_to_start_or_to_finish(act: Act) -> None:
    visit = injected().prepared()
    with visit.refused(Code.WRONG_PHASE):
        visit.do(act)


def test_that_an_infusion_is_not_given_by_hand() -> None:
    visit = Visit().ordered().weighed().calculated().checked()
    with visit.refused(Code.WRONG_PHASE):
        visit.do(GiveDose())


def test_that_a_lot_that_was_forgotten_is_entered_after_the_dose() -> None:
    visit = injected()
    visit.do(GiveDose())
    assert gaps(visit) == ["not-prepared"]
    assert visit.overview.dose.unaccounted_mg is None
    visit.at("10:05").prepared()
    seen = visit.overview
    assert (seen.phase, seen.dose.preparations[0].lot) == (Phase.OBSERVATION, LOT)
    assert written(seen.dose.unaccounted_mg) == ["0"]
    assert gaps(visit) == ["not-prepared"]


def test_that_a_portion_stands_where_it_was_given_in_the_chart() -> None:
    page = chart_page(injected().overview)
    assert (page.band, page.portions, page.runs) == ("given", (), ())
    visit = injected().prepared()
    visit.do(GiveDose())
    page = chart_page(visit.overview)
    assert page.portions == (PortionMark(visit.instant("10:00"), Decimal(35)),)
    assert page.zero == visit.instant("10:00")
    assert chart_page(Visit("esketamine").overview).band == "devices"
    assert chart_page(Visit().overview).band == "infusion"


def test_that_how_long_a_push_took_is_put_right_and_how_much_was_given_is_not() -> None:
    visit = pushed().prepared()
    (given,) = visit.do(GiveDose())
    visit.at("10:10").do(
        Amend(entry=given.uid, changes={"minutes": Decimal("1.5")}, reason="misread")
    )
    assert visit.overview.dose.portions[0].minutes == Decimal("1.5")
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.do(Amend(entry=given.uid, changes={"mg": Decimal(12)}, reason="slip"))
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Amend(entry=given.uid, changes={"minutes": Decimal(0)}, reason="slip"))
    injection = injected().prepared()
    (given,) = injection.do(GiveDose(site="left deltoid"))
    with injection.refused(Code.OUT_OF_RANGE):
        injection.do(Amend(entry=given.uid, changes={"site": "left ear"}, reason="slip"))
    injection.do(Amend(entry=given.uid, changes={"site": "left thigh"}, reason="slip"))
    assert injection.overview.events[0].text == "35 mg, left thigh"


def test_that_an_unknown_product_or_another_strength_is_not_drawn_from() -> None:
    visit = injected()
    draw = Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.7"))
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(replace(draw, product="morphine-10"))
    with visit.refused(Code.DIFFERS):
        visit.do(replace(draw, product="ketamine-100"))
    visit.do(replace(draw, product="ketamine-50"))
