"""Drug is prepared, wasted and kept; what nobody speaks for is a gap."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.acts import (
    Amend,
    Calculate,
    Cancel,
    CheckDose,
    Explain,
    Finish,
    KeepRemainder,
    Override,
    Prepare,
    Start,
    Stop,
    TakeOrder,
    Waste,
    Weigh,
)
from monitor.acts.dosing import device_product
from monitor.clinic import ApproveProtocol
from monitor.desk import OpenSession
from monitor.entries import Checked, Given, VolumeMode, WasteOf, Weighing
from monitor.errors import Code
from monitor.overseeing import oversee
from monitor.people import Author
from monitor.protocols.loading import parse
from monitor.session import Session
from monitor.two_people import SecondCheck
from tests.fakes.visit import DEVICE, EXPIRY, LOT, PASSWORDS, Visit
from tests.unit.monitor.amounts import written

DRAW = Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.7"))


@pytest.fixture
def visit() -> Visit:
    """35 mg in 50 mL, worked out and checked; nothing drawn up yet."""
    return Visit().ordered().weighed().calculated().checked()


def running(visit: Visit) -> Visit:
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:00").do(Start())
    return visit


def mixture(visit: Visit, ml: str, witness: Author | None = None) -> Waste:
    return Waste(of=WasteOf.MIXTURE, ml=Decimal(ml), witness=witness or visit.prescriber)


def vial(visit: Visit, ml: str, lot: str = "") -> Waste:
    return Waste(of=WasteOf.VIAL, ml=Decimal(ml), lot=lot, witness=visit.prescriber)


def listed(visit: Visit) -> list[str]:
    return [f"{gap.code} {gap.about}".strip() for gap in visit.overview.gaps]


def blocking(visit: Visit) -> list[str]:
    return [gap for gap in visit.gaps() if not gap.startswith("slot")]


# --- preparing --------------------------------------------------------------------------------


def test_that_what_was_drawn_is_kept_with_lot_and_expiry(visit: Visit) -> None:
    visit.prepared(vial_ml="10", vials=1)
    (made,) = visit.overview.dose.preparations
    assert (made.product, made.lot, made.expiry) == ("ketamine-50", LOT, EXPIRY)
    assert written(made.mg, made.drawn_ml, made.opened_mg) == ["35", "0.7", "500"]
    assert made.name == "ketamine 50 mg/mL"


def test_that_before_anything_is_drawn_prepared_is_what_was_worked_out(visit: Visit) -> None:
    dose = visit.overview.dose
    assert written(dose.prepared_mg, dose.unaccounted_mg) == ["35", "-"]
    assert dose.preparations == ()


def test_that_a_vial_that_runs_dry_is_drawn_from_with_another_lot(visit: Visit) -> None:
    with visit.refused(Code.DIFFERS):  # a tenth, and nobody says why
        visit.do(replace(DRAW, drawn_ml=Decimal("0.07")))
    visit.do(replace(DRAW, drawn_ml=Decimal("0.3"), reason="the vial was empty"))
    with visit.refused(Code.DIFFERS):
        visit.do(replace(DRAW, lot="B", drawn_ml=Decimal("0.5")))
    visit.do(replace(DRAW, lot="B", drawn_ml=Decimal("0.4")))
    assert [made.lot for made in visit.overview.dose.preparations] == [LOT, "B"]
    assert visit.overview.dose.prepared_mg == 35


def test_that_a_month_is_good_to_its_last_day_and_no_longer(visit: Visit) -> None:
    with visit.refused(Code.EXPIRED):
        visit.do(replace(DRAW, expiry="2026-02"))
    with visit.refused(Code.EXPIRED):
        visit.do(replace(DRAW, expiry="2026-03-01"))
    visit.do(replace(DRAW, expiry="2026-03-02", drawn_ml=Decimal("0.3"), reason="the rest follows"))
    visit.do(replace(DRAW, expiry="2026-03", drawn_ml=Decimal("0.4")))


def test_that_a_lot_is_drawn_from_no_further_than_its_vials_hold(visit: Visit) -> None:
    visit.do(
        replace(
            DRAW, drawn_ml=Decimal("0.2"), vial_ml=Decimal(10), vials=1, reason="the rest follows"
        )
    )
    visit.do(vial(visit, "9.5"))
    with visit.refused(Code.TOO_MUCH):
        visit.do(replace(DRAW, drawn_ml=Decimal("0.5")))


def test_that_a_dose_worked_out_anew_is_prepared_anew(visit: Visit) -> None:
    visit.prepared(vial_ml="10", vials=1).calculated()
    dose = visit.overview.dose
    assert (dose.preparations, len(dose.earlier_preparations)) == ((), 1)
    assert listed(visit) == ["unaccounted earlier"]
    visit.do(mixture(visit, "50"))
    assert listed(visit) == []
    visit.prepared()
    dose = visit.overview.dose
    assert written(dose.prepared_mg, dose.wasted_mg) == ["35", "-"]
    (balance,) = dose.vials
    assert written(balance.drawn_mg, balance.open_ml) == ["70", "8.6"]


def test_that_a_start_without_a_preparation_is_a_gap_that_does_not_block(visit: Visit) -> None:
    running(visit)
    assert listed(visit) == ["not-prepared"]
    assert blocking(visit) == []


def test_that_a_preparation_entered_later_counts_from_when_it_was(visit: Visit) -> None:
    running(visit).at("10:05").do(replace(DRAW, at=visit.instant("09:50")))
    assert listed(visit) == []


# --- the mixture ------------------------------------------------------------------------------


def test_that_what_was_left_and_wasted_leaves_nothing_unaccounted(visit: Visit) -> None:
    running(visit.prepared()).at("10:28").do(Stop(reason="nausea"))
    assert visit.overview.dose.left_mg == Decimal("10.5")
    assert blocking(visit) == ["unaccounted"]
    visit.do(mixture(visit, "15"))
    dose = visit.overview.dose
    assert written(dose.wasted_mg, dose.unaccounted_mg, dose.tolerance_mg) == ["10.5", "0", "0.7"]
    assert blocking(visit) == []


def test_that_more_than_a_graduation_unaccounted_is_explained_and_never_adjusted(
    visit: Visit,
) -> None:
    running(visit.prepared()).at("10:28").do(Stop(reason="nausea"))
    visit.do(mixture(visit, "14"))
    assert blocking(visit) == []  # exactly one graduation
    other = Visit().ordered().weighed().calculated().checked()
    running(other.prepared()).at("10:28").do(Stop(reason="nausea"))
    other.do(mixture(other, "13"))
    assert other.overview.dose.unaccounted_mg == Decimal("1.4")
    other.do(Explain(gap="unaccounted", reason="spilled on the tray"))
    assert blocking(other) == []
    assert other.overview.dose.unaccounted_mg == Decimal("1.4")


def test_that_waste_is_more_than_what_is_left_by_a_graduation_at_most(visit: Visit) -> None:
    running(visit.prepared()).at("10:28").do(Stop(reason="nausea"))
    with visit.refused(Code.TOO_MUCH):
        visit.do(mixture(visit, "17"))
    visit.do(mixture(visit, "16"))
    assert visit.overview.dose.unaccounted_mg == Decimal("-0.7")


def test_that_nothing_is_unaccounted_while_the_dose_runs_and_nothing_wasted(visit: Visit) -> None:
    running(visit.prepared())
    dose = visit.at("10:20").overview.dose
    assert (dose.wasted_mg, dose.unaccounted_mg) == (None, None)
    with visit.refused(Code.WRONG_PHASE):
        visit.do(mixture(visit, "1"))


def test_that_what_the_rounded_rate_leaves_behind_is_no_gap() -> None:
    visit = Visit().ordered().weighed("58.7")
    added = Calculate(
        strength_mg_per_ml=Decimal(50), volume_ml=Decimal(50), volume_mode=VolumeMode.ADDED
    )
    visit.do(added)
    running(visit.checked().prepared()).at("10:40").do(Finish())
    dose = visit.overview.dose
    assert dose.unaccounted_mg is not None
    assert 0 <= dose.unaccounted_mg <= Decimal("0.03")
    assert "unaccounted" not in blocking(visit)


def test_that_a_cancelled_session_wastes_all_that_was_prepared(visit: Visit) -> None:
    visit.prepared().do(Cancel(reason="blood pressure"))
    assert blocking(visit) == ["unaccounted"]
    visit.do(mixture(visit, "50"))
    dose = visit.overview.dose
    assert written(dose.given_mg, dose.wasted_mg, dose.unaccounted_mg) == ["-", "35", "0"]
    assert blocking(visit) == []


def test_that_nobody_witnesses_their_own_waste(visit: Visit) -> None:
    visit.prepared().do(Cancel(reason="blood pressure"))
    with visit.refused(Code.SAME_PERSON):
        visit.do(mixture(visit, "50", visit.nurse))


def test_that_what_was_never_made_ready_is_not_wasted(visit: Visit) -> None:
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(mixture(visit, "5"))
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(vial(visit, "5"))
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(Waste(of=WasteOf.DEVICE, count=Decimal(1), witness=visit.prescriber))


# --- the vial ---------------------------------------------------------------------------------


def test_that_the_rest_of_a_vial_is_spoken_for(visit: Visit) -> None:
    running(visit.prepared(vial_ml="10", vials=1)).at("10:40").do(Finish())
    assert listed(visit)[-1] == f"vial-open {LOT}"
    visit.do(vial(visit, "4.3"))
    visit.do(KeepRemainder(ml=Decimal(4)))
    (balance,) = visit.overview.dose.vials
    assert written(balance.wasted_mg, balance.kept_mg, balance.open_ml) == ["215", "200", "1"]
    with visit.refused(Code.TOO_MUCH):
        visit.do(KeepRemainder(ml=Decimal("1.02")))
    visit.do(KeepRemainder(ml=Decimal("1.01")))
    (balance,) = visit.overview.dose.vials
    assert written(balance.open_mg, balance.open_ml) == ["0", "0"]  # to 0.01 mL
    assert not [gap for gap in listed(visit) if gap.startswith("vial-open")]
    assert [waste.kept for waste in visit.overview.dose.wastes] == [False, True, True]


def test_that_of_several_lots_one_is_named(visit: Visit) -> None:
    opened = replace(DRAW, vial_ml=Decimal(10), vials=1)
    visit.do(replace(opened, drawn_ml=Decimal("0.3"), reason="the rest follows"))
    visit.do(replace(opened, lot="B", drawn_ml=Decimal("0.4")))
    with visit.refused(Code.EMPTY):
        visit.do(vial(visit, "1"))
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(vial(visit, "1", "C"))
    visit.do(vial(visit, "1", "B"))


def test_that_a_spoilt_device_is_wasted_with_its_lot() -> None:
    nasal = Visit("esketamine").started("10:00")
    spoilt = Waste(of=WasteOf.DEVICE, count=Decimal(1), witness=nasal.prescriber)
    with nasal.refused(Code.EMPTY):
        nasal.do(spoilt)
    nasal.do(replace(spoilt, lot="D7", reason="dropped"))
    (waste,) = nasal.overview.dose.wastes
    assert [*written(waste.mg, waste.count), waste.lot] == ["28", "1", "D7"]
    dose = nasal.overview.dose
    assert written(dose.wasted_mg, dose.given_mg) == ["28", "28"]


# --- other gaps -------------------------------------------------------------------------------


def test_that_devices_given_unchecked_are_a_gap_where_a_check_is_asked_for() -> None:
    nasal = Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0")
    nasal.at("10:00").do(DEVICE)
    assert "check-missing" in listed(nasal)
    assert blocking(nasal) == []


def nurse_checks(visit: Visit) -> None:
    check = CheckDose(dose_mg=Decimal(84), devices=3)
    SecondCheck(visit.world)(visit.session_id, "nk", PASSWORDS["nk"], check)


def test_that_whoever_gives_a_device_has_not_checked_it() -> None:
    nasal = Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0")
    nurse_checks(nasal)
    with nasal.refused(Code.CHECK_MISSING):
        nasal.at("10:00").do(DEVICE)
    nasal.do(Override(what="check-missing", reason="alone in the night"), nasal.prescriber)
    with nasal.refused(Code.CHECK_MISSING):  # that they are one person is lifted by nobody
        nasal.do(DEVICE)
    nasal.do(DEVICE, nasal.prescriber)
    assert "check-missing" not in listed(nasal)


def test_that_a_protocol_that_requires_the_check_of_devices_refuses_the_first_one() -> None:
    nasal = Visit("esketamine")
    text = nasal.session.protocol.content.replace(
        'second_person = { value = "asked"', 'second_person = { value = "required"'
    )
    stricter = parse(text.replace("version = 2", "version = 3"))
    ApproveProtocol(nasal.world)(nasal.prescriber, stricter)
    nasal.session_id = OpenSession(nasal.world)(
        nasal.nurse,
        patient_id=nasal.overview.patient.id,
        protocol_id="esketamine",
        chair="1",
        confirm=True,
    )
    nasal.ordered().at("09:55").line("122/76 72 98 16 s5 d0").at("10:00")
    with nasal.refused(Code.CHECK_MISSING):
        nasal.do(DEVICE)
    nurse_checks(nasal)
    with nasal.refused(Code.CHECK_MISSING):
        nasal.do(DEVICE)
    nasal.do(DEVICE, nasal.prescriber)
    assert "check-missing" not in listed(nasal)


def test_that_an_override_never_stands_before_a_signature() -> None:
    visit = Visit().ordered().weighed().calculated()
    visit.do(Override(what="check-missing", reason="alone in the night"), visit.prescriber)
    protocol = visit.session.protocol
    strict = replace(protocol, blocking=protocol.blocking | {"override"})
    session = replace(visit.session, protocol=strict)
    (gap,) = oversee(session, visit.instant("10:00")).gaps
    assert (gap.code, gap.about, gap.blocks) == ("override", "check-missing", False)


def test_that_a_deviation_beyond_the_protocol_is_flagged_and_a_gap_once_it_is_given() -> None:
    visit = Visit()
    little = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.1"), minutes=Decimal(40))
    visit.do(little, visit.prescriber)
    visit.do(Weigh(kg=Decimal("22.5"), how=Weighing.MEASURED))
    visit.calculated()  # 0.045 mL is drawn up as 0.05 mL: no syringe is marked finer
    assert visit.overview.dose.flagged
    assert listed(visit) == []
    running(visit.checked().prepared())
    assert listed(visit) == ["deviation"]
    assert blocking(visit) == ["deviation"]
    visit.do(Explain(gap="deviation", reason="no finer syringe"))
    assert blocking(visit) == []


def test_that_rules_which_an_older_protocol_lacks_are_not_asked_of_its_sessions() -> None:
    texts = Path(__file__).parents[2] / "data" / "protocols"
    for name in ("iv-ketamine-40", "esketamine"):
        older = parse((texts / f"{name}.v1.toml").read_text(encoding="utf-8"))
        visit = Visit(name).started("10:00")
        bare = [e for e in visit.session.entries if not isinstance(e.what, Checked)]
        session = Session(visit.session_id, older, tuple(bare))
        assert oversee(session, visit.instant("10:00")).gaps == ()
        assert device_product(session) == ""


# --- amendments -------------------------------------------------------------------------------


def test_that_a_label_is_amended_and_an_amount_is_not(visit: Visit) -> None:
    (made,) = visit.do(replace(DRAW, vial_ml=Decimal(10), vials=1))
    put = {"lot": "B2", "expiry": "2027-09", "vials": 2}
    visit.do(Amend(entry=made.uid, changes=put, reason="misread"))
    (seen,) = visit.overview.dose.preparations
    assert [seen.lot, seen.expiry, *written(seen.opened_mg)] == ["B2", "2027-09", "1000"]
    (change,) = visit.overview.amendments
    assert change.new == "lot B2, expiry 2027-09, 1000 mg in all, 2 opened"
    for changes, code in (
        ({"expiry": "2026-02"}, Code.EXPIRED),
        ({"lot": " "}, Code.EMPTY),
        ({"vial_ml": Decimal(7)}, Code.OUT_OF_RANGE),
        ({"drawn_ml": Decimal(1)}, Code.NOT_UNDERSTOOD),
    ):
        with visit.refused(code):
            visit.do(Amend(entry=made.uid, changes=changes, reason="slip"))


def test_that_of_a_waste_the_lot_alone_is_amended(visit: Visit) -> None:
    opened = replace(DRAW, vial_ml=Decimal(10), vials=1)
    visit.do(replace(opened, drawn_ml=Decimal("0.3"), reason="the rest follows"))
    visit.do(replace(opened, lot="B2", drawn_ml=Decimal("0.4")))
    (waste,) = visit.do(vial(visit, "9.3", LOT))
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.do(Amend(entry=waste.uid, changes={"ml": Decimal(3)}, reason="slip"))
    visit.do(Amend(entry=waste.uid, changes={"lot": "B2"}, reason="misread"))
    assert visit.overview.dose.wastes[0].lot == "B2"
    assert [each.open_ml for each in visit.overview.dose.vials] == [Decimal("9.7"), Decimal("0.3")]
