"""The mark beside the drug: whether a second person has checked the dose."""

from __future__ import annotations

import dataclasses

from monitor.acts import Override, Start
from tests.fakes.visit import Visit
from ui.presenters.check_chip import check_chip, lasting_chip


def words(visit: Visit, *, lasting: bool = False) -> str:
    chip = (lasting_chip if lasting else check_chip)(visit.overview)
    return chip.words if chip else ""


def test_that_nothing_is_said_before_there_is_a_dose() -> None:
    assert words(Visit().ordered().weighed()) == ""


def test_that_a_dose_is_marked_as_not_yet_checked_and_then_by_whom_and_when() -> None:
    visit = Visit().ordered().weighed().calculated()
    assert words(visit) == "Not yet checked"
    assert words(visit.at("09:52").checked()) == "Checked by DS 09:52"


def test_that_the_sessions_screen_keeps_the_mark_until_the_first_drug() -> None:
    visit = Visit().ordered().weighed().calculated().checked()
    assert words(visit, lasting=True).startswith("Checked by DS")
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    assert words(visit, lasting=True) == ""


def test_that_an_override_stays_marked_while_the_drug_runs() -> None:
    visit = Visit().ordered().weighed().calculated()
    visit.do(Override(what="check-missing", reason="laryngospasm"), visit.prescriber)
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    assert words(visit, lasting=True) == "Check overridden"


def test_that_an_unchecked_dose_stays_marked_after_the_first_device() -> None:
    visit = Visit("esketamine").at("09:50").ordered().at("09:55").line("122/76 72 98 16 s5 d0")
    visit.do(Override(what="check-missing", reason="alone today"), visit.prescriber)
    unchecked = dataclasses.replace(visit.overview, overrides=(), started_at=visit.clock.now())
    chip = lasting_chip(unchecked)
    assert chip is not None
    assert chip.words == "Not yet checked"
    assert lasting_chip(dataclasses.replace(unchecked, closed_at=visit.clock.now())) is None
