"""The order: by whom, for how long, within which bounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from monitor.acts import TakeOrder, UseCourseOrder
from monitor.entries import Given
from monitor.errors import Code, MonitorError
from monitor.people import Author, Role
from tests.fakes.visit import Visit
from tests.unit.monitor.later_visits import another, approve, come_again
from tests.unit.monitor.orders import order, refusal, whole
from ui.wording import sentence

TODAY = dt.date(2026, 3, 2)
COLLEAGUE = Author("ar", Role.PRESCRIBER, "Amir Rao", "MD")
AUDITOR = Author("au", Role.AUDITOR, "Ada Unger")


@pytest.fixture
def visit() -> Visit:
    return Visit()


def verbal(visit: Visit, **changes: object) -> TakeOrder:
    """Return a verbal order that was read back, as the nurse writes it down."""
    usual: dict[str, Any] = {"prescriber": visit.prescriber, "read_back": True}
    return order(how=Given.VERBAL, **(usual | changes))


# --- by whom -------------------------------------------------------------------------------


def test_that_a_written_order_is_a_prescribers(visit: Visit) -> None:
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(order(), visit.nurse)
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(order(prescriber=visit.prescriber), visit.nurse)
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(order(prescriber=COLLEAGUE), visit.prescriber)
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(order(), AUDITOR)


def test_that_a_verbal_order_is_written_by_who_took_it_in_the_prescribers_name(
    visit: Visit,
) -> None:
    visit.do(verbal(visit), visit.nurse)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.by, seen.taken_by, seen.read_back) == (visit.prescriber, visit.nurse, True)


def test_that_the_prescriber_can_write_a_verbal_order_and_name_who_took_it(visit: Visit) -> None:
    visit.do(verbal(visit, prescriber=None, taken_by=visit.nurse), visit.prescriber)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.by, seen.taken_by) == (visit.prescriber, visit.nurse)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"prescriber": None}, Code.EMPTY),
        ({"read_back": False}, Code.EMPTY),
        ({"prescriber": Author("xx", Role.THERAPIST, "Xenia")}, Code.NOT_ALLOWED),
        ({"taken_by": COLLEAGUE}, Code.NOT_ALLOWED),
    ],
    ids=str,
)
def test_that_a_verbal_order_names_who_gave_it_and_was_read_back(
    visit: Visit, changes: dict[str, object], code: Code
) -> None:
    with visit.refused(code):
        visit.do(verbal(visit, **changes), visit.nurse)


def test_that_nobody_takes_their_own_verbal_order(visit: Visit) -> None:
    with visit.refused(Code.SAME_PERSON):
        visit.do(verbal(visit, taken_by=visit.prescriber), visit.prescriber)
    with visit.refused(Code.EMPTY):
        visit.do(verbal(visit), visit.prescriber)
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(verbal(visit, taken_by=AUDITOR), visit.prescriber)


def test_that_a_written_order_was_taken_by_nobody(visit: Visit) -> None:
    visit.do(order(taken_by=visit.nurse, read_back=True), visit.prescriber)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.by, seen.taken_by, seen.read_back) == (visit.prescriber, None, False)


# --- within the protocol ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"per_kg_mg": Decimal(5)},
            "Dose in mg/kg 5 is outside the protocol's 0.1 to 1: order within it.",
        ),
        (
            {"per_kg_mg": Decimal("0.05")},
            "Dose in mg/kg 0.05 is outside the protocol's 0.1 to 1: order within it.",
        ),
        (
            {"per_kg_mg": Decimal(0)},
            "Dose in mg/kg 0 is outside the protocol's 0.1 to 1: order within it.",
        ),
        (
            {"per_kg_mg": Decimal("-0.5")},
            "Dose in mg/kg -0.5 is outside the protocol's 0.1 to 1: order within it.",
        ),
        (
            {"per_kg_mg": Decimal("NaN")},
            "Dose in mg/kg NaN is outside the protocol's 0.1 to 1: order within it.",
        ),
        (
            {"minutes": Decimal(4)},
            "Duration in minutes 4 is outside the protocol's 40 to 60: order within it.",
        ),
        (
            {"minutes": Decimal(400)},
            "Duration in minutes 400 is outside the protocol's 40 to 60: order within it.",
        ),
        ({"minutes": None}, "Nothing was typed for duration in minutes; type a value."),
        ({"per_kg_mg": None}, "Nothing was typed for dose in mg/kg; type a value."),
        ({"dose_mg": Decimal(35)}, "Give mg/kg or mg, not both."),
        (
            {"per_kg_mg": None, "dose_mg": Decimal("0.05")},
            "Dose in mg 0.05 is outside the protocol's 0.1 to 100: order within it.",
        ),
        (
            {"per_kg_mg": None, "dose_mg": Decimal("NaN")},
            "Dose in mg NaN is outside the protocol's 0.1 to 100: order within it.",
        ),
        (
            {"per_kg_mg": None, "dose_mg": Decimal("Infinity")},
            "Dose in mg Infinity is outside the protocol's 0.1 to 100: order within it.",
        ),
    ],
    ids=str,
)
def test_that_an_infusion_outside_the_protocol_is_refused_with_its_bounds(
    visit: Visit, changes: dict[str, object], said: str
) -> None:
    assert refusal(visit, order(**changes)) == said
    if "Nothing" not in said and "both" not in said:  # it takes nothing outside, reason or not
        assert refusal(visit, order(**changes, reason="as discussed")) == said


def test_that_a_whole_dose_above_the_cap_is_taken_with_the_prescribers_reason(
    visit: Visit,
) -> None:
    assert refusal(visit, whole("100.5", minutes=Decimal(40))) == (
        "Dose in mg 100.5 is outside the protocol's 0.1 to 100: order within it, or give the"
        " prescriber's reason."
    )
    visit.do(whole("100.5", minutes=Decimal(40), reason="tolerant"), visit.prescriber)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.dose_mg, seen.reason) == (Decimal("100.5"), "tolerant")


@pytest.mark.parametrize(
    ("protocol", "act", "said"),
    [
        (
            "im-ketamine",
            order(minutes=None, per_kg_mg=Decimal(5)),
            (
                "Dose in mg/kg 5 is outside the protocol's 0.5 to 1: order within it, or give the"
                " prescriber's reason."
            ),
        ),
        (
            "im-ketamine",
            order(minutes=None, per_kg_mg=Decimal(0), reason="as discussed"),
            "Dose in mg/kg 0 is outside the protocol's 0.5 to 1: order within it.",
        ),
        (
            "im-ketamine",
            whole("50"),
            "Dose in mg 50 cannot be taken: this protocol's dose is ordered in mg/kg.",
        ),
        (
            "nasal-ketamine",
            order(minutes=None),
            "Dose in mg/kg 0.5 cannot be taken: this protocol's dose is ordered in mg.",
        ),
        (
            "nasal-ketamine",
            whole("500"),
            (
                "Dose in mg 500 is outside the protocol's 10 to 50: order within it, or give the"
                " prescriber's reason."
            ),
        ),
        (
            "oral-ketamine",
            order(),
            "Duration in minutes 40 cannot be taken: this way of giving has none.",
        ),
        (
            "oral-ketamine",
            TakeOrder(how=Given.WRITTEN),
            "Nothing was typed for dose in mg/kg; type a value.",
        ),
        (
            "rectal-ketamine",
            TakeOrder(how=Given.WRITTEN),
            "Nothing was typed for dose in mg; type a value.",
        ),
        (
            "iv-push-ed",
            order(per_kg_mg=Decimal("0.2")),
            "Duration in minutes 40 is outside the protocol's 1 to 2: order within it.",
        ),
        (
            "iv-push-ed",
            order(per_kg_mg=Decimal(2), minutes=Decimal(2)),
            "Dose in mg/kg 2 is outside the protocol's 0.1 to 0.3: order within it.",
        ),
    ],
    ids=str,
)
def test_that_each_way_of_giving_has_its_own_bounds(
    protocol: str, act: TakeOrder, said: str
) -> None:
    assert refusal(Visit(protocol), act) == said


@pytest.mark.parametrize(
    ("protocol", "act"),
    [
        ("im-ketamine", order(minutes=None)),
        ("im-ketamine", order(minutes=None, per_kg_mg=Decimal("0.4"), reason="frail")),
        ("oral-ketamine", order(minutes=None, per_kg_mg=Decimal(7))),
        ("oral-ketamine", whole("50")),
        ("oral-ketamine", whole("300")),
        ("nasal-ketamine", whole("60", reason="as last time")),
        ("iv-push-ed", order(per_kg_mg=Decimal("0.2"), minutes=Decimal(1))),
        ("esketamine", whole("56")),
    ],
    ids=str,
)
def test_that_what_is_within_or_reasoned_is_ordered(protocol: str, act: TakeOrder) -> None:
    visit = Visit(protocol)
    visit.do(act, visit.prescriber)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.per_kg_mg, seen.dose_mg, seen.reason) == (act.per_kg_mg, act.dose_mg, act.reason)


def test_that_an_infusion_outside_is_taken_with_a_reason_where_the_protocol_says_so(
    visit: Visit,
) -> None:
    approve(
        visit,
        "iv-ketamine-40",
        lambda text: text.replace(
            "outside_with_reason = { value = false", "outside_with_reason = { value = true"
        ),
    )
    come_again(visit, 1)
    assert refusal(visit, order(per_kg_mg=Decimal("1.2"))).endswith("the prescriber's reason.")
    visit.do(order(per_kg_mg=Decimal("1.2"), reason="tolerant"), visit.prescriber)
    seen = visit.overview.order
    assert seen is not None
    assert (seen.per_kg_mg, seen.reason) == (Decimal("1.2"), "tolerant")


# --- age -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("born", "age"), [("2008-03-03", 17), ("2020-01-01", 6)])
def test_that_nobody_under_18_is_treated_by_these_protocols(
    visit: Visit, born: str, age: int
) -> None:
    with pytest.raises(MonitorError) as caught:
        another(visit, born)
    assert sentence(caught.value) == (
        f"The patient is {age} years old; this protocol treats nobody under 18: choose another"
        " protocol or do not treat."
    )


def test_that_the_18th_birthday_is_old_enough(visit: Visit) -> None:
    another(visit, "2008-03-02").do(order(), visit.prescriber)


def test_that_nothing_is_ordered_once_the_dose_has_begun(visit: Visit) -> None:
    visit.started()
    for act in (order(), replace(order(), per_kg_mg=Decimal("0.4"))):
        with visit.refused(Code.WRONG_PHASE):
            visit.do(act, visit.prescriber)
    with visit.refused(Code.WRONG_PHASE):
        visit.do(UseCourseOrder())
