"""Leaving as it is told: when it can have been, who went along, and why."""

from __future__ import annotations

import pytest

from monitor.acts import Amend, CheckReadiness, Discharge, Finish, GiveDose
from monitor.entries import Leaving
from monitor.errors import Code, InputError, RefusedError
from tests.fakes import by_hand
from tests.fakes.visit import DEVICE, Visit

GOOD = "122/76 72 98 16 s5 d0"


def observed() -> Visit:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    return visit.at("11:40").line(GOOD).ready("Jan Nowak")


def left_uid(visit: Visit) -> str:
    return next(each.uid for each in visit.overview.events if each.kind == "discharged")


def after(visit: Visit, act: Discharge | Amend) -> str:
    """Return after when it must have been, by the refusal."""
    before = len(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        visit.do(act)
    assert (caught.value.code, len(visit.store.entries)) == (Code.TOO_EARLY, before)
    return f"{caught.value.facts['after']:%H:%M}"


# --- when -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", list(Leaving))
def test_that_nobody_leaves_before_the_newest_reading(how: Leaving) -> None:
    visit = observed().at("11:50").line("200/120 140 85 6 s2 d8", confirm=True).at("11:55")
    act = Discharge(how=how, at=visit.instant("11:45"), reason="late", escort="Jan Nowak")
    assert after(visit, act) == "11:50"


def test_that_nobody_leaves_before_the_start_or_the_end_of_the_infusion() -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    for at in ("09:58", "10:20", "10:39"):
        act = Discharge(how=Leaving.TRANSFERRED, at=visit.instant(at), reason="chest pain")
        assert after(visit.at("11:00"), act) == "10:40"
    visit.do(Discharge(how=Leaving.TRANSFERRED, at=visit.instant("10:40"), reason="chest pain"))


def test_that_nobody_leaves_before_the_last_device_or_portion() -> None:
    nasal = Visit("esketamine").started("10:00")
    nasal.at("10:05").do(DEVICE)
    act = Discharge(how=Leaving.TRANSFERRED, at=nasal.instant("10:02"), reason="chest pain")
    assert after(nasal.at("10:30"), act) == "10:05"
    injected = by_hand.injection().at("10:00").line(GOOD)
    injected.at("10:05").do(GiveDose(site="left thigh"))
    act = Discharge(how=Leaving.TRANSFERRED, at=injected.instant("10:02"), reason="chest pain")
    assert after(injected.at("10:30"), act) == "10:05"


def test_that_a_departure_is_not_moved_before_the_newest_reading_either() -> None:
    visit = observed().at("11:45").left()
    moved = {"at": visit.instant("11:20")}
    assert after(visit, Amend(entry=left_uid(visit), changes=moved, reason="typo")) == "11:40"
    visit.at("11:50")
    moved = {"at": visit.instant("11:48")}
    visit.do(Amend(entry=left_uid(visit), changes=moved, reason="typo"))
    assert visit.overview.closed_at == visit.instant("11:48")


# --- who ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a\u202eb", "a\x00b", "a\nb", "\u2066a"])
def test_that_no_marks_are_taken_for_a_name(name: str) -> None:
    visit = observed()
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.do(Discharge(how=Leaving.HOME, escort=name))
    items = tuple((item, True) for item, _ in visit.session.protocol.checklist)
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.do(CheckReadiness(items=items, escort=name))
    visit.do(Discharge(how=Leaving.HOME))
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.do(Amend(entry=left_uid(visit), changes={"escort": name}, reason="misheard"))


@pytest.mark.parametrize("changes", [{"escort": 7}, {"escort": None}, {"how": 7}, {"how": None}])
def test_that_what_is_no_text_is_refused_in_an_amendment(changes: dict[str, object]) -> None:
    visit = observed().left()
    with pytest.raises(InputError) as caught:
        visit.do(Amend(entry=left_uid(visit), changes=changes, reason="misheard"))
    assert caught.value.field in changes


# --- why ------------------------------------------------------------------------------------


def test_that_the_reason_told_is_the_one_of_the_entry_that_says_how() -> None:
    visit = observed().left()
    uid = left_uid(visit)
    visit.do(Amend(entry=uid, changes={"how": "against advice"}, reason="walked out"))
    assert visit.overview.left_reason == "walked out"
    assert "left-unexplained" not in visit.gaps()
    visit.do(Amend(entry=uid, changes={"escort": "her son"}, reason="asked again"))
    assert visit.overview.left_reason == "walked out", "this one says with whom"


def test_that_an_amendment_of_the_escort_explains_no_departure() -> None:
    visit = observed()
    visit.do(Discharge(how=Leaving.TRANSFERRED, escort="City Hospital"))
    assert "left-unexplained" in visit.gaps()
    changes = {"escort": "County Hospital"}
    visit.do(Amend(entry=left_uid(visit), changes=changes, reason="misheard"))
    assert "left-unexplained" in visit.gaps()
