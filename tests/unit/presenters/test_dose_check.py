"""The second check in the dose set-up: blind, compared, kept; and what goes without it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import Future
from decimal import Decimal
from typing import TypeVar

import pytest

from monitor.acts import TakeOrder
from monitor.entries import Checked, Given
from tests.fakes.dose_hands import SetUp
from tests.fakes.rooms import run_at_once
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.dose_compare import check_face
from ui.presenters.dose_setup import DoseSetUpPresenter

T = TypeVar("T")


def shown_words(setup: SetUp) -> str:
    """Return everything that the room shows of the dose, in one line."""
    room = setup.room
    rows = [" ".join((row.name, row.value, *row.facts)) for row in room.recorded]
    lines = [f"{line.sum} {line.result}" for line in room.working.lines]
    rates = [" ".join(rate) for rate in room.working.rates]
    parts = (*room.banner.patient, *room.banner.drug, *rows, *lines, *rates, *room.lines.values())
    return " | ".join(parts)


def test_that_the_first_values_are_covered_while_the_second_person_enters() -> None:
    setup = SetUp().order().weigh("71.3").tray(volume="100", mode="added").submit()
    assert setup.presenter.here == "check"
    said = shown_words(setup)
    for figure in ("71.3", "35.65", "100.71", "0.71", "151.1"):
        assert figure not in said, figure
    assert "0.5 mg/kg over 40 min" in said  # the order is what both work from
    assert setup.recorded() == {
        "Order": "0.5 mg/kg over 40 min",
        "Weight": "covered",
        "Dose": "covered",
    }
    assert setup.room.working.covered


def test_that_they_stay_covered_when_something_else_is_written() -> None:
    setup = SetUp().worked_out()
    setup.visit.line("122/76 72 98 16 s5 d0")
    setup.presenter.on_entries()
    assert setup.room.working.covered
    assert setup.recorded()["Dose"] == "covered"


def test_that_same_figures_are_shown_side_by_side_and_lead_on() -> None:
    setup = SetUp().worked_out().check()
    face = setup.room.check
    assert face is not None
    assert (face.same, face.note) == (True, "all same")
    assert [(row.name, row.first, row.second) for row in face.rows] == [
        ("Weight", "70 kg", "70 kg"),
        ("Strength", "50 mg/mL", "50 mg/mL"),
        ("Final volume", "50 mL", "50 mL"),
        ("Drug", "replaces", "replaces"),
        ("Drawn", "0.7 mL", "0.7 mL"),
        ("Rate", "75 mL/h", "75 mL/h"),
    ]
    assert setup.visit.overview.dose.verified_by == "ds"
    chip = setup.room.banner.check
    assert chip is not None
    assert (chip.words, chip.tone) == ("Checked by DS 09:48", "good")
    setup.press("on")
    assert setup.presenter.here == "prepare"


def test_that_a_different_figure_is_named_and_both_entries_are_kept() -> None:
    setup = SetUp().worked_out().check(rate_ml_h="57")
    face = setup.room.check
    assert face is not None
    assert face.note == "5 of 6 same"
    assert [row.name for row in face.rows if not row.same] == ["Rate"]
    assert face.verdict.startswith("The rates differ.")
    assert [each.value for each in face.actions] == ["again", "anew", "emergency"]
    assert face.actions[0].words == "Dana Silva enters again"
    kept = setup.visit.store.entries[-1].what
    assert isinstance(kept, Checked)
    assert kept.differs == ("rate_ml_h",)
    assert setup.visit.overview.dose.verified_by is None
    assert setup.room.banner.check is not None
    assert setup.room.banner.check.words == "Check differs"


def test_that_the_same_person_enters_again_blind_with_nothing_filled_in() -> None:
    setup = SetUp().worked_out().check(rate_ml_h="57").press("again")
    assert setup.room.working.covered
    assert setup.room.chosen["checker"] == "ds"
    assert setup.room.lines == {}
    setup.submit()
    assert setup.room.problem[0] == "password"
    setup.check()
    assert setup.room.check is not None
    assert setup.room.check.same
    assert setup.room.check.foot.startswith("Both entries of a second person")


def test_that_a_wrong_first_value_is_worked_out_anew_and_wants_a_new_check() -> None:
    setup = SetUp().worked_out().check(rate_ml_h="57").press("anew")
    assert setup.presenter.here == "dose"
    setup.tray(volume="100").submit()
    assert setup.presenter.here == "check"
    assert setup.room.check is None
    assert setup.room.banner.check is not None
    assert setup.room.banner.check.words == "Not yet checked"


def test_that_who_worked_it_out_is_not_among_those_who_can_check() -> None:
    setup = SetUp().worked_out()
    assert [each.value for each in setup.room.options["checker"]] == ["ds"]
    mine = SetUp(author=Visit().prescriber).worked_out()
    assert [each.value for each in mine.room.options["checker"]] == ["nk"]


def test_that_whoever_worked_it_out_is_refused_all_the_same() -> None:
    setup = SetUp().worked_out()
    before = setup.entries()
    setup.check("nk")
    assert setup.entries() == before
    assert setup.room.problem == (
        "checker",
        "This needs a second person; let someone else log in and do it.",
    )


def test_that_a_wrong_password_is_typed_again_and_the_figures_stay() -> None:
    setup = SetUp().worked_out().choose(checker="ds", volume_mode="replaces")
    setup.type(weight_kg="70", strength_mg_per_ml="50", volume_ml="50", drawn_ml="0.7")
    setup.type(rate_ml_h="75")
    setup.presenter.typed("password", "guess")
    setup.submit()
    assert setup.room.problem[0] == "password"
    assert setup.room.lines == {"password": ""}
    assert setup.visit.overview.dose.checks == ()
    setup.type(password=PASSWORDS["ds"]).submit()
    assert setup.visit.overview.dose.verified_by == "ds"


@pytest.mark.parametrize(
    "missing", ["weight_kg", "strength_mg_per_ml", "volume_ml", "drawn_ml", "rate_ml_h"]
)
def test_that_every_figure_is_wanted(missing: str) -> None:
    setup = SetUp().worked_out().check(**{missing: ""})
    assert setup.room.problem[0] == missing
    assert setup.visit.overview.dose.checks == ()


def test_that_a_mode_is_chosen_by_hand() -> None:
    setup = SetUp().worked_out()
    assert setup.room.chosen.get("volume_mode", "") == ""
    setup.check(volume_mode="")
    assert setup.room.problem[0] == "volume_mode"


def test_that_an_override_wants_name_reason_and_password() -> None:
    setup = SetUp().worked_out().press("emergency")
    assert setup.presenter.here == "override"
    setup.submit()
    assert setup.room.problem[0] == "reason"
    setup.type(reason="laryngospasm, nobody else here").submit()
    assert setup.room.problem[0] == "password"
    setup.type(password=PASSWORDS["nk"]).submit()
    assert setup.room.problem[0] == "password"
    assert "Override" not in setup.recorded()
    setup.type(password=PASSWORDS["ds"]).submit()
    (override,) = setup.visit.overview.overrides
    assert (override.by.user, override.reason) == ("ds", "laryngospasm, nobody else here")
    assert setup.presenter.here == "prepare"
    assert setup.room.banner.check is not None
    assert setup.room.banner.check.words == "Check overridden"
    assert setup.recorded()["Override"] == "Second check overridden"
    assert next(step.state for step in setup.room.steps if step.key == "check") == "later"


def test_that_one_goes_back_from_the_override_to_the_check() -> None:
    setup = SetUp().worked_out().press("emergency").press("back")
    assert setup.presenter.here == "check"
    assert setup.room.working.covered


def test_that_no_override_is_offered_where_the_check_is_only_asked_for() -> None:
    setup = SetUp("oral-ketamine").order_mg("100").choose(product="ketamine-tablet-50").submit()
    assert setup.presenter.here == "check"
    assert setup.others() == ["skip"]
    setup.press("skip")
    assert setup.presenter.here == "prepare"


def test_that_where_it_is_required_it_cannot_be_skipped() -> None:
    assert SetUp().worked_out().others() == ["emergency"]


def test_that_ctrl_enter_leads_to_the_check_and_compares() -> None:
    setup = SetUp().order().weigh().tray()
    setup.presenter.second_check()
    assert setup.presenter.here == "check"
    setup.go("order")
    setup.presenter.second_check()
    assert setup.presenter.here == "check"
    setup.presenter.second_check()
    assert setup.room.problem[0] == "checker"


def test_that_devices_are_counted_by_a_second_person() -> None:
    setup = SetUp("esketamine").choose(how="written", dose_mg="84")
    setup.type(password=PASSWORDS["ds"]).submit().submit()
    assert setup.presenter.here == "check"
    setup.choose(checker="nk").type(devices="2", password=PASSWORDS["nk"]).submit()
    face = setup.room.check
    assert face is not None
    assert [(row.first, row.second) for row in face.rows] == [("3", "2")]
    setup.press("again").type(devices="1.5", password=PASSWORDS["nk"]).submit()
    assert setup.room.problem[0] == "devices"
    setup.type(devices="3").submit()
    assert setup.room.check is not None
    assert setup.room.check.same
    assert setup.room.check.verdict == "Both have the same figures. Dana Silva ordered it."
    setup.press("on")
    assert setup.room.left == 1


def test_that_a_verbal_order_of_devices_is_the_prescribers_and_not_of_who_took_it() -> None:
    visit = Visit("esketamine")
    order = TakeOrder(
        how=Given.VERBAL, dose_mg=Decimal(84), prescriber=visit.prescriber, read_back=True
    )
    visit.do(order)
    setup = SetUp(visit=visit.checked()).go("check")
    assert setup.room.check is not None
    assert setup.room.check.verdict.endswith("Dana Silva ordered it.")


class Later:
    """Runs work when it is told to, as a slow computer does."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        self.waiting.append(lambda: run_at_once(work, then))


