"""What the door judges by: the newest full set, every newer value, and a checklist of its time."""

from __future__ import annotations

import dataclasses

import pytest

from monitor.acts import Amend, CheckReadiness, Discharge, Finish
from monitor.entries import Leaving
from monitor.errors import Code, InputError, RefusedError
from monitor.overview import ConditionView
from monitor.protocols.protocol import Limit
from monitor.readiness import door
from monitor.vitals import Sign
from reports.wording import condition_words
from tests.fakes.visit import Visit
from ui.presenters.door import door_needs
from ui.wording import sentence

GOOD = "122/76 72 98 16 s5 d0"


def observed(last: str = GOOD, baseline: str = GOOD) -> Visit:
    """A whole infusion from 10:00 to 10:40, the newest full set an hour later."""
    visit = Visit().started("10:00", baseline=baseline)
    visit.at("10:40").do(Finish())
    return visit.at("11:40").line(last)


def unmet(visit: Visit) -> list[str]:
    return [each.code for each in visit.overview.door if not each.met]


# --- newer values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "evidence"),
    [
        ("200/120", "limit", "200/120"),
        ("- 134", "limit", "134"),
        ("- - 80", "spo2", "80"),
        ("- - - 4", "resp", "4"),
        ("s2", "sedation", "2"),
        ("d7", "dissociation", "7"),
        ("2l", "oxygen", "2 L/min"),
    ],
)
def test_that_a_newer_value_of_a_partial_set_counts_against_the_door(
    line: str, code: str, evidence: str
) -> None:
    visit = observed().ready("Jan Nowak").at("11:45").line(line, confirm=True)
    (shut,) = [each for each in visit.overview.door if not each.met]
    assert (shut.code, shut.evidence) == (code, evidence)
    assert shut.measured == visit.instant("11:45")
    with visit.refused(Code.DOOR_CLOSED):
        visit.do(Discharge(how=Leaving.HOME))


def test_that_a_newer_good_value_of_a_partial_set_opens_nothing() -> None:
    visit = observed("190/112 72 98 16 s5 d0").ready("Jan Nowak").at("11:45").line("120/76")
    (shut,) = [each for each in visit.overview.door if not each.met]
    assert shut.evidence == "190/112"
    visit.at("11:50").line(GOOD)
    assert unmet(visit) == []


def test_that_a_newer_full_set_takes_the_place_of_all_before_it() -> None:
    visit = observed().ready("Jan Nowak").at("11:45").line("200/120", confirm=True)
    assert unmet(visit) == ["limit"]
    assert unmet(visit.at("11:50").line(GOOD)) == []


# --- a change from the baseline -------------------------------------------------------------


def judged(visit: Visit, *limits: Limit) -> list[ConditionView]:
    session = visit.session
    way_out = dataclasses.replace(session.protocol.door, limits=limits)
    protocol = dataclasses.replace(session.protocol, door=way_out)
    changed = dataclasses.replace(session, protocol=protocol)
    return [each for each in door(changed, visit.clock.now()) if each.code == "limit"]


def test_that_a_baseline_of_nothing_is_one_that_can_be_come_back_to() -> None:
    limits = (
        Limit("p-rise", Sign.PAIN, rise_percent=20),
        Limit("p-fall", Sign.PAIN, fall_percent=20),
    )
    calm = observed(f"{GOOD} p0", baseline=f"{GOOD} p0")
    assert [each.met for each in judged(calm, *limits)] == [True, True]
    sore = observed(f"{GOOD} p1", baseline=f"{GOOD} p0")
    assert [each.met for each in judged(sore, *limits)] == [False, True]


def test_that_a_change_from_a_sign_that_the_baseline_lacks_is_said_to_be_untold() -> None:
    visit = observed(f"{GOOD} p0")
    (shut,) = judged(visit, Limit("p-rise", Sign.PAIN, rise=2))
    assert (shut.met, shut.evidence, shut.missing) == (False, "0", ("baseline",))
    assert condition_words(shut).endswith("0; no baseline to compare it with")
    overview = dataclasses.replace(visit.overview, door=(shut,))
    (need,) = door_needs(overview, overview.seen_at)
    assert need.more == "0 at 11:40; no baseline to compare it with"


# --- the checklist's own time ---------------------------------------------------------------


def ticked(visit: Visit, at: str = "", escort: str = "Jan Nowak") -> CheckReadiness:
    items = tuple((item, True) for item, _ in visit.session.protocol.checklist)
    return CheckReadiness(items=items, escort=escort, at=visit.instant(at) if at else None)


def test_that_a_checklist_before_the_end_of_the_dose_is_refused() -> None:
    visit = observed()
    with pytest.raises(RefusedError) as caught:
        visit.do(ticked(visit, "10:05"))
    assert caught.value.code is Code.TOO_EARLY
    assert f"{caught.value.facts['after']:%H:%M}" == "10:40"
    visit.do(ticked(visit, "10:40"))
    assert unmet(visit) == []


def test_that_a_checklist_counts_no_more_once_the_end_is_found_to_have_been_later() -> None:
    visit = observed()
    visit.do(ticked(visit, "10:45"))
    end = visit.session.pump_steps[-1]
    visit.do(Amend(entry=end.uid, changes={"at": visit.instant("10:50")}, reason="clock misread"))
    assert {"checklist", "escort"} <= set(unmet(visit))


def test_that_a_checklist_after_the_patient_had_left_counts_for_nothing() -> None:
    visit = observed().at("11:55")
    visit.do(ticked(visit))
    home = Discharge(how=Leaving.HOME, at=visit.instant("11:42"))
    with pytest.raises(RefusedError) as caught:
        visit.do(home)
    assert caught.value.facts["missing"] == ("checklist", "escort")


def test_that_an_older_checklist_that_comes_late_takes_no_newer_ones_place() -> None:
    visit = observed()
    visit.do(ticked(visit))
    visit.at("11:50").do(ticked(visit, "11:00", escort=""))
    assert visit.overview.escort == "Jan Nowak"
    assert unmet(visit) == []


def test_that_a_line_that_the_checklist_does_not_have_is_refused_and_those_it_has_are_named() -> (
    None
):
    visit = observed()
    with pytest.raises(InputError) as caught:
        visit.do(CheckReadiness(items=(("nonsense", True),)))
    assert caught.value.field == "items"
    said = sentence(caught.value)
    assert "nonsense" in said
    assert "gait" in said
