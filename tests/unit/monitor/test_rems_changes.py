"""What another version of the form changes, and what it leaves of the answers."""

from __future__ import annotations

import pytest

from monitor.rems_changes import AnswersAhead, Aspect, ForeseeForm, form_changes
from monitor.rems_filing import AnswerRems, FileRems, Filing, SetRemsForm
from monitor.rems_form import RemsForm, parse_form, shipped_forms
from tests.fakes.views_rems import treated

OLD, NEW = shipped_forms()
MIDDLE = next(part for part in NEW.content.split("[[fields]]") if '"middle"' in part)
_APNOEA = ("respiratory depression, apnoea, apnea", "respiratory depression, apnea")


def changed(*pairs: tuple[str, str]) -> RemsForm:
    """Return the newest draft with other words, under an id of its own."""
    text = NEW.content.replace(f'id = "{NEW.id}"', 'id = "ours"')
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_form(text)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ('"Middle initial"', '"Initial"', ("label", "Middle initial", "Middle initial", "Initial")),
        ("required = true", "required = false", ("required", "Given names", "true", "false")),
        ('"patient-given"', '"person"', ("fill", "Given names", "patient-given", "person")),
        ('sure = "seen"', 'sure = "checked"', ("sure", "Given names", "seen", "checked")),
        ("= 120", "= 90", ("minutes", "", "120", "90")),
        ("bp_minutes = 40", "bp_minutes = 30", ("bp", "", "40", "30")),
        (
            "{ least = 5 }",
            "{ least = 4 }",
            ("bounds", "sedation", "sedation least 5", "sedation least 4"),
        ),
        ("judged = true", "judged = false", ("judged", "respiratory", "true", "false")),
        (
            '"apnoea", ',
            "",
            ("words", "respiratory", *_APNOEA),
        ),
        (MIDDLE, MIDDLE.replace('"middle"', '"second"'), None),
    ],
)
def test_that_each_kind_of_change_is_told(
    old: str, new: str, change: tuple[str, str, str, str] | None
) -> None:
    made = form_changes(NEW, changed((old, new)))
    told = [(each.aspect.value, each.about, each.before, each.after) for each in made]
    same_field = ("Middle initial", "Patient")
    gone_and_there = [("gone", *same_field, ""), ("added", same_field[0], "", same_field[1])]
    assert told == ([change] if change else gone_and_there)


def test_that_another_order_is_told_and_the_same_text_changes_nothing() -> None:
    first = NEW.content.split("[[fields]]")[1]
    swapped = changed(
        (first, MIDDLE), (MIDDLE + "[[fields]]" + MIDDLE, MIDDLE + "[[fields]]" + first)
    )
    assert [each.aspect for each in form_changes(NEW, swapped)] == [Aspect.ORDER]
    assert form_changes(NEW, changed()) == ()


def test_that_what_becomes_of_answers_is_known_before_a_version_holds() -> None:
    visit = treated()
    assert ForeseeForm(visit.world)(OLD) == AnswersAhead()
    for field, said in (("opioids", "no"), ("middle", "M"), ("hypnotics", "no")):
        AnswerRems(visit.world)(visit.nurse, visit.session_id, field, said)
    ours = changed(
        (MIDDLE, ""), ("[[fields]][[fields]]", "[[fields]]"), ('"Opioids?"', '"Opiates?"')
    )
    ahead = AnswersAhead(sheets=1, stay=1, anew=("Opioids?",), gone=("Middle initial",))
    assert ForeseeForm(visit.world)(ours) == ahead
    SetRemsForm(visit.world)(visit.prescriber, ours.content)
    assert ForeseeForm(visit.world)(NEW) == AnswersAhead(sheets=1, stay=1, again=2)
    filing = Filing(on="2026-03-02", filed_by="Nina Kowal", with_empty=True)
    FileRems(visit.world)(visit.nurse, visit.session_id, filing)
    assert ForeseeForm(visit.world)(NEW) == AnswersAhead()
