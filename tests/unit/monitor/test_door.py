"""The door: what it waits for, who may open it all the same, and how a patient left."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings, strategies as st

from monitor.acts import Amend, CheckReadiness, Discharge, Explain, Finish, Override, Stop
from monitor.entries import Leaving
from monitor.errors import Code, MonitorError
from monitor.overview import ConditionView, SessionOverview
from monitor.phases import Phase
from monitor.protocols.protocol import Limit
from monitor.readiness import door
from monitor.session import Session
from monitor.two_people import EmergencyOverride
from monitor.vitals import Sign
from reports.pdf.sections.leaving import through_the_door
from reports.wording import Times, condition_words
from tests.fakes.visit import DEVICE, PASSWORDS, Visit

GOOD = "122/76 72 98 16 s5 d0"


def observed(last: str = GOOD) -> Visit:
    """A whole infusion, and an hour after it the newest set; nothing is ticked yet."""
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    return visit.at("11:40").line(last)


def unmet(visit: Visit) -> list[str]:
    return [each.code for each in visit.overview.door if not each.met]


def condition(visit: Visit, code: str) -> ConditionView:
    return next(each for each in visit.overview.door if each.code == code)


def let_out(visit: Visit, reason: str = "daughter is a nurse") -> Visit:
    act = Override(what="door-closed", reason=reason)
    EmergencyOverride(visit.world)(visit.session_id, "ds", PASSWORDS["ds"], act)
    return visit


def refusal(visit: Visit, act: Discharge) -> MonitorError:
    with pytest.raises(MonitorError) as caught:
        visit.do(act)
    return caught.value


# --- limits, checklist, escort --------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "sign", "evidence", "needed"),
    [
        ("161/90 72 98 16 s5 d0", Sign.BP, "161/90", "at most 160/100, systolic at least 90"),
        ("150/101 72 98 16 s5 d0", Sign.BP, "150/101", "at most 160/100, systolic at least 90"),
        ("89/60 72 98 16 s5 d0", Sign.BP, "89/60", "at most 160/100, systolic at least 90"),
        ("122/76 121 98 16 s5 d0", Sign.HEART_RATE, "121", "at most 120, at least 50"),
        ("122/76 49 98 16 s5 d0", Sign.HEART_RATE, "49", "at most 120, at least 50"),
    ],
)
def test_that_a_sign_beyond_the_limits_for_leaving_keeps_the_door_shut(
    last: str, sign: Sign, evidence: str, needed: str
) -> None:
    visit = observed(last).ready("Jan Nowak")
    (shut,) = [each for each in visit.overview.door if not each.met]
    assert shut.limit is not None
    assert (shut.code, shut.limit.sign) == ("limit", sign)
    assert (shut.evidence, shut.needed) == (evidence, needed)
    assert visit.overview.phase is Phase.RECOVERY
    error = refusal(visit, Discharge(how=Leaving.HOME))
    assert error.facts["missing"] == (f"limit {sign.value}",)


def test_that_a_sign_that_was_not_taken_is_not_within_its_limit() -> None:
    visit = observed()
    visit.at("11:50").line("- 72 98 16 s5 d0", reason="cuff broke").ready("Jan Nowak")
    assert unmet(visit) == ["limit"]
    assert condition(visit, "limit").evidence is None


@pytest.mark.parametrize("change", ["rise", "fall", "rise_percent", "fall_percent"])
def test_that_a_change_is_measured_from_this_patients_baseline(change: str) -> None:
    session = observed("150/90 72 98 16 s5 d0").ready("Jan Nowak").session  # 122/76 before
    for bound, met in ((27, False), (28, False), (29, True)):  # 28 mmHg are 22.95 percent
        wanted = {"rise": bound, "rise_percent": {27: 21, 28: 22, 29: 23}[bound]}.get(change, bound)
        limit = Limit("bp-change", Sign.BP, **{change: wanted})
        seen = _with_limits(session, limit)
        assert [each.met for each in seen] == [met or change.startswith("fall")], (change, bound)


def test_that_a_diastolic_rise_counts_and_a_change_from_nothing_is_none_that_may_go() -> None:
    session = observed("130/96 72 98 16 s5 d0 t37.0").ready("Jan Nowak").session
    shut = Limit("bp-rise", Sign.BP, rise=40, rise_diastolic=20)
    unknown = Limit("warmer", Sign.TEMPERATURE, rise=1)
    assert [each.met for each in _with_limits(session, shut, unknown)] == [False, False]


def _with_limits(session: Session, *limits: Limit) -> list[ConditionView]:
    way_out = dataclasses.replace(session.protocol.door, limits=limits)
    protocol = dataclasses.replace(session.protocol, door=way_out)
    changed = dataclasses.replace(session, protocol=protocol)
    now = session.entries[-1].at
    return [each for each in door(changed, now) if each.code == "limit"]


def test_that_every_line_of_the_newest_checklist_is_waited_for() -> None:
    visit = observed()
    assert unmet(visit) == ["checklist", "escort"]
    assert condition(visit, "checklist").evidence is None
    visit.ready("Jan Nowak", but="gait")
    shut = condition(visit, "checklist")
    assert (shut.met, shut.evidence, shut.needed) == (False, "5 of 6", "6")
    assert shut.missing == ("Walks steadily",)
    visit.ready("Jan Nowak")
    assert visit.overview.phase is Phase.READY
    visit.ready("Jan Nowak", but="nausea")
    assert unmet(visit) == ["checklist"], "it was taken back"


def test_that_the_checklist_is_gone_through_once_the_dose_has_ended() -> None:
    visit = Visit().started("10:00").at("10:30")
    with visit.refused(Code.WRONG_PHASE):
        visit.ready("Jan Nowak")


def test_that_a_checklist_of_nothing_is_refused() -> None:
    visit = observed()
    with visit.refused(Code.EMPTY):
        visit.do(CheckReadiness(items=()))


def test_that_whoever_goes_along_is_named_by_the_checklist_or_by_the_discharge() -> None:
    visit = observed().ready("")
    assert unmet(visit) == ["escort"]
    assert refusal(visit, Discharge(how=Leaving.HOME, escort="  ")).facts["missing"] == ("escort",)
    visit.do(Discharge(how=Leaving.HOME, escort="Ewa Nowak"))
    assert (visit.overview.escort, unmet(visit)) == ("Ewa Nowak", [])
    other = observed().ready("Jan Nowak")
    assert condition(other, "escort").evidence == "Jan Nowak"
    other.do(Discharge(how=Leaving.HOME))
    assert other.overview.escort == "Jan Nowak", "the record of leaving reads alone"


def test_that_leaving_is_judged_at_the_time_at_which_it_was() -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    visit.at("11:30").line(GOOD).ready("Jan Nowak").at("11:50")
    error = refusal(visit, Discharge(how=Leaving.HOME, at=visit.instant("11:39")))
    assert "time-since-end" in str(error.facts["missing"])
    visit.do(Discharge(how=Leaving.HOME, at=visit.instant("11:40")))


def test_that_an_older_text_without_these_rules_has_a_door_without_them() -> None:
    session = observed().session
    old = dataclasses.replace(session.protocol.door, limits=(), checklist=False, escort=False)
    protocol = dataclasses.replace(session.protocol, door=old)
    seen = door(dataclasses.replace(session, protocol=protocol), session.entries[-1].at)
    assert all(each.met for each in seen)
    assert {each.code for each in seen}.isdisjoint({"limit", "checklist", "escort"})


def test_that_the_way_home_says_that_it_opens_at_ten_past_twelve() -> None:
    visit = Visit("esketamine").started("10:00")
    for at in ("10:05", "10:10"):
        visit.at(at).do(DEVICE)
    visit.at("12:02").line(GOOD).ready("Jan Nowak")
    error = refusal(visit, Discharge(how=Leaving.HOME))
    assert error.facts["missing"] == ("time-since-last-device",)
    assert f"{error.facts['after']:%H:%M}" == "12:10"
    with visit.refused(Code.DOOR_CLOSED):
        visit.at("12:09").left()
    visit.at("12:10").left()
    assert visit.overview.phase is Phase.CLOSED


def test_that_prolonged_sedation_keeps_the_door_shut_past_its_time() -> None:
    visit = Visit("esketamine").started("10:00")
    for at in ("10:05", "10:10"):
        visit.at(at).do(DEVICE)
    visit.at("10:45").line("118/72 66 91 14 s2 d6")
    visit.at("12:10").line("118/72 66 96 14 s3 d1").ready("Jan Nowak")
    assert unmet(visit) == ["sedation", "dissociation"]
    with visit.refused(Code.DOOR_CLOSED):
        visit.at("12:40").left()
    visit.at("12:55").line(GOOD).left()
    assert visit.overview.clocks.minutes_since_last == 165


# --- a prescriber lets the patient go -------------------------------------------------------


def test_that_a_prescriber_lets_a_patient_home_through_a_closed_door() -> None:
    visit = observed("158/101 72 98 16 s5 d0").at("11:41")
    let_out(visit)
    (lifted,) = visit.overview.overrides
    assert lifted.in_force
    assert unmet(visit) == ["limit", "checklist", "escort"], "what is missing stays in sight"
    visit.do(Discharge(how=Leaving.HOME))
    (lifted,) = visit.overview.overrides
    assert (lifted.used, lifted.lapsed) == (True, False)
    assert "override" in {gap.code for gap in visit.overview.gaps}
    assert unmet(visit) == ["limit", "checklist", "escort"]


def test_that_a_nurse_overrides_nothing_and_nobody_without_a_reason() -> None:
    visit = observed()
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(Override(what="door-closed", reason="late"))
    with visit.refused(Code.REASON_MISSING):
        visit.do(Override(what="door-closed"), visit.prescriber)


def test_that_only_a_door_that_is_shut_after_the_dose_is_overridden() -> None:
    running = Visit().started("10:00").at("10:20")
    with running.refused(Code.WRONG_PHASE):
        let_out(running)
    visit = observed().ready("Jan Nowak")
    with visit.refused(Code.NOTHING_OPEN):
        let_out(visit)


def test_that_an_override_of_the_door_lapses_where_the_patient_leaves_otherwise() -> None:
    visit = let_out(observed())
    visit.left(Leaving.TRANSFERRED, "chest pain")
    (lifted,) = visit.overview.overrides
    assert (lifted.used, lifted.lapsed) == (False, True)


# --- otherwise than home --------------------------------------------------------------------


@pytest.mark.parametrize("how", [Leaving.TRANSFERRED, Leaving.AGAINST_ADVICE])
def test_that_leaving_otherwise_is_never_blocked_but_must_be_explained(how: Leaving) -> None:
    visit = Visit().started("10:00").at("10:15")
    visit.do(Stop(reason="chest pain"))
    visit.do(Discharge(how=how))
    assert "left-unexplained" in visit.gaps()
    visit.do(Explain(gap="left-unexplained", reason="ambulance called"))
    assert "left-unexplained" not in visit.gaps()


def test_that_leaving_otherwise_with_a_reason_leaves_no_gap() -> None:
    visit = Visit().started("10:00").at("10:15")
    visit.left(Leaving.TRANSFERRED, "chest pain")
    assert "left-unexplained" not in {gap.code for gap in visit.overview.gaps}


def test_that_going_home_asks_for_no_reason() -> None:
    visit = observed().left()
    assert "left-unexplained" not in {gap.code for gap in visit.overview.gaps}


# --- how a patient left, amended ------------------------------------------------------------


def amended(visit: Visit, **changes: object) -> Visit:
    left = next(event for event in visit.overview.events if event.kind == "discharged")
    visit.do(Amend(entry=left.uid, changes=changes, reason="pressed the wrong one"))
    return visit


def test_that_how_a_patient_left_can_be_put_right() -> None:
    visit = amended(observed().left(), how="transferred", escort="City Hospital")
    assert visit.overview.left_how is Leaving.TRANSFERRED
    assert visit.overview.escort == "City Hospital"
    assert visit.overview.left_reason == "pressed the wrong one"
    assert "left-unexplained" not in visit.gaps()
    (said,) = visit.overview.amendments
    assert (said.old, said.new) == ("home, with Jan Nowak", "transferred, with City Hospital")


def test_that_an_amendment_is_no_way_home_through_a_closed_door() -> None:
    visit = observed("158/101 72 98 16 s5 d0").ready("Jan Nowak")
    visit.left(Leaving.AGAINST_ADVICE, "would not wait")
    with visit.refused(Code.DOOR_CLOSED):
        amended(visit, how="home")


def test_that_an_amendment_home_holds_where_the_door_stood_open_or_was_overridden() -> None:
    visit = observed().ready("Jan Nowak")
    visit.do(Discharge(how=Leaving.TRANSFERRED, escort="City Hospital"))
    amended(visit, how="home")
    assert (visit.overview.left_how, visit.overview.escort) == (Leaving.HOME, "Jan Nowak")
    other = let_out(observed("158/101 72 98 16 s5 d0"))
    other.left(Leaving.AGAINST_ADVICE, "would not wait")
    assert amended(other, how="home").overview.left_how is Leaving.HOME


def test_that_where_a_transfer_went_is_nobody_who_goes_along() -> None:
    visit = observed().ready("")
    visit.do(Discharge(how=Leaving.TRANSFERRED, escort="City Hospital"))
    with visit.refused(Code.DOOR_CLOSED):
        amended(visit, how="home")


def test_that_a_way_of_leaving_that_there_is_not_is_refused() -> None:
    visit = observed().left()
    with visit.refused(Code.OUT_OF_RANGE):
        amended(visit, how="by bus")


# --- never hidden ---------------------------------------------------------------------------

LINES = tuple(
    f"{bp} {hr} {spo2} 16 s{sedation} d{dissociation}"
    for bp, hr, spo2, sedation, dissociation in itertools.product(
        ("122/76", "162/90"), ("72", "130"), ("98", "92"), ("5", "3"), ("0", "4")
    )
)


@settings(max_examples=40)
@given(
    last=st.sampled_from(LINES),
    minute=st.integers(41, 59),
    hour=st.sampled_from((10, 11)),
    but=st.sampled_from(("", "gait", "adult")),
    escort=st.sampled_from(("", "Jan Nowak")),
)
def test_that_going_home_never_hides_what_was_not_met(
    last: str, minute: int, hour: int, but: str, escort: str
) -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    visit.at(f"{hour}:{minute}").line(last).ready(escort, but=but)
    overview = visit.overview
    missing = [each for each in overview.door if not each.met]
    home = Discharge(how=Leaving.HOME)
    if missing:
        assert refusal(visit, home).code is Code.DOOR_CLOSED
        let_out(visit)
    visit.do(home)
    seen = visit.overview
    assert [each.code for each in seen.door if not each.met] == [each.code for each in missing]
    said = printed(seen)
    assert bool(missing) is ("let through by Dana Silva" in said)
    for each in missing:
        assert condition_words(each) in said


def printed(overview: SessionOverview) -> str:
    return through_the_door(overview, Times.of(overview))


def test_that_a_reading_put_right_after_leaving_shows_what_was_not_met_after_all() -> None:
    visit = observed().left()
    assert printed(visit.overview) == ""
    row = visit.row("11:40")
    visit.do(Amend(entry=row.uid, text="172/104 72 98 16 s5 d0", reason="misread"))
    assert "BP at most 160/100, systolic at least 90: 172/104" in printed(visit.overview)
    assert "by the record as it now stands" in printed(visit.overview)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"above_diastolic": 95}, "at most –/95"),
        ({"rise": 40, "rise_diastolic": 25}, "less than 40/25 above the baseline"),
        ({"below": 90, "below_diastolic": 50}, "at least 90/50"),
        ({"fall_percent_diastolic": 20}, "less than –/20 % below the baseline"),
        (
            {"fall": 30, "rise_percent": 20, "fall_percent": 25},
            (
                "less than 30 below the baseline, less than 20 % above the baseline, less than"
                " 25 % below the baseline"
            ),
        ),
    ],
)
def test_that_a_limit_for_leaving_says_what_it_takes(bounds: dict[str, int], words: str) -> None:
    (seen,) = _with_limits(observed().session, Limit("bp-rule", Sign.BP, **bounds))
    assert seen.needed == words


def test_that_nobody_leaves_before_the_first_drug() -> None:
    visit = Visit().ordered()
    for how in Leaving:
        with visit.refused(Code.WRONG_PHASE):
            visit.do(Discharge(how=how, reason="changed their mind"))


def test_that_who_went_along_can_be_put_right_alone() -> None:
    visit = amended(observed().left(), escort="Ewa Nowak")
    assert (visit.overview.left_how, visit.overview.escort) == (Leaving.HOME, "Ewa Nowak")
    amended(visit, escort="")
    assert unmet(visit) == ["escort"], "nobody is named after all"
