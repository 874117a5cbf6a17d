"""A dose without its second check: what is said, and how a prescriber lets it through."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from monitor.acts import Override, TakeOrder
from monitor.entries import Given as OrderGiven
from monitor.errors import RefusedError
from monitor.phases import Phase
from tests.fakes import by_hand
from tests.fakes.seats import Seat
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.now_faces import NowFace
from ui.presenters.question import Done
from ui.presenters.session import SessionDoors, SessionPresenter


def face(seat: Seat) -> NowFace:
    assert seat.view.now is not None
    return seat.view.now


def needs(seat: Seat) -> dict[str, tuple[str, str]]:
    return {each.words: (each.state, each.more) for each in face(seat).needs}


def test_that_a_start_without_its_check_leads_to_the_check_first() -> None:
    seat = Seat(by_hand.infusion(checked=False))
    assert needs(seat)["Second check"] == ("open", "not yet")
    kinds = {each.key: each.kind for each in face(seat).commands}
    assert (kinds["dose"], kinds["start"]) == ("primary", ""), "what comes next is the check"
    seat.presenter.command("start")
    asked = seat.view.question
    assert asked is not None
    assert "second person" in asked.words[0]
    assert asked.way_out == ("dose", "Second check…")
    assert seat.visit.overview.started_at is None


def test_that_a_prescriber_overrides_from_the_very_question_and_it_is_seen() -> None:
    seat = Seat(by_hand.infusion(checked=False))
    seat.presenter.command("start")
    seat.answer(prescriber="ds", password=PASSWORDS["ds"], reason="status getting worse")
    overview = seat.visit.overview
    assert overview.phase is Phase.INFUSING
    assert [(o.what, o.by.user, o.reason) for o in overview.overrides] == [
        ("check-missing", "ds", "status getting worse")
    ]
    assert seat.view.question is None


def test_that_an_override_in_force_stands_before_the_dose_for_all_to_see() -> None:
    seat = Seat(by_hand.injection(checked=False))
    seat.presenter.command("give")
    seat.answer(prescriber="ds", password=PASSWORDS["ds"], reason="patient in crisis")
    assert needs(seat)["Second check overridden"] == (
        "warned",
        "Dana Silva, 10:00: patient in crisis",
    )
    assert seat.view.question is not None, "what was to be given is asked now"
    assert seat.view.question.asks[0].key == "dose_mg"
    seat.answer(dose_mg="35", site="left thigh")
    assert seat.visit.overview.phase is Phase.OBSERVATION


def test_that_nothing_starts_where_the_question_was_given_up_meanwhile() -> None:
    seat = Seat(by_hand.infusion(checked=False))
    slow = SlowDoors(seat.doors())
    presenter = SessionPresenter(seat.view, slow.doors)
    presenter.command("start")
    presenter.question.submit({"prescriber": "ds", "password": PASSWORDS["ds"], "reason": "crisis"})
    presenter.question.cancel()
    slow.finish()
    assert seat.visit.overview.overrides, "it was confirmed, and stands"
    assert seat.visit.overview.started_at is None


class SlowDoors:
    """Doors whose override is proven only when the test says so."""

    def __init__(self, doors: SessionDoors) -> None:
        self._override = doors.colleagues.override
        self._waiting: list[tuple[str, str, Override, Done]] = []
        slow = dataclasses.replace(doors.colleagues, override=self._later)
        self.doors = dataclasses.replace(doors, colleagues=slow)

    def _later(self, user: str, password: str, act: Override, done: Done) -> None:
        self._waiting.append((user, password, act, done))

    def finish(self) -> None:
        """Let the passwords be proven now."""
        for each in self._waiting:
            self._override(*each)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"prescriber": ""}, "prescriber"),
        ({"password": ""}, "password"),
        ({"password": "a nurse's long password"}, "password"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_that_half_an_override_is_none(answers: dict[str, str], field: str) -> None:
    seat = Seat(by_hand.infusion(checked=False))
    seat.presenter.command("start")
    whole = {"prescriber": "ds", "password": PASSWORDS["ds"], "reason": "crisis"}
    seat.answer(**(whole | answers))
    assert seat.view.question_problem.endswith(".")
    assert seat.view.question_field == field
    assert not seat.visit.overview.overrides
    assert seat.visit.overview.started_at is None


def test_that_figures_that_differ_are_named_before_the_dose() -> None:
    visit = by_hand.infusion(checked=False)
    with pytest.raises(RefusedError, match="differs"):
        visit.checked(rate_ml_h=Decimal(750))
    seat = Seat(visit)
    assert needs(seat)["Second check differs"] == ("blocks", "rate")


def test_that_what_an_order_or_a_dose_is_missing_for_is_said() -> None:
    seat = Seat(Visit().at("10:00"))
    seat.presenter.command("start")
    assert "order" in seat.view.problem
    assert seat.view.question is None
    order = TakeOrder(how=OrderGiven.WRITTEN, per_kg_mg=Decimal("0.5"), minutes=Decimal(40))
    seat.visit.do(order, seat.visit.prescriber)
    seat.presenter.command("start")
    assert "worked out" in seat.view.problem
