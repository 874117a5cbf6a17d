"""The pressure before the first drug: who decides, for how long, and all that is missing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from monitor.acts import Act, Amend, Cancel, GiveDose, NoteEvent, Override, Start
from monitor.errors import Code, MonitorError
from monitor.phases import Phase
from monitor.pre_dose import held_by
from monitor.protocols.protocol import Hold
from monitor.second_check import liftable
from monitor.two_people import EmergencyOverride, LetThrough
from monitor.vitals import BloodPressure, Reading
from tests.fakes import by_hand
from tests.fakes.visit import DEVICE, PASSWORDS, Visit

HIGH, GOOD = "152/94 72 98 16 s5 d0", "138/86 72 98 16 s5 d0"


def nasal(line: str = HIGH) -> Visit:
    """Devices lie ready, checked; the pressure stands in the line."""
    visit = Visit("esketamine").ordered().checked()
    return visit.at("09:55").line(line).at("10:00")


def decided(visit: Visit, reason: str = "long known, stable") -> Visit:
    act = Override(what="pre-dose-hold", reason=reason)
    EmergencyOverride(visit.world)(visit.session_id, "ds", PASSWORDS["ds"], act)
    return visit


def refusal(visit: Visit, act: Act) -> MonitorError:
    before = len(visit.store.entries)
    with pytest.raises(MonitorError) as caught:
        visit.do(act)
    assert len(visit.store.entries) == before
    return caught.value


@pytest.mark.parametrize("bp", ["141/90", "140/91", "152/88", "200/120"])
def test_that_either_part_above_the_bounds_holds_the_dose(bp: str) -> None:
    visit = nasal(f"{bp} 72 98 16 s5 d0")
    error = refusal(visit, DEVICE)
    assert error.code is Code.PRE_DOSE_HOLD
    assert error.facts == {"bp": bp, "systolic": 140, "diastolic": 90}
    assert visit.overview.hold is not None
    assert visit.overview.hold[0].text == bp


@pytest.mark.parametrize("reason", ["long known, stable", "pump rounds"])
def test_that_the_reason_of_an_act_is_no_decision_whoever_gives_it(reason: str) -> None:
    visit = by_hand.infusion().line("178/112 72 98 16 s5 d0")
    for who in (visit.nurse, visit.prescriber):
        with visit.refused(Code.PRE_DOSE_HOLD):
            visit.do(Start(reason=reason), who)


def test_that_a_prescriber_who_gives_the_drug_decides_by_an_entry_with_the_pressure() -> None:
    visit = by_hand.infusion().line("178/112 72 98 16 s5 d0")
    act, start = Override(what="pre-dose-hold", reason="stable"), Start(reason="gave it myself")
    LetThrough(visit.world)(
        visit.session_id, "ds", PASSWORDS["ds"], act, author=visit.prescriber, act=start
    )
    (lifted,) = visit.overview.overrides
    assert (lifted.what, lifted.bp, lifted.used) == ("pre-dose-hold", "178/112", True)
    assert visit.overview.start_reason == "gave it myself"


def test_that_a_prescribers_override_lets_the_dose_go_and_stays() -> None:
    visit = decided(nasal())
    visit.do(DEVICE)
    (lifted,) = visit.overview.overrides
    assert (lifted.what, lifted.used, lifted.lapsed) == ("pre-dose-hold", True, False)
    assert "override" in {gap.code for gap in visit.overview.gaps}


def test_that_a_newer_pressure_within_the_bounds_lifts_the_hold_by_itself() -> None:
    visit = nasal().line(GOOD)
    assert visit.overview.hold is None
    visit.do(DEVICE)
    assert visit.overview.overrides == ()


def test_that_a_decision_lapses_with_a_newer_pressure_above_the_bounds() -> None:
    visit = decided(nasal()).at("10:03").line("164/98 72 98 16 s5 d0")
    (lifted,) = visit.overview.overrides
    assert lifted.lapsed
    assert refusal(visit, DEVICE).facts["bp"] == "164/98"
    decided(visit, "seen again").do(DEVICE)
    assert [each.used for each in visit.overview.overrides] == [False, True]


def test_that_a_decision_that_was_not_needed_any_more_is_not_told_as_used() -> None:
    visit = decided(nasal()).at("10:03").line(GOOD).at("10:04")
    visit.do(DEVICE)
    (lifted,) = visit.overview.overrides
    assert (lifted.used, lifted.lapsed) == (False, True)


def test_that_a_decision_lapses_where_its_pressure_is_put_right() -> None:
    visit = decided(nasal())
    row = visit.row("09:55")
    visit.do(Amend(entry=row.uid, text="182/94 72 98 16 s5 d0", reason="misread"))
    assert refusal(visit, DEVICE).facts["bp"] == "182/94"


def test_that_an_older_pressure_that_comes_late_takes_no_decision_away() -> None:
    visit = decided(nasal()).at("10:01").line("170/99 72 98 16 s5 d0 @09:50")
    visit.do(DEVICE)
    assert visit.overview.overrides[0].used


def test_that_what_is_put_right_after_the_first_drug_leaves_the_decision_as_used() -> None:
    visit = decided(nasal())
    visit.do(DEVICE)
    row = visit.row("09:55")
    visit.do(Amend(entry=row.uid, text="151/94 72 98 16 s5 d0", reason="misread"))
    assert visit.overview.overrides[0].used
    assert visit.overview.hold is None


def test_that_nothing_is_decided_where_no_pressure_is_too_high() -> None:
    visit = nasal(GOOD)
    with visit.refused(Code.NOTHING_OPEN):
        decided(visit)
    visit.line(HIGH)
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(Override(what="pre-dose-hold", reason="stable"))  # a nurse


def test_that_a_pressure_holds_however_old_it_is_until_a_newer_one_is_taken() -> None:
    visit = nasal().at("10:26").line("- 72 98 16 s5 d0", reason="cuff broke")
    assert refusal(visit, dataclasses.replace(DEVICE, reason="impatient")).facts["bp"] == "152/94"
    visit.line(GOOD).do(DEVICE)


def test_that_a_pressure_taken_out_leaves_the_older_one_to_hold() -> None:
    visit = nasal().at("10:02").line(GOOD)
    taken_out = "- 72 98 16 s5 d0"
    visit.do(Amend(entry=visit.row("10:02").uid, text=taken_out, reason="somebody else's"))
    assert refusal(visit, DEVICE).facts["bp"] == "152/94"


def test_that_a_session_without_a_drug_holds_nothing_any_more() -> None:
    visit = nasal()
    assert visit.overview.hold is not None
    visit.do(Cancel(reason="pressure stays high"))
    assert visit.overview.hold is None


# --- a first drug that is written down late -------------------------------------------------


def late(pressure: str) -> tuple[Visit, Start]:
    """178/112 at 09:55, the *pressure* at 10:05; at 10:10 a start at 10:00 is written down."""
    visit = by_hand.infusion().at("09:55").line("178/112 72 98 16 s5 d0")
    visit.at("10:05").line(f"{pressure} 72 98 16 s5 d0").at("10:10")
    return visit, Start(at=visit.instant("10:00"))


def test_that_a_pressure_taken_after_the_drug_lifts_no_hold_and_leaves_one_to_decide() -> None:
    visit, start = late("122/76")
    assert refusal(visit, start).facts["bp"] == "178/112"
    decided(visit).do(start)
    (lifted,) = visit.overview.overrides
    assert (lifted.used, lifted.lapsed, lifted.bp) == (True, False, "178/112")


def test_that_a_pressure_taken_after_the_drug_ends_no_decision() -> None:
    visit = decided(by_hand.infusion().at("09:55").line("178/112 72 98 16 s5 d0").at("09:58"))
    visit.at("10:05").line("164/98 72 98 16 s5 d0").at("10:10")
    visit.do(Start(at=visit.instant("10:00")))
    assert visit.overview.overrides[0].used


def test_that_a_pressure_taken_after_the_drug_holds_nothing() -> None:
    visit = by_hand.infusion().at("09:55").line("122/76 72 98 16 s5 d0")
    visit.at("10:05").line("178/112 72 98 16 s5 d0").at("10:10")
    visit.do(Start(at=visit.instant("10:00")))
    assert visit.overview.started_at == visit.instant("10:00")


def test_that_from_an_age_on_other_bounds_hold() -> None:
    session = nasal("148/88 72 98 16 s5 d0").session
    hold = Hold(140, 90, older_years=65, older_systolic=150, older_diastolic=95)
    protocol = dataclasses.replace(session.protocol, hold=hold)
    changed = dataclasses.replace(session, protocol=protocol)
    born = session.opened.patient.born
    at = session.entries[-1].at
    assert held_by(changed, at, born.replace(year=born.year + 64)) is not None
    assert held_by(changed, at, born.replace(year=born.year + 65)) is None


@pytest.mark.parametrize(
    ("made", "act"),
    [
        (by_hand.infusion, Start()),
        (by_hand.injection, GiveDose(dose_mg=Decimal(35), site="left thigh")),
    ],
)
def test_that_the_first_drug_of_any_way_is_held(made: Callable[[], Visit], act: Act) -> None:
    visit = made().line("178/112 72 98 16 s5 d0")
    assert refusal(visit, act).code is Code.PRE_DOSE_HOLD
    decided(visit).do(act)
    assert visit.overview.started_at is not None


def test_that_only_the_first_drug_is_held() -> None:
    visit = nasal(GOOD)
    visit.do(DEVICE)
    visit.at("10:04").line("172/100 72 98 16 s5 d0").at("10:05").do(DEVICE)
    assert len(visit.overview.devices) == 2


def test_that_one_may_wait_or_cancel() -> None:
    visit = nasal()
    visit.do(NoteEvent(text="Waits: BP 152/94 before the dose"))
    visit.do(Cancel(reason="pressure stays high"))
    assert visit.overview.phase is Phase.CANCELLED


def test_that_a_text_with_a_hold_leaves_the_decision_to_a_prescriber_even_if_unsaid() -> None:
    protocol = nasal().session.protocol
    bare = dataclasses.replace(protocol, overridable=frozenset())
    assert liftable(bare) == {"pre-dose-hold"}
    assert liftable(dataclasses.replace(bare, hold=None)) == frozenset()


# --- all that is missing, at once -----------------------------------------------------------


def test_that_a_start_without_anything_names_all_that_is_missing() -> None:
    error = refusal(Visit(), Start())
    assert error.code is Code.ORDER_MISSING
    assert error.facts["also"] == (
        "dose-missing",
        "weight-missing",
        "baseline-missing",
        "check-missing",
    )


def test_that_what_is_there_is_not_named() -> None:
    visit = Visit().ordered().weighed().calculated().at("09:55").line("178/112 72 98 16 s5 d0")
    error = refusal(visit, Start())
    assert (error.code, error.facts["also"]) == (Code.PRE_DOSE_HOLD, ("check-missing",))
    assert "also" not in refusal(visit.checked(), Start()).facts


def test_that_a_device_without_its_order_names_the_rest_as_well() -> None:
    error = refusal(Visit("esketamine"), DEVICE)
    assert error.code is Code.ORDER_MISSING
    assert error.facts["also"] == ("baseline-missing",), "a check is asked for, not required"


def test_that_an_injection_without_its_dose_names_the_weight() -> None:
    visit = Visit("im-ketamine")
    error = refusal(visit, GiveDose(dose_mg=Decimal(35), site="left thigh"))
    assert error.code is Code.ORDER_MISSING
    assert "dose-missing" in str(error.facts["also"])


def test_that_a_pressure_from_before_the_baseline_is_no_rise_from_it() -> None:
    visit = Visit().started("10:00", "122/76 72 98 16 s5 d0")
    assert visit.overview.reference is not None
    earlier = visit.overview.reference.measured - dt.timedelta(minutes=10)
    seen = visit.overview
    before = dataclasses.replace(
        seen.readings[0], uid="before", measured=earlier, reading=Reading(bp=BloodPressure(160, 99))
    )
    assert dataclasses.replace(seen, readings=(before, *seen.readings)).peak_rise is None
