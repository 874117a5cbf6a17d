"""Events in a rehearsal: how bad, since when, over when, serious; and what the summary tells."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from monitor import acts
from monitor.entries import Criterion, Severity
from monitor.errors import Code, MonitorError
from monitor.overview import SeriousView
from monitor.rehearsal.acting import act_of
from monitor.rehearsal.script import ScriptError
from monitor.rehearsal.summary import Played, summarise
from monitor.rehearsal.typed import Around
from tests.fakes.overviews import ketamine
from tests.unit.monitor.rehearsal.scripts import script_of

BEFORE = 'at = "09:00"\nby = "nk"\ndo = "event"\ntext = "nausea"\nlabel = "n"'


def made(do: str, fields: str) -> acts.Act:
    script = script_of(BEFORE, f'at = "10:00"\nby = "nk"\ndo = "{do}"\n{fields}')
    around = Around({"n": ("event", "uid-7")}, script.staff, script.zone)
    return act_of(script.acts[-1], around)


def utc(hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2026, 3, 2, hour, minute, tzinfo=dt.UTC)


def test_that_an_event_has_its_severity_and_its_own_beginning() -> None:
    said = made("event", 'text = "itching"\nseverity = "moderate"\nsince = "09:40"')
    assert said == acts.NoteEvent(text="itching", severity=Severity.MODERATE, at=utc(8, 40))


def test_that_a_severity_is_one_of_three_words() -> None:
    with pytest.raises(ScriptError):
        made("event", 'text = "itching"\nseverity = "awful"')


def test_that_an_event_ends_at_its_own_time() -> None:
    said = made("resolve", 'event = "n"\nover_at = "09:50"')
    assert said == acts.ResolveEvent(event="uid-7", at=utc(8, 50))


def test_that_an_event_is_put_right_in_words_severity_and_time() -> None:
    fields = 'entry = "n"\ntext = "pain"\nseverity = "mild"\nsince = "08:55"\nreason = "slip"'
    assert made("amend", fields) == acts.Amend(
        entry="uid-7",
        text="pain",
        changes={"severity": "mild", "at": utc(7, 55)},
        reason="slip",
    )


def test_that_a_serious_event_is_marked_by_its_label() -> None:
    fields = 'event = "n"\ncriteria = ["hospitalised"]\ndescription = "BP 212/118"\ntreated = "yes"'
    assert made("serious", fields) == acts.MarkSerious(
        event="uid-7",
        criteria=(Criterion.HOSPITALISED,),
        description="BP 212/118",
        treated="yes",
    )
    with pytest.raises(MonitorError) as caught:
        made("serious", 'event = "n"\ncriteria = ["awful"]')
    assert caught.value.code is Code.OUT_OF_RANGE


def test_that_the_summary_lists_events_without_the_steps_of_the_dose() -> None:
    overview = ketamine()
    noted = [event for event in overview.events if event.kind == "event"]
    by, at = noted[0].by, noted[0].at
    bad = dataclasses.replace(
        noted[0],
        severity=Severity.SEVERE,
        serious=SeriousView(by, at, (Criterion.IMPORTANT,), "what", "how"),
    )
    whole = dataclasses.replace(overview, events=(bad, *overview.events))
    told = json.loads(json.dumps(summarise(Played([], 1, ""), whole)))["events"]
    assert len(told) == len(noted) + 1
    assert told[0] == {
        "text": bad.text,
        "at": f"{overview.local(at):%H:%M}",
        "resolved": f"{overview.local(bad.resolved):%H:%M}" if bad.resolved else None,
        "severity": "severe",
        "serious": {
            "criteria": ["medically important"],
            "description": "what",
            "treated": "how",
        },
    }
    assert (told[1]["severity"], told[1]["serious"]) == (None, None)
    assert summarise(Played([], 1, ""), None)["events"] == []
