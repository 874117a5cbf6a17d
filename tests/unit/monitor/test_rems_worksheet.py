"""Each field of the worksheet comes from a timed entry of its session, or is left to a person."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from monitor.entries import Criterion, EventKind
from monitor.errors import Code, InputError
from monitor.overview import EventView, ReadingView, SeriousView, SessionOverview
from monitor.rems_form import RULES, RemsForm, parse_form, shipped_forms
from monitor.rems_rules import Answered
from monitor.rems_worksheet import Row, State, Worksheet, worksheet
from tests.fakes.esketamine_overview import esketamine
from tests.fakes.overview_parts import NINA, at, event, reading
from ui.wording import sentence

OLD, NEW = shipped_forms()
DAY = dt.date(2026, 1, 12)


def row(sheet: Worksheet, field: str) -> Row:
    found = sheet.row(field)
    assert found is not None
    return found


def of(field: str, **changes: object) -> Row:
    seen: SessionOverview = dataclasses.replace(esketamine(), **changes)  # type: ignore[arg-type]
    return row(worksheet(seen, NEW), field)


@pytest.mark.parametrize(
    ("field", "value", "source"),
    [
        ("given", "Daniel", "patient's record"),
        ("born", "07/30/1971", "patient's record"),
        ("treated-on", "03/02/2026", "device 1 10:00"),
        ("dose", "84 mg", "devices 10:00, 10:05, 10:09"),
        ("lots", "SYN26A07", "devices 10:00, 10:05, 10:09"),
        ("minutes", "138", "device 1 10:00 to the end 12:18"),
        ("bp-before", "126/78", "reading 09:51 by Nina Kowal"),
        ("bp-40", "149/91", "reading 10:52 by Nina Kowal"),
        ("bp-completion", "125/78", "reading 12:10 by Nina Kowal"),
        ("sedation", "yes", "reading 10:52 by Nina Kowal: MOAA/S 4"),
        ("sedation-onset", "10:52", "reading 10:52 by Nina Kowal: MOAA/S 4"),
        ("sedation-resolved", "11:38", "reading 11:38 by Nina Kowal, first without"),
        ("dissociation-onset", "10:31", "event 10:31 by Nina Kowal"),
        ("dissociation-resolved", "12:00", "event 10:31 by Nina Kowal, its end"),
        ("respiratory", "no", "rated at each slot, 10:52 to 12:10"),
        ("spo2-least", "97", "reading 10:52 by Nina Kowal"),
        ("monitor-name", "Nina Kowal", "signed 2026-03-02 12:20"),
        ("setting-name", "Riverside Clinic", "clinic's settings"),
    ],
)
def test_that_a_field_is_filled_with_its_source(field: str, value: str, source: str) -> None:
    found = of(field)
    assert (found.state, found.value, found.source) == (State.FILLED, value, source)


def test_that_a_pressure_nobody_took_stays_empty_and_is_never_another_one() -> None:
    seen = esketamine()
    slots = tuple(dataclasses.replace(s, reading=None) if s.name == "40" else s for s in seen.slots)
    found = of("bp-40", slots=slots)
    assert (found.state, found.value, found.note) == (State.EMPTY, "", "not taken")
    assert found.lacks
    assert not found.takes_answer


def test_that_a_pressure_outside_its_window_keeps_its_real_time_and_says_so() -> None:
    seen = esketamine()
    late = dataclasses.replace(seen.slots[1], due=at("10:40"), closes=at("10:45"))
    found = of("bp-40", slots=(seen.slots[0], late, *seen.slots[2:]))
    assert found.source == "reading 10:52 by Nina Kowal"
    assert found.note == "outside its window: 12 min after 10:40"


def test_that_an_effect_nobody_rated_is_never_no() -> None:
    seen = esketamine()
    rows = tuple(
        dataclasses.replace(r, reading=dataclasses.replace(r.reading, sedation=None))
        for r in seen.readings
    )
    found = of("sedation", readings=rows)
    assert (found.state, found.value) == (State.ASKED, "")
    assert "not rated at 40, 60, 90, closing" in found.note
    assert of("sedation-onset", readings=rows).state is State.NOT_ASKED


def test_that_low_breathing_values_are_for_a_person_to_judge() -> None:
    seen = esketamine()
    low = dataclasses.replace(seen.readings[1].reading, spo2=88)
    rows = (
        seen.readings[0],
        dataclasses.replace(seen.readings[1], reading=low),
        *seen.readings[2:],
    )
    found = of("respiratory", readings=rows)
    assert found.state is State.ASKED
    assert found.note == "SpO₂ 88 % at 10:52: a person says what it was"


def test_that_low_values_about_an_event_leave_its_times_to_a_person() -> None:
    seen = esketamine()
    low = dataclasses.replace(seen.readings[2].reading, spo2=88)
    rows = (*seen.readings[:2], dataclasses.replace(seen.readings[2], reading=low))
    early = event(1, "10:55", "apnoea", resolved=at("11:00"))
    assert of("respiratory", readings=rows, events=(early,)).value == "yes"
    assert of("respiratory-onset", readings=rows, events=(early,)).value == "10:55"
    over = of("respiratory-resolved", readings=rows, events=(early,))
    assert (over.value, over.note) == ("", "SpO₂ 88 % at 11:11: a person says when it was over")
    late = event(1, "11:20", "apnoea", resolved=at("11:30"))
    began = of("respiratory-onset", readings=rows, events=(late,))
    assert (began.value, began.note) == ("", "SpO₂ 88 % at 11:11: a person says when it began")
    assert of("respiratory-resolved", readings=rows, events=(late,)).value == "11:30"


def test_that_an_effect_that_is_not_over_has_no_resolution() -> None:
    found = of("dissociation-resolved", events=(event(1, "10:31", "dissociation mild"),))
    assert (found.state, found.value) == (State.ASKED, "")


def awake() -> tuple[ReadingView, ...]:
    """Return the readings of the session as if the patient had been wide awake throughout."""
    return tuple(
        dataclasses.replace(r, reading=dataclasses.replace(r.reading, sedation=5))
        for r in esketamine().readings
    )


def said(field: str, *events: EventView) -> Row:
    """Return a field of that session in which so much was noted."""
    return of(field, readings=awake(), events=events)


@pytest.mark.parametrize(
    "text",
    [
        "drowsiness",
        "Drowsiness mild",
        "severe drowsiness",
        "drowsiness moderate, sits with closed eyes",
        "SEDATED",
    ],
)
def test_that_an_event_is_the_effect_where_it_says_its_word_alone_or_how_bad_it_was(
    text: str,
) -> None:
    assert said("sedation", event(1, "10:31", text)).value == "yes"
    assert said("sedation-onset", event(1, "10:31", text)).value == "10:31"


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("dizziness, no sign of sedation", EventKind.EFFECT),
        ("dizziness, isn't sedated", EventKind.EFFECT),
        ("dizziness, isn’t drowsy", EventKind.EFFECT),
        ("nausea, denies drowsiness", EventKind.EFFECT),
        ("nausea, never sedated", EventKind.EFFECT),
        ("nausea, neither apnoea nor sedation", EventKind.EFFECT),
        ("nausea without sedation", EventKind.EFFECT),
        ("nausea and drowsiness", EventKind.EFFECT),
        ("no sedation", EventKind.EFFECT),
        ("sedation none", EventKind.EFFECT),
        ("sedation not seen", EventKind.EFFECT),
        ("drowsiness denied", EventKind.EFFECT),
        ("drowsiness 0 of 10", EventKind.EFFECT),
        ("sedation: negative", EventKind.EFFECT),
        ("drowsiness ruled out", EventKind.EFFECT),
        ("sedation free", EventKind.EFFECT),
        ("drowsiness possible", EventKind.EFFECT),
        ("mild drowsiness ruled out", EventKind.EFFECT),
        ("drowsiness mild, denied later", EventKind.EFFECT),
        ("drowsy, sits with closed eyes", EventKind.EFFECT),
        ("drowsiness?", EventKind.EFFECT),
        ("patient drowsy", EventKind.EFFECT),
        ("drowsy at the second look", EventKind.NOTE),
        ("told Dana Silva, drowsiness", EventKind.TOLD),
    ],
)
def test_that_what_merely_speaks_of_an_effect_or_denies_it_is_left_to_a_person(
    text: str, sort: EventKind
) -> None:
    noted = event(1, "10:31", text, sort=sort)
    found = said("sedation", noted)
    assert (found.state, found.value) == (State.ASKED, "")
    assert found.note == "event 10:31 by Nina Kowal speaks of it: a person says what it was"
    assert said("sedation-onset", noted).state is State.NOT_ASKED


def test_that_no_other_word_speaks_of_an_effect() -> None:
    told = SeriousView(NINA, at("11:00"), (Criterion.HOSPITALISED,), "sedation", "oxygen")
    for text in ("nausea", "unsedated", "sedations"):
        assert said("sedation", event(1, "10:31", text)).value == "no"
    fell = event(1, "10:50", "fall", serious=told)
    assert said("sedation", fell).state is State.ASKED


def test_that_an_effect_from_before_the_dose_that_is_not_over_is_never_no() -> None:
    open_still = event(1, "09:58", "drowsiness mild")
    found = said("sedation", open_still)
    assert (found.state, found.value) == (State.ASKED, "")
    assert found.note.startswith("event 09:58 by Nina Kowal, before the dose: a person says")
    over_later = dataclasses.replace(open_still, resolved=at("10:20"))
    assert said("sedation", over_later).state is State.ASKED
    over = dataclasses.replace(open_still, resolved=at("09:59"))
    assert said("sedation", over).value == "no"


def test_that_a_rating_from_before_the_dose_is_never_no_unless_a_later_one_was_whole() -> None:
    rows = esketamine().readings
    sleepy = dataclasses.replace(rows[0], reading=dataclasses.replace(rows[0].reading, sedation=4))
    found = of("sedation", readings=(sleepy, *awake()[1:]))
    assert (found.value, found.note) == (
        "",
        "MOAA/S 4 at 09:51, before the dose: a person says what it was",
    )


def test_that_a_person_says_when_an_effect_began_that_may_have_been_there_before() -> None:
    before = event(1, "09:58", "drowsiness mild")
    assert of("sedation", events=(before,)).value == "yes", "MOAA/S 4 at 10:52"
    began = of("sedation-onset", events=(before,))
    assert (began.state, began.value) == (State.ASKED, "")
    assert began.note == "event 09:58 by Nina Kowal, before the dose: a person says when it began"
    assert of("sedation-resolved", events=(before,)).state is State.ASKED
    denied = event(1, "10:20", "dizziness, no sedation")
    assert of("sedation-onset", events=(denied,)).value == "10:52"


def test_that_a_person_says_when_an_effect_was_over_that_is_spoken_of_once_more() -> None:
    again = event(1, "11:50", "nausea, drowsy again")
    over = of("sedation-resolved", events=(again,))
    assert (over.state, over.value) == (State.ASKED, "")
    assert of("sedation", events=(again,)).note == "event 11:50 by Nina Kowal speaks of it"
    denied = event(1, "11:50", "nausea, drowsiness denied")
    assert of("sedation-resolved", events=(denied,)).value == "11:38"


def test_that_a_serious_event_is_told_and_that_none_recorded_is_not_no() -> None:
    told = SeriousView(NINA, at("11:00"), (Criterion.HOSPITALISED,), "fell", "sent to hospital")
    events = (event(1, "10:50", "fall", serious=told),)
    assert of("serious", events=events).value == "yes"
    assert of("serious-criteria", events=events).value == "hospitalised"
    assert of("serious-description", events=events).value == "fell"
    none = of("serious", events=())
    assert (none.state, none.value) == (State.ASKED, "")


def test_that_another_dose_and_several_lots_are_named() -> None:
    one = dataclasses.replace(esketamine().devices[0], lot="B2")
    assert of("dose", devices=(one,)).value == "other: 28 mg"
    assert of("lots", devices=(one, *esketamine().devices[1:])).value == "B2, SYN26A07"


def test_that_under_two_hours_a_person_says_when_the_patient_was_ready() -> None:
    assert of("ready").state is State.NOT_ASKED
    assert of("ready", closed_at=at("11:30")).state is State.ASKED
    assert of("minutes", closed_at=at("11:30")).note == "under 120 minutes"


def test_that_nothing_but_the_day_of_an_earlier_treatment_is_taken_from_it() -> None:
    assert row(worksheet(esketamine(), NEW), "first-treatment").state is State.ASKED
    found = row(worksheet(esketamine(), NEW, earlier=DAY), "first-treatment")
    assert (found.value, found.source) == ("no", "treatment of 2026-01-12 in this record")


def test_that_an_answer_fills_what_the_record_leaves_open_and_nothing_else() -> None:
    said = {name: Answered("yes", NINA, at("12:30")) for name in ("serious", "bp-40", "opioids")}
    sheet = worksheet(esketamine(), NEW, said)
    assert row(sheet, "opioids").value == "yes"
    assert row(sheet, "bp-40").value == "149/91"
    assert row(sheet, "serious-criteria").state is State.ASKED
    assert worksheet(esketamine(), NEW).lacking - sheet.lacking == 2


@pytest.mark.parametrize(
    ("first", "note"),
    [("", "asked once the answer above is known"), ("no", "does not apply"), ("yes", "")],
)
def test_that_enrolment_is_asked_only_of_a_first_treatment(first: str, note: str) -> None:
    said = {"enrolled": Answered("yes", NINA, at("12:30"))}
    said |= {"first-treatment": Answered(first, NINA, at("12:31"))} if first else {}
    found = row(worksheet(esketamine(), NEW, said), "enrolled")
    assert (found.value, found.note) == ("" if note else "yes", note)
    known = row(worksheet(esketamine(), NEW, said, earlier=DAY), "enrolled")
    assert (known.state, known.value) == (State.NOT_ASKED, "")


def test_that_nothing_is_said_to_last_once_a_person_says_when_it_was_over() -> None:
    lasting = (event(1, "10:31", "dissociation mild"),)
    seen = dataclasses.replace(esketamine(), events=lasting)
    before = row(worksheet(seen, NEW), "dissociation")
    assert before.note == "nothing says that it was over"
    said = {"dissociation-resolved": Answered("11:20", NINA, at("12:30"))}
    assert row(worksheet(seen, NEW, said), "dissociation").note == ""


def test_that_unfilled_fields_say_so_before_the_end_and_before_a_signature() -> None:
    assert of("minutes", closed_at=None).note == "the session is open"
    assert of("monitor-name", signatures=()).state is State.ASKED


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
def test_that_a_draft_names_a_source_for_all_and_does_not_pretend(form: RemsForm) -> None:
    for field in form.fields:
        assert field.fill in RULES
        assert field.source
    assert form.unsure
    assert "respiratory" not in {field.id for field in OLD.fields}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fill = "bp-40"', 'fill = "bp-50"', "there is no rule “bp-50”"),
        ('id = "middle"', 'id = "given"', "the id “given” stands twice"),
        ("required = true", "required = 1", "required must be true or false"),
        ('sure = "seen"', 'sure = "certain"', "sure must be one of seen, believed, checked"),
        ("minutes_least = 120", "minuts_least = 120", "minuts_least is not known"),
        ("bp_minutes = 40", "bp_minutes = -5", "bp_minutes takes a whole number, 0 or more"),
        ("title = ", "titel = ", "titel is not known"),
        ("{ least = 5 }", "{ leest = 5 }", "leest is not known"),
        ('label = "Given names"', 'label = ""', "label is missing or empty"),
        ("[numbers]", "[numbers", "this heading cannot be read"),
        ("bp_minutes = 40", "bp_minutes 40", "this line cannot be read"),
        ("bp_minutes = 40", "bp minutes = 40", "this line cannot be read"),
        ("bp_minutes = 40", "bp_minutes = forty", "what stands after the = cannot be read"),
        ('label = "Given names"', 'label = "Given names', "a quotation mark is missing"),
        ('label = "Given names"', 'label = Given names"', "a quotation mark is missing"),
        ('label = "Given names"', 'label = """Given names', "a quotation mark is missing"),
        ('id = "given"', '“id” = "given"', "this line cannot be read"),
        ('"drowsy"]', '"drowsy"', "this list does not end"),
    ],
)
def test_that_a_wrong_text_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert old in OLD.content
    with pytest.raises(InputError) as caught:
        parse_form(OLD.content.replace(old, new, 1))
    assert caught.value.code is Code.NOT_UNDERSTOOD
    line = 1 + OLD.content[: OLD.content.index(old)].count("\n")
    assert caught.value.facts["line"] == line
    assert sentence(caught.value).startswith(f"Line {line}: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("judged = true", "", "judged must be true or false"),
        ("sedation = { least = 5 }", "", "no sign is named"),
        ("bp_minutes = 40", "bp_minutes = 40\nbp_minutes = 40", "this is said for the second time"),
        ("[numbers]", "[number]", "number is not known"),
    ],
)
def test_that_what_is_missing_is_refused_at_its_heading(old: str, new: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_form(OLD.content.replace(old, new, 1))
    assert said in sentence(caught.value)
    assert caught.value.facts["line"]


def test_that_readings_before_the_first_device_tell_no_effect() -> None:
    seen = esketamine()
    early = reading("09:40", "126/78 70 88 8 3 6")
    assert of("respiratory", readings=(early, *seen.readings)).value == "no"
    assert of("spo2-least", readings=(early, *seen.readings)).value == "97"


def test_that_one_slot_without_a_rating_is_enough_not_to_say_no() -> None:
    rows = awake()
    assert of("sedation", readings=rows).value == "no"
    bare = dataclasses.replace(rows[2], reading=dataclasses.replace(rows[2].reading, sedation=None))
    found = of("sedation", readings=(*rows[:2], bare, *rows[3:]))
    assert (found.value, found.note) == ("", "not rated at 60: a person says")
