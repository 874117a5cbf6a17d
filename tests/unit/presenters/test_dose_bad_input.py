"""Whatever is typed wrong in the dose set-up: one sentence beside its field, nothing stored."""

from __future__ import annotations

import pytest

from tests.fakes.dose_hands import SetUp
from tests.fakes.visit import PASSWORDS

NO_NUMBERS = ("", "0", "-1", "seventy", "１２０", "1_20", "NaN", "1,205.5", "1 2", "1e2", "inf")


def at_the_order() -> SetUp:
    return SetUp().choose(how="written").type(minutes="40", password=PASSWORDS["ds"])


def at_a_whole_dose() -> SetUp:
    return at_the_order().choose(by="mg")


def at_the_weight() -> SetUp:
    return SetUp().order().choose(how="measured").type(weight="70")


def at_the_dose() -> SetUp:
    return SetUp().order().weigh().tray()


def at_the_check() -> SetUp:
    return SetUp().worked_out()


PLACES = {
    "per_kg_mg": (at_the_order, ("5", "0.05", "50", "70")),
    "minutes": (lambda: at_the_order().type(per_kg_mg="0.5"), ("4", "400", "39", "61")),
    "dose_mg": (at_a_whole_dose, ("1000", "0.01", "101")),
    "weight": (at_the_weight, ("700", "7", "19.9", "350.1")),
    "height_cm": (at_the_weight, ("16.5", "1650", "99", "251", "1.65")),
    "volume_ml": (at_the_dose, ("0.5", "0.6")),
}
"""Where each field is, and what is a number there and cannot be: ten times, a tenth, beyond."""


@pytest.mark.parametrize("field", PLACES)
def test_that_bad_input_is_refused_beside_its_field_in_one_sentence(field: str) -> None:
    made, beyond = PLACES[field]
    setup = made()
    before, here = setup.entries(), setup.presenter.here
    left_out = ("",) if field == "height_cm" else ()  # a height is not needed
    for typed in (*NO_NUMBERS, *beyond):
        if typed in left_out:
            continue
        if here == "order":
            setup.type(password=PASSWORDS["ds"])  # what was handed over is typed again
        setup.type(**{field: typed}).submit()
        at, said = setup.room.problem
        assert at == field, (typed, setup.room.problem)
        assert said.endswith("."), typed
        assert ". " not in said, said
        assert (setup.entries(), setup.presenter.here) == (before, here), typed


@pytest.mark.parametrize(
    "field", ["weight_kg", "strength_mg_per_ml", "volume_ml", "drawn_ml", "rate_ml_h"]
)
def test_that_no_second_figure_is_kept_that_is_no_number(field: str) -> None:
    setup = at_the_check()
    before = setup.entries()
    for typed in NO_NUMBERS:
        setup.check(**{field: typed})
        at, said = setup.room.problem
        assert at == field, (typed, setup.room.problem)
        assert said.endswith("."), typed
        assert ". " not in said, said
    assert setup.entries() == before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("weight_kg", "154.3"),  # pounds for kilograms
        ("weight_kg", "700"),
        ("strength_mg_per_ml", "5"),
        ("strength_mg_per_ml", "500"),
        ("drawn_ml", "7"),
        ("drawn_ml", "0.07"),
        ("rate_ml_h", "7.5"),
        ("rate_ml_h", "750"),
    ],
)
def test_that_ten_times_or_another_unit_is_found_by_the_second_person(
    field: str, typed: str
) -> None:
    setup = at_the_check().check(**{field: typed})
    face = setup.room.check
    assert face is not None
    assert sum(not row.same for row in face.rows) == 1
    assert setup.visit.overview.dose.verified_by is None