def test_that_nothing_else_is_done_while_a_password_is_looked_at() -> None:
    setup, later = SetUp(), Later()
    doors = dataclasses.replace(setup.doors, run=later)
    setup.presenter = DoseSetUpPresenter(setup.room, doors)
    setup.presenter.begin()
    setup.order()
    setup.submit().go("weight")
    setup.presenter.leave()
    assert setup.presenter.here == "order"
    assert setup.room.left == 0
    assert len(later.waiting) == 1
    later.waiting[0]()
    assert setup.visit.overview.order is not None
    assert setup.presenter.here == "weight"


def test_that_a_comparison_gives_way_when_the_dose_is_worked_out_anew_elsewhere() -> None:
    setup = SetUp().worked_out().check()
    setup.visit.weighed("72").calculated()
    setup.presenter.on_entries()
    assert setup.room.check is None
    assert setup.presenter.here == "check"
    assert setup.room.working.covered
    assert setup.room.entered > 0


def test_that_a_long_name_gives_way_to_its_initials_on_the_button() -> None:
    overview = SetUp().worked_out().check(rate_ml_h="57").visit.overview
    check = overview.dose.check
    assert check is not None
    name = "Maximiliane Featherstonehaugh-Kowalczyk"
    by = dataclasses.replace(check.by, name=name)
    face = check_face(overview, dataclasses.replace(check, by=by), emergency=False)
    assert face.actions[0].words == "MF enters again"
    assert name in face.said
