"""When a dose has begun and ended, what is left of it, and what of it nobody speaks for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import (
    Amend,
    Calculate,
    ChangeRate,
    Explain,
    Finish,
    GiveDose,
    Pause,
    Prepare,
    Resume,
    Start,
    Stop,
    TakeOrder,
    Waste,
)
from monitor.clinic import NewPatient
from monitor.entries import Given, WasteOf
from monitor.errors import Code
from monitor.identity import MendPatient
from monitor.people import Sex
from monitor.phases import Phase
from tests.fakes.by_hand import infusion, injection, push
from tests.fakes.visit import DEVICE, EXPIRY, LOT, Visit
from tests.unit.monitor.amounts import written


def wasted(visit: Visit, ml: str) -> None:
    act = Waste(of=WasteOf.MIXTURE, ml=Decimal(ml), witness=visit.prescriber)
    visit.do(act)


def explained(visit: Visit) -> dict[str, bool]:
    return {f"{g.code} {g.about}".strip(): g.explained for g in visit.overview.gaps}


# --- what was thrown away -------------------------------------------------------------------


def test_that_what_was_all_thrown_away_is_not_given() -> None:
    for visit, act, ml in ((infusion(), Start(), "50"), (injection(), GiveDose(), "0.7")):
        wasted(visit, ml)
        with visit.refused(Code.NOTHING_OPEN):
            visit.do(act)
        assert visit.overview.phase is Phase.PRE_DOSE


def test_that_a_part_thrown_away_before_an_injection_does_not_keep_it_open() -> None:
    visit = injection()
    wasted(visit, "0.2")
    visit.do(GiveDose())
    seen = visit.overview
    assert (seen.phase, seen.ended_at) == (Phase.OBSERVATION, visit.instant("10:00"))
    dose = seen.dose
    assert written(dose.given_mg, dose.wasted_mg, dose.left_mg) == ["25", "10", "0"]
    assert written(dose.unaccounted_mg) == ["0"]


# --- the end --------------------------------------------------------------------------------


def test_that_what_is_drawn_up_an_hour_after_the_end_opens_no_dose() -> None:
    visit = injection_of_a_part()
    visit.do(GiveDose())
    assert visit.overview.phase is Phase.OBSERVATION
    visit.at("11:00").do(Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.3")))
    seen = visit.overview
    assert (seen.phase, seen.ended_at) == (Phase.OBSERVATION, visit.instant("10:00"))
    with visit.refused(Code.WRONG_PHASE):
        visit.do(GiveDose())


def injection_of_a_part() -> Visit:
    """Return 0.4 mL of the 0.7 mL worked out, drawn up and checked, at 10:00."""
    visit = Visit("im-ketamine")
    visit.do(TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5")), visit.prescriber)
    visit.weighed().do(Calculate(product="ketamine-50"))
    visit.checked().do(
        Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.4"), reason="less was wanted")
    )
    return visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")


def test_that_a_push_is_being_given_until_its_minutes_are_over() -> None:
    visit = push()
    visit.do(GiveDose())
    seen = visit.at("10:01").overview
    assert seen.phase is Phase.GIVING
    assert not seen.door[0].met
    seen = visit.at("10:02").overview
    assert seen.phase is Phase.OBSERVATION
    assert seen.door[0].met
    assert seen.door[1].opens_at == visit.instant("11:02")


def test_that_only_a_push_takes_minutes() -> None:
    visit = injection()
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(GiveDose(minutes=Decimal(55)))
    (given,) = visit.do(GiveDose())
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Amend(entry=given.uid, changes={"minutes": Decimal(55)}, reason="slip"))


# --- the pump's rate ------------------------------------------------------------------------


def test_that_a_rate_below_half_of_the_one_worked_out_wants_a_reason() -> None:
    visit = infusion()
    visit.do(Start())
    slow = ChangeRate(rate_ml_h=Decimal("7.5"))
    with visit.at("10:10").refused(Code.REASON_MISSING):
        visit.do(slow)
    visit.do(ChangeRate(rate_ml_h=Decimal("37.5")))
    visit.at("10:12").do(Pause())
    with visit.refused(Code.REASON_MISSING):
        visit.do(Resume(rate_ml_h=Decimal("7.5")))
    visit.do(Resume(rate_ml_h=Decimal("7.5"), reason="dizzy"))
    visit.at("10:14").do(Pause())
    visit.at("10:16").do(Resume())  # as it ran before


@pytest.mark.parametrize("rate", ["37.55", "74.99"])
def test_that_a_rate_between_the_pumps_steps_is_refused(rate: str) -> None:
    visit = infusion()
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Start(rate_ml_h=Decimal(rate), reason="slower"))
    (start,) = visit.do(Start())
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(Amend(entry=start.uid, changes={"rate_ml_h": Decimal(rate)}, reason="misread"))


# --- who may be given it --------------------------------------------------------------------


def test_that_an_identity_put_right_to_too_young_stops_the_first_drug() -> None:
    for visit, act in ((infusion(), Start()), (injection(), GiveDose())):
        young = NewPatient(
            family="Nowak", given="Anna", born="2010-03-12", sex=Sex.FEMALE, number="100234"
        )
        patient = visit.session.opened.patient.id
        MendPatient(visit.world)(visit.nurse, patient, young, "the year was mistyped")
        with visit.refused(Code.UNDER_AGE):
            visit.do(act)


# --- devices --------------------------------------------------------------------------------


def test_that_a_device_of_one_spray_is_listed_with_its_reason_and_blocks_nothing() -> None:
    nasal = Visit("esketamine").started("10:00")
    nasal.at("10:05").do(replace(DEVICE, sprays=1, reason="sneezed"))
    (gap,) = [gap for gap in nasal.overview.gaps if gap.code == "device-incomplete"]
    assert (gap.about, gap.blocks, gap.explanation) == ("2", False, "sneezed")


def test_that_devices_ordered_and_not_given_are_spoken_for() -> None:
    nasal = Visit("esketamine").started("10:00")
    assert "devices-left 2" not in explained(nasal)  # they may still come
    nasal.at("10:05").do(Finish(reason="nausea"))
    assert explained(nasal)["devices-left 2"] is False
    nasal.do(
        Waste(of=WasteOf.DEVICE, count=Decimal(1), lot=LOT, witness=nasal.prescriber),
    )
    assert explained(nasal)["devices-left 1"] is False
    nasal.do(Explain(gap="devices-left", reason="never taken from the cupboard"))
    assert explained(nasal)["devices-left 1"] is True
    assert not [gap for gap in nasal.gaps() if gap.startswith("devices-left")]


# --- explanations ---------------------------------------------------------------------------


def test_that_an_explanation_holds_for_the_amount_that_it_was_given_for() -> None:
    visit = infusion()
    (start,) = visit.do(Start())
    visit.at("10:28").do(Stop(reason="nausea"))
    wasted(visit, "15")
    assert "unaccounted" not in explained(visit)
    visit.do(Amend(entry=start.uid, changes={"rate_ml_h": Decimal(60)}, reason="misread"))
    assert explained(visit)["unaccounted"] is False
    visit.do(Explain(gap="unaccounted", reason="spilled on the tray"))
    assert explained(visit)["unaccounted"] is True
    visit.do(Amend(entry=start.uid, changes={"rate_ml_h": Decimal("7.5")}, reason="misread"))
    assert explained(visit)["unaccounted"] is False
    visit.do(Amend(entry=start.uid, changes={"rate_ml_h": Decimal(60)}, reason="right before"))
    assert explained(visit)["unaccounted"] is True


def test_that_what_is_open_of_a_vial_is_explained_once_more_when_it_changes() -> None:
    visit = infusion()
    visit.do(Start())
    visit.at("10:40").do(Finish())
    visit.do(Explain(gap="vial-open", reason="taken by the pharmacist"))
    assert explained(visit)[f"vial-open {LOT}"] is True
    visit.do(Waste(of=WasteOf.VIAL, ml=Decimal(2), witness=visit.prescriber))
    assert explained(visit)[f"vial-open {LOT}"] is False
