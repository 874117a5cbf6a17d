"""Events: how bad, since when, until when, given, told, serious; and what is refused."""

from __future__ import annotations

import pytest

from monitor.acts import Amend, NoteEvent, ResolveEvent
from monitor.entries import EventKind, Leaving, Severity
from monitor.errors import Code
from monitor.overview import EventView
from tests.fakes.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit().started("10:00").at("10:12")


def events(visit: Visit) -> list[EventView]:
    return [each for each in visit.overview.events if each.kind == "event"]


def only(visit: Visit) -> EventView:
    (event,) = events(visit)
    return event


# --- how bad, and since when ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("nausea", None),
        ("nausea mild", Severity.MILD),
        ("NAUSEA Moderate, after water", Severity.MODERATE),
        ("headache, severe", Severity.SEVERE),
        ("nausea mildly unpleasant", None),
        ("nausea, not severe", None),
        ("nausea mild to moderate", None),
        ("told Dr Lee severe headache", None),
        ("labetalol 20 mg, severe rise", None),
        ("? severe weather", None),
        ("nausea no longer severe", None),
        ("headache not very severe", None),
        ("headache isn't severe", None),
        ("headache isn’t at all severe", None),
        ("headache never severe", None),
        ("headache non-severe", None),
        ("nausea mild, no vomiting", Severity.MILD),
    ],
)
def test_that_severity_is_what_the_words_of_an_effect_name(
    visit: Visit, text: str, severity: Severity | None
) -> None:
    assert only(visit.line(text)).severity is severity


def test_that_a_severity_is_chosen_where_the_words_name_none(visit: Visit) -> None:
    visit.do(NoteEvent(text="itching", severity=Severity.MODERATE))
    assert only(visit).severity is Severity.MODERATE
    with visit.refused(Code.DIFFERS):
        visit.do(NoteEvent(text="nausea mild", severity=Severity.SEVERE))


@pytest.mark.parametrize(
    "text", ["nausea mild @10:05", "nausea @10:05 mild", "NAUSEA mild -7m", "nausea -7m mild"]
)
def test_that_an_event_begins_when_the_line_says_wherever_it_says_so(
    visit: Visit, text: str
) -> None:
    event = only(visit.line(text))
    assert (event.text.casefold(), event.at) == ("nausea mild", visit.instant("10:05"))
    assert event.entered == visit.instant("10:12")


def test_that_an_event_may_have_begun_before_the_session(visit: Visit) -> None:
    visit.do(NoteEvent(text="headache", at=visit.instant("08:00")))
    assert only(visit).at == visit.instant("08:00")


def test_that_nothing_begins_or_ends_in_the_future(visit: Visit) -> None:
    with visit.refused(Code.FUTURE):
        visit.line("nausea @10:13")
    with visit.refused(Code.FUTURE):
        visit.do(NoteEvent(text="nausea", at=visit.instant("10:13")))
    visit.line("nausea")
    with visit.refused(Code.FUTURE):
        visit.line("nausea over @10:13")
    with visit.refused(Code.FUTURE):
        visit.do(ResolveEvent(event=only(visit).uid, at=visit.instant("10:13")))


def test_that_two_times_in_one_line_are_not_understood(visit: Visit) -> None:
    with visit.refused(Code.NOT_UNDERSTOOD):
        visit.line("nausea @10:05 -3m")


# --- over ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("nausea over", "10:30"),
        ("Nausea RESOLVED", "10:30"),
        ("nausea mild over", "10:30"),
        ("nausea over @10:21", "10:21"),
        ("nausea resolved -5m", "10:25"),
        ("nausea, over", "10:30"),
        ("nausea over.", "10:30"),
        ("nausea is over", "10:30"),
        ("nausea (mild) over", "10:30"),
        ("nausea resolved now", "10:30"),
        ("nausea has resolved!", "10:30"),
        ("nausea is now, over @10:21", "10:21"),
    ],
)
def test_that_a_line_says_that_an_effect_is_over_and_when(
    visit: Visit, text: str, over: str
) -> None:
    visit.line("nausea mild").at("10:30").line(text)
    assert only(visit).resolved == visit.instant(over)


