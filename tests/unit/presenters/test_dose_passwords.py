"""Passwords in the dose set-up: handed over once, then forgotten; and what a refusal leaves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import pytest

from monitor.entries import Overridden
from monitor.errors import Code, StorageError
from tests.fakes.dose_hands import SetUp
from tests.fakes.rooms import run_at_once
from tests.fakes.visit import PASSWORDS
from ui.presenters.dose_setup import DoseSetUpPresenter

T = TypeVar("T")


class Slow:
    """Runs work at once, and from `hold` on only when it is told to."""

    def __init__(self) -> None:
        self._held = False
        self.finish: Callable[[], None] = lambda: None
        self.fail: Callable[[Exception], None] = lambda _: None

    def __call__(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        def fail(error: Exception) -> None:
            failed: Future[T] = Future()
            failed.set_exception(error)
            then(failed)

        self.finish, self.fail = lambda: run_at_once(work, then), fail
        if not self._held:
            self.finish()

    def hold(self) -> None:
        self._held = True


def slowly(setup: SetUp) -> Slow:
    """Let the set-up go on over doors that can be slow."""
    slow = Slow()
    setup.doors = dataclasses.replace(setup.doors, run=slow)
    setup.presenter = DoseSetUpPresenter(setup.room, setup.doors)
    setup.presenter.begin()
    return slow


def above_the_cap(setup: SetUp, volume: str = "50") -> SetUp:
    setup.order(per_kg="0.5").weigh("210", height="")
    setup.choose(strength="100", volume_mode="replaces").type(volume_ml=volume)
    return setup.type(reason="tolerated before", cap_password=PASSWORDS["ds"])


def overridden(setup: SetUp) -> int:
    return sum(isinstance(entry.what, Overridden) for entry in setup.visit.store.entries)


# --- a refused calculation leaves nothing -------------------------------------------------


def test_that_a_calculation_that_is_refused_leaves_no_override() -> None:
    setup = above_the_cap(SetUp(), volume="1.5")
    before = setup.entries()
    setup.submit()
    assert setup.entries() == before
    assert setup.visit.overview.overrides == ()
    at, said = setup.room.problem
    assert at == "volume_ml", "it is about the volume, not about the password"
    assert said.endswith(".")


def test_that_the_same_decision_goes_through_once_the_volume_is_mended() -> None:
    setup = above_the_cap(SetUp(), volume="1.5").submit().type(volume_ml="50")
    setup.type(cap_password=PASSWORDS["ds"]).submit()
    assert setup.visit.overview.dose.calculated_mg == 105
    assert overridden(setup) == 1
    assert setup.visit.overview.overrides[0].used


def test_that_the_dose_is_theirs_who_began_it_whoever_is_logged_in_when_it_is_written() -> None:
    setup = SetUp().order(per_kg="0.5").weigh("210", height="")
    people = [setup.visit.nurse]
    setup.doors = dataclasses.replace(setup.doors, author=lambda: people[-1])
    slow = slowly(setup)
    slow.hold()
    setup.choose(strength="100", volume_mode="replaces").type(volume_ml="50")
    setup.type(reason="tolerated before", cap_password=PASSWORDS["ds"]).submit()
    people.append(setup.visit.prescriber)
    slow.finish()
    by = setup.visit.overview.dose.by
    assert by is not None
    assert by.user == "nk"


# --- nothing keeps a password -------------------------------------------------------------


def at_the_order(setup: SetUp) -> SetUp:
    setup.choose(how="written").type(per_kg_mg="0.5", minutes="40")
    return setup.type(password=PASSWORDS["ds"])


def at_the_check(setup: SetUp) -> SetUp:
    setup.worked_out().choose(checker="ds", volume_mode="replaces")
    setup.type(weight_kg="70", strength_mg_per_ml="50", volume_ml="50", drawn_ml="0.7")
    return setup.type(rate_ml_h="75", password=PASSWORDS["ds"])


def at_the_override(setup: SetUp) -> SetUp:
    setup.worked_out().press("emergency")
    return setup.type(reason="crisis", password=PASSWORDS["ds"])


def kept(setup: SetUp) -> str:
    """Return everything that the steps still hold of what was typed."""
    steps = setup.presenter._steps.values()
    return repr([getattr(step, "_entered", None) for step in steps])


@pytest.mark.parametrize("made", [at_the_order, at_the_check, at_the_override, above_the_cap])
def test_that_a_password_is_forgotten_as_soon_as_it_is_handed_over(
    made: Callable[[SetUp], SetUp],
) -> None:
    setup = SetUp()
    slow = slowly(setup)
    made(setup)
    assert PASSWORDS["ds"] in kept(setup)
    slow.hold()
    setup.submit()
    assert setup.room.busy[-1] == "One moment …"
    assert "" in (setup.room.lines.get(key) for key in setup.room.lines if "password" in key)
    assert PASSWORDS["ds"] not in kept(setup)
    before = setup.entries()
    slow.finish()
    assert setup.entries() > before, "it was handed over all the same"


def test_that_nothing_typed_is_left_beside_the_comparison_or_after_leaving() -> None:
    setup = SetUp().worked_out().check()
    assert setup.room.check is not None
    assert setup.room.lines == {}
    assert "0.7" not in kept(setup)
    setup = SetUp().worked_out().choose(checker="ds").type(password=PASSWORDS["ds"])
    setup.presenter.leave()
    assert PASSWORDS["ds"] not in kept(setup)
    assert setup.room.chosen["checker"] == ""


# --- while a password is looked at ----------------------------------------------------------


def ordering() -> tuple[SetUp, Slow]:
    """Return a set-up whose order is being written."""
    setup = SetUp()
    slow = slowly(setup)
    slow.hold()
    return setup.order(), slow


def test_that_a_room_that_is_gone_is_told_nothing_more() -> None:
    setup, slow = ordering()
    told = list(setup.room.busy)
    setup.presenter.close()
    slow.finish()
    assert setup.room.busy == told
    assert setup.visit.overview.order is not None, "it was confirmed, and stands"


def test_that_a_fault_is_not_kept_quiet_by_a_room_that_is_gone() -> None:
    setup, slow = ordering()
    setup.presenter.close()
    with pytest.raises(OSError, match="the disk is gone"):
        slow.fail(OSError("the disk is gone"))


def test_that_what_the_record_refuses_later_is_said() -> None:
    setup, slow = ordering()
    slow.fail(StorageError(Code.BUSY))
    assert setup.room.problem[1].endswith(".")
    assert setup.room.busy[-1] == ""


def test_that_entering_the_room_again_meanwhile_changes_no_step() -> None:
    setup, slow = ordering()
    setup.visit.ordered().weighed()
    setup.presenter.begin("dose")
    assert setup.presenter.here == "order"
    slow.finish()
    assert setup.presenter.here == "dose"
