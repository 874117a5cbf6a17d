"""Today's weight: both units, what is unusual, who says so and since when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from monitor.acts import Weigh
from monitor.entries import Weighing
from monitor.errors import Code, InputError
from tests.fakes.visit import Visit
from tests.unit.monitor.later_visits import come_again
from ui.wording import sentence


@pytest.fixture
def visit() -> Visit:
    return Visit()


def kg(figure: str, height: str = "", **changes: object) -> Weigh:
    """Return a measured weight in kilograms."""
    return weigh(kg=Decimal(figure), height=height, **changes)


def lb(figure: str, height: str = "") -> Weigh:
    """Return a measured weight in pounds."""
    return weigh(lb=Decimal(figure), height=height)


def weigh(height: str = "", **changes: object) -> Weigh:
    height_cm = Decimal(height) if height else None
    return Weigh(how=Weighing.MEASURED, height_cm=height_cm, **changes)  # type: ignore[arg-type]


def refused(visit: Visit, act: Weigh) -> InputError:
    """Return why a weight is not stored."""
    before = len(visit.store.entries)
    with pytest.raises(InputError) as caught:
        visit.do(act)
    assert len(visit.store.entries) == before
    return caught.value


IMPOSSIBLE = "is impossible; a weight must be 20 to 350 kg."


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (kg("0"), f"0 kg (0 lb) {IMPOSSIBLE}"),
        (kg("-70"), f"-70 kg (-154.3 lb) {IMPOSSIBLE}"),
        (kg("7"), f"7 kg (15.4 lb) {IMPOSSIBLE}"),
        (kg("19.9"), f"19.9 kg (43.9 lb) {IMPOSSIBLE}"),
        (kg("350.1"), f"350.1 kg (771.8 lb) {IMPOSSIBLE}"),
        (kg("700"), f"700 kg (1543.2 lb) {IMPOSSIBLE}"),
        (kg("NaN"), "Weight in kg NaN is impossible; check it and type it again."),
        (kg("Infinity"), "Weight in kg Infinity is impossible; check it and type it again."),
        (lb("15.4"), f"7 kg (15.4 lb) {IMPOSSIBLE}"),
        (lb("1540"), f"698.5 kg (1540 lb) {IMPOSSIBLE}"),
        (lb("NaN"), "Weight in lb NaN is impossible; check it and type it again."),
        (weigh(), "Nothing was typed for weight in kg; type a value."),
        (weigh(kg=Decimal(70), lb=Decimal(154)), "Give kg or lb, not both."),
        (kg("70", "1.68"), "Height in cm must be 100 to 250; check it and type it again."),
        (kg("70", "16.8"), "Height in cm must be 100 to 250; check it and type it again."),
        (kg("70", "1680"), "Height in cm must be 100 to 250; check it and type it again."),
        (kg("70", "0"), "Height in cm must be 100 to 250; check it and type it again."),
        (kg("70", "-168"), "Height in cm must be 100 to 250; check it and type it again."),
        (kg("70", "NaN"), "Height in cm must be 100 to 250; check it and type it again."),
        (
            kg("70", by_whom="ward\u202e3"),
            "Who weighed holds a character that nobody can see, U+202E; take it out and try again.",
        ),
    ],
    ids=str,
)
@pytest.mark.parametrize("confirm", [False, True])
def test_that_what_nobody_weighs_is_refused_even_if_confirmed(
    visit: Visit, act: Weigh, said: str, *, confirm: bool
) -> None:
    typed = Weigh(
        how=act.how,
        kg=act.kg,
        lb=act.lb,
        height_cm=act.height_cm,
        by_whom=act.by_whom,
        confirm=confirm,
    )
    assert sentence(refused(visit, typed)) == said


def weighed_before(visit: Visit, figure: str = "70") -> Visit:
    """Let the patient come again who weighed so much on 2 March."""
    visit.do(kg(figure))
    return come_again(visit)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            kg("63"),
            None,
        ),
        (
            kg("77"),
            None,
        ),
        (
            kg("77.1"),
            (
                "77.1 kg (170 lb) is far from the 70 kg (154.3 lb) of 2026-03-02; confirm it if it"
                " is right."
            ),
        ),
        (
            kg("62.9"),
            (
                "62.9 kg (138.7 lb) is far from the 70 kg (154.3 lb) of 2026-03-02; confirm it if"
                " it is right."
            ),
        ),
        (
            kg("154"),
            (
                "154 kg (339.5 lb) is far from the 70 kg (154.3 lb) of 2026-03-02; type it again if"
                " 154 lb was meant, or confirm it if it is right."
            ),
        ),
        (
            lb("70"),
            (
                "31.8 kg (70 lb) is far from the 70 kg (154.3 lb) of 2026-03-02; type it again if"
                " 70 kg was meant, or confirm it if it is right."
            ),
        ),
        (
            kg("154", "168"),
            (
                "154 kg (339.5 lb) is far from the 70 kg (154.3 lb) of 2026-03-02 and gives an"
                " unusual BMI of 54.6; type it again if 154 lb was meant, or confirm it if it is"
                " right."
            ),
        ),
        (
            kg("40", "168"),
            (
                "40 kg (88.2 lb) is far from the 70 kg (154.3 lb) of 2026-03-02 and gives an"
                " unusual BMI of 14.2; confirm it if it is right."
            ),
        ),
        (
            kg("64", "210"),
            (
                "64 kg (141.1 lb) gives an unusual BMI of 14.5; confirm weight and height if they"
                " are right."
            ),
        ),
    ],
    ids=str,
)
def test_that_what_is_unusual_is_asked_about_beside_the_weight_before(
    visit: Visit, act: Weigh, said: str | None
) -> None:
    weighed_before(visit)
    if said is None:
        visit.do(act)
        return
    error = refused(visit, act)
    assert error.code is Code.IMPLAUSIBLE
    assert sentence(error) == said


@pytest.mark.parametrize(
    ("kilograms", "asked"), [("141.2", False), ("141.3", True), ("42.2", False), ("42.1", True)]
)
def test_that_the_bmi_is_held_against_its_bounds_as_it_is_shown(
    visit: Visit, kilograms: str, *, asked: bool
) -> None:
    act = kg(kilograms, "168")  # 50.03 is shown as 50, 14.95 as 15, and neither is outside
    if asked:
        assert refused(visit, act).facts["asked"] == ("bmi",)
    else:
        visit.do(act)


def test_that_the_question_holds_the_old_weight_and_when_it_was(visit: Visit) -> None:
    weighed_before(visit)
    facts = refused(visit, kg("154", "168")).facts
    assert facts["asked"] == ("change", "bmi")
    assert facts["before_kg"] == Decimal(70)
    assert facts["before_at"] == dt.datetime(2026, 3, 2, 8, 48, tzinfo=dt.UTC)
    assert (facts["kg"], facts["lb"]) == (Decimal(154), Decimal("339.5"))


def test_that_many_small_changes_are_held_against_the_last_visit(visit: Visit) -> None:
    weighed_before(visit).do(kg("76"))
    error = refused(visit, kg("83"))  # 9 % more than today's, 19 % more than last time's
    assert error.facts["before_kg"] == Decimal(70)


def test_that_a_weight_near_the_last_visits_is_held_against_todays_as_well(visit: Visit) -> None:
    weighed_before(visit).do(kg("76"))
    error = refused(visit, kg("64"))  # 9 % less than last time's, 16 % less than today's
    assert error.facts["before_kg"] == Decimal(76)


def test_that_a_change_since_earlier_today_is_asked_about(visit: Visit) -> None:
    visit.do(kg("70"))
    assert refused(visit, kg("154")).facts["before_kg"] == Decimal(70)


def test_that_a_confirmed_weight_is_kept_with_what_was_asked(visit: Visit) -> None:
    weighed_before(visit).do(kg("154", "168", confirm=True))
    seen = visit.overview.weight
    assert seen is not None
    assert (seen.kg, seen.confirmed) == (Decimal(154), ("change", "bmi"))


def test_that_a_usual_weight_is_kept_with_nothing_asked_even_if_confirmed(visit: Visit) -> None:
    visit.do(kg("70", "168", confirm=True))
    seen = visit.overview.weight
    assert seen is not None
    assert seen.confirmed == ()


@pytest.mark.parametrize(("hours", "asked"), [(0, False), (24, False), (25, True), (240, True)])
def test_that_a_weight_older_than_the_protocol_allows_is_asked_about(
    visit: Visit, hours: int, *, asked: bool
) -> None:
    act = kg("70", at=visit.clock.now() - dt.timedelta(hours=hours))
    if asked:
        error = refused(visit, act)
        assert error.facts["asked"] == ("old",)
        visit.do(kg("70", at=act.at, confirm=True))
    else:
        visit.do(act)
    seen = visit.overview.weight
    assert seen is not None
    assert (seen.at, seen.confirmed) == (act.at, ("old",) if asked else ())


def test_that_an_old_weight_is_named_with_its_day(visit: Visit) -> None:
    act = kg("70", at=visit.clock.now() - dt.timedelta(hours=30))
    assert sentence(refused(visit, act)) == (
        "70 kg (154.3 lb) was taken at 2026-03-01 03:48, more than 24 hours ago; weigh again, or"
        " confirm that it still holds."
    )


def test_that_everything_unusual_is_said_in_one_sentence(visit: Visit) -> None:
    weighed_before(visit)
    old = visit.clock.now() - dt.timedelta(hours=30)
    assert sentence(refused(visit, kg("40", "168", at=old))) == (
        "40 kg (88.2 lb) is far from the 70 kg (154.3 lb) of 2026-03-02, gives an unusual BMI of"
        " 14.2 and was taken at 2026-03-08 03:48, more than 24 hours ago; confirm it if it is"
        " right."
    )


def test_that_nobody_was_weighed_in_the_future(visit: Visit) -> None:
    assert refused(visit, kg("70", at=visit.clock.now() + dt.timedelta(minutes=1))).code is (
        Code.FUTURE
    )


def test_that_pounds_are_converted_and_kept_as_typed(visit: Visit) -> None:
    (entry,) = visit.do(Weigh(lb=Decimal(154), how=Weighing.STATED, by_whom=" the patient "))
    seen = visit.overview.weight
    assert seen is not None
    assert (seen.kg, seen.how, seen.by_whom) == (Decimal("69.9"), Weighing.STATED, "the patient")
    assert getattr(entry.what, "typed_lb", None) == Decimal(154)


def test_that_an_earlier_visits_weight_is_remembered(visit: Visit) -> None:
    visit.started().at("10:40")
    first = visit.session_id
    with visit.store.transaction() as tx:
        patient = tx.session(first).opened.patient
        assert tx.past_weight(patient.id, "another") is not None


def test_that_nobody_is_weighed_anew_once_the_dose_has_begun(visit: Visit) -> None:
    visit.started()
    with visit.refused(Code.WRONG_PHASE):
        visit.do(kg("71"))