def test_that_of_several_open_effects_the_newest_ends_first(visit: Visit) -> None:
    visit.line("nausea mild").at("10:20").line("nausea severe").line("dizziness")
    visit.at("10:25").line("nausea over")
    assert [e.resolved is None for e in events(visit)] == [True, False, True]
    visit.at("10:26").line("nausea over")
    assert [e.text for e in events(visit) if e.is_open_effect] == ["dizziness"]


def test_that_words_of_an_open_effect_end_it_and_other_words_begin_one(visit: Visit) -> None:
    visit.line("blurred vision").line("rash all over")
    visit.at("10:20").line("blurred vision over")
    assert [(e.text, e.is_open_effect) for e in events(visit)] == [
        ("blurred vision", False),
        ("rash all over", True),
    ]


def test_that_the_same_words_twice_begin_two_effects(visit: Visit) -> None:
    visit.line("pain all over").at("10:20").line("pain all over").line("Pain, all over!")
    assert [e.is_open_effect for e in events(visit)] == [True, True, True]
    visit.line("pain all over resolved")
    assert [e.is_open_effect for e in events(visit)] == [True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "blurred vision over the left eye",
        "blurred vision not over",
        "blurred vision over?! told him to lie down",
    ],
)
def test_that_what_says_more_than_an_end_ends_nothing(visit: Visit, text: str) -> None:
    visit.line("blurred vision mild left")
    visit.line(text)
    assert [e.is_open_effect for e in events(visit)] == [True, True]
    visit.line("Blurred vision, left: over")
    assert [e.is_open_effect for e in events(visit)] == [False, True]


def test_that_what_is_not_open_cannot_be_over(visit: Visit) -> None:
    with visit.refused(Code.NOTHING_OPEN):
        visit.line("nausea over")
    visit.line("nausea").line("nausea over")
    with visit.refused(Code.NOTHING_OPEN):
        visit.line("nausea over")
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(ResolveEvent(event=only(visit).uid))


@pytest.mark.parametrize("text", ["told Dr Lee", "ondansetron 4 mg iv", "? calm"])
def test_that_only_a_side_effect_is_over(visit: Visit, text: str) -> None:
    visit.line(text)
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(ResolveEvent(event=only(visit).uid))


def test_that_nothing_is_over_before_it_began(visit: Visit) -> None:
    visit.line("nausea")
    with visit.refused(Code.OUT_OF_RANGE):
        visit.at("10:30").line("nausea over @10:11")
    visit.line("nausea over @10:12")
    assert only(visit).resolved == visit.instant("10:12")


def test_that_an_end_within_the_minute_of_the_beginning_is_not_before_it(visit: Visit) -> None:
    visit.clock.advance(seconds=40)
    visit.line("nausea").at("10:30").line("nausea over @10:12")
    assert only(visit).resolved == only(visit).at


def test_that_an_effect_ends_after_closing_too(visit: Visit) -> None:
    visit.line("nausea").at("12:30").left(Leaving.AGAINST_ADVICE, "left early")
    visit.at("12:40").line("nausea over")
    assert only(visit).resolved == visit.instant("12:40")


# --- given and told -----------------------------------------------------------------------------


def test_that_a_drug_is_kept_as_typed_with_nothing_added(visit: Visit) -> None:
    visit.line("ondansetron 4 mg iv").line("labetalol")
    assert [(e.sort, e.text) for e in events(visit)] == [
        (EventKind.DRUG, "ondansetron 4 mg iv"),
        (EventKind.DRUG, "labetalol"),
    ]


def test_that_an_act_and_a_line_tell_events_apart_alike(visit: Visit) -> None:
    texts = ("nausea mild", "told Dr Lee", "Ondansetron 4 mg iv")
    for text in texts:
        visit.line(text)
        visit.do(NoteEvent(text=text))
    sorts = [e.sort for e in events(visit)]
    assert sorts[::2] == sorts[1::2] == [EventKind.EFFECT, EventKind.TOLD, EventKind.DRUG]


