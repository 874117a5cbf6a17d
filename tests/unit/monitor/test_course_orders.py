"""An order for a course: how long it holds, and how it is used again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from monitor.acts import Cancel, TakeOrder, UseCourseOrder
from monitor.acts.ordering import COURSE_DAYS
from monitor.desk import StandingCourseOrder
from monitor.entries import Given, Ordered, Validity
from monitor.errors import Code
from tests.fakes.visit import Visit
from tests.unit.monitor.later_visits import another, approve, come_again
from tests.unit.monitor.orders import order, refusal

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def visit() -> Visit:
    return Visit()


def course(days: int = 28, **changes: object) -> TakeOrder:
    """Return an order for a course of so many days."""
    last = TODAY + dt.timedelta(days=days)
    return order(validity=Validity.COURSE, valid_until=last, **changes)


@pytest.mark.parametrize(
    ("days", "taken"), [(-1, False), (0, True), (COURSE_DAYS, True), (COURSE_DAYS + 1, False)]
)
def test_that_a_course_ends_today_at_the_earliest_and_in_ninety_days_at_the_latest(
    visit: Visit, days: int, *, taken: bool
) -> None:
    if taken:
        visit.do(course(days), visit.prescriber)
    else:
        assert refusal(visit, course(days)) == (
            "The order's last day must be 2026-03-02 to 2026-05-31; check it and type it again."
        )


def test_that_a_courses_order_has_a_last_day_and_a_sessions_has_none(visit: Visit) -> None:
    endless = order(validity=Validity.COURSE)
    assert refusal(visit, endless).startswith("An order for a course needs its last day")
    both = order(valid_until=TODAY)
    assert refusal(visit, both) == "Give an order for this session or its end, not both."


def test_that_a_courses_order_is_used_again_in_the_prescribers_name(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    come_again(visit, 28)
    offered = StandingCourseOrder(visit.world)(visit.session_id)
    assert offered is not None
    assert (offered.by, offered.valid_until) == (visit.prescriber, TODAY + dt.timedelta(days=28))
    (entry,) = visit.do(UseCourseOrder())
    seen = visit.overview.order
    assert seen is not None
    assert (seen.by, seen.used_by, seen.of_course) == (visit.prescriber, visit.nurse, True)
    assert seen.taken_by is None  # the prescriber wrote it
    assert (seen.per_kg_mg, seen.minutes) == (Decimal("0.5"), Decimal(40))
    assert isinstance(entry.what, Ordered)
    assert entry.what.course_order


@pytest.mark.parametrize("user", ["nk", "ds"])
def test_that_a_verbal_order_used_again_was_taken_by_who_took_it_then(
    visit: Visit, user: str
) -> None:
    taken = course(28, how=Given.VERBAL, prescriber=visit.prescriber, read_back=True)
    visit.do(taken, visit.nurse)
    come_again(visit)
    again = {"nk": visit.nurse, "ds": visit.prescriber}[user]
    visit.do(UseCourseOrder(), again)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.by, seen.taken_by, seen.read_back) == (visit.prescriber, visit.nurse, True)
    assert seen.used_by == again


def test_that_a_reused_order_is_no_new_one_and_can_be_used_again(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    come_again(visit).do(UseCourseOrder())
    come_again(visit).do(UseCourseOrder())
    first, second = (
        entry.what.course_order
        for entry in visit.store.entries
        if isinstance(entry.what, Ordered) and entry.what.course_order
    )
    assert first == second


def test_that_the_prescribers_reason_goes_with_the_courses_order() -> None:
    visit = Visit("im-ketamine")
    visit.do(course(28, minutes=None, per_kg_mg=Decimal("0.4"), reason="frail"), visit.prescriber)
    come_again(visit).do(UseCourseOrder())
    seen = visit.overview.order
    assert seen is not None
    assert (seen.per_kg_mg, seen.reason) == (Decimal("0.4"), "frail")


def test_that_a_courses_order_is_gone_the_day_after_its_last(visit: Visit) -> None:
    visit.do(course(6), visit.prescriber)
    come_again(visit, 7)
    assert StandingCourseOrder(visit.world)(visit.session_id) is None
    assert refusal(visit, UseCourseOrder(), visit.nurse) == (
        "The course's order was valid until 2026-03-08; a prescriber must order anew."
    )


NONE_STANDS = "No course's order stands from an earlier visit; a prescriber must order the dose."


def test_that_only_the_newest_order_can_be_a_courses(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    come_again(visit).do(order(per_kg_mg=Decimal("0.4")), visit.prescriber)
    come_again(visit)
    assert refusal(visit, UseCourseOrder(), visit.nurse) == NONE_STANDS


def test_that_an_order_of_today_takes_the_place_of_the_courses(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    come_again(visit).do(order(per_kg_mg=Decimal("0.4")), visit.prescriber)
    assert refusal(visit, UseCourseOrder(), visit.nurse) == NONE_STANDS


def test_that_todays_own_order_for_a_course_needs_no_second_use(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    with visit.refused(Code.UNCHANGED):
        visit.do(UseCourseOrder())


def test_that_another_protocols_or_patients_order_is_not_used(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    first = visit.session_id
    assert refusal(another(visit, "1980-01-01"), UseCourseOrder(), visit.nurse) == NONE_STANDS
    visit.session_id = first
    approve(visit, "im-ketamine")
    come_again(visit, protocol="im-ketamine")
    assert refusal(visit, UseCourseOrder(), visit.nurse) == NONE_STANDS


def test_that_a_cancelled_visits_order_is_not_used(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    visit.do(Cancel(reason="blood pressure"))
    assert refusal(come_again(visit), UseCourseOrder(), visit.nurse) == NONE_STANDS


def test_that_an_order_in_a_cancelled_visit_takes_the_place_of_the_courses(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    come_again(visit).do(order(per_kg_mg=Decimal("0.4")), visit.prescriber)
    visit.do(Cancel(reason="blood pressure"))
    assert refusal(come_again(visit), UseCourseOrder(), visit.nurse) == NONE_STANDS
    assert StandingCourseOrder(visit.world)(visit.session_id) is None


def test_that_a_cancelled_visit_without_an_order_of_its_own_changes_nothing(visit: Visit) -> None:
    visit.do(course(28), visit.prescriber)
    come_again(visit).do(UseCourseOrder())
    visit.do(Cancel(reason="blood pressure"))
    come_again(visit).do(UseCourseOrder())
    seen = visit.overview.order
    assert seen is not None
    assert seen.per_kg_mg == Decimal("0.5")


def test_that_a_courses_order_must_still_be_within_the_protocol(visit: Visit) -> None:
    visit.do(course(28, per_kg_mg=Decimal(1)), visit.prescriber)
    approve(
        visit,
        "iv-ketamine-40",
        lambda text: text.replace('per_kg_most = { value = "1"', 'per_kg_most = { value = "0.8"'),
    )
    assert "0.1 to 0.8" in refusal(come_again(visit), UseCourseOrder(), visit.nurse)
