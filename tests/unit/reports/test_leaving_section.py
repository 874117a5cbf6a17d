"""How the patient left, on paper: who let them go, what was not met, and where to."""

from __future__ import annotations

from monitor.acts import Discharge, Finish, Override
from monitor.entries import Leaving
from reports.pdf.session_report import render
from tests.fakes.visit import Visit
from tests.unit.reports.reading_back import text


def observed() -> Visit:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    return visit.at("11:40").line("158/101 72 98 16 s5 d0")


def printed(visit: Visit) -> str:
    return " ".join(text(render(visit.overview)).split())


def test_that_home_through_a_closed_door_is_printed_with_all_that_was_not_met() -> None:
    visit = observed().ready("", but="gait")
    act = Override(what="door-closed", reason="daughter is a nurse")
    visit.do(act, visit.prescriber)
    visit.do(Discharge(how=Leaving.HOME))
    words = printed(visit)
    assert "EMERGENCY OVERRIDE" in words
    assert "Home before the door was open" in words
    assert (
        "! Home through a closed door, let through by Dana Silva, MD, 11:40: daughter is a nurse."
        " Not met: BP at most 160/100, systolic at least 90: 158/101; Checklist ticked in full:"
        " 5 of 6; Somebody goes along: nobody named."
    ) in words


def test_that_an_override_that_the_way_home_did_not_need_is_told_as_not_used() -> None:
    visit = observed().at("11:50").line("122/76 72 98 16 s5 d0").ready("", but="gait")
    visit.do(Override(what="door-closed", reason="daughter is a nurse"), visit.prescriber)
    visit.at("11:53").ready("Jan Nowak").at("11:54").left()
    assert [each.used for each in visit.overview.overrides] == [False]
    words = printed(visit)
    assert "EMERGENCY OVERRIDE" not in words
    assert "1 override made and not used" in words
    assert "(nobody left through a closed door: not used)" in words
    assert "Home through a closed door" not in words


def test_that_what_was_written_after_a_departure_does_not_undo_its_override() -> None:
    visit = observed().ready("Jan Nowak")
    visit.do(Override(what="door-closed", reason="daughter is a nurse"), visit.prescriber)
    visit.at("11:50").do(Discharge(how=Leaving.HOME))
    visit.at("12:30").line("122/76 72 98 16 s5 d0 @11:49")
    assert all(each.met for each in visit.overview.door)
    assert [each.used for each in visit.overview.overrides] == [True]


def test_that_a_transfer_is_printed_with_where_to_and_a_missing_reason() -> None:
    visit = observed()
    visit.do(Discharge(how=Leaving.TRANSFERRED, escort="City Hospital"))
    words = printed(visit)
    assert "Transferred 11:40, to City Hospital" in words
    assert "No reason was recorded." in words
    assert "Nobody said why the patient left otherwise than home" in words
    assert "Home, though" not in words


def test_that_going_home_through_the_open_door_says_with_whom_and_nothing_more() -> None:
    visit = observed().at("11:50").line("122/76 72 98 16 s5 d0").ready("Jan Nowak").left()
    words = printed(visit)
    assert "Discharged home 11:50, with Jan Nowak" in words
    assert "Newest full set 11:50, 0 min before." in words
    assert "Not met" not in words
    assert "No reason was recorded" not in words


def test_that_an_old_set_is_told_with_its_age_when_the_patient_leaves() -> None:
    visit = observed().at("11:50").line("122/76 72 98 16 s5 d0").ready("Jan Nowak")
    assert "Newest full set 11:50, 95 min before." in printed(visit.at("13:25").left())
