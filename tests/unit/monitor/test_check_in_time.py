"""Which second check counts, whose it may be, and for how long an override holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Calculate, CheckDose, GiveDevice, Override, Start, TakeOrder
from monitor.entries import Given, VolumeMode
from monitor.errors import Code, RefusedError
from monitor.two_people import SecondCheck
from reports.dose_words import check_words
from tests.fakes.by_hand import BASELINE, infusion
from tests.fakes.visit import DEVICE, PASSWORDS, Visit

LIFTED = Override(what="check-missing", reason="it cannot wait")


def gaps(visit: Visit) -> list[str]:
    return [gap.code for gap in visit.overview.gaps]


def unchecked() -> Visit:
    """Return an infusion that nobody has checked, at 10:00."""
    return infusion(checked=False)


def nasal() -> Visit:
    """Return an order of three devices with a baseline, at 10:00."""
    return Visit("esketamine").ordered().at("09:55").line(BASELINE).at("10:00")


def check_devices(visit: Visit, user: str) -> None:
    check = CheckDose(devices=3)
    SecondCheck(visit.world)(visit.session_id, user, PASSWORDS[user], check)


# --- when -------------------------------------------------------------------------------------


def test_that_neither_check_nor_override_is_dated_back() -> None:
    visit = unchecked()
    with visit.refused(Code.NOT_ALLOWED):
        visit.checked(at=visit.instant("09:50"))
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(
            Override(what="check-missing", reason="why", at=visit.instant("09:50")),
            visit.prescriber,
        )


def test_that_a_check_during_the_dose_makes_none_before_it() -> None:
    visit = unchecked()
    visit.do(LIFTED, visit.prescriber)
    visit.do(Start())
    visit.at("10:20").checked()
    assert "check-missing" in gaps(visit)
    assert visit.overview.dose.verified_by is None
    assert check_words(visit.overview).endswith("Dana Silva, entered after the dose was begun")


def test_that_a_second_look_during_the_dose_undoes_no_check_before_it() -> None:
    visit = infusion()
    visit.do(Start())
    with pytest.raises(RefusedError):
        visit.at("10:20").checked(drawn_ml=Decimal(7))
    visit.at("10:21").checked()
    assert "check-missing" not in gaps(visit)
    assert visit.overview.dose.verified_by == "ds"
    assert [check.same for check in visit.overview.dose.checks] == [True, False, True]
    assert check_words(visit.overview) == "figures agree, Dana Silva"


# --- an override ------------------------------------------------------------------------------


def test_that_an_override_of_the_check_ends_with_the_dose_that_it_was_for() -> None:
    visit = unchecked()
    visit.do(LIFTED, visit.prescriber)
    stronger = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal(1), minutes=Decimal(40))
    visit.do(stronger, visit.prescriber)
    visit.weighed("71").calculated()
    with visit.refused(Code.CHECK_MISSING):
        visit.do(Start())
    (said,) = visit.overview.overrides
    assert (said.used, said.lapsed, said.in_force) == (False, True, False)
    visit.do(LIFTED, visit.prescriber)
    visit.do(Start())
    assert [o.used for o in visit.overview.overrides] == [False, True]


def test_that_a_check_that_differs_ends_an_override() -> None:
    visit = unchecked()
    visit.do(LIFTED, visit.prescriber)
    with pytest.raises(RefusedError):
        visit.checked(drawn_ml=Decimal(7))
    with visit.refused(Code.CHECK_MISSING):
        visit.do(Start())
    visit.do(LIFTED, visit.prescriber)  # who has seen what differs lets it through
    visit.do(Start())


def test_that_there_is_no_check_to_override_before_the_dose_is_worked_out() -> None:
    visit = Visit().ordered().weighed()
    with visit.refused(Code.DOSE_MISSING):
        visit.do(LIFTED, visit.prescriber)


def test_that_it_is_told_where_a_prescriber_overrides_the_check_of_their_own_figures() -> None:
    visit = unchecked()
    visit.do(LIFTED, visit.prescriber)
    assert not visit.overview.overrides[0].worked_out
    own = Visit().ordered().weighed()
    worked = Calculate(
        strength_mg_per_ml=Decimal(50), volume_ml=Decimal(50), volume_mode=VolumeMode.REPLACES
    )
    own.do(worked, own.prescriber)
    own.do(LIFTED, own.prescriber)
    assert own.overview.overrides[0].worked_out


# --- devices ----------------------------------------------------------------------------------


def test_that_no_override_makes_the_giver_a_second_person() -> None:
    visit = nasal()
    check_devices(visit, "nk")
    visit.do(LIFTED, visit.prescriber)
    with visit.refused(Code.CHECK_MISSING):
        visit.do(DEVICE)
    visit.do(DEVICE, visit.prescriber)
    assert visit.overview.dose.verified_by == "nk"


def test_that_the_checker_gives_no_later_device_either() -> None:
    visit = nasal()
    check_devices(visit, "ds")
    visit.do(DEVICE)
    with visit.at("10:05").refused(Code.CHECK_MISSING):
        visit.do(DEVICE, visit.prescriber)
    visit.do(DEVICE)
    assert visit.overview.dose.verified_by == "ds"


def test_that_whoever_gave_a_device_checks_none() -> None:
    visit = nasal()
    visit.do(DEVICE)
    with visit.at("10:01").refused(Code.SAME_PERSON):
        check_devices(visit, "nk")
    assert visit.overview.dose.verified_by is None


# --- sprays and devices left --------------------------------------------------------------------


def test_that_a_device_of_no_spray_is_waste_and_starts_no_clock() -> None:
    visit = nasal()
    none = GiveDevice(lot=DEVICE.lot, expiry=DEVICE.expiry, sprays=0, reason="it jammed")
    with visit.refused(Code.OUT_OF_RANGE):
        visit.do(none)
    assert visit.overview.started_at is None
