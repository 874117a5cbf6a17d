"""A second session of one patient on one day is asked about once."""

from __future__ import annotations

import pytest

from monitor.acts import Cancel, Finish
from monitor.desk import OpenSession
from monitor.entries import Leaving
from monitor.errors import Code, RefusedError
from tests.fakes.rooms import registered
from tests.fakes.visit import Visit
from ui.wording import sentence


def again(visit: Visit, *, confirm: bool = False, patient_id: str = "") -> str:
    return OpenSession(visit.world)(
        visit.nurse,
        patient_id=patient_id or visit.overview.patient.id,
        protocol_id=visit.overview.protocol_id,
        chair="1",
        confirm=confirm,
    )


@pytest.fixture
def visit() -> Visit:
    visit = Visit("esketamine")
    return visit.at("11:30")


def test_that_a_second_session_today_is_refused_once_and_taken_when_confirmed(visit: Visit) -> None:
    with pytest.raises(RefusedError) as caught:
        again(visit)
    facts = caught.value.facts
    assert caught.value.code is Code.SEEN_TODAY
    assert f"{facts['at']:%H:%M}" == "09:48"
    assert (facts["protocol"], facts["state"]) == ("Esketamine nasal spray, US", "open")
    assert again(visit, confirm=True)


def test_that_a_cancelled_one_asks_too(visit: Visit) -> None:
    visit.do(Cancel(reason="fever"))
    with pytest.raises(RefusedError) as caught:
        again(visit)
    assert caught.value.facts["state"] == "cancelled"


def test_that_another_patient_is_not_asked_about(visit: Visit) -> None:
    other = registered(visit, "Reyes", "Mateo", "100412")
    assert again(visit, patient_id=other.id)


def test_that_the_day_is_the_clinics(visit: Visit) -> None:
    visit.do(Cancel(reason="fever"))
    visit.clock.set("23:59")
    with pytest.raises(RefusedError):
        again(visit)
    visit.clock.advance(minutes=2)
    assert again(visit)


def test_that_a_session_still_open_from_before_midnight_asks_too_and_names_its_day(
    visit: Visit,
) -> None:
    visit.clock.set("23:59")
    visit.clock.advance(minutes=20)
    with pytest.raises(RefusedError) as caught:
        again(visit)
    assert caught.value.code is Code.SEEN_TODAY
    assert sentence(caught.value) == (
        "The patient's session of 2026-03-02, 09:48 (Esketamine nasal spray, US) is still open;"
        " close it first, or confirm it if another session is meant."
    )
    assert again(visit, confirm=True)


def test_that_the_question_names_the_dose_when_it_ran_and_how_the_patient_left() -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    visit.at("10:50").left(Leaving.AGAINST_ADVICE, reason="a bus to catch")
    with pytest.raises(RefusedError) as caught:
        again(visit.at("11:30"))
    facts = caught.value.facts
    assert f"{facts['given_mg']} {facts['how']}" == "35 against advice"
    assert [f"{facts[key]:%H:%M}" for key in ("began", "ended", "left")] == [
        "10:00",
        "10:40",
        "10:50",
    ]
