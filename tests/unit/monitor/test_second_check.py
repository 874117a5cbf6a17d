"""A second person enters the figures blind; a prescriber may let something go through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitor import second_check
from monitor.acts import CheckDose, Override
from monitor.entries import Calculated, Checked, SingleCalculated, VolumeMode
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Author, Role
from monitor.session import Session
from monitor.two_people import EmergencyOverride, SecondCheck
from tests.fakes.visit import DEVICE, PASSWORDS, Visit
from ui.wording import sentence

SAME = CheckDose(
    weight_kg=Decimal("70.0"),
    strength_mg_per_ml=Decimal("50.00"),
    volume_ml=Decimal(50),
    volume_mode=VolumeMode.REPLACES,
    drawn_ml=Decimal("0.70"),
    rate_ml_h=Decimal("75.0"),
)


@dataclass(frozen=True)
class Scene:
    """Holds a session, as the scene of an act does."""

    session: Session


def worked_out() -> Visit:
    """Return a visit at the point at which the second person is called."""
    return Visit().ordered().weighed().calculated()


def check(visit: Visit, figures: CheckDose = SAME, user: str = "ds") -> None:
    SecondCheck(visit.world)(visit.session_id, user, PASSWORDS[user], figures)


def override(visit: Visit, what: str, reason: str = "it cannot wait") -> None:
    act = Override(what=what, reason=reason)
    EmergencyOverride(visit.world)(visit.session_id, "ds", PASSWORDS["ds"], act)


# --- equal and different -----------------------------------------------------------------


def test_that_equal_numbers_are_the_same_however_they_are_written() -> None:
    visit = worked_out()
    check(visit)
    kept = second_check.verified(visit.session)
    assert kept is not None
    assert kept.first.by.user == "ds"
    (view,) = second_check.checks(visit.session)
    assert view.same
    assert view.stands
    assert view.first_by.user == "nk"
    assert [(f.name, f.first, f.second) for f in view.figures][:2] == [
        ("weight_kg", "70 kg", "70 kg"),
        ("strength_mg_per_ml", "50 mg/mL", "50 mg/mL"),
    ]


WRONG: dict[str, tuple[object, ...]] = {
    "weight_kg": (Decimal(7), Decimal(700), Decimal("154.3")),
    "strength_mg_per_ml": (Decimal(5), Decimal(500), Decimal(10)),
    "volume_ml": (Decimal(5), Decimal(500), Decimal(100)),
    "volume_mode": (VolumeMode.ADDED,),
    "drawn_ml": (Decimal("0.07"), Decimal(7), Decimal("0.71")),
    "rate_ml_h": (Decimal("7.5"), Decimal(750), Decimal("75.1")),
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in WRONG.items() for v in vs])
def test_that_one_different_figure_is_named_and_both_are_kept(name: str, value: object) -> None:
    visit = worked_out()
    before = len(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        visit.checked(**{name: value})
    assert caught.value.code is Code.DIFFERS
    assert caught.value.facts["differs"] == (name,)
    (written,) = visit.store.entries[before:]
    assert isinstance(written.what, Checked)
    assert getattr(written.what, name) == value
    assert second_check.verified(visit.session) is None
    (view,) = second_check.checks(visit.session)
    assert [figure.name for figure in view.figures if not figure.same] == [name]


AMOUNTS = st.decimals("0.01", 400, places=2)


def calculated(numbers: tuple[Decimal, ...], mode: VolumeMode) -> Calculated:
    """Return a calculation with those six figures, whatever else it says."""
    weight, strength, volume, drawn, rate, mg = numbers
    return Calculated(
        weight_kg=weight,
        basis=None,  # type: ignore[arg-type] # nobody looks at it
        basis_reason="",
        dosing_weight_kg=weight,
        per_kg_mg=None,
        minutes=Decimal(40),
        strength_mg_per_ml=strength,
        volume_ml=volume,
        volume_mode=mode,
        rate_step_ml_h=Decimal("0.1"),
        syringe_ml=Decimal(1),
        calculated_mg=mg,
        draw_ml=drawn,
        drawn_ml=drawn,
        prepared_mg=mg,
        deviation_percent=Decimal(0),
        final_volume_ml=volume + (drawn if mode is VolumeMode.ADDED else 0),
        concentration_mg_per_ml=Decimal(1),
        rate_ml_h=rate,
        runs_minutes=Decimal(40),
    )


@given(
    st.tuples(*[AMOUNTS] * 6),
    st.sampled_from(VolumeMode),
    st.sampled_from(["weight_kg", "strength_mg_per_ml", "drawn_ml", "rate_ml_h", "dose_mg"]),
    AMOUNTS,
)
def test_that_equal_figures_pass_and_any_other_is_named(
    numbers: tuple[Decimal, ...], mode: VolumeMode, name: str, more: Decimal
) -> None:
    of = calculated(numbers, mode)
    first = second_check.figures(of)
    second = {n: v * Decimal("1.000") if isinstance(v, Decimal) else v for n, v in first.items()}
    assert second_check.differing(first, second, of) == []
    moved = first[name]
    assert isinstance(moved, Decimal)
    assert second_check.differing(first, second | {name: moved + more}, of) == [name]


def test_that_a_volume_added_may_be_said_as_chosen_or_as_it_ends_up() -> None:
    numbers = (Decimal(70), Decimal(50), Decimal(50), Decimal("0.7"), Decimal(75), Decimal(35))
    of = calculated(numbers, VolumeMode.ADDED)
    first = second_check.figures(of)
    assert first["volume_ml"] == Decimal("50.7")
    for said, wrong in (("50", []), ("50.7", []), ("49.3", ["volume_ml"])):
        assert second_check.differing(first, first | {"volume_ml": Decimal(said)}, of) == wrong


def test_that_a_single_dose_is_checked_by_volume_or_by_pieces() -> None:
    by_volume = SingleCalculated(
        "ketamine-50", Decimal(35), Decimal(35), Decimal(0), strength_mg_per_ml=Decimal(50)
    )
    by_piece = SingleCalculated(
        "tablet", Decimal(35), Decimal("37.5"), Decimal(7), pieces=Decimal("1.5")
    )
    assert set(second_check.figures(by_volume)) == {"strength_mg_per_ml", "dose_mg"}
    assert second_check.figures(by_piece) == {"dose_mg": 35, "pieces": Decimal("1.5")}


# --- who, when, what ---------------------------------------------------------------------


def test_that_whoever_worked_it_out_cannot_check_it() -> None:
    visit = worked_out()
    with visit.refused(Code.SAME_PERSON):
        check(visit, user="nk")


def test_that_a_wrong_password_checks_nothing_and_is_written_down() -> None:
    visit = worked_out()
    with pytest.raises(RefusedError) as caught:
        SecondCheck(visit.world)(visit.session_id, "ds", "guessed", SAME)
    assert caught.value.code is Code.WRONG_PASSWORD
    assert visit.store.entries[-1].kind == "log-in refused"
    assert second_check.newest_check(visit.session) is None


@pytest.mark.parametrize("name", WRONG)
def test_that_a_figure_that_was_left_out_is_asked_for(name: str) -> None:
    visit = worked_out()
    with visit.refused(Code.EMPTY):
        visit.checked(**{name: None})


@pytest.mark.parametrize("value", ["0", "-0.7", "NaN", "Infinity"])
def test_that_a_figure_that_cannot_be_is_refused_in_one_sentence(value: str) -> None:
    visit = worked_out()
    before = len(visit.store.entries)
    with pytest.raises(InputError) as caught:
        visit.checked(drawn_ml=Decimal(value))
    assert caught.value.code is Code.OUT_OF_RANGE
    assert "rawn volume in mL" in sentence(caught.value)
    assert len(visit.store.entries) == before


def test_that_a_figure_that_this_way_does_not_have_is_refused() -> None:
    visit = worked_out()
    with visit.refused(Code.OUT_OF_RANGE):
        visit.checked(pieces=Decimal(2))


def test_that_there_is_nothing_to_check_before_the_dose_is_worked_out() -> None:
    visit = Visit()
    with visit.refused(Code.ORDER_MISSING):
        check(visit)
    visit.ordered().weighed()
    with visit.refused(Code.DOSE_MISSING):
        check(visit)


def test_that_devices_are_counted_and_the_dose_may_be_said_as_well() -> None:
    visit = Visit("esketamine").ordered()
    assert second_check.asked(visit.session) == ("devices",)
    visit.checked(devices=3, dose_mg=Decimal(84))
    assert second_check.verified(visit.session) is not None
    with pytest.raises(RefusedError) as caught:
        visit.checked(devices=2)
    assert caught.value.facts["differs"] == ("devices",)


def test_that_a_new_order_weight_or_calculation_makes_a_check_lapse() -> None:
    anew: dict[str, Callable[[Visit], Visit]] = {
        "order": lambda v: v.ordered(),
        "weight": lambda v: v.weighed(),
        "dose": lambda v: v.calculated(),
    }
    for name, again in anew.items():
        visit = worked_out()
        check(visit)
        again(visit)
        assert second_check.verified(visit.session) is None, name
        assert not second_check.checks(visit.session)[0].stands
        visit.weighed().calculated()
        assert second_check.verified(visit.session) is None, name


# --- the first drug ----------------------------------------------------------------------


def refusal(visit: Visit, by: Author | None = None) -> RefusedError | None:
    try:
        second_check.need_check(Scene(visit.session), by)
    except RefusedError as error:
        return error
    return None


def test_that_the_first_drug_waits_for_a_check_that_agrees() -> None:
    visit = worked_out()
    missing = refusal(visit)
    assert missing is not None
    assert missing.code is Code.CHECK_MISSING
    with pytest.raises(RefusedError):
        visit.checked(rate_ml_h=Decimal(750))
    differs = refusal(visit)
    assert differs is not None
    assert differs.facts["differs"] == ("rate_ml_h",)
    assert "rate in mL/h" in sentence(differs)
    check(visit)
    assert refusal(visit) is None


def test_that_a_check_that_differs_undoes_one_that_agreed() -> None:
    visit = worked_out()
    check(visit)
    with pytest.raises(RefusedError):
        visit.checked(drawn_ml=Decimal(7))
    assert refusal(visit) is not None


def test_that_whoever_gives_cannot_be_the_one_who_checked() -> None:
    visit = worked_out()
    check(visit)
    same = refusal(visit, visit.prescriber)
    assert same is not None
    assert same.facts["name"] == "Dana Silva"
    assert refusal(visit, visit.nurse) is None


def test_that_a_protocol_that_only_asks_for_a_check_does_not_wait_for_one() -> None:
    assert refusal(Visit("esketamine").ordered()) is None


def test_that_whoever_gives_a_device_is_never_told_as_its_second_person() -> None:
    visit = Visit("esketamine").ordered().checked()
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")
    with visit.refused(Code.CHECK_MISSING):
        visit.do(DEVICE, visit.prescriber)
    visit.do(DEVICE)
    assert visit.overview.dose.verified_by == "ds"


# --- overriding --------------------------------------------------------------------------


def test_that_a_prescribers_reason_lifts_the_check_for_one_start() -> None:
    visit = worked_out()
    override(visit, "check-missing")
    assert refusal(visit) is None
    (view,) = second_check.overrides(visit.session)
    assert (view.what, view.reason, view.used) == ("check-missing", "it cannot wait", False)


def test_that_an_override_is_used_up_by_the_act_that_it_was_for() -> None:
    visit = Visit().ordered().weighed()
    override(visit, "too-much")
    assert second_check.in_force(visit.session, "too-much") is not None
    visit.calculated()
    assert second_check.in_force(visit.session, "too-much") is None
    assert second_check.overrides(visit.session)[0].used


@pytest.mark.parametrize("what", ["order-missing", "expired", "same-person", "nonsense", ""])
def test_that_no_reason_lifts_what_the_protocol_does_not_name(what: str) -> None:
    visit = worked_out()
    with visit.refused(Code.NOT_ALLOWED):
        override(visit, what)


def test_that_an_override_needs_a_reason_and_a_prescriber() -> None:
    visit = worked_out()
    with visit.refused(Code.REASON_MISSING):
        override(visit, "check-missing", "  ")
    act = Override(what="check-missing", reason="I am in a hurry")
    with visit.refused(Code.NOT_ALLOWED):
        EmergencyOverride(visit.world)(visit.session_id, "nk", PASSWORDS["nk"], act)
    assert visit.prescriber.role is Role.PRESCRIBER


def test_that_one_override_is_enough() -> None:
    visit = worked_out()
    override(visit, "check-missing")
    with visit.refused(Code.UNCHANGED):
        override(visit, "check-missing", "again")
