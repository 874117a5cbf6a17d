"""The order in the dose set-up: verbal and written, for a visit and a course, and outside."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from monitor.desk import OpenSession
from monitor.entries import Given, Validity
from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import PASSWORDS, Visit


def verbal(setup: SetUp) -> SetUp:
    return setup.choose(how="verbal").type(per_kg_mg="0.5", minutes="40")


def test_that_a_verbal_order_is_taken_by_who_is_logged_in_without_the_prescribers_password() -> (
    None
):
    setup = verbal(SetUp())
    assert "password" in setup.room.hidden
    assert setup.room.notes["read_back"] == "Taken by Nina Kowal, who is logged in"
    setup.choose(read_back="yes").submit()
    order = setup.visit.overview.order
    assert order is not None
    assert order.taken_by is not None
    assert (order.by.user, order.taken_by.user, order.how) == ("ds", "nk", Given.VERBAL)
    assert order.read_back
    said = next(row.facts for row in setup.room.recorded if row.name == "Order")
    assert "taken and read back by Nina Kowal" in said


@pytest.mark.parametrize("ticked", ["", "yes"])
def test_that_a_verbal_order_is_read_back_before_it_is_recorded(ticked: str) -> None:
    setup = verbal(SetUp()).choose(read_back="yes").choose(read_back=ticked).submit()
    assert (setup.visit.overview.order is not None) == bool(ticked)
    if not ticked:
        said = "Read the order back to the prescriber, then tick that it was."
        assert setup.room.problem == ("read_back", said)


def test_that_a_prescriber_names_who_took_their_verbal_order() -> None:
    setup = verbal(SetUp(author=Visit().prescriber)).choose(read_back="yes")
    assert "taken_by" not in setup.room.hidden
    assert [each.value for each in setup.room.options["taken_by"]] == ["nk"]
    setup.submit()
    assert setup.room.problem == ("taken_by", "Choose who took the verbal order.")
    setup.choose(taken_by="nk").submit()
    order = setup.visit.overview.order
    assert order is not None
    assert order.taken_by is not None
    assert (order.by.user, order.taken_by.user) == ("ds", "nk")


def course(setup: SetUp, until: str) -> SetUp:
    setup.choose(how="written", validity="course")
    setup.type(per_kg_mg="0.5", minutes="40", valid_until=until, password=PASSWORDS["ds"])
    return setup.submit()


def test_that_an_order_for_a_course_says_until_when() -> None:
    setup = SetUp()
    assert "valid_until" in setup.room.hidden
    course(setup, "2026-03-30")
    order = setup.visit.overview.order
    assert order is not None
    assert (order.validity, order.valid_until) == (Validity.COURSE, dt.date(2026, 3, 30))


@pytest.mark.parametrize("typed", ["", "tomorrow", "30.03.2026", "2026-02-30", "2025-12-31"])
def test_that_a_course_without_an_end_that_can_be_is_refused_at_its_field(typed: str) -> None:
    setup = course(SetUp(), typed)
    assert setup.visit.overview.order is None
    assert setup.room.problem[0] == "valid_until"
    assert setup.room.problem[1].endswith(".")


def next_visit(visit: Visit) -> SetUp:
    """Open the same patient's next session, in the other chair."""
    patient = visit.overview.patient.id
    visit.session_id = OpenSession(visit.world)(
        visit.nurse, patient_id=patient, protocol_id="iv-ketamine-40", chair="1", confirm=True
    )
    return SetUp(visit=visit)


def test_that_the_courses_order_is_offered_and_used_at_the_next_visit() -> None:
    setup = next_visit(course(SetUp(), "2026-03-30").visit)
    assert setup.room.form is not None
    (offer,) = setup.room.form.others
    assert offer.words == "Use the course's order"
    assert offer.more == (
        "0.5 mg/kg over 40 min, the course's order of 2 March by Dana Silva, valid until 30 March.",
    )
    setup.press("course")
    order = setup.visit.overview.order
    assert order is not None
    assert (order.by.user, order.of_course, order.per_kg_mg) == ("ds", True, Decimal("0.5"))
    assert setup.presenter.here == "weight"
    assert "course's order of Dana Silva" in setup.room.recorded[0].facts[0]


def test_that_an_order_for_one_visit_is_not_offered_at_the_next() -> None:
    setup = next_visit(SetUp().order().visit)
    assert setup.others() == []


def test_that_outside_the_protocol_no_reason_is_asked_where_none_helps() -> None:
    setup = SetUp("oral-ketamine").order("8", minutes="")
    assert "reason" in setup.room.hidden
    assert setup.room.problem[0] == "per_kg_mg"
    assert setup.visit.overview.order is None


def test_that_outside_the_protocol_a_prescribers_reason_is_asked_and_kept() -> None:
    setup = SetUp("im-ketamine").choose(how="written").type(per_kg_mg="0.6")
    assert "reason" in setup.room.hidden
    setup.type(per_kg_mg="0.3", password=PASSWORDS["ds"])
    assert "reason" not in setup.room.hidden
    setup.submit()
    assert "Order" not in setup.recorded()
    setup.type(reason="first dose, frail", password=PASSWORDS["ds"]).submit()
    order = setup.visit.overview.order
    assert order is not None
    assert (order.per_kg_mg, order.reason) == (Decimal("0.3"), "first dose, frail")


def test_that_a_reason_for_what_is_no_longer_outside_is_not_recorded() -> None:
    setup = SetUp("im-ketamine").choose(how="written").type(per_kg_mg="0.3", reason="frail")
    setup.type(per_kg_mg="0.5", password=PASSWORDS["ds"]).submit()
    order = setup.visit.overview.order
    assert order is not None
    assert order.reason == ""


def european() -> SetUp:
    setup = SetUp("esketamine-eu").choose(how="written", dose_mg="84")
    return setup.type(password=PASSWORDS["ds"])


def test_that_ancestry_is_asked_where_the_first_dose_depends_on_it() -> None:
    setup = european().submit()
    assert setup.room.problem[0] == "japanese_ancestry"
    setup.choose(japanese_ancestry="no").submit()
    order = setup.visit.overview.order
    assert order is not None
    assert order.japanese_ancestry is False
    assert "japanese_ancestry" in SetUp("esketamine").room.hidden


def test_that_a_first_dose_above_the_low_start_wants_the_prescribers_reason() -> None:
    setup = european().choose(japanese_ancestry="yes").submit()
    assert "Order" not in setup.recorded()
    assert setup.room.problem[0] == "reason"
    assert "28 mg" in setup.room.problem[1]
    assert "reason" not in setup.room.hidden
    setup.type(reason="tolerated 84 mg abroad", password=PASSWORDS["ds"]).submit()
    order = setup.visit.overview.order
    assert order is not None
    assert order.reason == "tolerated 84 mg abroad"


def test_that_a_dose_that_no_label_names_is_offered_and_wants_a_reason() -> None:
    setup = SetUp("esketamine")
    assert [each.value for each in setup.room.options["dose_mg"]] == ["28", "56", "84"]
    setup.choose(how="written", dose_mg="28").type(password=PASSWORDS["ds"])
    assert "reason" not in setup.room.hidden
    assert setup.room.working.tone == "alert"
    setup.submit()
    assert setup.visit.overview.order is None
    setup.type(reason="dizzy after 56", password=PASSWORDS["ds"]).submit()
    assert setup.visit.overview.devices_ordered == 1


def test_that_slow_work_says_so_and_takes_nothing_meanwhile() -> None:
    setup = SetUp().order()
    assert setup.room.busy == ["One moment …", ""]
