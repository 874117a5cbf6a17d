"""The dose chain on paper: order, second check, override, preparation, accounting."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable
from decimal import Decimal

import pytest

from monitor.dose_view import DoseView, ReplacedView
from monitor.entries import Validity
from monitor.overview import GapView, SessionOverview
from monitor.protocols.protocol import SecondPerson
from reports import dose_words, summary
from reports.pages import page_count
from reports.pdf.session_report import render
from reports.wording import gap_words, lasted
from tests.fakes.overview_parts import NINA
from tests.fakes.overviews import esketamine, injected, ketamine, swallowed
from tests.unit.reports.hostile import spoiled
from tests.unit.reports.reading_back import pages, text


@functools.cache
def printed(sample: Callable[[], SessionOverview]) -> str:
    return text(render(sample()))


def changed(whole: SessionOverview, **more: object) -> SessionOverview:
    return dataclasses.replace(whole, dose=dataclasses.replace(whole.dose, **more))  # type: ignore[arg-type] # its own fields


# --- order and weight -----------------------------------------------------------------------


def test_that_a_verbal_order_says_who_took_it_and_that_it_was_read_back() -> None:
    words = printed(esketamine)
    assert "84 mg; verbal, Dana Silva, 09:46" in words
    assert "Taken by Nina Kowal, read back" in words
    assert "Holds for the course, until 2026-05-01" in words
    assert "Ancestry Japanese: no" in words


def test_that_an_order_that_nobody_read_back_says_so() -> None:
    order = esketamine().order
    assert order is not None
    said = dict(dose_words.order_facts(dataclasses.replace(order, taken_by=None, read_back=False)))
    assert said["Taken by"] == "not recorded, read-back not recorded"
    used = dataclasses.replace(
        order, how=type(order.how).WRITTEN, taken_by=None, of_course=True, used_by=NINA,
        validity=Validity.SESSION, reason="weaker last time",
    )  # fmt: skip
    assert dict(dose_words.order_facts(used)) == {
        "Course": "the course’s order, used again by Nina Kowal",
        "Ancestry": "Japanese: no",
        "Reason": "weaker last time",
    }


def test_that_the_weight_stands_in_kilograms_and_pounds_with_what_was_confirmed() -> None:
    whole = ketamine()
    assert whole.weight is not None
    weight = dataclasses.replace(whole.weight, by_whom="ward 3", confirmed=("change", "old"))
    words = text(render(dataclasses.replace(whole, weight=weight)))
    assert "70 kg (154.3 lb), measured by ward 3, 09:38 NK" in words
    assert "Confirmed the change since last time, the age of the measurement" in words


# --- second check ---------------------------------------------------------------------------


def test_that_every_check_stands_with_both_people_s_figures() -> None:
    words = printed(ketamine)
    first = "first: Nina Kowal 70 kg 50 mg/mL 50 mL replaces 0.7 mL 75 mL/h"
    assert words.count(first) == 2
    assert "09:44 second: Marek Baran 70 kg 50 mg/mL 50 mL replaces ≠ 0.07 mL 75 mL/h" in words
    assert "▲ drawn differs" in words
    assert "09:46 second: Marek Baran 70 kg 50 mg/mL 50 mL replaces 0.7 mL 75 mL/h" in words
    assert "✓ all 6 same" in words
    assert "worked out by NK 09:42 · second check: figures agree, Marek Baran" in words
    assert "1 second check with other figures" in words


def test_that_a_check_of_another_dose_says_so_and_does_not_count() -> None:
    whole = ketamine()
    lapsed = tuple(dataclasses.replace(check, stands=False) for check in whole.dose.checks)
    words = text(render(changed(whole, checks=lapsed)))
    assert words.count("of a dose that was worked out anew") == 2
    assert "second check: none of the dose as it stands" in words
    assert "given without a second check" in words


def test_that_a_dose_whose_last_check_differed_was_given_without_one() -> None:
    apart = changed(ketamine(), checks=ketamine().dose.checks[:1])
    assert ("○", "given without a second check") in summary.exceptions(apart)
    assert dose_words.check_words(apart) == "figures differ, Marek Baran"


def test_that_only_a_protocol_that_asks_for_a_check_misses_one() -> None:
    bare = changed(ketamine(), checks=())
    assert ("○", "given without a second check") in summary.exceptions(bare)
    free = dataclasses.replace(bare, second_person=SecondPerson.NONE)
    assert ("○", "given without a second check") not in summary.exceptions(free)
    assert dose_words.check_words(free) == "not recorded, not asked by the protocol"


# --- override -------------------------------------------------------------------------------


def test_that_an_emergency_override_stands_on_page_1_and_in_its_section() -> None:
    reason = "severe agitation, danger to himself and staff; nobody else on the ward"
    first, *later = pages(render(injected()))
    assert "! EMERGENCY OVERRIDE No second check: let through by Dana Silva, MD" in first
    assert f"09:57. Reason: {reason}" in first
    assert "1 EMERGENCY OVERRIDE" in first
    assert "Emergency override 1 rule of the protocol let through" in " ".join(later)
    assert "A rule was overridden: no second check see Emergency override" in " ".join(later)


def test_that_no_other_report_speaks_of_an_override() -> None:
    assert "verride" not in printed(ketamine)


def test_that_an_override_that_nothing_followed_is_printed_as_not_used() -> None:
    whole = injected()
    unused = dataclasses.replace(whole.overrides[0], what="too-much", used=False)
    words = text(render(dataclasses.replace(whole, overrides=(unused,))))
    assert "Dose above the protocol’s cap: override made by" in words
    assert "EMERGENCY OVERRIDE" not in words
    assert "1 override made and not used" in words
    assert "(nothing followed: not used)" in words


# --- preparation and delivery ---------------------------------------------------------------


def test_that_lot_expiry_vial_and_drawn_volume_are_printed() -> None:
    row = "09:49 ketamine 50 mg/mL SYN4K118 2027-08 0.7 mL 35 mg 1 vial of 10 mL, 500 mg NK"
    assert row in printed(ketamine)
    assert "SYN7T002 2027-01-31 3.5 pieces 70 mg 80 mg NK" in printed(swallowed)


def test_that_what_was_drawn_for_an_earlier_dose_stays_and_is_told_apart() -> None:
    whole = ketamine()
    old = dataclasses.replace(whole.dose.preparations[0], uid="old", lot="SYN-OLD")
    words = text(render(changed(whole, earlier_preparations=(old,))))
    assert "shaded: of a dose that was worked out anew" in words
    assert words.index("SYN-OLD") < words.rindex("SYN4K118 2027-08")


def test_that_portions_given_by_hand_stand_with_place_and_reason() -> None:
    words = printed(injected)
    assert "Doses given by hand" in words
    assert "1 10:00 50 mg – left deltoid NK" in words
    assert "2 10:02 25 mg – right deltoid NK calm enough" in words
    assert "50 mg + 25 mg" in words
    assert "nfusion" not in words
    assert summary.title(injected()) == "84 mg, ended short"
    assert "Ended short 10:02 (asleep enough)." in summary.outcome(injected())


def test_that_a_push_says_how_long_it_took() -> None:
    whole = injected()
    portion = dataclasses.replace(whole.dose.portions[0], minutes=Decimal("1.5"), site="")
    assert "1 10:00 50 mg 1.5 min – NK" in text(render(changed(whole, portions=(portion,))))


def test_that_a_nasal_solution_is_no_device() -> None:
    words = text(render(dataclasses.replace(swallowed(), route="nasal")))
    assert "Devices" not in words
    assert "ketamine nasal" in words


# --- accounting -----------------------------------------------------------------------------


def test_that_the_six_figures_stand_apart() -> None:
    named = {figure.name: figure.value for figure in summary.dose_figures(ketamine())}
    assert named == {
        "ordered": "35 mg",
        "calculated": "35 mg",
        "prepared": "35 mg",
        "given": "24.5 mg",
        "wasted": "10.5 mg",
        "unaccounted": "0 mg",
    }


def test_that_both_balances_and_the_witness_of_each_waste_are_printed() -> None:
    words = printed(ketamine)
    assert "35 mg prepared − 24.5 mg given − 10.5 mg wasted 0 mg" in words
    assert "✓ balances to one graduation, 0.7 mg" in words
    assert "500 mg opened − 35 mg drawn − 465 mg wasted − 0 mg kept 0 mg" in words
    assert "✓ balances to 0.01 mL" in words
    assert "10:52 what was made ready 15 mL 10.5 mg – NK Marek Baran" in words
    assert "10:54 rest of the vial 9.3 mL 465 mg SYN4K118 NK Marek Baran" in words


def test_that_what_is_unaccounted_is_printed_with_its_explanation_and_not_adjusted() -> None:
    words = printed(injected)
    assert "85 mg prepared − 75 mg given − 4 mg wasted 6 mg" in words
    assert "○ more than one graduation, 0.5 mg; explained: spilt on the swab" in words
    assert "6 mg unaccounted" in words
    assert "10:11 rest of the vial, kept 8.3 mL 415 mg SYN4K118 NK –" in words


def test_that_a_rest_within_one_graduation_is_no_exception() -> None:
    slight = changed(injected(), unaccounted_mg=Decimal("-0.5"))
    assert not any("unaccounted" in said for _, said in summary.exceptions(slight))
    more = changed(injected(), unaccounted_mg=Decimal("-0.6"))
    assert ("○", "−0.6 mg unaccounted") in summary.exceptions(more)


def test_that_a_vial_that_does_not_balance_is_named_with_its_volume() -> None:
    vial = dataclasses.replace(
        ketamine().dose.vials[0], wasted_mg=Decimal(460), open_mg=Decimal(5), open_ml=Decimal("0.1")
    )
    assert dose_words.vial_verdict(vial) == "○ open, 0.1 mL"
    assert ("○", "1 vial lot not balanced") in summary.exceptions(
        changed(ketamine(), vials=(vial,))
    )


def test_that_the_page_says_what_the_amount_given_assumes() -> None:
    assert "assumes an even mixture and counts no line volume. The pump’s own figure: 35 mL." in (
        printed(ketamine)
    )
    silent = changed(ketamine(), pump_ml=None)
    assert dose_words.given_assumes(silent).endswith("The pump’s own figure: not recorded.")
    assert "entered for each portion" in dose_words.given_assumes(injected())


def test_that_an_empty_dose_is_never_printed_as_nought() -> None:
    empty = dataclasses.replace(
        ketamine(), dose=DoseView(), order=None, weight=None, segments=(), events=()
    )
    assert {figure.value for figure in summary.dose_figures(empty)} == {"not recorded"}
    words = text(render(empty))
    assert "0 mg" not in words
    assert "Order not recorded" in words


@pytest.mark.parametrize(
    ("code", "about", "said"),
    [
        ("unaccounted", "", "Drug is unaccounted for"),
        ("unaccounted", "earlier", "Drug of a dose that was worked out anew is unaccounted for"),
        ("override", "too-much", "A rule was overridden: dose above the protocol’s cap"),
        ("vial-open", "A1", "Nothing is said of the rest of the vial, lot A1"),
    ],
)
def test_that_a_gap_of_the_dose_chain_is_said_in_words(code: str, about: str, said: str) -> None:
    assert gap_words(GapView(code, about, blocks=True, explained=False)) == said


@pytest.mark.parametrize("typed", ["<b>x</b> & {0}", "line\n" * 150, ""])
def test_that_nothing_typed_in_the_dose_chain_stops_the_report(typed: str) -> None:
    whole = injected()
    overridden = spoiled(whole, typed)
    preparation = dataclasses.replace(whole.dose.preparations[0], at=whole.opened_at)
    many = changed(overridden, preparations=(*overridden.dose.preparations, *([preparation] * 20)))
    assert page_count(render(many, "letter")) >= 3


def test_that_an_endless_reason_of_an_override_is_short_on_page_1_and_whole_below() -> None:
    whole = injected()
    endless = dataclasses.replace(whole.overrides[0], reason="word " * 1_500 + "end")
    first, *later = pages(render(dataclasses.replace(whole, overrides=(endless,))))
    assert 100 < first.count("word") < 130
    assert "word end" in " ".join(later)


def test_that_a_course_order_names_its_last_day() -> None:
    order = esketamine().order
    assert order is not None
    facts = dict(dose_words.order_facts(dataclasses.replace(order, valid_until=None)))
    assert facts["Holds"] == "for the course, until not recorded"
    assert order.valid_until == dt.date(2026, 5, 1)


# --- what was made anew ---------------------------------------------------------------------


def test_that_what_was_entered_anew_stands_among_the_amendments_with_who_and_when() -> None:
    whole = ketamine()
    old = ReplacedView(
        "dose", "75 mg: 1.5 mL of 50 mg/mL", NINA, whole.opened_at, whole.opened_at, NINA, "slip"
    )
    undone = dataclasses.replace(old, what="weight", words="71 kg", anew=False)
    more = dataclasses.replace(whole, replaced=(old, undone))
    at = whole.local(whole.opened_at).strftime("%H:%M")
    words = text(render(more))
    said = words[words.rindex("Amendments") :]
    assert f"dose {at}, NK 75 mg: 1.5 mL of 50 mg/mL → entered anew slip {at} NK" in said
    assert "71 kg → no longer holds" in said
    assert ("↔", "2 entries of the dose made anew") in summary.exceptions(more)


def test_that_only_a_check_after_a_comparison_is_said_to_be_so() -> None:
    first, second = ketamine().dose.checks
    again = (first, dataclasses.replace(second, after_comparing=True))
    assert "entered again after comparing" not in text(render(changed(ketamine(), checks=(first,))))
    assert "✓ all 6 same entered again after" in text(render(changed(ketamine(), checks=again)))


def test_that_the_reason_of_a_part_preparation_is_printed_with_it() -> None:
    made = dataclasses.replace(ketamine().dose.preparations[0], reason="first of two lots")
    assert "500 mg first of two" in text(render(changed(ketamine(), preparations=(made,))))


def test_that_a_stretch_shorter_than_a_minute_is_said_in_seconds() -> None:
    assert lasted(dt.timedelta(seconds=21)) == "21 s"
    assert lasted(dt.timedelta(seconds=119)) == "1 min"
    assert lasted(dt.timedelta()) == "0 min"


def test_that_a_rest_that_nobody_could_measure_is_small_and_says_so() -> None:
    def rest(mg: str) -> summary.Figure:
        return summary.dose_figures(changed(injected(), unaccounted_mg=Decimal(mg)))[-1]

    assert rest("-0.005") == summary.Figure(
        "unaccounted", "−0.005 mg", "within one graduation", small=True
    )
    assert not rest("0").small
    assert not rest("-0.6").small
