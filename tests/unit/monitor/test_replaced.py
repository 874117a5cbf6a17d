"""What is entered anew in the dose chain stays to be seen, with who replaced it and when."""

from __future__ import annotations

import contextlib
from decimal import Decimal

from monitor.acts import Prepare, TakeOrder, Weigh
from monitor.dose_view import ReplacedView
from monitor.entries import Given, Weighing
from monitor.errors import RefusedError
from tests.fakes.visit import EXPIRY, LOT, Visit


def told(visit: Visit) -> list[tuple[str, str, str, str, str, bool]]:
    overview = visit.overview
    return [(r.what, r.words, r.by.user, *_clocks(visit, r), r.anew) for r in overview.replaced]


def _clocks(visit: Visit, row: ReplacedView) -> tuple[str, str]:
    when = visit.overview.local
    return f"{when(row.at):%H:%M}", f"{when(row.replaced_at):%H:%M} {row.replaced_by.user}"


def test_that_nothing_is_told_as_replaced_where_each_was_entered_once() -> None:
    assert Visit().ordered().weighed().calculated().checked().overview.replaced == ()


def test_that_order_weight_and_dose_that_were_made_anew_stay_with_who_and_when() -> None:
    visit = Visit().at("09:48").ordered().weighed("71").calculated()
    visit.at("09:51").do(
        TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.4"), minutes=Decimal(40)),
        visit.prescriber,
    )
    visit.at("09:52").do(Weigh(kg=Decimal(70), how=Weighing.MEASURED))
    visit.at("09:53").calculated()
    assert told(visit) == [
        ("order", "0.5 mg/kg over 40 min, written", "ds", "09:48", "09:51 ds", True),
        ("weight", "71 kg measured, 168 cm", "nk", "09:48", "09:52 nk", True),
        (
            "dose",
            "35.5 mg: 0.71 mL of 50 mg/mL, in 50 mL, at 75 mL/h",
            "nk",
            "09:48",
            "09:53 nk",
            True,
        ),
    ]


def test_that_a_dose_that_was_undone_and_not_worked_out_again_no_longer_holds() -> None:
    visit = Visit().at("09:48").ordered().weighed().calculated()
    visit.at("09:52").do(Weigh(kg=Decimal(69), how=Weighing.MEASURED))
    dose = told(visit)[-1]
    assert dose[0] == "dose"
    assert dose[4:] == ("09:52 nk", False)


def test_that_a_check_after_one_that_differed_is_no_blind_one() -> None:
    visit = Visit().ordered().weighed().calculated()
    with contextlib.suppress(RefusedError):
        visit.checked(drawn_ml=Decimal("0.07"))
    visit.checked()
    assert [c.after_comparing for c in visit.overview.dose.checks] == [False, True]


def test_that_a_check_of_a_dose_worked_out_anew_is_blind_again() -> None:
    visit = Visit().ordered().weighed().calculated()
    with contextlib.suppress(RefusedError):
        visit.checked(drawn_ml=Decimal("0.07"))
    visit.calculated().checked()
    assert [c.after_comparing for c in visit.overview.dose.checks] == [False, False]


def test_that_why_only_a_part_was_prepared_is_kept_with_the_preparation() -> None:
    visit = Visit().ordered().weighed().calculated()
    part = Prepare(lot=LOT, expiry=EXPIRY, drawn_ml=Decimal("0.4"), reason="first of two lots")
    visit.do(part)
    assert [p.reason for p in visit.overview.dose.preparations] == ["first of two lots"]