# --- put right ----------------------------------------------------------------------------------


def amend(visit: Visit, uid: str, **how: object) -> None:
    visit.do(Amend(entry=uid, reason="misheard", **how))  # type: ignore[arg-type]


def test_that_words_time_and_severity_of_an_event_are_put_right(visit: Visit) -> None:
    visit.line("nausea mild")
    uid = only(visit).uid
    amend(visit, uid, text="nausea severe @10:06")
    event = only(visit)
    assert (event.text, event.severity) == ("nausea severe", Severity.SEVERE)
    assert event.at == visit.instant("10:06")
    amend(visit, uid, text="nausea")
    assert only(visit).severity is None, "its words had said it, and say it no more"
    amend(visit, uid, changes={"severity": "moderate"})
    amend(visit, uid, text="nausea after water")
    assert only(visit).severity is Severity.MODERATE, "it was chosen, not read from words"
    amend(visit, uid, changes={"severity": ""})
    assert only(visit).severity is None
    assert [(a.old, a.new) for a in visit.overview.amendments] == [
        ("nausea mild @10:12", "nausea severe @10:06"),
        ("nausea severe", "nausea"),
        ("not recorded", "moderate"),
        ("nausea", "nausea after water"),
        ("moderate", "not recorded"),
    ]


def test_that_an_event_put_right_may_turn_out_to_be_another_sort(visit: Visit) -> None:
    visit.line("nausea")
    amend(visit, only(visit).uid, text="ondansetron 4 mg iv")
    assert (only(visit).sort, only(visit).is_open_effect) == (EventKind.DRUG, False)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"text": "nausea"}, Code.EMPTY),
        ({"text": "  "}, Code.EMPTY),
        ({"changes": {"severity": "awful"}}, Code.OUT_OF_RANGE),
        ({"text": "nausea mild", "changes": {"severity": "severe"}}, Code.DIFFERS),
        ({"changes": {"sort": "drug"}}, Code.NOT_UNDERSTOOD),
        ({"text": "nausea @10:13"}, Code.FUTURE),
        ({"text": "nausea over"}, Code.NOT_UNDERSTOOD),
        ({"changes": {"text": "nausea, resolved now"}}, Code.NOT_UNDERSTOOD),
        ({"text": "nausea\u202e"}, Code.NOT_UNDERSTOOD),
    ],
)
def test_that_an_event_is_not_put_wrong(visit: Visit, how: dict[str, object], code: Code) -> None:
    visit.line("nausea")
    with visit.refused(code):
        amend(visit, only(visit).uid, **how)


def resolution(visit: Visit) -> str:
    return next(e.uid for e in visit.session.entries if e.kind == "event resolved")


def test_that_when_it_was_over_is_put_right_within_the_event(visit: Visit) -> None:
    visit.line("nausea").at("10:30").line("nausea over")
    uid = resolution(visit)
    amend(visit, uid, changes={"at": visit.instant("10:20")})
    assert only(visit).resolved == visit.instant("10:20")
    with visit.refused(Code.OUT_OF_RANGE):
        amend(visit, uid, changes={"at": visit.instant("10:11")})
    with visit.refused(Code.OUT_OF_RANGE):
        amend(visit, only(visit).uid, changes={"at": visit.instant("10:21")})
    with visit.refused(Code.NOT_UNDERSTOOD):
        amend(visit, uid, changes={"event": "another"})


def test_that_what_was_called_over_by_mistake_is_open_again(visit: Visit) -> None:
    visit.line("nausea").at("10:30").line("nausea over")
    amend(visit, resolution(visit), changes={"event": ""})
    assert only(visit).is_open_effect
    (change,) = visit.overview.amendments
    assert (change.about, change.old, change.new) == ("event resolved", "over", "not over")
    visit.at("10:40").line("nausea over")
    assert only(visit).resolved == visit.instant("10:40")
