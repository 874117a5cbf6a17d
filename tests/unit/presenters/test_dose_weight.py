"""The weight in the dose set-up: whose it is, of when, and what is asked about."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fakes.dose_hands import SetUp


def at_the_weight() -> SetUp:
    return SetUp().order()


def test_that_a_weight_is_kept_with_who_stated_it() -> None:
    setup = at_the_weight().type(weight="70", by_whom="the patient").choose(how="stated").submit()
    weight = setup.visit.overview.weight
    assert weight is not None
    assert weight.by_whom == "the patient"
    assert next(r.facts[0] for r in setup.room.recorded if r.name == "Weight") == (
        "stated, the patient, 09:48"
    )


def test_that_a_weight_is_kept_with_when_it_was_measured() -> None:
    setup = at_the_weight().type(measured_at="08:30").weigh(height="")
    weight = setup.visit.overview.weight
    assert weight is not None
    assert weight.at == setup.visit.instant("08:30")


def test_that_an_old_measurement_is_asked_about() -> None:
    setup = at_the_weight().type(measured_at="2026-02-20 08:00").weigh(height="")
    assert "Weight" not in setup.recorded()
    unusual = setup.room.unusual
    assert unusual is not None
    assert "2026-02-20 08:00" in unusual.sides[-1][2]
    setup.presenter.confirm_unusual()
    weight = setup.visit.overview.weight
    assert weight is not None
    assert weight.confirmed == ("old",)
    assert weight.at == dt.datetime(2026, 2, 20, 7, 0, tzinfo=dt.UTC)


def test_that_several_things_are_asked_about_in_one_sentence() -> None:
    setup = at_the_weight().weigh()
    setup.go("weight").type(measured_at="2026-02-20 08:00").weigh("154")
    assert setup.room.unusual is not None
    assert setup.room.unusual.said == (
        "The weight has changed much, the BMI is unusual and the measurement is old;"
        " confirm the weight if it is right."
    )
    assert [side[0] for side in setup.room.unusual.sides] == ["Earlier today", "Now"]


@pytest.mark.parametrize(
    "typed", ["soon", "25:00", "2026-02-30 08:00", "2026-02-20", "2030-01-01 08:00"]
)
def test_that_a_time_that_cannot_be_is_refused_at_its_field(typed: str) -> None:
    setup = at_the_weight().type(measured_at=typed).weigh()
    assert setup.visit.overview.weight is None
    assert setup.room.problem[0] == "measured_at"
    assert setup.room.problem[1].endswith(".")


@pytest.mark.parametrize(("unit", "typed"), [("lb", "70"), ("kg", "154")])
def test_that_a_mistaken_unit_is_asked_about(unit: str, typed: str) -> None:
    setup = at_the_weight().weigh("70", height="")
    setup.go("weight").choose(unit=unit).weigh(typed, height="")
    assert setup.asks()
    weight = setup.visit.overview.weight
    assert weight is not None
    assert weight.kg == 70
