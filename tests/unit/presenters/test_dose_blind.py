"""While nobody has checked the dose, no press uncovers the first values to a second person."""

from __future__ import annotations

import dataclasses

import pytest

from monitor.acts import Calculate
from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import PASSWORDS

FIRST = ("71.3", "157.2", "35.65", "100.71", "0.71", "151.1")
"""What the first person found, as it would be written."""


def at_the_check() -> SetUp:
    return SetUp().order().weigh("71.3").tray(volume="100", mode="added").submit()


def shown(setup: SetUp) -> str:
    """Return everything that the room shows, with the buttons' words, in one line."""
    room = setup.room
    steps = [f"{step.name} {step.state}" for step in room.steps]
    lines = " ".join(f"{line.sum} {line.result}" for line in room.working.lines)
    rest = (room.banner.patient, room.banner.drug, room.working.rates, room.recorded, room.check)
    form = (room.form, room.lines, room.notes, room.options, room.working.verdict)
    return " | ".join((*steps, lines, *map(repr, (*rest, *form))))


def reachable(setup: SetUp) -> list[str]:
    return [step.key for step in setup.room.steps if step.reachable]


@pytest.mark.parametrize("figure", FIRST)
def test_that_asking_for_an_override_from_the_blind_form_uncovers_nothing(figure: str) -> None:
    setup = at_the_check().press("emergency")
    assert setup.presenter.here == "override"
    setup.presenter.on_entries()
    setup.type(reason="nobody else here").choose(prescriber="ds")
    assert figure not in shown(setup)
    assert setup.room.working.covered
    assert setup.recorded()["Dose"] == "covered"


def test_that_the_way_back_from_an_override_is_as_blind_as_the_way_there() -> None:
    setup = at_the_check().check(weight_kg="70", volume_ml="100", volume_mode="added")
    assert setup.room.problem == ("", ""), "it was compared"
    setup.press("again").press("emergency")
    assert setup.room.working.covered
    setup.press("back")
    assert setup.room.check is None
    assert setup.room.working.covered


def test_that_after_a_check_an_override_hides_nothing_that_both_have_seen() -> None:
    setup = SetUp().worked_out().check(rate_ml_h="57").press("emergency")
    assert not setup.room.working.covered
    assert "dose" in reachable(setup)
    setup.press("back")
    assert setup.room.check is not None


def test_that_once_somebody_has_begun_to_check_no_other_step_is_a_press_away() -> None:
    setup = at_the_check()
    assert "dose" in reachable(setup)
    setup.choose(checker="ds")
    assert reachable(setup) == []
    assert SetUp().worked_out().check(rate_ml_h="57").press("again").room.steps == tuple(
        dataclasses.replace(step, reachable=False) for step in setup.room.steps
    )


def test_that_no_other_step_is_a_press_away_from_a_blind_override() -> None:
    setup = at_the_check().press("emergency")
    assert reachable(setup) == []
    setup.type(reason="nobody else here", password=PASSWORDS["ds"]).submit()
    assert setup.presenter.here == "prepare"
    assert "dose" in reachable(setup)


def test_that_whoever_comes_back_to_the_blind_form_is_asked_again_who_enters() -> None:
    setup = at_the_check().choose(checker="ds").type(weight_kg="71.3", password=PASSWORDS["ds"])
    setup.presenter.leave()
    setup.presenter.begin()
    assert setup.room.chosen["checker"] == ""
    assert "dose" in reachable(setup)
    setup.submit()
    assert setup.room.problem == ("checker", "Choose who checks it.")


def test_that_the_form_asks_anew_when_the_dose_is_made_of_something_else_meanwhile() -> None:
    setup = SetUp("oral-ketamine").order_mg("100").choose(product="ketamine-tablet-50").submit()
    setup.choose(checker="ds").type(dose_mg="100", pieces="2")
    setup.visit.do(Calculate(product="ketamine-oral-10"))
    setup.presenter.on_entries()
    assert setup.room.form is not None
    keys = [field.key for field in setup.room.form.fields]
    assert keys == ["checker", "password", "strength_mg_per_ml", "drawn_ml"]
    assert setup.room.problem[1].startswith("The dose was worked out anew")
    setup.choose(checker="ds").type(strength_mg_per_ml="10", drawn_ml="10")
    setup.type(password=PASSWORDS["ds"]).submit()
    assert setup.visit.overview.dose.verified_by == "ds"


def test_that_what_is_typed_stays_where_the_same_figures_are_asked() -> None:
    setup = at_the_check().choose(checker="ds").type(weight_kg="72")
    entered = setup.room.entered
    setup.visit.weighed("72").calculated()
    setup.presenter.on_entries()
    assert setup.room.entered == entered
    assert setup.room.chosen["checker"] == "ds"
